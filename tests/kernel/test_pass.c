/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways back and forward, against differences and against each other. */
#include "kernel/nets.h"

#include <stdlib.h>
#include <string.h>

enum { POINTS = 7 };

static const char *const lines[] = {
    "2-5-6-1:tanh",
    "2-5-1:gelu,bn-pre",
    "2-5-4-1:softplus/sin,bn-post",
    "2-5-5-1:swish,ln,residual",
    "2-6-6-1:erf,wn,residual,dropout",
    "2-6-4-1:sigmoid,sn",
    "2-7-7-1:tanh,ntk(2,0.5),residual",
    "2-6-1:gelu,wn,ntk",
    "2-4-1:sin,sn,ntk(3,1),head=softplus",
    "2-5-1:leaky-relu(0.1),head=sigmoid",
    "2-1:identity",
    "2-5-5-1:tanh,bn-pre,dropout(0.5),residual",
    "2-5-5-1:erf,bn-post,residual,head=sigmoid",
    "2-17-1:relu",
    "2-5-18-1:tanh/leaky-relu(0.3),wn,head=softplus",
};
enum { LINES = sizeof lines / sizeof *lines };

typedef struct fixture {
    const char *line;
    gf_net net;
    gf_pass *pass;
    gf_batch batch;
    double x[2 * POINTS], weight[POINTS];
    size_t group_size[2], parameters;
    double *direction, *gradient, *theta;
} fixture;

static double *room(size_t count)
{
    double *at = calloc(count, sizeof *at);

    ck_assert_ptr_nonnull(at);
    return at;
}

static void set_up(fixture *f, const char *line, uint64_t seed)
{
    *f = (fixture){.line = line, .group_size = {3, 4}};
    make_net(&f->net, line);
    f->parameters = f->net.shape.parameters;
    f->direction = room(f->parameters);
    f->gradient = room(f->parameters);
    f->theta = room(f->parameters);
    for (size_t i = 0; i < f->parameters; i++)
        f->direction[i] = random_between(&seed, -1, 1);
    /* gains other than 1 */
    for (size_t i = 0; i < f->parameters; i++)
        f->net.theta[i] += 0.1 * random_between(&seed, -1, 1);
    memcpy(f->theta, f->net.theta, f->parameters * sizeof *f->theta);
    for (size_t i = 0; i < 2 * POINTS; i++)
        f->x[i] = random_between(&seed, -2, 2);
    for (size_t i = 0; i < POINTS; i++)
        f->weight[i] = random_between(&seed, -1, 1);
    f->batch = (gf_batch){f->x, POINTS, 2, f->group_size, false};
    ck_assert_int_eq(gf_pass_new(&f->pass, &f->net, POINTS, NULL), GF_OK);
}

static void tear_down(fixture *f)
{
    gf_pass_free(f->pass);
    gf_net_clear(&f->net);
    free(f->direction);
    free(f->gradient);
    free(f->theta);
}

/* sum weight f. */
static double value(fixture *f)
{
    const double *out;
    double sum = 0;

    ck_assert_int_eq(gf_pass_forward(&out, f->pass, &f->batch, NULL), GF_OK);
    for (size_t i = 0; i < POINTS; i++)
        sum += f->weight[i] * out[i];
    return sum;
}

static double value_along(fixture *f, double h)
{
    for (size_t i = 0; i < f->parameters; i++)
        f->net.theta[i] = f->theta[i] + h * f->direction[i];
    double v = value(f);
    memcpy(f->net.theta, f->theta, f->parameters * sizeof *f->theta);
    return v;
}

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

START_TEST(test_gradients_are_differences)
{
    const double h = 1e-5;

    for (size_t i = 0; i < LINES; i++) {
        fixture f;
        set_up(&f, lines[i], 7 + i);
        double want = (value_along(&f, h) - value_along(&f, -h)) / (2 * h);
        value(&f);
        gf_pass_backward(f.gradient, NULL, f.pass, f.weight);
        double got = dot(f.gradient, f.direction, f.parameters);
        ck_assert_msg(fabs(got - want) < 1e-8, "%s: %.12g, not %.12g", f.line,
                      got, want);
        tear_down(&f);
    }
}
END_TEST

START_TEST(test_slopes_are_differences)
{
    const double h = 1e-5;

    for (size_t i = 0; i < LINES; i++) {
        double slope[2 * POINTS];
        fixture f;
        set_up(&f, lines[i], 70 + i);
        value(&f);
        gf_pass_backward(NULL, slope, f.pass, f.weight);
        for (size_t k = 0; k < 2 * POINTS; k++) {
            double x = f.x[k];
            f.x[k] = x + h;
            double above = value(&f);
            f.x[k] = x - h;
            double want = (above - value(&f)) / (2 * h);
            f.x[k] = x;
            ck_assert_msg(fabs(slope[k] - want) < 1e-8,
                          "%s, %zu: %.12g, not %.12g", f.line, k, slope[k],
                          want);
        }
        tear_down(&f);
    }
}
END_TEST

/* The tangent and the way back are transposed to each other:
   w.(J u + F v) = (J'w).u + (F'w).v to the last digits. */
START_TEST(test_tangents_and_gradients_agree)
{
    for (size_t i = 0; i < LINES; i++) {
        double rate[POINTS], x_rate[2 * POINTS], slope[2 * POINTS];
        fixture f;
        set_up(&f, lines[i], 700 + i);
        for (size_t k = 0; k < 2 * POINTS; k++)
            x_rate[k] = cos((double)k);
        value(&f);
        gf_pass_backward(f.gradient, slope, f.pass, f.weight);
        gf_pass_tangent(rate, f.pass, f.direction, x_rate);
        double got = dot(rate, f.weight, POINTS);
        double want = dot(f.gradient, f.direction, f.parameters) +
                      dot(slope, x_rate, 2 * POINTS);
        ck_assert_msg(is_close(got, want, TOL2), "%s: %.17g, not %.17g", f.line,
                      got, want);
        tear_down(&f);
    }
}
END_TEST

/* The way back along a moved theta and moved points. */
static void gradients_along(fixture *f, double h, const double *x_rate,
                            double *theta_out, double *x_out)
{
    double x[2 * POINTS];

    memcpy(x, f->x, sizeof x);
    for (size_t i = 0; i < f->parameters; i++)
        f->net.theta[i] = f->theta[i] + h * f->direction[i];
    for (size_t i = 0; i < 2 * POINTS; i++)
        f->x[i] += h * x_rate[i];
    value(f);
    gf_pass_backward(theta_out, x_out, f->pass, f->weight);
    memcpy(f->net.theta, f->theta, f->parameters * sizeof *f->theta);
    memcpy(f->x, x, sizeof x);
}

START_TEST(test_second_derivatives_are_differences)
{
    const double h = 1e-5;

    for (size_t i = 0; i < LINES; i++) {
        double x_rate[2 * POINTS], x_above[2 * POINTS], x_below[2 * POINTS];
        double x_got[2 * POINTS], rate[POINTS];
        fixture f;
        set_up(&f, lines[i], 17 + i);
        double *above = room(f.parameters), *below = room(f.parameters);
        for (size_t k = 0; k < 2 * POINTS; k++)
            x_rate[k] = cos((double)k);
        gradients_along(&f, h, x_rate, above, x_above);
        gradients_along(&f, -h, x_rate, below, x_below);
        value(&f);
        gf_pass_tangent(rate, f.pass, f.direction, x_rate);
        gf_status status =
            gf_pass_backward_rate(f.gradient, x_got, f.pass, f.weight, NULL);
        bool has_none = f.net.shape.norm == GF_NORM_SN;
        ck_assert_int_eq(status, has_none ? GF_ARGUMENT : GF_OK);
        for (size_t k = 0; k < f.parameters && !has_none; k++) {
            double want = (above[k] - below[k]) / (2 * h);
            ck_assert_msg(fabs(f.gradient[k] - want) < 1e-7,
                          "%s, %zu: %.12g, not %.12g", f.line, k, f.gradient[k],
                          want);
        }
        for (size_t k = 0; k < 2 * POINTS && !has_none; k++) {
            double want = (x_above[k] - x_below[k]) / (2 * h);
            ck_assert_msg(fabs(x_got[k] - want) < 1e-7,
                          "%s, x %zu: %.12g, not %.12g", f.line, k, x_got[k],
                          want);
        }
        free(above);
        free(below);
        tear_down(&f);
    }
}
END_TEST

/* The rows of J are the ways back of one output each. */
START_TEST(test_jacobians)
{
    for (size_t i = 0; i < 2 * LINES; i++) {
        fixture f;
        const double *out;
        set_up(&f, lines[i / 2], 300 + i);
        f.batch.is_frozen = i % 2;
        ck_assert_int_eq(gf_pass_forward(&out, f.pass, &f.batch, NULL), GF_OK);
        double *j = room(POINTS * f.parameters);
        gf_kernel_jacobian(j, f.pass);
        for (size_t k = 0; k < POINTS; k++) {
            double weight[POINTS] = {0};
            weight[k] = 1;
            gf_pass_backward(f.gradient, NULL, f.pass, weight);
            assert_near(f.line, "row", j + k * f.parameters, f.gradient,
                        f.parameters, TOL2);
        }
        free(j);
        tear_down(&f);
    }
}
END_TEST

START_TEST(test_products_need_no_kernel)
{
    for (size_t i = 0; i < LINES; i++) {
        double k[POINTS * POINTS], got[POINTS], want[POINTS];
        gf_kernel_options options = {.threads = 1};
        fixture f;
        set_up(&f, lines[i], 7000 + i);
        ck_assert_int_eq(
            gf_kernel_gram(k, NULL, &f.net, &f.batch, &options, NULL), GF_OK);
        value(&f);
        gf_kernel_times(got, f.pass, f.weight, f.gradient);
        for (size_t m = 0; m < POINTS; m++)
            want[m] = dot(k + m * POINTS, f.weight, POINTS);
        assert_near(f.line, "K v", got, want, POINTS, 1e-13);
        tear_down(&f);
    }
}
END_TEST

/* A frozen norm: its statistics do not move, so that outputs depend on their
   own point alone, and both ways to K must agree. */
START_TEST(test_frozen_norms_have_no_neighbours)
{
    static const char *const norms[] = {"2-5-4-1:tanh,bn-pre",
                                        "2-5-4-1:tanh,bn-post"};

    for (size_t i = 0; i < 2; i++) {
        double k[POINTS * POINTS], dense[POINTS * POINTS], slope[2 * POINTS];
        double one[POINTS] = {1};
        gf_kernel_options options = {.threads = 1};
        fixture f;
        set_up(&f, norms[i], i);
        f.batch.is_frozen = true;
        ck_assert_int_eq(
            gf_kernel_gram(k, NULL, &f.net, &f.batch, &options, NULL), GF_OK);
        options.is_dense = true;
        f.batch.is_frozen = true;
        ck_assert_int_eq(
            gf_kernel_gram(dense, NULL, &f.net, &f.batch, &options, NULL),
            GF_OK);
        assert_near(f.line, "K", k, dense, POINTS * POINTS, 1e-14);
        value(&f);
        gf_pass_backward(NULL, slope, f.pass, one);
        for (size_t m = 2; m < 2 * POINTS; m++)
            ck_assert_double_eq(slope[m], 0);
        tear_down(&f);
    }
}
END_TEST

START_TEST(test_bad_batches_are_refused)
{
    const double *out;
    gf_error error;
    fixture f;

    set_up(&f, "2-3-1:tanh,bn-pre", 1);
    f.batch.count = POINTS + 1;
    ck_assert_int_eq(gf_pass_forward(&out, f.pass, &f.batch, &error), GF_LIMIT);
    f.batch.count = POINTS - 1;
    ck_assert_int_eq(gf_pass_forward(&out, f.pass, &f.batch, &error),
                     GF_ARGUMENT);
    f.batch.count = POINTS;
    f.group_size[0] = 0;
    f.group_size[1] = POINTS;
    ck_assert_int_eq(gf_pass_forward(&out, f.pass, &f.batch, &error),
                     GF_ARGUMENT);
    tear_down(&f);
}
END_TEST

int main(void)
{
    return RUN_TESTS(
        "kernel/pass", test_gradients_are_differences,
        test_slopes_are_differences, test_tangents_and_gradients_agree,
        test_second_derivatives_are_differences, test_jacobians,
        test_products_need_no_kernel, test_frozen_norms_have_no_neighbours,
        test_bad_batches_are_refused);
}
