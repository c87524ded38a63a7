/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A training as numbers: step, end, rows, mover. */
#include "lab/training.h"

#include <math.h>
#include <string.h>

enum { HEAD = 4 };

size_t gf_training_numbers(const gf_training *t)
{
    return HEAD + t->rows_most * GF_TRAINING_COLUMNS +
           t->setup.pictures * t->game.size + gf_mover_numbers(t->mover);
}

void gf_training_save(double *out, const gf_training *t)
{
    size_t rows = t->rows_most * GF_TRAINING_COLUMNS;
    size_t pictures = t->setup.pictures * t->game.size;

    out[0] = (double)t->step;
    out[1] = t->is_broken;
    out[2] = (double)t->rows;
    out[3] = (double)t->pictures;
    out += HEAD;
    for (size_t i = 0; i < t->rows_most; i++)
        memcpy(out + i * GF_TRAINING_COLUMNS, t->row[i].value,
               sizeof t->row[i].value);
    out += rows;
    if (pictures > 0)
        memcpy(out, t->picture, pictures * sizeof *out);
    gf_mover_save(out + pictures, t->mover);
}

gf_status gf_training_restore(gf_training *t, const double *in, gf_error *error)
{
    size_t rows = t->rows_most * GF_TRAINING_COLUMNS;
    size_t pictures = t->setup.pictures * t->game.size;

    if (!(in[0] >= 0 && in[0] <= (double)t->setup.steps) || !(in[2] >= 0) ||
        !(in[2] <= (double)t->rows_most) || !(in[3] >= 0) ||
        !(in[3] <= (double)t->setup.pictures))
        return gf_error_set(error, GF_ARGUMENT,
                            "what was kept is no state of this training");
    t->step = (size_t)in[0];
    t->is_broken = in[1] != 0;
    t->rows = (size_t)in[2];
    t->pictures = (size_t)in[3];
    in += HEAD;
    for (size_t i = 0; i < t->rows_most; i++)
        memcpy(t->row[i].value, in + i * GF_TRAINING_COLUMNS,
               sizeof t->row[i].value);
    in += rows;
    if (pictures > 0)
        memcpy(t->picture, in, pictures * sizeof *in);
    gf_mover_restore(t->mover, in + pictures);
    return GF_OK;
}
