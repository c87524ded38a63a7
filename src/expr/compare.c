/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order of terms and factors: structural, so that it does not depend on
 * the history of the graph.  Numbers, constants, symbols in the order of their
 * making, functions by name and argument, sums; a power next to its base, a
 * coefficient looked at last.
 */
#include "expr/node.h"

static int rank(const gf_graph *graph, gf_expr e)
{
    switch (gf_op_of(graph, e)) {
    case GF_OP_NUMBER:
        return 0;
    case GF_OP_PI:
    case GF_OP_INF:
        return 1;
    case GF_OP_SYMBOL:
        return 2;
    case GF_OP_ADD:
        return 5;
    case GF_OP_MUL:
    case GF_OP_POW:
        return 4;
    default:
        return 3;
    }
}

static int sign_of(long long x)
{
    return (x > 0) - (x < 0);
}

/* The i-th factor of e as a product. */
static gf_expr factor(const gf_graph *graph, gf_expr e, size_t i)
{
    return gf_op_of(graph, e) == GF_OP_MUL ? gf_arg(graph, e, i) : e;
}

static size_t factor_count(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_MUL ? gf_arg_count(graph, e) : 1;
}

static gf_expr base_of(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_POW ? gf_arg(graph, e, 0) : e;
}

static int compare_leaves(const gf_graph *graph, gf_expr a, gf_expr b)
{
    if (gf_is_number(graph, a))
        return fmpq_cmp(gf_number_of(graph, a), gf_number_of(graph, b));
    return sign_of((long long)graph->node[a].first -
                   (long long)graph->node[b].first);
}

/* Two nodes that are neither products nor powers. */
static int compare_atoms(const gf_graph *graph, gf_expr a, gf_expr b)
{
    int order = rank(graph, a) - rank(graph, b);
    size_t n = gf_arg_count(graph, a), m = gf_arg_count(graph, b);

    if (order)
        return sign_of(order);
    order = (int)gf_op_of(graph, a) - (int)gf_op_of(graph, b);
    if (order)
        return sign_of(order);
    if (n == 0 && m == 0)
        return compare_leaves(graph, a, b);
    for (size_t i = 0; i < n && i < m; i++) {
        order = gf_compare(graph, gf_arg(graph, a, i), gf_arg(graph, b, i));
        if (order)
            return order;
    }
    return sign_of((long long)n - (long long)m);
}

static int compare_exponents(const gf_graph *graph, gf_expr a, gf_expr b)
{
    bool p = gf_op_of(graph, a) == GF_OP_POW;
    bool q = gf_op_of(graph, b) == GF_OP_POW;
    gf_expr r = p ? gf_arg(graph, a, 1) : GF_EXPR_NONE;
    gf_expr s = q ? gf_arg(graph, b, 1) : GF_EXPR_NONE;

    if (r && s && (!gf_is_number(graph, r) || !gf_is_number(graph, s)))
        return gf_compare(graph, r, s);
    if ((r && !gf_is_number(graph, r)) || (s && !gf_is_number(graph, s)))
        return r && !gf_is_number(graph, r) ? 1 : -1;
    /* the higher power first */
    if (r && s)
        return fmpq_cmp(gf_number_of(graph, s), gf_number_of(graph, r));
    if (r)
        return fmpq_cmp_si(gf_number_of(graph, r), 1) > 0 ? -1 : 1;
    if (s)
        return fmpq_cmp_si(gf_number_of(graph, s), 1) > 0 ? 1 : -1;
    return 0;
}

static bool has_coefficient(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_MUL &&
           gf_is_number(graph, gf_arg(graph, e, 0));
}

/* The larger coefficient first: D before -D. */
static int compare_coefficients(const gf_graph *graph, gf_expr a, gf_expr b)
{
    fmpq_t one;
    int order;

    fmpq_init(one);
    fmpq_one(one);
    order = fmpq_cmp(
        has_coefficient(graph, b) ? gf_number_of(graph, gf_arg(graph, b, 0))
                                  : one,
        has_coefficient(graph, a) ? gf_number_of(graph, gf_arg(graph, a, 0))
                                  : one);
    fmpq_clear(one);
    return sign_of(order);
}

int gf_compare(const gf_graph *graph, gf_expr a, gf_expr b)
{
    size_t n = factor_count(graph, a), m = factor_count(graph, b);
    size_t i = has_coefficient(graph, a), k = has_coefficient(graph, b);

    if (a == b)
        return 0;
    for (; i < n && k < m; i++, k++) {
        gf_expr p = factor(graph, a, i), q = factor(graph, b, k);
        int order;
        if (p == q)
            continue;
        if (base_of(graph, p) == base_of(graph, q))
            order = compare_exponents(graph, p, q);
        else if (base_of(graph, p) == p && base_of(graph, q) == q)
            order = compare_atoms(graph, p, q);
        else
            order = gf_compare(graph, base_of(graph, p), base_of(graph, q));
        if (order)
            return order;
    }
    if (i < n || k < m)
        return i < n ? 1 : -1;
    return compare_coefficients(graph, a, b);
}
