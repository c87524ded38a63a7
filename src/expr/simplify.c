/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Simplification: the walk over the graph.  Sums have like terms collected
 * (simplify_sum.c), products like factors (simplify_product.c), both in the
 * order of compare.c; powers and functions are rewritten by their laws.
 * Everything done here holds wherever both sides are defined; a power is never
 * merged so that the set of its real arguments would change from x >= 0 to all
 * x (sqrt(x)^2 stays).
 */
#include "expr/node.h"

static gf_expr simplify(gf_graph *graph, gf_expr e)
{
    gf_list arg;
    gf_expr result;
    gf_op op;

    if (e == GF_EXPR_NONE || graph->failure)
        return GF_EXPR_NONE;
    if (graph->node[e].simple)
        return graph->node[e].simple;
    if (!gf_spend(graph, 1))
        return GF_EXPR_NONE;
    op = gf_op_of(graph, e);
    if (gf_arg_count(graph, e) == 0)
        return graph->node[e].simple = e;
    gf_list_init(&arg);
    for (size_t i = 0; i < gf_arg_count(graph, e); i++)
        gf_list_add(&arg, graph, simplify(graph, gf_arg(graph, e, i)));
    if (graph->failure)
        result = GF_EXPR_NONE;
    else if (op == GF_OP_ADD)
        result = gf_simplify_add(graph, arg.item, arg.count);
    else if (op == GF_OP_MUL)
        result = gf_simplify_mul(graph, arg.item, arg.count);
    else if (op == GF_OP_POW)
        result = gf_simplify_pow(graph, arg.item[0], arg.item[1]);
    else
        result = gf_simplify_call(graph, op, arg.item, arg.count);
    gf_list_clear(&arg);
    if (graph->failure) /* nothing half done is kept */
        return GF_EXPR_NONE;
    if (result) {
        graph->node[e].simple = result;
        graph->node[result].simple = result;
    }
    return result;
}

gf_expr gf_expr_simplify(gf_graph *graph, gf_expr e)
{
    gf_enter(graph);
    e = simplify(graph, e);
    gf_leave(graph);
    return e;
}
