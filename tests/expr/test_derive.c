/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/expr.h>

#include "expr/random_expr.h"
#include "expr/sheet.h"
#include "harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

START_TEST(test_what_a_person_would_write)
{
    static const struct {
        const char *text, *slope;
    } rows[] = {
        {"log(1 - x)", "-1/(1 - x)"},
        {"-log(1 - x)", "1/(1 - x)"},
        {"log(x)", "1/x"},
        {"-(x - y)^2/2", "y - x"},
        {"x^3", "3*x^2"},
        {"1/x", "-1/x^2"},
        {"sqrt(1 - x)", "-1/(2*sqrt(1 - x))"},
        {"x*exp(-x)", "exp(-x) - x*exp(-x)"},
        {"-x/(1 - x)", "-1/(1 - x)^2"},
        {"log(x/(1 - x))", "1/x + 1/(1 - x)"},
        {"log(2 - exp(x))", "-exp(x)/(2 - exp(x))"},
        {"-softplus(-x)", "sigmoid(-x)"},
        {"sigmoid(x)", "sigmoid(x)*sigmoid(-x)"},
        {"logit(x)", "1/(x*(1 - x))"},
        {"tanh(x)", "1 - tanh(x)^2"},
        {"exp(-x^2/2)/sqrt(2*pi)", "-x*exp(-x^2/2)/sqrt(2*pi)"},
        {"erf(x)", "2*exp(-x^2)/sqrt(pi)"},
        {"x^y", "x^(y - 1)*y"},
        {"y^x", "y^x*log(y)"},
        {"x^x", "x*x^(x - 1) + x^x*log(x)"},
        {"abs(x)", "sign(x)"},
        {"max(x, 0)", "step(x)"},
        {"min(0, x - 1)", "step(1 - x)"},
        {"max(x, x^2)", "2*x*step(x^2 - x) + step(x - x^2)"},
        {"sign(x) + step(x)", "0"},
        {"pi*e", "0"},
        {"y", "0"},
        {"x", "1"},
    };
    sheet s;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sheet_init(&s);
        gf_expr slope =
            gf_expr_derive(s.graph, sheet_read(&s, rows[i].text), s.x);
        ck_assert_msg(strcmp(sheet_text(&s, slope), rows[i].slope) == 0,
                      "(%s)' is %s, not %s", rows[i].text, s.text,
                      rows[i].slope);
        sheet_clear(&s);
    }
}
END_TEST

/* The sums f1' + f2' that decide D0. */
START_TEST(test_slopes_of_the_wasserstein_game_cancel)
{
    sheet s;
    gf_expr a, b;

    sheet_init(&s);
    a = gf_expr_derive(s.graph, s.x, s.x);
    b = gf_expr_derive(s.graph, sheet_read(&s, "-x"), s.x);
    a = gf_expr_simplify(s.graph, gf_expr_sum(s.graph, a, b));
    ck_assert_str_eq(sheet_text(&s, a), "0");
    sheet_clear(&s);
}
END_TEST

START_TEST(test_every_function_of_the_table_has_its_slope)
{
    static const char *const names[] = {
        "exp",  "log",  "cbrt",  "sin",      "cos",  "tan",   "asin",
        "acos", "atan", "sinh",  "cosh",     "tanh", "atanh", "sigmoid",
        "erf",  "erfc", "logit", "softplus", "gelu", "abs"};
    const double h = 0x1p-20;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sheet s;
        sheet_init(&s);
        gf_expr f = gf_expr_call(s.graph, names[i], s.x);
        gf_expr slope = gf_expr_derive(s.graph, f, s.x);
        for (double x = 0.125; x < 1; x += 0.125) {
            double up = sheet_at(&s, f, (double[]){x + h, 0, 0});
            double down = sheet_at(&s, f, (double[]){x - h, 0, 0});
            double want = (up - down) / (2 * h);
            double got = sheet_at(&s, slope, (double[]){x, 0, 0});
            ck_assert_msg(is_close(got, want, 1e-8), "%s' at %g is %g, not %g",
                          names[i], x, got, want);
        }
        sheet_clear(&s);
    }
}
END_TEST

/* (e(x + h) - e(x - h)) / 2 h in balls; its width is small. */
static bool central_difference(double *out, const sheet *s, gf_expr e,
                               const double at[3], slong log_h)
{
    double shifted[3] = {at[0] + ldexp(1, (int)-log_h), at[1], at[2]};
    arb_t up, down;
    bool fine;

    arb_init(up);
    arb_init(down);
    sheet_ball(up, s, e, shifted);
    shifted[0] = at[0] - ldexp(1, (int)-log_h);
    sheet_ball(down, s, e, shifted);
    arb_sub(up, up, down, SHEET_PRECISION);
    arb_mul_2exp_si(up, up, log_h - 1);
    fine = arb_is_finite(up) && mag_get_d(arb_radref(up)) < 1e-20;
    *out = arf_get_d(arb_midref(up), ARF_RND_NEAR);
    arb_clear(up);
    arb_clear(down);
    return fine;
}

START_TEST(test_random_slopes_are_those_of_central_differences)
{
    uint64_t state = 6;
    int rounds = is_long_run() ? 100000 : 400, compared = 0;
    random_expr r;
    arb_t ball;

    random_expr_init(&r);
    arb_init(ball);
    for (int round = 0; round < rounds; round++) {
        double coarse, fine, got;
        sheet s;
        sheet_init(&s);
        random_expr_write(&r, &state, 2 + round % 3);
        gf_expr e = sheet_read(&s, r.text);
        gf_expr slope = gf_expr_derive(s.graph, e, s.x);
        ck_assert_msg(slope != GF_EXPR_NONE, "(%s)' is none", r.text);
        if (central_difference(&coarse, &s, e, r.at, 24) &&
            central_difference(&fine, &s, e, r.at, 25) &&
            fabs(coarse - fine) <= 1e-9 * (1e-3 + fabs(fine))) {
            sheet_ball(ball, &s, slope, r.at);
            got = arf_get_d(arb_midref(ball), ARF_RND_NEAR);
            compared += isfinite(got);
            /* one step of Richardson */
            fine += (fine - coarse) / 3;
            if (isfinite(got) && fabs(got - fine) > 1e-7 * (1 + fabs(fine)))
                ck_abort_msg("(%s)' = %s at %a, %a, %a is %.12g, not %.12g",
                             r.text, sheet_text(&s, slope), r.at[0], r.at[1],
                             r.at[2], got, fine);
        }
        sheet_clear(&s);
    }
    ck_assert_int_gt(compared, rounds / 2);
    arb_clear(ball);
    random_expr_clear(&r);
}
END_TEST

/* d/dx d/dy = d/dy d/dx, in balls. */
START_TEST(test_random_mixed_slopes_agree)
{
    uint64_t state = 7;
    int rounds = is_long_run() ? 20000 : 150;
    random_expr r;
    arb_t a, b;

    random_expr_init(&r);
    arb_init(a);
    arb_init(b);
    for (int round = 0; round < rounds; round++) {
        sheet s;
        sheet_init(&s);
        random_expr_write(&r, &state, 3);
        gf_expr e = sheet_read(&s, r.text), xy, yx;
        xy = gf_expr_derive(s.graph, gf_expr_derive(s.graph, e, s.x), s.y);
        yx = gf_expr_derive(s.graph, gf_expr_derive(s.graph, e, s.y), s.x);
        if (gf_graph_check(s.graph, NULL) == GF_OK) {
            sheet_ball(a, &s, xy, r.at);
            sheet_ball(b, &s, yx, r.at);
            if (arb_is_finite(a) && arb_is_finite(b) && !arb_overlaps(a, b))
                ck_abort_msg("mixed slopes of %s differ at %a, %a, %a", r.text,
                             r.at[0], r.at[1], r.at[2]);
        }
        sheet_clear(&s);
    }
    arb_clear(a);
    arb_clear(b);
    random_expr_clear(&r);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/derive", test_what_a_person_would_write,
                     test_slopes_of_the_wasserstein_game_cancel,
                     test_every_function_of_the_table_has_its_slope,
                     test_random_slopes_are_those_of_central_differences,
                     test_random_mixed_slopes_agree);
}
