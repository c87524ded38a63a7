#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rival of `ganfield classify`: the script that one writes with SciPy.

usage: classify_scipy.py VARIANT...

It does the same job by numbers: D0 and the rest points by brentq over a scan
(planar fields: fsolve from a grid of starts), the Jacobian by complex steps,
its eigenvalues by numpy, the conditions of energy and distance at samples, the
levels of the energy by quad.  It proves nothing, and where the linearisation
does not decide it says "unknown" unless the energy is seen to be conserved.
The derivatives of f1 and f2 are typed in.
"""
import json
import sys
import warnings

import numpy as np
from scipy.integrate import IntegrationWarning, quad
from scipy.optimize import brentq, fsolve

warnings.simplefilter("ignore", IntegrationWarning)
warnings.simplefilter("ignore", RuntimeWarning)
np.seterr(all="ignore")

P_D = 0.2
INF = np.inf
STEP = 1e-30
log, exp, sqrt = np.log, np.exp, np.sqrt


def sigmoid(x):
    return 1 / (1 + exp(-x))


def below(limit, x, inside, outside):
    return np.where(np.real(x) < limit, inside, outside) + 0 * x


# name: lowest D, highest D, f1', f2', f3, D0 where it is a choice
POINTWISE = {}


def pointwise(name, lo, hi, d1, d2, f3, gauge=None):
    POINTWISE[name] = (lo, hi, d1, d2, f3, gauge)


def f_gan(name, lo, hi, f2, d2):
    """[nowozin2016]: f1 = D; the generator minimises f2 or takes D."""
    def one(x):
        return 1 + 0 * x
    pointwise(name, lo, hi, one, d2, lambda x: -f2(x))
    pointwise(name + "-alternative", lo, hi, one, d2, lambda x: x)


def least_squares(name, a, b, c):
    pointwise(name, -INF, INF, lambda x: b - x, lambda x: a - x,
              lambda x: -(x - c)**2 / 2)


pointwise("classic", 0, 1, lambda x: 1 / x, lambda x: -1 / (1 - x),
          lambda x: -log(1 - x))
pointwise("nonsaturating", 0, 1, lambda x: 1 / x, lambda x: -1 / (1 - x), log)
pointwise("classic-logit", -INF, INF, lambda x: sigmoid(-x),
          lambda x: -sigmoid(x), lambda x: log(1 + exp(x)))
pointwise("nonsaturating-logit", -INF, INF, lambda x: sigmoid(-x),
          lambda x: -sigmoid(x), lambda x: -log(1 + exp(-x)))
pointwise("wgan", -INF, INF, lambda x: 1 + 0 * x, lambda x: -1 + 0 * x,
          lambda x: x, 0)
pointwise("quadratic", -INF, INF, lambda x: -x, lambda x: 1 + 0 * x,
          lambda x: -x)
least_squares("lsgan", 0, 1, 1)
least_squares("lsgan-symmetric", -1, 1, 1)
least_squares("lsgan-pearson", -1, 1, 0)
pointwise("hinge", -INF, INF, lambda x: below(1, x, 1, 0),
          lambda x: below(-1, x, 0, -1), lambda x: x, 0)
pointwise("exponential", -INF, INF, lambda x: exp(-x), lambda x: -exp(x), exp)
f_gan("kl", -INF, INF, lambda x: -exp(x - 1), lambda x: -exp(x - 1))
f_gan("reverse-kl", -INF, 0, lambda x: 1 + log(-x), lambda x: 1 / x)
f_gan("pearson", -INF, INF, lambda x: -x**2 / 4 - x, lambda x: -x / 2 - 1)
f_gan("neyman", -INF, 1, lambda x: 2 * sqrt(1 - x) - 2,
      lambda x: -1 / sqrt(1 - x))
f_gan("hellinger", -INF, 1, lambda x: -x / (1 - x), lambda x: -1 / (1 - x)**2)
f_gan("jensen-shannon", -INF, np.log(2), lambda x: log(2 - exp(x)),
      lambda x: -exp(x) / (2 - exp(x)))
f_gan("gan", -INF, 0, lambda x: log(1 - exp(x)),
      lambda x: -exp(x) / (1 - exp(x)))
f_gan("alpha", -INF, 2, lambda x: 2 * (1 - 1 / (1 - x / 2)),
      lambda x: -1 / (1 - x / 2)**2)
for _name in ("jeffreys", "jeffreys-alternative"):
    pointwise(_name, -INF, INF, lambda x: (1 + exp(-x / 2)) / 2,
              lambda x: -(1 + exp(x / 2)) / 2,
              (lambda x: exp(x / 2) + x / 2 - 1) if _name == "jeffreys" else
              (lambda x: x / 2 + 1 - exp(-x / 2)))
for _name in ("total-variation", "total-variation-alternative"):
    pointwise(_name, -0.5, 0.5, lambda x: 1 + 0 * x, lambda x: -1 + 0 * x,
              lambda x: x, 0)

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(40)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def mean(function, middle):
    return WEIGHTS @ function(middle + 0.7 * NODES)


def consensus(t, s):
    h = sigmoid(-t * s)
    slope = -h * (1 - h)
    common = (t * t + s * s) * h * slope
    return (-s * h - (t * h * h + common * s), t * h - (s * h * h + common * t))


def real_sign(x):
    return np.sign(np.real(x))


# Planar fields, the generator's coordinate first; the rest point is 0, 0.
PLANAR = {
    "bilinear": lambda t, s: (-s, t),
    "dirac-gan": lambda t, s: (-s * sigmoid(-t * s), t * sigmoid(-t * s)),
    "dirac-nsgan": lambda t, s: (-s * sigmoid(t * s), t * sigmoid(-t * s)),
    "dirac-wgan": lambda t, s: (-s, t),
    "dirac-lsgan": lambda t, s: (-s * (t * s - 1), -t * (t * s + 1)),
    "dirac-hinge": lambda t, s: (-s, t * below(1, t * s, 1, 0)),
    "dirac-r1": lambda t, s: (-s * sigmoid(-t * s),
                              t * sigmoid(-t * s) - 0.3 * s),
    "dirac-r2": lambda t, s: (-s * sigmoid(-t * s),
                              t * sigmoid(-t * s) - 0.3 * s),
    "dirac-r1r2": lambda t, s: (-s * sigmoid(-t * s),
                                t * sigmoid(-t * s) - 0.6 * s),
    "dirac-wgan-gp": lambda t, s: (-s, t - 0.3 * (s - real_sign(s))),
    "dirac-instance-noise": lambda t, s: (
        -s * mean(lambda x: sigmoid(-x * s), t),
        mean(lambda x: x * sigmoid(-x * s), t) -
        mean(lambda x: x * sigmoid(x * s), 0)),
    "dirac-consensus": consensus,
}


def samples(lo, hi, count=401):
    """Points of the domain, dense at its ends, far out where it is endless."""
    t = np.linspace(-1, 1, count + 2)[1:-1]
    if np.isfinite(lo) and np.isfinite(hi):
        return lo + (hi - lo) * (1 + np.sin(np.pi * t / 2)) / 2
    if np.isfinite(hi):
        return hi - np.exp(8 * t)
    if np.isfinite(lo):
        return lo + np.exp(8 * t)
    return np.sinh(4 * t)


def roots(function, x):
    y = np.real(function(x)) + 0 * x
    found = [float(v) for v, w in zip(x, y) if w == 0]
    for i in np.nonzero(y[:-1] * y[1:] < 0)[0]:
        found.append(float(brentq(lambda v: float(function(v)), x[i], x[i + 1],
                                  xtol=1e-15)))
    return sorted(found)


def jacobian(velocity, at):
    columns = []
    for k in range(2):
        z = np.array(at, dtype=complex)
        z[k] += 1j * STEP
        columns.append([np.imag(v) / STEP for v in velocity(*z)])
    return np.array(columns).T


def type_of(eigenvalues):
    re, im = np.real(eigenvalues), np.imag(eigenvalues)
    if max(abs(re)) < 1e-9 and max(abs(im)) > 1e-9:
        return "elliptic"
    if min(abs(eigenvalues)) < 1e-7:
        return "degenerate"
    if re[0] * re[1] < 0:
        return "saddle"
    side = "stable" if max(re) < 0 else "unstable"
    return side + (" focus" if abs(im[0]) > 1e-9 else " node")


def rest_point(velocity, at, wanted):
    j = jacobian(velocity, at)
    eigenvalues = np.linalg.eigvals(j)
    return {"at": [float(v) for v in at], "wanted": wanted,
            "jacobian": j.tolist(), "type": type_of(eigenvalues),
            "eigenvalues": [[float(np.real(v)), float(np.imag(v))]
                            for v in eigenvalues]}


def energy(variant, d0, x):
    lo, hi, d1, d2, f3, _ = variant

    def g(v):
        return f3(v) - f3(d0)

    def slope(v):
        return float(np.real(-g(v) / d2(v)))

    away = x[abs(x - d0) > 1e-6]
    well = (away - d0) * g(away) * -d2(away) > 0
    decay = g(away) * (-P_D * d1(away) / d2(away) - P_D)
    good = well & (decay <= 1e-12)
    ends, levels = [], []
    for side, limit in ((-1, lo), (1, hi)):
        part = away[(away - d0) * side > 0]
        bad = np.nonzero(~good[(away - d0) * side > 0])[0]
        end = limit
        if len(bad):
            end = part[bad[-1] if side < 0 else bad[0]]
        ends.append(float(end))
        levels.append(abs(quad(slope, d0, end, limit=200)[0]))
    return {"well": bool(well.all()), "decay": bool((decay <= 1e-12).all()),
            "first_integral": bool((abs(decay) < 1e-12).all()),
            "conserved_nearby": bool(
                (abs(decay[abs(away - d0) < 0.1]) < 1e-12).all()),
            "interval": ends, "levels": levels}


def distance(variant, d0, x):
    _, _, d1, d2, f3, _ = variant
    g = f3(x) - f3(d0)
    return {"a": bool(((x - d0) * d1(x) - g <= 1e-12).all()),
            "b": bool(((x - d0) * d2(x) + g <= 1e-12).all())}


def verdict_of(kind, conserved):
    if kind == "elliptic" and conserved:
        return "center"
    if kind.startswith("stable"):
        return "stable"
    return "unstable" if kind.startswith(("unstable", "saddle")) else "unknown"


def classify_pointwise(name):
    variant = lo, hi, d1, d2, f3, gauge = POINTWISE[name]
    x = samples(lo, hi)
    x = x[np.isfinite(d1(x)) & np.isfinite(d2(x)) & np.isfinite(f3(x))]

    def balance(v):
        return d1(v) + d2(v)

    d0 = gauge if gauge is not None else roots(balance, x)[0]

    def velocity(d, p):
        return P_D * d1(d) + p * d2(d), f3(d) - f3(d0)

    def derivative(function):
        return float(np.imag(function(d0 + 1j * STEP)) / STEP)

    points = [rest_point(velocity, (d0, P_D), True)]
    for d in roots(lambda v: np.real(f3(v) - f3(d0)), x):
        if abs(d - d0) > 1e-9 and d2(d) != 0:
            points.append(rest_point(velocity, (d, -P_D * d1(d) / d2(d)),
                                     False))
    e = energy(variant, d0, x)
    return {"field": name, "d0": d0, "rest_points": points,
            "conditions": {"equilibrium": float(balance(d0)),
                           "damping": derivative(balance),
                           "restoring": -float(d2(d0)) * derivative(f3)},
            "energy": e, "distance": distance(variant, d0, x),
            "verdict": verdict_of(points[0]["type"], e["conserved_nearby"])}


def classify_planar(name):
    velocity = PLANAR[name]
    points = [rest_point(velocity, (0.0, 0.0), True)]
    for start in np.stack(np.meshgrid(*[np.linspace(-2, 2, 7)] * 2),
                          -1).reshape(-1, 2):
        at, _, status, _ = fsolve(
            lambda z: np.real(velocity(*z)), start, full_output=True,
            fprime=lambda z: jacobian(velocity, z))
        known = [p["at"] for p in points]
        if status == 1 and min(np.hypot(*(at - k)) for k in known) > 1e-6:
            points.append(rest_point(velocity, at, False))
    return {"field": name, "rest_points": points,
            "verdict": verdict_of(points[0]["type"], False)}


def main():
    print(json.dumps([classify_planar(name) if name in PLANAR else
                      classify_pointwise(name) for name in sys.argv[1:]],
                     indent=1))


main()
