/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/coupled.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- making ------------------------------------------------------------ */

/* e with every parameter but p_d replaced by its value. */
static gf_expr bind_all_but_p_d(const gf_field *field, gf_expr e)
{
    for (size_t i = 0; i < field->parameter_count; i++)
        if (i != field->p_d)
            e = gf_expr_substitute(field->graph, e, field->parameter[i].symbol,
                                   field->parameter[i].value);
    return e;
}

static gf_status compile(gf_coupled *c, gf_error *error)
{
    const gf_field *field = c->field;
    gf_graph *graph = field->graph;
    gf_expr x = field->axis[0], p = field->axis[1], root[GF_POINT_COUNT];
    gf_expr input[3] = {x, p, field->parameter[field->p_d].symbol};
    gf_status status;

    root[GF_POINT_V] = bind_all_but_p_d(field, field->velocity[0]);
    root[GF_POINT_U] = bind_all_but_p_d(field, field->velocity[1]);
    root[GF_POINT_VX] = gf_expr_derive(graph, root[GF_POINT_V], x);
    root[GF_POINT_VP] = gf_expr_derive(graph, root[GF_POINT_V], p);
    root[GF_POINT_UX] = gf_expr_derive(graph, root[GF_POINT_U], x);
    status =
        gf_tape_new(&c->tape, graph, root, GF_POINT_COUNT, input, 3, error);
    if (status)
        return status;
    c->work = malloc(gf_tape_slots(c->tape) * sizeof *c->work);
    return c->work ? GF_OK
                   : gf_error_set(error, GF_MEMORY, "no memory for a tape");
}

static gf_status check_cloud(const gf_cloud *cloud, gf_error *error)
{
    if (cloud->count == 0 || cloud->count > GF_COUPLED_POINTS_MAX)
        return gf_error_set(error, cloud->count ? GF_LIMIT : GF_ARGUMENT,
                            "%zu points: a coupled field has 1 to %d",
                            cloud->count, GF_COUPLED_POINTS_MAX);
    for (size_t i = 0; i < cloud->count; i++) {
        if (!(cloud->weight[i] > 0 && isfinite(cloud->weight[i])))
            return gf_error_set(error, GF_ARGUMENT,
                                "the weight of point %zu is %g; give it one "
                                "that is positive",
                                i + 1, cloud->weight[i]);
        if (!(cloud->density[i] >= 0 && isfinite(cloud->density[i])))
            return gf_error_set(error, GF_ARGUMENT,
                                "the density at point %zu is %g; give it one "
                                "that is not negative",
                                i + 1, cloud->density[i]);
    }
    return GF_OK;
}

static gf_status check_kernel(const double *kernel, size_t n, gf_error *error)
{
    double largest = 0;

    for (size_t i = 0; i < n * n; i++) {
        if (!isfinite(kernel[i]))
            return gf_error_set(error, GF_ARGUMENT,
                                "entry (%zu, %zu) of a kernel is not finite",
                                i / n + 1, i % n + 1);
        largest = fmax(largest, fabs(kernel[i]));
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            if (!(fabs(kernel[i * n + j] - kernel[j * n + i]) <=
                  1e-10 * largest))
                return gf_error_set(error, GF_ARGUMENT,
                                    "a kernel is not symmetric: K(%zu, %zu) is "
                                    "%g and K(%zu, %zu) is %g",
                                    i + 1, j + 1, kernel[i * n + j], j + 1,
                                    i + 1, kernel[j * n + i]);
    return GF_OK;
}

static double *copy(const double *from, size_t count)
{
    double *to = malloc(count * sizeof *to);

    if (to)
        memcpy(to, from, count * sizeof *to);
    return to;
}

static gf_status fill(gf_coupled *c, const gf_cloud *cloud,
                      const double *const kernel[2], gf_error *error)
{
    size_t n = cloud->count;

    c->count = n;
    c->weight = copy(cloud->weight, n);
    c->density = copy(cloud->density, n);
    for (int player = 0; player < 2; player++) {
        c->drive[player] = malloc(n * sizeof(double));
        c->kernel[player] = kernel[player] ? copy(kernel[player], n * n) : NULL;
        if (!c->drive[player] || (kernel[player] && !c->kernel[player]))
            return gf_error_set(error, GF_MEMORY,
                                "no memory for kernels of %zu points", n);
    }
    if (!c->weight || !c->density)
        return gf_error_set(error, GF_MEMORY, "no memory for %zu points", n);
    return compile(c, error);
}

gf_status gf_coupled_new(gf_coupled **out, const gf_field *field,
                         const gf_cloud *cloud, const double *kernel_d,
                         const double *kernel_g, gf_error *error)
{
    const double *const kernel[2] = {kernel_d, kernel_g};
    gf_status status = check_cloud(cloud, error);
    gf_coupled *c;

    *out = NULL;
    for (int player = 0; !status && player < 2; player++)
        if (kernel[player])
            status = check_kernel(kernel[player], cloud->count, error);
    if (status)
        return status;
    if (field->kind != GF_POINTWISE)
        return gf_error_set(error, GF_DOMAIN,
                            "%s is a planar field; a kernel acts on a "
                            "pointwise one, of f1, f2 and f3",
                            field->name);
    c = calloc(1, sizeof *c);
    if (!c)
        return gf_error_set(error, GF_MEMORY, "no memory");
    c->field = field;
    status = fill(c, cloud, kernel, error);
    if (status) {
        gf_coupled_free(c);
        return status;
    }
    *out = c;
    return GF_OK;
}

void gf_coupled_free(gf_coupled *c)
{
    if (!c)
        return;
    for (int player = 0; player < 2; player++) {
        free(c->kernel[player]);
        free(c->drive[player]);
        free(c->root[player].root);
        free(c->root[player].value);
    }
    gf_tape_free(c->tape);
    free(c->work);
    free(c->weight);
    free(c->density);
    free(c);
}

/* --- the field --------------------------------------------------------- */

void gf_coupled_point(double out[GF_POINT_COUNT], gf_coupled *c, size_t i,
                      double x, double p)
{
    const double in[3] = {x, p, c->density[i]};

    if (gf_range_has(c->field->domain[0], x))
        gf_tape_at(out, c->tape, in, c->work);
    else
        for (int k = 0; k < GF_POINT_COUNT; k++)
            out[k] = NAN;
}

/* out = K h, h the pointwise velocities times the weights. */
static void spread(double *out, const gf_coupled *c, int player)
{
    size_t n = c->count;
    const double *k = c->kernel[player], *h = c->drive[player];

    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; k && j < n; j++)
            sum += k[i * n + j] * h[j];
        out[i] = k ? sum : h[i];
    }
}

void gf_coupled_velocity(double *velocity, gf_coupled *c, const double *state)
{
    size_t n = c->count;

    for (size_t i = 0; i < n; i++) {
        double out[GF_POINT_COUNT];
        gf_coupled_point(out, c, i, state[i], state[n + i]);
        c->drive[0][i] = out[GF_POINT_V] * (c->kernel[0] ? c->weight[i] : 1);
        c->drive[1][i] = out[GF_POINT_U] * (c->kernel[1] ? c->weight[i] : 1);
    }
    spread(velocity, c, 0);
    spread(velocity + n, c, 1);
}

/* K(i, j) w_j */
static double influence(const gf_coupled *c, int player, size_t i, size_t j)
{
    if (c->kernel[player])
        return c->kernel[player][i * c->count + j] * c->weight[j];
    return i == j;
}

void gf_coupled_jacobian(double *jacobian, gf_coupled *c, const double *state)
{
    size_t n = c->count;

    for (size_t j = 0; j < n; j++) {
        double out[GF_POINT_COUNT];
        gf_coupled_point(out, c, j, state[j], state[n + j]);
        for (size_t i = 0; i < n; i++) {
            double *critic = jacobian + i * 2 * n;
            double *generator = jacobian + (n + i) * 2 * n;
            critic[j] = influence(c, 0, i, j) * out[GF_POINT_VX];
            critic[n + j] = influence(c, 0, i, j) * out[GF_POINT_VP];
            generator[j] = influence(c, 1, i, j) * out[GF_POINT_UX];
            generator[n + j] = 0;
        }
    }
}
