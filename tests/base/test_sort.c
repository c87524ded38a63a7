/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness.h"

#include "base/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

START_TEST(test_numbers_of_all_sizes)
{
    enum { MOST = 3000 };
    static const size_t counts[] = {0, 1, 2, 47, 48, 49, 500, MOST};
    static double x[MOST], want[MOST], work[MOST];

    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
        for (int kind = 0; kind < 3; kind++) {
            uint64_t seed = k;
            size_t n = counts[k];
            for (size_t i = 0; i < n; i++) {
                double at = random_between(&seed, -1, 1);
                x[i] = kind == 0   ? at
                       : kind == 1 ? round(3 * at)
                                   : at * exp(700 * fabs(at));
            }
            memcpy(want, x, sizeof x);
            qsort(want, n, sizeof *want, compare);
            gf_sort_numbers(x, work, n);
            for (size_t i = 0; i < n; i++)
                ck_assert(x[i] == want[i]);
        }
}
END_TEST

START_TEST(test_zeros_and_infinities)
{
    double x[100], work[100];

    for (int i = 0; i < 100; i++)
        x[i] = i % 4 == 0   ? HUGE_VAL
               : i % 4 == 1 ? 0.0
               : i % 4 == 2 ? -HUGE_VAL
                            : -0.0;
    gf_sort_numbers(x, work, 100);
    ck_assert(x[0] == -HUGE_VAL && x[24] == -HUGE_VAL);
    ck_assert(signbit(x[25]) && signbit(x[49]) && x[49] == 0);
    ck_assert(!signbit(x[50]) && x[74] == 0);
    ck_assert(x[75] == HUGE_VAL && x[99] == HUGE_VAL);
}
END_TEST

int main(void)
{
    return RUN_TESTS("base/sort", test_numbers_of_all_sizes,
                     test_zeros_and_infinities);
}
