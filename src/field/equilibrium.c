/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * D0: the roots of f1' + f2' on the domain of D, piece by smooth piece, proved
 * by a sign chart; where they leave a choice, the gauge makes it.  With a link
 * D0 is carried over to the coordinate at the end: the link is monotone, so
 * there is one u, and roots that it does not reach are none.
 */
#include "field/equilibrium.h"

#include <math.h>
#include <stdlib.h>

#include "expr/pieces.h"
#include "expr/polish.h"

enum { ROOTS_MAX = 64 };

typedef struct search {
    gf_field *field;
    gf_pieces pieces;
    gf_root root[ROOTS_MAX];
    size_t count;
    bool complete;
    size_t zero_pieces;
    double missed; /* a root that the link does not reach, or NaN */
    gf_budget budget;
    gf_error *error;
} search;

/* f1' + f2' on one piece, in D. */
static gf_expr balance(const gf_field *field, const gf_piece *piece)
{
    gf_graph *graph = field->graph;
    gf_expr d = field->d_symbol;

    return gf_expr_simplify(
        graph, gf_expr_sum(graph, gf_expr_derive(graph, piece->e[0], d),
                           gf_expr_derive(graph, piece->e[1], d)));
}

/* The u of a D: the root of link(u) - D.  A D that has no exact name is known
   only between two doubles, and u then as the root of f1' + f2' itself. */
static gf_status carry_over(gf_root *to, bool *reached, search *s,
                            const gf_root *from)
{
    const gf_field *field = s->field;
    gf_graph *graph = field->graph;
    gf_expr d = from->exact ? from->exact : gf_expr_number(graph, from->value);
    gf_expr u = field->axis[0];
    gf_expr h = gf_expr_difference(graph, gf_field_bind(field, field->link), d);
    gf_chart chart;
    gf_smooth f;
    gf_status status;

    *reached = false;
    gf_chart_init(&chart);
    status = gf_chart_make(&chart, graph, h, u, field->domain[0].lo,
                           field->domain[0].hi, NULL, 0, &s->budget, s->error);
    for (size_t i = 0; i < chart.count && !*reached; i++) {
        *reached = chart.cell[i].is_root;
        if (*reached)
            *to = chart.cell[i].root;
    }
    gf_chart_clear(&chart);
    if (status || !*reached || from->exact)
        return status;
    h = gf_expr_sum(
        graph, gf_expr_derive(graph, gf_field_bind(field, field->f[0]), u),
        gf_expr_derive(graph, gf_field_bind(field, field->f[1]), u));
    status = gf_smooth_init(&f, graph, h, u, s->error);
    *reached = false;
    for (double step = 1e-13; status == GF_OK && !*reached && step < 1e-2;
         step *= 10) {
        double near = step * fmax(1, fabs(to->value));
        *reached = gf_polish(to, &f, to->value - near, to->value + near);
    }
    gf_smooth_clear(&f);
    return status;
}

static gf_status add_root(search *s, const gf_root *root)
{
    gf_root there;
    bool reached = true;
    gf_status status = GF_OK;

    if (s->field->link)
        status = carry_over(&there, &reached, s, root);
    if (!reached)
        s->missed = root->value;
    else if (s->count < ROOTS_MAX)
        s->root[s->count++] = *root;
    else
        s->complete = false;
    return status;
}

static gf_status search_piece(search *s, const gf_piece *piece)
{
    gf_field *field = s->field;
    gf_equilibrium *eq = &field->equilibrium;
    gf_chart chart;
    gf_status status;

    gf_chart_init(&chart);
    status = gf_chart_make(&chart, field->graph, balance(field, piece),
                           field->d_symbol, piece->lo, piece->hi, NULL, 0,
                           &s->budget, s->error);
    if (status == GF_OK && chart.zero) {
        s->zero_pieces++;
        if (!eq->has_interval)
            eq->interval = (gf_range){piece->lo, piece->hi,
                                      piece->lo_exact != GF_EXPR_NONE,
                                      piece->hi_exact != GF_EXPR_NONE};
        eq->has_interval = true;
    }
    s->complete = s->complete && chart.complete;
    for (size_t i = 0; i < chart.count && status == GF_OK; i++)
        if (chart.cell[i].is_root)
            status = add_root(s, &chart.cell[i].root);
    gf_chart_clear(&chart);
    return status;
}

/* The sign of f1' + f2' on one side of a kink; 2 if it is not known. */
static int side_sign(const search *s, const gf_piece *piece, gf_expr at)
{
    gf_graph *graph = s->field->graph;
    gf_expr e = gf_expr_substitute(graph, balance(s->field, piece),
                                   s->field->d_symbol, at);
    double value = gf_expr_value(graph, e);

    if (gf_expr_is_zero(graph, e) == GF_YES)
        return 0;
    return fabs(value) > 1e-30 ? (value > 0) - (value < 0) : 2;
}

/* Is there no root in the gap that the enclosure of the kink leaves to the
   right of `left`, seen from one side? */
static bool is_clear(search *s, const gf_piece *side, const gf_piece *left)
{
    gf_interval gap, y;
    gf_smooth f;
    bool clear;

    if (left->hi == (left + 1)->lo)
        return true;
    if (gf_smooth_init(&f, s->field->graph, balance(s->field, side),
                       s->field->d_symbol, NULL) != GF_OK)
        return false;
    clear = gf_smooth_is_zero(&f, 0, GF_EXPR_NONE) == GF_YES;
    gap = gf_interval_make(left->hi, (left + 1)->lo, false);
    y = gf_smooth_at(&f, gap, 0);
    clear = clear || (y.defined && !gf_interval_has_zero(y));
    gf_smooth_clear(&f);
    return clear;
}

/* The kink at the right end of a piece: f1' + f2' may vanish there from both
   sides, or fall through zero in a jump, so that the critic comes to it. */
static gf_status search_kink(search *s, const gf_piece *left)
{
    gf_expr at = left->hi_exact;
    int below = at ? side_sign(s, left, at) : 2;
    int above = at ? side_sign(s, left + 1, at) : 2;
    bool is_root = (below == 0 && above == 0) || (below == 1 && above == -1);
    gf_root root;

    if (below == 2 || above == 2 || !is_clear(s, left, left) ||
        !is_clear(s, left + 1, left))
        s->complete = false;
    if (!is_root)
        return GF_OK;
    root = gf_root_of_exact(s->field->graph, at, 1);
    return add_root(s, &root);
}

/* An end that belongs to the domain. */
static gf_status search_end(search *s, const gf_piece *piece, double end)
{
    gf_expr at = gf_expr_number(s->field->graph, end);
    int sign = side_sign(s, piece, at);
    gf_root root;

    if (sign == 2)
        s->complete = false;
    if (sign ||
        gf_expr_is_zero(s->field->graph, balance(s->field, piece)) == GF_YES)
        return GF_OK;
    root = gf_root_of_exact(s->field->graph, at, 1);
    return add_root(s, &root);
}

static gf_status find_roots(search *s)
{
    gf_field *field = s->field;
    gf_equilibrium *eq = &field->equilibrium;
    gf_expr f[GF_PIECE_EXPRS];
    gf_status status;

    for (size_t i = 0; i < 2; i++)
        f[i] = gf_field_bind(field, field->f_of_d[i]);
    f[2] = gf_expr_rational(field->graph, 0, 1); /* f3 has no part in D0 */
    status = gf_pieces_make(&s->pieces, field->graph, f, field->d_symbol,
                            field->d_domain.lo, field->d_domain.hi, &s->budget,
                            s->error);
    s->complete = s->pieces.complete;
    if (status == GF_OK && s->pieces.count && field->d_domain.lo_closed)
        status = search_end(s, s->pieces.item, field->d_domain.lo);
    for (size_t i = 0; i < s->pieces.count && status == GF_OK; i++) {
        status = search_piece(s, &s->pieces.item[i]);
        if (i + 1 < s->pieces.count && status == GF_OK)
            status = search_kink(s, &s->pieces.item[i]);
    }
    if (status == GF_OK && s->pieces.count && field->d_domain.hi_closed)
        status = search_end(s, &s->pieces.item[s->pieces.count - 1],
                            field->d_domain.hi);
    if (status)
        return status;
    eq->arbitrary = s->zero_pieces && s->zero_pieces == s->pieces.count &&
                    s->pieces.complete;
    eq->unique = eq->has_interval || s->count > 1 ? GF_NO
                 : s->count == 1 && s->complete   ? GF_YES
                                                  : GF_UNKNOWN;
    /* one more for a root that only the gauge leads to */
    eq->value = malloc((s->count + 1) * sizeof *eq->value);
    if (!eq->value)
        return gf_error_set(s->error, GF_MEMORY, "out of memory");
    eq->count = s->count;
    for (size_t i = 0; i < s->count; i++)
        eq->value[i] = s->root[i].value;
    return GF_OK;
}

/* --- the gauge --------------------------------------------------------- */

static gf_status gauge_root(gf_root *root, search *s)
{
    const gf_field *field = s->field;
    gf_expr gauge = gf_field_bind(field, field->gauge);
    bool inside, reached = true;
    gf_status status = GF_OK;
    gf_root there;

    *root = gf_root_of_exact(field->graph, gauge, 1);
    inside = gf_range_has(field->d_domain, root->value);
    if (inside && field->link)
        status = carry_over(&there, &reached, s, root);
    if (status == GF_OK && !(inside && reached))
        status = gf_error_set(s->error, GF_DOMAIN,
                              inside ? "gauge D0 = %.17g is no value of the "
                                       "link on the domain"
                                     : "gauge D0 = %.17g is outside the "
                                       "domain of D",
                              root->value);
    return status;
}

/* Is f1' + f2' zero at the gauge, seen from a piece that has it? */
static gf_verdict holds_on(const search *s, const gf_piece *piece,
                           const gf_root *gauge, double *value)
{
    gf_graph *graph = s->field->graph;
    gf_expr e = balance(s->field, piece), at;

    if (gf_expr_is_zero(graph, e) == GF_YES)
        return GF_YES;
    at = gauge->exact ? gauge->exact : gf_expr_number(graph, gauge->value);
    e = gf_expr_substitute(graph, e, s->field->d_symbol, at);
    *value = gf_expr_value(graph, e);
    return gauge->exact ? gf_expr_is_zero(graph, e) : GF_UNKNOWN;
}

static void add_value(gf_equilibrium *eq, double value)
{
    size_t i = eq->count++;

    for (; i > 0 && eq->value[i - 1] > value; i--)
        eq->value[i] = eq->value[i - 1];
    eq->value[i] = value;
}

/* A root that no name proves, right beside the gauge: enclosed by its sign
   change. */
static gf_status root_beside(gf_root *root, bool *found, const search *s,
                             const gf_piece *piece, double gauge)
{
    double step = 1e-9 * fmax(1e-3, fabs(gauge));
    gf_smooth f;
    gf_status status =
        gf_smooth_init(&f, s->field->graph, balance(s->field, piece),
                       s->field->d_symbol, s->error);

    *found = status == GF_OK &&
             gf_polish(root, &f, gauge - step, gauge + step) &&
             fabs(root->value - gauge) <= step;
    gf_smooth_clear(&f);
    return status;
}

static gf_status choose_gauge(gf_root *chosen, search *s)
{
    gf_root gauge = {.exact = GF_EXPR_NONE};
    double value = NAN;
    bool found = false;
    gf_status status = gauge_root(&gauge, s);

    if (status)
        return status;
    for (size_t i = 0; i < s->count; i++) {
        double scale = fmax(1e-3, fabs(s->root[i].value));
        if (fabs(s->root[i].value - gauge.value) <= 1e-9 * scale) {
            *chosen = s->root[i];
            return GF_OK;
        }
    }
    for (size_t i = 0; i < s->pieces.count; i++) {
        const gf_piece *piece = &s->pieces.item[i];
        if (gauge.value < piece->lo || gauge.value > piece->hi)
            continue;
        if (holds_on(s, piece, &gauge, &value) == GF_YES) {
            *chosen = gauge;
            return GF_OK;
        }
        status = root_beside(chosen, &found, s, piece, gauge.value);
        if (found)
            add_value(&s->field->equilibrium, chosen->value);
        if (status || found)
            return status;
    }
    return gf_equilibrium_refuse(s->field, gauge.value, value, s->error);
}

gf_status gf_equilibrium_find(gf_field *field, gf_error *error)
{
    search s = {.field = field,
                .missed = NAN,
                .budget = gf_budget_make(0),
                .error = error};
    gf_equilibrium *eq = &field->equilibrium;
    gf_root chosen = {.exact = GF_EXPR_NONE}, in_d;
    bool reached;
    gf_status status;

    gf_pieces_init(&s.pieces);
    status = find_roots(&s);
    if (status == GF_OK && field->has_gauge)
        status = choose_gauge(&chosen, &s);
    else if (status == GF_OK && s.count == 1 && !eq->has_interval)
        chosen = s.root[0];
    else if (status == GF_OK)
        status = gf_equilibrium_ask(field, s.complete, s.missed, error);
    in_d = chosen;
    if (status == GF_OK && field->link)
        status = carry_over(&chosen, &reached, &s, &in_d);
    if (status == GF_OK) {
        eq->chosen = eq->unique != GF_YES;
        eq->exact = chosen.exact;
        eq->d0 = chosen.value;
        eq->d0_lo = chosen.lo;
        eq->d0_hi = chosen.hi;
    }
    gf_pieces_clear(&s.pieces);
    if (status == GF_OK)
        status = gf_graph_check(field->graph, error);
    return status;
}
