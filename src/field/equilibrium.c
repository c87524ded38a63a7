/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * D0: the roots of f1' + f2' on the domain, piece by smooth piece, proved by a
 * sign chart; where they leave a choice, the gauge makes it.
 */
#include "field/equilibrium.h"

#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "expr/pieces.h"

enum { BOXES = 4000, ROOTS_MAX = 64 };

typedef struct search {
    gf_field *field;
    gf_pieces pieces;
    gf_root root[ROOTS_MAX];
    size_t count;
    bool complete;
    size_t zero_pieces;
    gf_error *error;
} search;

/* f1' + f2' on one piece. */
static gf_expr balance(const gf_field *field, const gf_piece *piece)
{
    gf_graph *graph = field->graph;

    return gf_expr_simplify(
        graph,
        gf_expr_sum(graph, gf_expr_derive(graph, piece->e[0], field->axis[0]),
                    gf_expr_derive(graph, piece->e[1], field->axis[0])));
}

static gf_status search_piece(search *s, const gf_piece *piece)
{
    gf_field *field = s->field;
    gf_equilibrium *eq = &field->equilibrium;
    gf_chart chart;
    gf_status status;

    gf_chart_init(&chart);
    status = gf_chart_make(&chart, field->graph, balance(field, piece),
                           field->axis[0], piece->lo, piece->hi, NULL, 0, BOXES,
                           s->error);
    if (status == GF_OK && chart.zero) {
        s->zero_pieces++;
        if (!eq->has_interval)
            eq->interval = (gf_range){piece->lo, piece->hi,
                                      piece->lo_exact != GF_EXPR_NONE,
                                      piece->hi_exact != GF_EXPR_NONE};
        eq->has_interval = true;
    }
    s->complete = s->complete && chart.complete;
    for (size_t i = 0; i < chart.count; i++) {
        if (!chart.cell[i].is_root)
            continue;
        if (s->count < ROOTS_MAX)
            s->root[s->count++] = chart.cell[i].root;
        else
            s->complete = false;
    }
    gf_chart_clear(&chart);
    return status;
}

static gf_status find_roots(search *s)
{
    gf_field *field = s->field;
    gf_equilibrium *eq = &field->equilibrium;
    gf_expr f[GF_PIECE_EXPRS];
    gf_status status;

    for (size_t i = 0; i < GF_PIECE_EXPRS; i++)
        f[i] = gf_field_bind(field, field->f[i]);
    status = gf_pieces_make(&s->pieces, field->graph, f, field->axis[0],
                            field->domain[0].lo, field->domain[0].hi, BOXES,
                            s->error);
    s->complete = s->pieces.complete;
    for (size_t i = 0; i < s->pieces.count && status == GF_OK; i++)
        status = search_piece(s, &s->pieces.item[i]);
    if (status)
        return status;
    eq->arbitrary = s->zero_pieces && s->zero_pieces == s->pieces.count &&
                    s->pieces.complete;
    eq->unique = eq->has_interval || s->count > 1 ? GF_NO
                 : s->count == 1 && s->complete   ? GF_YES
                                                  : GF_UNKNOWN;
    eq->value = malloc((s->count ? s->count : 1) * sizeof *eq->value);
    if (!eq->value)
        return gf_error_set(s->error, GF_MEMORY, "out of memory");
    eq->count = s->count;
    for (size_t i = 0; i < s->count; i++)
        eq->value[i] = s->root[i].value;
    return GF_OK;
}

/* --- messages ---------------------------------------------------------- */

static void describe_range(gf_text *text, gf_range range)
{
    gf_text_add_char(text, range.lo_closed ? '[' : '(');
    gf_text_add_number(text, range.lo);
    gf_text_add(text, ", ");
    gf_text_add_number(text, range.hi);
    gf_text_add_char(text, range.hi_closed ? ']' : ')');
}

static void describe_choices(gf_text *text, const search *s)
{
    const gf_field *field = s->field;
    const gf_equilibrium *eq = &field->equilibrium;

    if (eq->arbitrary) {
        gf_text_add(text, "f1' + f2' is zero for every D");
        return;
    }
    gf_text_add(text, "f1' + f2' is zero ");
    for (size_t i = 0; i < eq->count; i++) {
        gf_text_add(text, i == 0 ? "at D = " : ", ");
        gf_text_add_number(text, gf_field_d(field, eq->value[i]));
    }
    if (eq->has_interval) {
        gf_range r = eq->interval;
        r.lo = gf_field_d(field, r.lo);
        r.hi = gf_field_d(field, r.hi);
        gf_text_add(text, eq->count ? " and on " : "on ");
        describe_range(text, r);
    }
}

static gf_status need_gauge(const search *s)
{
    const gf_equilibrium *eq = &s->field->equilibrium;
    gf_text text;
    gf_status status;

    gf_text_init(&text);
    if (!eq->has_interval && eq->count == 0) {
        gf_text_add(&text, s->complete
                               ? "no D0: f1' + f2' has no root in "
                               : "no D0 found: f1' + f2' has no root that "
                                 "could be proved in ");
        describe_range(&text, s->field->d_domain);
        gf_text_add(&text, s->complete ? "; check the signs of f1 and f2"
                                       : "; give it with --gauge VALUE");
    } else {
        double example = eq->count ? eq->value[0]
                         : isfinite(eq->interval.lo + eq->interval.hi)
                             ? eq->interval.lo / 2 + eq->interval.hi / 2
                             : 0;
        gf_text_add(&text, "D0 is not unique: ");
        describe_choices(&text, s);
        gf_text_add(&text, "; choose one, for instance --gauge ");
        gf_text_add_number(&text, gf_field_d(s->field, example));
    }
    status = gf_error_set(s->error, GF_DOMAIN, "%s", gf_text_string(&text));
    gf_text_clear(&text);
    return status;
}

static gf_status bad_gauge(const search *s, double gauge, double value)
{
    gf_text text;
    gf_status status;

    gf_text_init(&text);
    gf_text_add(&text, "gauge D0 = ");
    gf_text_add_number(&text, gauge);
    gf_text_add(&text, " is no root of f1' + f2'");
    if (isfinite(value)) {
        gf_text_add(&text, " (it is ");
        gf_text_add_number(&text, value);
        gf_text_add(&text, " there)");
    }
    if (s->count || s->field->equilibrium.has_interval) {
        gf_text_add(&text, "; ");
        describe_choices(&text, s);
    }
    status = gf_error_set(s->error, GF_DOMAIN, "%s", gf_text_string(&text));
    gf_text_clear(&text);
    return status;
}

/* --- the gauge --------------------------------------------------------- */

/* The coordinate of the gauge: itself, or the root of link(u) = gauge. */
static gf_status gauge_root(gf_root *root, const search *s)
{
    const gf_field *field = s->field;
    gf_graph *graph = field->graph;
    gf_expr gauge = gf_field_bind(field, field->gauge), link;
    gf_chart chart;
    gf_status status;
    bool found = false;

    if (!field->link) {
        *root = gf_root_of_exact(graph, gauge, 1);
        if (gf_range_has(field->domain[0], root->value))
            return GF_OK;
        return gf_error_set(s->error, GF_DOMAIN,
                            "gauge D0 = %.17g is outside the domain of D",
                            root->value);
    }
    link = gf_expr_difference(graph, gf_field_bind(field, field->link), gauge);
    gf_chart_init(&chart);
    status =
        gf_chart_make(&chart, graph, link, field->axis[0], field->domain[0].lo,
                      field->domain[0].hi, NULL, 0, BOXES, s->error);
    for (size_t i = 0; i < chart.count && status == GF_OK && !found; i++) {
        found = chart.cell[i].is_root;
        if (found)
            *root = chart.cell[i].root;
    }
    gf_chart_clear(&chart);
    if (status == GF_OK && !found)
        status = gf_error_set(
            s->error, GF_DOMAIN,
            "gauge D0 = %.17g is no value of the link on the domain",
            gf_expr_value(graph, gauge));
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
    e = gf_expr_substitute(graph, e, s->field->axis[0], at);
    *value = gf_expr_value(graph, e);
    return gauge->exact ? gf_expr_is_zero(graph, e) : GF_UNKNOWN;
}

static gf_status choose_gauge(gf_root *chosen, search *s)
{
    gf_root gauge = {.exact = GF_EXPR_NONE};
    double value = NAN;
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
    }
    return bad_gauge(s, gf_field_d(s->field, gauge.value), value);
}

gf_status gf_equilibrium_find(gf_field *field, gf_error *error)
{
    search s = {.field = field, .error = error};
    gf_equilibrium *eq = &field->equilibrium;
    gf_root chosen = {.exact = GF_EXPR_NONE};
    gf_status status;

    gf_pieces_init(&s.pieces);
    status = find_roots(&s);
    if (status == GF_OK && field->has_gauge)
        status = choose_gauge(&chosen, &s);
    else if (status == GF_OK && s.count == 1 && !eq->has_interval)
        chosen = s.root[0];
    else if (status == GF_OK)
        status = need_gauge(&s);
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
