/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simplification of sums: like terms collected, in the order of compare.c,
   constants last, with a positive term in front. */
#include "expr/product.h"

/* Constants last, then by what stands beside the coefficient. */
static int term_order(const gf_graph *graph, gf_expr a, gf_expr b)
{
    if (gf_is_symbolic(graph, a) != gf_is_symbolic(graph, b))
        return gf_is_symbolic(graph, a) ? -1 : 1;
    if (gf_is_number(graph, a) != gf_is_number(graph, b))
        return gf_is_number(graph, a) ? 1 : -1;
    return gf_compare(graph, a, b);
}

bool gf_is_negative_form(const gf_graph *graph, gf_expr e)
{
    if (gf_op_of(graph, e) == GF_OP_ADD)
        e = gf_arg(graph, e, 0);
    if (gf_op_of(graph, e) == GF_OP_MUL)
        e = gf_arg(graph, e, 0);
    return gf_is_number(graph, e) && gf_number_sign(graph, e) < 0;
}

/* 1 - sigmoid(u) = sigmoid(-u) */
static gf_expr complement(gf_graph *graph, const gf_list *list)
{
    for (size_t i = 0; list->count == 2 && i < 2; i++) {
        gf_expr one = list->item[1 - i], e = list->item[i], arg;
        if (!gf_is_rational(graph, one, 1, 1) ||
            gf_op_of(graph, e) != GF_OP_MUL || gf_arg_count(graph, e) != 2 ||
            !gf_is_rational(graph, gf_arg(graph, e, 0), -1, 1) ||
            gf_op_of(graph, gf_arg(graph, e, 1)) != GF_OP_SIGMOID)
            continue;
        arg = gf_arg(graph, gf_arg(graph, e, 1), 0);
        return gf_call1(graph, GF_OP_SIGMOID, gf_negated(graph, arg));
    }
    return GF_EXPR_NONE;
}

static void positive_first(const gf_graph *graph, gf_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        gf_expr e = list->item[i];
        if (gf_is_negative_form(graph, e))
            continue;
        for (size_t k = i; k > 0; k--)
            list->item[k] = list->item[k - 1];
        list->item[0] = e;
        return;
    }
}

/* The coefficient times the rest; it may share something with a root there. */
static gf_expr scaled(gf_graph *graph, const gf_term *t)
{
    gf_expr e;

    if (t->whole)
        return t->whole;
    e = gf_scale(graph, t->rest, t->coefficient);
    return e && gf_has_root(graph, t->rest) ? gf_simplify_mul(graph, &e, 1) : e;
}

static gf_expr build_sum(gf_graph *graph, const gf_terms *t)
{
    gf_list list;
    gf_expr e = GF_EXPR_NONE;

    gf_list_init(&list);
    for (size_t i = 0; i < t->count; i++)
        gf_list_add(&list, graph, scaled(graph, &t->item[i]));
    if (graph->failure == GF_OK) {
        gf_sort(list.item, list.count, graph, term_order);
        positive_first(graph, &list);
        e = complement(graph, &list);
    }
    if (!e)
        e = gf_add(graph, list.item, list.count);
    gf_list_clear(&list);
    return graph->failure ? GF_EXPR_NONE : e;
}

static void take_term(gf_terms *t, gf_graph *graph, gf_expr e, fmpq_t c)
{
    gf_expr rest = gf_split_coefficient(graph, c, e);
    gf_term *new;

    if (!rest)
        return;
    if (gf_has_root(graph, rest)) {
        rest = gf_root_key(graph, c, rest);
        e = gf_simplify_mul(graph, &e, 1);
    }
    new = gf_terms_add(t, graph, rest, c);
    if (new)
        new->whole = e;
}

gf_expr gf_simplify_add(gf_graph *graph, const gf_expr *arg, size_t count)
{
    gf_expr flat = gf_add(graph, arg, count), result;
    bool infinite = false;
    gf_terms t;
    fmpq_t c;

    if (!flat || gf_op_of(graph, flat) != GF_OP_ADD)
        return flat;
    gf_terms_init(&t);
    fmpq_init(c);
    for (size_t i = 0; i < gf_arg_count(graph, flat); i++)
        if (graph->failure == GF_OK)
            take_term(&t, graph, gf_arg(graph, flat, i), c);
    fmpq_clear(c);
    for (size_t i = 0; i < t.count; i++)
        infinite = infinite || gf_op_of(graph, t.item[i].rest) == GF_OP_INF;
    if (infinite) { /* inf - inf is not 0 */
        result = flat;
    } else {
        gf_terms_merge(&t, graph);
        result = build_sum(graph, &t);
    }
    gf_terms_clear(&t);
    return graph->failure ? GF_EXPR_NONE : result;
}
