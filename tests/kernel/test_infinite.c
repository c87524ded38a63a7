/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Infinite width: the ledger's numbers (K66 to K68), what closed forms and
   quadrature have in common, and how wide nets come near. */
#include "kernel/nets.h"

#include <stdlib.h>
#include <string.h>

static void infinite(double *ntk, double *nngp, const char *line,
                     const double *x, size_t count)
{
    gf_net_shape shape;

    ck_assert_int_eq(gf_net_parse(&shape, line, NULL), GF_OK);
    ck_assert_int_eq(gf_kernel_infinite(ntk, nngp, &shape, x, count, 1, NULL),
                     GF_OK);
}

/* Two points of length sqrt 2, so that S_0 = sw2 x.x'/2 is sw2 cos(angle). */
static void set_pair_at(double *x, double angle)
{
    const double length = sqrt(2);

    x[0] = length;
    x[1] = 0;
    x[2] = length * cos(angle);
    x[3] = length * sin(angle);
}

/* K66: angle/pi, then the kernels of one and of two hidden layers, for S_0 =
   cos(angle). */
START_TEST(test_relu_is_the_ledgers)
{
    static const double rows[][3] = {
        {0, 2, 3},
        {1 / 6.0, 1.60253061606596, 2.244232387261757},
        {1 / 4.0, 1.285739250819098, 1.78548704295896},
        {1 / 3.0, 0.9423311143775627, 1.351479561123483},
        {1 / 2.0, 0.3183098861837907, 0.6857086362829425},
        {2 / 3.0, -0.05766888562243731, 0.3438622462727269},
        {1, 0, 0.3183098861837907},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double x[4], one[4], two[4];
        set_pair_at(x, rows[i][0] * acos(-1));
        for (size_t k = 0; k < 4; k++)
            x[k] /= sqrt(2);
        infinite(one, NULL, "2-8-1:relu,ntk(2,0)", x, 2);
        infinite(two, NULL, "2-8-8-1:relu,ntk(2,0)", x, 2);
        assert_close(one[1], rows[i][1], 1e-14);
        assert_close(two[1], rows[i][2], 1e-14);
    }
}
END_TEST

/* K67, K68: u, then S and S + u S' of erf; S of sin. */
START_TEST(test_erf_and_sin_are_the_ledgers)
{
    static const double rows[][3] = {
        {1, 0.46455905439754, 1.033969089131282},
        {0.5, 0.2163468959387855, 0.441425974978062},
        {0, 0, 0},
    };

    for (size_t i = 0; i < 3; i++) {
        double x[4], ntk[4], nngp[4];
        set_pair_at(x, acos(rows[i][0]));
        infinite(ntk, nngp, "2-8-1:erf,ntk(1,0)", x, 2);
        assert_close(nngp[1], rows[i][1], 1e-14);
        assert_close(ntk[1], rows[i][2], 1e-14);
        infinite(ntk, nngp, "2-8-1:sin,ntk(1,0)", x, 2);
        if (i == 1) {
            assert_close(nngp[1], 0.1917002497821018, 1e-14);
            assert_close(ntk[1], 0.1917002497821018 + 0.5 * 0.4148304099305316,
                         1e-14);
        }
    }
}
END_TEST

/* sigmoid(y) = (1 + tanh(y/2))/2: two quadratures of different functions. */
START_TEST(test_sigmoid_is_a_tanh)
{
    const double x[2] = {0.3, -1.2};
    double a[4], b[4];

    infinite(NULL, a, "1-8-1:sigmoid,ntk(1,0)", x, 2);
    infinite(NULL, b, "1-8-1:tanh,ntk(1,0)", (double[]){0.15, -0.6}, 2);
    for (size_t i = 0; i < 4; i++)
        assert_close(a[i], 0.25 + b[i] / 4, 1e-13);
}
END_TEST

/* The root of the mean square distance of nets of one width from the limit. */
static double spread(const char *activation, size_t width, size_t nets)
{
    enum { N = 5 };
    double x[N] = {-2, -1, 0.25, 1, 2}, limit[N * N], k[N * N];
    double sum = 0, size = 0;
    char line[80];

    for (size_t i = 0; i < nets; i++) {
        gf_batch batch = {.x = x, .count = N};
        gf_net net;
        snprintf(line, sizeof line, "1-%zu-%zu-1:%s,ntk(1.5,0.2),seed=%zu",
                 width, width, activation, i + 1);
        if (i == 0)
            infinite(limit, NULL, line, x, N);
        make_net(&net, line);
        ck_assert_int_eq(gf_kernel_gram(k, NULL, &net, &batch, NULL, NULL),
                         GF_OK);
        for (size_t m = 0; m < N * N; m++) {
            sum += (k[m] - limit[m]) * (k[m] - limit[m]);
            size += limit[m] * limit[m];
        }
        gf_net_clear(&net);
    }
    return sqrt(sum / size);
}

/* Like 1/sqrt(width): sixteen times as wide, four times as near. */
START_TEST(test_wide_nets_come_near)
{
    static const char *const activations[] = {"relu", "tanh", "gelu", "erf"};

    for (size_t i = 0; i < 4; i++) {
        double narrow = spread(activations[i], 16, 60);
        double wide = spread(activations[i], 256, 60);
        ck_assert_msg(narrow / wide > 3 && narrow / wide < 5.5,
                      "%s: %.3g at 16, %.3g at 256", activations[i], narrow,
                      wide);
        ck_assert_double_lt(wide, 0.2);
    }
}
END_TEST

/* Without biases a relu net sees x+ and x- only: rank 2. */
START_TEST(test_relu_without_biases_sees_two_numbers)
{
    double x[9], k[81];
    gf_kernel_study study;

    set_points(x, 1);
    infinite(k, NULL, "1-8-1:relu,ntk(2,0)", x, 9);
    gf_kernel_study_init(&study);
    ck_assert_int_eq(gf_kernel_study_run(&study, k, 9, NULL, NULL), GF_OK);
    ck_assert_uint_eq(study.rank, 2);
    gf_kernel_study_clear(&study);
    infinite(k, NULL, "1-8-1:erf,ntk(1,0)", x, 9);
    ck_assert_int_eq(gf_kernel_study_run(&study, k, 9, NULL, NULL), GF_OK);
    ck_assert_uint_eq(study.rank, 4);
    gf_kernel_study_clear(&study);
}
END_TEST

START_TEST(test_what_has_no_limit_is_refused)
{
    static const char *const lines[] = {
        "1-8-1:relu,bn-pre", "1-8-1:relu,residual", "1-8-1:relu,dropout",
        "1-8-1:relu,head=sigmoid"};
    double x[2] = {0, 1}, k[4];

    for (size_t i = 0; i < 4; i++) {
        gf_net_shape shape;
        ck_assert_int_eq(gf_net_parse(&shape, lines[i], NULL), GF_OK);
        ck_assert_int_eq(gf_kernel_infinite(k, NULL, &shape, x, 2, 1, NULL),
                         GF_ARGUMENT);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/infinite", test_relu_is_the_ledgers,
                     test_erf_and_sin_are_the_ledgers, test_sigmoid_is_a_tanh,
                     test_wide_nets_come_near,
                     test_relu_without_biases_sees_two_numbers,
                     test_what_has_no_limit_is_refused);
}
