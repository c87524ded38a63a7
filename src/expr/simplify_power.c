/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simplification of powers. */
#include "expr/product.h"

/* Looks so deep and no deeper: shared subexpressions are many paths. */
enum { LOOK = 3 };

static bool is_even_power(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_POW &&
           gf_is_integer(graph, gf_arg(graph, e, 1)) &&
           fmpz_is_even(fmpq_numref(gf_number_of(graph, gf_arg(graph, e, 1))));
}

/* Is e > 0 for all real values of its symbols?  with `strictly` false: >= 0. */
static bool is_positive(const gf_graph *graph, gf_expr e, bool strictly,
                        int look)
{
    bool some = !strictly, sum = gf_op_of(graph, e) == GF_OP_ADD;

    if (gf_is_positive_constant(graph, e))
        return true;
    if (look == 0)
        return false;
    switch (gf_op_of(graph, e)) {
    case GF_OP_EXP:
    case GF_OP_SIGMOID:
    case GF_OP_SOFTPLUS:
    case GF_OP_COSH:
    case GF_OP_ERFC:
        return true;
    case GF_OP_ABS:
        return !strictly;
    case GF_OP_POW:
        return (!strictly && is_even_power(graph, e)) ||
               is_positive(graph, gf_arg(graph, e, 0), strictly, look - 1);
    case GF_OP_ADD: /* one summand > 0 and the others >= 0 */
    case GF_OP_MUL:
        for (size_t i = 0; i < gf_arg_count(graph, e); i++) {
            if (!is_positive(graph, gf_arg(graph, e, i), strictly && !sum,
                             look - 1))
                return false;
            some = some || !sum ||
                   is_positive(graph, gf_arg(graph, e, i), true, look - 1);
        }
        return some;
    default:
        return false;
    }
}

/* Not through an inner integer exponent, unless the base is known to be
   positive: sqrt(x^2) is not x. */
gf_expr gf_split_power(fmpq_t exponent, bool *restricted, const gf_graph *graph,
                       gf_expr e)
{
    gf_expr base = e;
    bool positive;

    while (gf_op_of(graph, base) == GF_OP_POW &&
           gf_is_number(graph, gf_arg(graph, base, 1)))
        base = gf_arg(graph, base, 0);
    positive = gf_op_of(graph, base) == GF_OP_MUL
                   ? gf_is_positive_constant(graph, base)
                   : is_positive(graph, base, true, LOOK);
    fmpq_one(exponent);
    *restricted = false;
    for (gf_expr outermost = e; e != base; e = gf_arg(graph, e, 0)) {
        gf_expr power = gf_arg(graph, e, 1);
        if (gf_is_integer(graph, power) && e != outermost && !positive)
            break;
        *restricted =
            !positive && (*restricted || !gf_is_integer(graph, power));
        fmpq_mul(exponent, exponent, gf_number_of(graph, power));
    }
    return e;
}

gf_expr gf_restricted_power(gf_graph *graph, gf_expr base, const fmpq_t c)
{
    gf_expr root, exponent;
    fmpq_t twice;

    if (!fmpz_is_one(fmpq_denref(c)))
        return gf_pow(graph, base, gf_number_q(graph, c));
    root = gf_pow(graph, base, gf_expr_rational(graph, 1, 2));
    if (fmpq_is_zero(c))
        return gf_expr_quotient(
            graph, gf_pow(graph, root, gf_expr_rational(graph, 2, 1)), base);
    fmpq_init(twice);
    fmpq_mul_2exp(twice, c, 1);
    exponent = gf_number_q(graph, twice);
    fmpq_clear(twice);
    return gf_pow(graph, root, exponent);
}

/* Is e the sum 1 + exp(v)?  Gives v. */
gf_expr gf_logistic_argument(const gf_graph *graph, gf_expr e)
{
    if (gf_op_of(graph, e) != GF_OP_ADD || gf_arg_count(graph, e) != 2)
        return GF_EXPR_NONE;
    for (size_t i = 0; i < 2; i++)
        if (gf_is_rational(graph, gf_arg(graph, e, 1 - i), 1, 1) &&
            gf_op_of(graph, gf_arg(graph, e, i)) == GF_OP_EXP)
            return gf_arg(graph, gf_arg(graph, e, i), 0);
    return GF_EXPR_NONE;
}

/* (1 + exp(v))^-n = sigmoid(-v)^n */
static gf_expr logistic_power(gf_graph *graph, gf_expr base, const fmpq_t n)
{
    gf_expr v = gf_logistic_argument(graph, base), sigmoid;
    fmpq_t size;

    if (!v || fmpq_sgn(n) >= 0)
        return GF_EXPR_NONE;
    sigmoid = gf_call1(graph, GF_OP_SIGMOID, gf_negated(graph, v));
    fmpq_init(size);
    fmpq_neg(size, n);
    sigmoid = gf_pow(graph, sigmoid, gf_number_q(graph, size));
    fmpq_clear(size);
    return sigmoid;
}

gf_expr gf_changed_power(gf_graph *graph, gf_expr base, const fmpq_t exponent)
{
    gf_op op = gf_op_of(graph, base);
    gf_expr e = GF_EXPR_NONE;
    fmpq_t third;

    if (!fmpz_is_one(fmpq_denref(exponent)))
        return GF_EXPR_NONE;
    if (op == GF_OP_ABS && fmpz_is_even(fmpq_numref(exponent)))
        return gf_simplify_pow(graph, gf_arg(graph, base, 0),
                               gf_number_q(graph, exponent));
    if (op == GF_OP_CBRT && fmpz_divisible_si(fmpq_numref(exponent), 3)) {
        fmpq_init(third);
        fmpz_divexact_si(fmpq_numref(third), fmpq_numref(exponent), 3);
        e = gf_simplify_pow(graph, gf_arg(graph, base, 0),
                            gf_number_q(graph, third));
        fmpq_clear(third);
        return e;
    }
    return logistic_power(graph, base, exponent);
}

/* Each factor of a product to the power. */
static gf_expr power_of_product(gf_graph *graph, gf_expr base, gf_expr exponent)
{
    gf_list list;
    gf_expr e;

    gf_list_init(&list);
    for (size_t i = 0; i < gf_arg_count(graph, base); i++)
        gf_list_add(&list, graph,
                    gf_simplify_pow(graph, gf_arg(graph, base, i), exponent));
    e = gf_simplify_mul(graph, list.item, list.count);
    gf_list_clear(&list);
    return e;
}

/* A power of a power, where the exponents may be multiplied. */
static gf_expr power_of_power(gf_graph *graph, gf_expr base, gf_expr exponent)
{
    gf_expr pair[2] = {base, exponent}, whole, inner;
    bool restricted, is_integer = gf_is_integer(graph, exponent);
    fmpq_t c;

    whole = gf_node_make(graph, GF_OP_POW, pair, 2);
    if (!whole)
        return GF_EXPR_NONE;
    fmpq_init(c);
    inner = gf_split_power(c, &restricted, graph, whole);
    if (inner == base && is_integer)
        inner = gf_pow(graph, base, exponent); /* both integers */
    else if (inner == base)
        inner = whole;
    else if (restricted)
        inner = gf_restricted_power(graph, inner, c);
    else
        inner = gf_simplify_pow(graph, inner, gf_number_q(graph, c));
    fmpq_clear(c);
    return inner;
}

static gf_expr numeric_power(gf_graph *graph, gf_expr base, gf_expr exponent)
{
    gf_expr e, pair[2];
    gf_op op = gf_op_of(graph, base);
    bool is_integer = gf_is_integer(graph, exponent);

    if (gf_number_sign(graph, exponent) == 0)
        return gf_expr_rational(graph, 1, 1);
    if (gf_is_rational(graph, exponent, 1, 1))
        return base;
    if (gf_is_rational(graph, base, 1, 1))
        return base;
    if (op == GF_OP_NUMBER)
        return is_integer || gf_number_sign(graph, base) <= 0
                   ? gf_pow(graph, base, exponent)
                   : gf_root_of_number(graph, base, exponent);
    if (op == GF_OP_EXP) {
        pair[0] = exponent;
        pair[1] = gf_arg(graph, base, 0);
        return gf_simplify_exp(graph, gf_simplify_mul(graph, pair, 2));
    }
    if (op == GF_OP_MUL && (is_integer || gf_is_positive_constant(graph, base)))
        return power_of_product(graph, base, exponent);
    if (op == GF_OP_POW && gf_is_number(graph, gf_arg(graph, base, 1)))
        return power_of_power(graph, base, exponent);
    e = gf_changed_power(graph, base, gf_number_of(graph, exponent));
    return e ? e : gf_pow(graph, base, exponent);
}

gf_expr gf_simplify_pow(gf_graph *graph, gf_expr base, gf_expr exponent)
{
    gf_expr pair[2];

    if (!base || !exponent)
        return GF_EXPR_NONE;
    if (gf_is_number(graph, exponent))
        return numeric_power(graph, base, exponent);
    if (gf_is_rational(graph, base, 1, 1))
        return base;
    if (gf_op_of(graph, base) == GF_OP_EXP) {
        pair[0] = gf_arg(graph, base, 0);
        pair[1] = exponent;
        return gf_simplify_exp(graph, gf_simplify_mul(graph, pair, 2));
    }
    return gf_pow(graph, base, exponent);
}
