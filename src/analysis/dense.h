/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The linear map of an optimizer at one step, in doubles, for games that are
 * too large to be treated exactly (motion/derivative.h, whose machine this is
 * but for the numbers): each vector of the rule carries its derivative by the
 * state before the update.
 */
#ifndef GF_ANALYSIS_DENSE_H
#define GF_ANALYSIS_DENSE_H

#include <ganfield/stability.h>

#include "motion/turns.h"

typedef struct gf_dense {
    gf_move move; /* first: a rule is given its address */
    const gf_linear *game;
    gf_optimizer optimizer;
    gf_turns turns;
    size_t n, columns; /* numbers of z, of the state */
    size_t count;      /* of vectors */
    double *vector;    /* count matrices n x columns, by rows */
    double *map;       /* columns x columns */
    double *re, *im;   /* multipliers, in no order */
    double step;
    size_t evaluations;
    bool is_singular; /* an equation had no solution: a pole */
    bool is_lost;     /* no memory */
} gf_dense;

/* GF_LIMIT for states of more than GF_STABILITY_SAMPLED_MAX numbers,
   GF_ARGUMENT for a rule that needs a metric which the game has not, GF_MEMORY.
   game must outlive *dense, which is to be cleared in either case. */
gf_status gf_dense_init(gf_dense *dense, const gf_linear *game,
                        const gf_optimizer *optimizer,
                        const gf_stability_options *options,
                        gf_error *error) GF_CHECKED;
void gf_dense_clear(gf_dense *dense);
/* Fills re and im, and finds the largest size of a multiplier: infinite at a
   pole, or where it is so large that the map is not finite. The map is lost.
   GF_READ without the module of large eigenvalues, GF_INTERNAL, GF_MEMORY. */
gf_status gf_dense_radius(double *out, gf_dense *dense, double step,
                          gf_error *error) GF_CHECKED;

#endif
