/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both ways to eigenvalues, on matrices whose eigenvalues are known. */
#include "harness.h"

#include "analysis/eigen.h"

#include <math.h>
#include <stdlib.h>

/* The second difference with fixed ends: 2 - 2 cos(k pi/(n + 1)). */
static void check(size_t n)
{
    double *a = calloc(n * n, sizeof *a), *value = calloc(n, sizeof *value);
    double *vector = calloc(n * n, sizeof *vector);
    gf_error error;

    ck_assert(a && value && vector);
    for (size_t i = 0; i < n; i++) {
        a[i * n + i] = 2;
        if (i > 0)
            a[i * n + i - 1] = a[(i - 1) * n + i] = -1;
    }
    gf_error_clear(&error);
    ck_assert_msg(!gf_eigen_symmetric(value, vector, a, n, 1, &error), "%s",
                  error.message);
    for (size_t k = 0; k < n; k++) {
        double turn = acos(-1) * (double)(n - k) / (double)(n + 1), off = 0;
        assert_close(value[k], 2 - 2 * cos(turn), TOL2);
        for (size_t i = 0; i < n; i++) {
            const double *v = vector + k * n;
            double x =
                2 * v[i] - (i > 0 ? v[i - 1] : 0) - (i + 1 < n ? v[i + 1] : 0);
            off = fmax(off, fabs(x - value[k] * v[i]));
        }
        ck_assert_double_lt(off, 1e-13);
    }
    free(a);
    free(value);
    free(vector);
}

START_TEST(test_small_matrices)
{
    check(1);
    check(2);
    check(GF_EIGEN_SMALL);
}
END_TEST

START_TEST(test_large_matrices)
{
    check(GF_EIGEN_SMALL + 1);
    check(200);
}
END_TEST

START_TEST(test_values_alone_are_the_same)
{
    double a[4] = {2, 1, 1, 2}, value[2];

    ck_assert_int_eq(gf_eigen_symmetric(value, NULL, a, 2, 1, NULL), GF_OK);
    assert_close(value[0], 3, TOL1);
    assert_close(value[1], 1, TOL1);
    ck_assert_int_eq(
        gf_eigen_symmetric(value, NULL, a, GF_EIGEN_MOST + 1, 1, NULL),
        GF_LIMIT);
}
END_TEST

int main(void)
{
    return RUN_TESTS("analysis/eigen", test_small_matrices, test_large_matrices,
                     test_values_alone_are_the_same);
}
