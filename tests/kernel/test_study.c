/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of kernels whose answers are known. */
#include "kernel/nets.h"

#include <stdlib.h>
#include <string.h>

enum { N = 4 };

static void study_of(gf_kernel_study *s, const double *k, size_t n,
                     const gf_kernel_study_options *options)
{
    gf_kernel_study_init(s);
    ck_assert_int_eq(gf_kernel_study_run(s, k, n, options, NULL), GF_OK);
}

START_TEST(test_identity_has_all_modes_alike)
{
    double k[N * N] = {0};
    gf_kernel_study s;

    for (size_t i = 0; i < N; i++)
        k[i * N + i] = 3;
    study_of(&s, k, N, NULL);
    for (size_t i = 0; i < N; i++)
        assert_close(s.eigenvalue[i], 0.75, TOL1);
    assert_close(s.trace, 3, TOL1);
    assert_close(s.effective_rank, N, TOL1);
    assert_close(s.participation, N, TOL1);
    ck_assert_uint_eq(s.rank, N);
    assert_close(s.condition, 1, TOL1);
    assert_close(s.constant_share, 0.25, TOL1);
    assert_close(s.correlation, 0, TOL1);
    assert_close(s.identity_alignment, 1, TOL1);
    ck_assert(isnan(s.target_alignment) && isnan(s.drift));
    gf_kernel_study_clear(&s);
}
END_TEST

START_TEST(test_constant_kernel_freezes)
{
    double k[N * N];
    gf_kernel_study s;

    for (size_t i = 0; i < N * N; i++)
        k[i] = 2;
    study_of(&s, k, N, NULL);
    assert_close(s.constant_share, 1, TOL1);
    assert_close(s.correlation, 1, TOL1);
    assert_close(s.effective_rank, 1, TOL3);
    ck_assert_uint_eq(s.rank, 1);
    gf_kernel_study_clear(&s);
}
END_TEST

/* diag(1, 2) with weights 1/w is the identity under W. */
START_TEST(test_weights_make_the_metric)
{
    const double k[4] = {4, 0, 0, 0.5}, weight[2] = {0.25, 2};
    const double target[2] = {1, -3};
    gf_kernel_study_options options = {
        .weight = weight, .has_modes = true, .target = target};
    gf_kernel_study s;

    study_of(&s, k, 2, &options);
    assert_close(s.eigenvalue[0], 1, TOL1);
    assert_close(s.eigenvalue[1], 1, TOL1);
    assert_close(s.field_alignment, 1, TOL1);
    assert_close(s.retained[1], 1, TOL1);
    gf_kernel_study_clear(&s);
}
END_TEST

/* K = y y': everything points along the target. */
START_TEST(test_targets_and_other_kernels)
{
    const double y[N] = {1, -1, 2, -2};
    double k[N * N], half[N * N];
    gf_kernel_study_options options = {
        .target = y, .other = half, .has_modes = true};
    gf_kernel_study s;

    for (size_t i = 0; i < N * N; i++) {
        k[i] = y[i / N] * y[i % N];
        half[i] = k[i] / 2;
    }
    study_of(&s, k, N, &options);
    assert_close(s.target_alignment, 1, TOL1);
    assert_close(s.field_alignment, 1, TOL1);
    assert_close(s.retained[0], 1, TOL1);
    assert_close(s.other_alignment, 1, TOL1);
    assert_close(s.drift, 1, TOL1);
    /* sum w phi^2 = 1, and phi is along y */
    assert_close(fabs(s.mode[0]), sqrt(4.0 / 10), TOL1);
    gf_kernel_study_clear(&s);
}
END_TEST

/* K69: exact sums over the parameters of sum a_r phi(w_r x + b_r) + c. */
START_TEST(test_nets_are_the_ledgers)
{
    static const double theta[7] = {0.8, 1.5, 0.1, -0.3, 0.5, -1.2, 0.7};
    static const double x[3] = {0, 0.5, -1};
    gf_batch batch = {.x = x, .count = 3};
    double k[9];
    gf_net net;

    make_net(&net, "1-2-1:tanh");
    ck_assert_uint_eq(net.shape.parameters, 7);
    memcpy(net.theta, theta, sizeof theta);
    ck_assert_int_eq(gf_kernel_gram(k, NULL, &net, &batch, NULL, NULL), GF_OK);
    assert_close(k[0], 2.545819511211867, TOL1);
    assert_close(k[4], 2.801067137081408, TOL1);
    assert_close(k[5], 0.4449435346151681, TOL1);
    assert_close(k[8], 2.494035299605206, TOL1);
    gf_net_clear(&net);
    make_net(&net, "1-2-1:relu");
    memcpy(net.theta, theta, sizeof theta);
    ck_assert_int_eq(gf_kernel_gram(k, NULL, &net, &batch, NULL, NULL), GF_OK);
    assert_close(k[0], 1.26, TOL1);
    assert_close(k[4], 3.565, TOL1);
    assert_close(k[5], 1, TOL1);
    assert_close(k[8], 1, TOL1);
    batch.x = (double[]){1, 0.5, 0};
    ck_assert_int_eq(gf_kernel_gram(k, NULL, &net, &batch, NULL, NULL), GF_OK);
    assert_close(k[1], 4.525, TOL1);
    gf_net_clear(&net);
}
END_TEST

/* A density's mass does not move: K W 1 = 0, whatever the weights. */
START_TEST(test_softmax_keeps_the_mass)
{
    double x[9], k[81], p[9], weight[9], mass = 0;
    gf_kernel_options options = {.weight = weight};
    gf_batch batch = {.x = x, .count = 9};
    gf_net net;

    set_points(x, 1);
    for (size_t i = 0; i < 9; i++)
        weight[i] = 0.1 + 0.05 * (double)i;
    make_net(&net, "1-8-1:tanh,head=softmax");
    ck_assert_int_eq(gf_kernel_gram(k, p, &net, &batch, &options, NULL), GF_OK);
    for (size_t i = 0; i < 9; i++) {
        double sum = 0;
        mass += weight[i] * p[i];
        for (size_t j = 0; j < 9; j++)
            sum += k[i * 9 + j] * weight[j];
        ck_assert_double_lt(fabs(sum), 1e-14);
    }
    assert_close(mass, 1, TOL1);
    gf_net_clear(&net);
}
END_TEST

START_TEST(test_means_over_masks_come_near_each_other)
{
    double x[9], a[81], b[81];
    gf_kernel_options options = {.masks = 3000};
    gf_batch batch = {.x = x, .count = 9};
    gf_net net;

    set_points(x, 1);
    make_net(&net, "1-8-1:tanh,dropout(0.5),seed=1");
    ck_assert_int_eq(gf_kernel_gram(a, NULL, &net, &batch, &options, NULL),
                     GF_OK);
    options.masks = 1000;
    net.shape.seed = 100000;
    ck_assert_int_eq(gf_kernel_gram(b, NULL, &net, &batch, &options, NULL),
                     GF_OK);
    ck_assert_double_lt(distance(a, b, 81), 0.1);
    options.masks = 1;
    ck_assert_int_eq(gf_kernel_gram(b, NULL, &net, &batch, &options, NULL),
                     GF_OK);
    ck_assert_double_gt(distance(a, b, 81), 0.1);
    gf_net_clear(&net);
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/study", test_identity_has_all_modes_alike,
                     test_constant_kernel_freezes, test_weights_make_the_metric,
                     test_targets_and_other_kernels, test_nets_are_the_ledgers,
                     test_softmax_keeps_the_mass,
                     test_means_over_masks_come_near_each_other);
}
