/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Symbolic derivatives: sums, products and powers by their rules, functions by
 * the slopes of the table of operators (texts in x and y), the chain rule
 * over all arguments.  Results are simplified.
 */
#include "expr/memo.h"
#include "expr/ops.h"
#include "expr/scope.h"

#include <stdlib.h>

/* The slopes of the table, parsed once into a graph. */
typedef struct gf_slope {
    gf_expr x, y;
    gf_expr slope[GF_OP_COUNT][2];
} gf_slope;

typedef struct derivation {
    gf_graph *graph;
    gf_expr symbol;
    gf_memo done;
} derivation;

static gf_expr derive(derivation *d, gf_expr e);

/* The template of the k-th partial derivative of op. */
static gf_expr slope_of(gf_graph *graph, gf_op op, size_t k)
{
    const gf_op_row *row = gf_op_row_of(op);
    gf_slope *cache = graph->slope;
    gf_scope scope;
    gf_expr e = GF_EXPR_NONE;

    if (!cache) {
        cache = calloc(1, sizeof *cache);
        if (!cache)
            return gf_fail(graph, GF_MEMORY);
        graph->slope = cache;
        cache->x = gf_expr_symbol(graph, "x#");
        cache->y = gf_expr_symbol(graph, "y#");
    }
    if (cache->slope[op][k])
        return cache->slope[op][k];
    gf_scope_init(&scope, graph);
    if (gf_scope_add(&scope, "x", cache->x, NULL) != GF_OK ||
        gf_scope_add(&scope, "y", cache->y, NULL) != GF_OK ||
        gf_expr_parse(&e, &scope, k ? row->slope_y : row->slope, NULL) != GF_OK)
        e = gf_fail(graph, graph->failure ? graph->failure : GF_MEMORY);
    gf_scope_clear(&scope);
    cache->slope[op][k] = e;
    return e;
}

/* log(a b^r)' = a'/a + r b'/b */
static gf_expr derive_log_of_product(derivation *d, gf_expr product)
{
    gf_graph *graph = d->graph;
    gf_list terms;
    gf_expr result;

    gf_list_init(&terms);
    for (size_t i = 0; i < gf_arg_count(graph, product); i++) {
        gf_expr f = gf_arg(graph, product, i),
                r = gf_expr_rational(graph, 1, 1);
        gf_expr factor[3];
        if (gf_op_of(graph, f) == GF_OP_POW &&
            gf_is_number(graph, gf_arg(graph, f, 1))) {
            r = gf_arg(graph, f, 1);
            f = gf_arg(graph, f, 0);
        }
        factor[0] = r;
        factor[1] = derive(d, f);
        factor[2] = gf_pow(graph, f, gf_expr_rational(graph, -1, 1));
        if (factor[1] && !gf_is_rational(graph, factor[1], 0, 1))
            gf_list_add(&terms, graph, gf_mul(graph, factor, 3));
    }
    result = gf_add(graph, terms.item, terms.count);
    gf_list_clear(&terms);
    return result;
}

static gf_expr derive_call(derivation *d, gf_expr e)
{
    gf_graph *graph = d->graph;
    gf_list terms;
    gf_expr result;

    if (gf_op_of(graph, e) == GF_OP_LOG &&
        gf_op_of(graph, gf_arg(graph, e, 0)) == GF_OP_MUL)
        return derive_log_of_product(d, gf_arg(graph, e, 0));
    gf_list_init(&terms);
    for (size_t k = 0; k < gf_arg_count(graph, e); k++) {
        gf_expr inner = derive(d, gf_arg(graph, e, k)), slope;
        if (gf_is_rational(graph, inner, 0, 1) || !inner)
            continue;
        slope = slope_of(graph, gf_op_of(graph, e), k);
        if (!slope)
            break;
        if (gf_arg_count(graph, e) == 2)
            slope =
                gf_replace(graph, slope, graph->slope->y, gf_arg(graph, e, 1));
        slope = gf_replace(graph, slope, graph->slope->x, gf_arg(graph, e, 0));
        gf_list_add(&terms, graph, gf_expr_product(graph, slope, inner));
    }
    result = gf_add(graph, terms.item, terms.count);
    gf_list_clear(&terms);
    return result;
}

/* The derivative of a product by the derivatives of its factors. */
static gf_expr derive_factors(derivation *d, gf_expr e)
{
    gf_graph *graph = d->graph;
    size_t count = gf_arg_count(graph, e);
    gf_list terms, factors;
    gf_expr result;

    gf_list_init(&terms);
    for (size_t k = 0; k < count && graph->failure == GF_OK; k++) {
        gf_expr inner = derive(d, gf_arg(graph, e, k));
        if (inner && gf_is_rational(graph, inner, 0, 1))
            continue;
        gf_list_init(&factors);
        for (size_t i = 0; i < count; i++)
            gf_list_add(&factors, graph, i == k ? inner : gf_arg(graph, e, i));
        gf_list_add(&terms, graph, gf_mul(graph, factors.item, factors.count));
        gf_list_clear(&factors);
    }
    result = gf_add(graph, terms.item, terms.count);
    gf_list_clear(&terms);
    return result;
}

/* The only factor of e that is a sum to a negative power, or SIZE_MAX. */
static size_t find_denominator(const gf_graph *graph, gf_expr e)
{
    size_t found = SIZE_MAX;

    for (size_t i = 0; i < gf_arg_count(graph, e); i++) {
        gf_expr f = gf_arg(graph, e, i);
        if (gf_op_of(graph, f) != GF_OP_POW ||
            gf_op_of(graph, gf_arg(graph, f, 0)) != GF_OP_ADD ||
            !gf_is_number(graph, gf_arg(graph, f, 1)) ||
            gf_number_sign(graph, gf_arg(graph, f, 1)) > 0)
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = i;
    }
    return found;
}

/* (a b^r)' = (a' b + r a b') b^(r-1), if that has a short numerator: as
   (D/(1 - D))' = 1/(1 - D)^2.  GF_EXPR_NONE if it has not. */
static gf_expr derive_quotient(derivation *d, gf_expr e)
{
    gf_graph *graph = d->graph;
    size_t below = find_denominator(graph, e);
    gf_expr a, b, r, da, db, left, right, factor[3];
    gf_list above;

    if (below == SIZE_MAX)
        return GF_EXPR_NONE;
    gf_list_init(&above);
    for (size_t i = 0; i < gf_arg_count(graph, e); i++)
        if (i != below)
            gf_list_add(&above, graph, gf_arg(graph, e, i));
    a = gf_mul(graph, above.item, above.count);
    gf_list_clear(&above);
    b = gf_arg(graph, gf_arg(graph, e, below), 0);
    r = gf_arg(graph, gf_arg(graph, e, below), 1);
    da = gf_op_of(graph, a) == GF_OP_MUL ? derive_factors(d, a) : derive(d, a);
    db = derive(d, b);
    if (!da || !db || gf_is_rational(graph, da, 0, 1))
        return GF_EXPR_NONE;
    factor[0] = r;
    factor[1] = a;
    factor[2] = db;
    left = gf_expr_product(graph, da, b);
    right = gf_mul(graph, factor, 3);
    a = gf_expand(graph, gf_expr_sum(graph, left, right));
    if (!a || gf_op_of(graph, a) == GF_OP_ADD)
        return GF_EXPR_NONE;
    r = gf_expr_difference(graph, r, gf_expr_rational(graph, 1, 1));
    return gf_expr_product(graph, a,
                           gf_pow(graph, b, gf_expr_simplify(graph, r)));
}

static gf_expr derive_product(derivation *d, gf_expr e)
{
    gf_expr quotient = derive_quotient(d, e);

    return quotient ? quotient : derive_factors(d, e);
}

/* (b^r)' = r b^(r-1) b' + b^r log(b) r' */
static gf_expr derive_power(derivation *d, gf_expr e)
{
    gf_graph *graph = d->graph;
    gf_expr base = gf_arg(graph, e, 0), exponent = gf_arg(graph, e, 1);
    gf_expr db = derive(d, base), dr = derive(d, exponent);
    gf_expr one = gf_expr_rational(graph, 1, 1), factor[3], left, right;

    factor[0] = exponent;
    factor[1] = gf_pow(
        graph, base,
        gf_expr_simplify(graph, gf_expr_difference(graph, exponent, one)));
    factor[2] = db;
    left = gf_mul(graph, factor, 3);
    if (dr && gf_is_rational(graph, dr, 0, 1))
        return left;
    factor[0] = e;
    factor[1] = gf_call1(graph, GF_OP_LOG, base);
    factor[2] = dr;
    right = gf_mul(graph, factor, 3);
    return gf_expr_sum(graph, left, right);
}

static gf_expr derive(derivation *d, gf_expr e)
{
    gf_graph *graph = d->graph;
    gf_list terms;
    gf_expr result;

    if (graph->failure)
        return GF_EXPR_NONE;
    if (e == d->symbol)
        return gf_expr_rational(graph, 1, 1);
    if (gf_arg_count(graph, e) == 0)
        return gf_expr_rational(graph, 0, 1);
    result = gf_memo_get(&d->done, e);
    if (result || !gf_spend(graph, 1))
        return result;
    switch (gf_op_of(graph, e)) {
    case GF_OP_ADD:
        gf_list_init(&terms);
        for (size_t i = 0; i < gf_arg_count(graph, e); i++)
            gf_list_add(&terms, graph, derive(d, gf_arg(graph, e, i)));
        result = gf_add(graph, terms.item, terms.count);
        gf_list_clear(&terms);
        break;
    case GF_OP_MUL:
        result = derive_product(d, e);
        break;
    case GF_OP_POW:
        result = derive_power(d, e);
        break;
    default:
        result = derive_call(d, e);
    }
    result = gf_expr_simplify(graph, result);
    if (result && !gf_memo_set(&d->done, e, result))
        return gf_fail(graph, GF_MEMORY);
    return result;
}

gf_expr gf_expr_derive(gf_graph *graph, gf_expr e, gf_expr symbol)
{
    derivation d = {.graph = graph, .symbol = symbol};
    gf_expr result = GF_EXPR_NONE;

    gf_enter(graph);
    e = gf_expr_simplify(graph, e);
    if (e != GF_EXPR_NONE && symbol != GF_EXPR_NONE) {
        gf_memo_init(&d.done);
        result = derive(&d, e);
        gf_memo_clear(&d.done);
    }
    gf_leave(graph);
    return result;
}
