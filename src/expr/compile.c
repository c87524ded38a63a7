/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From graph to tape.  Quotients and differences come back as such, and where
 * an argument cancels the accurate function is chosen: log(1 + x) becomes
 * log1p(x), exp(x) - 1 expm1(x).
 */
#include <math.h>
#include <stdlib.h>

#include "expr/decimal.h"
#include "expr/ops.h"
#include "expr/tape.h"

typedef struct compiler {
    const gf_graph *graph;
    gf_tape *tape;
    size_t constant_capacity, capacity;
    uint32_t *slot; /* by node, 1 + slot; constants are numbered from the top
                       and renumbered at the end */
    const gf_expr *input;
    gf_expr foreign; /* a symbol that is no input */
    bool failed;
} compiler;

#define CONSTANT_FLAG 0x80000000u

static uint32_t emit(compiler *c, gf_op op, uint32_t a, uint32_t b)
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
static uint32_t add_constant(compiler *c, arb_t ball)
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

static uint32_t constant_of(compiler *c, gf_expr e)
{
    arb_t ball;
    uint32_t slot;

    arb_init(ball);
    gf_expr_ball(ball, c->graph, e, GF_TAPE_PRECISION);
    slot = add_constant(c, ball);
    if (gf_op_of(c->graph, e) == GF_OP_INF && !c->failed)
        c->tape->constant[slot & ~CONSTANT_FLAG].value = INFINITY;
    arb_clear(ball);
    return slot;
}

static uint32_t constant_q(compiler *c, const fmpq_t q)
{
    arb_t ball;
    uint32_t slot;

    arb_init(ball);
    arb_set_fmpq(ball, q, GF_TAPE_PRECISION);
    slot = add_constant(c, ball);
    arb_clear(ball);
    return slot;
}

static uint32_t compile(compiler *c, gf_expr e);

/* base^|exponent|, the exponent a number. */
static uint32_t compile_size(compiler *c, gf_expr base, const fmpq_t exponent)
{
    uint32_t x = compile(c, base), slot;
    fmpq_t r;

    fmpq_init(r);
    fmpq_abs(r, exponent);
    if (fmpq_is_one(r)) {
        slot = x;
    } else if (fmpz_is_one(fmpq_denref(r)) &&
               fmpz_cmp_ui(fmpq_numref(r), 64) <= 0) {
        ulong n = fmpz_get_ui(fmpq_numref(r));
        slot = n == 2 ? emit(c, GF_OP_SQUARE, x, 0)
                      : emit(c, GF_OP_POWI, x, (uint32_t)n);
    } else if (fmpz_is_one(fmpq_numref(r)) &&
               fmpz_equal_si(fmpq_denref(r), 2)) {
        slot = emit(c, GF_OP_SQRT, x, 0);
    } else {
        slot = emit(c, GF_OP_POW, x, constant_q(c, r));
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
static bool compile_side(compiler *c, gf_expr e, bool below, uint32_t *out)
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
        *out = any ? emit(c, GF_OP_MUL, *out, x) : x;
        any = true;
    }
    return any;
}

/* A product up to its sign, which is told. */
static uint32_t compile_product(compiler *c, gf_expr e, bool *negative)
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
        number = constant_q(c, q);
        if (!has_above)
            above = number;
        else
            above = emit(c, divides ? GF_OP_DIV : GF_OP_MUL, above, number);
    }
    fmpq_clear(q);
    return has_below ? emit(c, GF_OP_DIV, above, below) : above;
}

static bool is_product(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_MUL || has_number_exponent(graph, e);
}

/* The sum of the arguments of e but the skipped one; a negative first term
   becomes a subtraction where a positive one follows. */
static uint32_t compile_sum(compiler *c, gf_expr e, size_t skip)
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
        x = is_product(graph, term) ? compile_product(c, term, &negative)
                                    : compile(c, term);
        if (!any) {
            sum = x;
            minus = negative;
        } else if (minus && !negative) {
            sum = emit(c, GF_OP_SUB, x, sum);
            minus = false;
        } else {
            sum = emit(c, negative == minus ? GF_OP_ADD : GF_OP_SUB, sum, x);
        }
        any = true;
    }
    return minus ? emit(c, GF_OP_NEG, sum, 0) : sum;
}

/* Position of the term 1 (or -1) of a sum, or its length. */
static size_t find_unit(const gf_graph *graph, gf_expr e, long unit)
{
    size_t n = gf_arg_count(graph, e);

    for (size_t i = 0; i < n; i++)
        if (gf_is_rational(graph, gf_arg(graph, e, i), unit, 1))
            return i;
    return n;
}

/* exp(u) - 1 and 1 - exp(u); false if e is neither. */
static bool compile_expm1(compiler *c, gf_expr e, uint32_t *out)
{
    const gf_graph *graph = c->graph;
    size_t minus, plus;
    gf_expr other;

    if (gf_arg_count(graph, e) != 2)
        return false;
    minus = find_unit(graph, e, -1);
    plus = find_unit(graph, e, 1);
    if (minus < 2) {
        other = gf_arg(graph, e, 1 - minus);
        if (gf_op_of(graph, other) != GF_OP_EXP)
            return false;
        *out = emit(c, GF_OP_EXPM1, compile(c, gf_arg(graph, other, 0)), 0);
        return true;
    }
    if (plus >= 2)
        return false;
    other = gf_arg(graph, e, 1 - plus);
    if (gf_op_of(graph, other) != GF_OP_MUL ||
        gf_arg_count(graph, other) != 2 ||
        !gf_is_rational(graph, gf_arg(graph, other, 0), -1, 1) ||
        gf_op_of(graph, gf_arg(graph, other, 1)) != GF_OP_EXP)
        return false;
    other = gf_arg(graph, gf_arg(graph, other, 1), 0);
    *out = emit(c, GF_OP_NEG, emit(c, GF_OP_EXPM1, compile(c, other), 0), 0);
    return true;
}

static uint32_t compile_node(compiler *c, gf_expr e)
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
        return constant_of(c, e);
    if (op == GF_OP_ADD) {
        if (compile_expm1(c, e, &x))
            return x;
        return compile_sum(c, e, SIZE_MAX);
    }
    if (is_product(graph, e)) {
        x = compile_product(c, e, &negative);
        return negative ? emit(c, GF_OP_NEG, x, 0) : x;
    }
    if (op == GF_OP_LOG && gf_op_of(graph, gf_arg(graph, e, 0)) == GF_OP_ADD) {
        gf_expr sum = gf_arg(graph, e, 0);
        size_t unit = find_unit(graph, sum, 1);
        if (unit < gf_arg_count(graph, sum))
            return emit(c, GF_OP_LOG1P, compile_sum(c, sum, unit), 0);
    }
    x = compile(c, gf_arg(graph, e, 0));
    y = gf_arg_count(graph, e) == 2 ? compile(c, gf_arg(graph, e, 1)) : 0;
    return emit(c, op, x, y);
}

static uint32_t compile(compiler *c, gf_expr e)
{
    uint32_t slot;

    if (c->slot[e])
        return c->slot[e] - 1;
    slot = compile_node(c, e);
    c->slot[e] = slot + 1;
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

gf_status gf_tape_new(gf_tape **out, const gf_graph *graph,
                      const gf_expr *roots, size_t root_count,
                      const gf_expr *inputs, size_t input_count,
                      gf_error *error)
{
    compiler c = {.graph = graph, .input = inputs};
    gf_tape *tape = calloc(1, sizeof *tape);
    gf_status status = gf_graph_check(graph, error);
    gf_expr newest = GF_EXPR_NONE;

    *out = NULL;
    if (status) {
        free(tape);
        return status;
    }
    c.tape = tape;
    for (size_t i = 0; i < root_count; i++)
        newest = roots[i] > newest ? roots[i] : newest;
    c.slot = calloc((size_t)newest + 1, sizeof *c.slot); /* args are older */
    if (tape)
        tape->root = calloc(root_count ? root_count : 1, sizeof *tape->root);
    if (!tape || !c.slot || !tape->root) {
        c.failed = true;
    } else {
        tape->input_count = input_count;
        tape->root_count = root_count;
        for (size_t i = 0; i < root_count && !c.failed; i++)
            tape->root[i] = compile(&c, roots[i]);
    }
    free(c.slot);
    if (c.failed || c.foreign) {
        gf_tape_free(tape);
        if (c.failed)
            return gf_error_set(error, GF_MEMORY, "out of memory");
        return gf_error_set(error, GF_NAME, "'%s' has no value",
                            gf_name_of(graph, c.foreign));
    }
    for (size_t i = 0; i < tape->count; i++) {
        gf_instruction *code = &tape->code[i];
        code->a = settle(tape, code->a);
        if (code->op != GF_OP_POWI)
            code->b = settle(tape, code->b);
    }
    for (size_t i = 0; i < root_count; i++)
        tape->root[i] = settle(tape, tape->root[i]);
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
