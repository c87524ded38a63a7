/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Interval arithmetic on doubles with outward rounding by error-free
 * transformations: the rounding error of a sum (Knuth) or product (fma) tells
 * whether the rounded end already bounds the true one. [moore2009, ch. 4-5]
 */
#include "expr/interval.h"

#include <float.h>
#include <math.h>

gf_interval gf_interval_whole(bool defined)
{
    return (gf_interval){-INFINITY, INFINITY, true, true, defined};
}

gf_interval gf_interval_point(double x)
{
    if (!isfinite(x))
        return gf_interval_whole(false);
    return (gf_interval){x, x, false, false, true};
}

gf_interval gf_interval_make(double lo, double hi, bool open)
{
    return (gf_interval){lo, hi, open || isinf(lo), open || isinf(hi), true};
}

gf_interval gf_interval_hull(gf_interval a, gf_interval b)
{
    gf_interval h = a;

    if (b.lo < h.lo || (b.lo == h.lo && !b.lo_open)) {
        h.lo = b.lo;
        h.lo_open = b.lo_open;
    }
    if (b.hi > h.hi || (b.hi == h.hi && !b.hi_open)) {
        h.hi = b.hi;
        h.hi_open = b.hi_open;
    }
    h.defined = a.defined && b.defined;
    return h;
}

bool gf_interval_positive(gf_interval x)
{
    return x.defined && (x.lo > 0 || (x.lo == 0 && x.lo_open));
}

bool gf_interval_negative(gf_interval x)
{
    return x.defined && (x.hi < 0 || (x.hi == 0 && x.hi_open));
}

bool gf_interval_nonnegative(gf_interval x)
{
    return x.defined && x.lo >= 0;
}

bool gf_interval_nonpositive(gf_interval x)
{
    return x.defined && x.hi <= 0;
}

bool gf_interval_has_zero(gf_interval x)
{
    return !gf_interval_positive(x) && !gf_interval_negative(x);
}

/* --- ends -------------------------------------------------------------- */

typedef struct end {
    double x;
    bool open;
} end;

static double sum_down(double a, double b)
{
    double s = a + b, bb, error;

    if (isinf(s))
        return isinf(a) || isinf(b) ? s : (s > 0 ? DBL_MAX : s);
    bb = s - a;
    error = (a - (s - bb)) + (b - bb);
    return error < 0 ? nextafter(s, -INFINITY) : s;
}

static double sum_up(double a, double b)
{
    return -sum_down(-a, -b);
}

static double product_down(double a, double b)
{
    double p, error;

    if (a == 0 || b == 0)
        return 0;
    p = a * b;
    if (isinf(a) || isinf(b))
        return p;
    if (isinf(p))
        return p > 0 ? DBL_MAX : p;
    if (fabs(p) < 1e-290)
        return nextafter(p, -INFINITY);
    error = fma(a, b, -p);
    return error < 0 ? nextafter(p, -INFINITY) : p;
}

static double product_up(double a, double b)
{
    return -product_down(-a, b);
}

static double quotient_down(double a, double b)
{
    double q, rest;

    if (a == 0 || isinf(b))
        return 0;
    q = a / b;
    if (isinf(a))
        return q;
    if (isinf(q))
        return q > 0 ? DBL_MAX : q;
    if (fabs(q) < 1e-290 || fabs(a) < 1e-290)
        return nextafter(q, -INFINITY);
    rest = fma(q, b, -a); /* q b - a; q too large iff rest / b > 0 */
    return (rest > 0) == (b > 0) && rest != 0 ? nextafter(q, -INFINITY) : q;
}

static double quotient_up(double a, double b)
{
    return -quotient_down(-a, b);
}

/* --- arithmetic -------------------------------------------------------- */

gf_interval gf_interval_add(gf_interval a, gf_interval b)
{
    return (gf_interval){sum_down(a.lo, b.lo), sum_up(a.hi, b.hi),
                         a.lo_open || b.lo_open, a.hi_open || b.hi_open,
                         a.defined && b.defined};
}

gf_interval gf_interval_neg(gf_interval a)
{
    return (gf_interval){-a.hi, -a.lo, a.hi_open, a.lo_open, a.defined};
}

gf_interval gf_interval_sub(gf_interval a, gf_interval b)
{
    return gf_interval_add(a, gf_interval_neg(b));
}

/* The product of two ends: an attained zero makes an attained zero. */
static bool product_open(end a, end b)
{
    if ((a.x == 0 && !a.open) || (b.x == 0 && !b.open))
        return false;
    return a.open || b.open;
}

static void widen(gf_interval *r, double down, double up, bool open)
{
    if (down < r->lo || (down == r->lo && !open)) {
        r->lo = down;
        r->lo_open = open;
    }
    if (up > r->hi || (up == r->hi && !open)) {
        r->hi = up;
        r->hi_open = open;
    }
}

gf_interval gf_interval_mul(gf_interval a, gf_interval b)
{
    end p[2] = {{a.lo, a.lo_open}, {a.hi, a.hi_open}};
    end q[2] = {{b.lo, b.lo_open}, {b.hi, b.hi_open}};
    gf_interval r = {INFINITY, -INFINITY, true, true, a.defined && b.defined};

    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            widen(&r, product_down(p[i].x, q[k].x), product_up(p[i].x, q[k].x),
                  product_open(p[i], q[k]));
    /* An inner zero of one factor is attained even if all ends are open. */
    if (r.lo == 0 && r.lo_open &&
        ((a.lo < 0 && a.hi > 0) || (b.lo < 0 && b.hi > 0)))
        r.lo_open = false;
    if (r.hi == 0 && r.hi_open &&
        ((a.lo < 0 && a.hi > 0) || (b.lo < 0 && b.hi > 0)))
        r.hi_open = false;
    return r;
}

gf_interval gf_interval_div(gf_interval a, gf_interval b)
{
    gf_interval inverse;

    if (gf_interval_has_zero(b))
        return gf_interval_whole(false);
    if (b.lo < 0 || (b.lo == 0 && b.hi <= 0))
        return gf_interval_neg(gf_interval_div(a, gf_interval_neg(b)));
    /* b > 0; a finite quotient of points first, it is the tightest */
    if (b.lo > 0 && isfinite(b.hi) && isfinite(a.lo) && isfinite(a.hi)) {
        end p[2] = {{a.lo, a.lo_open}, {a.hi, a.hi_open}};
        end q[2] = {{b.lo, b.lo_open}, {b.hi, b.hi_open}};
        gf_interval r = {INFINITY, -INFINITY, true, true,
                         a.defined && b.defined};
        for (int i = 0; i < 2; i++)
            for (int k = 0; k < 2; k++) {
                bool open = p[i].x == 0 ? p[i].open : p[i].open || q[k].open;
                widen(&r, quotient_down(p[i].x, q[k].x),
                      quotient_up(p[i].x, q[k].x), open);
            }
        return r;
    }
    inverse.lo = isinf(b.hi) ? 0 : quotient_down(1, b.hi);
    inverse.lo_open = b.hi_open;
    inverse.hi = b.lo == 0 ? INFINITY : quotient_up(1, b.lo);
    inverse.hi_open = b.lo_open || isinf(inverse.hi);
    inverse.defined = b.defined;
    return gf_interval_mul(a, inverse);
}

/* --- piecewise functions ----------------------------------------------- */

gf_interval gf_interval_abs(gf_interval a)
{
    gf_interval n = gf_interval_neg(a);

    if (a.lo >= 0)
        return a;
    if (a.hi <= 0)
        return n;
    if (n.hi > a.hi || (n.hi == a.hi && !n.hi_open)) {
        a.hi = n.hi;
        a.hi_open = n.hi_open;
    }
    a.lo = 0;
    a.lo_open = false;
    return a;
}

gf_interval gf_interval_sign(gf_interval a)
{
    double lo = gf_interval_positive(a) ? 1 : a.lo >= 0 ? 0 : -1;
    double hi = gf_interval_negative(a) ? -1 : a.hi <= 0 ? 0 : 1;

    return (gf_interval){lo, hi, false, false, a.defined};
}

gf_interval gf_interval_step(gf_interval a)
{
    gf_interval s = gf_interval_sign(a);

    return (gf_interval){(1 + s.lo) / 2, (1 + s.hi) / 2, false, false,
                         a.defined};
}

gf_interval gf_interval_max(gf_interval a, gf_interval b)
{
    gf_interval r = {fmax(a.lo, b.lo), fmax(a.hi, b.hi), false, false,
                     a.defined && b.defined};

    /* attained only if some side attains it: open when both sides say so,
       or the side that has the end says so and the other stays below */
    r.lo_open = (a.lo == r.lo ? a.lo_open : false) ||
                (b.lo == r.lo ? b.lo_open : false);
    r.hi_open = (a.hi < r.hi || a.hi_open) && (b.hi < r.hi || b.hi_open);
    return r;
}

gf_interval gf_interval_min(gf_interval a, gf_interval b)
{
    return gf_interval_neg(
        gf_interval_max(gf_interval_neg(a), gf_interval_neg(b)));
}

/* --- powers ------------------------------------------------------------ */

/* x^n of an end x >= 0, n >= 1, rounded down or up by repeated products. */
static double power_end(double x, long n, bool up)
{
    double r = 1;

    for (; n; n >>= 1) {
        if (n & 1)
            r = up ? product_up(r, x) : product_down(r, x);
        if (n > 1)
            x = up ? product_up(x, x) : product_down(x, x);
    }
    return r < 0 ? 0 : r;
}

gf_interval gf_interval_powi(gf_interval a, long n)
{
    gf_interval r;

    if (n == 0)
        return (gf_interval){1, 1, false, false, a.defined};
    if (n < 0)
        return gf_interval_div(gf_interval_point(1), gf_interval_powi(a, -n));
    if (n % 2 && a.lo < 0) {
        if (a.hi <= 0)
            return gf_interval_neg(gf_interval_powi(gf_interval_neg(a), n));
        return (gf_interval){-power_end(-a.lo, n, true),
                             power_end(a.hi, n, true), a.lo_open, a.hi_open,
                             a.defined};
    }
    a = gf_interval_abs(a);
    r = (gf_interval){power_end(a.lo, n, false), power_end(a.hi, n, true),
                      a.lo_open, a.hi_open, a.defined};
    if (isinf(r.hi))
        r.hi_open = true;
    /* an underflow to zero of a nonzero end is not an attained zero */
    if (r.lo == 0 && a.lo > 0)
        r.lo_open = true;
    return r;
}
