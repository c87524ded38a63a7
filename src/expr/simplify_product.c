/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Simplification of products: like factors collected, numbers in front,
 * quotients last.  A power with a broken exponent is defined for a base >= 0
 * only, and its merger with others stays so: sqrt(x)*x is x^1.5, but
 * sqrt(x)*sqrt(x) is sqrt(x)^2, unless the base is a positive constant.
 */
#include "expr/product.h"

static bool is_below(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_POW &&
           gf_is_number(graph, gf_arg(graph, e, 1)) &&
           gf_number_sign(graph, gf_arg(graph, e, 1)) < 0;
}

static int factor_order(const gf_graph *graph, gf_expr a, gf_expr b)
{
    bool below_a = is_below(graph, a), below_b = is_below(graph, b);

    return below_a != below_b ? below_a - below_b : gf_compare(graph, a, b);
}

static void multiply(gf_product *p, const fmpq_t factor)
{
    fmpq_mul(p->number, p->number, factor);
    if (!gf_is_bearable(p->number))
        gf_fail(p->graph, GF_LIMIT);
}

/* --- taking apart ------------------------------------------------------ */

/* A long product is not searched from end to end. */
enum { SEARCHED = 32 };

/* A sum whose negative is already among the bases becomes that one, with the
   sign taken into the number. */
static gf_expr orient(gf_product *p, gf_expr base, const fmpq_t exponent)
{
    gf_graph *graph = p->graph;
    gf_expr negative = GF_EXPR_NONE;

    if (gf_op_of(graph, base) != GF_OP_ADD)
        return base;
    for (size_t i = p->powers.count > SEARCHED ? p->powers.count - SEARCHED : 0;
         i < p->powers.count; i++) {
        gf_expr other = p->powers.item[i].rest;
        if (gf_op_of(graph, other) != GF_OP_ADD ||
            gf_arg_count(graph, other) != gf_arg_count(graph, base))
            continue;
        if (!negative)
            negative = gf_negated(graph, base);
        if (other != negative)
            continue;
        if (fmpz_is_odd(fmpq_numref(exponent)))
            fmpq_neg(p->number, p->number);
        return negative;
    }
    return base;
}

static void take_power(gf_product *p, gf_expr base, const fmpq_t exponent,
                       bool restricted)
{
    gf_graph *graph = p->graph;
    gf_term *new;

    if (!restricted && gf_op_of(graph, base) == GF_OP_MUL) {
        for (size_t i = 0; i < gf_arg_count(graph, base); i++)
            take_power(p, gf_arg(graph, base, i), exponent, false);
        return;
    }
    if (!restricted && fmpz_is_one(fmpq_denref(exponent)))
        base = orient(p, base, exponent);
    if (graph->failure)
        return;
    new = gf_terms_add(&p->powers, graph, base, exponent);
    if (new)
        new->restricted = restricted;
}

/* Sorts a factor into number, exponent of e, or base and exponent. */
static void take_factor(gf_product *p, gf_expr e)
{
    gf_graph *graph = p->graph;
    bool restricted;
    fmpq_t exponent;
    gf_expr base;

    if (gf_is_number(graph, e)) {
        multiply(p, gf_number_of(graph, e));
        return;
    }
    if (gf_op_of(graph, e) == GF_OP_EXP) {
        gf_list_add(&p->exponents, graph, gf_arg(graph, e, 0));
        return;
    }
    fmpq_init(exponent);
    base = gf_split_power(exponent, &restricted, graph, e);
    take_power(p, base, exponent, restricted);
    fmpq_clear(exponent);
}

/* Those with roots first, so that the others orient themselves by them. */
static void take_factors(gf_product *p, gf_expr e)
{
    gf_graph *graph = p->graph;

    for (int roots = 1; roots >= 0; roots--)
        for (size_t i = 0;
             i < gf_arg_count(graph, e) && graph->failure == GF_OK; i++) {
            gf_expr f = gf_arg(graph, e, i);
            bool root = gf_op_of(graph, f) == GF_OP_POW &&
                        gf_op_of(graph, gf_arg(graph, f, 0)) == GF_OP_ADD &&
                        !gf_is_integer(graph, gf_arg(graph, f, 1));
            if (root == (roots == 1))
                take_factor(p, f);
        }
    if (graph->failure == GF_OK)
        gf_terms_merge(&p->powers, graph);
}

/* --- putting together -------------------------------------------------- */

/* Puts a result among the factors, its number into the number. */
static void put_factor(gf_product *p, gf_list *factors, gf_expr e)
{
    if (!e)
        return;
    if (gf_op_of(p->graph, e) == GF_OP_MUL)
        for (size_t i = 0; i < gf_arg_count(p->graph, e); i++)
            put_factor(p, factors, gf_arg(p->graph, e, i));
    else if (gf_is_number(p->graph, e))
        multiply(p, gf_number_of(p->graph, e));
    else
        gf_list_add(factors, p->graph, e);
}

/* What exp(sum) becomes: exponentials are final, powers join the others. */
static void put_exponential(gf_product *p, gf_list *factors)
{
    gf_graph *graph = p->graph;
    gf_expr e = gf_sum_exponents(p);
    gf_list made;

    if (!e)
        return;
    gf_list_init(&made);
    put_factor(p, &made, gf_simplify_exp(graph, e));
    for (size_t i = 0; i < made.count && graph->failure == GF_OK; i++)
        if (gf_op_of(graph, made.item[i]) == GF_OP_EXP)
            gf_list_add(factors, graph, made.item[i]);
        else
            take_factor(p, made.item[i]);
    gf_list_clear(&made);
    gf_terms_merge(&p->powers, graph);
}

/* The powers that stay what they are; one that becomes another base (1/(1 +
   exp(u)) is sigmoid(-u)) is taken apart again with the others. */
static void put_powers(gf_product *p, gf_list *factors)
{
    gf_graph *graph = p->graph;
    bool changed = true;

    for (int round = 0; changed && round < 3; round++) {
        changed = false;
        for (size_t i = p->powers.count; i-- > 0 && graph->failure == GF_OK;) {
            gf_term *t = &p->powers.item[i];
            gf_expr e = gf_changed_power(graph, t->rest, t->coefficient);
            if (!e)
                continue;
            fmpq_zero(t->coefficient);
            take_factor(p, e);
            changed = true;
        }
        if (changed)
            gf_terms_merge(&p->powers, graph);
        gf_merge_logistic(p);
    }
    put_exponential(p, factors);
    for (size_t i = 0; i < p->powers.count && graph->failure == GF_OK; i++) {
        const gf_term *t = &p->powers.item[i];
        put_factor(p, factors,
                   t->restricted
                       ? gf_restricted_power(graph, t->rest, t->coefficient)
                       : gf_simplify_pow(graph, t->rest,
                                         gf_number_q(graph, t->coefficient)));
    }
}

static gf_expr distribute(gf_graph *graph, const fmpq_t number, gf_expr sum)
{
    gf_list list;
    gf_expr e;

    gf_list_init(&list);
    for (size_t i = 0; i < gf_arg_count(graph, sum); i++)
        gf_list_add(&list, graph,
                    gf_scale(graph, gf_arg(graph, sum, i), number));
    e = gf_simplify_add(graph, list.item, list.count);
    gf_list_clear(&list);
    return e;
}

static gf_expr build_product(gf_product *p, gf_list *factors)
{
    gf_graph *graph = p->graph;
    gf_list apart;
    gf_expr e;

    gf_share_roots(p, factors);
    while (graph->failure == GF_OK && gf_join_roots(graph, factors)) {
        gf_list_init(&apart);
        for (size_t i = 0; i < factors->count; i++)
            put_factor(p, &apart, factors->item[i]);
        factors->count = 0;
        for (size_t i = 0; i < apart.count; i++)
            gf_list_add(factors, graph, apart.item[i]);
        gf_list_clear(&apart);
        gf_share_roots(p, factors);
    }
    if (graph->failure)
        return GF_EXPR_NONE;
    if (fmpq_is_zero(p->number))
        return gf_expr_rational(graph, 0, 1);
    if (factors->count == 1 && gf_op_of(graph, factors->item[0]) == GF_OP_ADD)
        return distribute(graph, p->number, factors->item[0]);
    gf_sort(factors->item, factors->count, graph, factor_order);
    e = gf_mul(graph, factors->item, factors->count);
    return gf_scale(graph, e, p->number);
}

gf_expr gf_simplify_mul(gf_graph *graph, const gf_expr *arg, size_t count)
{
    gf_expr flat = gf_mul(graph, arg, count), result;
    gf_product p = {.graph = graph};
    gf_list factors;

    if (!flat || gf_op_of(graph, flat) != GF_OP_MUL)
        return flat;
    fmpq_init(p.number);
    fmpq_one(p.number);
    gf_terms_init(&p.powers);
    gf_list_init(&p.exponents);
    gf_list_init(&factors);
    take_factors(&p, flat);
    if (graph->failure == GF_OK)
        put_powers(&p, &factors);
    result = build_product(&p, &factors);
    gf_list_clear(&factors);
    gf_list_clear(&p.exponents);
    gf_terms_clear(&p.powers);
    fmpq_clear(p.number);
    return result;
}
