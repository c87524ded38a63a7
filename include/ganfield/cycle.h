/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Limit cycles: isolated closed trajectories, or a proof that there is none.
 *
 * Absence is proved, by algebra and intervals (theory: docs/theory.md,
 * sections 2c and 2g):
 *
 *     energy          dE/dt <= 0 everywhere, zero at single D only
 *     distance        the same of F while p_g >= 0; of a planar field, of the
 *                     distance to its rest point
 *     Bendixson       the divergence keeps one sign
 *     first integral  closed trajectories there may be, isolated ones not
 *
 * Presence is computed, not proved: a fixed point of the return map to a ray
 * from a rest point along the first axis. The map is looked at within four
 * widths of the window; a cycle farther out is not seen. The multiplier is that
 * of the return map, the determinant of the frame's way round (tangent
 * equations, with jumps): below 1 the cycle attracts. Where closed trajectories
 * fill the inside, as with kinks, a cycle is where that ends, and the
 * multiplier is the outer one; it is 0 where trajectories slide onto the cycle
 * in finite time.
 */
#ifndef GANFIELD_CYCLE_H
#define GANFIELD_CYCLE_H

#include <ganfield/classify.h>
#include <ganfield/lyapunov.h>

#define GF_CYCLES_MAX 16

#define GF_ABSENCE_LIST(X)                                                     \
    X(NONE, "none")                                                            \
    X(ENERGY, "energy")                                                        \
    X(DISTANCE, "distance")                                                    \
    X(BENDIXSON, "bendixson")                                                  \
    X(FIRST_INTEGRAL, "first integral")

#define GF_ENUM_ABSENCE(name, text) GF_ABSENCE_##name,
typedef enum gf_absence { GF_ABSENCE_LIST(GF_ENUM_ABSENCE) } gf_absence;

/* The words of the list above. */
GF_PUBLIC const char *gf_absence_name(gf_absence absence);

typedef struct gf_cycle {
    gf_vec2 at;    /* on the ray, on the cycle */
    gf_vec2 round; /* the rest point that it goes round */
    double period;
    double multiplier;
    double error;      /* an estimate of the multiplier's */
    double slide_time; /* of the period */
    bool fills;        /* inside, closed trajectories fill */
    gf_range box[2];   /* that holds it */
} gf_cycle;

typedef struct gf_cycles {
    gf_absence absence;  /* why there is none ... */
    bool while_physical; /* ... that stays where p_g is physical; else: none
                            in all of the domain */
    bool searched;       /* not where absence is proved for all the domain */
    double closed;       /* the farthest start on the rays whose trajectory
                            closes without being isolated; 0: none seen */
    gf_cycle cycle[GF_CYCLES_MAX];
    size_t count;
} gf_cycles;

/* until, rtol, atol and the walls are those of the options; with walls, which
   the proofs know nothing of, cycles are always looked for. GF_ARGUMENT,
   GF_LIMIT, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status
gf_cycles_find(gf_cycles *out, const gf_classification *c,
               const gf_lyapunov_options *options, gf_error *error);

#endif
