/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * W at the ends of an interval, and between.
 *
 * W grows towards the ends, so its value at any inner point is a valid level;
 * the limit is taken where it can be: an elementary W in balls at 2^-100 of
 * the way from a finite end (or 2^100 times the way out) and at 2^-300, else by
 * GSL's adaptive quadrature (QAGS, QAGI), less its error estimate. Divergence
 * is proved: |x - end| |W'| (at infinity |x| |W'|) bounded below by a positive
 * number near the end makes the integral at least logarithmic.
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/energy.h"
#include "expr/ops.h"
#include "expr/polish.h"
#include "expr/rational.h"
#include "expr/tape.h"

/* Quadratures end after so many subintervals, or operations. */
enum { SUBINTERVALS = 1000, OPERATIONS = 4000000, TRIES = 4 };

static const double shrink[TRIES] = {1e-1, 1e-3, 1e-6, 1e-9};

/* A point near the end, the i-th time nearer. */
static double point_near(const gf_study *s, double end, int i)
{
    return isfinite(end)
               ? end + (s->d0.value - end) * shrink[i]
               : copysign(fmax(1, fabs(s->d0.value)) / shrink[i], end);
}

/* Is |e| >= some m > 0 between a point and the end? */
static bool stays_away_from(gf_smooth *e, double from, double end)
{
    gf_interval x = gf_interval_make(fmin(from, end), fmax(from, end), true);
    gf_interval y = gf_smooth_at(e, x, 0);

    return y.defined && (y.lo > 0 || y.hi < 0);
}

static gf_status stays_away(bool *yes, const gf_study *s, gf_expr e, double end)
{
    gf_smooth f;
    gf_status status = gf_smooth_init(&f, s->graph, e, s->x, s->error);

    *yes = false;
    for (int i = 0; status == GF_OK && !*yes && i < TRIES; i++)
        *yes = stays_away_from(&f, point_near(s, end, i), end);
    if (status == GF_OK)
        status = f.status;
    gf_smooth_clear(&f);
    return status;
}

/* Is |p/q| > |c| on all of the tail from a point on?  It is if p/q > c there
   (c > 0; p/q < c where c < 0) and p - c q has no zero further out: a sum, to
   be read as such, where p/q would be inf/inf. */
static gf_status outgrows(bool *yes, const gf_study *s, gf_expr p, gf_expr q,
                          double end)
{
    gf_graph *graph = s->graph;
    gf_smooth ratio, rest;
    gf_status status = gf_smooth_init(
        &ratio, graph, gf_expr_quotient(graph, p, q), s->x, s->error);

    *yes = false;
    for (int i = 0; status == GF_OK && !*yes && i < TRIES; i++) {
        double from = point_near(s, end, i), c;
        gf_interval y = gf_smooth_at(&ratio, gf_interval_point(from), 0);
        if (!(gf_interval_positive(y) || gf_interval_negative(y)))
            continue;
        c = copysign(ldexp(0.5, ilogb(fmin(fabs(y.lo), fabs(y.hi)))), y.lo);
        if (!(isfinite(c) && c != 0))
            continue;
        status = gf_smooth_init(
            &rest, graph,
            gf_expr_difference(
                graph, p, gf_expr_product(graph, gf_expr_number(graph, c), q)),
            s->x, s->error);
        *yes = status == GF_OK && stays_away_from(&rest, from, end);
        if (status == GF_OK)
            status = rest.status;
        gf_smooth_clear(&rest);
    }
    if (status == GF_OK)
        status = ratio.status;
    gf_smooth_clear(&ratio);
    return status;
}

/* e = t |W'(end -+ t)| near a finite end: the distance t is exact, though the
   end may be no double. */
static gf_status diverges_near(bool *yes, const gf_study *s, gf_expr e,
                               double span)
{
    gf_smooth f;
    gf_status status = gf_smooth_init(&f, s->graph, e, s->x, s->error);

    *yes = false;
    for (int i = 0; status == GF_OK && !*yes && i < TRIES; i++)
        *yes = stays_away_from(&f, span * shrink[i], 0);
    if (status == GF_OK)
        status = f.status;
    gf_smooth_clear(&f);
    return status;
}

/* The same over one denominator too: t (1/t - 1) is 1 - t. */
static gf_status diverges_at(bool *yes, const gf_study *s, gf_expr slope,
                             double end, gf_expr end_exact)
{
    gf_graph *graph = s->graph;
    gf_expr at = end > s->d0.value ? gf_expr_difference(graph, end_exact, s->x)
                                   : gf_expr_sum(graph, end_exact, s->x);
    gf_expr e = gf_expr_product(graph, s->x,
                                gf_expr_substitute(graph, slope, s->x, at));
    double span = fabs(end - s->d0.value);
    gf_status status = diverges_near(yes, s, e, span);
    gf_expr other = *yes ? e : gf_factored(graph, e);

    if (status == GF_OK && !*yes && other && other != e)
        status = diverges_near(yes, s, other, span);
    return status;
}

/* |x| |W'| at infinity, as it stands and expanded, and as |x g| against
   |f2'| */
static gf_status diverges_far(bool *yes, const gf_study *s, gf_expr slope,
                              double end)
{
    const gf_study_piece *home = gf_study_home(s);
    gf_expr e = gf_expr_product(s->graph, s->x, slope);
    gf_status status = stays_away(yes, s, e, end);

    if (status == GF_OK && !*yes)
        status = stays_away(yes, s, gf_expand(s->graph, e), end);
    if (status == GF_OK && !*yes)
        status = outgrows(yes, s, gf_expr_product(s->graph, s->x, home->g),
                          home->d2, end);
    return status;
}

/* An elementary W at 2^-bits of the way from a finite end (inside of an end
   without a name, at the double), 2^bits times the way out. */
static double elementary(const gf_study *s, gf_expr w, double end,
                         gf_expr end_exact, int bits)
{
    gf_graph *graph = s->graph;
    double d0 = s->d0.value;
    double way = isfinite(end) ? ldexp(d0 - end, -bits)
                               : copysign(ldexp(fmax(1, fabs(d0)), bits), end);
    gf_expr at = gf_expr_number(graph, isfinite(end) ? end : way), value;
    double level = NAN;
    arb_t x;

    if (isfinite(end) && end_exact)
        at = gf_expr_sum(graph, end_exact, gf_expr_number(graph, way));
    value = gf_expr_substitute(graph, w, s->x, at);
    arb_init(x);
    gf_expr_ball(x, graph, value, 4 * GF_TAPE_PRECISION);
    if (arb_is_finite(x) && arb_rel_accuracy_bits(x) > 60)
        level = arf_get_d(arb_midref(x), ARF_RND_NEAR);
    arb_clear(x);
    return level;
}

/* The same next to the end, and whether it is the limit: if W still grows
   further on, it is no more than a value on the way. */
static double limit_of(bool *limit, const gf_study *s, gf_expr w, double end,
                       gf_expr end_exact)
{
    double near = elementary(s, w, end, end_exact, 100);
    double nearer = elementary(s, w, end, end_exact, 300);

    *limit = fabs(nearer - near) <= 1e-12 * fabs(near);
    return near;
}

typedef struct integral {
    const gf_tape *tape;
    double *work;
} integral;

static double integrand(double x, void *params)
{
    const integral *i = params;
    double y;

    gf_tape_at(&y, i->tape, &x, i->work);
    return y;
}

/* int_from^to of a tape, NaN if the quadrature does not converge, and its
   error. */
static double quadrature(const gf_tape *tape, double from, double to,
                         double *error)
{
    size_t slots = gf_tape_slots(tape), most = OPERATIONS / (42 * slots + 1);
    gsl_integration_workspace *space;
    double *work = malloc(slots * sizeof *work), value = NAN;
    integral i = {tape, work};
    gsl_function f = {integrand, &i};
    int status = GSL_ENOMEM;

    most = most < 10 ? 10 : most > SUBINTERVALS ? SUBINTERVALS : most;
    space = gsl_integration_workspace_alloc(most);
    *error = NAN;
    if (space && work) {
        if (isinf(to) && to > 0)
            status = gsl_integration_qagiu(&f, from, 0, 1e-11, most, space,
                                           &value, error);
        else if (isinf(to))
            status = gsl_integration_qagil(&f, from, 0, 1e-11, most, space,
                                           &value, error);
        else
            status = gsl_integration_qags(&f, from, to, 0, 1e-11, most, space,
                                          &value, error);
        if (isinf(to) && to < 0)
            value = -value;
    }
    gsl_integration_workspace_free(space);
    free(work);
    return status == GSL_SUCCESS ||
                   (status == GSL_EROUND && *error < 1e-9 * fabs(value))
               ? value
               : NAN;
}

static gf_status by_quadrature(double *level, bool *limit, const gf_study *s,
                               gf_expr slope, double end)
{
    gf_tape *tape;
    double d0 = s->d0.value, error;
    gf_status status =
        gf_tape_new(&tape, s->graph, &slope, 1, &s->x, 1, s->error);

    if (status)
        return status;
    *level = quadrature(tape, d0, end, &error);
    *limit = !isnan(*level);
    /* no limit: a value on the way is a lower bound */
    for (double share = 0.999; isnan(*level) && share > 0.5; share -= 0.1) {
        double far = 1000 * fmax(1, fabs(d0));
        double to =
            d0 + share * (isfinite(end) ? end - d0 : copysign(far, end));
        *level = quadrature(tape, d0, to, &error);
    }
    *level -= error;
    gf_tape_free(tape);
    return GF_OK;
}

gf_status gf_energy_level(double *level, bool *limit, const gf_study *s,
                          gf_expr w, double end, gf_expr end_exact)
{
    const gf_study_piece *home = gf_study_home(s);
    gf_expr slope = gf_energy_integrand(s, home);
    bool infinite;
    gf_status status = GF_OK;

    *level = INFINITY;
    *limit = true;
    if (isinf(end))
        status = diverges_far(&infinite, s, slope, end);
    else if (end_exact)
        status = diverges_at(&infinite, s, slope, end, end_exact);
    else
        infinite = false; /* a double inside: W is finite there */
    if (status || infinite)
        return status;
    *level = w ? limit_of(limit, s, w, end, end_exact) : NAN;
    if (isnan(*level))
        status = by_quadrature(level, limit, s, slope, end);
    return status;
}

double gf_energy_at(const gf_classification *c, gf_vec2 p)
{
    const gf_field *field = c->field;
    double d0 = field->equilibrium.d0, w = NAN, height, error;
    gf_tape *tape;

    if (!c->has_energy || !c->energy.slope ||
        !gf_range_has(c->energy.reach, p.x))
        return NAN;
    if (gf_tape_new(&tape, field->graph, &c->energy.slope, 1, &field->axis[0],
                    1, NULL) == GF_OK) {
        w = p.x == d0 ? 0 : quadrature(tape, d0, p.x, &error);
        gf_tape_free(tape);
    }
    height = p.y - field->parameter[field->p_d].number;
    return height * height / (2 * field->speed[1]) + w;
}
