/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rest points of a planar field: found by elimination and by a march over the
 * window, named where they are rational, certified by Krawczyk's operator
 * where they are not [moore2009, ch. 8], judged on the smooth field that holds
 * round them.
 */
#include "analysis/planar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "expr/ops.h"

/* --- naming ------------------------------------------------------------ */

static gf_expr name_of(const gf_scene *s, double x)
{
    gf_expr e = GF_EXPR_NONE;
    gf_expr any = gf_expr_symbol(s->graph, "any#");
    arb_t ball;

    arb_init(ball);
    arb_set_d(ball, x);
    mag_set_d(arb_radref(ball), fmax(fabs(x), 1) * 1e-12);
    /* 0 = 0 accepts any name; the proof comes after */
    e = gf_recognise_guess(s->graph, gf_expr_rational(s->graph, 0, 1), any,
                           ball);
    arb_clear(ball);
    return e;
}

static bool is_exact_zero(const gf_scene *s, const gf_expr exact[2])
{
    for (int i = 0; i < 2; i++)
        if (!exact[i] ||
            gf_expr_is_zero(s->graph, gf_scene_at(s, s->local.velocity[i],
                                                  exact)) != GF_YES)
            return false;
    return true;
}

static void name_zero(const gf_scene *s, gf_zero *zero)
{
    gf_expr exact[2] = {zero->exact[0], zero->exact[1]};

    for (int i = 0; i < 2; i++)
        if (!exact[i])
            exact[i] = name_of(s, i ? zero->at.y : zero->at.x);
    if (is_exact_zero(s, exact)) {
        zero->exact[0] = exact[0];
        zero->exact[1] = exact[1];
        zero->at = (gf_vec2){gf_expr_value(s->graph, exact[0]) + 0.0,
                             gf_expr_value(s->graph, exact[1]) + 0.0};
    } else {
        zero->exact[0] = zero->exact[1] = GF_EXPR_NONE;
    }
}

static gf_verdict is_wanted(const gf_scene *s, const gf_zero *zero)
{
    const gf_field *field = s->field;
    double x, y;

    if (!field->has_rest)
        return GF_UNKNOWN;
    x = gf_expr_value(s->graph, gf_field_bind(field, field->rest[0]));
    y = gf_expr_value(s->graph, gf_field_bind(field, field->rest[1]));
    return hypot(zero->at.x - x, zero->at.y - y) <= 1e-12 * fmax(1, hypot(x, y))
               ? GF_YES
               : GF_NO;
}

/* A line of rest points has the spectrum of one of them. */
static void make_line(gf_rest_point *point, const gf_zero *zero)
{
    point->line = true;
    point->along = zero->along;
    point->type = GF_TYPE_LINE;
    if (point->evidence != GF_EVIDENCE_LINEARISATION) {
        point->stability = GF_STABILITY_UNKNOWN;
        point->evidence = GF_EVIDENCE_NONE;
    }
    snprintf(point->note, sizeof point->note, "%s",
             isnan(zero->along.x) ? "every point near it is at rest too" : "");
}

static gf_status add_point(gf_scene *s, gf_zero *zero)
{
    gf_rest_point point = gf_rest_empty();
    bool drop = false;
    gf_status status = GF_OK;

    name_zero(s, zero);
    point.at = zero->at;
    point.exact[0] = zero->exact[0];
    point.exact[1] = zero->exact[1];
    point.wanted = is_wanted(s, zero);
    status = gf_scene_judge(&point, &drop, s, zero);
    if (zero->line)
        make_line(&point, zero);
    if (drop)
        s->c->complete = GF_UNKNOWN;
    return status || drop ? status : gf_rest_add(s->c, &point, s->error);
}

/* The rest point that the field names, if it is one. */
static gf_status add_named(gf_zeros *zeros, const gf_scene *s)
{
    gf_zero zero = {.exact = {GF_EXPR_NONE, GF_EXPR_NONE}};
    bool moves = false;

    s->c->verdict = GF_OUTCOME_NONE;
    if (!s->field->has_rest)
        return GF_OK;
    for (int i = 0; i < 2; i++)
        zero.exact[i] = gf_field_bind(s->field, s->field->rest[i]);
    zero.at = (gf_vec2){gf_expr_value(s->graph, zero.exact[0]),
                        gf_expr_value(s->graph, zero.exact[1])};
    if (!is_exact_zero(s, zero.exact)) {
        for (int i = 0; i < 2; i++)
            moves = moves || abs(gf_sign_of(s->graph,
                                            gf_scene_at(s, s->local.velocity[i],
                                                        zero.exact))) == 1;
        if (!moves) /* perhaps it is one */
            s->c->verdict = GF_OUTCOME_UNKNOWN;
        return GF_OK;
    }
    return gf_zeros_add(zeros, &zero, s->error);
}

static bool is_at_rest_everywhere(const gf_scene *s)
{
    return gf_expr_is_zero(s->graph, s->local.velocity[0]) == GF_YES &&
           gf_expr_is_zero(s->graph, s->local.velocity[1]) == GF_YES;
}

/* Nothing moves: one point stands for the plane. */
static gf_status add_plane(gf_zeros *zeros, const gf_scene *s)
{
    gf_status status = add_named(zeros, s);
    gf_zero zero = {.line = true};

    if (status == GF_OK && zeros->count == 0) {
        for (int i = 0; i < 2; i++)
            zero.exact[i] =
                gf_expr_number(s->graph, s->field->window[i].lo / 2 +
                                             s->field->window[i].hi / 2);
        zero.at = (gf_vec2){gf_expr_value(s->graph, zero.exact[0]),
                            gf_expr_value(s->graph, zero.exact[1])};
        status = gf_zeros_add(zeros, &zero, s->error);
    }
    for (size_t i = 0; i < zeros->count; i++) {
        zeros->item[i].line = true;
        zeros->item[i].along = (gf_vec2){NAN, NAN};
    }
    zeros->complete = true;
    return status;
}

/* --- which come first --------------------------------------------------- */

/* How far a zero is from the middle of the window, in half windows. */
static double distance(const gf_zero *zero, const gf_range w[2])
{
    double at[2] = {zero->at.x, zero->at.y}, far = 0;

    for (int i = 0; i < 2; i++)
        far = fmax(far,
                   fabs(2 * at[i] - w[i].lo - w[i].hi) / (w[i].hi - w[i].lo));
    return far;
}

/* Mirror images are as near in spite of rounding. */
static bool is_before(const gf_zero *a, const gf_zero *b, const gf_range w[2])
{
    double d = distance(a, w) - distance(b, w);

    if (fabs(d) > 1e-6)
        return d < 0;
    return a->at.x != b->at.x ? a->at.x < b->at.x : a->at.y < b->at.y;
}

/* Where there are endlessly many, those nearest to the window stand for all. */
static void keep_nearest(gf_zeros *zeros, const gf_range window[2])
{
    for (size_t i = 1; i < zeros->count; i++) {
        gf_zero zero = zeros->item[i];
        size_t k = i;
        for (; k > 0 && is_before(&zero, &zeros->item[k - 1], window); k--)
            zeros->item[k] = zeros->item[k - 1];
        zeros->item[k] = zero;
    }
    if (zeros->count > GF_ZEROS_MAX)
        zeros->count = GF_ZEROS_MAX;
}

/* All zeros that can be found, and the lines of them. */
static gf_status find_zeros(gf_zeros *zeros, const gf_scene *s,
                            const gf_range window[2], gf_budget *budget)
{
    const gf_field *field = s->field;
    gf_local left = s->local;
    gf_status status;

    if (is_at_rest_everywhere(s))
        return add_plane(zeros, s);
    status = gf_zeros_common(zeros, &left, s->error);
    if (status == GF_OK)
        status = add_named(zeros, s);
    if (status == GF_OK)
        status = gf_zeros_show(zeros, field->domain, budget, s->error);
    if (status == GF_OK)
        status =
            gf_zeros_eliminate(zeros, &left, field->domain, budget, s->error);
    if (status == GF_OK && !zeros->complete)
        status = gf_zeros_march(zeros, &left, window, s->error);
    if (zeros->count >= GF_ZEROS_MAX)
        keep_nearest(zeros, window);
    zeros->complete = zeros->complete && !zeros->blurred && !zeros->lost_curve;
    return status;
}

gf_status gf_rest_planar(gf_classification *c, const gf_range window[2],
                         gf_budget *budget, gf_error *error)
{
    const gf_field *field = c->field;
    gf_scene s = {.c = c,
                  .field = field,
                  .graph = field->graph,
                  .local = {.graph = field->graph},
                  .error = error};
    gf_zeros zeros = {.local = &s.local};
    gf_status status;

    for (int i = 0; i < 2; i++) {
        s.local.axis[i] = field->axis[i];
        s.local.velocity[i] = gf_field_bind(field, field->velocity[i]);
    }
    status = find_zeros(&zeros, &s, window, budget);
    c->complete = zeros.complete ? GF_YES : GF_UNKNOWN;
    for (size_t i = 0; i < zeros.count && status == GF_OK; i++)
        status = add_point(&s, &zeros.item[i]);
    free(zeros.item);
    if (status == GF_OK)
        status = gf_graph_check(field->graph, error);
    if (status != GF_LIMIT)
        return status;
    /* too large to go on: what is found stands */
    c->complete = GF_UNKNOWN;
    if (field->graph->failure == GF_LIMIT)
        field->graph->failure = GF_OK;
    return GF_OK;
}
