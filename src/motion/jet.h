/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Updates as power series: the machine that carries each vector of a rule as a
 * polynomial of degree three in w and its conjugate, round a rest point of a
 * planar field.  What it is fed are the field's derivatives up to the third, so
 * its answer is the Taylor polynomial of the update itself.
 */
#ifndef GF_MOTION_JET_H
#define GF_MOTION_JET_H

#include <complex.h>

#include <ganfield/optimizer.h>

/* w, w', w^2, w w', w'^2, w^3, w^2 w', w w'^2, w'^3; w' the conjugate. */
enum { GF_JET_TERMS = 9, GF_JET_STATE_MAX = 8 };
enum {
    GF_JET_W,
    GF_JET_V,
    GF_JET_WW,
    GF_JET_WV,
    GF_JET_VV,
    GF_JET_WWW,
    GF_JET_WWV
};

typedef double complex gf_jet[GF_JET_TERMS];

/* A planar field at a rest point, for speeds 1. */
typedef struct gf_jet_game {
    gf_vec2 at;
    bool critic_second;
    double first[2][2];       /* of v_i by j */
    double second[2][2][2];   /* by j and k */
    double third[2][2][2][2]; /* by j, k and l */
} gf_jet_game;

gf_status gf_jet_game_make(gf_jet_game *out, const gf_field *field, gf_vec2 at,
                           gf_error *error) GF_CHECKED;

/* The state (z and what the linear map counts as memory) after one map of a
   rule; step: of the players.  False for a rule whose map is no power series
   there. */
bool gf_jet_map(gf_jet state[GF_JET_STATE_MAX], const gf_jet_game *game,
                const gf_optimizer *optimizer, gf_order order,
                size_t critic_steps, const double step[2]);

#endif
