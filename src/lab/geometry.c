/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Directions in the parameters of a player. */
#include "lab/geometry.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Two directions are parallel where less than this part of one is left. */
static const double PARALLEL = 1e-8;

const char *gf_slice_kind_name(gf_slice_kind kind)
{
    static const char *const names[] = {"parameters", "random", "top", "given"};

    return names[kind];
}

/* --- random directions --------------------------------------------------- */

static void scale(double *x, double length, size_t n)
{
    double now = gf_vector_length(x, n);

    for (size_t i = 0; i < n; i++)
        x[i] *= now > 0 ? length / now : 0;
}

/* Rows of weights get the lengths of those in theta, all else 0. */
static void scale_filters(double *x, const double *theta, const gf_net *net)
{
    double *filtered = x;
    size_t end = 0;

    for (size_t l = 0; l < net->shape.layers; l++) {
        const gf_net_layer *layer = &net->layer[l];
        size_t first = layer->weight;
        for (; end < first; end++)
            filtered[end] = 0;
        for (size_t row = 0; row < layer->outputs; row++, end += layer->inputs)
            scale(filtered + end, gf_vector_length(theta + end, layer->inputs),
                  layer->inputs);
    }
    for (; end < net->shape.parameters; end++)
        filtered[end] = 0;
}

static gf_status draw(double *u, double *v, const double *theta, size_t n,
                      const gf_net *net, uint64_t seed, gf_error *error)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    double *both[2] = {u, v};

    if (!random)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gsl_rng_set(random, (unsigned long)seed + 1);
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; both[side] && i < n; i++)
            both[side][i] = gsl_ran_gaussian_ziggurat(random, 1);
        if (!both[side])
            continue;
        if (net && net->shape.layers > 1)
            scale_filters(both[side], theta, net);
        else
            scale(both[side], gf_vector_length(theta, n), n);
    }
    gsl_rng_free(random);
    return GF_OK;
}

/* --- eigenvectors ----------------------------------------------------------
 */

static gf_status find_top(double *u, double *v, gf_duel *duel, const double *z,
                          const gf_geometry_slice *slice, gf_error *error)
{
    gf_krylov_options options = {
        .is_symmetric = true, .count = 2, .seed = slice->seed};
    gf_duel_map map;
    gf_krylov k;
    gf_status status = gf_duel_map_init(&map, duel, z, slice->player, error);

    gf_krylov_init(&k);
    if (!status) {
        gf_operator hessian = gf_duel_map_loss(&map);
        status = gf_krylov_find(&k, &hessian, &options, error);
    }
    if (!status) {
        memcpy(u, k.vector, k.size * sizeof *u);
        if (v)
            memcpy(v, k.vector + k.size, k.size * sizeof *v);
    }
    gf_krylov_clear(&k);
    gf_duel_map_clear(&map);
    return status;
}

/* --- all -------------------------------------------------------------------
 */

static gf_status take_parameters(double *u, double *v, size_t n,
                                 const gf_geometry_slice *slice,
                                 gf_error *error)
{
    double *both[2] = {u, v};

    for (int side = 0; side < 2; side++) {
        if (!both[side])
            continue;
        if (slice->parameter[side] >= n)
            return gf_error_set(
                error, GF_ARGUMENT,
                "there is no parameter %zu: the %s has %zu, "
                "counted from 0",
                slice->parameter[side],
                slice->player == GF_CRITIC ? "critic" : "generator", n);
        memset(both[side], 0, n * sizeof *u);
        both[side][slice->parameter[side]] = 1;
    }
    return GF_OK;
}

/* u and v become orthonormal. */
static gf_status straighten(double *u, double *v, size_t n, gf_error *error)
{
    double length = gf_vector_length(u, n), before = 0;

    if (!(length > 0) || !isfinite(length))
        return gf_error_set(error, GF_ARGUMENT,
                            "a direction is 0 or not finite");
    scale(u, 1, n);
    if (!v)
        return GF_OK;
    before = gf_vector_length(v, n);
    for (int pass = 0; pass < 2; pass++)
        gf_vector_add(v, -gf_vector_dot(u, v, n), u, n);
    length = gf_vector_length(v, n);
    if (!(length > PARALLEL * before) || !isfinite(length))
        return gf_error_set(error, GF_ARGUMENT,
                            "the two directions are parallel; a plane needs "
                            "two that are not");
    scale(v, 1, n);
    return GF_OK;
}

gf_status gf_geometry_slice_find(double *u, double *v, double *unit,
                                 gf_duel *duel, const double *z,
                                 const gf_geometry_slice *slice,
                                 gf_error *error)
{
    gf_stretch s = gf_duel_stretch(duel, slice->player);
    gf_status status = GF_OK;

    if (v && s.count < 2)
        return gf_error_set(error, GF_ARGUMENT,
                            "a plane needs a player of two parameters");
    switch (slice->kind) {
    case GF_SLICE_PARAMETERS:
        status = take_parameters(u, v, s.count, slice, error);
        break;
    case GF_SLICE_RANDOM:
        status = draw(u, v, z + s.begin, s.count,
                      gf_duel_net(duel, slice->player), slice->seed, error);
        break;
    case GF_SLICE_TOP:
        status = find_top(u, v, duel, z, slice, error);
        break;
    case GF_SLICE_GIVEN:
        memcpy(u, slice->direction, s.count * sizeof *u);
        if (v)
            memcpy(v, slice->direction + s.count, s.count * sizeof *v);
        break;
    }
    if (!status && unit)
        *unit =
            slice->kind == GF_SLICE_RANDOM ? gf_vector_length(u, s.count) : 1;
    return status ? status : straighten(u, v, s.count, error);
}
