/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness.h"

#include "base/normal.h"

#include <math.h>

/* The distribution function takes a quantile back, in either tail, with the
   precision that the condition leaves: d log P/d log x is about x^2. */
START_TEST(test_quantiles_are_inverse)
{
    for (double u = 1e-300; u < 0.5; u = u < 0.01 ? 1.3 * u : u + 0.001) {
        double x[2] = {u, 1 - u};
        gf_normal_quantiles(x, 2);
        double back = erfc(-x[0] / sqrt(2)) / 2;
        ck_assert_msg(fabs(back / u - 1) < 2e-15 * (1 + x[0] * x[0]),
                      "u = %g: x = %.17g, off by %g", u, x[0], back / u - 1);
        if (u > 1e-3)
            assert_close(x[1], -x[0], 1e-13);
    }
}
END_TEST

START_TEST(test_known_quantiles)
{
    double x[3] = {0.5, 0.975, 0.025};

    gf_normal_quantiles(x, 3);
    ck_assert(x[0] == 0);
    assert_close(x[1], 1.9599639845400542355, TOL1);
    assert_close(x[2], -1.9599639845400542355, TOL1);
}
END_TEST

int main(void)
{
    return RUN_TESTS("base/normal", test_quantiles_are_inverse,
                     test_known_quantiles);
}
