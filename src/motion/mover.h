/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mover from the inside: the machine in doubles. */
#ifndef GF_MOTION_MOVER_H
#define GF_MOTION_MOVER_H

#include <ganfield/game.h>

#include "motion/move.h"
#include "motion/noise.h"

struct gf_mover {
    gf_move move; /* first: a rule is given its address */
    gf_game game;
    gf_optimizer optimizer; /* whose turn it is */
    gf_order order;
    size_t critic_steps;
    double **vector;      /* z, memory, scratch; then what solving needs: of the
                             rule whose turn it is */
    gf_optimizer rule[2]; /* of critic and generator ... */
    double **table[2];    /* ... and their vectors, z in both */
    bool is_mixed;        /* two rules; else both are one */
    double *held;         /* mixed: a player's old or new state */
    double *block;        /* of all of them */
    double *step;         /* diagonal of H */
    double size[2];       /* steps of critic and generator */
    size_t begin, end;    /* which numbers move */
    size_t made[2];       /* moves of critic and generator */
    size_t turns;
    gf_mover_deal deal;
    void *deal_ctx;
    const gf_range *box;
    double noise;
    gf_noise row;
    gf_noise *each; /* of games side by side: of each of them */
    size_t evaluations;
    bool is_blind; /* of many games side by side, judged one by one: goes on
                      with numbers that are not finite */
};

extern const gf_machine gf_mover_machine;

/* Whose a number is: 0 the critic's, 1 the generator's. */
static inline size_t gf_game_player(const gf_game *game, size_t i)
{
    return (i < game->first) == game->critic_second ? 1 : 0;
}

/* solve.c.  x on [begin, end) solves (1 - H K) x = b, K the Jacobian at z
   (`crossed`: only its blocks between the players), by GMRES. */
enum { GF_SOLVE_VECTORS = 36 }; /* of scratch */
void gf_mover_solve(gf_mover *mover, double *x, const double *z,
                    const double *b, bool crossed);
/* z solves z = z0 + H v(z), by Newton's method. */
void gf_mover_solve_implicit(gf_mover *mover, double *z);

/* Vectors of all kinds. */
size_t gf_mover_vectors(const gf_optimizer_rule *rule);
/* Noise for each of `first` games side by side from its own row, which must
   outlive the mover; until it is reset. */
void gf_mover_noises(gf_mover *mover, gf_noise *each);
/* v with its noise. */
void gf_mover_velocity(gf_mover *mover, double *v, const double *z,
                       size_t begin, size_t end);

#endif
