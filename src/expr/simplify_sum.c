/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simplification of sums: like terms collected, in the order of compare.c,
   constants last, with a positive term in front. */
#include "expr/product.h"

/* The factors of a term but its coefficient. */
static size_t begin_of(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_MUL &&
           gf_is_number(graph, gf_arg(graph, e, 0));
}

static size_t end_of(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_MUL ? gf_arg_count(graph, e) : 1;
}

static gf_expr factor_of(const gf_graph *graph, gf_expr e, size_t i)
{
    return gf_op_of(graph, e) == GF_OP_MUL ? gf_arg(graph, e, i) : e;
}

/* Constants last, then by what stands beside the coefficient. */
static int term_order(const gf_graph *graph, gf_expr a, gf_expr b)
{
    size_t p = begin_of(graph, a), q = begin_of(graph, b);
    size_t n = end_of(graph, a), m = end_of(graph, b);

    if (gf_is_symbolic(graph, a) != gf_is_symbolic(graph, b))
        return gf_is_symbolic(graph, a) ? -1 : 1;
    if (gf_is_number(graph, a) != gf_is_number(graph, b))
        return gf_is_number(graph, a) ? 1 : -1;
    for (; p < n && q < m; p++, q++) {
        int order =
            gf_compare(graph, factor_of(graph, a, p), factor_of(graph, b, q));
        if (order)
            return order;
    }
    return (p < n) - (q < m);
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
    gf_expr e = gf_scale(graph, t->rest, t->coefficient);

    for (size_t i = 0; e && i < end_of(graph, t->rest); i++)
        if (gf_is_square_root(graph, factor_of(graph, t->rest, i)))
            return gf_simplify_mul(graph, &e, 1);
    return e;
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
    for (size_t i = 0; i < gf_arg_count(graph, flat); i++) {
        gf_expr rest = gf_split_coefficient(graph, c, gf_arg(graph, flat, i));
        infinite = infinite || gf_op_of(graph, rest) == GF_OP_INF;
        if (graph->failure)
            break;
        gf_terms_add(&t, graph, rest, c);
    }
    fmpq_clear(c);
    if (infinite) { /* inf - inf is not 0 */
        result = flat;
    } else {
        gf_terms_merge(&t, graph);
        result = build_sum(graph, &t);
    }
    gf_terms_clear(&t);
    return graph->failure ? GF_EXPR_NONE : result;
}
