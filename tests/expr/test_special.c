/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accuracy in units of the last place, against Arb at 250 bits. */
#include "expr/special.h"

#include "expr/sheet.h"
#include "harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PRECISION = 250 };

/* |got - want| in units of the last place of want. */
static double error_in_ulps(double got, const arb_t want)
{
    double size = fabs(arf_get_d(arb_midref(want), ARF_RND_NEAR)), error;
    int exponent;
    arb_t difference;

    if (!isfinite(got) || !arb_is_finite(want) || !isfinite(size))
        return INFINITY;
    arb_init(difference);
    arb_set_d(difference, got);
    arb_sub(difference, difference, want, PRECISION);
    error = fabs(arf_get_d(arb_midref(difference), ARF_RND_NEAR));
    arb_clear(difference);
    frexp(fmax(size, DBL_MIN), &exponent);
    return error / ldexp(1, exponent - 53);
}

typedef struct claim {
    const char *text;
    double lo, hi, ulps;
} claim;

static void check_claim(const claim *row, uint64_t *state, int rounds)
{
    sheet s;
    gf_tape *tape = NULL;
    double *work;
    arb_struct x, want;

    sheet_init(&s);
    gf_expr e = sheet_simple(&s, row->text);
    ck_assert_int_eq(gf_tape_new(&tape, s.graph, &e, 1, &s.x, 1, NULL), GF_OK);
    work = calloc(gf_tape_slots(tape), sizeof *work);
    ck_assert_ptr_nonnull(work);
    arb_init(&x);
    arb_init(&want);
    for (int i = 0; i < rounds; i++) {
        double at = random_between(state, row->lo, row->hi), got;
        gf_tape_at(&got, tape, &at, work);
        arb_set_d(&x, at);
        ck_assert_int_eq(gf_tape_ball(&want, tape, &x, PRECISION), GF_OK);
        if (error_in_ulps(got, &want) > row->ulps)
            ck_abort_msg("%s at %a is %a, off by %.3g ulps", row->text, at, got,
                         error_in_ulps(got, &want));
    }
    arb_clear(&x);
    arb_clear(&want);
    free(work);
    gf_tape_free(tape);
    sheet_clear(&s);
}

START_TEST(test_digits_are_kept_where_they_matter)
{
    static const claim rows[] = {
        {"sigmoid(x)", -700, 700, 3},
        {"sigmoid(x)", -1e-8, 1e-8, 2},
        {"1 - sigmoid(x)", 0, 700, 3},
        {"sigmoid(x)*sigmoid(-x)", -300, 300, 5},
        {"softplus(x)", -700, 700, 3},
        {"softplus(x)", -1, 1, 3},
        {"log(sigmoid(x))", -700, 700, 3},
        {"log(1 + exp(x))", -700, 700, 3},
        {"logit(x)", 0, 1, 3},
        {"logit(x)", 0.4999999, 0.5000001, 3},
        {"logit(x)", 0, 1e-300, 3},
        {"log(1 - x)", -1e-8, 1e-8, 2},
        {"log(1 - x)", -1, 0.99, 2},
        {"log(1 + x)", -1e-300, 1e-300, 2},
        {"exp(x) - 1", -1e-8, 1e-8, 2},
        {"1 - exp(x)", -1, 1, 2},
        {"log(1 - exp(x))", -1e-8, -1e-300, 2},
        {"log(1 - exp(x))", -700, -1e-3, 3},
        {"log(2 - exp(x))", -1e-8, 1e-8, 2},
        {"log(2 - exp(x))", -700, 0.1, 3},
        {"erfc(x)", 0, 26, 5},
        {"erf(x)", -1e-8, 1e-8, 2},
        {"gelu(x)", -30, 30, 12},
        {"gelu(x)", -1e-8, 1e-8, 3},
        {"tanh(x)", -20, 20, 4},
        {"atanh(x)", -1, 1, 3},
        {"cbrt(x)", -1e300, 1e300, 4},
        {"sqrt(x)", 0, 1e300, 1},
        {"x^1.5", 0, 100, 2},
        {"1/x^3", -100, 100, 4},
        {"x/3", -1, 1, 1},
        {"0.2*x", -1, 1, 1},
        {"-1/(1 - x)", -1e-8, 1e-8, 2},
    };
    uint64_t state = 11;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_claim(&rows[i], &state, is_long_run() ? 20000 : 100);
}
END_TEST

START_TEST(test_values_at_the_far_ends)
{
    ck_assert(gf_value_sigmoid(-800) >= 0 && gf_value_sigmoid(-800) < 1e-300);
    ck_assert(gf_value_sigmoid(800) == 1);
    ck_assert(gf_value_sigmoid(-INFINITY) == 0);
    ck_assert(gf_value_softplus(1e300) == 1e300);
    ck_assert(gf_value_softplus(-1e300) == 0);
    ck_assert(gf_value_softplus(INFINITY) == INFINITY);
    ck_assert(gf_value_logit(0) == -INFINITY);
    ck_assert(gf_value_logit(1) == INFINITY);
    ck_assert(gf_value_logit(0.5) == 0);
    ck_assert(gf_value_gelu(1e300) == 1e300);
    ck_assert(gf_value_gelu(-1e300) == 0);
    ck_assert(gf_value_log1mexp(-1e300) == 0);
    ck_assert(gf_value_log1mexp(0) == -INFINITY);
    ck_assert(isnan(gf_value_log1mexp(1)));
    ck_assert(isnan(gf_value_logit(2)));
}
END_TEST

START_TEST(test_kinks_have_their_middle_values)
{
    ck_assert(gf_value_step(0) == 0.5 && gf_value_step(-0.0) == 0.5);
    ck_assert(gf_value_step(1e-300) == 1 && gf_value_step(-1e-300) == 0);
    ck_assert(gf_value_sign(-3) == -1 && gf_value_sign(0) == 0);
    ck_assert(gf_value_min(1, 2) == 1 && gf_value_max(1, 2) == 2);
}
END_TEST

START_TEST(test_nan_stays_nan)
{
    ck_assert(isnan(gf_value_sigmoid(NAN)) && isnan(gf_value_softplus(NAN)));
    ck_assert(isnan(gf_value_logit(NAN)) && isnan(gf_value_gelu(NAN)));
    ck_assert(isnan(gf_value_sign(NAN)) && isnan(gf_value_step(NAN)));
    ck_assert(isnan(gf_value_min(NAN, 1)) && isnan(gf_value_min(1, NAN)));
    ck_assert(isnan(gf_value_max(NAN, 1)) && isnan(gf_value_max(1, NAN)));
    ck_assert(isnan(gf_value_log1mexp(NAN)));
}
END_TEST

/* The balls of functions that Arb lacks contain the textbook's. */
START_TEST(test_balls_contain_what_they_should)
{
    uint64_t state = 12;
    arb_t x, y, want;

    arb_init(x);
    arb_init(y);
    arb_init(want);
    for (int i = 0; i < 2000; i++) {
        arb_set_d(x, random_between(&state, -30, 30));
        gf_ball_sigmoid(y, x, 100);
        arb_neg(want, x);
        arb_exp(want, want, 200);
        arb_add_ui(want, want, 1, 200);
        arb_inv(want, want, 200);
        ck_assert(arb_overlaps(y, want));
        gf_ball_softplus(y, x, 100);
        arb_exp(want, x, 200);
        arb_add_ui(want, want, 1, 200);
        arb_log(want, want, 200);
        ck_assert(arb_overlaps(y, want));
        gf_ball_cbrt(y, x, 100);
        arb_pow_ui(y, y, 3, 100);
        ck_assert(arb_overlaps(y, x));
        gf_ball_logit(y, x, 100);
        ck_assert(!arb_is_finite(y) || arf_cmp_d(arb_midref(x), 1) < 0);
    }
    arb_zero(x);
    gf_ball_cbrt(y, x, 100);
    ck_assert(arb_is_zero(y));
    arb_indeterminate(x);
    gf_ball_sign(y, x, 100);
    ck_assert(!arb_is_finite(y));
    gf_ball_step(y, x, 100);
    ck_assert(!arb_is_finite(y));
    arb_clear(x);
    arb_clear(y);
    arb_clear(want);
}
END_TEST

int main(void)
{
    return RUN_TESTS("expr/special", test_digits_are_kept_where_they_matter,
                     test_values_at_the_far_ends,
                     test_kinks_have_their_middle_values, test_nan_stays_nan,
                     test_balls_contain_what_they_should);
}
