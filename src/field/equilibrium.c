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

#include "base/text.h"
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
    if (status == GF_OK) {
        double step = 1e-6 * fmax(1, fabs(to->value));
        *reached = gf_polish(to, &f, to->value - step, to->value + step);
    }
    gf_smooth_clear(&f);
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
    for (size_t i = 0; i < chart.count; i++) {
        gf_root there;
        bool reached = true;
        if (!chart.cell[i].is_root)
            continue;
        if (s->field->link && status == GF_OK)
            status = carry_over(&there, &reached, s, &chart.cell[i].root);
        if (!reached) {
            s->missed = chart.cell[i].root.value;
            continue;
        }
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
        f[i] = gf_field_bind(field, field->f_of_d[i]);
    status = gf_pieces_make(&s->pieces, field->graph, f, field->d_symbol,
                            field->d_domain.lo, field->d_domain.hi, &s->budget,
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
    /* one more for a root that only the gauge leads to */
    eq->value = malloc((s->count + 1) * sizeof *eq->value);
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
    const gf_equilibrium *eq = &s->field->equilibrium;

    if (eq->arbitrary) {
        gf_text_add(text, "f1' + f2' is zero for every D");
        return;
    }
    gf_text_add(text, "f1' + f2' is zero ");
    for (size_t i = 0; i < eq->count; i++) {
        gf_text_add(text, i == 0 ? "at D = " : ", ");
        gf_text_add_number(text, eq->value[i]);
    }
    if (eq->has_interval) {
        gf_text_add(text, eq->count ? " and on " : "on ");
        describe_range(text, eq->interval);
    }
}

static gf_status need_gauge(const search *s)
{
    const gf_equilibrium *eq = &s->field->equilibrium;
    gf_text text;
    gf_status status;

    gf_text_init(&text);
    if (!eq->has_interval && eq->count == 0 && !isnan(s->missed)) {
        gf_text_add(&text, "no D0: f1' + f2' is zero at D = ");
        gf_text_add_number(&text, s->missed);
        gf_text_add(&text, ", which the link does not reach");
    } else if (!eq->has_interval && eq->count == 0) {
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
        gf_text_add_number(&text, example);
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
    return bad_gauge(s, gauge.value, value);
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
        status = need_gauge(&s);
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
