/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How critics follow a generator that moves, and what carries its density. */
#include "lab/geometry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lab/density.h"
#include "lab/optimal.h"

enum { CURVES = 5, WAY_CURVES = 4 };

void gf_geometry_connection_init(gf_geometry_connection *c)
{
    *c = (gf_geometry_connection){.count = 0};
}

void gf_geometry_connection_clear(gf_geometry_connection *c)
{
    free(c->block);
    free(c->direction);
    gf_geometry_connection_init(c);
}

/* All the work on one connection. */
typedef struct work {
    gf_geometry_connection *c;
    gf_duel *duel;
    const double *z;
    size_t first, count, generator; /* parameters, places, parameters */
    gf_pass *pass;                  /* of the critic at the places */
    double *weight;                 /* of an integral with w */
    double *by[2];                  /* d_u p, d_v p */
    double *step, *pull, *room;     /* first, first, count */
} work;

/* --- the optimal critic ------------------------------------------------------
 */

static double trapezoid(const gf_geometry_connection *c, size_t i)
{
    double left = i > 0 ? c->x[i] - c->x[i - 1] : 0;
    double right = i + 1 < c->count ? c->x[i + 1] - c->x[i] : 0;

    return (left + right) / 2;
}

/* Everything at a place that is known in closed form. */
static void look_at(work *w, const gf_optimal *optimal, size_t i)
{
    gf_geometry_connection *c = w->c;
    const gf_duel_setup *setup = gf_duel_setup_of(w->duel);
    gf_density d = {.p = NAN};
    double slope = NAN, curve = NAN;

    c->data[i] = gf_distribution_density(setup->data, c->x[i]);
    if (gf_density_is_known(&setup->fighter[GF_GENERATOR]))
        gf_density_at(&d, setup, w->z + w->first, c->x[i]);
    c->density[i] = d.p;
    c->optimal[i] = gf_optimal_at(&slope, &curve, optimal, c->data[i], d.p);
    w->weight[i] = isfinite(curve) ? -curve * trapezoid(c, i) : 0;
    for (int k = 0; k < 2; k++) {
        const double *u = c->direction + (size_t)k * w->generator;
        double by = isnan(d.p) ? NAN : 0, otto = by;
        for (size_t j = 0; !isnan(d.p) && j < w->generator; j++) {
            by += u[j] * d.by[j];
            otto += u[j] * d.otto[j];
        }
        c->way[k].optimal[i] = -slope * by / curve;
        c->way[k].otto[i] = otto;
    }
}

static gf_status look(work *w, gf_error *error)
{
    gf_optimal optimal;
    gf_status status =
        gf_optimal_init(&optimal, gf_duel_setup_of(w->duel)->field, error);

    for (size_t i = 0; !status && i < w->count; i++)
        look_at(w, &optimal, i);
    gf_optimal_clear(&optimal);
    return status;
}

/* --- this critic -------------------------------------------------------------
 */

static gf_status place_critic(work *w, gf_error *error)
{
    const gf_net *net = gf_duel_net(w->duel, GF_CRITIC);
    gf_batch batch = {.x = w->c->x, .count = w->count};
    const double *out = NULL;
    gf_norm norm = net->shape.norm;
    gf_status status;

    if (norm == GF_NORM_BN_PRE || norm == GF_NORM_BN_POST)
        return gf_error_set(error, GF_ARGUMENT,
                            "a critic with batch norm has no value at a point "
                            "alone; use ln or no norm");
    gf_duel_set(w->duel, w->z);
    status = gf_pass_new(&w->pass, net, w->count, error);
    if (!status)
        status = gf_pass_forward(&out, w->pass, &batch, error);
    if (!status)
        memcpy(w->c->critic, out, w->count * sizeof *out);
    return status;
}

/* dphi of the way, and how the critic moves by it. */
static gf_status follow(work *w, size_t k, gf_error *error)
{
    struct gf_geometry_way *way = &w->c->way[k];
    gf_duel_map map;
    gf_krylov_options options = {.most = 40 * w->first + 200};
    gf_status status = gf_duel_map_init(&map, w->duel, w->z, GF_CRITIC, error);

    if (!status) {
        gf_operator hessian = gf_duel_map_loss(&map);
        memcpy(map.in + w->first, w->c->direction + k * w->generator,
               w->generator * sizeof *map.in);
        status =
            gf_duel_hessian(map.out, w->duel, GF_CRITIC, w->z, map.in, error);
        memcpy(w->pull, map.out, w->first * sizeof *w->pull);
        if (!status)
            status = gf_krylov_solve(&way->solution, w->step, &hessian,
                                     w->c->damping, w->pull, &options, error);
    }
    if (!status)
        gf_pass_tangent(way->follow, w->pass, w->step, NULL);
    gf_duel_map_clear(&map);
    return status;
}

/* dphi -> the sum over places of w s_phi (s_phi dphi). */
static void times_normal(double *out, const double *d, const void *ctx)
{
    const work *w = ctx;

    gf_pass_tangent(w->room, w->pass, d, NULL);
    for (size_t i = 0; i < w->count; i++)
        w->room[i] *= w->weight[i];
    gf_pass_backward(out, NULL, w->pass, w->room);
}

/* The nearest to A that a step of phi makes of the critic. */
static gf_status find_nearest(work *w, size_t k, gf_error *error)
{
    struct gf_geometry_way *way = &w->c->way[k];
    gf_operator normal = {w->first, times_normal, w};
    gf_krylov_options options = {.most = 40 * w->first + 200,
                                 .tolerance = 1e-11};
    gf_krylov_solution solution;
    gf_status status;

    for (size_t i = 0; i < w->count; i++)
        w->room[i] = w->weight[i] > 0 ? w->weight[i] * way->optimal[i] : 0;
    gf_pass_backward(w->pull, NULL, w->pass, w->room);
    status = gf_krylov_solve(&solution, w->step, &normal, 0, w->pull, &options,
                             error);
    if (!status)
        gf_pass_tangent(way->nearest, w->pass, w->step, NULL);
    return status;
}

/* The root of the integral of w (a - b)^2; b NULL: 0. NaN without weights, as
   of a density that is not known. */
static double apart(const work *w, const double *a, const double *b)
{
    double sum = 0, all = 0;

    for (size_t i = 0; i < w->count; i++) {
        double off = a[i] - (b ? b[i] : 0);
        sum += w->weight[i] > 0 ? w->weight[i] * off * off : 0;
        all += w->weight[i];
    }
    return all > 0 ? sqrt(sum) : NAN;
}

static gf_status compare(work *w, size_t k, gf_error *error)
{
    struct gf_geometry_way *way = &w->c->way[k];
    gf_status status = follow(w, k, error);

    way->length = apart(w, way->optimal, NULL);
    way->off = way->least_off = NAN;
    for (size_t i = 0; i < w->count; i++)
        way->nearest[i] = NAN;
    if (status || !(way->length > 0))
        return status;
    status = find_nearest(w, k, error);
    way->off = apart(w, way->follow, way->optimal) / way->length;
    way->least_off = apart(w, way->nearest, way->optimal) / way->length;
    return status;
}

/* --- all -------------------------------------------------------------------
 */

static gf_status make_room(work *w, gf_error *error)
{
    gf_geometry_connection *c = w->c;
    size_t n = w->count, curves = CURVES + 2 * WAY_CURVES;
    double *at = calloc(curves * n, sizeof *at);
    double **const single[CURVES] = {&c->x, &c->data, &c->density, &c->optimal,
                                     &c->critic};

    c->block = at;
    c->direction = calloc(2 * w->generator, sizeof *c->direction);
    w->weight = calloc(2 * n + 2 * w->first, sizeof *w->weight);
    if (!at || !c->direction || !w->weight)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (int i = 0; i < CURVES; i++, at += n)
        *single[i] = at;
    for (int k = 0; k < 2; k++) {
        double **const each[WAY_CURVES] = {&c->way[k].optimal,
                                           &c->way[k].follow,
                                           &c->way[k].nearest, &c->way[k].otto};
        for (int i = 0; i < WAY_CURVES; i++, at += n)
            *each[i] = at;
    }
    w->room = w->weight + n;
    w->step = w->room + n;
    w->pull = w->step + w->first;
    return GF_OK;
}

static gf_status run(work *w, double *z, const gf_geometry_slice *slice,
                     const double *x, gf_error *error)
{
    gf_geometry_connection *c = w->c;
    gf_status status = make_room(w, error);

    if (!status)
        status = gf_geometry_best_find(&c->best, z, w->duel, c->damping, true,
                                       error);
    if (!status)
        status =
            gf_geometry_slice_find(c->direction, c->direction + w->generator,
                                   NULL, w->duel, z, slice, error);
    if (status)
        return status;
    memcpy(c->x, x, w->count * sizeof *x);
    status = place_critic(w, error);
    if (!status)
        status = look(w, error);
    for (size_t k = 0; k < 2 && !status; k++)
        status = compare(w, k, error);
    return status;
}

gf_status
gf_geometry_connection_find(gf_geometry_connection *c, gf_duel *duel, double *z,
                            const gf_geometry_slice *slice,
                            const gf_geometry_connection_options *options,
                            gf_error *error)
{
    size_t first = gf_duel_first(duel);
    work w = {.c = c,
              .duel = duel,
              .z = z,
              .first = first,
              .count = options->count,
              .generator = gf_duel_size(duel) - first};
    gf_status status;

    if (options->count < 2)
        return gf_error_set(error, GF_ARGUMENT,
                            "a connection is looked at from two places on");
    c->count = options->count;
    c->damping = options->damping;
    status = run(&w, z, slice, options->x, error);
    gf_pass_free(w.pass);
    free(w.weight);
    if (status)
        gf_geometry_connection_clear(c);
    return status;
}
