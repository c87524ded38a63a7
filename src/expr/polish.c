/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bisection in doubles guesses the root, two proved signs enclose it, interval
 * Newton in balls, N(X) = m - f(m)/f'(X), doubles its digits. [moore2009, ch.
 * 8]
 */
#include "expr/polish.h"

#include <math.h>
#include <stdlib.h>

#include "expr/ops.h"
#include "expr/tape.h"

static int point_sign(gf_smooth *f, double x)
{
    gf_interval y = gf_smooth_at(f, gf_interval_point(x), 0);

    return gf_interval_positive(y) ? 1 : gf_interval_negative(y) ? -1 : 0;
}

/* Bisection by the signs of doubles: a guess of the root. */
static double bisect(gf_smooth *f, double lo, double hi, int left)
{
    double y, mid = lo / 2 + hi / 2;

    for (int i = 0; i < 200 && mid > lo && mid < hi; i++) {
        gf_tape_at(&y, gf_smooth_tape(f, 0), &mid, (double *)f->work);
        if (y == 0 || isnan(y))
            return mid;
        if ((y > 0) == (left > 0))
            lo = mid;
        else
            hi = mid;
        if (hi - lo > 2 && lo > 0 && hi > 8 * lo)
            mid = sqrt(lo) * sqrt(hi);
        else
            mid = lo / 2 + hi / 2;
    }
    return mid;
}

/* Narrows a proved bracket round the guess, by proved signs again. */
static void bracket(gf_smooth *f, double *lo, double *hi, int left,
                    double guess)
{
    double step = fmax(fabs(guess) * 0x1p-50, 0x1p-1000);
    double width = *hi - *lo;
    bool below = false, above = false;

    for (int k = 0; k < 70 && !(below && above); k++, step *= 8) {
        double a, b;
        if (k == 20) /* a root at 0, up to rounding errors */
            step = fmax(step, width * 0x1p-120);
        a = guess - step;
        b = guess + step;
        if (!below && (a <= *lo || point_sign(f, a) == left)) {
            *lo = fmax(a, *lo);
            below = true;
        }
        if (!above && (b >= *hi || point_sign(f, b) == -left)) {
            *hi = fmin(b, *hi);
            above = true;
        }
    }
}

/* One step of interval Newton; false when it cannot contract. */
static bool newton(arb_t x, gf_smooth *f)
{
    arb_t middle, value, slope, next;
    bool better = false;

    arb_init(middle);
    arb_init(value);
    arb_init(slope);
    arb_init(next);
    arb_get_mid_arb(middle, x);
    if (gf_tape_ball(value, gf_smooth_tape(f, 0), middle, GF_TAPE_PRECISION) ==
            GF_OK &&
        gf_tape_ball(slope, gf_smooth_tape(f, 1), x, GF_TAPE_PRECISION) ==
            GF_OK &&
        arb_is_finite(slope) && !arb_contains_zero(slope)) {
        arb_div(next, value, slope, GF_TAPE_PRECISION);
        arb_sub(next, middle, next, GF_TAPE_PRECISION);
        /* the root lies in both */
        if (arb_intersection(next, next, x, GF_TAPE_PRECISION) &&
            mag_cmp(arb_radref(next), arb_radref(x)) < 0) {
            arb_swap(x, next);
            better = true;
        }
    }
    arb_clear(middle);
    arb_clear(value);
    arb_clear(slope);
    arb_clear(next);
    return better;
}

static void enclose(arb_t x, double lo, double hi)
{
    arf_t a, b;

    arf_init(a);
    arf_init(b);
    arf_set_d(a, lo);
    arf_set_d(b, hi);
    arb_set_interval_arf(x, a, b, GF_TAPE_PRECISION);
    arf_clear(a);
    arf_clear(b);
}

bool gf_polish(gf_root *root, gf_smooth *f, double lo, double hi)
{
    int left = point_sign(f, lo);
    double width = hi - lo;
    gf_interval range;
    arb_t x;

    if (!gf_smooth_tape(f, 0) || !gf_smooth_tape(f, 1) || left == 0 ||
        point_sign(f, hi) != -left ||
        gf_interval_has_zero(
            gf_smooth_at(f, gf_interval_make(lo, hi, false), 1)))
        return false;
    bracket(f, &lo, &hi, left, bisect(f, lo, hi, left));
    arb_init(x);
    enclose(x, lo, hi);
    for (int i = 0; i < 8 && newton(x, f); i++)
        if (arb_rel_accuracy_bits(x) > GF_TAPE_PRECISION - 20)
            break;
    range = gf_interval_of_ball(x);
    *root = (gf_root){.value = arf_get_d(arb_midref(x), ARF_RND_NEAR),
                      .lo = fmax(lo, range.lo),
                      .hi = fmin(hi, range.hi),
                      .order = 1};
    root->exact = gf_recognise(f->graph, f->derivative[0], f->symbol, x);
    arb_clear(x);
    if (root->exact)
        *root = gf_root_of_exact(f->graph, root->exact, 1);
    return f->status == GF_OK && root->hi - root->lo <= 1e-6 * width;
}

/* Newton on f^(k) in doubles, from the middle; false if it leaves. */
static bool guess_root(double *x, gf_smooth *f, double lo, double hi, int k)
{
    const gf_tape *value = gf_smooth_tape(f, k);
    const gf_tape *slope = gf_smooth_tape(f, k + 1);
    double y[2];

    *x = lo / 2 + hi / 2;
    for (int i = 0; value && slope && i < 40; i++) {
        gf_tape_at(&y[0], value, x, (double *)f->work);
        gf_tape_at(&y[1], slope, x, (double *)f->work);
        if (!isfinite(y[0] / y[1]) || y[0] == 0)
            break;
        *x -= y[0] / y[1];
    }
    return value && slope && *x >= lo && *x <= hi;
}

/* A multiple root is a root of a derivative too: a guess, then the name, then
   the proof. */
static bool multiple_at(gf_root *root, gf_smooth *f, double lo, double hi,
                        int k)
{
    double x;
    gf_expr exact;
    arb_t ball;
    int order = 1;

    if (!guess_root(&x, f, lo, hi, k))
        return false;
    /* a guess only: any radius serves to find its name */
    arb_init(ball);
    arb_set_d(ball, x);
    mag_set_d(arb_radref(ball), fmax(fabs(x), 1) * 1e-15);
    exact = gf_recognise_guess(f->graph, f->derivative[0], f->symbol, ball);
    arb_clear(ball);
    if (!exact)
        return false;
    while (order < GF_SMOOTH_MAX - 2 &&
           gf_smooth_is_zero(f, order, exact) == GF_YES)
        order++;
    *root = gf_root_of_exact(f->graph, exact, order);
    return root->lo >= lo && root->hi <= hi;
}

bool gf_polish_multiple(gf_root *root, gf_smooth *f, double lo, double hi)
{
    for (int k = 1; k <= 3; k++)
        if (multiple_at(root, f, lo, hi, k))
            return true;
    return false;
}

void gf_root_ball(arb_t x, gf_smooth *f, const gf_root *root)
{
    if (root->exact) {
        gf_expr_ball(x, f->graph, root->exact, GF_TAPE_PRECISION);
        return;
    }
    enclose(x, root->lo, root->hi);
    if (!gf_smooth_tape(f, 0) || !gf_smooth_tape(f, 1))
        return;
    for (int i = 0; i < 8 && newton(x, f); i++)
        if (arb_rel_accuracy_bits(x) > GF_TAPE_PRECISION - 20)
            break;
}
