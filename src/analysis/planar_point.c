/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One rest point of a planar field, judged on the smooth field round it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/planar.h"
#include "expr/ops.h"
#include "expr/tape.h"

/* Zeros that only a search found are listed so often. */
enum { UNPROVED_MAX = 4 };

gf_expr gf_scene_at(const gf_scene *s, gf_expr e, const gf_expr exact[2])
{
    e = gf_expr_substitute(s->graph, e, s->local.axis[0], exact[0]);
    return gf_expr_substitute(s->graph, e, s->local.axis[1], exact[1]);
}

/* --- kinks ------------------------------------------------------------- */

typedef struct corner {
    const gf_scene *s;
    const gf_zero *zero;
    int side;       /* branch where the switch vanishes: -1 or 1 */
    gf_expr *found; /* a switch that vanishes there, or GF_EXPR_NONE */
    bool *several;  /* ... and another one */
} corner;

static int switch_sign(const corner *k, gf_expr node)
{
    const gf_scene *s = k->s;
    gf_expr e = gf_kink_switch(s->graph, node), at[2];
    gf_sign sign;

    for (int i = 0; i < 2; i++)
        at[i] = k->zero->exact[i] ? k->zero->exact[i]
                                  : gf_expr_number(s->graph, i ? k->zero->at.y
                                                               : k->zero->at.x);
    sign = gf_sign_of(s->graph, gf_scene_at(s, e, at));
    if (abs(sign) == 1)
        return sign;
    if (*k->found && *k->found != e)
        *k->several = true;
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

/* The smooth field on one side of the point; *found: the kink it lies on,
 *several: not the only one. */
static gf_local smooth_side(const gf_scene *s, const gf_zero *zero, int side,
                            gf_expr *found, bool *several)
{
    gf_local local = s->local;
    corner k = {s, zero, side, found, several};

    for (int i = 0; i < 2; i++)
        local.velocity[i] = gf_expr_simplify(
            s->graph, gf_rewrite(s->graph, s->local.velocity[i], flatten, &k));
    return local;
}

static gf_mat2 jacobian_value(const gf_scene *s, const gf_local *local,
                              const gf_zero *zero)
{
    double y[4];

    for (int i = 0; i < 4; i++) {
        gf_expr e = gf_expr_derive(s->graph, local->velocity[i / 2],
                                   local->axis[i % 2]);
        gf_expr at[2] = {gf_expr_number(s->graph, zero->at.x),
                         gf_expr_number(s->graph, zero->at.y)};
        y[i] = gf_expr_value(
                   s->graph,
                   gf_scene_at(s, e, zero->exact[0] ? zero->exact : at)) +
               0.0;
    }
    return (gf_mat2){y[0], y[1], y[2], y[3]};
}

/* Which way the field of one side moves the switch of the kink. */
static gf_sign push_of(const gf_scene *s, const gf_local *local,
                       const gf_zero *zero, gf_expr kink)
{
    gf_graph *graph = s->graph;
    gf_expr push = gf_expr_rational(graph, 0, 1);

    for (int i = 0; i < 2; i++)
        push = gf_expr_sum(
            graph, push,
            gf_expr_product(graph, gf_expr_derive(graph, kink, local->axis[i]),
                            local->velocity[i]));
    return gf_sign_of(graph, gf_scene_at(s, push, zero->exact));
}

/* On a kink: one-sided Jacobians; unstable if both sides push away. */
static void judge_kink(gf_rest_point *point, const gf_scene *s,
                       const gf_zero *zero, gf_expr kink)
{
    gf_sign push[2] = {GF_SIGN_UNKNOWN, GF_SIGN_UNKNOWN};
    bool several = false;

    point->smooth = false;
    point->type = GF_TYPE_NON_SMOOTH;
    snprintf(point->note, sizeof point->note,
             "on a kink of the field: no Jacobian, only one from either "
             "side");
    for (int side = 0; side < 2; side++) {
        gf_expr found = GF_EXPR_NONE;
        gf_local local = smooth_side(s, zero, side ? 1 : -1, &found, &several);
        point->one_sided[side] = jacobian_value(s, &local, zero);
        if (zero->exact[0])
            push[side] = push_of(s, &local, zero, kink);
    }
    if (!several && push[0] == GF_SIGN_NEGATIVE &&
        push[1] == GF_SIGN_POSITIVE) {
        point->stability = GF_STABILITY_UNSTABLE;
        point->evidence = GF_EVIDENCE_ONE_SIDED;
        snprintf(point->note, sizeof point->note,
                 "the field jumps here and pushes away on both sides of the "
                 "kink");
    }
}

/* --- judging ----------------------------------------------------------- */

static bool has_kinks(const gf_scene *s)
{
    for (int i = 0; i < 4; i++)
        if (gf_expr_has_kinks(s->graph, s->local.velocity[i / 2],
                              s->local.axis[i % 2]))
            return true;
    return false;
}

/* H = J21 x^2 - 2 J11 x y - J12 y^2 (trace 0) is conserved if grad H . v is
   identically zero. */
static bool quadratic_integral(gf_quadratic *q, const gf_scene *s,
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
    q->everywhere = !has_kinks(s);
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

/* Does every kinked node keep its branch within `error` of the point? */
typedef struct watch {
    const gf_scene *s;
    gf_interval box[2];
    bool *clear;
} watch;

static gf_expr watch_kink(gf_graph *graph, gf_expr e, const void *ctx)
{
    const watch *w = ctx;
    gf_range range[2];
    gf_interval y;

    if (!gf_is_kinked(gf_op_of(graph, e)) || !*w->clear)
        return GF_EXPR_NONE;
    for (int i = 0; i < 2; i++)
        range[i] = (gf_range){w->box[i].lo, w->box[i].hi, true, true};
    *w->clear = gf_over_domain(&y, &w->s->local, range,
                               gf_kink_switch(graph, e), NULL) == GF_OK &&
                y.defined && !gf_interval_has_zero(y);
    return GF_EXPR_NONE;
}

static bool keeps_branches(const gf_scene *s, gf_vec2 at, double error)
{
    bool clear = true;
    watch w = {s,
               {gf_interval_make(at.x - error, at.x + error, false),
                gf_interval_make(at.y - error, at.y + error, false)},
               &clear};

    for (int i = 0; i < 2; i++)
        gf_rewrite(s->graph, s->local.velocity[i], watch_kink, &w);
    return clear;
}

/* The Jacobian at the zero: exact, or in balls if the zero is proved. */
static gf_status find_jacobian(gf_jacobian *j, bool *proved,
                               gf_rest_point *point, const gf_scene *s,
                               const gf_local *local, const gf_zero *zero)
{
    gf_status status;

    *proved = zero->exact[0] != GF_EXPR_NONE;
    for (int i = 0; i < 4 && *proved; i++)
        j->exact[i] =
            gf_scene_at(s,
                        gf_expr_derive(s->graph, local->velocity[i / 2],
                                       local->axis[i % 2]),
                        zero->exact);
    if (*proved) {
        gf_jacobian_from_exact(j, s->graph);
        return GF_OK;
    }
    status = gf_zero_certify(proved, &point->error, j, local, point->at);
    if (status)
        return gf_error_set(s->error, status, "%s", gf_status_text(status));
    *proved = *proved && keeps_branches(s, point->at, point->error);
    return GF_OK;
}

static gf_status judge_smooth(gf_rest_point *point, gf_scene *s,
                              const gf_local *local, const gf_zero *zero)
{
    gf_jacobian j;
    gf_signs signs;
    bool proved;
    gf_quadratic q = {.conserved = false};
    gf_status status;

    gf_jacobian_init(&j);
    status = find_jacobian(&j, &proved, point, s, local, zero);
    if (status == GF_OK && !proved) {
        s->unproved++;
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

/* Has the field a value there?  A name may hide it: u/v is 0 at u = 0. */
static gf_status is_defined(bool *defined, const gf_scene *s,
                            const gf_zero *zero)
{
    gf_vec2 v = gf_field_at(zero->at, s->field);
    arb_ptr at = _arb_vec_init(2), value = _arb_vec_init(2);
    gf_status status = GF_OK;

    *defined = isfinite(v.x) && isfinite(v.y);
    if (zero->exact[0]) {
        for (int i = 0; i < 2; i++)
            gf_expr_ball(at + i, s->graph, zero->exact[i], GF_TAPE_PRECISION);
        status =
            gf_tape_ball(value, s->field->velocity_tape, at, GF_TAPE_PRECISION);
        *defined = arb_is_finite(value) && arb_is_finite(value + 1);
    }
    _arb_vec_clear(at, 2);
    _arb_vec_clear(value, 2);
    return status;
}

gf_status gf_scene_judge(gf_rest_point *point, bool *drop, gf_scene *s,
                         const gf_zero *zero)
{
    gf_expr kink = GF_EXPR_NONE;
    bool several = false;
    gf_local local;
    bool defined;
    gf_status status = is_defined(&defined, s, zero);

    *drop = !defined;
    if (status || !defined)
        return status;
    local = smooth_side(s, zero, 1, &kink, &several);
    if (kink)
        judge_kink(point, s, zero, kink);
    else
        status = judge_smooth(point, s, &local, zero);
    *drop = s->unproved > UNPROVED_MAX && isnan(point->error);
    return status;
}
