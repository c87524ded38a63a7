/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines of rest points of a planar field: where a factor that both velocities
 * share vanishes.  Each is listed by one of its points, and what else is found
 * on it is not listed again.
 */
#include <math.h>
#include <stdlib.h>

#include "analysis/planar.h"
#include "expr/ops.h"
#include "expr/rational.h"

static gf_expr at_zero(const gf_local *local, gf_expr e, const gf_zero *zero)
{
    for (int i = 0; i < 2; i++) {
        gf_expr at =
            zero->exact[i]
                ? zero->exact[i]
                : gf_expr_number(local->graph, i ? zero->at.y : zero->at.x);
        e = gf_expr_substitute(local->graph, e, local->axis[i], at);
    }
    return e;
}

static bool is_on(const gf_local *local, gf_expr curve, const gf_zero *zero)
{
    double scale = fmax(1, hypot(zero->at.x, zero->at.y));

    return fabs(gf_expr_value(local->graph, at_zero(local, curve, zero))) <=
           1e-9 * scale;
}

/* The direction of a curve h = 0: across its gradient, to the right. */
static gf_vec2 direction(const gf_local *local, gf_expr curve,
                         const gf_zero *zero)
{
    double g[2], size;

    for (int i = 0; i < 2; i++)
        g[i] = gf_expr_value(
            local->graph,
            at_zero(local, gf_expr_derive(local->graph, curve, local->axis[i]),
                    zero));
    size = hypot(g[0], g[1]);
    if (!(size > 0))
        return (gf_vec2){NAN, NAN};
    if (g[1] < 0 || (g[1] == 0 && g[0] > 0))
        size = -size;
    return (gf_vec2){g[1] / size + 0.0, -g[0] / size + 0.0};
}

static void add_curve(gf_zeros *zeros, gf_expr curve, bool shown)
{
    for (size_t i = 0; i < zeros->curve_count; i++)
        if (zeros->curve[i] == curve) {
            zeros->shown[i] = zeros->shown[i] || shown;
            return;
        }
    if (zeros->curve_count == GF_CURVES_MAX) {
        zeros->lost_curve = true;
        return;
    }
    zeros->shown[zeros->curve_count] = shown;
    zeros->curve[zeros->curve_count++] = curve;
}

void gf_zeros_common(gf_zeros *zeros, const gf_local *local)
{
    gf_graph *graph = local->graph;
    gf_expr t = gf_expr_symbol(graph, "t#");
    gf_expr sum = gf_expr_sum(graph, local->velocity[0],
                              gf_expr_product(graph, t, local->velocity[1]));
    gf_expr e = gf_factored(graph, sum);
    bool product = e && gf_op_of(graph, e) == GF_OP_MUL;

    /* factors of du + t dv without t divide both */
    for (size_t i = 0; e && i < (product ? gf_arg_count(graph, e) : 1); i++) {
        gf_expr f = product ? gf_arg(graph, e, i) : e;
        if (gf_op_of(graph, f) == GF_OP_POW) {
            if (!gf_is_number(graph, gf_arg(graph, f, 1)) ||
                gf_number_sign(graph, gf_arg(graph, f, 1)) < 0)
                continue;
            f = gf_arg(graph, f, 0);
        }
        if (!gf_expr_depends(graph, f, t) &&
            (gf_expr_depends(graph, f, local->axis[0]) ||
             gf_expr_depends(graph, f, local->axis[1])))
            add_curve(zeros, f, false);
    }
}

static gf_status append(gf_zeros *zeros, const gf_zero *zero, gf_error *error)
{
    if (zeros->count == zeros->capacity) {
        size_t wanted = zeros->capacity ? zeros->capacity * 2 : 4;
        gf_zero *moved = realloc(zeros->item, wanted * sizeof *moved);
        if (!moved)
            return gf_error_set(error, GF_MEMORY, "out of memory");
        zeros->item = moved;
        zeros->capacity = wanted;
    }
    zeros->item[zeros->count++] = *zero;
    return GF_OK;
}

gf_status gf_zeros_add(gf_zeros *zeros, const gf_local *local,
                       const gf_zero *zero, gf_error *error)
{
    gf_zero line = *zero;
    size_t on = zeros->curve_count;

    for (size_t i = 0; i < zeros->count; i++) {
        double scale = fmax(1, hypot(zero->at.x, zero->at.y));
        if (!zeros->item[i].line &&
            hypot(zeros->item[i].at.x - zero->at.x,
                  zeros->item[i].at.y - zero->at.y) <= 1e-9 * scale)
            return GF_OK;
    }
    for (size_t i = 0; i < zeros->curve_count; i++) {
        if (!is_on(local, zeros->curve[i], zero))
            continue;
        if (zeros->shown[i])
            return GF_OK;
        on = i;
    }
    if (on == zeros->curve_count)
        return append(zeros, zero, error);
    zeros->shown[on] = true;
    line.line = true;
    line.along = direction(local, zeros->curve[on], zero);
    return append(zeros, &line, error);
}

gf_status gf_zeros_add_line(gf_zeros *zeros, const gf_local *local,
                            const gf_zero two[2], gf_expr curve,
                            gf_error *error)
{
    gf_zero line = two[0];
    bool is_listed = false;
    size_t kept = 0;

    /* the same line under another factor */
    for (size_t i = 0; i < zeros->curve_count; i++)
        if (is_on(local, zeros->curve[i], &two[0]) &&
            is_on(local, zeros->curve[i], &two[1])) {
            is_listed = is_listed || zeros->shown[i];
            zeros->shown[i] = true;
        }
    add_curve(zeros, curve, true);
    for (size_t i = 0; i < zeros->count; i++)
        if (zeros->item[i].line || !is_on(local, curve, &zeros->item[i]))
            zeros->item[kept++] = zeros->item[i];
    zeros->count = kept;
    if (is_listed)
        return GF_OK;
    line.line = true;
    line.along = direction(local, curve, &line);
    return append(zeros, &line, error);
}
