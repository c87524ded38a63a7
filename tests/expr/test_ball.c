/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/tape.h"

#include "expr/sheet.h"
#include "harness.h"

#include <math.h>

START_TEST(test_constants_have_their_nearest_doubles)
{
    static const struct {
        const char *text;
        double value;
    } rows[] = {
        {"1/3", 1.0 / 3},
        {"pi", M_PI},
        {"e", M_E},
        {"log(2)", M_LN2},
        {"sqrt(2)", M_SQRT2},
        {"1/sqrt(2*pi)", 0x1.9884533d43651p-2},
        {"exp(1)^2", 0x1.d8e64b8d4ddaep+2},
        {"pi - 355/113", -2.6676418906242231e-7},
        {"sin(pi)", 0},
        {"0^0.5", 0},
        {"max(2, 3) - min(2, 3)", 1},
        {"cbrt(-8)", -2},
        {"inf", INFINITY},
        {"-2*inf", -INFINITY},
        {"1/0", NAN},
        {"log(-1)", NAN},
        {"sqrt(-1)", NAN},
        {"sign(log(-1))", NAN},
        {"x", NAN},
        {"2*x", NAN},
    };
    sheet s;

    sheet_init(&s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double got = gf_expr_value(s.graph, sheet_read(&s, rows[i].text));
        /* a constant that is 0 only in the limit may keep a rest */
        ck_assert_msg(is_close(got, rows[i].value,
                               rows[i].value == 0 ? 1e-60 : DBL_EPSILON / 4),
                      "%s is %a, not %a", rows[i].text, got, rows[i].value);
    }
    sheet_clear(&s);
}
END_TEST

START_TEST(test_shared_constants_are_computed_once)
{
    sheet s;
    gf_expr e;

    sheet_init(&s);
    e = gf_expr_rational(s.graph, 1, 3);
    for (int i = 0; i < 90; i++)
        e = gf_expr_sum(s.graph, gf_expr_call(s.graph, "sin", e),
                        gf_expr_call(s.graph, "cos", e));
    assert_close(gf_expr_value(s.graph, e), 1.2587281774926764, 1e-12);
    sheet_clear(&s);
}
END_TEST

START_TEST(test_precision_is_what_was_asked_for)
{
    static const slong precisions[] = {30, 53, 100, 200, 250};
    sheet s;
    gf_tape *tape = NULL;
    gf_expr e;
    arb_struct in, out;

    sheet_init(&s);
    e = sheet_read(&s, "log(1 - x)*exp(x/3)*erfc(x) + pi*x^1.5 + gelu(x)");
    ck_assert_int_eq(gf_tape_new(&tape, s.graph, &e, 1, &s.x, 1, NULL), GF_OK);
    arb_init(&in);
    arb_init(&out);
    arb_set_d(&in, 0.375);
    for (size_t i = 0; i < sizeof precisions / sizeof *precisions; i++) {
        ck_assert_int_eq(gf_tape_ball(&out, tape, &in, precisions[i]), GF_OK);
        ck_assert_int_gt(arb_rel_accuracy_bits(&out), precisions[i] - 12);
    }
    arb_clear(&in);
    arb_clear(&out);
    gf_tape_free(tape);
    sheet_clear(&s);
}
END_TEST

/* A ball of inputs gives a ball round all the values. */
START_TEST(test_wide_balls_enclose)
{
    static const char *const texts[] = {
        "x^3 - x", "sigmoid(x)*exp(-x)", "softplus(x)", "log(1 - x/4)",
        "cbrt(x)", "abs(x - 0.1)",       "step(x)",     "max(x, x^2)"};
    uint64_t state = 15;
    sheet s;

    sheet_init(&s);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        gf_tape *tape = NULL;
        gf_expr e = sheet_read(&s, texts[i]);
        arb_struct in, box, out;
        ck_assert_int_eq(gf_tape_new(&tape, s.graph, &e, 1, &s.x, 1, NULL),
                         GF_OK);
        arb_init(&in);
        arb_init(&box);
        arb_init(&out);
        for (int k = 0; k < 200; k++) {
            double middle = random_between(&state, -1, 1);
            double radius = random_between(&state, 0, 0.5);
            arb_set_d(&in, middle);
            mag_set_d(arb_radref(&in), radius);
            ck_assert_int_eq(gf_tape_ball(&box, tape, &in, 80), GF_OK);
            arb_set_d(&in, random_between(&state, middle - 0.99 * radius,
                                          middle + 0.99 * radius));
            ck_assert_int_eq(gf_tape_ball(&out, tape, &in, 80), GF_OK);
            ck_assert_msg(!arb_is_finite(&box) || arb_overlaps(&box, &out),
                          "%s", texts[i]);
        }
        arb_clear(&in);
        arb_clear(&box);
        arb_clear(&out);
        gf_tape_free(tape);
    }
    sheet_clear(&s);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/ball", test_constants_have_their_nearest_doubles,
                     test_shared_constants_are_computed_once,
                     test_precision_is_what_was_asked_for,
                     test_wide_balls_enclose);
}
