/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_ANALYSIS_REST_H
#define GF_ANALYSIS_REST_H

#include "analysis/spectrum.h"
#include "analysis/study.h"

/* Adds a rest point, all fields of which are set. */
GF_CHECKED gf_status gf_rest_add(gf_classification *c,
                                 const gf_rest_point *point, gf_error *error);
/* An empty one: undecided, numbers NaN. */
gf_rest_point gf_rest_empty(void);

/* All rest points of a pointwise field, judged by linearisation and, where
   that is silent, by energy, Lyapunov coefficient or centre manifold. */
GF_CHECKED gf_status gf_rest_pointwise(gf_classification *c,
                                       const gf_study *study);

/* What the energy says at D0 when the trace is zero: sign of decay on both
   sides (study's charts); see energy.c. */
typedef enum gf_decay_nearby {
    GF_DECAY_UNKNOWN,
    GF_DECAY_NONE,   /* E is conserved */
    GF_DECAY_STRICT, /* E falls on both sides */
    GF_DECAY_GROWTH  /* E grows on both sides */
} gf_decay_nearby;
/* Also tells whether the well holds near D0, which E needs. */
gf_decay_nearby gf_energy_nearby(const gf_study *study, bool *well);

/* A smooth field near a point, parameters bound. */
typedef struct gf_local {
    gf_graph *graph;
    gf_expr axis[2];
    gf_expr velocity[2];
} gf_local;

/* A rest point with trace zero and determinant > 0; study: for its energy at
   D0, or NULL. */
GF_CHECKED gf_status gf_judge_centre(gf_rest_point *point,
                                     const gf_local *local,
                                     const gf_study *study);
/* A pointwise rest point with determinant zero: f3 has a root of order k at
   D*, and the flow on the centre manifold is q' = f3^(k)/k! (slope q)^k. */
void gf_judge_degenerate(gf_rest_point *point, gf_sign trace,
                         const gf_study *study, const gf_study_piece *piece,
                         int order);

/* All rest points of a planar field that can be found, and whether they are
   all; judged like the others.  Where there are too many to list, those nearest
   to the window, nearest first.  Also the quadratic first integral. */
GF_CHECKED gf_status gf_rest_planar(gf_classification *c,
                                    const gf_range window[2], gf_budget *budget,
                                    gf_error *error);

#endif
