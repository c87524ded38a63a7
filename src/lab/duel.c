/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Duels: making one, and its batches. */
#include "lab/duel.h"

#include "kernel/lanes/vectors.h"
#include "lab/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *gf_latent_name(gf_latent latent)
{
    return latent == GF_LATENT_NORMAL ? "normal" : "uniform";
}

/* --- making ------------------------------------------------------------ */

/* Numbers that a point is on its way through a net. */
static double units_of(const gf_net_shape *net)
{
    double sum = 0;

    for (size_t l = 0; l <= net->layers; l++)
        sum += (double)net->size[l];
    return sum;
}

static gf_status check(const gf_duel_setup *s, gf_error *error)
{
    double units = units_of(&s->fighter[GF_CRITIC].net) +
                   units_of(&s->fighter[GF_GENERATOR].net);
    size_t both =
        s->fighter[GF_CRITIC].parameters + s->fighter[GF_GENERATOR].parameters;

    if (s->batch == 0)
        return gf_error_set(error, GF_ARGUMENT,
                            "a batch of 0 points; give at least one");
    if (s->batch > GF_DUEL_BATCH_MAX ||
        (double)s->batch * units > GF_DUEL_NUMBERS_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "a batch of %zu points through %.0f units; at most "
                            "%d points and %.0g numbers are possible",
                            s->batch, units, GF_DUEL_BATCH_MAX,
                            GF_DUEL_NUMBERS_MAX);
    if (both > GF_DUEL_PARAMETERS_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "the players have %zu parameters; at most %d are "
                            "possible",
                            both, GF_DUEL_PARAMETERS_MAX);
    if (s->difference < 0 || !isfinite(s->difference))
        return gf_error_set(error, GF_ARGUMENT,
                            "differences need a step above 0");
    return GF_OK;
}

static bool allocate(gf_duel *d)
{
    size_t n = d->count, inputs = d->maker.inputs;
    size_t sum = 3 * d->size + 2 * n * 7 + 2 * n * inputs;
    double *at = calloc(sum, sizeof *at);
    double **const part[] = {&d->x,          &d->pull, &d->pull_rate, &d->slope,
                             &d->slope_rate, &d->more, &d->rate};

    d->block = at;
    if (!at)
        return false;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++, at += 2 * n)
        *part[i] = at;
    d->start = at;
    d->spare = at + d->size;
    d->sum = at + 2 * d->size;
    d->z = at + 3 * d->size;
    d->look = d->z + n * inputs;
    return true;
}

/* A player's own numbers instead of random ones. */
static void begin_with(double *theta, const gf_fighter *f)
{
    for (size_t i = 0; i < f->parameters && f->has_numbers; i++)
        theta[i] = f->number[i];
}

static gf_status fill(gf_duel *d, gf_error *error)
{
    gf_fighter *f = d->setup.fighter;
    gf_status status;

    f[GF_CRITIC].net.seed = 2 * d->setup.seed;
    f[GF_GENERATOR].net.seed = 2 * d->setup.seed + 1;
    status = gf_gains_init(&d->gains, d->setup.field, error);
    if (!status)
        status = gf_net_make(&d->net, &f[GF_CRITIC].net, error);
    if (!status)
        status = gf_pass_new(&d->pass, &d->net, 2 * d->count, error);
    if (!status)
        status = gf_maker_make(&d->maker, &f[GF_GENERATOR], d->count, error);
    if (!status && !allocate(d))
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (status)
        return status;
    begin_with(d->net.theta, &f[GF_CRITIC]);
    begin_with(gf_maker_theta(&d->maker), &f[GF_GENERATOR]);
    memcpy(d->start, d->net.theta, d->first * sizeof *d->start);
    memcpy(d->start + d->first, gf_maker_theta(&d->maker),
           (d->size - d->first) * sizeof *d->start);
    return GF_OK;
}

gf_status gf_duel_new(gf_duel **out, const gf_duel_setup *setup,
                      gf_error *error)
{
    gf_status status = check(setup, error);
    gf_duel *d;

    *out = NULL;
    if (status)
        return status;
    d = calloc(1, sizeof *d);
    if (!d)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    d->setup = *setup;
    d->self = d;
    d->count = d->group[0] = d->group[1] = setup->batch;
    d->first = setup->fighter[GF_CRITIC].parameters;
    d->size = d->first + setup->fighter[GF_GENERATOR].parameters;
    gf_net_init(&d->net);
    status = fill(d, error);
    if (status) {
        gf_duel_free(d);
        return status;
    }
    gf_duel_deal(d, 0);
    *out = d;
    return GF_OK;
}

void gf_duel_free(gf_duel *d)
{
    if (!d)
        return;
    gf_gains_clear(&d->gains);
    gf_pass_free(d->pass);
    gf_net_clear(&d->net);
    gf_maker_clear(&d->maker);
    free(d->block);
    free(d);
}

const gf_duel_setup *gf_duel_setup_of(const gf_duel *d)
{
    return &d->setup;
}

size_t gf_duel_first(const gf_duel *d)
{
    return d->first;
}

size_t gf_duel_size(const gf_duel *d)
{
    return d->size;
}

void gf_duel_start(double *z, const gf_duel *d)
{
    memcpy(z, d->start, d->size * sizeof *z);
}

void gf_duel_set(gf_duel *d, const double *z)
{
    memcpy(d->net.theta, z, d->first * sizeof *z);
    memcpy(gf_maker_theta(&d->maker), z + d->first,
           (d->size - d->first) * sizeof *z);
}

gf_net *gf_duel_net(gf_duel *d, size_t player)
{
    if (player == GF_CRITIC)
        return &d->net;
    return d->maker.is_piecewise ? NULL : &d->maker.net;
}

/* --- batches ----------------------------------------------------------- */

void gf_duel_turn_latent(double *z, const gf_duel *d, size_t count)
{
    if (d->setup.latent == GF_LATENT_NORMAL)
        gf_vectors_best()->normals(z, count);
    else
        for (size_t i = 0; i < count; i++)
            z[i] = 2 * z[i] - 1;
}

static void deal_quantiles(gf_duel *d)
{
    size_t n = d->count;

    for (size_t i = 0; i < n; i++) {
        double u = ((double)i + 0.5) / (double)n;
        double above = ((double)(n - 1 - i) + 0.5) / (double)n;
        d->x[i] = gf_distribution_quantile(d->setup.data, u, above);
    }
    if (d->maker.inputs == 1)
        for (size_t i = 0; i < n; i++)
            d->z[i] = ((double)i + 0.5) / (double)n;
    else
        gf_draw(d->z, n * d->maker.inputs, d->setup.seed, GF_DRAW_LATENT, 0);
}

void gf_duel_deal(gf_duel *d, uint64_t number)
{
    size_t numbers = d->count * d->maker.inputs;

    if (d->setup.is_full) {
        deal_quantiles(d);
    } else {
        gf_draw(d->z, numbers, d->setup.seed, GF_DRAW_LATENT, number);
    }
    gf_duel_turn_latent(d->z, d, numbers);
    d->has_data = d->setup.is_full;
    d->number = number;
}

const double *gf_duel_data(gf_duel *d)
{
    if (!d->has_data) {
        gf_draw(d->x, d->count, d->setup.seed, GF_DRAW_DATA, d->number);
        gf_distribution_draw(d->x, d->setup.data, d->x, d->count);
        d->has_data = true;
    }
    return d->x;
}

gf_duel_batch gf_duel_dealt(const gf_duel *d)
{
    return (gf_duel_batch){.data = gf_duel_data(d->self),
                           .latent = d->z,
                           .count = d->count,
                           .inputs = d->maker.inputs};
}
