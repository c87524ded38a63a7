/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside of duels. */
#ifndef GF_LAB_DUEL_H
#define GF_LAB_DUEL_H

#include "kernel/gains.h"
#include "lab/maker.h"

struct gf_duel {
    gf_duel_setup setup;
    gf_gains gains;
    gf_net net; /* the critic's */
    gf_pass *pass;
    gf_maker maker;
    size_t first, size, count;
    size_t group[2]; /* of a batch norm: data, fakes */
    double *start;   /* size numbers */
    double *x;       /* data, then fakes: 2 count */
    bool has_data;   /* the data of this batch are in x: */
    uint64_t number;
    double *z;                  /* count x inputs */
    double *look;               /* the same, for samples to look at */
    double *pull, *pull_rate;   /* weights of a backward pass, 2 count */
    double *slope, *slope_rate; /* by the critic's inputs, 2 count */
    double *more;               /* 2 count */
    double *rate;               /* of the critic's inputs, 2 count */
    double *spare, *sum;        /* size numbers each */
    double *block;              /* of all of them */
    gf_duel *self;              /* what a game's callbacks are told */
};

/* With the generator's numbers in place: the critic's coordinate at data and
   fakes, or at the fakes alone. */
const double *gf_duel_judge(gf_duel *duel, bool fakes_alone);
/* The data of the batch, count numbers: drawn when they are first needed. */
const double *gf_duel_data(gf_duel *duel);
/* Uniform numbers become latent ones. */
void gf_duel_turn_latent(double *z, const gf_duel *duel, size_t count);
/* Sets the players to z and makes the fakes. */
void gf_duel_make_fakes(gf_duel *duel, const double *z);
/* gf_duel_velocity by one pass over the whole batch, or by differences. */
void gf_duel_velocity_whole(double *v, gf_duel *duel, const double *z,
                            size_t begin, size_t end);

#endif
