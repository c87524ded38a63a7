/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Antiderivatives of sums of
 *
 *     c x^n u^s,   c x^n u^s log u,   c x^n exp(u),      u = alpha x + beta,
 *
 * n >= 0 an integer, s rational: x^n is written in powers of u, and
 *
 *     int u^s         = u^(s+1)/(s+1), log|u| for s = -1
 *     int u^s log u   = u^(s+1)/(s+1) (log u - 1/(s+1)), (log u)^2/2
 *     int x^n exp(kx) = exp(kx) sum_i (-1)^i n!/(n-i)! x^(n-i)/k^(i+1)
 *
 * The result is differentiated and compared before it is believed.
 */
#include <stdlib.h>

#include "expr/scope.h"

enum { DEGREE_MAX = 12 };

typedef struct integrand {
    gf_graph *graph;
    gf_expr x;
    double near; /* a point of the interval: chooses the sign in log|u| */
    gf_expr constant;
    gf_expr u; /* the linear base; GF_EXPR_NONE if only x occurs */
    gf_expr s; /* its exponent, a number */
    long n;    /* the power of x */
    bool has_log, has_exp, fails;
} integrand;

/* u = alpha x + beta?  Gives both. */
static bool linear(integrand *t, gf_expr u, gf_expr *alpha, gf_expr *beta)
{
    gf_graph *graph = t->graph;

    *alpha = gf_expr_derive(graph, u, t->x);
    if (!*alpha || gf_expr_depends(graph, *alpha, t->x) ||
        gf_is_rational(graph, *alpha, 0, 1))
        return false;
    *beta = gf_expr_substitute(graph, u, t->x, gf_expr_rational(graph, 0, 1));
    return *beta != GF_EXPR_NONE;
}

static void use_base(integrand *t, gf_expr u)
{
    if (t->u && t->u != u)
        t->fails = true;
    t->u = u;
}

static void take_power(integrand *t, gf_expr base, gf_expr exponent)
{
    gf_graph *graph = t->graph;
    long n;

    /* (b^r)^n is b^(r n) on the interval, where b^r is real */
    if (gf_op_of(graph, base) == GF_OP_POW &&
        gf_is_number(graph, gf_arg(graph, base, 1))) {
        exponent = gf_expr_product(graph, exponent, gf_arg(graph, base, 1));
        base = gf_arg(graph, base, 0);
    }
    if (base == t->x && gf_small_integer(graph, exponent, DEGREE_MAX, &n) &&
        n >= 0) {
        t->n += n;
        return;
    }
    use_base(t, base);
    t->s = gf_expr_simplify(graph, gf_expr_sum(graph, t->s, exponent));
}

static void take(integrand *t, gf_expr f)
{
    gf_graph *graph = t->graph;
    gf_expr one = gf_expr_rational(graph, 1, 1);

    if (!gf_expr_depends(graph, f, t->x)) {
        t->constant = gf_expr_product(graph, t->constant, f);
    } else if (f == t->x) {
        t->n++;
    } else if (gf_op_of(graph, f) == GF_OP_POW &&
               gf_is_number(graph, gf_arg(graph, f, 1))) {
        take_power(t, gf_arg(graph, f, 0), gf_arg(graph, f, 1));
    } else if (gf_op_of(graph, f) == GF_OP_LOG && !t->has_log && !t->has_exp) {
        t->has_log = true;
        use_base(t, gf_arg(graph, f, 0));
    } else if (gf_op_of(graph, f) == GF_OP_EXP && !t->u) {
        t->has_exp = true;
        use_base(t, gf_arg(graph, f, 0));
    } else if (gf_op_of(graph, f) == GF_OP_ADD) {
        take_power(t, f, one);
    } else {
        t->fails = true;
    }
}

/* int u^s (log u)^k du, k = 0 or 1 */
static gf_expr power_rule(integrand *t, gf_expr u, gf_expr s)
{
    gf_graph *graph = t->graph;
    gf_expr one = gf_expr_rational(graph, 1, 1), inside = u, log_u, next;
    gf_expr at =
        gf_expr_substitute(graph, u, t->x, gf_expr_number(graph, t->near));

    if (gf_expr_value(graph, at) < 0 && !t->has_log)
        inside = gf_expr_negative(graph, u);
    log_u = gf_call1(graph, GF_OP_LOG, inside);
    if (gf_is_rational(graph, s, -1, 1)) {
        if (!t->has_log)
            return log_u;
        return gf_expr_quotient(
            graph, gf_pow(graph, log_u, gf_expr_rational(graph, 2, 1)),
            gf_expr_rational(graph, 2, 1));
    }
    next = gf_expr_simplify(graph, gf_expr_sum(graph, s, one));
    u = gf_expr_quotient(graph, gf_pow(graph, u, next), next);
    if (!t->has_log)
        return u;
    return gf_expr_product(
        graph, u,
        gf_expr_difference(graph, log_u, gf_expr_quotient(graph, one, next)));
}

static long binomial(long n, long k)
{
    long b = 1;

    for (long i = 1; i <= k; i++)
        b = b * (n - k + i) / i;
    return b;
}

/* x^n u^s [log u]: x^n = sum C(n, i) u^i (-beta)^(n-i) / alpha^n, dx = du/alpha
 */
static gf_expr powers_of_base(integrand *t)
{
    gf_graph *graph = t->graph;
    gf_expr u = t->u ? t->u : t->x, alpha, beta, sum, term;

    if (!linear(t, u, &alpha, &beta))
        return GF_EXPR_NONE;
    sum = gf_expr_rational(graph, 0, 1);
    for (long i = 0; i <= t->n; i++) {
        gf_expr s = gf_expr_simplify(
            graph, gf_expr_sum(graph, t->s, gf_expr_rational(graph, i, 1)));
        term = gf_pow(graph, gf_expr_negative(graph, beta),
                      gf_expr_rational(graph, t->n - i, 1));
        term = gf_expr_product(
            graph, gf_expr_rational(graph, binomial(t->n, i), 1), term);
        term = gf_expr_product(graph, term, power_rule(t, u, s));
        sum = gf_expr_sum(graph, sum, gf_expr_simplify(graph, term));
    }
    return gf_expr_quotient(
        graph, sum, gf_pow(graph, alpha, gf_expr_rational(graph, t->n + 1, 1)));
}

static gf_expr exponential(integrand *t)
{
    gf_graph *graph = t->graph;
    gf_expr k, beta, sum, term;
    long factor = 1;

    if (!gf_is_rational(graph, t->s, 0, 1) || !linear(t, t->u, &k, &beta))
        return GF_EXPR_NONE;
    sum = gf_expr_rational(graph, 0, 1);
    for (long i = 0; i <= t->n; i++) {
        term = gf_pow(graph, t->x, gf_expr_rational(graph, t->n - i, 1));
        term = gf_expr_product(
            graph, gf_expr_rational(graph, i % 2 ? -factor : factor, 1), term);
        term = gf_expr_quotient(
            graph, term, gf_pow(graph, k, gf_expr_rational(graph, i + 1, 1)));
        sum = gf_expr_sum(graph, sum, term);
        factor *= t->n - i;
    }
    return gf_expr_product(graph, sum, gf_call1(graph, GF_OP_EXP, t->u));
}

static gf_expr integrate_term(gf_graph *graph, gf_expr term, gf_expr x,
                              double near)
{
    integrand t = {.graph = graph,
                   .x = x,
                   .near = near,
                   .constant = gf_expr_rational(graph, 1, 1),
                   .s = gf_expr_rational(graph, 0, 1)};
    bool product = gf_op_of(graph, term) == GF_OP_MUL;
    gf_expr result;

    for (size_t i = 0; i < (product ? gf_arg_count(graph, term) : 1); i++)
        take(&t, product ? gf_arg(graph, term, i) : term);
    if (t.fails || t.n > DEGREE_MAX || !gf_is_number(graph, t.s))
        return GF_EXPR_NONE;
    result = t.has_exp ? exponential(&t) : powers_of_base(&t);
    return result ? gf_expr_product(graph, t.constant, result) : GF_EXPR_NONE;
}

gf_expr gf_expr_integrate(gf_graph *graph, gf_expr e, gf_expr symbol,
                          double near)
{
    gf_expr sum, part, check;
    gf_list terms;
    bool fails = false;

    e = gf_expand(graph, e);
    if (!e)
        return GF_EXPR_NONE;
    gf_list_init(&terms);
    for (size_t i = 0;
         !fails &&
         i < (gf_op_of(graph, e) == GF_OP_ADD ? gf_arg_count(graph, e) : 1);
         i++) {
        part = gf_op_of(graph, e) == GF_OP_ADD ? gf_arg(graph, e, i) : e;
        part = integrate_term(graph, part, symbol, near);
        fails = part == GF_EXPR_NONE;
        gf_list_add(&terms, graph, part);
    }
    sum = fails
              ? GF_EXPR_NONE
              : gf_expr_simplify(graph, gf_add(graph, terms.item, terms.count));
    gf_list_clear(&terms);
    if (!sum)
        return GF_EXPR_NONE;
    check = gf_expr_difference(graph, gf_expr_derive(graph, sum, symbol), e);
    return gf_expr_is_zero(graph, check) == GF_NO ? GF_EXPR_NONE : sum;
}
