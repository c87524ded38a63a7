#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference numbers of the catalogue, without ganfield.

usage: catalog.py [DIRECTORY]      (needs mpmath; writes there, default: here)

Every variant is written out again below, by hand, from its paper: f1 f2 f3
with their first derivatives for a pointwise field, the two speeds for a planar
one.  From them, with 50 digits, come the rest point that one wants and the
spurious ones, Jacobian, eigenvalues, type, first Lyapunov coefficient, and for
pointwise fields the energy and distance conditions on the whole domain (dense
sampling, far tails included), the interval round D0 on which the energy works
and the level of the region of attraction (quadrature).

The script trusts nothing that it can check: the hand-written derivatives are
compared with numerical ones, each f-GAN must reproduce its divergence, and
known closed forms (the list CHECKS) must come out.

It writes catalog.inc (one row a variant) and catalog_spurious.inc (one row a
spurious rest point).
"""
import os
import sys

import mpmath as mp
from mpmath import mpf, exp, log, sqrt, inf

mp.mp.dps = 50
P_D = mpf("0.2")
TINY = mpf(10) ** -30
NAN = mp.nan


class Pointwise:
    """f1, f2, f3 of x (D, or u under a link), their derivatives by hand."""

    def __init__(self, f1, f2, f3, d1, d2, d3, x0, domain=(-inf, inf),
                 divergence=None, kinks=()):
        self.f1, self.f2, self.f3 = f1, f2, f3
        self.d1, self.d2, self.d3 = d1, d2, d3
        self.x0, self.domain = mpf(x0), tuple(mpf(end) for end in domain)
        self.divergence, self.kinks = divergence, kinks

    def g(self, x):
        return self.f3(x) - self.f3(self.x0)

    def pi(self, x):
        return -P_D * self.d1(x) / self.d2(x)

    def at(self, x, p):
        return (P_D * self.d1(x) + p * self.d2(x), self.g(x))

    def jacobian(self, x, p):
        def slope(d):
            return mp.diff(d, x)
        return [[P_D * slope(self.d1) + p * slope(self.d2), self.d2(x)],
                [self.d3(x), mpf(0)]]

    def rest(self):
        return self.x0, P_D


class Planar:
    """A field (speed of the first axis, speed of the second)."""

    def __init__(self, at, smooth=True, conserves=None, spurious=()):
        self.at, self.smooth = at, smooth
        self.conserves, self.spurious = conserves, spurious

    def jacobian(self, x, y):
        return [[mp.diff(lambda *z, i=i: self.at(*z)[i], (x, y), order)
                 for order in ((1, 0), (0, 1))] for i in (0, 1)]

    def rest(self):
        return mpf(0), mpf(0)


# --- the pointwise variants -------------------------------------------------

def one(_):
    return mpf(1)


def identity(x):
    return x


def sigma(x):
    return 1 / (1 + exp(-x))


def softplus(x):
    return log(1 + exp(x)) if x < 0 else x + log(1 + exp(-x))


def lsgan(a, b, c):
    a, b, c = mpf(a), mpf(b), mpf(c)
    return Pointwise(lambda D: -(D - b) ** 2 / 2, lambda D: -(D - a) ** 2 / 2,
                     lambda D: -(D - c) ** 2 / 2, lambda D: -(D - b),
                     lambda D: -(D - a), lambda D: -(D - c), (a + b) / 2)


def fgan(conjugate, slope, x0, domain, divergence):
    """Minimax and alternative f-GAN in T, from f* and its derivative."""
    minimax = Pointwise(identity, lambda T: -conjugate(T), conjugate, one,
                        lambda T: -slope(T), slope, x0, domain, divergence)
    alternative = Pointwise(identity, lambda T: -conjugate(T), identity, one,
                            lambda T: -slope(T), one, x0, domain, divergence)
    return minimax, alternative


def jeffreys():
    """T = s/2 + 1 - exp(-s/2), f*(T) = exp(s/2) + s/2 - 1, in s."""
    def T(s):
        return s / 2 + 1 - exp(-s / 2)

    def dT(s):
        return mpf(1) / 2 + exp(-s / 2) / 2

    def star(s):
        return exp(s / 2) + s / 2 - 1

    def dstar(s):
        return exp(s / 2) / 2 + mpf(1) / 2

    def divergence(u):
        return (u - 1) * log(u)

    # Lambert's W gives f* as a function of T: an independent witness.
    for s in (mpf(-3), mpf("-0.4"), mpf("0.7"), mpf(5)):
        w = mp.lambertw(exp(1 - T(s)))
        assert abs(w + 1 / w + T(s) - 2 - star(s)) < TINY

    minimax = Pointwise(T, lambda s: -star(s), star, dT,
                        lambda s: -dstar(s), dstar, 0, divergence=divergence)
    alternative = Pointwise(T, lambda s: -star(s), T, dT,
                            lambda s: -dstar(s), dT, 0, divergence=divergence)
    return minimax, alternative


def alpha_divergence(alpha):
    k = alpha - 1
    domain = (-inf, 1 / (1 - alpha)) if alpha < 1 else (1 / (1 - alpha), inf)
    return fgan(lambda T: ((1 + k * T) ** (alpha / k) - 1) / alpha,
                lambda T: (1 + k * T) ** (1 / k), 0, domain,
                lambda u: (u ** alpha - 1 - alpha * (u - 1)) / (alpha * k))


def pointwise_variants():
    ln2 = log(mpf(2))
    v = {}
    v["classic"] = Pointwise(
        log, lambda D: log(1 - D), lambda D: -log(1 - D), lambda D: 1 / D,
        lambda D: -1 / (1 - D), lambda D: 1 / (1 - D), mpf(1) / 2, (0, 1))
    v["nonsaturating"] = Pointwise(
        log, lambda D: log(1 - D), log, lambda D: 1 / D,
        lambda D: -1 / (1 - D), lambda D: 1 / D, mpf(1) / 2, (0, 1))
    v["wgan"] = Pointwise(
        identity, lambda D: -D, identity, one, lambda D: mpf(-1), one, 0)
    v["quadratic"] = Pointwise(
        lambda D: -D ** 2 / 2, identity, lambda D: -D, lambda D: -D, one,
        lambda D: mpf(-1), 1)
    v["lsgan"] = lsgan(0, 1, 1)
    v["lsgan-symmetric"] = lsgan(-1, 1, 1)
    v["lsgan-pearson"] = lsgan(-1, 1, 0)
    v["hinge"] = Pointwise(
        lambda D: min(mpf(0), D - 1), lambda D: min(mpf(0), -D - 1), identity,
        lambda D: mpf(D < 1), lambda D: -mpf(D > -1), one, 0,
        kinks=(mpf(-1), mpf(1)))
    v["exponential"] = Pointwise(
        lambda D: -exp(-D), lambda D: -exp(D), exp, lambda D: exp(-D),
        lambda D: -exp(D), exp, 0)
    # In the logit, with f1(sigma(u)) = -softplus(-u) and so on.
    v["classic-logit"] = Pointwise(
        lambda u: -softplus(-u), lambda u: -softplus(u), softplus,
        lambda u: sigma(-u), lambda u: -sigma(u), sigma, 0)
    v["nonsaturating-logit"] = Pointwise(
        lambda u: -softplus(-u), lambda u: -softplus(u),
        lambda u: -softplus(-u), lambda u: sigma(-u), lambda u: -sigma(u),
        lambda u: sigma(-u), 0)

    families = {
        "kl": fgan(lambda T: exp(T - 1), lambda T: exp(T - 1), 1, (-inf, inf),
                   lambda u: u * log(u)),
        "reverse-kl": fgan(lambda T: -1 - log(-T), lambda T: -1 / T, -1,
                           (-inf, 0), lambda u: -log(u)),
        "pearson": fgan(lambda T: T ** 2 / 4 + T, lambda T: T / 2 + 1, 0,
                        (-inf, inf), lambda u: (u - 1) ** 2),
        "neyman": fgan(lambda T: 2 - 2 * sqrt(1 - T),
                       lambda T: 1 / sqrt(1 - T), 0, (-inf, 1),
                       lambda u: (1 - u) ** 2 / u),
        "hellinger": fgan(lambda T: T / (1 - T), lambda T: 1 / (1 - T) ** 2,
                          0, (-inf, 1), lambda u: (sqrt(u) - 1) ** 2),
        "jensen-shannon": fgan(
            lambda T: -log(2 - exp(T)), lambda T: exp(T) / (2 - exp(T)), 0,
            (-inf, ln2),
            lambda u: u * log(u) - (u + 1) * log((u + 1) / 2)),
        "gan": fgan(
            lambda T: -log(-mp.expm1(T)), lambda T: -exp(T) / mp.expm1(T),
            -ln2, (-inf, 0), lambda u: u * log(u) - (u + 1) * log(u + 1)),
        "jeffreys": jeffreys(),
        "total-variation": fgan(identity, one, 0,
                                (-mpf(1) / 2, mpf(1) / 2), None),
        "alpha": alpha_divergence(mpf(1) / 2),
    }
    for name, (minimax, alternative) in families.items():
        v[name] = minimax
        v[name + "-alternative"] = alternative
    return v


# --- the planar variants ----------------------------------------------------

def slope(t):
    """f'(t) of f(t) = -log(1 + exp(-t))."""
    return 1 / (1 + exp(t))


def curvature(t):
    """f''(t)."""
    return -1 / ((1 + exp(t)) * (1 + exp(-t)))


def dirac_r(strength):
    return Planar(lambda x, y: (-y * slope(x * y),
                                x * slope(x * y) - strength * y))


def wgan_gp(gamma, g0):
    return Planar(lambda x, y: (
        -y, x - gamma * mp.sign(y) * (abs(y) - g0)), smooth=g0 == 0)


def instance_noise(width):
    """E over two normal variables, by quadrature on 12 standard deviations."""
    def mean(h):
        return mp.quad(lambda t: h(t) * mp.npdf(t), [-12, -6, -2, 0, 2, 6, 12])

    def at(x, y):
        return (-y * mean(lambda t: slope((x + width * t) * y)),
                mean(lambda t: (x + width * t) * slope((x + width * t) * y)
                     - width * t * slope(-width * t * y)))

    return at


def noise_jacobian(width):
    """Derivatives under the mean, at the rest point: E t = 0, E t^2 = 1."""
    return [[mpf(0), -slope(0)],
            [slope(0), 2 * width ** 2 * curvature(0)]]


def consensus(gamma):
    def at(x, y):
        t = x * y
        common = (x ** 2 + y ** 2) * slope(t) * curvature(t)
        return (-y * slope(t) - gamma * (x * slope(t) ** 2 + common * y),
                x * slope(t) - gamma * (y * slope(t) ** 2 + common * x))

    # Elsewhere than at 0: (radial) 1 = 2 t sigma(t), (angular)
    # x^2 - y^2 = 1/(gamma f''(t)), with t = x y.
    t = mp.findroot(lambda t: 1 - 2 * t * sigma(t), mpf("0.7"))
    d = 1 / (gamma * curvature(t))
    x = sqrt((d + sqrt(d ** 2 + 4 * t ** 2)) / 2)
    return Planar(at, spurious=((x, t / x), (-x, -t / x)))


def planar_variants():
    def radius(x, y):
        return x ** 2 + y ** 2

    gamma = mpf("0.3")
    v = {}
    v["bilinear"] = Planar(lambda x, y: (-y, x), conserves=radius)
    v["dirac-gan"] = Planar(
        lambda x, y: (-y * slope(x * y), x * slope(x * y)), conserves=radius)
    v["dirac-nsgan"] = Planar(
        lambda x, y: (-y * slope(-x * y), x * slope(x * y)))
    v["dirac-wgan"] = Planar(lambda x, y: (-y, x), conserves=radius)
    v["dirac-lsgan"] = Planar(
        lambda x, y: (-y * (x * y - 1), -x * (x * y + 1)))
    v["dirac-hinge"] = Planar(
        lambda x, y: (-y, x * (x * y < 1)), conserves=radius)
    v["dirac-r1"] = dirac_r(gamma)
    v["dirac-r2"] = dirac_r(gamma)
    v["dirac-r1r2"] = dirac_r(2 * gamma)
    v["dirac-wgan-gp"] = wgan_gp(gamma, mpf(1))
    v["dirac-instance-noise"] = Planar(instance_noise(mpf("0.7")))
    v["dirac-instance-noise"].jacobian = (
        lambda x, y: noise_jacobian(mpf("0.7")))
    v["dirac-consensus"] = consensus(mpf(1))
    return v


# --- local analysis ---------------------------------------------------------

def eigenvalues(jacobian):
    half = (jacobian[0][0] + jacobian[1][1]) / 2
    det = (jacobian[0][0] * jacobian[1][1] - jacobian[0][1] * jacobian[1][0])
    root = sqrt(half ** 2 - det)
    if abs(root) < TINY:
        root = mpf(0)
    pair = [half + root, half - root]
    return 2 * half, det, [(mp.re(z), mp.im(z)) for z in pair]


def first_lyapunov(field):
    """Guckenheimer and Holmes 1983, eq. 3.4.11, at a rest point with trace 0.

    Frame: x along the first axis, y = -(J v)_1/omega.
    """
    x0, y0 = field.rest()
    jac = field.jacobian(x0, y0)
    omega = sqrt(jac[0][0] * jac[1][1] - jac[0][1] * jac[1][0])

    def second(x, y):
        return (-omega * y - jac[0][0] * x) / jac[0][1]

    def f(x, y):
        return field.at(x0 + x, y0 + second(x, y))[0] + omega * y

    def g(x, y):
        u, v = field.at(x0 + x, y0 + second(x, y))
        return -(jac[0][0] * u + jac[0][1] * v) / omega - omega * x

    def d(h, i, j):
        return mp.diff(h, (mpf(0), mpf(0)), (i, j))

    cubic = d(f, 3, 0) + d(f, 1, 2) + d(g, 2, 1) + d(g, 0, 3)
    square = (d(f, 1, 1) * (d(f, 2, 0) + d(f, 0, 2))
              - d(g, 1, 1) * (d(g, 2, 0) + d(g, 0, 2))
              - d(f, 2, 0) * d(g, 2, 0) + d(f, 0, 2) * d(g, 0, 2))
    return cubic / 16 + square / (16 * omega)


def is_center(name, field):
    """A conserved quantity round the rest point, checked at points near it."""
    if isinstance(field, Pointwise):
        return energy(field)["first"] == "yes" or name == "hinge"
    if field.conserves is None:
        return False
    for x, y in ((mpf("0.3"), mpf("0.2")), (mpf("-0.6"), mpf("0.5"))):
        u, v = field.at(x, y)
        rate = (mp.diff(field.conserves, (x, y), (1, 0)) * u
                + mp.diff(field.conserves, (x, y), (0, 1)) * v)
        assert abs(rate) < TINY, name
    return True


def local(name, field, x, y, wanted=True):
    """Trace, determinant, eigenvalues, type, verdict, first coefficient."""
    if isinstance(field, Planar) and not field.smooth:
        return non_smooth(name, field)
    assert all(abs(speed) < TINY for speed in field.at(x, y)), name
    trace, det, pair = eigenvalues(field.jacobian(x, y))
    l1 = NAN
    if abs(det) < TINY:
        # lsgan-pearson: along the centre manifold D = h(q), q = p_g - p_d,
        # q' = f3''(0)/2 h'(0)^2 q^2 < 0, h'(0) = -f2'/(p_d(f1'' + f2'')).
        assert name == "lsgan-pearson"
        coefficient = -mpf(1) / 2 * (1 / (2 * P_D)) ** 2
        assert abs(coefficient + 1 / (8 * P_D ** 2)) < TINY
        kind, verdict = "degenerate", "unstable"
    elif det < 0:
        kind, verdict = "saddle", "unstable"
    elif abs(trace) < TINY:
        trace = mpf(0)
        pair = [(mpf(0), pair[0][1]), (mpf(0), pair[1][1])]
        if wanted and is_center(name, field):
            kind, verdict, l1 = "center", "center", mpf(0)
        else:
            l1 = first_lyapunov(field)
            assert abs(l1) > TINY, name
            word = "stable" if l1 < 0 else "unstable"
            kind, verdict = word + " weak focus", word
    else:
        verdict = "stable" if trace < 0 else "unstable"
        gap = trace ** 2 - 4 * det
        assert abs(gap) > TINY, name
        kind = verdict + (" node" if gap > 0 else " focus")
    return trace, det, pair, kind, verdict, l1


def non_smooth(name, field):
    """dirac-wgan-gp: on both sides of psi = 0 the speed leads away from it."""
    assert name == "dirac-wgan-gp"
    near = mpf(10) ** -20
    assert field.at(0, near)[1] > mpf("0.29")
    assert field.at(0, -near)[1] < -mpf("0.29")
    nothing = (NAN, NAN)
    return NAN, NAN, [nothing, nothing], "non-smooth", "unstable", NAN


# --- energy and distance ----------------------------------------------------

def samples(field):
    """Points of the domain: dense inside, and far into each tail."""
    lo, hi = field.domain
    x0 = field.x0
    points = []
    for sign, end in ((-1, lo), (1, hi)):
        width = abs(end - x0) if mp.isfinite(end) else None
        for k in range(1, 400):
            t = mpf(k) / 400
            if width is None:
                points.append(x0 + sign * 20 * t)
            else:
                points.append(x0 + sign * width * t)
        for k in range(1, 13):
            if width is None:
                points.append(x0 + sign * mpf(20) * mpf("1.6") ** k)
            else:
                points.append(end - sign * width * mpf(10) ** -k)
            points.append(x0 + sign * mpf(10) ** -k * (width or 1))
    return sorted(x for x in points if x not in field.kinks)


def small(value, scale):
    return abs(value) <= TINY * (1 + abs(scale))


def conditions(field, x):
    """(well, decay, decay is zero) at one point."""
    g, d2 = field.g(x), field.d2(x)
    if d2 == 0:
        return False, False, False
    pi = field.pi(x)
    well = (x - field.x0) * g / -d2 > 0
    decay = g * (pi - P_D)
    zero = small(decay, g * pi)
    return well, decay <= 0 or zero, zero


def yes(flags):
    return "yes" if all(flags) else "no"


def interval_end(field, sign):
    """Where the energy stops working on this side of D0."""
    points = [x for x in samples(field) if (x - field.x0) * sign > 0]
    points.sort(key=lambda x: abs(x - field.x0))

    def works(x):
        well, decay, _ = conditions(field, x)
        return well and decay

    good = field.x0
    for x in points:
        if not works(x):
            if good == field.x0:
                return field.x0
            bad = x
            for _ in range(170):
                middle = (good + bad) / 2
                if works(middle):
                    good = middle
                else:
                    bad = middle
            return mp.nint(good * 2) / 2 if small(
                good * 2 - mp.nint(good * 2), 1) else good
        good = x
    return field.domain[0] if sign < 0 else field.domain[1]


def well_depth(field, end):
    """W(end) = int_D0^end g/(-f2'), inf where it diverges."""
    def integrand(x):
        return -field.g(x) / field.d2(x)

    def stop(k):
        if mp.isfinite(end):
            return end + (field.x0 - end) * mpf(2) ** -(4 * k)
        return field.x0 + (1 if end > 0 else -1) * mpf(2) ** (k + 1)

    gains = [mp.quad(integrand, [stop(k), stop(k + 1)]) for k in range(4, 8)]
    if abs(gains[-1]) > mpf("0.6") * abs(gains[-2]):
        return inf
    if mp.isfinite(end):
        total = mp.quad(integrand, [field.x0, (field.x0 + end) / 2, end])
    else:
        steps = [field.x0] + [field.x0 + mp.sign(end) * t
                              for t in (1, 2, 4, 8, 16, 32, 64, 128, 256)]
        total = mp.quad(integrand, steps)
    return total


def energy(field):
    points = samples(field)
    flags = [conditions(field, x) for x in points]
    first = yes(zero for _, _, zero in flags)
    a, b = distance(field, points)
    result = {"well": yes(w for w, _, _ in flags),
              "decay": yes(d for _, d, _ in flags), "first": first,
              "a": a, "b": b, "region": "none", "level": NAN}
    ends = [interval_end(field, -1), interval_end(field, 1)]
    result["ends"] = ends
    if first == "yes" or field.x0 in ends:
        return result
    zeros = [zero for x, (_, _, zero) in zip(points, flags)
             if ends[0] < x < ends[1] and x != field.x0]
    if any(zeros):           # not only at isolated points: LaSalle is silent
        return result
    level = min(well_depth(field, end) for end in ends)
    result["level"] = level
    whole = level == inf and tuple(ends) == tuple(field.domain)
    result["region"] = "whole domain" if whole else "level"
    return result


def distance(field, points):
    signs = [True, True]
    for x in points:
        g, gap = field.g(x), x - field.x0
        a = gap * field.d1(x) - g
        b = gap * field.d2(x) + g
        signs[0] &= a <= 0 or small(a, g)
        signs[1] &= b <= 0 or small(b, g)
    return yes(signs[:1]), yes(signs[1:])


# --- checks -----------------------------------------------------------------

def check_derivatives(name, field):
    lo, hi = field.domain
    for t in (mpf("-0.37"), mpf("-0.11"), mpf("0.13"), mpf("0.41")):
        x = field.x0 + t * min(1, hi - field.x0, field.x0 - lo)
        for f, d in ((field.f1, field.d1), (field.f2, field.d2),
                     (field.f3, field.d3)):
            assert abs(mp.diff(f, x) - d(x)) < TINY, (name, x)
    assert abs(field.d1(field.x0) + field.d2(field.x0)) < TINY, name


def check_divergence(name, field):
    """max over T of sum p f1(T) + q f2(T) is the divergence of p from q."""
    p = [mpf("0.2"), mpf("0.3"), mpf("0.5")]
    q = [mpf("0.6"), mpf("0.3"), mpf("0.1")]
    total = mpf(0)
    for data, fake in zip(p, q):
        def stationary(T, data=data, fake=fake):
            return data * field.d1(T) + fake * field.d2(T)
        lo, hi = field.domain
        lo = max(lo, field.x0 - 40)
        hi = min(hi, field.x0 + 40)
        if name.startswith("pearson"):
            lo = mpf(-2)
        lo, hi = lo + mpf(10) ** -20, hi - mpf(10) ** -20
        for _ in range(200):       # it falls: the critic's value is concave
            T = (lo + hi) / 2
            lo, hi = (T, hi) if stationary(T) > 0 else (lo, T)
        total += data * field.f1(T) + fake * field.f2(T)
    want = sum(fake * field.divergence(data / fake)
               for data, fake in zip(p, q))
    assert abs(total - want) < mpf(10) ** -25, (name, total, want)


def spurious_of(field):
    """Roots of f3(D) = f3(D0) other than D0, by changes of sign."""
    points = [x for x in samples(field) if field.d2(x) != 0]
    found = []
    for lo, hi in zip(points, points[1:]):
        if lo <= field.x0 <= hi:
            continue
        if field.g(lo) == 0:
            found.append(lo)
        elif field.g(lo) * field.g(hi) < 0:
            found.append(mp.findroot(field.g, (lo, hi), solver="anderson"))
    return [(x, field.pi(x)) for x in found]


def closed_forms():
    """(variant, key, value): what must come out."""
    ln2, ln3 = log(mpf(2)), log(mpf(3))
    half = mpf(1) / 2
    return [
        ("classic", "level", mpf(1) / 16),
        ("nonsaturating", "level", ln2 / 2 - mpf(5) / 16),
        ("lsgan", "level", half - 3 * ln3 / 8),
        ("lsgan-symmetric", "level", 2 - 3 * ln3 / 2),
        ("quadratic", "level", inf),
        ("exponential", "level", inf),
        ("classic-logit", "level", inf),
        ("nonsaturating-logit", "level", inf),
        ("kl", "level", inf), ("kl-alternative", "level", mpf(1)),
        ("reverse-kl", "level", mpf(1) / 4),
        ("reverse-kl-alternative", "level", mpf(1) / 6),
        ("pearson", "level", inf), ("pearson-alternative", "level", inf),
        ("neyman", "level", mpf(1) / 3),
        ("neyman-alternative", "level", mpf(4) / 15),
        ("hellinger", "level", mpf(1) / 6),
        ("hellinger-alternative", "level", mpf(1) / 12),
        ("jensen-shannon-alternative", "level", 1 - ln2 - ln2 ** 2 / 2),
        ("gan-alternative", "level", 1 - ln2 - ln2 ** 2 / 2),
        ("jeffreys", "level", inf),
        ("jeffreys-alternative", "level", mp.pi ** 2 / 3 + 8 * ln2 - 4),
        ("alpha", "level", mpf(2) / 3),
        ("alpha-alternative", "level", mpf(1) / 3),
        ("classic", "re1", mpf("-0.8")),
        ("classic", "im1", mpf("1.833030277982336")),
        ("quadratic", "im1", mpf("0.994987437106619955")),
        ("classic-logit", "im1", mpf("0.497493718553309977")),
        ("lsgan", "im1", mpf("0.458257569495584001")),
        ("pearson", "im1", mpf("0.998749217771909")),
        ("hellinger", "im1", mpf("0.979795897113271")),
        ("dirac-gan", "im1", half), ("dirac-nsgan", "im1", half),
        ("dirac-nsgan", "l1", -mpf(1) / 16), ("dirac-lsgan", "im1", 1),
        ("dirac-lsgan", "l1", -mpf(1) / 4),
        ("dirac-r1", "re1", mpf("-0.15")),
        ("dirac-r1", "im1", mpf("0.4769696007084728")),
        ("dirac-r1r2", "re1", mpf("-0.3")),
        ("dirac-r1r2", "im1", mpf("0.4")),
        ("dirac-instance-noise", "re1", mpf("-0.1225")),
        ("dirac-instance-noise", "im1", mpf("0.4847615393159816")),
        ("dirac-consensus", "re1", -mpf(1) / 4),
        ("dirac-consensus", "im1", half),
    ]


def check_closed_forms(table):
    for name, key, want in closed_forms():
        got = table[name][key]
        assert got == want or abs(got - want) < mpf(10) ** -14, (
            name, key, got, want)


def check_noise():
    """The mean's derivatives against differences of the mean itself."""
    width, h = mpf("0.7"), mpf(10) ** -6
    at = instance_noise(width)
    with mp.workdps(30):
        jac = noise_jacobian(width)
        for i in (0, 1):
            along_x = (at(h, 0)[i] - at(-h, 0)[i]) / (2 * h)
            along_y = (at(0, h)[i] - at(0, -h)[i]) / (2 * h)
            assert abs(along_x - jac[i][0]) < mpf(10) ** -10
            assert abs(along_y - jac[i][1]) < mpf(10) ** -10


# --- output -----------------------------------------------------------------

def c_number(x):
    if mp.isnan(x):
        return "NAN"
    if mp.isinf(x):
        return "INFINITY" if x > 0 else "-INFINITY"
    if abs(x) < mpf(10) ** -25:
        return "0"
    return mp.nstr(x, 20, strip_zeros=True)


def c_row(values):
    cells = [f'"{v}"' if isinstance(v, str) else c_number(mpf(v))
             for v in values]
    text, lines = "    {", []
    for cell in cells:
        if len(text) + len(cell) > 76:
            lines.append(text.rstrip())
            text = "     "
        text += " " + cell + ","
    return "\n".join(lines + [text[:-1] + " },"])


HEAD = """/*
 * Generated by tests/reference/catalog.py with mpmath {version}, {digits} digits;
 * do not edit.  p_d = 0.2 and each variant's default parameters.
 *
{columns}
 */
"""

MAIN = """ * name, rest point (first axis, second axis), trace, determinant,
 * re, im of the two eigenvalues, type, verdict,
 * region, level of the region (INFINITY: the strip alpha < D < beta),
 * well, decay, first integral, A <= 0, B <= 0 on the whole domain ("-":
 * a planar field), alpha, beta: the interval round D0 on which well and decay
 * hold, first Lyapunov coefficient (0 for a center).
 * The first axis is D; u in classic-logit, nonsaturating-logit."""

SPURIOUS = """ * name, rest point (first axis, second axis), trace, determinant,
 * re, im of the two eigenvalues, type, stability."""


def write(directory, name, columns, rows):
    path = os.path.join(directory, name)
    with open(path, "w", encoding="ascii") as out:
        out.write(HEAD.format(version=mp.__version__, digits=mp.mp.dps,
                              columns=columns))
        out.write("\n".join(c_row(row) for row in rows) + "\n")


def main():
    directory = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(
        os.path.abspath(__file__))
    table, rows, spurious = {}, [], []
    check_noise()
    variants = {**pointwise_variants(), **planar_variants()}
    for name, field in variants.items():
        x, y = field.rest()
        trace, det, pair, kind, verdict, l1 = local(name, field, x, y)
        if isinstance(field, Pointwise):
            check_derivatives(name, field)
            if field.divergence:
                check_divergence(name, field)
            e = energy(field)
            others = spurious_of(field)
        else:
            e = dict.fromkeys(("well", "decay", "first", "a", "b"), "-")
            e.update(region="none", level=NAN, ends=(NAN, NAN))
            others = field.spurious
        (re1, im1), (re2, im2) = pair
        table[name] = {"level": e["level"], "re1": re1, "im1": im1, "l1": l1}
        rows.append([name, x, y, trace, det, re1, im1, re2, im2, kind,
                     verdict, e["region"], e["level"], e["well"], e["decay"],
                     e["first"], e["a"], e["b"], *e["ends"], l1])
        for sx, sy in others:
            t, d, two, k, s, _ = local(name, field, sx, sy, wanted=False)
            spurious.append([name, sx, sy, t, d, *two[0], *two[1], k, s])
    check_closed_forms(table)
    write(directory, "catalog.inc", MAIN, rows)
    write(directory, "catalog_spurious.inc", SPURIOUS, spurious)


if __name__ == "__main__":
    main()
