/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/hermite.h"

#include <math.h>

#include "harness.h"

/* A polynomial in time with its derivatives. */
static gf_reading read_at(const double *c, size_t degree, double t)
{
    gf_reading r = {0, 0, 0, 0};

    for (size_t i = degree + 1; i-- > 0;) {
        r.bend = r.bend * t + 2 * r.slope;
        r.slope = r.slope * t + r.value;
        r.value = r.value * t + c[i];
    }
    return r;
}

START_TEST(test_polynomials_of_its_degree_are_met)
{
    uint64_t seed = 1;

    for (int i = 0; i < 200; i++) {
        size_t degree = i % 2 ? 5 : 3;
        double c[6], h = random_between(&seed, 0.1, 3);
        for (size_t k = 0; k <= degree; k++)
            c[k] = random_between(&seed, -1, 1);
        gf_reading from = read_at(c, degree, 0), to = read_at(c, degree, h);
        if (degree == 3)
            to.bend = NAN;
        gf_hermite p = gf_hermite_of(from, to, h);
        ck_assert_uint_eq(p.degree, degree);
        for (double x = 0; x <= 1; x += 0.125)
            assert_close(gf_hermite_at(&p, x), read_at(c, degree, x * h).value,
                         1e-11);
    }
}
END_TEST

START_TEST(test_extremes_are_where_the_slope_turns)
{
    uint64_t seed = 2;

    for (int i = 0; i < 200; i++) {
        gf_hermite p = {.degree = i % 3 ? 5 : 3};
        double x[GF_HERMITE_EXTREMES];
        for (size_t k = 0; k <= p.degree; k++)
            p.b[k] = random_between(&seed, -1, 1);
        size_t count = gf_hermite_extremes(x, &p);
        size_t turns = 0;
        int n = 1500;
        for (int k = 1; k < n; k++) {
            double a = gf_hermite_at(&p, (k - 1.0) / n);
            double b = gf_hermite_at(&p, (double)k / n);
            double c = gf_hermite_at(&p, (k + 1.0) / n);
            turns += (b - a) * (c - b) < 0;
        }
        ck_assert_uint_eq(count, turns);
        for (size_t k = 0; k < count; k++) {
            double step = 1e-5;
            double before = gf_hermite_at(&p, x[k] - step);
            double at = gf_hermite_at(&p, x[k]);
            double after = gf_hermite_at(&p, x[k] + step);
            ck_assert((at - before) * (after - at) <= 1e-18);
            ck_assert(k == 0 || x[k] > x[k - 1]);
        }
    }
}
END_TEST

START_TEST(test_a_clear_sign_is_one)
{
    uint64_t seed = 3;
    size_t clear = 0;

    for (int i = 0; i < 2000; i++) {
        gf_hermite p = {.degree = 5};
        double lift = random_between(&seed, -2, 2);
        for (size_t k = 0; k <= 5; k++)
            p.b[k] = lift + random_between(&seed, -1, 1);
        if (!gf_hermite_is_clear(&p, 0.02))
            continue;
        clear++;
        for (double x = 0; x <= 1; x += 1.0 / 64)
            ck_assert(gf_hermite_at(&p, x) * p.b[0] > 0);
    }
    ck_assert_uint_gt(clear, 500);
}
END_TEST

START_TEST(test_a_constant_has_no_extreme_and_zero_is_not_clear)
{
    gf_hermite p =
        gf_hermite_of((gf_reading){1, 0, 0, 0}, (gf_reading){1, 0, 0, 0}, 1);
    double x[GF_HERMITE_EXTREMES];

    ck_assert_uint_eq(gf_hermite_extremes(x, &p), 0);
    ck_assert(gf_hermite_is_clear(&p, 0.02));
    p = gf_hermite_of((gf_reading){0, 0, 0, 0}, (gf_reading){0, 0, 0, 0}, 1);
    ck_assert(!gf_hermite_is_clear(&p, 0.02));
}
END_TEST

int main(void)
{
    return RUN_TESTS("motion/hermite", test_polynomials_of_its_degree_are_met,
                     test_extremes_are_where_the_slope_turns,
                     test_a_clear_sign_is_one,
                     test_a_constant_has_no_extreme_and_zero_is_not_clear);
}
