/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one thread has at hand, and one lane of its blocks. */
#ifndef GF_MOTION_ENSEMBLE_LANE_H
#define GF_MOTION_ENSEMBLE_LANE_H

#include "motion/ensemble.h"

#define GF_NOBODY SIZE_MAX

typedef struct gf_worker {
    gf_ensemble_job *job;
    const gf_ensemble *e;
    gf_blocks blocks;
    size_t who[GF_BLOCKS][GF_LANES_MAX]; /* the start in each lane */
    size_t busy;                         /* lanes */
    size_t next, end;                    /* starts taken and not begun */
    double time;                         /* of plain runs */
    gf_status status;
    gf_error *error;
} gf_worker;

typedef struct gf_lane {
    gf_worker *w;
    size_t block, i;
} gf_lane;

static inline double *gf_lane_row(const gf_lane *l, size_t name)
{
    return &l->w->blocks.state[l->block][name * l->w->blocks.width + l->i];
}

static inline size_t *gf_lane_who(const gf_lane *l)
{
    return &l->w->who[l->block][l->i];
}

/* --- ensemble_lane.c --------------------------------------------------- */

/* The next start that is inside the domain into a lane; where there is none
   the lane rests, with a step of nothing. */
void gf_lane_refill(const gf_lane *l);
/* Starts for all lanes. */
void gf_lanes_fill(gf_worker *w);
void gf_lane_set_step(const gf_lane *l, double h);
/* Writes down the fate, and lets the lane rest. */
void gf_lane_finish(const gf_lane *l, gf_fate fate);
/* The fate as it is now, for a label. */
gf_fate gf_lane_fate(const gf_lane *l, gf_fate_label label);
void gf_lane_leave_to_flow(const gf_lane *l);
gf_vec2 gf_lane_state(const gf_lane *l);
/* Have all states since the beginning been finite and inside? */
bool gf_lane_is_sound(const gf_lane *l);

#endif
