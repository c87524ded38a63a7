/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Games of any size, and the steps that an optimizer (optimizer.h) makes in
 * one: two players, each with a block of numbers that it moves along its own
 * part of a velocity.  A planar field is the game with a number each; the
 * parameters of two nets are another.
 *
 *     gf_game game = {.size = n, .first = n_critic, .velocity = gradients,
 *                     .ctx = nets};
 *     gf_mover *mover;
 *     status = gf_mover_new(&mover, &game, &optimizer, GF_ALTERNATING, 1,
 *                           &error);
 *     memcpy(gf_mover_state(mover), parameters, n * sizeof *parameters);
 *     while (training)
 *         gf_mover_step(mover, (double[2]){h_critic, h_generator});
 *     gf_mover_free(mover);
 *
 * Both players ascend: z+ = z + H v(z), H = the step of the player that a
 * number belongs to.
 */
#ifndef GANFIELD_GAME_H
#define GANFIELD_GAME_H

#include <ganfield/optimizer.h>

typedef struct gf_game {
    size_t size;  /* n, of z */
    size_t first; /* z[0 .. first) is one player's, the rest the other's */
    bool critic_second; /* the first block is the generator's */
    /* v(z), of which only v[begin .. end) is asked for: all of it, or the block
       of the player that moves.  A NaN where z is outside of the domain. */
    void (*velocity)(double *v, const double *z, size_t begin, size_t end,
                     const void *ctx);
    /* J(z) d and J(z)' d, J the Jacobian of v; NULL where the rules in use do
       not ask for them (gf_optimizer_rule's `needs`). */
    void (*product)(double *out, const double *z, const double *d,
                    const void *ctx);
    void (*transposed)(double *out, const double *z, const double *d,
                       const void *ctx);
    /* The diagonal of the inverse Fisher metric at z; NULL: there is none. */
    void (*metric)(double *out, const double *z, const void *ctx);
    const void *ctx;
} gf_game;

/* A game in motion: z, what the rule remembers, and how far it is. */
typedef struct gf_mover gf_mover;

/* Copies *game and *optimizer; ctx must outlive the mover, and the callbacks
   are told const so that a mover per thread may share it.  critic_steps: of
   the critic for one of the generator, 0: 1.  GF_ARGUMENT where the rule needs
   a callback that the game has not; GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_mover_new(gf_mover **out, const gf_game *game,
                                            const gf_optimizer *optimizer,
                                            gf_order order, size_t critic_steps,
                                            gf_error *error);
/* The same with a rule for each player: of the critic, of the generator, each
   with a memory of its own. In simultaneous order both see the old state. */
GF_PUBLIC GF_CHECKED gf_status gf_mover_new_pair(
    gf_mover **out, const gf_game *game, const gf_optimizer rules[2],
    gf_order order, size_t critic_steps, gf_error *error);
GF_PUBLIC void gf_mover_free(gf_mover *mover);

/* Back to the beginning: memory as at first, noise from this seed.  Every
   number of a velocity gets its own normal deviate times `noise`, new at each
   evaluation: mini-batches that share nothing. */
GF_PUBLIC void gf_mover_reset(gf_mover *mover, double noise, uint64_t seed);

/* z, to be set at the beginning; and what the rules report of it, which for
   averaging is the mean so far and else z itself. */
GF_PUBLIC double *gf_mover_state(gf_mover *mover);
GF_PUBLIC const double *gf_mover_reported(const gf_mover *mover);
/* A box, n ranges, or NULL: after each move the numbers that moved are put
   into it.  It must outlive the mover. */
GF_PUBLIC void gf_mover_box(gf_mover *mover, const gf_range *box);

/* Called before each turn, which is one player's move or a simultaneous one of
   both, with the number of turns before it: the place to draw a mini-batch. */
typedef void (*gf_mover_deal)(size_t turns, void *ctx);
GF_PUBLIC void gf_mover_deals(gf_mover *mover, gf_mover_deal deal, void *ctx);

/* All that a mover without noise has to remember, so that another one made in
   the same way goes on as this would: so many numbers, out of it and in. */
GF_PUBLIC size_t gf_mover_numbers(const gf_mover *mover);
GF_PUBLIC void gf_mover_save(double *out, const gf_mover *mover);
GF_PUBLIC void gf_mover_restore(gf_mover *mover, const double *in);

/* One move of both players, in their order.  step: of the critic, of the
   generator.  False where there is no going on: a number is not finite, or
   `goes_on` (NULL: not asked), which sees z after each player's move, says
   so. */
typedef bool (*gf_mover_look)(const double *z, const void *ctx);
GF_PUBLIC bool gf_mover_step(gf_mover *mover, const double step[2]);
GF_PUBLIC bool gf_mover_step_while(gf_mover *mover, const double step[2],
                                   gf_mover_look goes_on, const void *ctx);
/* Velocities and products with J or its transpose so far. */
GF_PUBLIC size_t gf_mover_evaluations(const gf_mover *mover);

/* The game of a planar field, for speeds 1; speeds belong to the steps. */
GF_PUBLIC gf_game gf_game_of_field(const gf_field *field);

#endif
