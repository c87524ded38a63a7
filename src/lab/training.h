/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside of trainings. */
#ifndef GF_LAB_TRAINING_H
#define GF_LAB_TRAINING_H

#include <ganfield/training.h>

#include "lab/duel.h"

enum { GF_DRIFT_POINTS = 16 };

/* Kernels of both players at fixed points; those of the start. */
typedef struct gf_drift {
    double x[GF_DRIFT_POINTS]; /* of the critic */
    double *latent;            /* GF_DRIFT_POINTS x inputs */
    double start[2][GF_DRIFT_POINTS * GF_DRIFT_POINTS];
} gf_drift;

struct gf_training {
    gf_training_setup setup;
    gf_duel *duel;
    gf_mover *mover;
    gf_game game;           /* of the duel, below natural gradients */
    gf_natural *natural[2]; /* NULL: none */
    double *weight;         /* of a critic's metric, 2 batch */
    double *work;           /* of its link */
    gf_range *box;          /* NULL: no clipping */
    gf_census *census;
    double *sample;   /* setup.samples */
    double *gradient; /* as many as the duel has */
    gf_training_row *row;
    double *picture; /* setup.pictures x size; NULL: none */
    size_t pictures; /* so far */
    gf_drift drift;
    size_t rows, rows_most;
    size_t step;
    bool is_broken;          /* a number is not finite */
    size_t turn, evaluation; /* which turn it is; evaluations in it before */
    gf_status status;        /* of a natural gradient */
    gf_error error;
    gf_training *self; /* what callbacks are told */
};

/* training_rule.c: turns the velocity of a player at z into its natural
 * gradient, whose metric is that of the present batch or a part of it. */
gf_status gf_training_make_natural(gf_training *training, size_t player,
                                   gf_error *error) GF_CHECKED;
void gf_training_turn_natural(double *v, gf_training *training, size_t player,
                              const double *z);

/* training_row.c: adds a row. */
gf_status gf_training_measure(gf_training *training,
                              gf_error *error) GF_CHECKED;

/* training_drift.c: the kernels to begin with; how far they are from there,
 * with the players as last set. NaN for a player whose kernel is zero or no
 * number. */
gf_status gf_drift_init(gf_drift *drift, gf_duel *duel,
                        gf_error *error) GF_CHECKED;
void gf_drift_clear(gf_drift *drift);
void gf_drift_find(double out[2], const gf_drift *drift, gf_duel *duel);

/* training_picture.c: keeps the state if it is time to. */
void gf_training_take_picture(gf_training *training);

#endif
