/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kernels against those of an independent program: tests/reference/kernel.py.
   Errors are relative to the largest number; those of the 40-digit values are a
   few roundings, the tolerance of the others is what PyTorch's doubles are
   worth. */
#include "kernel/nets.h"

#include <string.h>

enum { POINTS = 9, BOTH = 18, MOST = 160 };

typedef struct gram_case {
    const char *net;
    size_t inputs, parameters;
    double f[POINTS], k[POINTS * (POINTS + 1) / 2], eigenvalue[POINTS];
    double gradient[MOST];
} gram_case;

typedef struct group_case {
    const char *net;
    bool is_joint;
    double f[BOTH], k[BOTH * (BOTH + 1) / 2], eigenvalue[BOTH];
} group_case;

typedef struct slope_case {
    const char *net;
    bool has_kernels;
    double slope[POINTS * POINTS], dk[POINTS * POINTS], d2k[POINTS * POINTS];
} slope_case;

typedef struct infinite_case {
    const char *net;
    size_t inputs;
    bool is_exact;
    double nngp[POINTS * (POINTS + 1) / 2], ntk[POINTS * (POINTS + 1) / 2];
    double eigenvalue[POINTS]; /* of ntk */
} infinite_case;

#include "reference/kernel.inc"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* Batch norm divides by the spread of a unit, which may be small. */
static double tolerance(const char *net)
{
    return strstr(net, "bn-") ? 1e-13 : 1e-14;
}

/* A matrix's lower triangle in place of it. */
static void keep_lower(double *k, size_t n)
{
    size_t next = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++)
            k[next++] = k[i * n + j];
}

/* Relative to the largest, as LAPACK's are; a kernel of 18 points has some more
   roundings. */
static void check_spectrum(const char *net, const double *k, size_t n,
                           const double *eigenvalue, double tol)
{
    double one[BOTH];
    gf_kernel_study_options options = {.weight = one, .threads = 1};
    gf_kernel_study study;

    for (size_t i = 0; i < n; i++)
        one[i] = 1;
    gf_kernel_study_init(&study);
    ck_assert_int_eq(gf_kernel_study_run(&study, k, n, &options, NULL), GF_OK);
    assert_near(net, "eigenvalues", study.eigenvalue, eigenvalue, n, tol);
    gf_kernel_study_clear(&study);
}

static void check_gram(const gram_case *c, bool is_dense)
{
    double x[2 * POINTS], k[POINTS * POINTS], f[POINTS];
    gf_kernel_options options = {.threads = 1, .is_dense = is_dense};
    gf_net net;

    make_net(&net, c->net);
    ck_assert_uint_eq(net.shape.parameters, c->parameters);
    set_points(x, c->inputs);
    gf_batch batch = {.x = x, .count = POINTS};
    ck_assert_int_eq(gf_kernel_gram(k, f, &net, &batch, &options, NULL), GF_OK);
    assert_near(c->net, "f", f, c->f, POINTS, tolerance(c->net));
    check_spectrum(c->net, k, POINTS, c->eigenvalue, tolerance(c->net));
    keep_lower(k, POINTS);
    assert_near(c->net, is_dense ? "dense K" : "K", k, c->k, COUNT(c->k),
                tolerance(c->net));
    gf_net_clear(&net);
}

START_TEST(test_kernels_are_those_of_the_reference)
{
    for (size_t i = 0; i < COUNT(gram_cases); i++) {
        check_gram(&gram_cases[i], false);
        check_gram(&gram_cases[i], true);
    }
}
END_TEST

START_TEST(test_gradients_are_those_of_the_reference)
{
    double x[2 * POINTS], weight[POINTS] = {1}, gradient[MOST];
    const double *f;

    for (size_t i = 0; i < COUNT(gram_cases); i++) {
        const gram_case *c = &gram_cases[i];
        gf_pass *pass;
        gf_net net;
        make_net(&net, c->net);
        set_points(x, c->inputs);
        gf_batch batch = {.x = x, .count = POINTS};
        ck_assert_int_eq(gf_pass_new(&pass, &net, POINTS, NULL), GF_OK);
        ck_assert_int_eq(gf_pass_forward(&f, pass, &batch, NULL), GF_OK);
        gf_pass_backward(gradient, NULL, pass, weight);
        assert_near(c->net, "gradient", gradient, c->gradient, c->parameters,
                    tolerance(c->net));
        gf_pass_free(pass);
        gf_net_clear(&net);
    }
}
END_TEST

START_TEST(test_groups_have_their_own_statistics)
{
    double x[BOTH], k[BOTH * BOTH], f[BOTH];
    size_t halves[2] = {POINTS, POINTS};

    set_points(x, 1);
    for (size_t i = 0; i < POINTS; i++)
        x[POINTS + i] = 0.8 * x[i] + 0.3;
    for (size_t i = 0; i < COUNT(group_cases); i++) {
        const group_case *c = &group_cases[i];
        gf_batch batch = {.x = x, .count = BOTH};
        gf_net net;
        if (!c->is_joint) {
            batch.groups = 2;
            batch.group_size = halves;
        }
        make_net(&net, c->net);
        ck_assert_int_eq(gf_kernel_gram(k, f, &net, &batch, NULL, NULL), GF_OK);
        assert_near(c->net, "f", f, c->f, BOTH, tolerance(c->net));
        check_spectrum(c->net, k, BOTH, c->eigenvalue, tolerance(c->net));
        keep_lower(k, BOTH);
        assert_near(c->net, "K", k, c->k, COUNT(c->k), tolerance(c->net));
        gf_net_clear(&net);
    }
}
END_TEST

START_TEST(test_slopes_are_those_of_the_reference)
{
    double x[POINTS], slope[POINTS * POINTS], weight[POINTS] = {0};
    const double *f;

    set_points(x, 1);
    for (size_t i = 0; i < COUNT(slope_cases); i++) {
        const slope_case *c = &slope_cases[i];
        gf_batch batch = {.x = x, .count = POINTS};
        gf_pass *pass;
        gf_net net;
        make_net(&net, c->net);
        ck_assert_int_eq(gf_pass_new(&pass, &net, POINTS, NULL), GF_OK);
        ck_assert_int_eq(gf_pass_forward(&f, pass, &batch, NULL), GF_OK);
        for (size_t k = 0; k < POINTS; k++) {
            weight[k] = 1;
            gf_pass_backward(NULL, slope + k * POINTS, pass, weight);
            weight[k] = 0;
        }
        assert_near(c->net, "df/dx", slope, c->slope, POINTS * POINTS,
                    tolerance(c->net));
        gf_pass_free(pass);
        gf_net_clear(&net);
    }
}
END_TEST

/* dK/dy = J J_x' and d2K/dxdy = J_x J_x', J_x the Jacobian's change when each
   point moves: the kernels of slopes. */
START_TEST(test_kernels_of_slopes_are_those_of_the_reference)
{
    double x[POINTS], one[POINTS], rate[POINTS], weight[POINTS] = {0};
    double j[POINTS][MOST], j_x[POINTS][MOST], dk[POINTS * POINTS],
        d2k[POINTS * POINTS];
    const double *f;

    set_points(x, 1);
    for (size_t i = 0; i < POINTS; i++)
        one[i] = 1;
    for (size_t i = 0; i < COUNT(slope_cases); i++) {
        const slope_case *c = &slope_cases[i];
        gf_batch batch = {.x = x, .count = POINTS};
        gf_pass *pass;
        gf_net net;
        if (!c->has_kernels)
            continue;
        make_net(&net, c->net);
        ck_assert_int_eq(gf_pass_new(&pass, &net, POINTS, NULL), GF_OK);
        ck_assert_int_eq(gf_pass_forward(&f, pass, &batch, NULL), GF_OK);
        gf_pass_tangent(rate, pass, NULL, one);
        for (size_t k = 0; k < POINTS; k++) {
            weight[k] = 1;
            gf_pass_backward(j[k], NULL, pass, weight);
            ck_assert_int_eq(
                gf_pass_backward_rate(j_x[k], NULL, pass, weight, NULL), GF_OK);
            weight[k] = 0;
        }
        for (size_t k = 0; k < POINTS * POINTS; k++) {
            dk[k] = d2k[k] = 0;
            for (size_t p = 0; p < net.shape.parameters; p++) {
                dk[k] += j[k / POINTS][p] * j_x[k % POINTS][p];
                d2k[k] += j_x[k / POINTS][p] * j_x[k % POINTS][p];
            }
        }
        assert_near(c->net, "dK/dy", dk, c->dk, POINTS * POINTS, 1e-14);
        assert_near(c->net, "d2K/dxdy", d2k, c->d2k, POINTS * POINTS, 2e-14);
        gf_pass_free(pass);
        gf_net_clear(&net);
    }
}
END_TEST

/* Closed forms are exact in the reference; its quadratures are trusted to
   1e-12. */
START_TEST(test_infinite_kernels_are_those_of_the_reference)
{
    double x[2 * POINTS], ntk[POINTS * POINTS], nngp[POINTS * POINTS];

    for (size_t i = 0; i < COUNT(infinite_cases); i++) {
        const infinite_case *c = &infinite_cases[i];
        double tol = c->is_exact ? 1e-14 : 1e-12;
        gf_net_shape shape;
        ck_assert_int_eq(gf_net_parse(&shape, c->net, NULL), GF_OK);
        set_points(x, c->inputs);
        ck_assert_int_eq(
            gf_kernel_infinite(ntk, nngp, &shape, x, POINTS, 1, NULL), GF_OK);
        check_spectrum(c->net, ntk, POINTS, c->eigenvalue, tol);
        keep_lower(ntk, POINTS);
        keep_lower(nngp, POINTS);
        assert_near(c->net, "ntk", ntk, c->ntk, COUNT(c->ntk), tol);
        assert_near(c->net, "nngp", nngp, c->nngp, COUNT(c->nngp), tol);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/reference",
                     test_kernels_are_those_of_the_reference,
                     test_gradients_are_those_of_the_reference,
                     test_groups_have_their_own_statistics,
                     test_slopes_are_those_of_the_reference,
                     test_kernels_of_slopes_are_those_of_the_reference,
                     test_infinite_kernels_are_those_of_the_reference);
}
