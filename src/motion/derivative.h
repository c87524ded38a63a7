/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The derivative of an update at a rest point, exactly.
 *
 * At a rest point v = 0, so that the derivative of any rule sees only J: the
 * machine of this file carries, for each vector of the rule, its derivative by
 * the state before the update, a matrix of polynomials in h over a common
 * denominator, in rational arithmetic.  Averages of squares have derivative 0
 * there, and what is divided by their root is divided by eps.
 */
#ifndef GF_MOTION_DERIVATIVE_H
#define GF_MOTION_DERIVATIVE_H

#include <ganfield/optimizer.h>

#include <flint/fmpq_mat.h>
#include <flint/fmpz_poly.h>

/* Most numbers of a state that is treated exactly. */
enum { GF_LINEAR_SIZE_MAX = 12 };

/* What the rules see of a game near its rest point, for speeds 1. */
typedef struct gf_linear_game {
    size_t size, first; /* as of gf_game */
    bool critic_second;
    fmpq_mat_t jacobian;
    fmpq_t speed[2]; /* of critic and generator */
    fmpq *metric;    /* size numbers, or NULL */
} gf_linear_game;

/* J zero, speeds 1, no metric. */
void gf_linear_game_init(gf_linear_game *game, size_t size, size_t first,
                         bool critic_second);
void gf_linear_game_clear(gf_linear_game *game);
/* A double as the shortest decimal that reads back to it. */
void gf_rational_of(fmpq_t out, double x);

/* det(mu q - Q) of the map Q(h)/q(h), without common factors: polynomials in
   h by the powers of mu. */
typedef struct gf_multiplier_poly {
    size_t degree;          /* numbers of the state */
    fmpz_poly_struct *coef; /* degree + 1 */
    size_t period;          /* steps in one map: its multipliers belong to all
                               of them */
    size_t evaluations;     /* of velocities and products, in one map */
} gf_multiplier_poly;

void gf_multiplier_poly_init(gf_multiplier_poly *p);
void gf_multiplier_poly_clear(gf_multiplier_poly *p);
/* GF_LIMIT for states of more than GF_LINEAR_SIZE_MAX numbers; GF_ARGUMENT for
   a rule that needs a metric which the game has not. */
gf_status gf_multiplier_poly_make(gf_multiplier_poly *p,
                                  const gf_linear_game *game,
                                  const gf_optimizer *optimizer, gf_order order,
                                  size_t critic_steps,
                                  gf_error *error) GF_CHECKED;
/* Is vector v <= memory of a rule a part of the state? What is a copy of z when
   a map begins is none, nor what is 0 at rest and so near it. */
bool gf_linear_has(const gf_optimizer_rule *rule, size_t v);
/* How many numbers the state of a rule has in a game of that size. */
size_t gf_linear_state(const gf_optimizer_rule *rule, size_t size);

#endif
