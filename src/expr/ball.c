/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ball arithmetic: a tape, or a constant expression. [johansson2017] */
#include <math.h>
#include <stdlib.h>

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

/* The n-ary nodes of the graph. */
static void ball_of_list(arb_t out, const gf_graph *graph, gf_expr e,
                         slong precision)
{
    bool sum = gf_op_of(graph, e) == GF_OP_ADD;
    arb_t x;

    arb_init(x);
    arb_set_ui(out, sum ? 0 : 1);
    for (size_t i = 0; i < gf_arg_count(graph, e); i++) {
        gf_expr_ball(x, graph, gf_arg(graph, e, i), precision);
        if (sum)
            arb_add(out, out, x, precision);
        else
            arb_mul(out, out, x, precision);
    }
    arb_clear(x);
}

static void ball_of_power(arb_t out, const gf_graph *graph, gf_expr e,
                          slong precision)
{
    gf_expr exponent = gf_arg(graph, e, 1);
    arb_t base, power;

    arb_init(base);
    arb_init(power);
    gf_expr_ball(base, graph, gf_arg(graph, e, 0), precision);
    if (gf_is_integer(graph, exponent)) {
        arb_pow_fmpz(out, base, fmpq_numref(gf_number_of(graph, exponent)),
                     precision);
    } else if (gf_is_number(graph, exponent) && !arb_is_zero(base)) {
        arb_pow_fmpq(out, base, gf_number_of(graph, exponent), precision);
    } else {
        gf_expr_ball(power, graph, exponent, precision);
        ball_pow(out, base, power, precision);
    }
    arb_clear(base);
    arb_clear(power);
}

void gf_expr_ball(arb_t out, const gf_graph *graph, gf_expr e, slong precision)
{
    gf_op op = e ? gf_op_of(graph, e) : GF_OP_SYMBOL;
    arb_t a, b;

    switch (op) {
    case GF_OP_NUMBER:
        arb_set_fmpq(out, gf_number_of(graph, e), precision);
        return;
    case GF_OP_PI:
        arb_const_pi(out, precision);
        return;
    case GF_OP_SYMBOL:
    case GF_OP_INF:
        arb_indeterminate(out);
        return;
    case GF_OP_ADD:
    case GF_OP_MUL:
        ball_of_list(out, graph, e, precision);
        return;
    case GF_OP_POW:
        ball_of_power(out, graph, e, precision);
        return;
    default:
        break;
    }
    arb_init(a);
    arb_init(b);
    gf_expr_ball(a, graph, gf_arg(graph, e, 0), precision);
    if (gf_arg_count(graph, e) == 2)
        gf_expr_ball(b, graph, gf_arg(graph, e, 1), precision);
    ball_apply(out, op, a, b, precision);
    arb_clear(a);
    arb_clear(b);
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
