/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the critic follows the generator: against closed forms. */
#include <ganfield/geometry.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "lab/arena.h"

static const arena_plan lines = {.variant = "nonsaturating",
                                 .link = "sigmoid(u)",
                                 .data = "normal(1,1.25)",
                                 .generator = "linear(0.7,0.2)",
                                 .critic = "logistic(0.6,-0.1)",
                                 .batch = 31};

static double sigmoid(double s)
{
    return 1 / (1 + exp(-s));
}

/* --- the best critic --------------------------------------------------- */

/* Damped logistic regression by Newton's method on two numbers. */
START_TEST(test_the_best_logistic_critic)
{
    const double damping = 1e-3;
    double phi[2] = {0, 0}, n;
    gf_geometry_best best;
    arena a;

    arena_open(&a, &lines);
    n = (double)a.batch.count;
    for (int turn = 0; turn < 30; turn++) {
        double g[2] = {-damping * phi[0], -damping * phi[1]};
        double h[3] = {damping, 0, damping}, det;
        for (size_t i = 0; i < 2 * a.batch.count; i++) {
            bool is_fake = i >= a.batch.count;
            double x = is_fake ? 0.7 * a.batch.latent[i - a.batch.count] + 0.2
                               : a.batch.data[i];
            double p = sigmoid(phi[0] * x + phi[1]), w = p * (1 - p) / n;
            double pull = (is_fake ? -p : 1 - p) / n;
            g[0] += pull * x;
            g[1] += pull;
            h[0] += w * x * x;
            h[1] += w * x;
            h[2] += w;
        }
        det = h[0] * h[2] - h[1] * h[1];
        phi[0] += (h[2] * g[0] - h[1] * g[1]) / det;
        phi[1] += (h[0] * g[1] - h[1] * g[0]) / det;
    }
    ck_assert_int_eq(
        gf_geometry_best_find(&best, a.z, a.duel, damping, true, NULL), GF_OK);
    ck_assert(best.is_best);
    ck_assert_double_lt(best.curve, 0);
    ck_assert_double_lt(best.gradient, 1e-10);
    assert_close(a.z[0], phi[0], TOL3);
    assert_close(a.z[1], phi[1], TOL3);
    assert_close(a.z[2], 0.7, 0);
    arena_close(&a);
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/response", test_the_best_logistic_critic);
}
