/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both ways to solve, on matrices whose inverse is known. */
#include "harness.h"

#include "kernel/cholesky.h"

#include <math.h>
#include <stdlib.h>

/* The second difference with fixed ends: its inverse has min(i, j)(n + 1 -
   max(i, j))/(n + 1). The upper triangle holds rubbish. */
static void check(size_t n)
{
    double *a = calloc(n * n, sizeof *a), *x = calloc(n, sizeof *x);
    gf_error error;

    ck_assert(a && x);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            a[i * n + j] = i == j ? 2 : j + 1 == i ? -1 : j > i ? 1e300 : 0;
    gf_error_clear(&error);
    ck_assert_msg(!gf_cholesky_factor(a, n, 1, &error), "%s", error.message);
    for (size_t k = 0; k < n; k += n / 3 + 1) {
        for (size_t i = 0; i < n; i++)
            x[i] = i == k;
        gf_cholesky_solve(x, a, n);
        for (size_t i = 0; i < n; i++) {
            double low = (double)((i < k ? i : k) + 1);
            double high = (double)((i < k ? k : i) + 1);
            double over = (double)(n + 1);
            assert_close(x[i], low * (over - high) / over, 1e-11);
        }
    }
    free(a);
    free(x);
}

START_TEST(test_small_systems)
{
    check(1);
    check(7);
    check(GF_CHOLESKY_SMALL);
}
END_TEST

START_TEST(test_large_systems)
{
    check(GF_CHOLESKY_SMALL + 1);
    check(301);
}
END_TEST

static void refuse(size_t n, double last)
{
    double *a = calloc(n * n, sizeof *a);

    ck_assert_ptr_nonnull(a);
    for (size_t i = 0; i < n; i++)
        a[i * n + i] = i + 1 < n ? 1 : last;
    ck_assert_int_eq(gf_cholesky_factor(a, n, 1, NULL), GF_DOMAIN);
    free(a);
}

START_TEST(test_what_is_not_definite_is_refused)
{
    refuse(3, 0);
    refuse(3, -1);
    refuse(3, NAN);
    refuse(GF_CHOLESKY_SMALL + 9, 0);
    refuse(GF_CHOLESKY_SMALL + 9, -1);
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/cholesky", test_small_systems, test_large_systems,
                     test_what_is_not_definite_is_refused);
}
