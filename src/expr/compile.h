/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tape in the making. */
#ifndef GF_EXPR_COMPILE_H
#define GF_EXPR_COMPILE_H

#include "expr/memo.h"
#include "expr/tape.h"

typedef struct gf_compiler {
    const gf_graph *graph;
    gf_tape *tape;
    size_t constant_capacity, capacity;
    gf_memo slot; /* 1 + slot; those of constants have a flag and are numbered
                     on their own until the tape is complete */
    const gf_expr *input;
    gf_expr foreign; /* a symbol that is no input */
    bool failed;
} gf_compiler;

/* The slot of an expression; 0 after a failure. */
uint32_t gf_compile(gf_compiler *c, gf_expr e);

/* The slot of a new instruction, of a constant expression to a power (NULL: 1),
   of a number. */
uint32_t gf_emit(gf_compiler *c, gf_op op, uint32_t a, uint32_t b);
uint32_t gf_emit_constant(gf_compiler *c, gf_expr e, const fmpq *power);
uint32_t gf_emit_number(gf_compiler *c, const fmpq_t q);

#endif
