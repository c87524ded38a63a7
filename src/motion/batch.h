/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A batch of starts that an optimizer moves side by side. */
#ifndef GF_MOTION_BATCH_H
#define GF_MOTION_BATCH_H

#include "motion/ensemble.h"
#include "motion/lane_game.h"
#include "motion/mover.h"

/* A coordinate this large counts as infinite. */
#define GF_BATCH_LARGEST 1e100
/* Starts of a batch, a multiple of what a game grows by. */
enum { GF_BATCH = 256 };

typedef struct gf_batch {
    const gf_ensemble *e;
    gf_ensemble_job *job;
    gf_lane_game game;
    gf_mover *mover;
    size_t most;        /* starts */
    size_t lanes;       /* starts that the mover moves ... */
    size_t live;        /* ... of which the first so many are not over */
    size_t vectors;     /* z and what the rule remembers */
    size_t made;        /* steps */
    size_t period;      /* steps of one map of the rule */
    bool is_ending;     /* the last step has been made */
    size_t *who;        /* the start in each lane */
    double *stay;       /* targets x most: steps near it, in a row */
    double *left_at;    /* when p_g left its range; infinite: not yet */
    double time;        /* under a schedule: the sum of the steps */
    double step;        /* the one being made, or the last one */
    gf_noise *noise;    /* of each lane; NULL: there is none */
    double *before;     /* z before the step */
    double *then;       /* all vectors after the last step */
    gf_lane_box domain; /* of finite numbers */
    gf_lane_box physical;
    gf_lane_box box; /* where the states are kept */
} gf_batch;

/* GF_MEMORY, and what gf_mover_new says; to be cleared in either case. */
gf_status gf_batch_init(gf_batch *batch, const gf_ensemble *e,
                        gf_error *error) GF_CHECKED;
void gf_batch_clear(gf_batch *batch);
/* Begins anew with some starts of the job, those inside the domain; the others
   get their fates. */
void gf_batch_fill(gf_batch *batch, size_t first, size_t count);
/* The last start takes the place of one that is over. */
void gf_batch_drop(gf_batch *batch, size_t i);
/* Takes the numbers of the live starts together when there are few; not while
   the batch is ending. */
void gf_batch_shrink(gf_batch *batch);

#endif
