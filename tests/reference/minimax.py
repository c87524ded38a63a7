#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The polynomials of src/motion/lanes/real.h, by Remez's exchange.

usage: tests/reference/minimax.py

Each is the best of its degree for the error relative to the function that it
is a part of; a small constant keeps the weight from vanishing. Prints the
coefficients from the lowest on, rounded to doubles, and the greatest weighted
error of the rounded ones. Made with mpmath 1.2.1.
"""
from mpmath import (atanh, cos, expm1, log, log1p, lu_solve, matrix, mp, mpf,
                    pi, polyval, sign, sin, sqrt)

mp.prec = 200
GRID = 600


def alternating(errors, wanted):
    """Places of the extremes of one sign after the other."""
    places = []
    for i, e in enumerate(errors):
        if not places or sign(e) != sign(errors[places[-1]]):
            places.append(i)
        elif abs(e) > abs(errors[places[-1]]):
            places[-1] = i
    while len(places) > wanted:
        first_is_less = abs(errors[places[0]]) < abs(errors[places[-1]])
        places = places[1:] if first_is_less else places[:-1]
    return places


def fit(name, f, weight, lo, hi, degree):
    count = degree + 2
    nodes = [(lo + hi)/2 - (hi - lo)/2*cos(pi*i/(count - 1))
             for i in range(count)]
    grid = [(lo + hi)/2 - (hi - lo)/2*cos(pi*i/GRID) for i in range(GRID + 1)]
    for _ in range(12):
        a, b = matrix(count, count), matrix(count, 1)
        for i, x in enumerate(nodes):
            for j in range(degree + 1):
                a[i, j] = x**j
            a[i, degree + 1] = (-1)**i/weight(x)
            b[i] = f(x)
        c = list(lu_solve(a, b))[:degree + 1]
        errors = [(polyval(c[::-1], x) - f(x))*weight(x) for x in grid]
        places = alternating(errors, count)
        if len(places) < count:
            break
        nodes = [grid[i] for i in places]
        if max(map(abs, errors)) < 1.05*min(abs(errors[i]) for i in places):
            break
    rounded = [mpf(float(v)) for v in c]
    worst = max(abs((polyval(rounded[::-1], x) - f(x))*weight(x))
                for x in grid)
    print(f"{name}: 2^{float(log(worst, 2)):.1f}")
    print("   ", " ".join(float(v).hex() for v in c))


def near(limit, f):
    """f with its limit at 0."""
    return lambda x: limit if abs(x) < mpf(10)**-15 else f(x)


def main():
    root = sqrt(mpf(2))
    fit("log_tail",
        near(mpf(1)/3, lambda f: (log1p(f) - f + f*f/2)/f**3),
        lambda f: near(0, lambda f: f**3/log1p(f))(f) + mpf(10)**-4,
        1/root - 1, root - 1, 18)
    most = log(mpf(2))/2*mpf("1.0001")
    fit("exp_tail", near(mpf(1)/2, lambda r: (expm1(r) - r)/r**2),
        lambda r: r*r + mpf(10)**-4, -most, most, 10)
    least, most = mpf(10)**-20, (pi/4*mpf("1.0001"))**2
    fit("wave, sine",
        near(mpf(-1)/6, lambda u: (sin(sqrt(u)) - sqrt(u))/sqrt(u)**3),
        lambda u: u + mpf(10)**-3, least, most, 5)
    fit("wave, cosine",
        near(mpf(1)/24, lambda u: (cos(sqrt(u)) - 1 + u/2)/u**2),
        lambda u: u*u + mpf(10)**-3, least, most, 5)
    most = ((root - 1)/(root + 1)*mpf("1.0001"))**2
    fit("long_log",
        near(mpf(2)/5, lambda u: (2*atanh(sqrt(u)) - 2*sqrt(u)
                                  - mpf(2)/3*sqrt(u)**3)/sqrt(u)**5),
        lambda u: u*u/2 + mpf(10)**-6, least, most, 7)


if __name__ == "__main__":
    main()
