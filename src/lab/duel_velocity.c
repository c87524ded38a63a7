/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Velocities in pieces of the batch, each of which goes all the way forward and
 * back while its numbers are in the nearest caches; possible where every point
 * is treated alone, which batch norm does not.
 */
#include "lab/duel.h"

#include <string.h>

enum { PIECE = 64 };

static bool has_batch_norm(const gf_net *net)
{
    return net->shape.norm == GF_NORM_BN_PRE ||
           net->shape.norm == GF_NORM_BN_POST;
}

static void add(double *to, const double *from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        to[i] += from[i];
}

/* The critic's coordinate at count numbers. */
static const double *judge(gf_duel *d, const double *x, size_t count)
{
    gf_batch batch = {.x = x, .count = count};
    const double *out = NULL;

    /* a batch that fits cannot fail */
    return gf_pass_forward(&out, d->pass, &batch, NULL) == GF_OK ? out : NULL;
}

/* Adds a piece's part of dJ/dphi; x: its data, then its fakes. */
static void add_critic(double *v, gf_duel *d, const double *x, size_t n)
{
    const double *u = judge(d, x, 2 * n);
    double share = 1 / (double)d->count;

    gf_gains_at(d->pull, &d->gains, GF_GAIN_DATA, 1, u, n, share);
    gf_gains_at(d->pull + n, &d->gains, GF_GAIN_FAKES, 1, u + n, n, share);
    gf_pass_backward(d->spare, NULL, d->pass, d->pull);
    add(v, d->spare, d->first);
}

/* Adds a piece's part of dI/dtheta. */
static void add_generator(double *v, gf_duel *d, const double *fakes, size_t n)
{
    const double *u = judge(d, fakes, n);

    gf_gains_at(d->pull, &d->gains, GF_GAIN_GENERATOR, 1, u, n,
                1 / (double)d->count);
    gf_pass_backward(NULL, d->slope, d->pass, d->pull);
    gf_maker_backward(d->spare, &d->maker, d->slope);
    add(v, d->spare, d->size - d->first);
}

void gf_duel_velocity(double *v, gf_duel *d, const double *z, size_t begin,
                      size_t end)
{
    if (d->setup.difference > 0 || has_batch_norm(&d->net) ||
        (!d->maker.is_piecewise && has_batch_norm(&d->maker.net))) {
        gf_duel_velocity_whole(v, d, z, begin, end);
        return;
    }
    gf_duel_set(d, z);
    memset(v + begin, 0, (end - begin) * sizeof *v);
    for (size_t from = 0; from < d->count; from += PIECE) {
        size_t n = d->count - from < PIECE ? d->count - from : PIECE;
        double x[2 * PIECE];
        memcpy(x, d->x + from, n * sizeof *x);
        memcpy(x + n,
               gf_maker_forward(&d->maker, d->z + from * d->maker.inputs, n),
               n * sizeof *x);
        if (begin < d->first)
            add_critic(v, d, x, n);
        if (end > d->first)
            add_generator(v + d->first, d, x + n, n);
    }
}
