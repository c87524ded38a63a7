/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at the players: samples, and the critic along a line. */
#include "lab/draw.h"
#include "lab/duel.h"

#include <string.h>

void gf_duel_generate(double *out, gf_duel *d, const double *z,
                      const double *latent, size_t count)
{
    size_t inputs = d->maker.inputs;

    gf_duel_set(d, z);
    for (size_t from = 0; from < count; from += d->count) {
        size_t n = count - from < d->count ? count - from : d->count;
        memcpy(out + from,
               gf_maker_forward(&d->maker, latent + from * inputs, n),
               n * sizeof *out);
    }
}

void gf_duel_criticise(double *out, gf_duel *d, const double *z,
                       const double *x, size_t count)
{
    size_t most = 2 * d->count;

    gf_duel_set(d, z);
    for (size_t from = 0; from < count; from += most) {
        gf_batch batch = {.x = x + from,
                          .count = count - from < most ? count - from : most};
        const double *u = NULL;
        /* a batch that fits cannot fail */
        if (gf_pass_forward(&u, d->pass, &batch, NULL) == GF_OK)
            memcpy(out + from, u, batch.count * sizeof *out);
    }
}

void gf_duel_sample(double *out, gf_duel *d, const double *z, size_t count,
                    uint64_t number)
{
    size_t inputs = d->maker.inputs;

    gf_duel_set(d, z);
    for (size_t from = 0; from < count; from += d->count) {
        size_t n = count - from < d->count ? count - from : d->count;
        if (inputs == 1)
            for (size_t i = 0; i < n; i++)
                d->look[i] = ((double)(from + i) + 0.5) / (double)count;
        else
            gf_draw(d->look, n * inputs, d->setup.seed, GF_DRAW_LOOK,
                    number * GF_DUEL_BATCH_MAX + from);
        gf_duel_turn_latent(d->look, d, n * inputs);
        memcpy(out + from, gf_maker_forward(&d->maker, d->look, n),
               n * sizeof *out);
    }
}
