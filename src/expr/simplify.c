/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Simplification: sums with like terms collected, products with like factors
 * collected, both in the order of compare.c with a positive term in front.
 * Everything done here holds wherever both sides are defined; a power is never
 * merged so that the set of its real arguments would change from x >= 0 to all
 * x (sqrt(x)^2 stays).
 */
#include "expr/node.h"

#include <stdlib.h>

typedef struct term {
    gf_expr rest;
    fmpq coefficient;
} term;

typedef struct terms {
    term *item;
    size_t count;
} terms;

static bool terms_init(terms *t, size_t most)
{
    t->item = malloc((most ? most : 1) * sizeof *t->item);
    t->count = 0;
    return t->item != NULL;
}

static void terms_add(terms *t, gf_expr rest, const fmpq_t coefficient)
{
    term *new = &t->item[t->count++];

    new->rest = rest;
    fmpq_init(&new->coefficient);
    fmpq_set(&new->coefficient, coefficient);
}

static void terms_clear(terms *t)
{
    for (size_t i = 0; i < t->count; i++)
        fmpq_clear(&t->item[i].coefficient);
    free(t->item);
}

static int by_node(const void *a, const void *b)
{
    gf_expr p = ((const term *)a)->rest, q = ((const term *)b)->rest;

    return (p > q) - (p < q);
}

/* Adds up the coefficients (or exponents) of equal rests. */
static void merge_equal(terms *t)
{
    size_t kept = 0;

    qsort(t->item, t->count, sizeof *t->item, by_node);
    for (size_t i = 0; i < t->count; i++) {
        if (kept && t->item[kept - 1].rest == t->item[i].rest) {
            fmpq_add(&t->item[kept - 1].coefficient,
                     &t->item[kept - 1].coefficient, &t->item[i].coefficient);
            fmpq_clear(&t->item[i].coefficient);
        } else {
            t->item[kept++] = t->item[i];
        }
    }
    t->count = kept;
}

/* qsort has no context: a plain merge sort by gf_compare. */
static bool sort_by(gf_expr *item, size_t count, const gf_graph *graph,
                    int (*order)(const gf_graph *, gf_expr, gf_expr))
{
    gf_expr *spare = malloc((count ? count : 1) * sizeof *spare);

    if (!spare)
        return false;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t left = 0; left < count; left += 2 * width) {
            size_t middle = left + width < count ? left + width : count;
            size_t right = left + 2 * width < count ? left + 2 * width : count;
            size_t i = left, k = middle, out = left;
            while (i < middle && k < right)
                spare[out++] =
                    order(graph, item[k], item[i]) < 0 ? item[k++] : item[i++];
            while (i < middle)
                spare[out++] = item[i++];
            while (k < right)
                spare[out++] = item[k++];
        }
        for (size_t i = 0; i < count; i++)
            item[i] = spare[i];
    }
    free(spare);
    return true;
}

/* --- sums -------------------------------------------------------------- */

static gf_expr without_coefficient(const gf_graph *graph, gf_expr e,
                                   size_t *skip)
{
    *skip = gf_op_of(graph, e) == GF_OP_MUL &&
            gf_is_number(graph, gf_arg(graph, e, 0));
    return e;
}

/* Constants last, then by what stands beside the coefficient. */
static int term_order(const gf_graph *graph, gf_expr a, gf_expr b)
{
    size_t p, q, n, m;
    bool constant_a = !gf_is_symbolic(graph, a);
    bool constant_b = !gf_is_symbolic(graph, b);

    if (constant_a != constant_b)
        return constant_a ? 1 : -1;
    if (gf_is_number(graph, a) != gf_is_number(graph, b))
        return gf_is_number(graph, a) ? 1 : -1;
    without_coefficient(graph, a, &p);
    without_coefficient(graph, b, &q);
    if (!p && !q)
        return gf_compare(graph, a, b);
    n = gf_op_of(graph, a) == GF_OP_MUL ? gf_arg_count(graph, a) - p : 1;
    m = gf_op_of(graph, b) == GF_OP_MUL ? gf_arg_count(graph, b) - q : 1;
    for (size_t i = 0; i < n && i < m; i++) {
        gf_expr x =
            gf_op_of(graph, a) == GF_OP_MUL ? gf_arg(graph, a, i + p) : a;
        gf_expr y =
            gf_op_of(graph, b) == GF_OP_MUL ? gf_arg(graph, b, i + q) : b;
        int order = gf_compare(graph, x, y);
        if (order)
            return order;
    }
    return (n > m) - (n < m);
}

bool gf_is_negative_form(const gf_graph *graph, gf_expr e)
{
    if (gf_op_of(graph, e) == GF_OP_MUL || gf_op_of(graph, e) == GF_OP_ADD)
        return gf_is_negative_form(graph, gf_arg(graph, e, 0));
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

static gf_expr build_sum(gf_graph *graph, const terms *t)
{
    gf_list list;
    gf_expr e;

    gf_list_init(&list);
    for (size_t i = 0; i < t->count; i++)
        if (!fmpq_is_zero(&t->item[i].coefficient))
            gf_list_add(
                &list, graph,
                gf_scale(graph, t->item[i].rest, &t->item[i].coefficient));
    if (graph->failure == GF_OK &&
        !sort_by(list.item, list.count, graph, term_order))
        gf_fail(graph, GF_MEMORY);
    if (graph->failure) {
        gf_list_clear(&list);
        return GF_EXPR_NONE;
    }
    for (size_t i = 0; i < list.count; i++) {
        if (gf_is_negative_form(graph, list.item[i]))
            continue;
        e = list.item[i];
        for (size_t k = i; k > 0; k--)
            list.item[k] = list.item[k - 1];
        list.item[0] = e;
        break;
    }
    e = complement(graph, &list);
    if (!e)
        e = gf_add(graph, list.item, list.count);
    gf_list_clear(&list);
    return e;
}

gf_expr gf_simplify_add(gf_graph *graph, const gf_expr *arg, size_t count)
{
    gf_expr flat = gf_add(graph, arg, count), result;
    size_t n;
    terms t;
    fmpq_t c;

    if (!flat || gf_op_of(graph, flat) != GF_OP_ADD)
        return flat;
    n = gf_arg_count(graph, flat);
    if (!terms_init(&t, n))
        return gf_fail(graph, GF_MEMORY);
    fmpq_init(c);
    for (size_t i = 0; i < n; i++) {
        gf_expr rest = gf_split_coefficient(graph, c, gf_arg(graph, flat, i));
        if (!rest || gf_op_of(graph, rest) == GF_OP_INF)
            break;
        terms_add(&t, rest, c);
    }
    fmpq_clear(c);
    if (t.count < n) { /* inf - inf is not 0 */
        result = graph->failure ? GF_EXPR_NONE : flat;
    } else {
        merge_equal(&t);
        result = build_sum(graph, &t);
    }
    terms_clear(&t);
    return result;
}

/* --- products ---------------------------------------------------------- */

static int factor_order(const gf_graph *graph, gf_expr a, gf_expr b)
{
    bool below_a = gf_op_of(graph, a) == GF_OP_POW &&
                   gf_is_number(graph, gf_arg(graph, a, 1)) &&
                   gf_number_sign(graph, gf_arg(graph, a, 1)) < 0;
    bool below_b = gf_op_of(graph, b) == GF_OP_POW &&
                   gf_is_number(graph, gf_arg(graph, b, 1)) &&
                   gf_number_sign(graph, gf_arg(graph, b, 1)) < 0;

    if (below_a != below_b)
        return below_a ? 1 : -1;
    return gf_compare(graph, a, b);
}

/* A sum whose negative is already among the bases becomes that one, with the
   sign taken into `number` (integer exponents only). */
static gf_expr orient(gf_graph *graph, const terms *t, gf_expr base,
                      const fmpq_t exponent, fmpq_t number)
{
    gf_expr other;

    if (gf_op_of(graph, base) != GF_OP_ADD ||
        !fmpz_is_one(fmpq_denref(exponent)))
        return base;
    for (size_t i = 0; i < t->count; i++) {
        if (gf_op_of(graph, t->item[i].rest) != GF_OP_ADD ||
            gf_arg_count(graph, t->item[i].rest) != gf_arg_count(graph, base))
            continue;
        other = gf_negated(graph, base);
        if (t->item[i].rest == other) {
            if (fmpz_is_odd(fmpq_numref(exponent)))
                fmpq_neg(number, number);
            return other;
        }
    }
    return base;
}

/* May powers of this base be merged though their sum of exponents is an
   integer and they are not?  Only if the base is known to be positive. */
static bool mergeable(const gf_graph *graph, gf_expr base)
{
    return gf_is_number(graph, base) && gf_number_sign(graph, base) > 0;
}

/* Sorts a factor into number, exponent of e, or base and exponent. */
static void take_factor(gf_graph *graph, terms *t, fmpq_t number,
                        gf_list *exponents, gf_expr e)
{
    fmpq_t one;
    gf_expr base = e, r = GF_EXPR_NONE;

    if (gf_is_number(graph, e)) {
        fmpq_mul(number, number, gf_number_of(graph, e));
        return;
    }
    if (gf_op_of(graph, e) == GF_OP_EXP) {
        gf_list_add(exponents, graph, gf_arg(graph, e, 0));
        return;
    }
    fmpq_init(one);
    fmpq_one(one);
    if (gf_op_of(graph, e) == GF_OP_POW &&
        gf_is_number(graph, gf_arg(graph, e, 1))) {
        base = gf_arg(graph, e, 0);
        r = gf_arg(graph, e, 1);
        fmpq_set(one, gf_number_of(graph, r));
        if (!fmpz_is_one(fmpq_denref(one)) && !mergeable(graph, base)) {
            base = e; /* kept apart from integer powers */
            fmpq_one(one);
        }
    }
    base = orient(graph, t, base, one, number);
    if (base)
        terms_add(t, base, one);
    fmpq_clear(one);
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

static gf_expr build_product(gf_graph *graph, const fmpq_t number,
                             gf_list *list)
{
    gf_expr e;

    if (graph->failure)
        return GF_EXPR_NONE;
    if (fmpq_is_zero(number))
        return gf_expr_rational(graph, 0, 1);
    if (list->count == 1 && gf_op_of(graph, list->item[0]) == GF_OP_ADD)
        return distribute(graph, number, list->item[0]);
    if (!sort_by(list->item, list->count, graph, factor_order))
        return gf_fail(graph, GF_MEMORY);
    e = gf_mul(graph, list->item, list->count);
    return gf_scale(graph, e, number);
}

gf_expr gf_simplify_mul(gf_graph *graph, const gf_expr *arg, size_t count)
{
    gf_expr flat = gf_mul(graph, arg, count), result, power;
    gf_list exponents, factors;
    fmpq_t number;
    terms t;
    size_t n;

    if (!flat || gf_op_of(graph, flat) != GF_OP_MUL)
        return flat;
    n = gf_arg_count(graph, flat);
    if (!terms_init(&t, n))
        return gf_fail(graph, GF_MEMORY);
    fmpq_init(number);
    fmpq_one(number);
    gf_list_init(&exponents);
    gf_list_init(&factors);
    for (size_t i = 0; i < n && graph->failure == GF_OK; i++)
        take_factor(graph, &t, number, &exponents, gf_arg(graph, flat, i));
    merge_equal(&t);
    if (exponents.count) {
        power = gf_simplify_add(graph, exponents.item, exponents.count);
        power = power ? gf_simplify_exp(graph, power) : GF_EXPR_NONE;
        gf_list_add(&factors, graph, power);
    }
    for (size_t i = 0; i < t.count; i++) {
        power = gf_simplify_pow(graph, t.item[i].rest,
                                gf_number_q(graph, &t.item[i].coefficient));
        gf_list_add(&factors, graph, power);
    }
    /* powers may have become numbers or products */
    power = gf_mul(graph, factors.item, factors.count);
    gf_list_clear(&factors);
    for (size_t i = 0; power && gf_op_of(graph, power) == GF_OP_MUL &&
                       i < gf_arg_count(graph, power);
         i++) {
        gf_expr f = gf_arg(graph, power, i);
        if (gf_is_number(graph, f))
            fmpq_mul(number, number, gf_number_of(graph, f));
        else
            gf_list_add(&factors, graph, f);
    }
    if (power && gf_is_number(graph, power))
        fmpq_mul(number, number, gf_number_of(graph, power));
    else if (power && gf_op_of(graph, power) != GF_OP_MUL)
        gf_list_add(&factors, graph, power);
    result = build_product(graph, number, &factors);
    gf_list_clear(&factors);
    gf_list_clear(&exponents);
    fmpq_clear(number);
    terms_clear(&t);
    return result;
}
