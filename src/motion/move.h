/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The operations in which a rule is written.
 *
 * Vectors are named by numbers: 0 is z, then come the rule's memory and its
 * scratch.  An operation acts on the numbers of the player that moves (both in
 * simultaneous order, and when a round is settled); the `..._all` ones on all.
 * Machines carry them out.  One takes steps, in doubles, on vectors of any
 * length (machine.c).  The others carry the derivative of each vector by the
 * state at the beginning along: exactly, as polynomials in h (exact.c), or in
 * doubles for large games (analysis/dense.c); series to third order (jet.c);
 * first derivatives along a run (analysis/dual_machine.c), and over a box, in
 * intervals (analysis/trap_machine.c).  So a rule is written once, and its
 * linear map is the derivative of the very same steps.
 */
#ifndef GF_MOTION_MOVE_H
#define GF_MOTION_MOVE_H

#include <ganfield/optimizer.h>

typedef struct gf_move gf_move;

/* What the operations below do; `all` ignores who moves. */
typedef struct gf_machine {
    void (*copy)(gf_move *move, size_t to, size_t from, bool all);
    void (*add)(gf_move *move, size_t to, double factor, size_t from);
    void (*scale)(gf_move *move, size_t to, const double factor[2]);
    void (*blend)(gf_move *move, size_t to, double keep, size_t from);
    void (*advance)(gf_move *move, size_t to, double factor, double divisor,
                    size_t from);
    void (*velocity)(gf_move *move, size_t out, size_t at, bool all);
    void (*product)(gf_move *move, size_t out, size_t at, size_t d);
    void (*transposed)(gf_move *move, size_t out, size_t at, size_t d);
    void (*metric)(gf_move *move, size_t v, size_t at);
    void (*square)(gf_move *move, size_t to, double keep, size_t from);
    void (*peak)(gf_move *move, size_t to, size_t from);
    void (*normalize)(gf_move *move, size_t out, size_t m, size_t s,
                      const double scale[2], double eps);
    void (*implicit)(gf_move *move, size_t to);
    void (*untangle)(gf_move *move, size_t out, size_t at, size_t v);
} gf_machine;

struct gf_move {
    const gf_machine *machine;
    const double *number;
    size_t time;  /* moves that this player has made before; without end in
                     the exact machine, so that what is there at the start only
                     has died out */
    size_t round; /* moves of both */
};

/* to = from */
static inline void gf_move_copy(gf_move *move, size_t to, size_t from)
{
    move->machine->copy(move, to, from, false);
}

static inline void gf_move_copy_all(gf_move *move, size_t to, size_t from)
{
    move->machine->copy(move, to, from, true);
}

/* to = to + factor from */
static inline void gf_move_add(gf_move *move, size_t to, double factor,
                               size_t from)
{
    move->machine->add(move, to, factor, from);
}

/* to = factor to, with a factor for each player: critic, generator */
static inline void gf_move_scale(gf_move *move, size_t to,
                                 const double factor[2])
{
    move->machine->scale(move, to, factor);
}

/* to = keep to + (1 - keep) from */
static inline void gf_move_blend(gf_move *move, size_t to, double keep,
                                 size_t from)
{
    move->machine->blend(move, to, keep, from);
}

/* to = to + (factor/divisor) H from */
static inline void gf_move_advance(gf_move *move, size_t to, double factor,
                                   double divisor, size_t from)
{
    move->machine->advance(move, to, factor, divisor, from);
}

/* out = v(at); of both players */
static inline void gf_move_velocity(gf_move *move, size_t out, size_t at)
{
    move->machine->velocity(move, out, at, false);
}

static inline void gf_move_velocity_all(gf_move *move, size_t out, size_t at)
{
    move->machine->velocity(move, out, at, true);
}

/* out = J(at) d, out = J(at)' d; d is read whole */
static inline void gf_move_product(gf_move *move, size_t out, size_t at,
                                   size_t d)
{
    move->machine->product(move, out, at, d);
}

static inline void gf_move_transposed(gf_move *move, size_t out, size_t at,
                                      size_t d)
{
    move->machine->transposed(move, out, at, d);
}

/* v = F(at)^-1 v, F the diagonal Fisher metric */
static inline void gf_move_metric(gf_move *move, size_t v, size_t at)
{
    move->machine->metric(move, v, at);
}

/* to = keep to + (1 - keep) from^2, number by number */
static inline void gf_move_square(gf_move *move, size_t to, double keep,
                                  size_t from)
{
    move->machine->square(move, to, keep, from);
}

/* to = max(to, from), number by number */
static inline void gf_move_peak(gf_move *move, size_t to, size_t from)
{
    move->machine->peak(move, to, from);
}

/* out = scale[0] m/(sqrt(scale[1] s) + eps), number by number */
static inline void gf_move_normalize(gf_move *move, size_t out, size_t m,
                                     size_t s, const double scale[2],
                                     double eps)
{
    move->machine->normalize(move, out, m, s, scale, eps);
}

/* to solves to = z + H v(to), z the old one */
static inline void gf_move_implicit(gf_move *move, size_t to)
{
    move->machine->implicit(move, to);
}

/* out = (1 - H K)^-1 H v, K the blocks of J(at) between the two players */
static inline void gf_move_untangle(gf_move *move, size_t out, size_t at,
                                    size_t v)
{
    move->machine->untangle(move, out, at, v);
}

#endif
