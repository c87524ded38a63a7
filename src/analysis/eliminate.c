/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Zeros of a planar field by elimination.  One velocity is a product; a factor
 * that is proved nonzero on the domain is dropped, and every other one must be
 * a function of one variable alone, or linear in one variable.  Each gives
 * that variable, and the other velocity becomes a function of one variable,
 * whose zeros a sign chart proves.
 */
#include <math.h>
#include <stdlib.h>

#include "analysis/planar.h"
#include "expr/ops.h"
#include "expr/rational.h"
#include "expr/tape.h"
#include "expr/trial.h"

enum { FACTORS_MAX = 16, STEPS = 300000 };

typedef struct elimination {
    gf_zeros *zeros;
    const gf_local *local;
    const gf_range *domain;
    gf_budget *budget;
    gf_error *error;
    int proof; /* number of this one */
    bool gave_up;
} elimination;

gf_status gf_over_domain(gf_interval *out, const gf_local *local,
                         const gf_range domain[2], gf_expr e, gf_error *error)
{
    gf_interval in[2], *work;
    gf_tape *tape;
    gf_status status =
        gf_tape_new(&tape, local->graph, &e, 1, local->axis, 2, error);

    *out = gf_interval_whole(false);
    if (status)
        return status;
    for (int i = 0; i < 2; i++) {
        in[i] = gf_interval_make(domain[i].lo, domain[i].hi, true);
        in[i].lo_open = !domain[i].lo_closed;
        in[i].hi_open = !domain[i].hi_closed;
    }
    work = malloc(gf_tape_slots(tape) * sizeof *work);
    if (work)
        gf_tape_interval(out, tape, in, work);
    else
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    free(work);
    gf_tape_free(tape);
    return status;
}

/* Too near to an end to tell which side it is on? */
static bool is_at_border(gf_range r, double x)
{
    double hair = 1e-9 * fmax(1, fabs(x));

    return fabs(x - r.lo) <= hair || fabs(x - r.hi) <= hair;
}

/* The point whose coordinate k is solution(y) at the other's root; false if it
   is outside the domain. */
static bool point_at(gf_zero *zero, elimination *el, int k, gf_expr solution,
                     const gf_root *root)
{
    gf_graph *graph = el->local->graph;
    gf_expr y = el->local->axis[1 - k];
    gf_expr at = root->exact ? root->exact : gf_expr_number(graph, root->value);
    double value;

    at = gf_expr_substitute(graph, solution, y, at);
    value = gf_expr_value(graph, at);
    *zero = (gf_zero){.proof = el->proof};
    zero->exact[k] = root->exact ? at : GF_EXPR_NONE;
    zero->exact[1 - k] = root->exact;
    zero->at =
        k == 0 ? (gf_vec2){value, root->value} : (gf_vec2){root->value, value};
    if (isnan(value) || (!root->exact && is_at_border(el->domain[k], value)))
        el->gave_up = true;
    return gf_range_has(el->domain[k], value);
}

/* Everywhere on (lo, hi) x_k = solution(y) is at rest. */
static gf_status add_line(elimination *el, int k, gf_expr solution, double lo,
                          double hi)
{
    gf_graph *graph = el->local->graph;
    double y = isfinite(lo) && isfinite(hi) ? lo / 2 + hi / 2
               : isfinite(lo)               ? lo + 1
               : isfinite(hi)               ? hi - 1
                                            : 0;
    double step = isfinite(lo) && isfinite(hi) ? (hi - lo) / 5 : 0.625;
    gf_root any[2] = {
        {.value = y, .exact = gf_expr_number(graph, y)},
        {.value = y + step, .exact = gf_expr_number(graph, y + step)}};
    gf_expr curve = gf_expr_simplify(
        graph, gf_expr_difference(graph, el->local->axis[k], solution));
    gf_zero two[2];

    if (!point_at(&two[0], el, k, solution, &any[0])) {
        el->gave_up = true;
        return GF_OK;
    }
    (void)point_at(&two[1], el, k, solution, &any[1]);
    return gf_zeros_add_line(el->zeros, two, curve, el->error);
}

/* h = 0 on (lo, hi) in y, where x_k = solution(y). */
static gf_status solve_other(elimination *el, int k, gf_expr solution,
                             gf_expr h, double lo, double hi)
{
    gf_graph *graph = el->local->graph;
    gf_chart chart;
    gf_status status;

    if (el->zeros->count >= GF_ZEROS_MAX) {
        el->gave_up = true;
        return GF_OK;
    }
    gf_chart_init(&chart);
    status = gf_chart_make(&chart, graph, h, el->local->axis[1 - k], lo, hi,
                           NULL, 0, el->budget, el->error);
    if (status == GF_OK && chart.zero)
        status = add_line(el, k, solution, lo, hi);
    el->gave_up = el->gave_up || !chart.complete;
    for (size_t i = 0; i < chart.count && status == GF_OK; i++) {
        gf_zero zero;
        if (chart.cell[i].is_root &&
            point_at(&zero, el, k, solution, &chart.cell[i].root))
            status = gf_zeros_add(el->zeros, &zero, el->error);
    }
    gf_chart_clear(&chart);
    return status;
}

/* The factor depends on x_k alone: its roots, one by one. */
static gf_status by_one_variable(elimination *el, gf_expr factor, gf_expr other,
                                 int k)
{
    gf_graph *graph = el->local->graph;
    gf_chart chart;
    gf_status status;

    gf_chart_init(&chart);
    status = gf_chart_make(&chart, graph, factor, el->local->axis[k],
                           el->domain[k].lo, el->domain[k].hi, NULL, 0,
                           el->budget, el->error);
    el->gave_up = el->gave_up || !chart.complete || chart.zero;
    for (size_t i = 0; i < chart.count && status == GF_OK; i++) {
        const gf_root *root = &chart.cell[i].root;
        gf_expr at;
        if (!chart.cell[i].is_root)
            continue;
        at = root->exact ? root->exact : gf_expr_number(graph, root->value);
        el->gave_up = el->gave_up || !root->exact;
        status = solve_other(
            el, k, at, gf_expr_substitute(graph, other, el->local->axis[k], at),
            el->domain[1 - k].lo, el->domain[1 - k].hi);
    }
    gf_chart_clear(&chart);
    return status;
}

/* The factor is A x_k + B with A, B functions of the other variable: on every
   stretch where A != 0, x_k = -B/A. */
static gf_status by_linear(elimination *el, gf_expr a, gf_expr b, gf_expr other,
                           int k)
{
    gf_graph *graph = el->local->graph;
    gf_expr y = el->local->axis[1 - k], h, solution;
    gf_chart chart;
    gf_status status;

    solution = gf_expr_simplify(
        graph, gf_expr_negative(graph, gf_expr_quotient(graph, b, a)));
    h = gf_expr_substitute(graph, other, el->local->axis[k], solution);
    gf_chart_init(&chart);
    status =
        gf_chart_make(&chart, graph, a, y, el->domain[1 - k].lo,
                      el->domain[1 - k].hi, NULL, 0, el->budget, el->error);
    el->gave_up = el->gave_up || !chart.complete || chart.zero;
    for (size_t i = 0; i < chart.count && status == GF_OK; i++) {
        const gf_cell *cell = &chart.cell[i];
        if (!cell->is_root) {
            status = solve_other(el, k, solution, h, cell->lo, cell->hi);
        } else {
            /* A = 0 there: no zero of the factor unless B = 0 too; next to
               it -B/A is large, and only a double leaves no gap */
            gf_expr at = cell->lo == cell->hi ? cell->root.exact : GF_EXPR_NONE;
            if (!at || abs(gf_sign_of(
                           graph, gf_expr_substitute(graph, b, y, at))) != 1)
                el->gave_up = true;
        }
    }
    gf_chart_clear(&chart);
    return status;
}

static gf_status solve_factor(elimination *el, gf_expr factor, gf_expr other)
{
    gf_graph *graph = el->local->graph;
    gf_expr zero = gf_expr_rational(graph, 0, 1);
    bool uses[2];

    for (int k = 0; k < 2; k++)
        uses[k] = gf_expr_depends(graph, factor, el->local->axis[k]);
    if (!uses[0] || !uses[1])
        return by_one_variable(el, factor, other, uses[0] ? 0 : 1);
    for (int k = 0; k < 2; k++) {
        gf_expr x = el->local->axis[k];
        gf_expr a = gf_expr_derive(graph, factor, x);
        if (!a || gf_expr_depends(graph, a, x) ||
            gf_expr_has_kinks(graph, factor, x))
            continue;
        return by_linear(el, a, gf_expr_substitute(graph, factor, x, zero),
                         other, k);
    }
    el->gave_up = true;
    return GF_OK;
}

/* Factors of e that may vanish. */
static gf_status factors_of(gf_expr *factor, size_t *count, elimination *el,
                            gf_expr e)
{
    gf_graph *graph = el->local->graph;
    gf_expr factored = gf_factored(graph, e);
    bool product;
    size_t n;

    if (factored)
        e = factored;
    product = gf_op_of(graph, e) == GF_OP_MUL;
    n = product ? gf_arg_count(graph, e) : 1;
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        gf_expr f = product ? gf_arg(graph, e, i) : e;
        gf_interval range;
        gf_status status;
        if (gf_op_of(graph, f) == GF_OP_POW &&
            gf_is_number(graph, gf_arg(graph, f, 1))) {
            if (gf_number_sign(graph, gf_arg(graph, f, 1)) < 0)
                continue; /* a pole is no zero */
            f = gf_arg(graph, f, 0);
        }
        status = gf_over_domain(&range, el->local, el->domain, f, el->error);
        if (status)
            return status;
        if (range.defined && !gf_interval_has_zero(range))
            continue;
        if (*count < FACTORS_MAX)
            factor[(*count)++] = f;
        else
            el->gave_up = true;
    }
    return GF_OK;
}

/* The charts leave out the ends of the domain: where one belongs to it, some
   velocity must be proved nonzero on it. */
static gf_status check_border(elimination *el, int k, double end)
{
    gf_graph *graph = el->local->graph;
    bool clear = false;

    for (int c = 0; c < 2 && !clear; c++) {
        gf_expr e =
            gf_expr_substitute(graph, el->local->velocity[c],
                               el->local->axis[k], gf_expr_number(graph, end));
        gf_interval range;
        gf_status status =
            gf_over_domain(&range, el->local, el->domain, e, el->error);
        if (status)
            return status;
        clear = range.defined && !gf_interval_has_zero(range);
    }
    el->gave_up = el->gave_up || !clear;
    return GF_OK;
}

static gf_status check_borders(elimination *el)
{
    gf_status status = GF_OK;

    for (int k = 0; k < 2; k++) {
        if (el->domain[k].lo_closed && status == GF_OK)
            status = check_border(el, k, el->domain[k].lo);
        if (el->domain[k].hi_closed && status == GF_OK)
            status = check_border(el, k, el->domain[k].hi);
    }
    return status;
}

/* One try: the factors of velocity c against the other one. */
static gf_status eliminate(elimination *el, int c)
{
    gf_expr factor[FACTORS_MAX];
    size_t count;
    gf_status status;

    el->gave_up = false;
    if (gf_expr_is_zero(el->local->graph, el->local->velocity[c]) == GF_YES) {
        el->gave_up = true; /* the other one alone decides */
        return GF_OK;
    }
    status = factors_of(factor, &count, el, el->local->velocity[c]);
    for (size_t i = 0; i < count && status == GF_OK && !el->gave_up; i++)
        status = solve_factor(el, factor[i], el->local->velocity[1 - c]);
    return status ? status : check_borders(el);
}

gf_status gf_zeros_eliminate(gf_zeros *zeros, const gf_local *local,
                             const gf_range domain[2], gf_budget *budget,
                             gf_error *error)
{
    gf_status status = GF_OK;

    zeros->complete = false;
    for (int c = 0; c < 2 && status == GF_OK && !zeros->complete; c++) {
        gf_trial trial = gf_trial_begin(local->graph, STEPS);
        elimination el = {zeros, local, domain, budget, error, c + 1, false};
        zeros->blurred = false;
        status = eliminate(&el, c);
        if (!gf_trial_end(&trial)) {
            el.gave_up = true;
            status = status == GF_LIMIT ? GF_OK : status;
        }
        zeros->complete = status == GF_OK && !el.gave_up && !zeros->blurred;
    }
    return status;
}
