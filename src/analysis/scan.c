/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The spectral radius minus one over a logarithmic scan of steps round one at
 * which it is no longer small: each change of its sign, and
 * each turn towards zero that reaches it, is a bracket in which the end of an
 * interval is found by the method of Brent [brent1973].  What is within 1e-8 of
 * the circle is on it: multiple eigenvalues are known no better.
 */
#include "analysis/scan.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <math.h>

#define TIGHT 1e-12
/* Upwards the scan ends after one decade in which the radius is above that. */
static const double far = 1e3;

/* The radius minus one; of a failure NaN, and the failure is kept. */
double gf_scan_height(double h, void *ctx)
{
    gf_scan *s = ctx;
    double radius = NAN;

    if (!s->status)
        s->status = gf_dense_radius(&radius, &s->dense, h, s->error);
    return s->status ? NAN : radius - 1;
}

static int sign_of(double f)
{
    return fabs(f) < GF_SCAN_CLOSE ? 0 : f > 0 ? 1 : -1;
}

/* --- the scan ---------------------------------------------------------- */

/* A step of the size at which the radius is no longer near 1, by factors of
   ten. */
static double unit_step(gf_scan *s)
{
    double h = 1;
    bool is_far = fabs(gf_scan_height(h, s)) > 0.1;

    while (!s->status && h > 1e-200 && h < 1e200) {
        double next = is_far ? h / 10 : h * 10;
        bool was = is_far;
        if ((fabs(gf_scan_height(next, s)) > 0.1) != was)
            return was ? h : next;
        h = next;
    }
    return 1;
}

/* The exponent of a value: fewer of those far below. */
static double exponent_of(size_t i)
{
    enum { SPARSE = (GF_SCAN_DEEP - GF_SCAN_DECADES) * GF_SCAN_SPARSITY };

    if (i < SPARSE)
        return (double)i / GF_SCAN_SPARSITY - GF_SCAN_DEEP;
    return (double)(i - SPARSE) / GF_SCAN_DENSITY - GF_SCAN_DECADES;
}

void gf_scan_look(gf_scan *s)
{
    double unit = unit_step(s);
    size_t above = 0;

    while (s->count < GF_SCAN_VALUES && above < GF_SCAN_DENSITY && !s->status) {
        double at = exponent_of(s->count), h = unit * pow(10, at);
        double f = gf_scan_height(h, s);
        s->h[s->count] = h;
        s->f[s->count++] = f;
        above = f > far && at > 0 ? above + 1 : 0;
    }
}

/* --- ends of intervals -------------------------------------------------- */

static void add_end(gf_scan *s, double h, int sign_after)
{
    if (s->ends == GF_SCAN_ENDS || s->sign[s->ends] == sign_after)
        return;
    s->end[s->ends++] = h;
    s->sign[s->ends] = sign_after;
}

/* A root between two steps with different signs. */
static double polish(gf_scan *s, double lo, double hi)
{
    gsl_function f = {gf_scan_height, s};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    double root = lo + (hi - lo) / 2;

    if (!solver) {
        s->status = gf_error_set(s->error, GF_MEMORY, "out of memory");
        return root;
    }
    int status = gsl_root_fsolver_set(solver, &f, lo, hi);
    for (int i = 0; i < 2 * GF_SCAN_HALVINGS && !status && !s->status; i++) {
        status = gsl_root_fsolver_iterate(solver);
        root = gsl_root_fsolver_root(solver);
        if (gsl_root_test_interval(gsl_root_fsolver_x_lower(solver),
                                   gsl_root_fsolver_x_upper(solver), 0,
                                   4e-16) == GSL_SUCCESS)
            break;
    }
    gsl_root_fsolver_free(solver);
    return root;
}

/* Where steps that are neutral end, or begin: between lo and hi, of which the
   one is neutral. */
static double cut(gf_scan *s, double lo, double hi, int at_lo)
{
    for (int i = 0; i < GF_SCAN_HALVINGS && !s->status; i++) {
        double middle = lo + (hi - lo) / 2;
        if (sign_of(gf_scan_height(middle, s)) == at_lo)
            lo = middle;
        else
            hi = middle;
    }
    return at_lo == 0 ? lo : hi;
}

static void cross(gf_scan *s, double lo, double hi, int at_lo, int at_hi)
{
    if (at_lo == at_hi)
        return;
    add_end(
        s, at_lo == 0 || at_hi == 0 ? cut(s, lo, hi, at_lo) : polish(s, lo, hi),
        at_hi);
}

double gf_scan_least(double *least, gf_scan *s, gf_steps in, int sign,
                     double enough)
{
    static const double golden = 0.6180339887498949;
    double lo = in.lo, hi = in.hi;
    double a = hi - golden * (hi - lo), b = lo + golden * (hi - lo);
    double fa = sign * gf_scan_height(a, s), fb = sign * gf_scan_height(b, s);

    for (int k = 0; k < GF_SCAN_CUTS && b > a && !s->status; k++) {
        if (fmin(fa, fb) < enough)
            break;
        if (fa < fb) {
            hi = b;
            b = a;
            fb = fa;
            a = hi - golden * (hi - lo);
            fa = sign * gf_scan_height(a, s);
        } else {
            lo = a;
            a = b;
            fa = fb;
            b = lo + golden * (hi - lo);
            fb = sign * gf_scan_height(b, s);
        }
    }
    *least = fmin(fa, fb);
    return fa < fb ? a : b;
}

/* Between values i - 1 and i + 1 the radius turns towards 1: does it get past
   it? The step where it is furthest; NaN: no. */
static double find_turn(gf_scan *s, size_t i, int sign)
{
    gf_steps around = {s->h[i - 1], s->h[i + 1]};
    double least;
    double at = gf_scan_least(&least, s, around, sign, -GF_SCAN_CLOSE);

    return least < -GF_SCAN_CLOSE ? at : NAN;
}

static bool turns(const gf_scan *s, size_t i, int sign)
{
    double f = sign * s->f[i];

    return i > 0 && i + 1 < s->count && f <= sign * s->f[i - 1] &&
           f <= sign * s->f[i + 1] && s->mark[i - 1] == sign &&
           s->mark[i + 1] == sign;
}

/* What is within GF_SCAN_CLOSE of the circle, at values of the scan in a row:
   neutral where most of it is on it as nearly as can be told; else on the side
   that it seems to be on, as where the steps are small. */
static void judge_run(gf_scan *s, size_t from, size_t to)
{
    bool leaps = to == s->count || fabs(s->f[to]) > 4 * GF_SCAN_CLOSE;
    size_t tight = 0;

    for (size_t i = from; i < to; i++)
        tight += fabs(s->f[i]) < TIGHT;
    for (size_t i = to; i-- > from;) {
        bool is_known = fabs(s->f[i]) >= TIGHT;
        int next = i + 1 < s->count ? s->mark[i + 1] : 0;
        s->mark[i] = leaps && 2 * tight > to - from ? 0
                     : is_known ? (s->f[i] > 0) - (s->f[i] < 0)
                                : next;
    }
}

static void mark_values(gf_scan *s)
{
    for (size_t i = s->count; i-- > 0;) {
        size_t to = i + 1;
        s->mark[i] = sign_of(s->f[i]);
        if (s->mark[i] != 0)
            continue;
        while (i > 0 && sign_of(s->f[i - 1]) == 0)
            i--;
        judge_run(s, i, to);
    }
}

void gf_scan_find_ends(gf_scan *s)
{
    mark_values(s);
    s->sign[0] = s->mark[0];
    for (size_t i = 0; i + 1 < s->count && !s->status; i++) {
        int sign = s->mark[i], after = s->mark[i + 1];
        double lo = s->h[i], hi = s->h[i + 1];
        double turn =
            sign != 0 && turns(s, i, sign) ? find_turn(s, i, sign) : NAN;
        if (!isnan(turn)) {
            add_end(s, polish(s, s->h[i - 1], turn), -sign);
            add_end(s, polish(s, turn, hi), sign);
            continue;
        }
        /* a value on the circle between two others is no interval */
        if (after == 0 && i + 2 < s->count && s->mark[i + 2] != 0) {
            hi = s->h[i + 2];
            after = s->mark[++i + 1];
        }
        cross(s, lo, hi, sign, after);
    }
}
