/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/tape.h"

#include <math.h>
#include <stdlib.h>

#include "expr/compile.h"
#include "expr/ops.h"

/* Marks the slot of a constant while the tape is made. */
#define CONSTANT_FLAG 0x80000000u

uint32_t gf_emit(gf_compiler *c, gf_op op, uint32_t a, uint32_t b)
{
    gf_tape *tape = c->tape;

    if (c->failed)
        return 0;
    if (tape->count == c->capacity) {
        size_t wanted = c->capacity ? c->capacity * 2 : 32;
        gf_instruction *moved = realloc(tape->code, wanted * sizeof *moved);
        if (!moved) {
            c->failed = true;
            return 0;
        }
        tape->code = moved;
        c->capacity = wanted;
    }
    tape->code[tape->count] = (gf_instruction){op, a, b};
    return (uint32_t)(tape->input_count + tape->count++);
}

/* A constant slot for a ball, which is taken over. */
static uint32_t add_constant(gf_compiler *c, arb_t ball)
{
    gf_tape *tape = c->tape;
    gf_constant *constant;

    if (tape->constant_count == c->constant_capacity) {
        size_t wanted = c->constant_capacity ? c->constant_capacity * 2 : 16;
        gf_constant *moved = realloc(tape->constant, wanted * sizeof *moved);
        if (!moved) {
            c->failed = true;
            return CONSTANT_FLAG;
        }
        tape->constant = moved;
        c->constant_capacity = wanted;
    }
    constant = &tape->constant[tape->constant_count];
    arb_init(constant->ball);
    arb_swap(constant->ball, ball);
    constant->interval = gf_interval_of_ball(constant->ball);
    constant->value = arb_is_finite(constant->ball)
                          ? arf_get_d(arb_midref(constant->ball), ARF_RND_NEAR)
                          : NAN;
    return CONSTANT_FLAG | (uint32_t)tape->constant_count++;
}

uint32_t gf_emit_constant(gf_compiler *c, gf_expr e, const fmpq *power)
{
    arb_t ball;
    uint32_t slot;

    arb_init(ball);
    gf_expr_ball(ball, c->graph, e, GF_TAPE_PRECISION);
    if (power && !(arb_is_zero(ball) && fmpq_sgn(power) > 0))
        arb_pow_fmpq(ball, ball, power, GF_TAPE_PRECISION);
    slot = add_constant(c, ball);
    if (gf_op_of(c->graph, e) == GF_OP_INF && !c->failed)
        c->tape->constant[slot & ~CONSTANT_FLAG].value = INFINITY;
    arb_clear(ball);
    return slot;
}

uint32_t gf_emit_number(gf_compiler *c, const fmpq_t q)
{
    arb_t ball;
    uint32_t slot;

    arb_init(ball);
    arb_set_fmpq(ball, q, GF_TAPE_PRECISION);
    slot = add_constant(c, ball);
    arb_clear(ball);
    return slot;
}

/* Constants come between inputs and results. */
static uint32_t settle(const gf_tape *tape, uint32_t slot)
{
    if (slot & CONSTANT_FLAG)
        return (uint32_t)tape->input_count + (slot & ~CONSTANT_FLAG);
    return slot < tape->input_count ? slot
                                    : slot + (uint32_t)tape->constant_count;
}

static void settle_all(gf_tape *tape)
{
    for (size_t i = 0; i < tape->count; i++) {
        gf_instruction *code = &tape->code[i];
        code->a = settle(tape, code->a);
        if (code->op != GF_OP_POWI)
            code->b = settle(tape, code->b);
    }
    for (size_t i = 0; i < tape->root_count; i++)
        tape->root[i] = settle(tape, tape->root[i]);
}

gf_status gf_tape_new(gf_tape **out, const gf_graph *graph,
                      const gf_expr *roots, size_t root_count,
                      const gf_expr *inputs, size_t input_count,
                      gf_error *error)
{
    gf_compiler c = {.graph = graph, .input = inputs};
    gf_status status = gf_graph_check(graph, error);
    gf_tape *tape;

    *out = NULL;
    if (status)
        return status;
    tape = calloc(1, sizeof *tape);
    if (tape)
        tape->root = calloc(root_count ? root_count : 1, sizeof *tape->root);
    if (!tape || !tape->root) {
        free(tape);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    tape->input_count = input_count;
    tape->root_count = root_count;
    c.tape = tape;
    gf_memo_init(&c.slot);
    for (size_t i = 0; i < root_count && !c.failed; i++)
        tape->root[i] = gf_compile(&c, roots[i]);
    gf_memo_clear(&c.slot);
    if (c.failed || c.foreign) {
        gf_tape_free(tape);
        if (c.failed)
            return gf_error_set(error, GF_MEMORY, "out of memory");
        return gf_error_set(error, GF_NAME, "'%s' has no value",
                            gf_name_of(graph, c.foreign));
    }
    settle_all(tape);
    *out = tape;
    return GF_OK;
}

void gf_tape_free(gf_tape *tape)
{
    if (!tape)
        return;
    for (size_t i = 0; i < tape->constant_count; i++)
        arb_clear(tape->constant[i].ball);
    free(tape->constant);
    free(tape->code);
    free(tape->root);
    free(tape);
}

size_t gf_tape_slots(const gf_tape *tape)
{
    return tape->input_count + tape->constant_count + tape->count;
}
