/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/interval.h"

#include "base/arb_headers.h"
#include "harness.h"

#include <math.h>

/* [lo, hi] with open ends where the letters say so. */
static gf_interval made(char left, double lo, double hi, char right)
{
    return (gf_interval){lo, hi, left == '(', right == ')', true};
}

static void check(gf_interval got, gf_interval want, const char *what)
{
    if (got.lo != want.lo || got.hi != want.hi || got.lo_open != want.lo_open ||
        got.hi_open != want.hi_open || got.defined != want.defined)
        ck_abort_msg("%s is %c%g, %g%c%s, not %c%g, %g%c%s", what,
                     "[("[got.lo_open], got.lo, got.hi, "])"[got.hi_open],
                     got.defined ? "" : " undefined", "[("[want.lo_open],
                     want.lo, want.hi, "])"[want.hi_open],
                     want.defined ? "" : " undefined");
}

static const double huge = (double)INFINITY;

START_TEST(test_an_end_is_open_only_if_it_is_not_attained)
{
    gf_interval zero_one = made('(', 0, 1, ')'), closed = made('[', 0, 1, ']');
    gf_interval half = made('[', 0, 1, ')'), ray = made('(', 0, huge, ')');

    check(gf_interval_add(zero_one, closed), made('(', 0, 2, ')'), "sum");
    check(gf_interval_add(half, closed), made('[', 0, 2, ')'), "half sum");
    check(gf_interval_sub(closed, zero_one), made('(', -1, 1, ')'), "diff");
    check(gf_interval_mul(zero_one, zero_one), made('(', 0, 1, ')'), "product");
    check(gf_interval_mul(zero_one, closed), made('[', 0, 1, ')'), "with 0");
    check(gf_interval_mul(made('(', -1, 1, ')'), made('(', 2, 3, ')')),
          made('(', -3, 3, ')'), "around 0");
    check(gf_interval_mul(made('(', -1, 1, ')'), gf_interval_point(0)),
          made('[', 0, 0, ']'), "times 0");
    check(gf_interval_div(gf_interval_point(1), ray), made('(', 0, huge, ')'),
          "1/x over x > 0");
    check(gf_interval_div(zero_one, made('[', 1, 2, ']')), made('(', 0, 1, ')'),
          "quotient");
    check(gf_interval_div(closed, made('(', 1, 2, ')')), made('[', 0, 1, ')'),
          "0/x");
    check(gf_interval_neg(half), made('(', -1, 0, ']'), "-x");
    check(gf_interval_abs(made('(', -2, 1, ']')), made('[', 0, 2, ')'), "abs");
    check(gf_interval_abs(made('(', -2, 2, ']')), made('[', 0, 2, ']'), "abs");
    check(gf_interval_max(zero_one, made('[', -1, 0.5, ']')),
          made('(', 0, 1, ')'), "max");
    check(gf_interval_max(zero_one, made('[', 0, 1, ']')), made('(', 0, 1, ']'),
          "max of both");
    check(gf_interval_min(zero_one, closed), made('[', 0, 1, ')'), "min");
    check(gf_interval_powi(made('(', -1, 2, ']'), 2), made('[', 0, 4, ']'),
          "square");
    check(gf_interval_powi(made('(', 1, 2, ']'), -1), made('[', 0.5, 1, ')'),
          "inverse");
    check(gf_interval_powi(made('(', -2, 3, ']'), 3), made('(', -8, 27, ']'),
          "cube");
}
END_TEST

START_TEST(test_signs_are_proved_or_not)
{
    gf_interval undefined = made('[', 1, 2, ']');

    ck_assert(gf_interval_positive(made('(', 0, 1, ']')));
    ck_assert(!gf_interval_positive(made('[', 0, 1, ']')));
    ck_assert(gf_interval_nonnegative(made('[', 0, 1, ']')));
    ck_assert(gf_interval_negative(made('[', -1, 0, ')')));
    ck_assert(gf_interval_nonpositive(made('[', -1, 0, ']')));
    ck_assert(gf_interval_has_zero(made('[', 0, 1, ']')));
    ck_assert(!gf_interval_has_zero(made('(', 0, 1, ']')));
    undefined.defined = false;
    ck_assert(!gf_interval_positive(undefined));
    ck_assert(!gf_interval_nonnegative(undefined));
    ck_assert(gf_interval_has_zero(undefined));
    check(gf_interval_sign(made('(', 0, 1, ']')), made('[', 1, 1, ']'), "sign");
    check(gf_interval_sign(made('[', 0, 1, ']')), made('[', 0, 1, ']'), "sign");
    check(gf_interval_step(made('[', -1, 0, ')')), made('[', 0, 0, ']'),
          "step");
    check(gf_interval_step(made('[', -1, 0, ']')), made('[', 0, 0.5, ']'),
          "step");
}
END_TEST

START_TEST(test_what_is_undefined_stays_so)
{
    gf_interval bad = gf_interval_whole(false), one = gf_interval_point(1);

    ck_assert(!gf_interval_div(one, made('[', -1, 1, ']')).defined);
    ck_assert(!gf_interval_div(one, gf_interval_point(0)).defined);
    ck_assert(gf_interval_div(one, made('(', 0, 1, ']')).defined);
    ck_assert(!gf_interval_add(one, bad).defined);
    ck_assert(!gf_interval_mul(gf_interval_point(0), bad).defined);
    ck_assert(!gf_interval_max(one, bad).defined);
    ck_assert(!gf_interval_abs(bad).defined);
    ck_assert(!gf_interval_powi(bad, 0).defined);
    ck_assert(!gf_interval_powi(made('[', 0, 1, ']'), -2).defined);
    ck_assert(!gf_interval_point(NAN).defined);
    ck_assert(!gf_interval_hull(one, bad).defined);
}
END_TEST

/* --- against exact arithmetic ------------------------------------------ */

static double random_end(uint64_t *state)
{
    double x = random_between(state, -1, 1);

    switch (random_bits(state) % 8) {
    case 0:
        return 0;
    case 1:
        return ldexp(x, (int)(random_bits(state) % 2098) - 1074);
    case 2:
        return rint(4 * x);
    default:
        return ldexp(x, (int)(random_bits(state) % 8));
    }
}

static gf_interval random_interval(uint64_t *state)
{
    double a = random_end(state), b = random_end(state);

    return made('[', fmin(a, b), fmax(a, b), ']');
}

typedef struct operation {
    const char *name;
    gf_interval (*rough)(gf_interval, gf_interval);
    void (*exact)(arb_t, const arb_t, const arb_t, slong);
} operation;

/* down is not above x, and no double between is left out; x by a ball. */
static void check_down(double down, const arb_t x, const operation *op)
{
    arb_t end;
    double next = nextafter(down, huge);

    arb_init(end);
    arb_set_d(end, down);
    if (isfinite(down) && arb_gt(end, x))
        ck_abort_msg("%s: %a is too large", op->name, down);
    /* one more step than the best rounding is allowed */
    arb_set_d(end, nextafter(next, huge));
    if (isfinite(next) && fabs(down) > 1e-280 && arb_lt(end, x))
        ck_abort_msg("%s: %a is too small", op->name, down);
    arb_clear(end);
}

static void check_operation(const operation *op, gf_interval a, gf_interval b)
{
    gf_interval got = op->rough(a, b);
    const double p[2] = {a.lo, a.hi}, q[2] = {b.lo, b.hi};
    arb_t x, y, least, most;

    arb_init(x);
    arb_init(y);
    arb_init(least);
    arb_init(most);
    for (int i = 0; i < 4; i++) {
        arb_set_d(x, p[i / 2]);
        arb_set_d(y, q[i % 2]);
        op->exact(x, x, y, 2200);
        if (i == 0 || arb_lt(x, least))
            arb_set(least, x);
        if (i == 0 || arb_gt(x, most))
            arb_set(most, x);
    }
    check_down(got.lo, least, op);
    arb_neg(most, most);
    check_down(-got.hi, most, op);
    arb_clear(x);
    arb_clear(y);
    arb_clear(least);
    arb_clear(most);
}

START_TEST(test_arithmetic_is_rounded_outward_by_an_ulp)
{
    static const operation operations[] = {
        {"+", gf_interval_add, arb_add},
        {"-", gf_interval_sub, arb_sub},
        {"*", gf_interval_mul, arb_mul},
        {"/", gf_interval_div, arb_div},
    };
    uint64_t state = 8;

    for (int round = 0; round < (is_long_run() ? 300000 : 1000); round++)
        for (size_t i = 0; i < 4; i++) {
            gf_interval a = random_interval(&state);
            gf_interval b = random_interval(&state);
            if (i == 3 && gf_interval_has_zero(b))
                continue;
            check_operation(&operations[i], a, b);
        }
}
END_TEST

START_TEST(test_integer_powers_enclose)
{
    uint64_t state = 9;
    arb_t x, end;

    arb_init(x);
    arb_init(end);
    for (int round = 0; round < (is_long_run() ? 300000 : 1000); round++) {
        gf_interval a = random_interval(&state), got;
        long n = (long)(random_bits(&state) % 9);
        double at[3] = {a.lo, a.hi, a.lo + (a.hi - a.lo) / 2};
        got = gf_interval_powi(a, n);
        for (int i = 0; i < 3; i++) {
            arb_set_d(x, at[i]);
            arb_pow_ui(x, x, (ulong)n, 20000);
            arb_set_d(end, got.lo);
            if (isfinite(got.lo) && !arb_le(end, x))
                ck_abort_msg("%a^%ld is below %a", at[i], n, got.lo);
            arb_set_d(end, got.hi);
            if (isfinite(got.hi) && !arb_ge(end, x))
                ck_abort_msg("%a^%ld is above %a", at[i], n, got.hi);
        }
    }
    arb_clear(x);
    arb_clear(end);
}
END_TEST

START_TEST(test_overflow_is_no_value)
{
    gf_interval large = made('[', 1e300, 1e308, ']');
    gf_interval r = gf_interval_mul(large, large);

    ck_assert(r.lo == DBL_MAX && isinf(r.hi));
    r = gf_interval_add(made('[', -1.7e308, 1.7e308, ']'),
                        made('[', -1.7e308, 1.7e308, ']'));
    ck_assert(isinf(r.lo) && isinf(r.hi));
    r = gf_interval_powi(made('[', 1e-200, 1, ']'), 2);
    ck_assert(r.lo == 0 && r.lo_open && gf_interval_positive(r));
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "expr/interval", test_an_end_is_open_only_if_it_is_not_attained,
        test_signs_are_proved_or_not, test_what_is_undefined_stays_so,
        test_arithmetic_is_rounded_outward_by_an_ulp,
        test_integer_powers_enclose, test_overflow_is_no_value);
}
