/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products of sums and small powers of sums, multiplied out. */
#include "expr/node.h"

enum { POWER_MAX = 8, TERMS_MAX = 400 };

static size_t term_count(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_ADD ? gf_arg_count(graph, e) : 1;
}

static gf_expr term_of(const gf_graph *graph, gf_expr e, size_t i)
{
    return gf_op_of(graph, e) == GF_OP_ADD ? gf_arg(graph, e, i) : e;
}

static gf_expr multiply(gf_graph *graph, gf_expr a, gf_expr b)
{
    size_t n, m;
    gf_list terms;
    gf_expr pair[2], result;

    if (!a || !b)
        return GF_EXPR_NONE;
    n = term_count(graph, a);
    m = term_count(graph, b);
    if (n * m > TERMS_MAX) {
        pair[0] = a;
        pair[1] = b;
        return gf_simplify_mul(graph, pair, 2);
    }
    gf_list_init(&terms);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++) {
            pair[0] = term_of(graph, a, i);
            pair[1] = term_of(graph, b, k);
            gf_list_add(&terms, graph, gf_simplify_mul(graph, pair, 2));
        }
    result = gf_simplify_add(graph, terms.item, terms.count);
    gf_list_clear(&terms);
    return result;
}

gf_expr gf_expand(gf_graph *graph, gf_expr e)
{
    gf_list terms;
    gf_expr result, factor;
    long power;

    e = gf_expr_simplify(graph, e);
    if (!e)
        return GF_EXPR_NONE;
    if (gf_op_of(graph, e) == GF_OP_ADD) {
        gf_list_init(&terms);
        for (size_t i = 0; i < gf_arg_count(graph, e); i++)
            gf_list_add(&terms, graph, gf_expand(graph, gf_arg(graph, e, i)));
        result = gf_simplify_add(graph, terms.item, terms.count);
        gf_list_clear(&terms);
        return result;
    }
    if (gf_op_of(graph, e) == GF_OP_MUL) {
        result = gf_expr_rational(graph, 1, 1);
        for (size_t i = 0; i < gf_arg_count(graph, e); i++)
            result =
                multiply(graph, result, gf_expand(graph, gf_arg(graph, e, i)));
        return result;
    }
    if (gf_op_of(graph, e) != GF_OP_POW ||
        gf_op_of(graph, gf_arg(graph, e, 0)) != GF_OP_ADD ||
        !gf_small_integer(graph, gf_arg(graph, e, 1), POWER_MAX, &power) ||
        power < 2)
        return e;
    factor = gf_expand(graph, gf_arg(graph, e, 0));
    result = factor;
    for (long i = 1; i < power; i++)
        result = multiply(graph, result, factor);
    return result;
}
