/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Kernels of infinite width: with (u, v) normal, variances a, b, covariance c,
 *
 *     S_0 = sw2 x.x'/d + sb2        S_(l+1) = sw2 E[phi(u) phi(v)] + sb2
 *     T_0 = S_0                     T_(l+1) = S_(l+1) + sw2 T_l E[phi' phi']
 *
 * a, b, c being S_l of the pair [jacot2018].
 */
#include <ganfield/kernel.h>

#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/crew.h"

enum { NODES = 180 };

static const double pi = 3.14159265358979323846;

/* What one pair's covariance becomes: E[phi phi] and E[phi' phi']. */
typedef struct pair {
    double a, b, c;
    double value, slope;
} pair;

/* A quadrature for the standard normal distribution. */
typedef struct quadrature {
    double node[NODES], weight[NODES];
} quadrature;

/* --- closed forms ------------------------------------------------------ */

static void leaky(pair *p, double number)
{
    double root = sqrt(fmax(p->a * p->b - p->c * p->c, 0));
    double k = (1 - number) * (1 - number) / (2 * pi);

    p->slope = (1 + number * number) / 2 - k * atan2(root, p->c);
    p->value = k * root + p->c * p->slope;
}

static void error_function(pair *p)
{
    double square = (1 + 2 * p->a) * (1 + 2 * p->b);

    p->value = 2 / pi * asin(2 * p->c / sqrt(square));
    p->slope = 4 / pi / sqrt(square - 4 * p->c * p->c);
}

static void sine(pair *p)
{
    double near = exp(-(p->a + p->b - 2 * p->c) / 2);
    double far = exp(-(p->a + p->b + 2 * p->c) / 2);

    p->value = (near - far) / 2;
    p->slope = (near + far) / 2;
}

/* --- Gauss and Hermite -------------------------------------------------- */

/* u = sqrt(a) z, v = (c/sqrt(a)) z + sqrt(b - c^2/a) z'. */
static void integrate(pair *p, const gf_activation *phi, double number,
                      const quadrature *q)
{
    double u[NODES], f[NODES], df[NODES], v[NODES], g[NODES], dg[NODES];
    double size = sqrt(p->a), along = size > 0 ? p->c / size : 0;
    double across = sqrt(fmax(p->b - along * along, 0));

    for (size_t i = 0; i < NODES; i++)
        u[i] = size * q->node[i];
    phi->at(f, df, u, NODES, number);
    p->value = p->slope = 0;
    for (size_t i = 0; i < NODES; i++) {
        double value = 0, slope = 0;
        for (size_t j = 0; j < NODES; j++)
            v[j] = along * q->node[i] + across * q->node[j];
        phi->at(g, dg, v, NODES, number);
        for (size_t j = 0; j < NODES; j++) {
            value += q->weight[j] * g[j];
            slope += q->weight[j] * dg[j];
        }
        p->value += q->weight[i] * f[i] * value;
        p->slope += q->weight[i] * df[i] * slope;
    }
}

static bool set_quadrature(quadrature *q)
{
    gsl_integration_fixed_workspace *work = gsl_integration_fixed_alloc(
        gsl_integration_fixed_hermite, NODES, 0, 0.5, 0, 0);

    if (!work)
        return false;
    memcpy(q->node, gsl_integration_fixed_nodes(work), sizeof q->node);
    for (size_t i = 0; i < NODES; i++)
        q->weight[i] = gsl_integration_fixed_weights(work)[i] / sqrt(2 * pi);
    gsl_integration_fixed_free(work);
    return true;
}

static void expect(pair *p, const gf_activation *phi, double number,
                   const quadrature *q)
{
    if (strcmp(phi->name, "relu") == 0 || strcmp(phi->name, "leaky-relu") == 0)
        leaky(p, number);
    else if (strcmp(phi->name, "identity") == 0)
        leaky(p, 1);
    else if (strcmp(phi->name, "erf") == 0)
        error_function(p);
    else if (strcmp(phi->name, "sin") == 0)
        sine(p);
    else
        integrate(p, phi, number, q);
}

/* --- all pairs ---------------------------------------------------------- */

typedef struct infinite_job {
    const gf_net_shape *shape;
    const double *x;
    size_t count;
    double weight_variance, bias_variance;
    double *variance; /* layers x count: S_l of each point with itself */
    double *ntk, *nngp;
    quadrature q;
} infinite_job;

static double first_covariance(const infinite_job *job, size_t i, size_t j)
{
    size_t d = job->shape->size[0];
    double sum = 0;

    for (size_t k = 0; k < d; k++)
        sum += job->x[i * d + k] * job->x[j * d + k];
    return job->weight_variance * sum / (double)d + job->bias_variance;
}

static double next_covariance(const infinite_job *job, double mean)
{
    return job->weight_variance * mean + job->bias_variance;
}

static void set_variances(infinite_job *job, size_t i)
{
    const gf_net_shape *shape = job->shape;
    double s = first_covariance(job, i, i);

    for (size_t l = 0; l + 1 < shape->layers; l++) {
        pair p = {.a = s, .b = s, .c = s};
        job->variance[l * job->count + i] = s;
        expect(&p, shape->activation[l], shape->number[l], &job->q);
        s = next_covariance(job, p.value);
    }
}

static void set_pair(infinite_job *job, size_t i, size_t j)
{
    const gf_net_shape *shape = job->shape;
    double s = first_covariance(job, i, j), t = s;
    size_t n = job->count;

    for (size_t l = 0; l + 1 < shape->layers; l++) {
        const double *variance = job->variance + l * n;
        pair p = {.a = variance[i], .b = variance[j], .c = s};
        expect(&p, shape->activation[l], shape->number[l], &job->q);
        s = next_covariance(job, p.value);
        t = s + job->weight_variance * t * p.slope;
    }
    if (job->ntk)
        job->ntk[i * n + j] = job->ntk[j * n + i] = t;
    if (job->nngp)
        job->nngp[i * n + j] = job->nngp[j * n + i] = s;
}

static void run_variance(size_t i, size_t worker, void *ctx)
{
    (void)worker;
    set_variances(ctx, i);
}

static void run_row(size_t i, size_t worker, void *ctx)
{
    infinite_job *job = ctx;
    size_t row = job->count - 1 - i;

    (void)worker;
    for (size_t j = 0; j <= row; j++)
        set_pair(job, row, j);
}

static gf_status check(const gf_net_shape *shape, size_t count, gf_error *error)
{
    if (shape->norm != GF_NORM_NONE || shape->is_residual ||
        shape->dropout > 0 || shape->head != GF_HEAD_IDENTITY)
        return gf_error_set(error, GF_ARGUMENT,
                            "the infinite kernel is that of plain layers: no "
                            "norm, residual, dropout or head");
    if (count == 0 || count > GF_KERNEL_POINTS_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "a kernel is of 1 to %d points, not %zu",
                            GF_KERNEL_POINTS_MAX, count);
    return GF_OK;
}

gf_status gf_kernel_infinite(double *ntk, double *nngp,
                             const gf_net_shape *shape, const double *x,
                             size_t count, size_t threads, gf_error *error)
{
    infinite_job job = {
        .shape = shape,
        .x = x,
        .count = count,
        .weight_variance = shape->is_ntk ? shape->weight_variance : 2,
        .bias_variance = shape->is_ntk ? shape->bias_variance : 1,
        .ntk = ntk,
        .nngp = nngp};
    gf_status status = check(shape, count, error);

    if (status)
        return status;
    job.variance = calloc(shape->layers * count, sizeof *job.variance);
    if (!job.variance || !set_quadrature(&job.q)) {
        free(job.variance);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    gf_crew_run(run_variance, count, gf_crew_size(threads), &job);
    gf_crew_run(run_row, count, gf_crew_size(threads), &job);
    free(job.variance);
    return GF_OK;
}
