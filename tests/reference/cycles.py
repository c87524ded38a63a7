#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Periods and Floquet multipliers of limit cycles, by other means than
ganfield's: Taylor series of order 40 in 40 digits for the flow, the
divergence integrated along it for the multiplier, and a secant iteration on the
return map. Needs mpmath. Prints the numbers that stand in
tests/analysis/test_lyapunov.c and tests/analysis/test_cycle.c.
"""
from mpmath import mp, mpf, exp, sqrt, pi, log

mp.dps = 40
ORDER = 40


def series(mu, x, v):
    """Taylor coefficients of van der Pol's x' = v, v' = mu (1 - x^2) v - x,
    and of the integral of its divergence mu (1 - x^2)."""
    a, b, q = [x], [v], [mpf(0)]
    for n in range(ORDER):
        square = [sum(a[i] * a[k - i] for i in range(k + 1))
                  for k in range(n + 1)]
        damp = sum(square[i] * b[n - i] for i in range(n + 1))
        a.append(b[n] / (n + 1))
        b.append((mu * (b[n] - damp) - a[n]) / (n + 1))
        q.append(mu * ((1 if n == 0 else 0) - square[n]) / (n + 1))
    return a, b, q


def value(c, t):
    total = mpf(0)
    for k in reversed(c):
        total = total * t + k
    return total


def half_return(mu, x):
    """From (x, 0), x > 0, over v < 0 to v = 0: the new x, the time and the
    integral of the divergence."""
    t, q, v, h = mpf(0), mpf(0), mpf(0), mpf(1) / 16
    first = True
    while True:
        a, b, d = series(mu, x, v)
        if not first and value(b, h) >= 0:
            s = h
            for _ in range(200):
                slope = value([k * c for k, c in enumerate(b)][1:], s)
                step = value(b, s) / slope
                s -= step
                if abs(step) < mpf(10) ** -36:
                    break
            return value(a, s), t + s, q + value(d, s)
        x, v, q, t, first = value(a, h), value(b, h), q + value(d, h), t + h, False


def van_der_pol(mu):
    x0, x1 = mpf(2), mpf("2.01")
    f0 = -half_return(mu, x0)[0] - x0
    for _ in range(30):
        f1 = -half_return(mu, x1)[0] - x1
        if abs(f1) < mpf(10) ** -30 or f1 == f0:
            break
        x0, x1, f0 = x1, x1 - f1 * (x1 - x0) / (f1 - f0), f1
    _, t, q = half_return(mu, x1)
    return x1, 2 * t, exp(2 * q), q / t


def dirac_wgan_gp(gamma, g0):
    """In closed form: docs/theory.md, section 2g."""
    omega = sqrt(1 - gamma**2 / 4)
    rho = exp(-gamma * pi / (2 * omega))
    return gamma * g0 * (1 + rho) / (1 - rho), 2 * pi / omega, rho**2


if __name__ == "__main__":
    for mu in (mpf(1), mpf(1) / 2):
        x, period, multiplier, exponent = van_der_pol(mu)
        print("van der Pol, mu =", mp.nstr(mu, 3), ": u =", mp.nstr(x, 18),
              "period", mp.nstr(period, 18), "multiplier",
              mp.nstr(multiplier, 18), "exponent", mp.nstr(exponent, 18))
    theta, period, multiplier = dirac_wgan_gp(mpf(3) / 10, mpf(1))
    print("dirac-wgan-gp: theta =", mp.nstr(theta, 18), "period",
          mp.nstr(period, 18), "multiplier", mp.nstr(multiplier, 18))
