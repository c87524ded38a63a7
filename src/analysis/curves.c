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
#include "expr/tape.h"
#include "expr/trial.h"

/* What is larger is not factored. */
enum { OPERATIONS_MAX = 200, STEPS = 100000 };

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

/* Does the curve go through the point?  Unknown: it comes very near. */
static gf_verdict is_on(const gf_local *local, gf_expr curve,
                        const gf_zero *zero)
{
    double scale = fmax(1, hypot(zero->at.x, zero->at.y));
    gf_expr e = at_zero(local, curve, zero);

    if (!(fabs(gf_expr_value(local->graph, e)) <= 1e-9 * scale))
        return GF_NO;
    return zero->exact[0] && zero->exact[1] ? gf_expr_is_zero(local->graph, e)
                                            : GF_UNKNOWN;
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

/* v over the product of the curves, as often as v has them. */
static gf_expr without(gf_graph *graph, gf_expr v, gf_expr shared)
{
    gf_expr e = gf_factored(graph, gf_expr_quotient(graph, v, shared));

    return e ? gf_expr_simplify(graph, e) : v;
}

/* The factors of du + t dv without t divide both. */
static void find_common(gf_zeros *zeros, gf_local *local)
{
    gf_graph *graph = local->graph;
    gf_expr t = gf_expr_symbol(graph, "t#");
    gf_expr sum = gf_expr_sum(graph, local->velocity[0],
                              gf_expr_product(graph, t, local->velocity[1]));
    gf_expr e = gf_factored(graph, sum), shared;
    bool product = e && gf_op_of(graph, e) == GF_OP_MUL;

    shared = gf_expr_rational(graph, 1, 1);
    for (size_t i = 0; e && i < (product ? gf_arg_count(graph, e) : 1); i++) {
        gf_expr f = product ? gf_arg(graph, e, i) : e, base = f;
        if (gf_op_of(graph, f) == GF_OP_POW) {
            if (!gf_is_number(graph, gf_arg(graph, f, 1)) ||
                gf_number_sign(graph, gf_arg(graph, f, 1)) < 0)
                continue;
            base = gf_arg(graph, f, 0);
        }
        if (gf_expr_depends(graph, base, t) ||
            (!gf_expr_depends(graph, base, local->axis[0]) &&
             !gf_expr_depends(graph, base, local->axis[1])))
            continue;
        add_curve(zeros, base, false);
        shared = gf_expr_product(graph, shared, f);
    }
    for (int i = 0; i < 2 && gf_is_symbolic(graph, shared); i++)
        local->velocity[i] = without(graph, local->velocity[i], shared);
}

gf_status gf_zeros_common(gf_zeros *zeros, gf_local *local, gf_error *error)
{
    gf_local before = *local;
    gf_trial trial;
    gf_tape *tape;
    bool small;
    gf_status status = gf_tape_new(&tape, local->graph, local->velocity, 2,
                                   local->axis, 2, error);

    if (status)
        return status;
    small = tape->count <= OPERATIONS_MAX;
    gf_tape_free(tape);
    if (!small)
        return GF_OK;
    trial = gf_trial_begin(local->graph, STEPS);
    find_common(zeros, local);
    if (!gf_trial_end(&trial)) {
        *local = before;
        zeros->curve_count = 0;
    }
    return GF_OK;
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

static bool is_near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(1, fabs(a));
}

/* Are two zeros one?  Names tell, where there are any. */
static gf_verdict is_same(gf_graph *graph, const gf_zero *a, const gf_zero *b)
{
    gf_verdict same = GF_YES;

    if (!is_near(a->at.x, b->at.x) || !is_near(a->at.y, b->at.y))
        return GF_NO;
    for (int i = 0; i < 2; i++) {
        gf_verdict equal = GF_UNKNOWN;
        if (a->exact[i] && b->exact[i])
            equal = gf_expr_is_zero(
                graph, gf_expr_difference(graph, a->exact[i], b->exact[i]));
        if (equal == GF_NO)
            return GF_NO;
        same = equal == GF_YES ? same : GF_UNKNOWN;
    }
    return same;
}

/* Already listed? */
static bool is_there(gf_zeros *zeros, const gf_zero *zero)
{
    for (size_t i = 0; i < zeros->count; i++) {
        gf_zero *item = &zeros->item[i];
        gf_verdict same = is_same(zeros->local->graph, item, zero);
        if (item->line || same == GF_NO)
            continue;
        if (zero->proof && zero->proof == item->proof && same != GF_YES)
            zeros->blurred = true;
        if (zero->proof)
            item->proof = zero->proof;
        return true;
    }
    return false;
}

gf_status gf_zeros_add(gf_zeros *zeros, const gf_zero *zero, gf_error *error)
{
    gf_zero line = *zero;
    size_t on = zeros->curve_count;

    if (is_there(zeros, zero))
        return GF_OK;
    for (size_t i = 0; i < zeros->curve_count; i++) {
        gf_verdict near = is_on(zeros->local, zeros->curve[i], zero);
        if (near == GF_NO)
            continue;
        if (zero->proof && near == GF_UNKNOWN)
            zeros->blurred = true;
        if (zeros->shown[i])
            return GF_OK;
        on = i;
    }
    if (on == zeros->curve_count)
        return append(zeros, zero, error);
    zeros->shown[on] = true;
    line.line = true;
    line.along = direction(zeros->local, zeros->curve[on], zero);
    return append(zeros, &line, error);
}

gf_status gf_zeros_add_line(gf_zeros *zeros, const gf_zero two[2],
                            gf_expr curve, gf_error *error)
{
    gf_zero line = two[0];
    bool is_listed = false;
    size_t kept = 0;

    /* the same line under another factor */
    for (size_t i = 0; i < zeros->curve_count; i++)
        if (is_on(zeros->local, zeros->curve[i], &two[0]) != GF_NO &&
            is_on(zeros->local, zeros->curve[i], &two[1]) != GF_NO) {
            is_listed = is_listed || zeros->shown[i];
            zeros->shown[i] = true;
        }
    add_curve(zeros, curve, true);
    for (size_t i = 0; i < zeros->count; i++)
        if (zeros->item[i].line ||
            is_on(zeros->local, curve, &zeros->item[i]) == GF_NO)
            zeros->item[kept++] = zeros->item[i];
    zeros->count = kept;
    if (is_listed)
        return GF_OK;
    line.line = true;
    line.along = direction(zeros->local, curve, &line);
    return append(zeros, &line, error);
}

/* --- a point on a line ------------------------------------------------- */

/* A point of the i-th curve whose coordinate k is `at`. */
static gf_status look_along(gf_zeros *zeros, size_t i, int k, gf_expr at,
                            const gf_range domain[2], gf_budget *budget,
                            gf_error *error)
{
    const gf_local *local = zeros->local;
    gf_graph *graph = local->graph;
    gf_expr h = gf_expr_substitute(graph, zeros->curve[i], local->axis[k], at);
    double value = gf_expr_value(graph, at);
    gf_zero zero = {.line = true};
    gf_chart chart;
    gf_status status;

    gf_chart_init(&chart);
    status =
        gf_chart_make(&chart, graph, h, local->axis[1 - k], domain[1 - k].lo,
                      domain[1 - k].hi, NULL, 0, budget, error);
    for (size_t r = 0; r < chart.count && status == GF_OK; r++) {
        const gf_root *root = &chart.cell[r].root;
        if (!chart.cell[r].is_root || zeros->shown[i])
            continue;
        zero.exact[k] = at;
        zero.exact[1 - k] = root->exact;
        zero.at = k == 0 ? (gf_vec2){value, root->value}
                         : (gf_vec2){root->value, value};
        zero.along = direction(local, zeros->curve[i], &zero);
        zeros->shown[i] = true;
        status = append(zeros, &zero, error);
    }
    gf_chart_clear(&chart);
    return status;
}

gf_status gf_zeros_show(gf_zeros *zeros, const gf_range domain[2],
                        gf_budget *budget, gf_error *error)
{
    static const long place[] = {0, 1, -1, 2, -2};
    const gf_local *local = zeros->local;
    gf_status status = GF_OK;

    for (size_t i = 0; i < zeros->curve_count && status == GF_OK; i++) {
        gf_interval range;
        status = gf_over_domain(&range, local, domain, zeros->curve[i], error);
        if (status || (range.defined && !gf_interval_has_zero(range)))
            continue; /* it vanishes nowhere */
        for (size_t n = 0; n < 2 * sizeof place / sizeof *place; n++)
            if (status == GF_OK && !zeros->shown[i] &&
                gf_range_has(domain[n % 2], (double)place[n / 2]))
                status =
                    look_along(zeros, i, (int)(n % 2),
                               gf_expr_rational(local->graph, place[n / 2], 1),
                               domain, budget, error);
        zeros->lost_curve = zeros->lost_curve || !zeros->shown[i];
    }
    return status;
}
