/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Against closed forms of linear players, and what every Hessian and every
   zero-sum game keeps. */
#include <ganfield/geometry.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "lab/arena.h"

static const arena_plan nets = {.variant = "nonsaturating",
                                .link = "sigmoid(u)",
                                .data = "normal(1,1.25)",
                                .generator = "3-8-1:tanh",
                                .critic = "1-5-1:softplus",
                                .batch = 24};

/* --- planes ------------------------------------------------------------ */

/* L = mean softplus(-s), s = c (a z + b) + d, and its derivatives by a, b. */
static void line_loss(double out[6], const arena *at, double a, double b)
{
    double c = at->z[0], d = at->z[1], n = (double)at->batch.count;

    memset(out, 0, 6 * sizeof *out);
    for (size_t i = 0; i < at->batch.count; i++) {
        double z = at->batch.latent[i], p = arena_sigmoid(c * (a * z + b) + d);
        out[0] -= log(p) / n;
        out[1] -= (1 - p) * c * z / n;
        out[2] -= (1 - p) * c / n;
        out[3] += p * (1 - p) * c * c * z * z / n;
        out[4] += p * (1 - p) * c * c * z / n;
        out[5] += p * (1 - p) * c * c / n;
    }
}

START_TEST(test_a_plane_of_lines_is_the_closed_form)
{
    gf_geometry_slice slice = {.player = GF_GENERATOR, .parameter = {0, 1}};
    gf_geometry_plane_options options = {.count = {5, 4}, .reach = {0.5, 2}};
    gf_geometry_plane p;
    double want[6];
    arena a;

    arena_open(&a, &arena_lines);
    gf_geometry_plane_init(&p);
    ck_assert_int_eq(
        gf_geometry_plane_find(&p, a.duel, a.z, &slice, &options, NULL), GF_OK);
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 4; k++) {
            size_t at = i * 4 + k;
            line_loss(want, &a, 0.7 + p.at[0][i], 0.2 + p.at[1][k]);
            assert_close(p.loss[at], want[0], TOL2);
            for (size_t j = 0; j < 3; j++)
                assert_close(p.hessian[3 * at + j], want[3 + j], TOL2);
            assert_close(p.curvature[2 * at] + p.curvature[2 * at + 1],
                         want[3] + want[5], TOL2);
            assert_close(p.curvature[2 * at] * p.curvature[2 * at + 1],
                         want[3] * want[5] - want[4] * want[4], TOL2);
        }
    line_loss(want, &a, 0.7, 0.2);
    assert_close(p.loss_here, want[0], TOL2);
    for (size_t j = 0; j < 2; j++)
        assert_close(p.gradient[j], want[1 + j], TOL2);
    assert_close(p.at[0][4], 0.5, 0);
    assert_close(p.at[1][0], -2, 0);
    assert_close(p.trace, want[3] + want[5], TOL2);
    assert_close(p.high.re[0], p.curvature_here[0], TOL2);
    ck_assert_double_le(p.asymmetry, 1e-15);
    gf_geometry_plane_clear(&p);
    arena_close(&a);
}
END_TEST

/* The exact Hessian, its differences in double and what float32 leaves of
   them. */
START_TEST(test_second_differences_drown_in_float32)
{
    const double h = 1e-3;
    gf_geometry_slice slice = {.player = GF_GENERATOR, .parameter = {0, 1}};
    gf_geometry_plane_options options = {.count = {3, 3}, .reach = {h, h}};
    gf_geometry_plane p;
    double second, single, worst;
    arena a;

    arena_open(&a, &nets);
    gf_geometry_plane_init(&p);
    ck_assert_int_eq(
        gf_geometry_plane_find(&p, a.duel, a.z, &slice, &options, NULL), GF_OK);
    second = (p.loss[7] - 2 * p.loss[4] + p.loss[1]) / (h * h);
    assert_close(second, p.hessian_here[0], 1e-6);
    single = ((double)(float)p.loss[7] - 2 * (double)(float)p.loss[4] +
              (double)(float)p.loss[1]) /
             (h * h);
    worst = fabs(single - p.hessian_here[0]);
    /* a unit in the last place of a loss of about 0.7 is 6e-8 */
    ck_assert_double_gt(worst, 1e-3);
    ck_assert_double_le(p.asymmetry, 1e-15);
    gf_geometry_plane_clear(&p);
    arena_close(&a);
}
END_TEST

/* g(z + e d) - g(z - e d) over 2 e, g the loss's gradient. */
static double difference(const arena *a, const double *d, const double *e)
{
    const double h = 1e-5;
    double *z = malloc(a->size * sizeof *z), *g = malloc(a->size * sizeof *g);
    size_t n = a->size - a->first;
    double sum = 0;

    for (int side = 0; side < 2; side++) {
        memcpy(z, a->z, a->size * sizeof *z);
        for (size_t i = 0; i < n; i++)
            z[a->first + i] += (side ? -h : h) * d[i];
        gf_duel_gradient(g, a->duel, GF_GENERATOR, z);
        for (size_t i = 0; i < n; i++)
            sum -= (side ? -1 : 1) * e[i] * g[a->first + i] / (2 * h);
    }
    free(z);
    free(g);
    return sum;
}

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

START_TEST(test_every_kind_of_plane_of_a_net)
{
    static const gf_slice_kind kinds[] = {GF_SLICE_PARAMETERS, GF_SLICE_RANDOM,
                                          GF_SLICE_TOP, GF_SLICE_GIVEN};
    double given[2 * 41];
    arena a;

    arena_open(&a, &nets);
    ck_assert_uint_eq(a.size - a.first, 41);
    for (size_t i = 0; i < 82; i++)
        given[i] = sin((double)i);
    for (size_t k = 0; k < 4; k++) {
        gf_geometry_slice slice = {.kind = kinds[k],
                                   .player = GF_GENERATOR,
                                   .parameter = {3, 11},
                                   .direction = given,
                                   .seed = 2};
        gf_geometry_plane_options options = {.count = {3, 3}};
        gf_geometry_plane p;
        const double *u, *v;
        gf_geometry_plane_init(&p);
        ck_assert_int_eq(
            gf_geometry_plane_find(&p, a.duel, a.z, &slice, &options, NULL),
            GF_OK);
        u = p.direction;
        v = u + 41;
        assert_close(dot(u, u, 41), 1, TOL1);
        assert_close(dot(v, v, 41), 1, TOL1);
        assert_close(dot(u, v, 41), 0, TOL1);
        assert_close(p.hessian_here[0], difference(&a, u, u), 1e-8);
        assert_close(p.hessian_here[1], difference(&a, u, v), 1e-8);
        assert_close(p.hessian_here[1], difference(&a, v, u), 1e-8);
        assert_close(p.hessian_here[2], difference(&a, v, v), 1e-8);
        for (size_t j = 0; j < 3; j++) /* the middle of the grid */
            assert_close(p.hessian[12 + j], p.hessian_here[j], TOL1);
        ck_assert_uint_eq(p.high.count, 41);
        if (kinds[k] == GF_SLICE_TOP) {
            double top = fmax(p.high.re[0], -p.high.re[40]);
            assert_close(p.hessian_here[1], 0, TOL2);
            assert_close(fabs(p.hessian_here[0]), top, TOL2);
        }
        gf_geometry_plane_clear(&p);
    }
    arena_close(&a);
}
END_TEST

START_TEST(test_a_random_direction_keeps_the_lengths_of_rows)
{
    gf_geometry_slice slice = {.kind = GF_SLICE_RANDOM, .player = GF_GENERATOR};
    double u[41], unit;
    const double *theta; /* W 8 x 3, b 8, W 8, b 1 */
    arena a;

    arena_open(&a, &nets);
    theta = a.z + a.first;
    ck_assert_int_eq(
        gf_geometry_slice_find(u, NULL, &unit, a.duel, a.z, &slice, NULL),
        GF_OK);
    assert_close(unit * unit,
                 dot(theta, theta, 24) + dot(theta + 32, theta + 32, 8), TOL2);
    for (size_t row = 0; row < 8; row++)
        assert_close(dot(u + 3 * row, u + 3 * row, 3) * unit * unit,
                     dot(theta + 3 * row, theta + 3 * row, 3), TOL2);
    for (size_t i = 24; i < 32; i++)
        ck_assert(u[i] == 0);
    ck_assert(u[40] == 0);
    arena_close(&a);
}
END_TEST

START_TEST(test_bad_planes_are_refused)
{
    double flat[4] = {1, 2, 2, 4}, u[2], v[2];
    gf_geometry_slice slice = {.player = GF_GENERATOR, .parameter = {0, 2}};
    arena a;

    arena_open(&a, &arena_lines);
    ck_assert_int_eq(
        gf_geometry_slice_find(u, v, NULL, a.duel, a.z, &slice, NULL),
        GF_ARGUMENT);
    slice.parameter[1] = 0;
    ck_assert_int_eq(
        gf_geometry_slice_find(u, v, NULL, a.duel, a.z, &slice, NULL),
        GF_ARGUMENT);
    slice.kind = GF_SLICE_GIVEN;
    slice.direction = flat;
    ck_assert_int_eq(
        gf_geometry_slice_find(u, v, NULL, a.duel, a.z, &slice, NULL),
        GF_ARGUMENT);
    arena_close(&a);
}
END_TEST

/* --- the game ---------------------------------------------------------- */

/* J = c (mean x - mean (a z + b)), I = c mean (a z + b): rotation alone, of
   frequency sqrt(1 + mean(z)^2). */
START_TEST(test_the_linear_wasserstein_game_rotates)
{
    arena_plan plan = arena_lines;
    gf_geometry_game g;
    double m = 0;
    arena a;

    plan.variant = "wgan";
    plan.link = NULL;
    arena_open(&a, &plan);
    for (size_t i = 0; i < a.batch.count; i++)
        m += a.batch.latent[i] / (double)a.batch.count;
    gf_geometry_game_init(&g);
    ck_assert_int_eq(gf_geometry_game_find(&g, a.duel, a.z, NULL, NULL), GF_OK);
    ck_assert(g.is_dense);
    assert_close(g.rotation, 1, TOL1);
    assert_close(g.symmetric, 0, TOL1);
    assert_close(g.norm, sqrt(2 + 2 * m * m), TOL2);
    assert_close(g.trace, 0, TOL1);
    assert_close(g.block[0][1], sqrt(1 + m * m), TOL2);
    assert_close(g.block[0][0], 0, TOL1);
    for (size_t i = 0; i < 4; i++)
        assert_close(g.values.re[i], 0, TOL2);
    assert_close(fmax(fabs(g.values.im[0]), fabs(g.values.im[3])),
                 sqrt(1 + m * m), TOL2);
    assert_close(g.push[0], 0, TOL2);
    gf_geometry_game_clear(&g);
    arena_close(&a);
}
END_TEST

/* With I = -J but for what does not depend on G the blocks between the players
   are opposite, and S is block diagonal. */
START_TEST(test_a_zero_sum_game_of_nets)
{
    arena_plan plan = nets;
    gf_geometry_slice slice = {.parameter = {0, 1}};
    gf_geometry_game_options options = {.slice = &slice};
    double cross, own, sum = 0, j[2][2];
    gf_geometry_game g;
    arena a;

    plan.variant = "classic";
    arena_open(&a, &plan);
    gf_geometry_game_init(&g);
    ck_assert_int_eq(gf_geometry_game_find(&g, a.duel, a.z, &options, NULL),
                     GF_OK);
    cross = g.block[0][1];
    own = hypot(g.block[0][0], g.block[1][1]);
    assert_close(g.block[1][0], cross, TOL2);
    assert_close(g.antisymmetric, sqrt(2) * cross, TOL2);
    assert_close(g.symmetric, own, TOL2);
    assert_close(hypot(g.symmetric, g.antisymmetric), g.norm, TOL2);
    for (size_t i = 0; i < g.values.count; i++) {
        sum += g.values.re[i];
        ck_assert(g.values.re[i] <= g.push[0] + 1e-9);
        ck_assert(g.values.re[i] >= g.push[1] - 1e-9);
    }
    assert_close(sum, g.trace, TOL3);
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 2; k++) {
            j[i][k] = g.jacobian[i * g.size + g.first + k];
            assert_close(g.plane[i][2 + k], j[i][k], TOL1);
            assert_close(g.plane[2 + k][i], -j[i][k], TOL1);
        }
    gf_geometry_game_clear(&g);
    arena_close(&a);
}
END_TEST

START_TEST(test_products_alone_agree_with_the_whole_matrix)
{
    gf_geometry_game_options options = {
        .dense_most = 1, .values = 3, .probes = 400};
    gf_geometry_game dense, free;
    arena a;

    arena_open(&a, &nets);
    gf_geometry_game_init(&dense);
    gf_geometry_game_init(&free);
    ck_assert_int_eq(gf_geometry_game_find(&dense, a.duel, a.z, NULL, NULL),
                     GF_OK);
    ck_assert_int_eq(gf_geometry_game_find(&free, a.duel, a.z, &options, NULL),
                     GF_OK);
    ck_assert(dense.is_dense && !free.is_dense);
    ck_assert_double_gt(free.norm_error, 0);
    ck_assert_double_le(fabs(free.norm - dense.norm), 4 * free.norm_error);
    ck_assert_double_le(fabs(free.rotation - dense.rotation),
                        4 * free.rotation_error);
    ck_assert_double_lt(free.rotation_error, 0.1 * dense.rotation);
    ck_assert(free.values.is_converged);
    for (size_t i = 0; i < 3; i++) {
        assert_close(free.values.re[i], dense.values.re[i], 1e-8);
        assert_close(fabs(free.values.im[i]), fabs(dense.values.im[i]), 1e-8);
    }
    for (int side = 0; side < 2; side++)
        assert_close(free.push[side], dense.push[side], TOL3);
    gf_geometry_game_clear(&dense);
    gf_geometry_game_clear(&free);
    arena_close(&a);
}
END_TEST

int main(void)
{
    return RUN_TESTS("lab/geometry", test_a_plane_of_lines_is_the_closed_form,
                     test_second_differences_drown_in_float32,
                     test_every_kind_of_plane_of_a_net,
                     test_a_random_direction_keeps_the_lengths_of_rows,
                     test_bad_planes_are_refused,
                     test_the_linear_wasserstein_game_rotates,
                     test_a_zero_sum_game_of_nets,
                     test_products_alone_agree_with_the_whole_matrix);
}
