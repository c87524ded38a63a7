/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sigmoid(u), sigmoid(-u) and exp(u) are to each other in a product. */
#include "expr/product.h"

static bool is_sigmoid(const gf_product *p, size_t i)
{
    return gf_op_of(p->graph, p->powers.item[i].rest) == GF_OP_SIGMOID;
}

/* Adds k v to the exponents of e. */
static void add_exponent(gf_product *p, const fmpq_t k, gf_expr v)
{
    gf_expr pair[2] = {gf_number_q(p->graph, k), v};

    gf_list_add(&p->exponents, p->graph, gf_simplify_mul(p->graph, pair, 2));
}

/* sigmoid(v)^n / sigmoid(-v)^m has the factor exp(v)^min(n, m). */
static void divide_sigmoids(gf_product *p, size_t above)
{
    gf_graph *graph = p->graph;
    gf_expr v = gf_arg(graph, p->powers.item[above].rest, 0);
    gf_expr other = gf_call1(graph, GF_OP_SIGMOID, gf_negated(graph, v));
    fmpq_t n, m;

    fmpq_init(n);
    fmpq_init(m);
    for (size_t i = 0; i < p->powers.count; i++) {
        gf_term *a = &p->powers.item[above], *b = &p->powers.item[i];
        if (b->rest != other || a->restricted || b->restricted)
            continue;
        fmpq_set(n, a->coefficient);
        fmpq_neg(m, b->coefficient);
        if (fmpq_sgn(n) <= 0 || fmpq_sgn(m) <= 0)
            continue;
        if (fmpq_cmp(n, m) > 0)
            fmpq_set(n, m);
        fmpq_sub(a->coefficient, a->coefficient, n);
        fmpq_add(b->coefficient, b->coefficient, n);
        add_exponent(p, n, v);
    }
    fmpq_clear(n);
    fmpq_clear(m);
}

/* k, if the term e is k times u with a positive integer k; else 0. */
static void multiple_of(fmpq_t k, gf_graph *graph, gf_expr e, gf_expr u)
{
    gf_expr rest = gf_split_coefficient(graph, k, e), other;
    fmpq_t c;

    fmpq_init(c);
    other = gf_split_coefficient(graph, c, u);
    if (rest && rest == other)
        fmpq_div(k, k, c);
    if (rest != other || fmpq_sgn(k) < 0 || !fmpz_is_one(fmpq_denref(k)))
        fmpq_zero(k);
    fmpq_clear(c);
}

/* exp(u) sigmoid(-u)^n = sigmoid(u) sigmoid(-u)^(n-1), where u is a term of the
   exponent. */
static void absorb_exponential(gf_product *p, size_t at)
{
    gf_graph *graph = p->graph;
    gf_expr v = gf_arg(graph, p->powers.item[at].rest, 0);
    gf_expr u = gf_negated(graph, v);
    fmpq_t k, n;

    fmpq_init(k);
    fmpq_init(n);
    fmpq_set(n, p->powers.item[at].coefficient);
    if (p->powers.item[at].restricted || fmpq_sgn(n) <= 0 || !u)
        fmpq_zero(n);
    for (size_t i = 0; i < p->exponents.count && !fmpq_is_zero(n); i++) {
        multiple_of(k, graph, p->exponents.item[i], u);
        if (fmpq_is_zero(k))
            continue;
        if (fmpq_cmp(k, n) > 0)
            fmpq_set(k, n);
        fmpq_sub(p->powers.item[at].coefficient, n, k);
        add_exponent(p, k, v);
        gf_terms_add(&p->powers, graph, gf_call1(graph, GF_OP_SIGMOID, u), k);
        break;
    }
    fmpq_clear(k);
    fmpq_clear(n);
}

gf_expr gf_sum_exponents(gf_product *p)
{
    gf_graph *graph = p->graph;
    gf_expr sum;

    if (p->exponents.count == 0)
        return GF_EXPR_NONE;
    sum = gf_simplify_add(graph, p->exponents.item, p->exponents.count);
    p->exponents.count = 0;
    if (sum && gf_op_of(graph, sum) == GF_OP_ADD)
        for (size_t i = 0; i < gf_arg_count(graph, sum); i++)
            gf_list_add(&p->exponents, graph, gf_arg(graph, sum, i));
    else if (sum && !gf_is_rational(graph, sum, 0, 1))
        gf_list_add(&p->exponents, graph, sum);
    return sum;
}

void gf_merge_logistic(gf_product *p)
{
    gf_graph *graph = p->graph;
    size_t count = p->powers.count;
    bool any = false;

    for (size_t i = 0; i < count && graph->failure == GF_OK; i++)
        if (is_sigmoid(p, i)) {
            divide_sigmoids(p, i);
            any = true;
        }
    if (!any)
        return;
    if (gf_sum_exponents(p))
        for (size_t i = 0; i < count && graph->failure == GF_OK; i++)
            if (is_sigmoid(p, i))
                absorb_exponential(p, i);
    if (graph->failure == GF_OK)
        gf_terms_merge(&p->powers, graph);
}
