/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/expr.h>

#include "expr/sheet.h"
#include "harness.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The slope of the antiderivative, at points on the side of `near`. */
static void check_slope(sheet *s, gf_expr e, const char *text, double near)
{
    gf_expr f = gf_expr_integrate(s->graph, e, s->x, near), slope;

    if (!f)
        ck_abort_msg("%s near %g has no antiderivative", text, near);
    slope = gf_expr_derive(s->graph, f, s->x);
    for (int i = 0; i < 20; i++) {
        double at[3] = {near * (1 + 0.005 * i), 0.7, 2.3};
        double got = sheet_at(s, slope, at), want = sheet_at(s, e, at);
        double value = sheet_at(s, f, at);
        ck_assert_msg(isnan(want) ||
                          (is_close(got, want, TOL3) && isfinite(value)),
                      "%s at %g: slope %g, not %g", text, at[0], got, want);
    }
}

START_TEST(test_elementary_integrals_are_found)
{
    static const char *const texts[] = {
        "0",           "3",
        "x",           "x^2 - 4*x + 1",
        "y*x^3",       "1/x",
        "1/(1 - x)",   "1/(1 - x)^2",
        "2/(3*x + 1)", "sqrt(x)",
        "1/sqrt(x)",   "(2*x + 1)^1.5",
        "exp(x)",      "exp(-2*x)",
        "x*exp(x)",    "x^2*exp(-x)",
        "log(x)",      "log(1 - x)",
        "x*log(x)",    "x^2*log(2*x + 1)",
        "1 - log(x)",  "-log(1 - x) - log(2)",
        "x*(y - x)",   "exp(x/2) + x/2 - 1",
    };
    const double near[] = {0.3, 0.9, -0.3, 1.7};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t k = 0; k < sizeof near / sizeof *near; k++) {
            sheet s;
            double at[3] = {near[k], 0.7, 2.3};
            sheet_init(&s);
            gf_expr e = sheet_read(&s, texts[i]);
            if (isfinite(sheet_at(&s, e, at)))
                check_slope(&s, e, texts[i], near[k]);
            sheet_clear(&s);
        }
}
END_TEST

START_TEST(test_others_are_none_and_no_failure)
{
    static const char *const texts[] = {"exp(x^2)",      "1/log(x)",
                                        "sin(exp(x))",   "x^x",
                                        "sqrt(1 + x^3)", "gelu(x)"};
    sheet s;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        sheet_init(&s);
        ck_assert_uint_eq(
            gf_expr_integrate(s.graph, sheet_read(&s, texts[i]), s.x, 0.5),
            GF_EXPR_NONE);
        ck_assert_int_eq(gf_graph_check(s.graph, NULL), GF_OK);
        sheet_clear(&s);
    }
}
END_TEST

/* Random sums of a x^m exp(b x) (c x + d)^r and their like. */
START_TEST(test_random_sums_have_their_slopes_back)
{
    static const char *const shapes[] = {
        "%d*x^%d",         "%d*exp(%d*x/3)", "%d*x*exp(-%d*x)", "%d/(x + %d)",
        "%d*(x + %d)^1.5", "%d*log(x + %d)", "%d*x^2/(x + %d)",
    };
    uint64_t state = 21;
    int found = 0, rounds = is_long_run() ? 5000 : 40;

    for (int round = 0; round < rounds; round++) {
        char text[200] = "0";
        size_t length = 1;
        sheet s;
        for (int i = 0; i < 3; i++) {
            int a = (int)(random_bits(&state) % 9) - 4;
            int b = 1 + (int)(random_bits(&state) % 4);
            const char *shape = shapes[random_bits(&state) % 7];
            length +=
                (size_t)snprintf(text + length, sizeof text - length, " + ");
            length += (size_t)snprintf(text + length, sizeof text - length,
                                       shape, a, b);
        }
        sheet_init(&s);
        gf_expr e = sheet_read(&s, text);
        gf_expr f = gf_expr_integrate(s.graph, e, s.x, 0.5);
        if (f) {
            found++;
            check_slope(&s, e, text, 0.5);
        }
        sheet_clear(&s);
    }
    ck_assert_int_gt(found, rounds / 2);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/integrate", test_elementary_integrals_are_found,
                     test_others_are_none_and_no_failure,
                     test_random_sums_have_their_slopes_back);
}
