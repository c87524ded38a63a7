/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roots of positive constants: one form for each. */
#include "expr/decimal.h"
#include "expr/product.h"

bool gf_is_positive_constant(const gf_graph *graph, gf_expr e)
{
    switch (gf_op_of(graph, e)) {
    case GF_OP_NUMBER:
        return gf_number_sign(graph, e) > 0;
    case GF_OP_PI:
        return true;
    case GF_OP_POW:
        return gf_is_number(graph, gf_arg(graph, e, 1)) &&
               gf_is_positive_constant(graph, gf_arg(graph, e, 0));
    case GF_OP_MUL:
        for (size_t i = 0; i < gf_arg_count(graph, e); i++)
            if (!gf_is_positive_constant(graph, gf_arg(graph, e, i)))
                return false;
        return true;
    default:
        return false;
    }
}

/* base = outside^q inside: a q-th power taken out of a positive integer, by
   trial division where it is no perfect power. */
static void take_root(fmpz_t outside, fmpz_t inside, const fmpz_t base, ulong q)
{
    fmpz_t p, power;

    fmpz_init(p);
    fmpz_init(power);
    fmpz_one(outside);
    fmpz_set(inside, base);
    if (fmpz_root(p, base, (slong)q)) {
        fmpz_set(outside, p);
        fmpz_one(inside);
    }
    for (ulong d = 2; d < 100 && fmpz_bits(inside) < 64; d++) {
        fmpz_set_ui(power, d);
        fmpz_pow_ui(power, power, q);
        if (fmpz_cmp(power, inside) > 0)
            break;
        while (fmpz_divisible(inside, power)) {
            fmpz_divexact(inside, inside, power);
            fmpz_mul_ui(outside, outside, d);
        }
    }
    fmpz_clear(p);
    fmpz_clear(power);
}

/* base^n; false if it is unbearably large. */
static bool integer_power(fmpq_t out, const fmpq_t base, const fmpz_t n)
{
    slong bits =
        (slong)(fmpz_bits(fmpq_numref(base)) + fmpz_bits(fmpq_denref(base)));

    if (fmpz_cmpabs(n, (fmpz[]){GF_NUMBER_BITS_MAX / (bits ? bits : 1)}) > 0)
        return false;
    fmpq_pow_fmpz(out, base, n);
    return true;
}

gf_expr gf_root_of_number(gf_graph *graph, gf_expr base, gf_expr exponent)
{
    fmpq_t b, r, f, c, d, whole;
    fmpz_t n;
    gf_expr e = GF_EXPR_NONE;
    ulong q;

    fmpq_init(b), fmpq_init(r), fmpq_init(f), fmpq_init(c), fmpq_init(d);
    fmpq_init(whole);
    fmpz_init(n);
    fmpq_set(b, gf_number_of(graph, base));
    fmpq_set(r, gf_number_of(graph, exponent));
    fmpz_tdiv_q(n, fmpq_numref(r), fmpq_denref(r));
    fmpq_sub_fmpz(f, r, n);
    if (fmpz_cmp_ui(fmpq_denref(r), 64) <= 0 && integer_power(whole, b, n)) {
        q = fmpz_get_ui(fmpq_denref(r));
        take_root(fmpq_numref(c), fmpq_numref(d), fmpq_numref(b), q);
        take_root(fmpq_denref(c), fmpq_denref(d), fmpq_denref(b), q);
        fmpq_pow_fmpz(c, c, fmpq_numref(f));
        fmpq_mul(whole, whole, c);
        if (fmpz_is_one(fmpq_numref(d))) {
            fmpq_inv(d, d);
            fmpq_neg(f, f);
        }
        e = gf_scale(graph,
                     fmpq_is_one(d) ? gf_expr_rational(graph, 1, 1)
                                    : gf_pow(graph, gf_number_q(graph, d),
                                             gf_number_q(graph, f)),
                     whole);
    }
    fmpq_clear(b), fmpq_clear(r), fmpq_clear(f), fmpq_clear(c), fmpq_clear(d);
    fmpq_clear(whole);
    fmpz_clear(n);
    if (!e)
        return gf_pow(graph, base, exponent);
    return gf_op_of(graph, e) == GF_OP_MUL ? gf_simplify_mul(graph, &e, 1) : e;
}

static bool is_root(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_POW &&
           gf_is_number(graph, gf_arg(graph, e, 1)) &&
           !gf_is_integer(graph, gf_arg(graph, e, 1)) &&
           gf_is_positive_constant(graph, gf_arg(graph, e, 0));
}

static size_t factor_count(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_MUL ? gf_arg_count(graph, e) : 1;
}

static gf_expr factor_of(const gf_graph *graph, gf_expr e, size_t i)
{
    return gf_op_of(graph, e) == GF_OP_MUL ? gf_arg(graph, e, i) : e;
}

bool gf_has_root(const gf_graph *graph, gf_expr e)
{
    for (size_t i = 0; i < factor_count(graph, e); i++)
        if (is_root(graph, factor_of(graph, e, i)))
            return true;
    return false;
}

bool gf_join_roots(gf_graph *graph, gf_list *factors)
{
    gf_list bases;
    bool joined = false;

    gf_list_init(&bases);
    for (size_t i = 0; i < factors->count; i++) {
        gf_expr e = factors->item[i], exponent;
        size_t kept = i + 1;
        if (!is_root(graph, e))
            continue;
        exponent = gf_arg(graph, e, 1);
        bases.count = 0;
        gf_list_add(&bases, graph, gf_arg(graph, e, 0));
        for (size_t k = i + 1; k < factors->count; k++) {
            gf_expr f = factors->item[k];
            if (is_root(graph, f) && gf_arg(graph, f, 1) == exponent)
                gf_list_add(&bases, graph, gf_arg(graph, f, 0));
            else
                factors->item[kept++] = f;
        }
        if (bases.count == 1)
            continue;
        factors->count = kept;
        gf_sort(bases.item, bases.count, graph, gf_compare);
        e = gf_mul(graph, bases.item, bases.count);
        factors->item[i] = e && gf_is_number(graph, e)
                               ? gf_simplify_pow(graph, e, exponent)
                               : gf_pow(graph, e, exponent);
        joined = true;
    }
    gf_list_clear(&bases);
    return joined;
}

static bool is_square_root(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_POW &&
           (gf_is_rational(graph, gf_arg(graph, e, 1), 1, 2) ||
            gf_is_rational(graph, gf_arg(graph, e, 1), -1, 2)) &&
           gf_is_integer(graph, gf_arg(graph, e, 0)) &&
           gf_number_sign(graph, gf_arg(graph, e, 0)) > 0;
}

/* c sqrt(b) is written c b/sqrt(b) if the number then has no b below: but
   0.001*sqrt(2), being a decimal, stays. */
void gf_share_roots(gf_product *p, gf_list *factors)
{
    gf_graph *graph = p->graph;
    fmpz_t b;

    fmpz_init(b);
    for (size_t i = 0; i < factors->count && graph->failure == GF_OK; i++) {
        gf_expr e = factors->item[i], base;
        bool below;
        if (!is_square_root(graph, e) || fmpq_is_zero(p->number))
            continue;
        base = gf_arg(graph, e, 0);
        fmpz_set(b, fmpq_numref(gf_number_of(graph, base)));
        if (gf_number_sign(graph, gf_arg(graph, e, 1)) < 0)
            fmpq_div_fmpz(p->number, p->number, b);
        below = fmpz_divisible(fmpq_denref(p->number), b) &&
                gf_is_fraction(p->number);
        if (below)
            fmpq_mul_fmpz(p->number, p->number, b);
        factors->item[i] =
            gf_pow(graph, base, gf_expr_rational(graph, below ? -1 : 1, 2));
    }
    fmpz_clear(b);
}

/* Moves a square root of a rational into the coefficient but for the root of an
   integer: sqrt(a/b) = sqrt(a b)/b, 1/sqrt(a/b) = sqrt(a b)/a. */
static gf_expr integer_root(gf_graph *graph, fmpq_t coefficient, gf_expr base,
                            int sign)
{
    fmpq_t q;
    gf_expr e;

    fmpq_init(q);
    fmpq_set(q, gf_number_of(graph, base));
    fmpq_div_fmpz(coefficient, coefficient,
                  sign > 0 ? fmpq_denref(q) : fmpq_numref(q));
    fmpz_mul(fmpq_numref(q), fmpq_numref(q), fmpq_denref(q));
    fmpz_one(fmpq_denref(q));
    e = gf_number_q(graph, q);
    fmpq_clear(q);
    return gf_pow(graph, e, gf_expr_rational(graph, 1, 2));
}

gf_expr gf_root_key(gf_graph *graph, fmpq_t coefficient, gf_expr e)
{
    gf_list factors;
    gf_expr f, base, half;
    int sign;

    gf_list_init(&factors);
    for (size_t i = 0; i < factor_count(graph, e); i++) {
        f = factor_of(graph, e, i);
        base = is_root(graph, f) ? gf_arg(graph, f, 0) : GF_EXPR_NONE;
        half = base ? gf_arg(graph, f, 1) : GF_EXPR_NONE;
        if (!base || (!gf_is_rational(graph, half, 1, 2) &&
                      !gf_is_rational(graph, half, -1, 2))) {
            gf_list_add(&factors, graph, f);
            continue;
        }
        sign = gf_number_sign(graph, half);
        for (size_t k = 0; k < factor_count(graph, base); k++) {
            f = factor_of(graph, base, k);
            f = gf_is_number(graph, f)
                    ? integer_root(graph, coefficient, f, sign)
                    : gf_pow(graph, f, half);
            gf_list_add(&factors, graph, f);
        }
    }
    if (graph->failure == GF_OK)
        gf_sort(factors.item, factors.count, graph, gf_compare);
    e = gf_mul(graph, factors.item, factors.count);
    gf_list_clear(&factors);
    return e;
}
