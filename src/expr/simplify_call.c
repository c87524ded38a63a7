/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simplification of functions: at known points, of their inverses, of negative
   arguments; logarithms and exponentials by their laws. */
#include "expr/ops.h"
#include "expr/product.h"
#include "expr/scope.h"

gf_expr gf_negated(gf_graph *graph, gf_expr e)
{
    gf_expr pair[2] = {gf_expr_rational(graph, -1, 1), e};

    return gf_simplify_mul(graph, pair, 2);
}

/* --- exponentials ------------------------------------------------------- */

/* exp of one term: exp(c log u) = u^c, exp(-softplus(u)) = sigmoid(-u). */
static gf_expr exp_of_term(gf_graph *graph, gf_expr e)
{
    fmpq_t c;
    gf_expr rest, result = GF_EXPR_NONE;

    fmpq_init(c);
    rest = gf_split_coefficient(graph, c, e);
    if (rest && gf_op_of(graph, rest) == GF_OP_LOG)
        result = gf_simplify_pow(graph, gf_arg(graph, rest, 0),
                                 gf_number_q(graph, c));
    else if (rest && gf_op_of(graph, rest) == GF_OP_SOFTPLUS &&
             fmpz_is_one(fmpq_denref(c)) && fmpq_sgn(c) < 0)
        result = gf_pow(graph,
                        gf_call1(graph, GF_OP_SIGMOID,
                                 gf_negated(graph, gf_arg(graph, rest, 0))),
                        gf_expr_negative(graph, gf_number_q(graph, c)));
    fmpq_clear(c);
    return result;
}

gf_expr gf_simplify_exp(gf_graph *graph, gf_expr a)
{
    gf_list factors, kept;
    gf_expr part, e;

    if (!a)
        return GF_EXPR_NONE;
    if (gf_is_rational(graph, a, 0, 1))
        return gf_expr_rational(graph, 1, 1);
    if (gf_op_of(graph, a) != GF_OP_ADD) {
        part = exp_of_term(graph, a);
        return part ? part : gf_call1(graph, GF_OP_EXP, a);
    }
    gf_list_init(&factors);
    gf_list_init(&kept);
    for (size_t i = 0; i < gf_arg_count(graph, a); i++) {
        part = exp_of_term(graph, gf_arg(graph, a, i));
        if (part)
            gf_list_add(&factors, graph, part);
        else
            gf_list_add(&kept, graph, gf_arg(graph, a, i));
    }
    if (factors.count == 0) {
        e = gf_call1(graph, GF_OP_EXP, a);
    } else {
        e = gf_simplify_add(graph, kept.item, kept.count);
        if (e && !gf_is_rational(graph, e, 0, 1))
            gf_list_add(&factors, graph, gf_call1(graph, GF_OP_EXP, e));
        e = gf_simplify_mul(graph, factors.item, factors.count);
    }
    gf_list_clear(&factors);
    gf_list_clear(&kept);
    return e;
}

/* --- logarithms -------------------------------------------------------- */

/* Of larger numbers no root is looked for. */
enum { ROOT_BITS_MAX = 256 };

/* log(1/n) = -log n, log(b^k) = k log b for integers */
static gf_expr log_of_number(gf_graph *graph, gf_expr a)
{
    const fmpq *q = gf_number_of(graph, a);
    fmpz_t root;
    fmpq_t factor, base;
    gf_expr e;
    int power;

    if (fmpq_sgn(q) <= 0)
        return gf_call1(graph, GF_OP_LOG, a);
    if (fmpq_is_one(q))
        return gf_expr_rational(graph, 0, 1);
    fmpq_init(factor);
    fmpq_init(base);
    fmpz_init(root);
    fmpq_one(factor);
    fmpq_set(base, q);
    if (fmpz_is_one(fmpq_numref(base))) {
        fmpq_inv(base, base);
        fmpq_neg(factor, factor);
    }
    while (fmpz_is_one(fmpq_denref(base)) &&
           fmpz_bits(fmpq_numref(base)) <= ROOT_BITS_MAX) {
        power = fmpz_is_perfect_power(root, fmpq_numref(base));
        if (power <= 1)
            break;
        fmpz_set(fmpq_numref(base), root);
        fmpq_mul_si(factor, factor, power);
    }
    e = gf_call1(graph, GF_OP_LOG, gf_number_q(graph, base));
    e = gf_scale(graph, e, factor);
    fmpz_clear(root);
    fmpq_clear(base);
    fmpq_clear(factor);
    return e;
}

static gf_expr simplify_log(gf_graph *graph, gf_expr a)
{
    gf_expr v;

    if (gf_is_number(graph, a))
        return log_of_number(graph, a);
    if (gf_op_of(graph, a) == GF_OP_SIGMOID)
        return gf_expr_negative(
            graph, gf_call1(graph, GF_OP_SOFTPLUS,
                            gf_negated(graph, gf_arg(graph, a, 0))));
    v = gf_logistic_argument(graph, a);
    return v ? gf_call1(graph, GF_OP_SOFTPLUS, v)
             : gf_call1(graph, GF_OP_LOG, a);
}

static gf_expr simplify_kinked(gf_graph *graph, gf_op op, const gf_expr *arg)
{
    int sign;
    bool first;

    if (op == GF_OP_MIN || op == GF_OP_MAX) {
        if (arg[0] == arg[1])
            return arg[0];
        if (!gf_is_number(graph, arg[0]) || !gf_is_number(graph, arg[1]))
            return gf_node_make(graph, op, arg, 2);
        first = fmpq_cmp(gf_number_of(graph, arg[0]),
                         gf_number_of(graph, arg[1])) < 0;
        return arg[first == (op == GF_OP_MIN) ? 0 : 1];
    }
    if (!gf_is_number(graph, arg[0]))
        return GF_EXPR_NONE;
    sign = gf_number_sign(graph, arg[0]);
    if (op == GF_OP_ABS)
        return sign < 0 ? gf_expr_negative(graph, arg[0]) : arg[0];
    return op == GF_OP_SIGN ? gf_expr_rational(graph, sign, 1)
                            : gf_expr_rational(graph, sign + 1, 2);
}

gf_expr gf_simplify_call(gf_graph *graph, gf_op op, const gf_expr *arg,
                         size_t count)
{
    const gf_op_row *row = gf_op_row_of(op);
    gf_expr e;

    if (row->kinked) {
        e = simplify_kinked(graph, op, arg);
        if (e || count == 2)
            return e;
    }
    if (op == GF_OP_EXP)
        return gf_simplify_exp(graph, arg[0]);
    if (row->inverse && gf_op_of(graph, arg[0]) == row->inverse)
        return gf_arg(graph, arg[0], 0);
    if (op == GF_OP_LOG)
        return simplify_log(graph, arg[0]);
    if (row->at_zero && gf_is_rational(graph, arg[0], 0, 1)) {
        gf_scope scope;
        gf_scope_init(&scope, graph);
        if (gf_expr_parse(&e, &scope, row->at_zero, NULL) != GF_OK)
            return GF_EXPR_NONE;
        return e;
    }
    if (op == GF_OP_LOGIT && gf_is_rational(graph, arg[0], 1, 2))
        return gf_expr_rational(graph, 0, 1);
    if (row->parity && gf_is_negative_form(graph, arg[0])) {
        e = gf_negated(graph, arg[0]);
        if (e && !gf_is_negative_form(graph, e)) { /* -inf - x stays */
            e = gf_simplify_call(graph, op, &e, 1);
            return row->parity < 0 ? gf_negated(graph, e) : e;
        }
    }
    return gf_node_make(graph, op, arg, count);
}
