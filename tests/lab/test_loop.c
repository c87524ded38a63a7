/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best critic and what loops leave of it: against closed forms. */
#include <ganfield/geometry.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "lab/arena.h"

/* --- the best critic --------------------------------------------------- */

/* Damped logistic regression by Newton's method on two numbers. */
START_TEST(test_the_best_logistic_critic)
{
    const double damping = 1e-3;
    double phi[2] = {0, 0}, n;
    gf_geometry_best best;
    arena a;

    arena_open(&a, &arena_lines);
    n = (double)a.batch.count;
    for (int turn = 0; turn < 30; turn++) {
        double g[2] = {-damping * phi[0], -damping * phi[1]};
        double h[3] = {damping, 0, damping}, det;
        for (size_t i = 0; i < 2 * a.batch.count; i++) {
            bool is_fake = i >= a.batch.count;
            double x = is_fake ? 0.7 * a.batch.latent[i - a.batch.count] + 0.2
                               : a.batch.data[i];
            double p = arena_sigmoid(phi[0] * x + phi[1]), w = p * (1 - p) / n;
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

/* At phi = 0 the gradient of a tanh critic vanishes, and the gain -log 4 curves
   upwards by |E x - E G|/2 less the damping: what weight in and weight out do
   together. The best critic is not there. */
START_TEST(test_no_saddle_is_the_best_critic)
{
    static const arena_plan plan = {
        "nonsaturating", "sigmoid(u)", "normal(1,1)", "linear(1,-1)",
        "1-3-1:tanh",    64,           true};
    const double damping = 0.1;
    gf_geometry_best best;
    arena a;

    arena_open(&a, &plan);
    memset(a.z, 0, a.first * sizeof *a.z);
    ck_assert_int_eq(
        gf_geometry_best_find(&best, a.z, a.duel, damping, false, NULL), GF_OK);
    assert_close(best.gain, -log(4), TOL1);
    ck_assert_int_eq(
        gf_geometry_best_find(&best, a.z, a.duel, damping, true, NULL), GF_OK);
    ck_assert(best.is_best);
    ck_assert_double_gt(best.gain, -log(4) + 0.1);
    ck_assert_double_lt(best.curve, 0);
    ck_assert_double_lt(best.gradient, 1e-9);
    arena_close(&a);
}
END_TEST

/* --- hysteresis --------------------------------------------------------------
 */

/* To first order the best critic is R dtheta, and k steps leave M = (1 - h H)^k
   of what is off: e_j = M (e_(j-1) + R (dtheta_(j-1) - dtheta_j)). H and R by
   products. */
static double predict(const arena *a, const gf_geometry_loop *l, double r,
                      size_t k)
{
    double h[4], response[4], e[2] = {0, 0}, sum = 0;
    gf_duel_batch b = a->batch;

    for (size_t j = 0; j < 2; j++) {
        double d[4] = {0}, out[4];
        d[j] = 1;
        ck_assert_int_eq(gf_duel_product(out, a->duel, a->z, d, NULL), GF_OK);
        h[j] = -out[0] + (j == 0 ? l->damping : 0);
        h[2 + j] = -out[1] + (j == 1 ? l->damping : 0);
    }
    for (size_t j = 0; j < 2; j++) {
        double d[4] = {0}, out[4], det = h[0] * h[3] - h[1] * h[2];
        d[2 + j] = 1;
        ck_assert_int_eq(gf_duel_product(out, a->duel, a->z, d, NULL), GF_OK);
        response[j] = (h[3] * out[0] - h[1] * out[1]) / det;
        response[2 + j] = (h[0] * out[1] - h[2] * out[0]) / det;
    }
    for (size_t i = 1; i <= l->places; i++) {
        double t[2] = {2 * acos(-1) * (double)(i - 1) / (double)l->places,
                       2 * acos(-1) * (double)i / (double)l->places};
        double da = r * (cos(t[0]) - cos(t[1])),
               db = r * (sin(t[0]) - sin(t[1]));
        e[0] += response[0] * da + response[1] * db;
        e[1] += response[2] * da + response[3] * db;
        for (size_t s = 0; s < k; s++) {
            double c = e[0], f = e[1];
            e[0] -= l->step * (h[0] * c + h[1] * f);
            e[1] -= l->step * (h[2] * c + h[3] * f);
        }
    }
    for (size_t i = 0; i < 2 * b.count; i++) {
        double x =
            i < b.count ? b.data[i] : a->z[2] * b.latent[i - b.count] + a->z[3];
        sum += (e[0] * x + e[1]) * (e[0] * x + e[1]);
    }
    return sqrt(sum / (double)(2 * b.count));
}

START_TEST(test_what_few_steps_leave_of_a_small_loop)
{
    static const double radius[] = {1e-5, 1e-2};
    static const size_t steps[] = {1, 2, 5, GF_GEOMETRY_TO_THE_BEST};
    gf_geometry_slice slice = {.player = GF_GENERATOR, .parameter = {0, 1}};
    gf_geometry_loop_options options = {.radius = radius,
                                        .radii = 2,
                                        .steps = steps,
                                        .counts = 4,
                                        .places = 24,
                                        .damping = 1e-2};
    gf_geometry_loop l;
    arena a;

    arena_open(&a, &arena_lines);
    for (int line = 0; line < 2; line++) {
        gf_geometry_loop_init(&l);
        options.is_line = line;
        ck_assert_int_eq(
            gf_geometry_loop_find(&l, a.duel, a.z, &slice, &options, NULL),
            GF_OK);
        for (size_t k = 0; k < 3 && !line; k++) {
            double want = predict(&a, &l, 1e-5, steps[k]);
            assert_close(l.gap[k] / want, 1, 1e-4);
        }
        for (size_t i = 0; i < 2; i++) {
            ck_assert_double_gt(l.gap[4 * i + 1], l.gap[4 * i + 2]);
            /* a strictly concave problem forgets the way */
            ck_assert_double_lt(l.gap[4 * i + 3], 1e-9);
            ck_assert_double_lt(l.reverse[4 * i + 3], 1e-9);
            ck_assert_double_gt(l.swing[i], radius[i] / 10);
        }
        gf_geometry_loop_clear(&l);
    }
    arena_close(&a);
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/loop", test_the_best_logistic_critic,
                     test_no_saddle_is_the_best_critic,
                     test_what_few_steps_leave_of_a_small_loop);
}
