/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The energy E = (p_g - p_d)^2/(2b) + W(D) (docs/theory.md, section 2): from
 * the sign charts of g, S = f1' + f2' and f2',
 *
 *     well   (D - D0) g (-f2') > 0        decay   g S f2' >= 0 (p_d > 0)
 *
 * LaSalle's principle [khalil2002, thm 4.4] makes the component of {E < c},
 * c the lower of W at both ends of the interval where both hold, a region of
 * attraction.
 */
#include "analysis/energy.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/rest.h"
#include "analysis/stretch.h"

/* --- the interval round D0 --------------------------------------------- */

/* Walks from D0 to one side while well and decay hold.  The enclosure of a
   root of S is passed where the stretch behind it is good again: there E only
   stands still for a moment. */
static double walk(const gf_study *s, const gf_study_piece *p, const double *x,
                   size_t count, int side)
{
    double end = s->d0.value;

    for (size_t k = 0; k + 1 < count; k++) {
        size_t i = side > 0 ? k : count - 2 - k;
        gf_stretch part = gf_stretch_of(p, x[i], x[i + 1]);
        bool beyond = side > 0 ? part.lo >= s->d0.hi : part.hi <= s->d0.lo;
        if (!beyond || part.lo == part.hi)
            continue;
        if (gf_well_sign(s, &part) <= 0)
            return end;
        if (gf_stretch_is_hair(p, &part))
            continue;
        if (gf_decay_sign(s, p, &part) <= 0 && !gf_is_conserved(s, p))
            return end;
        end = side > 0 ? part.hi : part.lo;
    }
    return end;
}

/* A root of g or f2' strictly inside the walk ends it: find the first. */
static double stop_at_roots(const gf_study *s, const gf_chart *chart,
                            double end, int side)
{
    for (size_t i = 0; i < chart->count; i++) {
        const gf_cell *cell = &chart->cell[i];
        if (!cell->is_root ||
            (cell->root.lo <= s->d0.hi && cell->root.hi >= s->d0.lo))
            continue;
        if (side > 0 && cell->root.lo > s->d0.hi)
            end = fmin(end, cell->root.lo);
        if (side < 0 && cell->root.hi < s->d0.lo)
            end = fmax(end, cell->root.hi);
    }
    return end;
}

static gf_status find_interval(gf_energy *e, const gf_study *s,
                               const gf_study_piece *p)
{
    size_t count;
    double *x = gf_stretch_breaks(p, &count);

    if (!x)
        return gf_error_set(s->error, GF_MEMORY, "out of memory");
    for (int side = -1; side <= 1; side += 2) {
        double end = walk(s, p, x, count, side);
        end = stop_at_roots(s, &p->chart_g, end, side);
        end = stop_at_roots(s, &p->chart_d2, end, side);
        if (side < 0)
            e->interval.lo = end;
        else
            e->interval.hi = end;
    }
    free(x);
    return GF_OK;
}

gf_decay_nearby gf_energy_nearby(const gf_study *s, bool *well)
{
    const gf_study_piece *p = gf_study_home(s);
    gf_decay_nearby found = GF_DECAY_UNKNOWN;
    double *x;
    size_t count;

    *well = false;
    x = p ? gf_stretch_breaks(p, &count) : NULL;
    if (!x)
        return GF_DECAY_UNKNOWN;
    for (size_t i = 0; i + 1 < count; i++) {
        gf_stretch left, right;
        int a, b;
        if (!(x[i] <= s->d0.lo && x[i + 1] >= s->d0.lo && x[i] < s->d0.lo))
            continue;
        left = gf_stretch_of(p, x[i], x[i + 1]);
        for (i++; i + 1 < count && x[i + 1] <= s->d0.hi; i++)
            ;
        if (i + 1 >= count)
            break;
        right = gf_stretch_of(p, x[i], x[i + 1]);
        *well = gf_well_sign(s, &left) > 0 && gf_well_sign(s, &right) > 0;
        a = gf_decay_sign(s, p, &left);
        b = gf_decay_sign(s, p, &right);
        found = gf_is_conserved(s, p) ? GF_DECAY_NONE
                : a > 0 && b > 0      ? GF_DECAY_STRICT
                : a < 0 && b < 0      ? GF_DECAY_GROWTH
                                      : GF_DECAY_UNKNOWN;
        break;
    }
    free(x);
    return found;
}

/* --- the energy -------------------------------------------------------- */

gf_expr gf_energy_integrand(const gf_study *s, const gf_study_piece *p)
{
    gf_graph *graph = s->graph;
    gf_expr slope = gf_expr_product(graph, s->field->speed_exact[0], p->d2);

    return gf_expr_simplify(
        graph, gf_expr_negative(graph, gf_expr_quotient(graph, p->g, slope)));
}

/* W with W(D0) = 0, where the integral is elementary. */
static gf_expr antiderivative(const gf_study *s, const gf_study_piece *p)
{
    gf_expr w = gf_expr_integrate(s->graph, gf_energy_integrand(s, p), s->x,
                                  s->d0.value);

    if (!w)
        return GF_EXPR_NONE;
    return gf_expr_simplify(
        s->graph, gf_expr_difference(s->graph, w, gf_study_at_d0(s, w)));
}

/* The exact place of an end of the interval, which is a double: itself at an
   end of the domain or of the piece, a root's name; none where it is only
   inside of what has no name. */
static gf_expr exact_end(const gf_study *s, const gf_study_piece *p, double end)
{
    const gf_chart *chart[2] = {&p->chart_g, &p->chart_d2};
    gf_range domain = s->field->domain[0];
    gf_expr itself =
        isfinite(end) ? gf_expr_number(s->graph, end) : GF_EXPR_NONE;

    if (end == domain.lo || end == domain.hi || itself == p->lo_exact ||
        itself == p->hi_exact)
        return itself;
    for (int i = 0; i < 2; i++)
        for (size_t k = 0; k < chart[i]->count; k++) {
            const gf_cell *cell = &chart[i]->cell[k];
            if (cell->is_root && (cell->lo == end || cell->hi == end))
                return cell->root.exact;
        }
    return GF_EXPR_NONE;
}

/* How far from D0 the integral W reaches: to the next kink or root of f2'. */
static gf_range reach_of(const gf_study *s, const gf_study_piece *p)
{
    gf_range r = {0, 0, false, false};

    for (size_t i = 0; i < p->chart_d2.count; i++) {
        const gf_cell *cell = &p->chart_d2.cell[i];
        if (cell->lo <= s->d0.lo && s->d0.hi <= cell->hi && cell->sign != 0)
            r = (gf_range){cell->lo, cell->hi, false, false};
    }
    return r;
}

/* A root of f2' at the end where g is not zero: |W'| = |g / (a f2')| grows at
   least like 1/distance, so W has no bound. */
static bool is_pole(const gf_study_piece *p, double end)
{
    bool pole = false;

    for (size_t i = 0; i < p->chart_d2.count; i++)
        pole = pole ||
               (p->chart_d2.cell[i].is_root && p->chart_d2.cell[i].lo <= end &&
                p->chart_d2.cell[i].hi >= end);
    for (size_t i = 0; i < p->chart_g.count; i++)
        if (p->chart_g.cell[i].lo <= end && p->chart_g.cell[i].hi >= end)
            pole = pole && p->chart_g.cell[i].sign != 0;
    return pole;
}

static gf_status level_at(double *level, bool *limit, const gf_study *s,
                          const gf_energy *e, const gf_study_piece *p,
                          double end)
{
    *level = INFINITY;
    *limit = true;
    return is_pole(p, end) ? GF_OK
                           : gf_energy_level(level, limit, s, e->w, end,
                                             exact_end(s, p, end));
}

static gf_status find_region(gf_energy *e, const gf_study *s,
                             const gf_study_piece *p)
{
    gf_range r = e->interval, whole = s->field->domain[0];
    gf_status status;

    if (!(r.lo < s->d0.lo && r.hi > s->d0.hi))
        return GF_OK;
    e->slope = gf_energy_integrand(s, p);
    e->w = antiderivative(s, p);
    e->reach = reach_of(s, p);
    status = level_at(&e->level_lo, &e->lo_is_limit, s, e, p, r.lo);
    if (status == GF_OK)
        status = level_at(&e->level_hi, &e->hi_is_limit, s, e, p, r.hi);
    if (status || e->conserved_nearby)
        return status;
    /* no level unless both ends have one */
    e->region_level = isnan(e->level_lo) || isnan(e->level_hi)
                          ? NAN
                          : fmin(e->level_lo, e->level_hi);
    if (!(e->region_level > 0))
        e->region_level = NAN;
    else if (isinf(e->region_level) && r.lo == whole.lo && r.hi == whole.hi)
        e->region = GF_REGION_WHOLE;
    else
        e->region = GF_REGION_LEVEL;
    return GF_OK;
}

void gf_energy_clear(gf_energy *e)
{
    *e = (gf_energy){.well = GF_UNKNOWN,
                     .decay = GF_UNKNOWN,
                     .first_integral = GF_UNKNOWN,
                     .interval = {NAN, NAN, true, true},
                     .region_level = NAN,
                     .level_lo = NAN,
                     .level_hi = NAN};
}

static bool is_sloped(const gf_study *s, const gf_study_piece *p)
{
    double value;
    gf_sign sign = gf_study_sign(&value, s, p->d2);

    return sign == GF_SIGN_NEGATIVE || sign == GF_SIGN_POSITIVE;
}

gf_status gf_energy_make(gf_energy *e, const gf_study *s)
{
    const gf_study_piece *home = gf_study_home(s);
    gf_status status;

    gf_energy_clear(e);
    e->interval = (gf_range){s->d0.value, s->d0.value, true, true};
    status = gf_energy_whole(e, s);
    e->conserved_nearby = home && gf_is_conserved(s, home);
    if (status || !home)
        return status;
    if (!is_sloped(s, home)) {
        /* f2'(D0) = 0: W has no value, and nothing ties p_g to p_d */
        e->first_integral = GF_UNKNOWN;
        e->conserved_nearby = false;
        return GF_OK;
    }
    status = find_interval(e, s, home);
    e->interval.lo_closed = e->interval.hi_closed = false;
    return status ? status : find_region(e, s, home);
}
