/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernel of a net over points. */
#include <ganfield/kernel.h>

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/crew.h"
#include "kernel/gram.h"

static gf_status gram(double *k, double *output, const gf_net *net,
                      const gf_batch *batch, const gf_kernel_options *options,
                      gf_error *error)
{
    size_t threads = gf_crew_size(options->threads);
    bool is_batch = (net->shape.norm == GF_NORM_BN_PRE ||
                     net->shape.norm == GF_NORM_BN_POST) &&
                    !batch->is_frozen;

    if (is_batch || options->is_dense)
        return gf_gram_dense(k, output, net, batch, threads, error);
    return gf_gram_layers(k, output, net, batch, threads, error);
}

/* The mean of K and of f over masks, each drawn by its own seed. */
static gf_status mean_over_masks(double *k, double *output, const gf_net *net,
                                 const gf_batch *batch,
                                 const gf_kernel_options *options,
                                 gf_error *error)
{
    size_t n = batch->count;
    double share = 1 / (double)options->masks;
    double *one = malloc((n * n + n) * sizeof *one);
    gf_net other;

    if (!one)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gf_status status = gf_net_make(&other, &net->shape, error);
    if (!status)
        memcpy(other.theta, net->theta,
               net->shape.parameters * sizeof *net->theta);
    memset(k, 0, n * n * sizeof *k);
    for (size_t i = 0; output && i < n; i++)
        output[i] = 0;
    for (size_t m = 0; m < options->masks && !status; m++) {
        gf_net_draw_mask(&other, net->shape.seed + m);
        status = gram(one, one + n * n, &other, batch, options, error);
        for (size_t i = 0; i < n * n; i++)
            k[i] += share * one[i];
        for (size_t i = 0; output && i < n; i++)
            output[i] += share * one[n * n + i];
    }
    gf_net_clear(&other);
    free(one);
    return status;
}

/* k[i][j] -= sum_m q_m k[m][j]. */
static void centre_columns(double *k, size_t n, const double *q, double *mean)
{
    memset(mean, 0, n * sizeof *mean);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            mean[j] += q[i] * k[i * n + j];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            k[i * n + j] -= mean[j];
}

/* k[i][j] -= sum_m q_m k[i][m]. */
static void centre_rows(double *k, size_t n, const double *q)
{
    for (size_t i = 0; i < n; i++) {
        double mean = 0;
        for (size_t j = 0; j < n; j++)
            mean += q[j] * k[i * n + j];
        for (size_t j = 0; j < n; j++)
            k[i * n + j] -= mean;
    }
}

static double largest(const double *k, size_t n)
{
    double most = 0;

    for (size_t i = 0; i < n * n; i++)
        most = fmax(most, fabs(k[i]));
    return most;
}

/* K without its means; of a net that is a constant rounding is left, and
 * that is nothing. */
static void centre(double *k, size_t n, const double *q, double *mean)
{
    double before = largest(k, n);

    centre_columns(k, n, q, mean);
    centre_rows(k, n, q);
    if (largest(k, n) < 8 * DBL_EPSILON * before)
        memset(k, 0, n * n * sizeof *k);
}

/* f becomes the density p, and K becomes diag(p) P K P' diag(p), where P
 * subtracts the mean under q = p w. room holds 2 n numbers. */
static void apply_softmax(double *k, double *f, size_t n, const double *weight,
                          double *room)
{
    double most = f[0], sum = 0, *q = room;

    for (size_t i = 1; i < n; i++)
        most = fmax(most, f[i]);
    for (size_t i = 0; i < n; i++) {
        f[i] = exp(f[i] - most);
        q[i] = f[i] * (weight ? weight[i] : 1 / (double)n);
        sum += q[i];
    }
    for (size_t i = 0; i < n; i++) {
        f[i] /= sum;
        q[i] /= sum;
    }
    centre(k, n, q, room + n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            k[i * n + j] *= f[i] * f[j];
}

static gf_status with_softmax(double *k, double *output, const gf_net *net,
                              const gf_batch *batch,
                              const gf_kernel_options *options, gf_error *error)
{
    double *f = malloc(3 * batch->count * sizeof *f);

    if (!f)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gf_status status = gram(k, f, net, batch, options, error);
    if (!status) {
        apply_softmax(k, f, batch->count, options->weight, f + batch->count);
        if (output)
            memcpy(output, f, batch->count * sizeof *f);
    }
    free(f);
    return status;
}

gf_status gf_kernel_gram(double *k, double *output, const gf_net *net,
                         const gf_batch *batch,
                         const gf_kernel_options *options, gf_error *error)
{
    static const gf_kernel_options defaults = {.threads = 0};

    options = options ? options : &defaults;
    if (batch->count == 0 || batch->count > GF_KERNEL_POINTS_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "a kernel is of 1 to %d points, not %zu",
                            GF_KERNEL_POINTS_MAX, batch->count);
    if (net->shape.head == GF_HEAD_SOFTMAX)
        return with_softmax(k, output, net, batch, options, error);
    if (net->mask && options->masks > 0)
        return mean_over_masks(k, output, net, batch, options, error);
    return gram(k, output, net, batch, options, error);
}

void gf_kernel_times(double *out, gf_pass *pass, const double *v, double *room)
{
    gf_pass_descend(room, NULL, pass, v);
    gf_pass_tangent(out, pass, room, NULL);
}
