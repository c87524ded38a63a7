/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An optimizer in the plane that carries the derivative of its state along.
 *
 * Every number of a rule (motion/move.h) has beside it its derivatives by some
 * directions of the whole state, z and memory: the operations of the rule are
 * carried out on both, by the chain rule, so that after a step the derivatives
 * are those of the very map that the step is. Second derivatives of the field,
 * which rules with a Jacobian in them need, are symbolic.
 */
#ifndef GF_ANALYSIS_DUAL_H
#define GF_ANALYSIS_DUAL_H

#include <ganfield/optimizer.h>

#include "motion/move.h"

enum { GF_DUAL_MEMORY = 3, GF_DUAL_SIZE = 2 * (1 + GF_DUAL_MEMORY) };
/* z, memory, scratch */
enum { GF_DUAL_VECTORS = 1 + GF_DUAL_MEMORY + 3 };

/* Two numbers, with their derivatives. */
typedef struct gf_dual_vector {
    double x[2], d[2][GF_DUAL_SIZE];
} gf_dual_vector;

typedef struct gf_dual {
    gf_move move; /* first: a rule is given its address */
    const gf_field *field;
    gf_optimizer optimizer;
    gf_order order;
    size_t critic_steps;
    gf_range box[2];
    size_t size; /* of the state, and how many directions there are */
    gf_dual_vector vector[GF_DUAL_VECTORS];
    double step[2], unit[2];
    bool moves[2]; /* which coordinates move */
    size_t made[2];
    size_t evaluations;
    gf_tape *bend; /* v, J, and of each entry of J both derivatives */
    double *work;
} gf_dual;

/* GF_ARGUMENT for a rule that does not go with the field; GF_LIMIT, GF_MEMORY.
   The field must outlive *dual, which is to be cleared in either case. */
gf_status gf_dual_init(gf_dual *dual, const gf_field *field,
                       const gf_optimizer *optimizer,
                       const gf_map_options *options,
                       gf_error *error) GF_CHECKED;
void gf_dual_clear(gf_dual *dual);
/* At a start, with the directions of the state's own numbers. */
void gf_dual_begin(gf_dual *dual, gf_vec2 start);
/* One step of size h of both players; false where the state is no number, or
   has left the domain. */
bool gf_dual_step(gf_dual *dual, double h);

#endif
