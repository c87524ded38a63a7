/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ball arithmetic: a tape, or a constant expression. [johansson2017] */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "expr/memo.h"
#include "expr/ops.h"
#include "expr/tape.h"

/* 0^b = 0 for b > 0, which Arb does not say. */
static void ball_pow(arb_t y, const arb_t a, const arb_t b, slong precision)
{
    if (arb_is_zero(a) && arb_is_positive(b))
        arb_zero(y);
    else
        arb_pow(y, a, b, precision);
}

static void ball_apply(arb_t y, gf_op op, const arb_t a, const arb_t b,
                       slong precision)
{
    switch (op) {
    case GF_OP_ADD:
        arb_add(y, a, b, precision);
        break;
    case GF_OP_SUB:
        arb_sub(y, a, b, precision);
        break;
    case GF_OP_MUL:
        arb_mul(y, a, b, precision);
        break;
    case GF_OP_DIV:
        arb_div(y, a, b, precision);
        break;
    case GF_OP_POW:
        ball_pow(y, a, b, precision);
        break;
    case GF_OP_MIN:
        arb_min(y, a, b, precision);
        break;
    case GF_OP_MAX:
        arb_max(y, a, b, precision);
        break;
    case GF_OP_NEG:
        arb_neg(y, a);
        break;
    case GF_OP_SQUARE:
        arb_sqr(y, a, precision);
        break;
    default:
        gf_op_row_of(op)->ball(y, a, precision);
    }
}

gf_status gf_tape_ball(arb_ptr out, const gf_tape *tape, arb_srcptr in,
                       slong precision)
{
    size_t slots = gf_tape_slots(tape), at = 0;
    arb_ptr work = calloc(slots ? slots : 1, sizeof(arb_struct));

    if (!work)
        return GF_MEMORY;
    for (size_t i = 0; i < slots; i++)
        arb_init(work + i);
    for (size_t i = 0; i < tape->input_count; i++)
        arb_set(work + at++, in + i);
    for (size_t i = 0; i < tape->constant_count; i++)
        arb_set(work + at++, tape->constant[i].ball);
    for (size_t i = 0; i < tape->count; i++, at++) {
        const gf_instruction *code = &tape->code[i];
        if (code->op == GF_OP_POWI)
            arb_pow_ui(work + at, work + code->a, code->b, precision);
        else
            ball_apply(work + at, code->op, work + code->a, work + code->b,
                       precision);
    }
    for (size_t i = 0; i < tape->root_count; i++)
        arb_set(out + i, work + tape->root[i]);
    for (size_t i = 0; i < slots; i++)
        arb_clear(work + i);
    free(work);
    return GF_OK;
}

/* --- constants --------------------------------------------------------- */

/* The balls of what lies below a constant, so that what is shared is computed
   once; a leaf is computed anew. */
typedef struct constants {
    const gf_graph *graph;
    slong precision;
    gf_memo place; /* 1 + index */
    arb_ptr ball;
    uint32_t count, capacity;
    bool failed;
    arb_struct inside[16];
} constants;

static void constant(arb_t out, constants *c, gf_expr e);

static void keep(constants *c, gf_expr e, const arb_t x)
{
    if (c->count == c->capacity) {
        bool first = c->ball == c->inside;
        arb_ptr moved =
            realloc(first ? NULL : c->ball, 2 * c->capacity * sizeof *moved);
        if (!moved) {
            c->failed = true;
            return;
        }
        if (first)
            memcpy(moved, c->inside, sizeof c->inside);
        c->ball = moved;
        c->capacity *= 2;
    }
    if (!gf_memo_set(&c->place, e, c->count + 1)) {
        c->failed = true;
        return;
    }
    arb_init(c->ball + c->count);
    arb_set(c->ball + c->count++, x);
}

/* The n-ary nodes of the graph. */
static void constant_list(arb_t out, constants *c, gf_expr e)
{
    bool sum = gf_op_of(c->graph, e) == GF_OP_ADD;
    arb_t x;

    arb_init(x);
    arb_set_ui(out, sum ? 0 : 1);
    for (size_t i = 0; i < gf_arg_count(c->graph, e); i++) {
        constant(x, c, gf_arg(c->graph, e, i));
        if (sum)
            arb_add(out, out, x, c->precision);
        else
            arb_mul(out, out, x, c->precision);
    }
    arb_clear(x);
}

static void constant_power(arb_t out, constants *c, gf_expr e)
{
    gf_expr exponent = gf_arg(c->graph, e, 1);
    arb_t base, power;

    arb_init(base);
    arb_init(power);
    constant(base, c, gf_arg(c->graph, e, 0));
    if (gf_is_integer(c->graph, exponent)) {
        arb_pow_fmpz(out, base, fmpq_numref(gf_number_of(c->graph, exponent)),
                     c->precision);
    } else if (gf_is_number(c->graph, exponent) && !arb_is_zero(base)) {
        arb_pow_fmpq(out, base, gf_number_of(c->graph, exponent), c->precision);
    } else {
        constant(power, c, exponent);
        ball_pow(out, base, power, c->precision);
    }
    arb_clear(base);
    arb_clear(power);
}

static void constant_call(arb_t out, constants *c, gf_expr e)
{
    arb_t a, b;

    arb_init(a);
    arb_init(b);
    constant(a, c, gf_arg(c->graph, e, 0));
    if (gf_arg_count(c->graph, e) == 2)
        constant(b, c, gf_arg(c->graph, e, 1));
    ball_apply(out, gf_op_of(c->graph, e), a, b, c->precision);
    arb_clear(a);
    arb_clear(b);
}

static void constant(arb_t out, constants *c, gf_expr e)
{
    gf_op op = e && !c->failed ? gf_op_of(c->graph, e) : GF_OP_SYMBOL;
    uint32_t known = gf_memo_get(&c->place, e);

    if (known) {
        arb_set(out, c->ball + known - 1);
        return;
    }
    switch (op) {
    case GF_OP_NUMBER:
        arb_set_fmpq(out, gf_number_of(c->graph, e), c->precision);
        return;
    case GF_OP_PI:
        arb_const_pi(out, c->precision);
        return;
    case GF_OP_SYMBOL:
    case GF_OP_INF:
        arb_indeterminate(out);
        return;
    case GF_OP_ADD:
    case GF_OP_MUL:
        constant_list(out, c, e);
        break;
    case GF_OP_POW:
        constant_power(out, c, e);
        break;
    default:
        constant_call(out, c, e);
    }
    keep(c, e, out);
}

void gf_expr_ball(arb_t out, const gf_graph *graph, gf_expr e, slong precision)
{
    constants c;

    c.graph = graph;
    c.precision = precision;
    c.ball = c.inside;
    c.capacity = sizeof c.inside / sizeof *c.inside;
    c.count = 0;
    c.failed = false;
    gf_memo_init(&c.place);
    constant(out, &c, e);
    if (c.failed)
        arb_indeterminate(out);
    for (uint32_t i = 0; i < c.count; i++)
        arb_clear(c.ball + i);
    if (c.ball != c.inside)
        free(c.ball);
    gf_memo_clear(&c.place);
}

double gf_expr_value(const gf_graph *graph, gf_expr e)
{
    arb_t x;
    double value;

    if (e && gf_op_of(graph, e) == GF_OP_INF)
        return INFINITY;
    if (e && gf_op_of(graph, e) == GF_OP_MUL && gf_arg_count(graph, e) == 2 &&
        gf_op_of(graph, gf_arg(graph, e, 1)) == GF_OP_INF &&
        gf_is_number(graph, gf_arg(graph, e, 0)))
        return gf_number_sign(graph, gf_arg(graph, e, 0)) < 0 ? -INFINITY
                                                              : INFINITY;
    arb_init(x);
    gf_expr_ball(x, graph, e, GF_TAPE_PRECISION);
    value = arb_is_finite(x) ? arf_get_d(arb_midref(x), ARF_RND_NEAR) : NAN;
    arb_clear(x);
    return value;
}
