/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the kernels of both players (kernel.h) have come from those of the
   start, at points that stay. */
#include <ganfield/kernel.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lab/training.h"

enum { N = GF_DRIFT_POINTS };

/* The kernel of a player as last set; the two branches of a piecewise generator
   are two lines, whose kernel stays. */
static gf_status kernel(double k[N * N], const gf_drift *drift, gf_duel *duel,
                        size_t player, gf_error *error)
{
    const gf_kernel_options options = {.threads = 1};
    const gf_net *net = gf_duel_net(duel, player);
    gf_batch batch = {.x = player == GF_CRITIC ? drift->x : drift->latent,
                      .count = N};

    for (size_t i = 0; !net && i < N * N; i++)
        k[i] = 1;
    return net ? gf_kernel_gram(k, NULL, net, &batch, &options, error) : GF_OK;
}

/* The points: quantiles of the data, and latent points of batch 0. */
static void lay_points(gf_drift *drift, gf_duel *duel, size_t inputs)
{
    const gf_distribution *data = gf_duel_setup_of(duel)->data;
    gf_duel_batch batch;

    for (size_t i = 0; i < N; i++) {
        double u = ((double)i + 0.5) / N;
        drift->x[i] = gf_distribution_quantile(data, u, 1 - u);
    }
    gf_duel_deal(duel, 0);
    batch = gf_duel_dealt(duel);
    for (size_t i = 0; i < N; i++)
        memcpy(drift->latent + i * inputs,
               batch.latent + (i % batch.count) * inputs,
               inputs * sizeof *drift->latent);
}

gf_status gf_drift_init(gf_drift *drift, gf_duel *duel, gf_error *error)
{
    size_t inputs = gf_duel_dealt(duel).inputs;
    double *z = malloc(gf_duel_size(duel) * sizeof *z);
    gf_status status = GF_OK;

    drift->latent = malloc(N * inputs * sizeof *drift->latent);
    if (!z || !drift->latent)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status) {
        lay_points(drift, duel, inputs);
        gf_duel_start(z, duel);
        gf_duel_set(duel, z);
    }
    for (size_t i = 0; i < 2 && !status; i++)
        status = kernel(drift->start[i], drift, duel, i, error);
    free(z);
    return status;
}

void gf_drift_clear(gf_drift *drift)
{
    free(drift->latent);
}

void gf_drift_find(double out[2], const gf_drift *drift, gf_duel *duel)
{
    double k[N * N];

    for (size_t i = 0; i < 2; i++) {
        double off = 0, size = 0;
        out[i] = NAN;
        if (kernel(k, drift, duel, i, NULL))
            continue;
        for (size_t j = 0; j < N * N; j++) {
            double d = k[j] - drift->start[i][j];
            off += d * d;
            size += drift->start[i][j] * drift->start[i][j];
        }
        if (size > 0 && isfinite(off))
            out[i] = sqrt(off / size);
    }
}
