/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line a z + b gives noise of density q the density p = q(z)/|a| at
 * x = a z + b, and carries it by dx = z da + db: the velocity of the parameters
 * is that of the noise that is at x, and, where two lines come to the same x,
 * the mean of both with their densities. It is -dF/p because dF = -sum p dx.
 */
#include "lab/density.h"

#include <math.h>
#include <string.h>

/* A line, with the noise that it takes. */
typedef struct branch {
    double a, b, low, high;
    size_t first; /* the number of a among the parameters; b follows */
} branch;

bool gf_density_is_known(const gf_fighter *generator)
{
    const gf_net_shape *net = &generator->net;

    return generator->is_piecewise ||
           (net->layers == 1 && net->size[0] == 1 && net->size[1] == 1 &&
            net->norm == GF_NORM_NONE && net->head == GF_HEAD_IDENTITY &&
            !net->is_ntk);
}

/* q and q'. */
static void noise_at(double q[2], gf_latent latent, double z)
{
    if (latent == GF_LATENT_UNIFORM) {
        q[0] = fabs(z) < 1 ? 0.5 : 0;
        q[1] = 0;
        return;
    }
    q[0] = exp(-z * z / 2) / sqrt(2 * acos(-1));
    q[1] = -z * q[0];
}

static void add_branch(gf_density *out, const branch *line, gf_latent latent,
                       double x)
{
    double z = (x - line->b) / line->a, size = fabs(line->a), q[2], p;
    size_t a = line->first, b = a + 1;

    if (!(size > 0) || !(z >= line->low && z < line->high))
        return;
    noise_at(q, latent, z);
    p = q[0] / size;
    out->p += p;
    out->by[a] -= q[1] * z / (line->a * size) + p / line->a;
    out->by[b] -= q[1] / (line->a * size);
    out->otto[a] += p * z;
    out->otto[b] += p;
}

void gf_density_at(gf_density *out, const gf_duel_setup *setup,
                   const double *theta, double x)
{
    bool has_two = setup->fighter[GF_GENERATOR].is_piecewise;
    branch lines[2] = {{theta[0], theta[1], -INFINITY, INFINITY, 0}};

    if (has_two) {
        lines[0].high = 0;
        lines[1] = (branch){theta[2], theta[3], 0, INFINITY, 2};
    }
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < (has_two ? 2 : 1); i++)
        add_branch(out, &lines[i], setup->latent, x);
    for (size_t i = 0; i < GF_FIGHTER_NUMBERS_MAX; i++)
        out->otto[i] = out->p > 0 ? out->otto[i] / out->p : NAN;
}
