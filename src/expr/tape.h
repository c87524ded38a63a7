/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inside a tape: slots for inputs, constants and one result per instruction,
 * in this order.  Every reading of a tape (double, block, interval, ball) runs
 * the same instructions.
 */
#ifndef GF_EXPR_TAPE_H
#define GF_EXPR_TAPE_H

#include "base/arb_headers.h"
#include "expr/interval.h"
#include "expr/node.h"

/* Bits to which a tape knows its constants: the most a ball may ask for. */
enum { GF_TAPE_PRECISION = 256 };

typedef struct gf_instruction {
    gf_op op;
    uint32_t a, b; /* slots; b is the exponent of GF_OP_POWI */
} gf_instruction;

typedef struct gf_constant {
    double value;
    gf_interval interval;
    arb_t ball;
} gf_constant;

struct gf_tape {
    size_t input_count, constant_count, count, root_count;
    gf_constant *constant;
    gf_instruction *code;
    uint32_t *root; /* slots */
};

/* work: gf_tape_slots() intervals. */
void gf_tape_interval(gf_interval *out, const gf_tape *tape,
                      const gf_interval *in, gf_interval *work);
/* out, in: arrays of initialised balls.  GF_MEMORY. */
gf_status gf_tape_ball(arb_ptr out, const gf_tape *tape, arb_srcptr in,
                       slong precision) GF_CHECKED;
/* The ball of an expression without symbols; indeterminate if it has one or
   is undefined. */
void gf_expr_ball(arb_t out, const gf_graph *graph, gf_expr e, slong precision);

#endif
