/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a sign chart divides its boxes, and which it takes next. */
#include <math.h>
#include <stdlib.h>

#include "expr/charting.h"

/* Between ends of one sign and of very different size: in the middle of their
   logarithms. */
static double geometric(double lo, double hi)
{
    return 1.0173 * sqrt(lo) * sqrt(hi);
}

/* Where to divide; not at round numbers, where roots like to be. */
static double split_point(const gf_charting *c, gf_box b)
{
    double size = b.hi - b.lo, whole = c->chart->hi - c->chart->lo;

    if (isinf(b.lo) && isinf(b.hi))
        return 0.0173;
    if (isinf(b.hi))
        return b.lo < 1 ? fmax(b.lo + 1.137, 1.37)
                        : 1.731 * b.lo * sqrt(fabs(b.lo));
    if (isinf(b.lo))
        return b.hi > -1 ? fmin(b.hi - 1.137, -1.37)
                         : -1.731 * fabs(b.hi) * sqrt(fabs(b.hi));
    if (isinf(whole))
        whole = 1;
    if (b.lo == c->chart->lo && b.hi != c->chart->hi)
        return b.lo + (size > 1e-3 * whole ? size / 8 : size * (size / whole));
    if (b.hi == c->chart->hi && b.lo != c->chart->lo)
        return b.hi - (size > 1e-3 * whole ? size / 8 : size * (size / whole));
    if (b.lo > 0 && b.hi > 64 * b.lo)
        return geometric(b.lo, b.hi);
    if (b.hi < 0 && b.lo < 64 * b.hi)
        return -geometric(-b.hi, -b.lo);
    return b.lo + 0.4871327 * size;
}

/* Moves a division out of the enclosures of known roots; NaN if it cannot. */
static double avoid_known(const gf_charting *c, gf_box b, double at)
{
    for (size_t i = 0; i < c->known_count; i++) {
        const gf_root *r = &c->known[i];
        double margin =
            4 * (nextafter(fabs(r->value), INFINITY) - fabs(r->value)) + 1e-300;
        if (at < r->lo - margin || at > r->hi + margin)
            continue;
        if (r->hi + margin < b.hi && isfinite(b.hi))
            at = r->hi + fmax(margin, 0.37 * (b.hi - r->hi));
        else if (isinf(b.hi))
            at = r->hi + 0.73;
        else if (r->lo - margin > b.lo && isfinite(b.lo))
            at = r->lo - fmax(margin, 0.37 * (r->lo - b.lo));
        else if (isinf(b.lo))
            at = r->lo - 0.73;
        else
            return NAN;
    }
    return at;
}

static bool narrow(const gf_charting *c, gf_box b)
{
    double size = fmax(fabs(b.lo), fabs(b.hi));

    if (isinf(b.lo) && isinf(b.hi))
        return false;
    if (isinf(size))
        return fmin(fabs(b.lo), fabs(b.hi)) > 1e150;
    return b.hi - b.lo <= 1e-12 * fmax(size, 1e-12 * c->scale);
}

/* Is h too near to zero at x to have a sign, though it has a value? */
static bool is_root_like(gf_charting *c, double x)
{
    gf_interval y = gf_smooth_at(&c->f, gf_interval_point(x), 0);

    return y.defined && gf_interval_has_zero(y);
}

/* Where to divide: not in a known root, nor at another one. */
static double division(gf_charting *c, gf_box b)
{
    double at = avoid_known(c, b, split_point(c, b));

    for (int i = 1; i <= 3 && at > b.lo && at < b.hi && is_root_like(c, at);
         i++) {
        double lo = fmax(b.lo, at - fmax(1, fabs(at)));
        double hi = fmin(b.hi, at + fmax(1, fabs(at)));
        at = avoid_known(c, b, at + 0.0713 * (i % 2 ? hi - at : lo - at));
    }
    return at;
}

bool gf_chart_divide(gf_charting *c, gf_box b)
{
    double at = narrow(c, b) ? NAN : division(c, b);

    if (!(at > b.lo && at < b.hi))
        return false;
    gf_chart_add_box(c, (gf_box){at, b.hi, b.depth + 1});
    gf_chart_add_box(c, (gf_box){b.lo, at, b.depth + 1});
    return true;
}

/* --- the order --------------------------------------------------------- */

void gf_chart_add_box(gf_charting *c, gf_box b)
{
    if (c->count == c->capacity) {
        size_t wanted = c->capacity ? c->capacity * 2 : 64;
        gf_box *moved = realloc(c->pending, wanted * sizeof *moved);
        if (!moved) {
            c->status = GF_MEMORY;
            return;
        }
        c->pending = moved;
        c->capacity = wanted;
    }
    c->pending[c->count++] = b;
}

/* What is left of the budget goes to boxes that are near the focus and not yet
   divided often. */
static double urgency(const gf_charting *c, gf_box b)
{
    double distance = b.lo > c->focus   ? b.lo - c->focus
                      : b.hi < c->focus ? c->focus - b.hi
                                        : 0;

    return b.depth + 6 * log2(1 + distance / c->scale);
}

gf_box gf_chart_next(gf_charting *c)
{
    size_t best = c->count - 1;
    double least = urgency(c, c->pending[best]);
    gf_box b;

    for (size_t i = best; i-- > 0;) {
        double u = urgency(c, c->pending[i]);
        if (u < least) {
            least = u;
            best = i;
        }
    }
    b = c->pending[best];
    c->pending[best] = c->pending[--c->count];
    return b;
}

double gf_chart_focus(const gf_charting *c)
{
    double lo = c->chart->lo, hi = c->chart->hi;

    if (c->known_count)
        return c->known[0].value;
    if (isfinite(lo) && isfinite(hi))
        return lo / 2 + hi / 2;
    return isfinite(lo) ? fmax(lo, 0) : isfinite(hi) ? fmin(hi, 0) : 0;
}
