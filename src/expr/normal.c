/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The normal form that the parser builds: flat sums and products, numeric
 * factors folded into one leading rational, signs and quotients as factors.
 * No term is moved and none is collected; simplify.c does that.
 */
#include "expr/node.h"

#include <stdlib.h>

#include "expr/ops.h"

gf_expr gf_add(gf_graph *graph, const gf_expr *arg, size_t count)
{
    gf_list list;
    gf_expr e;

    gf_list_init(&list);
    for (size_t i = 0; i < count; i++) {
        if (arg[i] && gf_op_of(graph, arg[i]) == GF_OP_ADD) {
            for (size_t k = 0; k < gf_arg_count(graph, arg[i]); k++)
                gf_list_add(&list, graph, gf_arg(graph, arg[i], k));
        } else {
            gf_list_add(&list, graph, arg[i]);
        }
    }
    if (list.count == 0)
        e = gf_expr_rational(graph, 0, 1);
    else if (list.count == 1)
        e = list.item[0];
    else
        e = gf_node_make(graph, GF_OP_ADD, list.item, list.count);
    gf_list_clear(&list);
    return e;
}

/* A product being flattened. */
typedef struct product {
    gf_list factors; /* the first place is kept for the number */
    fmpq_t number;
    gf_expr undefined; /* a factor 1/0, which takes all others in */
} product;

static bool is_undefined(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_POW &&
           gf_is_rational(graph, gf_arg(graph, e, 0), 0, 1) &&
           gf_is_rational(graph, gf_arg(graph, e, 1), -1, 1);
}

static void add_factor(product *p, gf_graph *graph, gf_expr e)
{
    if (gf_op_of(graph, e) == GF_OP_MUL) {
        for (size_t k = 0; k < gf_arg_count(graph, e); k++)
            add_factor(p, graph, gf_arg(graph, e, k));
    } else if (gf_is_number(graph, e)) {
        fmpq_mul(p->number, p->number, gf_number_of(graph, e));
        if (!gf_is_bearable(p->number))
            gf_fail(graph, GF_LIMIT);
    } else {
        if (is_undefined(graph, e))
            p->undefined = e;
        gf_list_add(&p->factors, graph, e);
    }
}

gf_expr gf_mul(gf_graph *graph, const gf_expr *arg, size_t count)
{
    product p = {.undefined = GF_EXPR_NONE};
    gf_list *list = &p.factors;
    gf_expr e;

    fmpq_init(p.number);
    fmpq_one(p.number);
    gf_list_init(list);
    gf_list_add(list, graph, GF_EXPR_NONE);
    for (size_t i = 0; i < count && graph->failure == GF_OK; i++)
        add_factor(&p, graph, arg[i]);
    if (p.undefined || list->count == 1 || !fmpq_is_one(p.number))
        list->item[0] = gf_number_q(graph, p.number);
    if (graph->failure)
        e = GF_EXPR_NONE;
    else if (p.undefined)
        e = p.undefined;
    else if (list->count == 1)
        e = list->item[0];
    else if (!fmpq_is_one(p.number))
        e = gf_node_make(graph, GF_OP_MUL, list->item, list->count);
    else if (list->count == 2)
        e = list->item[1];
    else
        e = gf_node_make(graph, GF_OP_MUL, list->item + 1, list->count - 1);
    gf_list_clear(list);
    fmpq_clear(p.number);
    return e;
}

/* 0^r: 0 for r > 0; for r < 0 it is undefined, and written 1/0. */
static gf_expr power_of_zero(gf_graph *graph, gf_expr base, gf_expr exponent)
{
    int sign = gf_number_sign(graph, exponent);
    gf_expr pair[2] = {base, exponent};

    if (sign > 0)
        return base;
    if (sign < 0)
        pair[1] = gf_expr_rational(graph, -1, 1);
    return gf_node_make(graph, GF_OP_POW, pair, 2);
}

/* base^exponent of two numbers where it is a rational of bearable size. */
static gf_expr fold_power(gf_graph *graph, gf_expr base, gf_expr exponent)
{
    long n;
    fmpq_t q;
    gf_expr e = GF_EXPR_NONE;
    const fmpq *b = gf_number_of(graph, base);
    size_t bits = fmpz_bits(fmpq_numref(b)) + fmpz_bits(fmpq_denref(b));

    if (fmpq_is_zero(b))
        return power_of_zero(graph, base, exponent);
    if (!gf_small_integer(graph, exponent, GF_NUMBER_BITS_MAX, &n) ||
        (labs(n) > 1 && bits * (size_t)labs(n) > GF_NUMBER_BITS_MAX))
        return GF_EXPR_NONE;
    fmpq_init(q);
    fmpq_pow_si(q, b, n);
    e = gf_number_q(graph, q);
    fmpq_clear(q);
    return e;
}

/* An integer power of a product is the product of the powers. */
static gf_expr power_of_product(gf_graph *graph, gf_expr base, gf_expr exponent)
{
    gf_list list;
    gf_expr e;

    gf_list_init(&list);
    for (size_t i = 0; i < gf_arg_count(graph, base); i++)
        gf_list_add(&list, graph,
                    gf_pow(graph, gf_arg(graph, base, i), exponent));
    e = gf_mul(graph, list.item, list.count);
    gf_list_clear(&list);
    return e;
}

gf_expr gf_pow(gf_graph *graph, gf_expr base, gf_expr exponent)
{
    gf_expr pair[2] = {base, exponent}, folded;

    if (!base || !exponent)
        return GF_EXPR_NONE;
    if (gf_is_number(graph, exponent)) {
        if (gf_is_rational(graph, exponent, 1, 1))
            return base;
        if (gf_is_number(graph, base)) {
            folded = fold_power(graph, base, exponent);
            if (folded)
                return folded;
        }
        if (gf_is_integer(graph, exponent) &&
            gf_op_of(graph, base) == GF_OP_MUL)
            return power_of_product(graph, base, exponent);
        if (gf_is_integer(graph, exponent) &&
            gf_op_of(graph, base) == GF_OP_POW &&
            gf_is_integer(graph, gf_arg(graph, base, 1)))
            return gf_pow(
                graph, gf_arg(graph, base, 0),
                gf_expr_product(graph, gf_arg(graph, base, 1), exponent));
        if (gf_is_rational(graph, exponent, -1, 1) &&
            gf_op_of(graph, base) == GF_OP_POW &&
            gf_is_number(graph, gf_arg(graph, base, 1)))
            return gf_pow(graph, gf_arg(graph, base, 0),
                          gf_expr_negative(graph, gf_arg(graph, base, 1)));
    }
    if (gf_op_of(graph, base) == GF_OP_EXP &&
        gf_is_rational(graph, gf_arg(graph, base, 0), 1, 1))
        return gf_call1(graph, GF_OP_EXP, exponent);
    return gf_node_make(graph, GF_OP_POW, pair, 2);
}

gf_expr gf_call1(gf_graph *graph, gf_op op, gf_expr a)
{
    return gf_node_make(graph, op, &a, 1);
}

gf_expr gf_call2(gf_graph *graph, gf_op op, gf_expr a, gf_expr b)
{
    gf_expr pair[2] = {a, b};

    return gf_node_make(graph, op, pair, 2);
}

gf_expr gf_expr_sum(gf_graph *graph, gf_expr a, gf_expr b)
{
    gf_expr pair[2] = {a, b};

    return gf_add(graph, pair, 2);
}

gf_expr gf_expr_product(gf_graph *graph, gf_expr a, gf_expr b)
{
    gf_expr pair[2] = {a, b};

    return gf_mul(graph, pair, 2);
}

gf_expr gf_expr_negative(gf_graph *graph, gf_expr a)
{
    return gf_expr_product(graph, gf_expr_rational(graph, -1, 1), a);
}

gf_expr gf_expr_difference(gf_graph *graph, gf_expr a, gf_expr b)
{
    return gf_expr_sum(graph, a, gf_expr_negative(graph, b));
}

gf_expr gf_expr_power(gf_graph *graph, gf_expr base, gf_expr exponent)
{
    return gf_pow(graph, base, exponent);
}

gf_expr gf_expr_quotient(gf_graph *graph, gf_expr a, gf_expr b)
{
    gf_expr minus_one = gf_expr_rational(graph, -1, 1);

    return gf_expr_product(graph, a, gf_pow(graph, b, minus_one));
}

gf_expr gf_expr_call(gf_graph *graph, const char *name, gf_expr a)
{
    gf_op op = gf_op_find(name);

    if (op == GF_OP_NONE || gf_op_row_of(op)->arity != 1)
        return gf_fail(graph, GF_NAME);
    return gf_call1(graph, op, a);
}

gf_expr gf_split_coefficient(gf_graph *graph, fmpq_t coefficient, gf_expr e)
{
    gf_list rest;

    if (gf_is_number(graph, e)) {
        fmpq_set(coefficient, gf_number_of(graph, e));
        return gf_expr_rational(graph, 1, 1);
    }
    fmpq_one(coefficient);
    if (gf_op_of(graph, e) != GF_OP_MUL ||
        !gf_is_number(graph, gf_arg(graph, e, 0)))
        return e;
    fmpq_set(coefficient, gf_number_of(graph, gf_arg(graph, e, 0)));
    gf_list_init(&rest);
    for (size_t i = 1; i < gf_arg_count(graph, e); i++)
        gf_list_add(&rest, graph, gf_arg(graph, e, i));
    e = gf_mul(graph, rest.item, rest.count);
    gf_list_clear(&rest);
    return e;
}

gf_expr gf_scale(gf_graph *graph, gf_expr e, const fmpq_t factor)
{
    return gf_expr_product(graph, gf_number_q(graph, factor), e);
}
