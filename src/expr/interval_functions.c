/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Elementary functions over intervals: Arb at the two ends of a monotone
 * piece, the limits of the function at the ends of its domain. [johansson2017]
 */
#include "expr/ops.h"

#include <math.h>

enum { PRECISION = 64 };

gf_interval gf_interval_of_ball(const arb_t x)
{
    gf_interval r;
    arf_t lo, hi;

    if (!arb_is_finite(x))
        return gf_interval_whole(false);
    arf_init(lo);
    arf_init(hi);
    arb_get_interval_arf(lo, hi, x, PRECISION);
    r = gf_interval_make(arf_get_d(lo, ARF_RND_FLOOR),
                         arf_get_d(hi, ARF_RND_CEIL), false);
    arf_clear(lo);
    arf_clear(hi);
    return r;
}

/* f at one end; the limit where the end is that of the domain. */
static gf_interval at_end(const gf_op_row *row, double x)
{
    gf_interval r;
    arb_t a;
    bool low = row->direction > 0;

    if (isinf(x) ||
        (!row->domain_closed && (x <= row->domain_lo || x >= row->domain_hi))) {
        double limit = (x < 0 && isinf(x)) || x <= row->domain_lo
                           ? (low ? row->range_lo : row->range_hi)
                           : (low ? row->range_hi : row->range_lo);
        return gf_interval_make(limit, limit, true);
    }
    arb_init(a);
    arb_set_d(a, x);
    row->ball(a, a, PRECISION);
    r = gf_interval_of_ball(a);
    arb_clear(a);
    return r;
}

/* The part of x inside the domain; not defined if some is outside. */
static gf_interval clip(const gf_op_row *row, gf_interval x)
{
    if (x.lo < row->domain_lo ||
        (x.lo == row->domain_lo && !x.lo_open && !row->domain_closed)) {
        x.lo = row->domain_lo;
        x.lo_open = !row->domain_closed;
        x.defined = false;
    }
    if (x.hi > row->domain_hi ||
        (x.hi == row->domain_hi && !x.hi_open && !row->domain_closed)) {
        x.hi = row->domain_hi;
        x.hi_open = !row->domain_closed;
        x.defined = false;
    }
    return x;
}

gf_interval gf_op_interval(const gf_op_row *row, gf_interval x)
{
    gf_interval a, b, r;

    if (row->interval)
        return row->interval(x);
    x = clip(row, x);
    if (!(x.lo <= x.hi))
        return gf_interval_whole(false);
    a = at_end(row, row->direction > 0 ? x.lo : x.hi);
    b = x.lo == x.hi ? a : at_end(row, row->direction > 0 ? x.hi : x.lo);
    r.lo = a.lo;
    r.hi = b.hi;
    r.lo_open = (row->direction > 0 ? x.lo_open : x.hi_open) || isinf(r.lo);
    r.hi_open = (row->direction > 0 ? x.hi_open : x.lo_open) || isinf(r.hi);
    r.defined = x.defined && !isnan(r.lo) && !isnan(r.hi);
    if (r.lo <= row->range_lo) {
        r.lo = row->range_lo;
        r.lo_open = true;
    }
    if (r.hi >= row->range_hi) {
        r.hi = row->range_hi;
        r.hi_open = true;
    }
    return r;
}

/* A ball over all of x, where Arb encloses well (bounded functions). */
static gf_interval by_ball(void (*f)(arb_t, const arb_t, slong), gf_interval x,
                           double lo, double hi)
{
    gf_interval r = {lo, hi, false, false, x.defined};
    gf_interval enclosed;
    arb_t a;
    arf_t l, h;

    if (!(x.hi - x.lo < 7)) /* more than a period says nothing */
        return r;
    arb_init(a);
    arf_init(l);
    arf_init(h);
    arf_set_d(l, x.lo);
    arf_set_d(h, x.hi);
    arb_set_interval_arf(a, l, h, PRECISION);
    f(a, a, PRECISION);
    enclosed = gf_interval_of_ball(a);
    arb_clear(a);
    arf_clear(l);
    arf_clear(h);
    if (!enclosed.defined)
        return isinf(lo) ? gf_interval_whole(false) : r;
    r.lo = fmax(lo, enclosed.lo);
    r.hi = fmin(hi, enclosed.hi);
    return r;
}

gf_interval gf_interval_sin(gf_interval a)
{
    return by_ball(arb_sin, a, -1, 1);
}

gf_interval gf_interval_cos(gf_interval a)
{
    return by_ball(arb_cos, a, -1, 1);
}

gf_interval gf_interval_tan(gf_interval a)
{
    if (isinf(a.lo) || isinf(a.hi) || a.hi - a.lo > 3.2)
        return gf_interval_whole(false);
    return by_ball(arb_tan, a, -INFINITY, INFINITY);
}

gf_interval gf_interval_cosh(gf_interval a)
{
    gf_interval size = gf_interval_abs(a), lo, hi;

    lo = by_ball(arb_cosh, gf_interval_point(size.lo), 1, INFINITY);
    hi = isinf(size.hi)
             ? gf_interval_whole(true)
             : by_ball(arb_cosh, gf_interval_point(size.hi), 1, INFINITY);
    return (gf_interval){lo.lo, hi.hi, size.lo_open,
                         size.hi_open || isinf(hi.hi), a.defined};
}

/* x Phi(x): both factors are monotone; its minimum is -0.16997... */
gf_interval gf_interval_gelu(gf_interval a)
{
    gf_interval root = gf_interval_point(M_SQRT1_2), phi, r;

    root.lo = nextafter(root.lo, 0);
    root.hi = nextafter(root.hi, 1);
    phi = gf_op_interval(gf_op_row_of(GF_OP_ERFC),
                         gf_interval_neg(gf_interval_mul(a, root)));
    r = gf_interval_mul(a, gf_interval_mul(phi, gf_interval_point(0.5)));
    if (r.lo < -0.17)
        r.lo = -0.17;
    return r;
}

/* a^b, b no integer in general: exp(b log a), Arb at the ends for a point b;
   at a = 0 the limit. */
gf_interval gf_interval_pow(gf_interval a, gf_interval b)
{
    const gf_op_row *exponential = gf_op_row_of(GF_OP_EXP);
    const gf_op_row *logarithm = gf_op_row_of(GF_OP_LOG);
    gf_interval r;
    bool zero = a.lo == 0 && !a.lo_open;

    if (a.lo < 0 || !a.defined || !b.defined)
        return gf_interval_whole(false);
    if (zero && !gf_interval_positive(b))
        return gf_interval_whole(false);
    if (zero) /* 0^b = 0 for b > 0; the rest is an open interval */
        a.lo_open = true;
    if (zero && a.hi == 0)
        return gf_interval_point(0);
    r = gf_op_interval(exponential,
                       gf_interval_mul(b, gf_op_interval(logarithm, a)));
    if (zero) {
        r.lo = 0;
        r.lo_open = false;
    }
    return r;
}
