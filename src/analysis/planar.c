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

typedef struct scene {
    gf_classification *c;
    const gf_field *field;
    gf_graph *graph;
    gf_local local; /* with kinks */
    gf_error *error;
} scene;

static gf_expr at_point(const scene *s, gf_expr e, const gf_expr exact[2])
{
    e = gf_expr_substitute(s->graph, e, s->local.axis[0], exact[0]);
    return gf_expr_substitute(s->graph, e, s->local.axis[1], exact[1]);
}

/* --- naming ------------------------------------------------------------ */

static gf_expr name_of(const scene *s, double x)
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

static bool is_exact_zero(const scene *s, const gf_expr exact[2])
{
    for (int i = 0; i < 2; i++)
        if (!exact[i] ||
            gf_expr_is_zero(s->graph,
                            at_point(s, s->local.velocity[i], exact)) != GF_YES)
            return false;
    return true;
}

static void name_zero(const scene *s, gf_zero *zero)
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

/* --- kinks ------------------------------------------------------------- */

typedef struct corner {
    const scene *s;
    const gf_zero *zero;
    int side;       /* branch where the switch vanishes: -1 or 1 */
    gf_expr *found; /* a switch that vanishes there, or GF_EXPR_NONE */
} corner;

static int switch_sign(const corner *k, gf_expr node)
{
    const scene *s = k->s;
    gf_expr e = gf_kink_switch(s->graph, node), at[2];
    gf_sign sign;

    for (int i = 0; i < 2; i++)
        at[i] = k->zero->exact[i] ? k->zero->exact[i]
                                  : gf_expr_number(s->graph, i ? k->zero->at.y
                                                               : k->zero->at.x);
    sign = gf_sign_of(s->graph, at_point(s, e, at));
    if (abs(sign) == 1)
        return sign;
    *k->found = e;
    return k->side;
}

static gf_expr flatten(gf_graph *graph, gf_expr e, const void *ctx)
{
    const corner *k = ctx;

    if (!gf_is_kinked(gf_op_of(graph, e)) ||
        (!gf_expr_depends(graph, e, k->s->local.axis[0]) &&
         !gf_expr_depends(graph, e, k->s->local.axis[1])))
        return GF_EXPR_NONE;
    return gf_rewrite(graph, gf_kink_branch(graph, e, switch_sign(k, e)),
                      flatten, ctx);
}

/* The smooth field on one side of the point; *found: the kink it lies on. */
static gf_local smooth_side(const scene *s, const gf_zero *zero, int side,
                            gf_expr *found)
{
    gf_local local = s->local;
    corner k = {s, zero, side, found};

    for (int i = 0; i < 2; i++)
        local.velocity[i] = gf_expr_simplify(
            s->graph, gf_rewrite(s->graph, s->local.velocity[i], flatten, &k));
    return local;
}

static gf_mat2 jacobian_value(const scene *s, const gf_local *local,
                              const gf_zero *zero)
{
    double y[4];

    for (int i = 0; i < 4; i++) {
        gf_expr e = gf_expr_derive(s->graph, local->velocity[i / 2],
                                   local->axis[i % 2]);
        gf_expr at[2] = {gf_expr_number(s->graph, zero->at.x),
                         gf_expr_number(s->graph, zero->at.y)};
        y[i] =
            gf_expr_value(s->graph,
                          at_point(s, e, zero->exact[0] ? zero->exact : at)) +
            0.0;
    }
    return (gf_mat2){y[0], y[1], y[2], y[3]};
}

/* On a kink: one-sided Jacobians; unstable if both sides push away. */
static void judge_kink(gf_rest_point *point, const scene *s,
                       const gf_zero *zero, gf_expr kink)
{
    double push[2] = {0, 0};

    point->smooth = false;
    point->type = GF_TYPE_NON_SMOOTH;
    snprintf(point->note, sizeof point->note,
             "on a kink of the field: no Jacobian, only one from either "
             "side");
    for (int side = 0; side < 2; side++) {
        gf_expr found = GF_EXPR_NONE;
        gf_local local = smooth_side(s, zero, side ? 1 : -1, &found);
        point->one_sided[side] = jacobian_value(s, &local, zero);
        for (int i = 0; i < 2 && zero->exact[0]; i++) {
            gf_expr slope = gf_expr_derive(s->graph, kink, local.axis[i]);
            push[side] +=
                gf_expr_value(s->graph, at_point(s, slope, zero->exact)) *
                gf_expr_value(s->graph,
                              at_point(s, local.velocity[i], zero->exact));
        }
    }
    if (push[0] < -1e-9 && push[1] > 1e-9) {
        point->stability = GF_STABILITY_UNSTABLE;
        point->evidence = GF_EVIDENCE_ONE_SIDED;
        snprintf(point->note, sizeof point->note,
                 "the field jumps here and pushes away on both sides of the "
                 "kink");
    }
}

/* --- judging ----------------------------------------------------------- */

/* H = J21 x^2 - 2 J11 x y - J12 y^2 (trace 0) is conserved if grad H . v is
   identically zero. */
static bool quadratic_integral(gf_quadratic *q, const scene *s,
                               const gf_local *local, const gf_zero *zero,
                               const gf_jacobian *j)
{
    gf_graph *graph = s->graph;
    gf_expr x = gf_expr_difference(graph, local->axis[0], zero->exact[0]);
    gf_expr y = gf_expr_difference(graph, local->axis[1], zero->exact[1]);
    gf_expr hx =
        gf_expr_difference(graph, gf_expr_product(graph, j->exact[2], x),
                           gf_expr_product(graph, j->exact[0], y));
    gf_expr hy = gf_expr_negative(
        graph, gf_expr_sum(graph, gf_expr_product(graph, j->exact[0], x),
                           gf_expr_product(graph, j->exact[1], y)));
    gf_expr flow =
        gf_expr_sum(graph, gf_expr_product(graph, hx, local->velocity[0]),
                    gf_expr_product(graph, hy, local->velocity[1]));

    if (gf_expr_is_zero(graph, flow) != GF_YES)
        return false;
    q->conserved = true;
    q->xx = gf_expr_value(graph, j->exact[2]);
    q->xy = -gf_expr_value(graph, j->exact[0]) + 0.0;
    q->yy = -gf_expr_value(graph, j->exact[1]);
    if (q->xx < 0) {
        q->xx = -q->xx;
        q->xy = -q->xy + 0.0;
        q->yy = -q->yy;
    }
    return true;
}

static gf_status judge_smooth(gf_rest_point *point, const scene *s,
                              const gf_local *local, const gf_zero *zero)
{
    gf_jacobian j;
    gf_signs signs;
    bool proved = true;
    gf_quadratic q = {.conserved = false};
    gf_status status = GF_OK;

    gf_jacobian_init(&j);
    for (int i = 0; i < 4 && zero->exact[0]; i++)
        j.exact[i] = at_point(s,
                              gf_expr_derive(s->graph, local->velocity[i / 2],
                                             local->axis[i % 2]),
                              zero->exact);
    if (zero->exact[0])
        gf_jacobian_from_exact(&j, s->graph);
    else
        status = gf_zero_certify(&proved, &point->error, &j, local, point->at);
    if (status)
        gf_error_set(s->error, status, "%s", gf_status_text(status));
    if (status == GF_OK && !proved) {
        point->spectrum.jacobian = jacobian_value(s, local, zero);
        point->error = NAN;
        snprintf(point->note, sizeof point->note,
                 "found numerically, not proved");
    } else if (status == GF_OK) {
        signs = gf_spectrum_make(&point->spectrum, &j, s->graph);
        gf_spectrum_judge(point, &signs);
        if (signs.trace == GF_SIGN_ZERO &&
            signs.determinant == GF_SIGN_POSITIVE) {
            if (quadratic_integral(&q, s, local, zero, &j)) {
                point->type = GF_TYPE_CENTER;
                point->stability = GF_STABILITY_STABLE;
                point->evidence = GF_EVIDENCE_FIRST_INTEGRAL;
                if (point->wanted == GF_YES)
                    s->c->quadratic = q;
            } else {
                status = gf_judge_centre(point, local, NULL);
            }
        } else if (point->type == GF_TYPE_DEGENERATE && !point->note[0]) {
            snprintf(point->note, sizeof point->note,
                     "an eigenvalue is zero: the linearisation decides "
                     "nothing");
        }
    }
    gf_jacobian_clear(&j);
    return status;
}

static gf_verdict is_wanted(const scene *s, const gf_zero *zero)
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

/* A line of rest points: the spectrum at one of them. */
static gf_status judge_line(gf_rest_point *point, const scene *s,
                            const gf_local *local, const gf_zero *zero)
{
    gf_status status = judge_smooth(point, s, local, zero);

    point->line = true;
    point->along = zero->along;
    point->type = GF_TYPE_LINE;
    if (point->evidence != GF_EVIDENCE_LINEARISATION) {
        point->stability = GF_STABILITY_UNKNOWN;
        point->evidence = GF_EVIDENCE_NONE;
    }
    snprintf(point->note, sizeof point->note, "%s",
             isnan(zero->along.x) ? "every point near it is at rest too" : "");
    return status;
}

static gf_status add_point(const scene *s, gf_zero *zero)
{
    gf_rest_point point = gf_rest_empty();
    gf_expr kink = GF_EXPR_NONE;
    gf_local local;
    gf_status status = GF_OK;

    name_zero(s, zero);
    point.at = zero->at;
    point.exact[0] = zero->exact[0];
    point.exact[1] = zero->exact[1];
    point.wanted = is_wanted(s, zero);
    local = smooth_side(s, zero, 1, &kink);
    if (zero->line) {
        status = judge_line(&point, s, &local, zero);
    } else if (kink) {
        judge_kink(&point, s, zero, kink);
    } else {
        status = judge_smooth(&point, s, &local, zero);
    }
    return status ? status : gf_rest_add(s->c, &point, s->error);
}

/* The rest point that the field names, if it is one. */
static gf_status add_named(gf_zeros *zeros, const scene *s)
{
    gf_zero zero = {.exact = {GF_EXPR_NONE, GF_EXPR_NONE}};

    if (!s->field->has_rest)
        return GF_OK;
    for (int i = 0; i < 2; i++)
        zero.exact[i] = gf_field_bind(s->field, s->field->rest[i]);
    zero.at = (gf_vec2){gf_expr_value(s->graph, zero.exact[0]),
                        gf_expr_value(s->graph, zero.exact[1])};
    if (!is_exact_zero(s, zero.exact))
        return GF_OK;
    return gf_zeros_add(zeros, &s->local, &zero, s->error);
}

static bool is_at_rest_everywhere(const scene *s)
{
    return gf_expr_is_zero(s->graph, s->local.velocity[0]) == GF_YES &&
           gf_expr_is_zero(s->graph, s->local.velocity[1]) == GF_YES;
}

/* Nothing moves: one point stands for the plane. */
static gf_status add_plane(gf_zeros *zeros, const scene *s)
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
        status = gf_zeros_add(zeros, &s->local, &zero, s->error);
    }
    for (size_t i = 0; i < zeros->count; i++) {
        zeros->item[i].line = true;
        zeros->item[i].along = (gf_vec2){NAN, NAN};
    }
    zeros->complete = true;
    return status;
}

gf_status gf_rest_planar(gf_classification *c, gf_budget *budget,
                         gf_error *error)
{
    const gf_field *field = c->field;
    scene s = {c, field, field->graph, {.graph = field->graph}, error};
    gf_zeros zeros = {.item = NULL};
    gf_status status;

    for (int i = 0; i < 2; i++) {
        s.local.axis[i] = field->axis[i];
        s.local.velocity[i] = gf_field_bind(field, field->velocity[i]);
    }
    if (is_at_rest_everywhere(&s)) {
        status = add_plane(&zeros, &s);
    } else {
        gf_zeros_common(&zeros, &s.local);
        status = add_named(&zeros, &s);
        if (status == GF_OK)
            status = gf_zeros_eliminate(&zeros, &s.local, field->domain, budget,
                                        error);
        if (status == GF_OK && !zeros.complete)
            status = gf_zeros_march(&zeros, &s.local, field->window, error);
    }
    zeros.complete = zeros.complete && !zeros.lost_curve;
    c->complete = zeros.complete ? GF_YES : GF_UNKNOWN;
    for (size_t i = 0; i < zeros.count && status == GF_OK; i++)
        status = add_point(&s, &zeros.item[i]);
    free(zeros.item);
    return status ? status : gf_graph_check(field->graph, error);
}
