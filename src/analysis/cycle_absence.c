/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * That there is no limit cycle.
 *
 * Along a closed trajectory a function that never grows is constant, so it
 * stays where the function's rate is zero. Where that is at single D only, or
 * on two crossing lines, there is no room for it.
 */
#include <math.h>
#include <stdlib.h>

#include "analysis/cycle.h"
#include "analysis/planar.h"
#include "analysis/study.h"
#include "expr/node.h"
#include "field/kink.h"

/* --- pointwise --------------------------------------------------------- */

/* dE/dt <= 0: see theory, section 2g, for the zeros of f2'. */
static bool by_energy(const gf_classification *c)
{
    const gf_energy *e = &c->energy;

    if (!c->has_energy)
        return false;
    if (e->region == GF_REGION_WHOLE)
        return true;
    return e->decay == GF_YES && e->first_integral == GF_NO &&
           !gf_field_has_kinks(c->field);
}

static bool by_distance(const gf_classification *c)
{
    const gf_distance *d = &c->distance;

    return c->has_energy && d->a == GF_YES && d->b == GF_YES &&
           d->conserved == GF_NO && !gf_field_has_kinks(c->field) &&
           c->field->parameter[c->field->p_d].number > 0;
}

/* The sign of f'' on a piece, roots apart; 2: it is zero all over; 0: it has
   none. */
static gf_status curvature(int *sign, const gf_study *s,
                           const gf_study_piece *p, gf_expr slope)
{
    gf_chart chart;
    gf_status status;

    gf_chart_init(&chart);
    status =
        gf_study_chart(&chart, s, p, gf_expr_derive(s->graph, slope, s->x), 0);
    *sign = chart.zero ? 2 : gf_chart_sign(&chart, p->lo, p->hi);
    gf_chart_clear(&chart);
    return status;
}

/* a (p_d f1'' + p_g f2'') of one sign for p_g >= 0. */
static gf_status bendixson_pointwise(bool *holds, const gf_field *field,
                                     gf_error *error)
{
    gf_budget budget = gf_budget_make(0);
    gf_study study;
    int first = 0, second = 0;
    gf_status status = gf_study_init(&study, field, &budget, error);

    *holds = false;
    if (!status && study.count == 1 && study.covered &&
        !gf_field_has_kinks(field)) {
        const gf_study_piece *p = &study.piece[0];
        status = curvature(&first, &study, p, p->d1);
        if (!status)
            status = curvature(&second, &study, p, p->d2);
        if (study.p_d_number == 0)
            first = 2;
        *holds = first && second && !(first == 2 && second == 2) &&
                 (first == 2 || second == 2 || first == second);
    }
    gf_study_clear(&study);
    return status;
}

/* --- planar ------------------------------------------------------------ */

static gf_local local_of(const gf_field *field)
{
    gf_local local = {.graph = field->graph};

    for (int i = 0; i < 2; i++) {
        local.axis[i] = field->axis[i];
        local.velocity[i] = gf_field_bind(field, field->velocity[i]);
    }
    return local;
}

/* The sign of e, not identically zero, all over a box: -1, 1, or 0. strict:
   and never zero. */
static gf_status sign_over(int *sign, const gf_local *local,
                           const gf_range box[2], gf_expr e, bool strict,
                           gf_error *error)
{
    gf_interval range;
    gf_status status = gf_over_domain(&range, local, box, e, error);

    *sign = 0;
    if (status)
        return status;
    if (strict ? gf_interval_negative(range) : gf_interval_nonpositive(range))
        *sign = -1;
    if (strict ? gf_interval_positive(range) : gf_interval_nonnegative(range))
        *sign = 1;
    return GF_OK;
}

static gf_status bendixson_planar(bool *holds, const gf_field *field,
                                  gf_error *error)
{
    gf_local local = local_of(field);
    gf_graph *graph = field->graph;
    gf_expr e = gf_expr_simplify(
        graph,
        gf_expr_sum(graph,
                    gf_expr_derive(graph, local.velocity[0], local.axis[0]),
                    gf_expr_derive(graph, local.velocity[1], local.axis[1])));
    int sign;
    gf_status status = sign_over(&sign, &local, field->domain, e, false, error);

    *holds = !status && sign != 0 && gf_expr_is_zero(graph, e) == GF_NO;
    return status;
}

/* (x U + y V) with x, y from an exact rest point is negative in each of the
   four open quarters of the domain that meet there. */
static gf_status distance_planar(bool *holds, const gf_classification *c,
                                 gf_error *error)
{
    const gf_field *field = c->field;
    const gf_rest_point *point = &c->point[c->wanted];
    gf_local local = local_of(field);
    gf_graph *graph = field->graph;
    gf_expr e = gf_expr_rational(graph, 0, 1);
    const double at[2] = {point->at.x, point->at.y};

    *holds = false;
    for (int i = 0; i < 2; i++) /* a rest point that is no double is passed */
        if (point->exact[i] != gf_expr_number(graph, at[i]))
            return GF_OK;
    for (int i = 0; i < 2; i++)
        e = gf_expr_sum(graph, e,
                        gf_expr_product(graph,
                                        gf_expr_difference(graph, local.axis[i],
                                                           point->exact[i]),
                                        local.velocity[i]));
    e = gf_expr_simplify(graph, gf_expand(graph, e));
    for (int quarter = 0; quarter < 4; quarter++) {
        gf_range box[2] = {field->domain[0], field->domain[1]};
        int sign;
        for (int i = 0; i < 2; i++) {
            if (quarter & (1 << i))
                box[i].lo = at[i];
            else
                box[i].hi = at[i];
            box[i].lo_closed = box[i].hi_closed = false;
        }
        gf_status status = sign_over(&sign, &local, box, e, true, error);
        if (status || sign >= 0)
            return status;
    }
    *holds = true;
    return GF_OK;
}

/* --- both -------------------------------------------------------------- */

static bool is_conserved(const gf_classification *c)
{
    return (c->has_energy && c->energy.first_integral == GF_YES) ||
           (c->quadratic.conserved && c->quadratic.everywhere);
}

static gf_status exclude_pointwise(gf_cycles *out, const gf_classification *c,
                                   gf_error *error)
{
    bool holds = false;
    gf_status status = GF_OK;

    if (by_energy(c)) {
        out->absence = GF_ABSENCE_ENERGY;
    } else if (by_distance(c)) {
        out->absence = GF_ABSENCE_DISTANCE;
        out->while_physical = true;
    } else {
        status = bendixson_pointwise(&holds, c->field, error);
        out->absence = holds ? GF_ABSENCE_BENDIXSON : GF_ABSENCE_NONE;
        out->while_physical = holds;
    }
    return status;
}

static gf_status exclude_planar(gf_cycles *out, const gf_classification *c,
                                gf_error *error)
{
    bool holds = false;
    gf_status status = GF_OK;

    if (gf_field_has_kinks(c->field) || c->field->graph->approximate)
        return GF_OK;
    status = bendixson_planar(&holds, c->field, error);
    if (holds)
        out->absence = GF_ABSENCE_BENDIXSON;
    if (status || holds || c->wanted >= c->count)
        return status;
    status = distance_planar(&holds, c, error);
    if (holds)
        out->absence = GF_ABSENCE_DISTANCE;
    return status;
}

gf_status gf_cycle_exclude(gf_cycles *out, const gf_classification *c,
                           gf_error *error)
{
    gf_graph *graph = c->field->graph;
    gf_status status;

    out->absence = GF_ABSENCE_NONE;
    if (is_conserved(c)) {
        out->absence = GF_ABSENCE_FIRST_INTEGRAL;
        return GF_OK;
    }
    status = c->field->kind == GF_POINTWISE ? exclude_pointwise(out, c, error)
                                            : exclude_planar(out, c, error);
    if (status == GF_LIMIT) { /* too large to decide */
        if (graph->failure == GF_LIMIT)
            graph->failure = GF_OK;
        return GF_OK;
    }
    return status ? status : gf_graph_check(graph, error);
}
