/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks over the graph: replacing symbols, asking what an expression uses. */
#include "expr/scope.h"

#include <stdlib.h>

typedef struct walk {
    gf_graph *graph;
    gf_leaf_fn leaf;
    const void *ctx;
    gf_expr *done; /* by node; nodes made meanwhile are never visited */
} walk;

gf_expr gf_rebuild(gf_graph *graph, gf_op op, const gf_expr *arg, size_t count)
{
    if (op == GF_OP_ADD)
        return gf_add(graph, arg, count);
    if (op == GF_OP_MUL)
        return gf_mul(graph, arg, count);
    if (op == GF_OP_POW)
        return gf_pow(graph, arg[0], arg[1]);
    return gf_node_make(graph, op, arg, count);
}

static gf_expr visit(walk *w, gf_expr e)
{
    gf_list arg;
    gf_expr result;
    bool same = true;

    if (e == GF_EXPR_NONE || w->graph->failure)
        return GF_EXPR_NONE;
    if (w->done[e])
        return w->done[e];
    result = w->leaf(w->graph, e, w->ctx);
    if (result == GF_EXPR_NONE && gf_arg_count(w->graph, e) == 0)
        result = e;
    if (result == GF_EXPR_NONE) {
        gf_list_init(&arg);
        for (size_t i = 0; i < gf_arg_count(w->graph, e); i++) {
            gf_expr old = gf_arg(w->graph, e, i), changed = visit(w, old);
            same = same && old == changed;
            gf_list_add(&arg, w->graph, changed);
        }
        result = same ? e
                      : gf_rebuild(w->graph, gf_op_of(w->graph, e), arg.item,
                                   arg.count);
        gf_list_clear(&arg);
    }
    w->done[e] = result;
    return result;
}

gf_expr gf_rewrite(gf_graph *graph, gf_expr e, gf_leaf_fn leaf, const void *ctx)
{
    walk w = {graph, leaf, ctx, NULL};
    gf_expr result;

    if (e == GF_EXPR_NONE)
        return GF_EXPR_NONE;
    w.done = calloc((size_t)e + 1, sizeof *w.done); /* arguments are older */
    if (!w.done)
        return gf_fail(graph, GF_MEMORY);
    result = visit(&w, e);
    free(w.done);
    return result;
}

typedef struct replacement {
    gf_expr symbol, value;
} replacement;

static gf_expr replace_symbol(gf_graph *graph, gf_expr e, const void *ctx)
{
    const replacement *r = ctx;

    (void)graph;
    return e == r->symbol ? r->value : GF_EXPR_NONE;
}

gf_expr gf_replace(gf_graph *graph, gf_expr e, gf_expr symbol, gf_expr value)
{
    replacement r = {symbol, value};

    if (value == GF_EXPR_NONE)
        return GF_EXPR_NONE;
    return gf_rewrite(graph, e, replace_symbol, &r);
}

gf_expr gf_expr_substitute(gf_graph *graph, gf_expr e, gf_expr symbol,
                           gf_expr value)
{
    return gf_expr_simplify(graph, gf_replace(graph, e, symbol, value));
}

/* --- questions --------------------------------------------------------- */

/* Marks what lies below e; older nodes have smaller numbers, so one sweep
   down is enough. */
static unsigned char *mark_below(const gf_graph *graph, gf_expr e)
{
    unsigned char *mark = calloc((size_t)e + 1, 1);

    if (!mark)
        return NULL;
    mark[e] = 1;
    for (gf_expr i = e; i > 0; i--)
        for (size_t k = 0; mark[i] && k < gf_arg_count(graph, i); k++)
            mark[gf_arg(graph, i, k)] = 1;
    return mark;
}

bool gf_expr_depends(const gf_graph *graph, gf_expr e, gf_expr symbol)
{
    unsigned char *mark;
    bool found;

    if (e == GF_EXPR_NONE || symbol > e)
        return false;
    mark = mark_below(graph, e);
    found = !mark || mark[symbol];
    free(mark);
    return found;
}

bool gf_expr_has_op(const gf_graph *graph, gf_expr e, bool (*is)(gf_op))
{
    unsigned char *mark = e ? mark_below(graph, e) : NULL;
    bool found = e && !mark;

    for (gf_expr i = 1; mark && i <= e && !found; i++)
        found = mark[i] && is(gf_op_of(graph, i));
    free(mark);
    return found;
}

bool gf_expr_has_kinks(const gf_graph *graph, gf_expr e, gf_expr symbol)
{
    unsigned char *mark = e ? mark_below(graph, e) : NULL;
    bool found = e && !mark;

    for (gf_expr i = 1; mark && i <= e && !found; i++)
        found = mark[i] && gf_is_kinked(gf_op_of(graph, i)) &&
                gf_expr_depends(graph, i, symbol);
    free(mark);
    return found;
}
