/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/chart.h"

#include "expr/random_expr.h"
#include "expr/sheet.h"
#include "harness.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void chart_of(gf_chart *chart, sheet *s, const char *text, double lo,
                     double hi)
{
    gf_budget budget = gf_budget_make(0);
    gf_error error;

    gf_chart_init(chart);
    if (gf_chart_make(chart, s->graph, sheet_simple(s, text), s->x, lo, hi,
                      NULL, 0, &budget, &error))
        ck_abort_msg("%s: %s", text, error.message);
}

typedef struct known {
    const char *text;
    double lo, hi;
    size_t roots;
    double root[4];
    int order[4];
} known;

static const double inf = (double)INFINITY;

START_TEST(test_roots_are_found_with_their_orders)
{
    static const known rows[] = {
        {"x", -1, 1, 1, {0}, {1}},
        {"x^2 - 2",
         -(double)INFINITY,
         (double)INFINITY,
         2,
         {-M_SQRT2, M_SQRT2},
         {1, 1}},
        {"x^2", -1, 1, 1, {0}, {2}},
        {"x^2 + 1", -(double)INFINITY, (double)INFINITY, 0, {0}, {0}},
        {"(x - 1)^2*(x + 3)",
         -(double)INFINITY,
         (double)INFINITY,
         2,
         {-3, 1},
         {1, 2}},
        {"x*(x - 1)*(x - 2)*(x - 3)", -1, 4, 4, {0, 1, 2, 3}, {1, 1, 1, 1}},
        {"(x - 0.1)^3", -1, 1, 1, {0.1}, {3}},
        {"exp(x) - 2", -(double)INFINITY, (double)INFINITY, 1, {M_LN2}, {1}},
        {"log(x)", 0, (double)INFINITY, 1, {1}, {1}},
        {"1/x", 0, (double)INFINITY, 0, {0}, {0}},
        {"1/x - 1/(1 - x)", 0, 1, 1, {0.5}, {1}},
        {"sin(x)", 1, 7, 2, {M_PI, 2 * M_PI}, {1, 1}},
        {"exp(-x)", 0, (double)INFINITY, 0, {0}, {0}},
        {"x*exp(-x) - 0.1",
         0,
         (double)INFINITY,
         2,
         {0.11183255915896297, 3.5771520639572972},
         {1, 1}},
        {"(exp(x) - 1)^2", -(double)INFINITY, (double)INFINITY, 1, {0}, {2}},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t found = 0;
        gf_chart chart;
        sheet s;
        sheet_init(&s);
        chart_of(&chart, &s, rows[i].text, rows[i].lo, rows[i].hi);
        ck_assert_msg(chart.complete && !chart.zero, "%s is undecided",
                      rows[i].text);
        ck_assert_uint_eq(gf_chart_root_count(&chart), rows[i].roots);
        for (size_t k = 0; k < chart.count; k++) {
            const gf_root *root = &chart.cell[k].root;
            if (!chart.cell[k].is_root)
                continue;
            assert_close(root->value, rows[i].root[found], TOL1);
            ck_assert_int_eq(root->order, rows[i].order[found]);
            ck_assert(root->lo <= root->value && root->value <= root->hi);
            found++;
        }
        gf_chart_clear(&chart);
        sheet_clear(&s);
    }
}
END_TEST

START_TEST(test_signs_are_asked_over_stretches)
{
    gf_chart chart;
    sheet s;

    sheet_init(&s);
    chart_of(&chart, &s, "x*(x - 2)^2", -inf, inf);
    ck_assert_int_eq(gf_chart_sign(&chart, -5, -1), -1);
    ck_assert_int_eq(gf_chart_sign(&chart, 0, inf), 1);
    ck_assert_int_eq(gf_chart_sign(&chart, -1, 1), 0);
    gf_chart_clear(&chart);
    chart_of(&chart, &s, "x - x", 0, 1);
    ck_assert(chart.zero && chart.count == 0);
    gf_chart_clear(&chart);
    sheet_clear(&s);
}
END_TEST

/* A random text in x alone, and its value in balls. */
static gf_expr random_function(sheet *s, random_expr *r, uint64_t *state)
{
    gf_expr e;

    random_expr_write(r, state, 3);
    e = sheet_simple(s, r->text);
    e = gf_expr_substitute(s->graph, e, s->y, gf_expr_rational(s->graph, 2, 7));
    return gf_expr_substitute(s->graph, e, s->z,
                              gf_expr_rational(s->graph, -13, 10));
}

/* Every claim of a chart, at random points. */
static void check_claims(const gf_chart *chart, const sheet *s, gf_expr e,
                         const char *text, uint64_t *state)
{
    arb_t value;

    arb_init(value);
    for (size_t k = 0; k < chart->count; k++) {
        const gf_cell *cell = &chart->cell[k];
        double lo = fmax(cell->lo, -20), hi = fmin(cell->hi, 20);
        for (int i = 0; i < 5 && (cell->sign || cell->is_root); i++) {
            double at[3] = {cell->is_root ? cell->root.value
                                          : random_between(state, lo, hi),
                            0, 0};
            if (!cell->is_root && (at[0] <= cell->lo || at[0] >= cell->hi))
                continue;
            sheet_ball(value, s, e, at);
            if (arb_is_finite(value) && !cell->is_root)
                ck_assert_msg(cell->sign > 0 ? !arb_is_nonpositive(value)
                                             : !arb_is_nonnegative(value),
                              "%s at %a has not the sign %d", text, at[0],
                              cell->sign);
        }
    }
    arb_clear(value);
}

START_TEST(test_random_charts_tell_the_truth)
{
    static const double ends[][2] = {
        {0, 1}, {-2, 3}, {0, INFINITY}, {-INFINITY, INFINITY}};
    uint64_t state = 22;
    int rounds = is_long_run() ? 3000 : 60, complete = 0, charted = 0;
    random_expr r;

    random_expr_init(&r);
    for (int round = 0; round < rounds; round++) {
        const double *end = ends[round % 4];
        gf_budget budget = gf_budget_make(200);
        gf_chart chart;
        sheet s;
        sheet_init(&s);
        gf_expr e = random_function(&s, &r, &state);
        gf_chart_init(&chart);
        if (e && !gf_expr_has_kinks(s.graph, e, s.x) &&
            gf_chart_make(&chart, s.graph, e, s.x, end[0], end[1], NULL, 0,
                          &budget, NULL) == GF_OK) {
            charted++;
            complete += chart.complete;
            check_claims(&chart, &s, e, r.text, &state);
        }
        gf_chart_clear(&chart);
        sheet_clear(&s);
    }
    ck_assert_int_gt(charted, rounds / 3);
    ck_assert_int_gt(complete, 0);
    random_expr_clear(&r);
}
END_TEST

/* Products of (x - a)^m with rational a: all roots, all orders. */
START_TEST(test_random_polynomials_have_their_roots)
{
    uint64_t state = 23;

    for (int round = 0; round < (is_long_run() ? 500 : 30); round++) {
        int order[4] = {0};
        char text[300] = "1";
        size_t length = 1, distinct = 0;
        gf_chart chart;
        sheet s;
        for (int i = 0; i < 3; i++)
            order[random_bits(&state) % 4]++;
        for (int i = 0; i < 4; i++) {
            if (!order[i])
                continue;
            distinct++;
            length += (size_t)snprintf(text + length, sizeof text - length,
                                       "*(x - %d/7)^%d", 5 * i - 8, order[i]);
        }
        sheet_init(&s);
        chart_of(&chart, &s, text, -inf, inf);
        ck_assert_msg(chart.complete, "%s is undecided", text);
        ck_assert_uint_eq(gf_chart_root_count(&chart), distinct);
        for (size_t k = 0, i = 0; k < chart.count; k++) {
            if (!chart.cell[k].is_root)
                continue;
            while (!order[i])
                i++;
            assert_close(chart.cell[k].root.value, (5 * (double)i - 8) / 7,
                         TOL0);
            ck_assert_int_eq(chart.cell[k].root.order, order[i]);
            i++;
        }
        gf_chart_clear(&chart);
        sheet_clear(&s);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/chart", test_roots_are_found_with_their_orders,
                     test_signs_are_asked_over_stretches,
                     test_random_charts_tell_the_truth,
                     test_random_polynomials_have_their_roots);
}
