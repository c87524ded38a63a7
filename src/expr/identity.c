/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is an expression identically zero?
 *
 * It is written as a quotient of polynomials in kernels: symbols and whatever
 * is not rational (exponentials, logarithms, roots, ...).  sigmoid, tanh and
 * their like are first written with exponentials, softplus(-u) as softplus(u)
 * - u, erfc as 1 - erf.  A zero numerator is a proof; kernels may be related,
 * so another one proves nothing.  "No" is proved by a ball at a point.
 */
#include <flint/fmpz_mpoly.h>
#include <stdlib.h>

#include "expr/ops.h"
#include "expr/scope.h"
#include "expr/tape.h"

enum { KERNELS_MAX = 24, TERMS_MAX = 1500, POWER_MAX = 24 };

typedef struct ratio {
    fmpz_mpoly_t num, den;
} ratio;

typedef struct normaliser {
    gf_graph *graph;
    gf_expr kernel[KERNELS_MAX];
    slong count;
    bool collecting; /* first pass: find the kernels */
    bool failed;
    fmpz_mpoly_ctx_t ctx;
} normaliser;

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
    return gf_expr_product(
        graph, half, gf_expr_sum(graph, exp_of(graph, u, 1), minus));
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

/* --- quotients of polynomials ------------------------------------------ */

static void ratio_init(ratio *r, normaliser *n)
{
    fmpz_mpoly_init(r->num, n->ctx);
    fmpz_mpoly_init(r->den, n->ctx);
    fmpz_mpoly_zero(r->num, n->ctx);
    fmpz_mpoly_one(r->den, n->ctx);
}

static void ratio_clear(ratio *r, normaliser *n)
{
    fmpz_mpoly_clear(r->num, n->ctx);
    fmpz_mpoly_clear(r->den, n->ctx);
}

static void check_size(normaliser *n, const ratio *r)
{
    if (fmpz_mpoly_length(r->num, n->ctx) > TERMS_MAX ||
        fmpz_mpoly_length(r->den, n->ctx) > TERMS_MAX)
        n->failed = true;
}

static void ratio_add(ratio *r, const ratio *s, normaliser *n)
{
    fmpz_mpoly_t t;

    if (n->collecting || n->failed)
        return;
    if (fmpz_mpoly_equal(r->den, s->den, n->ctx)) {
        fmpz_mpoly_add(r->num, r->num, s->num, n->ctx);
        return;
    }
    fmpz_mpoly_init(t, n->ctx);
    fmpz_mpoly_mul(t, s->num, r->den, n->ctx);
    fmpz_mpoly_mul(r->num, r->num, s->den, n->ctx);
    fmpz_mpoly_add(r->num, r->num, t, n->ctx);
    fmpz_mpoly_mul(r->den, r->den, s->den, n->ctx);
    fmpz_mpoly_clear(t, n->ctx);
    check_size(n, r);
}

static void ratio_mul(ratio *r, const ratio *s, normaliser *n)
{
    if (n->collecting || n->failed)
        return;
    fmpz_mpoly_mul(r->num, r->num, s->num, n->ctx);
    fmpz_mpoly_mul(r->den, r->den, s->den, n->ctx);
    check_size(n, r);
}

static void ratio_pow(ratio *r, long power, normaliser *n)
{
    if (labs(power) > POWER_MAX)
        n->failed = true;
    if (n->collecting || n->failed)
        return;
    if (power < 0) {
        if (fmpz_mpoly_is_zero(r->num, n->ctx)) {
            n->failed = true;
            return;
        }
        fmpz_mpoly_swap(r->num, r->den, n->ctx);
    }
    if (!fmpz_mpoly_pow_ui(r->num, r->num, (ulong)labs(power), n->ctx) ||
        !fmpz_mpoly_pow_ui(r->den, r->den, (ulong)labs(power), n->ctx))
        n->failed = true;
    check_size(n, r);
}

static void ratio_kernel(ratio *r, gf_expr kernel, normaliser *n)
{
    slong i = 0;

    while (i < n->count && n->kernel[i] != kernel)
        i++;
    if (i == n->count) {
        if (n->count == KERNELS_MAX || !n->collecting || !kernel) {
            n->failed = true;
            return;
        }
        n->kernel[n->count++] = kernel;
    }
    if (!n->collecting) {
        fmpz_mpoly_gen(r->num, i, n->ctx);
        fmpz_mpoly_one(r->den, n->ctx);
    }
}

/* root^power where kernel = base^(1/q) or exp(u/q), power an integer */
static void ratio_kernel_power(ratio *r, gf_expr kernel, const fmpz_t power,
                               normaliser *n)
{
    ratio_kernel(r, kernel, n);
    if (fmpz_cmpabs(power, (fmpz[]){POWER_MAX}) > 0)
        n->failed = true;
    else
        ratio_pow(r, fmpz_get_si(power), n);
}

static void convert(ratio *out, gf_expr e, normaliser *n);

static void convert_exp(ratio *out, gf_expr u, normaliser *n)
{
    gf_graph *graph = n->graph;
    bool sum = gf_op_of(graph, u) == GF_OP_ADD;
    fmpq_t c, unit;
    ratio part;

    fmpq_init(c);
    fmpq_init(unit);
    if (!n->collecting)
        fmpz_mpoly_one(out->num, n->ctx);
    for (size_t i = 0; i < (sum ? gf_arg_count(graph, u) : 1); i++) {
        gf_expr term = sum ? gf_arg(graph, u, i) : u;
        gf_expr rest = gf_split_coefficient(graph, c, term), kernel;
        fmpz_one(fmpq_numref(unit));
        fmpz_set(fmpq_denref(unit), fmpq_denref(c));
        kernel =
            gf_call1(graph, GF_OP_EXP, gf_scale(graph, rest, unit));
        ratio_init(&part, n);
        ratio_kernel_power(&part, kernel, fmpq_numref(c), n);
        ratio_mul(out, &part, n);
        ratio_clear(&part, n);
    }
    fmpq_clear(c);
    fmpq_clear(unit);
}

static void convert_power(ratio *out, gf_expr e, normaliser *n)
{
    gf_graph *graph = n->graph;
    gf_expr base = gf_arg(graph, e, 0), exponent = gf_arg(graph, e, 1);
    const fmpq *r;
    fmpq_t unit;
    long power;

    if (!gf_is_number(graph, exponent)) {
        ratio_kernel(out, e, n);
        return;
    }
    if (gf_small_integer(graph, exponent, POWER_MAX, &power)) {
        convert(out, base, n);
        ratio_pow(out, power, n);
        return;
    }
    r = gf_number_of(graph, exponent);
    fmpq_init(unit);
    fmpz_one(fmpq_numref(unit));
    fmpz_set(fmpq_denref(unit), fmpq_denref(r));
    e = gf_pow(graph, base, gf_number_q(graph, unit));
    fmpq_clear(unit);
    ratio_kernel_power(out, e,
                       fmpq_numref(gf_number_of(graph, exponent)), n);
}

static void convert_list(ratio *out, gf_expr e, normaliser *n)
{
    bool sum = gf_op_of(n->graph, e) == GF_OP_ADD;
    ratio part;

    if (!sum && !n->collecting)
        fmpz_mpoly_one(out->num, n->ctx);
    for (size_t i = 0; i < gf_arg_count(n->graph, e) && !n->failed; i++) {
        ratio_init(&part, n);
        convert(&part, gf_arg(n->graph, e, i), n);
        if (sum)
            ratio_add(out, &part, n);
        else
            ratio_mul(out, &part, n);
        ratio_clear(&part, n);
    }
}

/* out is a fresh 0/1. */
static void convert(ratio *out, gf_expr e, normaliser *n)
{
    if (n->failed || !e) {
        n->failed = true;
        return;
    }
    switch (gf_op_of(n->graph, e)) {
    case GF_OP_NUMBER:
        if (!n->collecting) {
            const fmpq *q = gf_number_of(n->graph, e);
            fmpz_mpoly_set_fmpz(out->num, fmpq_numref(q), n->ctx);
            fmpz_mpoly_set_fmpz(out->den, fmpq_denref(q), n->ctx);
        }
        break;
    case GF_OP_INF:
        n->failed = true;
        break;
    case GF_OP_ADD:
    case GF_OP_MUL:
        convert_list(out, e, n);
        break;
    case GF_OP_POW:
        convert_power(out, e, n);
        break;
    case GF_OP_EXP:
        convert_exp(out, gf_arg(n->graph, e, 0), n);
        break;
    default:
        ratio_kernel(out, e, n);
    }
}

static bool numerator_is_zero(gf_graph *graph, gf_expr e)
{
    normaliser n = {.graph = graph, .collecting = true};
    ratio r;
    bool zero;

    fmpz_mpoly_ctx_init(n.ctx, 1, ORD_LEX);
    ratio_init(&r, &n);
    convert(&r, e, &n);
    ratio_clear(&r, &n);
    fmpz_mpoly_ctx_clear(n.ctx);
    if (n.failed || graph->failure)
        return false;
    n.collecting = false;
    fmpz_mpoly_ctx_init(n.ctx, n.count ? n.count : 1, ORD_LEX);
    ratio_init(&r, &n);
    convert(&r, e, &n);
    zero = !n.failed && fmpz_mpoly_is_zero(r.num, n.ctx);
    ratio_clear(&r, &n);
    fmpz_mpoly_ctx_clear(n.ctx);
    return zero;
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
    return e && numerator_is_zero(graph, e) ? GF_YES : GF_UNKNOWN;
}
