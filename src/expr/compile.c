/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From graph to tape.  Quotients and differences come back as such, and where
 * an argument cancels the accurate function is chosen: log(1 + x) becomes
 * log1p(x), exp(x) - 1 expm1(x).
 */
#include "expr/compile.h"

#include <assert.h>

static uint32_t compile(gf_compiler *c, gf_expr e);

/* base^|exponent|, the exponent a number. */
static uint32_t compile_size(gf_compiler *c, gf_expr base,
                             const fmpq_t exponent)
{
    uint32_t x, slot;
    fmpq_t r;

    fmpq_init(r);
    fmpq_abs(r, exponent);
    if (!gf_is_symbolic(c->graph, base)) {
        slot = gf_emit_constant(c, base, r);
        fmpq_clear(r);
        return slot;
    }
    x = compile(c, base);
    if (fmpq_is_one(r)) {
        slot = x;
    } else if (fmpz_is_one(fmpq_denref(r)) &&
               fmpz_cmp_ui(fmpq_numref(r), 64) <= 0) {
        ulong n = fmpz_get_ui(fmpq_numref(r));
        slot = n == 2 ? gf_emit(c, GF_OP_SQUARE, x, 0)
                      : gf_emit(c, GF_OP_POWI, x, (uint32_t)n);
    } else if (fmpz_is_one(fmpq_numref(r)) &&
               fmpz_equal_si(fmpq_denref(r), 2)) {
        slot = gf_emit(c, GF_OP_SQRT, x, 0);
    } else {
        slot = gf_emit(c, GF_OP_POW, x, gf_emit_number(c, r));
    }
    fmpq_clear(r);
    return slot;
}

static bool has_number_exponent(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_POW &&
           gf_is_number(graph, gf_arg(graph, e, 1));
}

/* The factors of e above (or below) the bar multiplied; false if none. */
static bool compile_side(gf_compiler *c, gf_expr e, bool below, uint32_t *out)
{
    const gf_graph *graph = c->graph;
    bool product = gf_op_of(graph, e) == GF_OP_MUL, any = false;
    size_t count = product ? gf_arg_count(graph, e) : 1;

    for (size_t i = 0; i < count; i++) {
        gf_expr f = product ? gf_arg(graph, e, i) : e;
        bool power = has_number_exponent(graph, f);
        bool under = power && gf_number_sign(graph, gf_arg(graph, f, 1)) < 0;
        uint32_t x;
        if (under != below || (product && gf_is_number(graph, f)))
            continue;
        x = power ? compile_size(c, gf_arg(graph, f, 0),
                                 gf_number_of(graph, gf_arg(graph, f, 1)))
                  : compile(c, f);
        *out = any ? gf_emit(c, GF_OP_MUL, *out, x) : x;
        any = true;
    }
    return any;
}

/* A product up to its sign, which is told. */
static uint32_t compile_product(gf_compiler *c, gf_expr e, bool *negative)
{
    const gf_graph *graph = c->graph;
    bool numbered = gf_op_of(graph, e) == GF_OP_MUL &&
                    gf_is_number(graph, gf_arg(graph, e, 0));
    uint32_t above, below, number;
    bool has_above = compile_side(c, e, false, &above);
    bool has_below = compile_side(c, e, true, &below);
    fmpq_t q;

    *negative = false;
    fmpq_init(q);
    fmpq_one(q);
    if (numbered) {
        const fmpq *n = gf_number_of(graph, gf_arg(graph, e, 0));
        *negative = fmpq_sgn(n) < 0;
        fmpq_abs(q, n);
    }
    if (!fmpq_is_one(q) || !has_above) {
        bool divides = has_above && fmpz_is_one(fmpq_numref(q));
        if (divides)
            fmpq_inv(q, q);
        number = gf_emit_number(c, q);
        if (!has_above)
            above = number;
        else
            above = gf_emit(c, divides ? GF_OP_DIV : GF_OP_MUL, above, number);
    }
    fmpq_clear(q);
    return has_below ? gf_emit(c, GF_OP_DIV, above, below) : above;
}

static bool is_product(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_MUL || has_number_exponent(graph, e);
}

/* The sum of the arguments of e but the skipped one; a negative first term
   becomes a subtraction where a positive one follows. */
static uint32_t compile_sum(gf_compiler *c, gf_expr e, size_t skip)
{
    const gf_graph *graph = c->graph;
    uint32_t sum = 0;
    bool any = false, minus = false;

    for (size_t i = 0; i < gf_arg_count(graph, e); i++) {
        gf_expr term = gf_arg(graph, e, i);
        bool negative = false;
        uint32_t x;
        if (i == skip)
            continue;
        x = gf_is_symbolic(graph, term) && is_product(graph, term)
                ? compile_product(c, term, &negative)
                : compile(c, term);
        if (!any) {
            sum = x;
            minus = negative;
        } else if (minus && !negative) {
            sum = gf_emit(c, GF_OP_SUB, x, sum);
            minus = false;
        } else {
            sum = gf_emit(c, negative == minus ? GF_OP_ADD : GF_OP_SUB, sum, x);
        }
        any = true;
    }
    return minus ? gf_emit(c, GF_OP_NEG, sum, 0) : sum;
}

/* Position of a number among the terms of a sum, or their count. */
static size_t find_unit(const gf_graph *graph, gf_expr e, long unit)
{
    size_t n = gf_arg_count(graph, e);

    for (size_t i = 0; i < n; i++)
        if (gf_is_rational(graph, gf_arg(graph, e, i), unit, 1))
            return i;
    return n;
}

/* u, if e is the sum of a number and exp(u), or minus exp(u); else
 * GF_EXPR_NONE.
 */
static gf_expr beside_number(const gf_graph *graph, gf_expr e, long number,
                             bool minus)
{
    size_t place = find_unit(graph, e, number);
    gf_expr other;

    if (gf_arg_count(graph, e) != 2 || place == 2)
        return GF_EXPR_NONE;
    other = gf_arg(graph, e, 1 - place);
    if (minus) {
        if (gf_op_of(graph, other) != GF_OP_MUL ||
            gf_arg_count(graph, other) != 2 ||
            !gf_is_rational(graph, gf_arg(graph, other, 0), -1, 1))
            return GF_EXPR_NONE;
        other = gf_arg(graph, other, 1);
    }
    return gf_op_of(graph, other) == GF_OP_EXP ? gf_arg(graph, other, 0)
                                               : GF_EXPR_NONE;
}

/* 1 - exp(u) without cancellation */
static uint32_t compile_minus_expm1(gf_compiler *c, gf_expr u)
{
    return gf_emit(c, GF_OP_NEG, gf_emit(c, GF_OP_EXPM1, compile(c, u), 0), 0);
}

static uint32_t compile_add(gf_compiler *c, gf_expr e)
{
    gf_expr u = beside_number(c->graph, e, -1, false);
    gf_expr v = beside_number(c->graph, e, 1, true);

    if (u)
        return gf_emit(c, GF_OP_EXPM1, compile(c, u), 0);
    return v ? compile_minus_expm1(c, v) : compile_sum(c, e, SIZE_MAX);
}

/* log(1 - exp(u)), log(2 - exp(u)) and log(1 + u) of a sum. */
static uint32_t compile_log(gf_compiler *c, gf_expr sum)
{
    gf_expr u = beside_number(c->graph, sum, 1, true);
    gf_expr v = beside_number(c->graph, sum, 2, true);
    size_t unit = find_unit(c->graph, sum, 1);

    if (u)
        return gf_emit(c, GF_OP_LOG1MEXP, compile(c, u), 0);
    if (v)
        return gf_emit(c, GF_OP_LOG1P, compile_minus_expm1(c, v), 0);
    if (unit < gf_arg_count(c->graph, sum))
        return gf_emit(c, GF_OP_LOG1P, compile_sum(c, sum, unit), 0);
    return gf_emit(c, GF_OP_LOG, compile(c, sum), 0);
}

static uint32_t compile_node(gf_compiler *c, gf_expr e)
{
    const gf_graph *graph = c->graph;
    gf_op op = gf_op_of(graph, e);
    uint32_t x, y;
    bool negative;

    if (op == GF_OP_SYMBOL) {
        for (size_t i = 0; i < c->tape->input_count; i++)
            if (c->input[i] == e)
                return (uint32_t)i;
        c->foreign = e;
        return 0;
    }
    if (!gf_is_symbolic(graph, e))
        return gf_emit_constant(c, e, NULL);
    if (op == GF_OP_ADD)
        return compile_add(c, e);
    if (is_product(graph, e)) {
        x = compile_product(c, e, &negative);
        return negative ? gf_emit(c, GF_OP_NEG, x, 0) : x;
    }
    if (op == GF_OP_LOG && gf_op_of(graph, gf_arg(graph, e, 0)) == GF_OP_ADD)
        return compile_log(c, gf_arg(graph, e, 0));
    x = compile(c, gf_arg(graph, e, 0));
    y = gf_arg_count(graph, e) == 2 ? compile(c, gf_arg(graph, e, 1)) : 0;
    return gf_emit(c, op, x, y);
}

static uint32_t compile(gf_compiler *c, gf_expr e)
{
    uint32_t slot = gf_memo_get(&c->slot, e);

    if (slot || c->failed)
        return slot ? slot - 1 : 0;
    slot = compile_node(c, e);
    if (!gf_memo_set(&c->slot, e, slot + 1))
        c->failed = true;
    return slot;
}

uint32_t gf_compile(gf_compiler *c, gf_expr e)
{
    assert(e != GF_EXPR_NONE);
    return compile(c, e);
}
