/* SPDX-License-Identifier: GPL-3.0-or-later */
/* States that a training keeps, to be looked at when it is over. */
#include "lab/training.h"

#include <string.h>

/* Steps are far below 2^32, pictures below 2^10. */
static size_t step_of(const gf_training *t, size_t k)
{
    return k * t->setup.steps / (t->setup.pictures - 1);
}

void gf_training_take_picture(gf_training *t)
{
    const double *z = gf_mover_reported(t->mover);
    size_t size = t->game.size;

    /* of few steps several pictures are one */
    while (t->pictures < t->setup.pictures &&
           step_of(t, t->pictures) == t->step) {
        memcpy(t->picture + t->pictures * size, z, size * sizeof *z);
        t->pictures++;
    }
}

const double *gf_training_picture(size_t *step, const gf_training *t, size_t k)
{
    if (k >= t->pictures)
        return NULL;
    *step = step_of(t, k);
    return t->picture + k * t->game.size;
}
