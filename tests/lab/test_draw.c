/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness.h"

#include "base/normal.h"
#include "lab/draw.h"

#include <math.h>
#include <stdlib.h>

enum { COUNT = 1000000 };

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* The largest distance of the samples' distribution function from one, times
   the root of their number: by Kolmogorov above 2.2 once in 8000 times. */
static double kolmogorov(double *x, double (*below)(double x))
{
    double most = 0;

    qsort(x, COUNT, sizeof *x, by_size);
    for (size_t i = 0; i < COUNT; i++) {
        double f = below(x[i]);
        most = fmax(most, fabs(f - (double)i / COUNT));
        most = fmax(most, fabs(f - (double)(i + 1) / COUNT));
    }
    return most * sqrt(COUNT);
}

static double normal_below(double x)
{
    return erfc(-x / sqrt(2)) / 2;
}

static double uniform_below(double x)
{
    return x;
}

START_TEST(test_numbers_have_their_distributions)
{
    double *x = malloc(COUNT * sizeof *x);

    ck_assert_ptr_nonnull(x);
    for (uint64_t seed = 0; seed < 3; seed++) {
        gf_draw(x, COUNT, seed, GF_DRAW_DATA, 7);
        ck_assert_double_lt(kolmogorov(x, uniform_below), 2.2);
        ck_assert(x[0] > 0 && x[COUNT - 1] < 1);
        gf_draw(x, COUNT, seed, GF_DRAW_LATENT, 7);
        gf_normal_quantiles(x, COUNT);
        ck_assert_double_lt(kolmogorov(x, normal_below), 2.2);
    }
    free(x);
}
END_TEST

START_TEST(test_streams_are_apart)
{
    double x[2][64], r = 0;

    for (uint64_t number = 0; number < 1000; number++) {
        gf_draw(x[0], 64, 1, GF_DRAW_DATA, number);
        gf_draw(x[1], 64, 1, number % 2 ? GF_DRAW_LATENT : GF_DRAW_DATA,
                number % 2 ? number : number + 1);
        for (size_t i = 0; i < 64; i++)
            r += (x[0][i] - 0.5) * (x[1][i] - 0.5);
    }
    /* 64000 products of standard deviation 1/12 */
    ck_assert_double_lt(fabs(r), 4 * sqrt(64000) / 12);
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/draw", test_numbers_have_their_distributions,
                     test_streams_are_apart);
}
