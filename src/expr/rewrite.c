/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks over the graph: replacing symbols, asking what an expression uses. */
#include "expr/memo.h"
#include "expr/scope.h"

typedef struct walk {
    gf_graph *graph;
    gf_leaf_fn leaf;
    const void *ctx;
    gf_memo done;
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
    result = gf_memo_get(&w->done, e);
    if (result || !gf_spend(w->graph, 1))
        return result;
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
    if (result && !gf_memo_set(&w->done, e, result))
        return gf_fail(w->graph, GF_MEMORY);
    return result;
}

gf_expr gf_rewrite(gf_graph *graph, gf_expr e, gf_leaf_fn leaf, const void *ctx)
{
    walk w = {.graph = graph, .leaf = leaf, .ctx = ctx};
    gf_expr result;

    gf_memo_init(&w.done);
    result = visit(&w, e);
    gf_memo_clear(&w.done);
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

/* A walk that asks of every node below: is it kinked (or of what kind), and
   does it depend on the symbol? */
typedef struct question {
    const gf_graph *graph;
    gf_expr symbol;       /* or GF_EXPR_NONE: all depend */
    bool (*is)(gf_op op); /* or NULL: nothing is asked */
    bool found, failed;
    gf_memo answer;
} question;

enum { INDEPENDENT = 1, DEPENDENT = 2 };

static uint32_t ask(question *q, gf_expr e)
{
    const gf_graph *graph = q->graph;
    uint32_t answer = INDEPENDENT;

    if (q->symbol && !gf_is_symbolic(graph, e))
        return INDEPENDENT;
    if (!q->symbol || e == q->symbol)
        answer = DEPENDENT;
    if (gf_arg_count(graph, e) > 0) {
        uint32_t known = gf_memo_get(&q->answer, e);
        if (known || q->failed || q->found)
            return known;
    }
    for (size_t i = 0; i < gf_arg_count(graph, e); i++)
        if (ask(q, gf_arg(graph, e, i)) == DEPENDENT)
            answer = DEPENDENT;
    if (answer == DEPENDENT && q->is && q->is(gf_op_of(graph, e)))
        q->found = true;
    if (gf_arg_count(graph, e) > 0 && !gf_memo_set(&q->answer, e, answer))
        q->failed = true;
    return answer;
}

bool gf_expr_depends(const gf_graph *graph, gf_expr e, gf_expr symbol)
{
    question q = {.graph = graph, .symbol = symbol};
    bool depends;

    if (e == GF_EXPR_NONE || symbol == GF_EXPR_NONE)
        return false;
    gf_memo_init(&q.answer);
    depends = ask(&q, e) == DEPENDENT || q.failed;
    gf_memo_clear(&q.answer);
    return depends;
}

static bool finds(question *q, gf_expr e)
{
    if (e == GF_EXPR_NONE)
        return false;
    gf_memo_init(&q->answer);
    ask(q, e);
    gf_memo_clear(&q->answer);
    return q->found || q->failed;
}

bool gf_expr_has_op(const gf_graph *graph, gf_expr e, bool (*is)(gf_op))
{
    question q = {.graph = graph, .is = is};

    return finds(&q, e);
}

bool gf_expr_has_kinks(const gf_graph *graph, gf_expr e, gf_expr symbol)
{
    question q = {.graph = graph, .is = gf_is_kinked, .symbol = symbol};

    return symbol != GF_EXPR_NONE && finds(&q, e);
}
