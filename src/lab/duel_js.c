/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far a generator of lines is from its data, by both densities: a
 * quadrature over cuts at the data's own places and at those where the
 * generator's noise ends, bends or fades [piessens1983].
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/divergence.h"
#include "lab/density.h"
#include "lab/duel.h"

enum { LINES = GF_FIGHTER_NUMBERS_MAX / 2, NEAREST = -2, FARTHEST = 5 };
enum { CUTS = 2 * (FARTHEST - NEAREST + 1) + 1 };

/* A line narrower than this part of where it stands is a point: its density
   would be one of rounding. */
#define NARROW 1e-9

bool gf_duel_has_densities(const gf_duel_setup *setup)
{
    return gf_density_is_known(&setup->fighter[GF_GENERATOR]) &&
           gf_distribution_atom_mass(setup->data) == 0;
}

typedef struct pair {
    const gf_duel_setup *setup;
    const double *theta;
    gf_generator js;
} pair;

static double integrand(double x, void *ctx)
{
    const pair *both = ctx;
    double data = gf_distribution_log_density(both->setup->data, x);
    gf_density fakes;

    gf_density_at(&fakes, both->setup, both->theta, x);
    if (data == -INFINITY && !(fakes.p > 0))
        return 0;
    return both->js.at(data, log(fakes.p), &both->js);
}

/* Those of the line a z + b, z on one side of 0 or on both. */
static size_t add_cuts(double *cut, const double line[2], gf_latent latent,
                       bool has_left, bool has_right)
{
    size_t count = 0;

    cut[count++] = line[1];
    for (int k = NEAREST; k <= FARTHEST; k++) {
        double z = ldexp(1, k);
        if (latent == GF_LATENT_UNIFORM && z != 1)
            continue;
        if (has_left)
            cut[count++] = line[1] - z * line[0];
        if (has_right)
            cut[count++] = line[1] + z * line[0];
    }
    return count;
}

/* The numbers of the lines, 0 for a slope that makes a point; the mass of the
   points. */
static double flatten(double theta[GF_FIGHTER_NUMBERS_MAX],
                      const double *number, size_t lines)
{
    double mass = 0;

    memcpy(theta, number, 2 * lines * sizeof *theta);
    for (size_t i = 0; i < lines; i++) {
        if (fabs(theta[2 * i]) > NARROW * fabs(theta[2 * i + 1]))
            continue;
        theta[2 * i] = 0;
        mass += 1 / (double)lines;
    }
    return mass;
}

static bool is_finite(const double *number, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(number[i]))
            return false;
    return true;
}

gf_status gf_duel_js(double *out, const gf_duel *duel, const double *z,
                     gf_error *error)
{
    const gf_duel_setup *setup = &duel->setup;
    const gf_distribution *data = setup->data;
    size_t lines = setup->fighter[GF_GENERATOR].is_piecewise ? 2 : 1, cuts;
    bool is_open = setup->latent == GF_LATENT_NORMAL;
    double theta[GF_FIGHTER_NUMBERS_MAX], points, *cut;
    pair both = {setup, theta, gf_generator_of(GF_DIVERGENCE_JS, 0)};
    gf_integral sum = {.least = 1e-16};
    gf_status status;

    *out = NAN;
    if (!gf_duel_has_densities(setup) || !is_finite(z + duel->first, 2 * lines))
        return GF_OK;
    points = flatten(theta, z + duel->first, lines);
    cut = malloc((data->cuts + LINES * CUTS) * sizeof *cut);
    if (!cut)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    memcpy(cut, data->cut, data->cuts * sizeof *cut);
    cuts = data->cuts;
    for (size_t i = 0; i < lines; i++)
        cuts += add_cuts(cut + cuts, theta + 2 * i, setup->latent,
                         lines == 1 || i == 0, lines == 1 || i == 1);
    cuts = gf_cuts_tidy(cut, cuts);
    status = gf_integrate_line(&sum, integrand, &both, cut, cuts,
                               data->left_open || is_open,
                               data->right_open || is_open, error);
    free(cut);
    if (!status)
        *out = fmin(sum.value + points * log(2) / 2, log(2));
    return status;
}
