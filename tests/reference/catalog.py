#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference numbers of the catalogue, without ganfield.

usage: catalog.py [DIRECTORY]      (needs mpmath; writes there, default: here)

catalog_variants.py holds the formulas, catalog_analysis.py what follows from
them; here they are checked and written.  Nothing is trusted that can be
checked: the hand-written derivatives are compared with numerical ones, each
f-GAN must reproduce its divergence, and known closed forms must come out.

It writes three tables for the tests:
    catalog.inc           a row for each variant
    catalog_spurious.inc  a row for each spurious rest point
    catalog_settings.inc  rows at other parameters than the defaults
"""
import os
import sys

import mpmath as mp
from mpmath import mpf, log, inf

from catalog_analysis import NAN, energy, local, samples
from catalog_variants import (TINY, Pointwise, instance_noise, noise_jacobian,
                              planar_variants, pointwise_variants)


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

SETTINGS = """ * name, parameter, its value, rest point (first axis, second axis), trace,
 * determinant, re, im of the two eigenvalues, type.  Parameters not named
 * keep their defaults."""

SPURIOUS = """ * name, rest point (first axis, second axis), trace, determinant,
 * re, im of the two eigenvalues, type, stability."""


def write(directory, name, columns, rows):
    path = os.path.join(directory, name)
    with open(path, "w", encoding="ascii") as out:
        out.write(HEAD.format(version=mp.__version__, digits=mp.mp.dps,
                              columns=columns))
        out.write("\n".join(c_row(row) for row in rows) + "\n")


def settings():
    """(variant, parameter, value, field): where types change and beyond."""
    def with_p_d(name, value):
        field = pointwise_variants()[name]
        field.p_d = value
        return name, "p_d", value, field

    for name, values in (
            ("classic", ("0.1", "0.25", "0.5", "1", "2")),
            ("nonsaturating", ("0.5", "1")),
            ("quadratic", ("0.5", "1", "2", "2.5", "4")),
            ("lsgan", ("0.5", "1")), ("classic-logit", ("1", "2", "4")),
            ("kl", ("2", "3")), ("pearson", ("4", "5")),
            ("hellinger", ("1", "2")), ("jeffreys", ("4", "5"))):
        for value in values:
            yield with_p_d(name, mpf(value))
    for value in (mpf(2), mpf(-1), mpf(3)):
        for name in ("alpha", "alpha-alternative"):
            yield (name, "alpha", value,
                   pointwise_variants(alpha=value)[name])
    for value in (mpf("0.1"), mpf(1), mpf(2), mpf(10)):
        for name in ("dirac-r1", "dirac-r2", "dirac-r1r2"):
            yield name, "gamma", value, planar_variants(gamma=value)[name]
    for value in (mpf("0.3"), mpf(10)):
        yield ("dirac-consensus", "gamma", value,
               planar_variants(pull=value)["dirac-consensus"])
    for value in (mpf("0.5"), mpf(1), mpf(2)):
        yield ("dirac-instance-noise", "sigma", value,
               planar_variants(sigma=value)["dirac-instance-noise"])


def settings_rows():
    rows = []
    for name, parameter, value, field in settings():
        x, y = field.rest()
        trace, det, pair, kind, _, _ = local(name, field, x, y)
        rows.append([name, parameter, value, x, y, trace, det, *pair[0],
                     *pair[1], kind])
    return rows


def catalog_rows():
    rows, spurious, table = [], [], {}
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
    return rows, spurious


def main():
    directory = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(
        os.path.abspath(__file__))
    check_noise()
    rows, spurious = catalog_rows()
    write(directory, "catalog.inc", MAIN, rows)
    write(directory, "catalog_spurious.inc", SPURIOUS, spurious)
    write(directory, "catalog_settings.inc", SETTINGS, settings_rows())


if __name__ == "__main__":
    main()
