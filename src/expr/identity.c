/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is an expression identically zero?
 *
 * It is written as a quotient of polynomials in kernels (rational.c); sigmoid,
 * tanh and their like are first written with exponentials, softplus(-u) as
 * softplus(u) - u, erfc as 1 - erf.  A zero numerator is a proof; kernels may
 * be related, so another one proves nothing.  "No" is proved by a ball at a
 * point.
 */
#include "expr/ops.h"
#include "expr/rational.h"
#include "expr/scope.h"
#include "expr/tape.h"

/* --- rewriting to few functions ---------------------------------------- */

static gf_expr basic(gf_graph *graph, gf_expr e, const void *ctx);

/* exp(c u) without the simplifier, which would bring sigmoid back */
static gf_expr exp_of(gf_graph *graph, gf_expr u, long factor)
{
    gf_expr pair[2] = {gf_expr_rational(graph, factor, 1), u};

    return gf_call1(graph, GF_OP_EXP, gf_simplify_mul(graph, pair, 2));
}

/* (a E^2 + b) / (c E^2 + d), E^2 = exp(factor u) */
static gf_expr moebius(gf_graph *graph, gf_expr u, long factor, long b)
{
    gf_expr power = exp_of(graph, u, factor);
    gf_expr one = gf_expr_rational(graph, 1, 1);

    return gf_expr_quotient(
        graph, gf_expr_sum(graph, power, gf_expr_rational(graph, b, 1)),
        gf_expr_sum(graph, power, one));
}

static gf_expr hyperbolic(gf_graph *graph, gf_expr u, long sign)
{
    gf_expr minus = exp_of(graph, u, -1), half;

    half = gf_expr_rational(graph, 1, 2);
    if (sign < 0)
        minus = gf_expr_negative(graph, minus);
    return gf_expr_product(graph, half,
                           gf_expr_sum(graph, exp_of(graph, u, 1), minus));
}

static gf_expr basic(gf_graph *graph, gf_expr e, const void *ctx)
{
    gf_expr u, v;

    (void)ctx;
    if (gf_arg_count(graph, e) != 1)
        return GF_EXPR_NONE;
    u = gf_arg(graph, e, 0);
    switch (gf_op_of(graph, e)) {
    case GF_OP_SIGMOID:
        return moebius(graph, gf_rewrite(graph, u, basic, NULL), 1, 0);
    case GF_OP_TANH:
        return moebius(graph, gf_rewrite(graph, u, basic, NULL), 2, -1);
    case GF_OP_SINH:
        return hyperbolic(graph, gf_rewrite(graph, u, basic, NULL), -1);
    case GF_OP_COSH:
        return hyperbolic(graph, gf_rewrite(graph, u, basic, NULL), 1);
    case GF_OP_SOFTPLUS:
        if (!gf_is_negative_form(graph, u))
            return GF_EXPR_NONE;
        v = gf_call1(graph, GF_OP_SOFTPLUS, gf_negated(graph, u));
        return gf_expr_sum(graph, v, u);
    case GF_OP_ERFC:
        v = gf_simplify_call(graph, GF_OP_ERF, &u, 1);
        return gf_expr_difference(graph, gf_expr_rational(graph, 1, 1), v);
    case GF_OP_LOGIT:
        v = gf_expr_difference(graph, gf_expr_rational(graph, 1, 1), u);
        return gf_expr_difference(graph, gf_call1(graph, GF_OP_LOG, u),
                                  gf_call1(graph, GF_OP_LOG, v));
    default:
        return GF_EXPR_NONE;
    }
}

/* --- the question ------------------------------------------------------ */

static gf_expr put_sample(gf_graph *graph, gf_expr e, const void *ctx)
{
    const long *salt = ctx;

    if (gf_op_of(graph, e) != GF_OP_SYMBOL)
        return GF_EXPR_NONE;
    /* rationals spread over (0, 1), (1, 4), (-2, 0) */
    switch (*salt) {
    case 0:
        return gf_expr_rational(graph, 311 + 37 * (long)(e % 13), 1009);
    case 1:
        return gf_expr_rational(graph, 1511 + 101 * (long)(e % 23), 1009);
    default:
        return gf_expr_rational(graph, -211 - 71 * (long)(e % 17), 1009);
    }
}

static bool differs_at_a_point(gf_graph *graph, gf_expr e)
{
    bool differs = false;
    arb_t x;

    arb_init(x);
    for (long salt = 0; salt < 3 && !differs; salt++) {
        gf_expr value = gf_rewrite(graph, e, put_sample, &salt);
        if (!value)
            break;
        gf_expr_ball(x, graph, value, GF_TAPE_PRECISION);
        differs = arb_is_finite(x) && !arb_contains_zero(x);
    }
    arb_clear(x);
    return differs;
}

gf_verdict gf_expr_is_zero(gf_graph *graph, gf_expr e)
{
    e = gf_expr_simplify(graph, e);
    if (!e)
        return GF_UNKNOWN;
    if (gf_is_number(graph, e))
        return gf_number_sign(graph, e) == 0 ? GF_YES : GF_NO;
    if (differs_at_a_point(graph, e))
        return GF_NO;
    e = gf_rewrite(graph, e, basic, NULL);
    return e && gf_numerator_is_zero(graph, e) ? GF_YES : GF_UNKNOWN;
}
