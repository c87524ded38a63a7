/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whose turn it is in a machine that carries derivatives along (move.h): a map
 * of a rule is as many rounds as its period has, long after the beginning.
 */
#ifndef GF_MOTION_TURNS_H
#define GF_MOTION_TURNS_H

#include "motion/move.h"

#include <stdint.h>

/* Moves that have been made when a map is taken: so many that averages which
   began at 0 have forgotten it. */
#define GF_LONG_AGO (SIZE_MAX / 2)

typedef struct gf_turns {
    const gf_optimizer_rule *rule;
    gf_order order;
    size_t critic_steps; /* at least 1 */
    size_t period;       /* rounds of one map */
    size_t first, size;  /* numbers of the player that is first; of both */
    bool critic_second;
    size_t begin, end;            /* which numbers move */
    void (*after)(gf_move *move); /* they have moved; or NULL */
} gf_turns;

/* critic_steps 0 means 1; size and first as of gf_game. */
gf_turns gf_turns_of(const gf_optimizer *optimizer, gf_order order,
                     size_t critic_steps, size_t first, size_t size,
                     bool critic_second);
/* One move of both players, of the machine that `move` is in. */
void gf_turns_round(gf_turns *turns, gf_move *move);

/* Rounds that make one map of a rule. */
size_t gf_turns_period(const gf_optimizer *optimizer);
/* Whose a number is: 0 the critic's, 1 the generator's. */
static inline size_t gf_turns_player(const gf_turns *turns, size_t i)
{
    return (i < turns->first) == turns->critic_second ? 1 : 0;
}

#endif
