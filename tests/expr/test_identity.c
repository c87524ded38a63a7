/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/expr.h>

#include "expr/random_expr.h"
#include "expr/sheet.h"
#include "harness.h"

#include <stdio.h>
#include <string.h>

START_TEST(test_identities_are_proved)
{
    static const char *const zeros[] = {
        "x - x",
        "(x + y)^2 - x^2 - 2*x*y - y^2",
        "1/x - 1/y - (y - x)/(x*y)",
        "x/(1 - x) - 1/(1 - x) + 1",
        "(x^3 - 1)/(x - 1) - x^2 - x - 1",
        "sigmoid(x) - 1/(1 + exp(-x))",
        "sigmoid(x) + sigmoid(-x) - 1",
        "sigmoid(x)*(1 - sigmoid(x)) - exp(x)/(1 + exp(x))^2",
        "tanh(x) - (exp(x) - exp(-x))/(exp(x) + exp(-x))",
        "tanh(x) - 2*sigmoid(2*x) + 1",
        "cosh(x)^2 - sinh(x)^2 - 1",
        "softplus(x) - softplus(-x) - x",
        "erf(x) + erfc(x) - 1",
        "logit(x) - log(x) + log(1 - x)",
        "exp(x + y) - exp(x)*exp(y)",
        "log(8) - 3*log(2)",
        "sqrt(2)*sqrt(8) - 4",
        "x*y/(x*z) - y/z",
    };
    sheet s;

    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
        sheet_init(&s);
        gf_verdict v = gf_expr_is_zero(s.graph, sheet_read(&s, zeros[i]));
        ck_assert_msg(v == GF_YES, "%s: %d", zeros[i], (int)v);
        sheet_clear(&s);
    }
}
END_TEST

START_TEST(test_differences_are_seen)
{
    static const char *const others[] = {
        "1",           "x",          "x - y",
        "log(x)",      "abs(x) - x", "exp(x) - 1 - x",
        "1e-30*x",     "x - sin(x)", "sqrt(x) - x",
        "tanh(x) - x",
    };
    sheet s;

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        sheet_init(&s);
        gf_verdict v = gf_expr_is_zero(s.graph, sheet_read(&s, others[i]));
        ck_assert_msg(v == GF_NO, "%s: %d", others[i], (int)v);
        sheet_clear(&s);
    }
}
END_TEST

START_TEST(test_what_is_nowhere_defined_is_unknown)
{
    sheet s;

    sheet_init(&s);
    ck_assert_int_eq(gf_expr_is_zero(s.graph, sheet_read(&s, "log(-1)")),
                     GF_UNKNOWN);
    ck_assert_int_eq(gf_expr_is_zero(s.graph, sheet_read(&s, "1/0")),
                     GF_UNKNOWN);
    ck_assert_int_eq(gf_expr_is_zero(s.graph, GF_EXPR_NONE), GF_UNKNOWN);
    sheet_clear(&s);
}
END_TEST

/* The same function twice, the second time as its text says it in another
   graph: never "no". */
START_TEST(test_an_equal_is_never_refuted)
{
    uint64_t state = 18;
    int rounds = is_long_run() ? 20000 : 150, proved = 0;
    random_expr r;

    random_expr_init(&r);
    for (int round = 0; round < rounds; round++) {
        sheet s;
        sheet_init(&s);
        random_expr_write(&r, &state, 3);
        gf_expr e = sheet_read(&s, r.text);
        gf_expr f = gf_expand(s.graph, e);
        gf_verdict v =
            gf_expr_is_zero(s.graph, gf_expr_difference(s.graph, e, f));
        ck_assert_msg(v != GF_NO, "%s is not itself expanded", r.text);
        proved += v == GF_YES;
        sheet_clear(&s);
    }
    ck_assert_int_gt(proved, rounds / 2);
    random_expr_clear(&r);
}
END_TEST

/* "Yes" is right: the ball at a random point contains zero. */
START_TEST(test_a_proof_holds_at_random_points)
{
    uint64_t state = 19;
    random_expr r, q;
    arb_t value;

    random_expr_init(&r);
    random_expr_init(&q);
    arb_init(value);
    for (int round = 0; round < (is_long_run() ? 20000 : 150); round++) {
        char text[8100];
        sheet s;
        sheet_init(&s);
        random_expr_write(&r, &state, 2);
        random_expr_write(&q, &state, 2);
        snprintf(text, sizeof text, "(%s) - (%s)", r.text, q.text);
        gf_expr e = sheet_read(&s, text);
        gf_verdict v = gf_expr_is_zero(s.graph, e);
        sheet_ball(value, &s, e, r.at);
        if (arb_is_finite(value) && !arb_contains_zero(value))
            ck_assert_msg(v != GF_YES, "%s is not zero", text);
        sheet_clear(&s);
    }
    arb_clear(value);
    random_expr_clear(&r);
    random_expr_clear(&q);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "expr/identity", test_identities_are_proved, test_differences_are_seen,
        test_what_is_nowhere_defined_is_unknown, test_an_equal_is_never_refuted,
        test_a_proof_holds_at_random_points);
}
