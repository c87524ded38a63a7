/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of measurements, and what they say in the end. */
#include "lab/training.h"

#include <math.h>

const char *gf_training_column_name(size_t column)
{
    static const char *const names[GF_TRAINING_COLUMNS] = {
        "step",
        "critic_loss",
        "generator_loss",
        "critic_gradient",
        "generator_gradient",
        "mean",
        "sd",
        "w1",
        "js",
        "js_bins",
        "modes",
        "near",
        "uncovered",
        "critic_drift",
        "generator_drift",
    };

    return column < GF_TRAINING_COLUMNS ? names[column] : "";
}

static double norm(const double *x, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += x[i] * x[i];
    return sqrt(sum);
}

gf_status gf_training_measure(gf_training *t, gf_error *error)
{
    const double *z = gf_mover_reported(t->mover);
    size_t first = t->game.first, rest = t->game.size - first;
    double *value = t->row[t->rows++].value, gain[2];
    gf_tally tally;

    gf_duel_gains(gain, t->duel, z);
    gf_duel_velocity(t->gradient, t->duel, z, 0, t->game.size);
    gf_duel_sample(t->sample, t->duel, z, t->setup.samples, 0);
    gf_census_take(&tally, t->census, t->sample);
    value[GF_TRAINING_STEP] = (double)t->step;
    value[GF_TRAINING_CRITIC_LOSS] = -gain[GF_CRITIC];
    value[GF_TRAINING_GENERATOR_LOSS] = -gain[GF_GENERATOR];
    value[GF_TRAINING_CRITIC_GRADIENT] = norm(t->gradient, first);
    value[GF_TRAINING_GENERATOR_GRADIENT] = norm(t->gradient + first, rest);
    value[GF_TRAINING_MEAN] = tally.mean;
    value[GF_TRAINING_SD] = tally.sd;
    value[GF_TRAINING_W1] = tally.w1;
    value[GF_TRAINING_JS_BINS] = tally.js;
    value[GF_TRAINING_MODES] = (double)tally.modes;
    value[GF_TRAINING_NEAR] = tally.near;
    value[GF_TRAINING_UNCOVERED] = tally.uncovered;
    gf_drift_find(&value[GF_TRAINING_CRITIC_DRIFT], &t->drift, t->duel);
    return gf_duel_js(&value[GF_TRAINING_JS], t->duel, z, error);
}
