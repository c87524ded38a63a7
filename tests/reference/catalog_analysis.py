# SPDX-License-Identifier: GPL-3.0-or-later
"""What the theory says of one field of catalog_variants.py, with 50 digits.

Locally: Jacobian, eigenvalues, type, first Lyapunov coefficient.  Globally, for
a pointwise field: the energy and distance conditions on the whole domain (dense
sampling, far tails included), the interval round D0 on which the energy works
and the level of the region of attraction (quadrature).
"""
import mpmath as mp
from mpmath import mpf, sqrt, inf

from catalog_variants import Planar, Pointwise, TINY

NAN = mp.nan


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
        slope = -field.d2(x) / trace
        assert mp.diff(field.f3, x, 2) / 2 * slope ** 2 < -TINY
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
        shape = " node" if gap > 0 else " focus"
        if abs(gap) < TINY:      # equal eigenvalues, one eigenvector
            jac = field.jacobian(x, y)
            assert abs(jac[0][1]) > TINY or abs(jac[1][0]) > TINY, name
            shape = " degenerate node"
        kind = verdict + shape
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
    decay = g * (pi - field.p_d)
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
