/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Velocities in pieces of the batch, each of which goes all the way forward and
 * back while its numbers are in the nearest caches; possible where every point
 * is treated alone, which batch norm does not.
 */
#include "lab/duel.h"

#include "kernel/lanes/vectors.h"

#include <string.h>

/* Points that a generator makes at once, and that a critic judges at once. */
enum { PIECE = 64, JUDGED = 32 };

static bool has_batch_norm(const gf_net *net)
{
    return net->shape.norm == GF_NORM_BN_PRE ||
           net->shape.norm == GF_NORM_BN_POST;
}

static void add(double *to, const double *from, size_t count)
{
    static const double one = 1;

    gf_vectors_best()->combine(to, &one, 0, from, count, 1, count, true);
}

/* The critic's coordinate at count numbers. */
static const double *judge(gf_duel *d, const double *x, size_t count)
{
    gf_batch batch = {.x = x, .count = count};
    const double *out = NULL;

    /* a batch that fits cannot fail */
    return gf_pass_forward(&out, d->pass, &batch, NULL) == GF_OK ? out : NULL;
}

/* Adds the part in dJ/dphi of points of one kind. */
static void add_critic(double *v, gf_duel *d, const double *x, size_t count,
                       size_t which)
{
    for (size_t from = 0; from < count; from += JUDGED) {
        size_t n = count - from < JUDGED ? count - from : JUDGED;
        const double *u = judge(d, x + from, n);
        gf_gains_at(d->pull, &d->gains, which, 1, u, n, 1 / (double)d->count);
        gf_pass_backward(d->spare, NULL, d->pass, d->pull);
        add(v, d->spare, d->first);
    }
}

/* Adds a piece's part of dI/dtheta. */
static void add_generator(double *v, gf_duel *d, const double *fakes,
                          size_t count)
{
    for (size_t from = 0; from < count; from += JUDGED) {
        size_t n = count - from < JUDGED ? count - from : JUDGED;
        const double *u = judge(d, fakes + from, n);
        gf_gains_at(d->pull, &d->gains, GF_GAIN_GENERATOR, 1, u, n,
                    1 / (double)d->count);
        gf_pass_backward(NULL, d->slope + from, d->pass, d->pull);
    }
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
        double fakes[PIECE];
        memcpy(fakes,
               gf_maker_forward(&d->maker, d->z + from * d->maker.inputs, n),
               n * sizeof *fakes);
        if (begin < d->first) {
            add_critic(v, d, gf_duel_data(d) + from, n, GF_GAIN_DATA);
            add_critic(v, d, fakes, n, GF_GAIN_FAKES);
        }
        if (end > d->first)
            add_generator(v + d->first, d, fakes, n);
    }
}
