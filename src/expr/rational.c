/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions as quotients of polynomials (FLINT) in kernels. */
#include "expr/rational.h"

#include <flint/fmpz_mpoly_factor.h>
#include <stdlib.h>

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

/* --- quotients of polynomials ------------------------------------------ */

/* While kernels are collected there are no polynomials yet. */
static void ratio_init(ratio *r, normaliser *n)
{
    if (n->collecting)
        return;
    fmpz_mpoly_init(r->num, n->ctx);
    fmpz_mpoly_init(r->den, n->ctx);
    fmpz_mpoly_zero(r->num, n->ctx);
    fmpz_mpoly_one(r->den, n->ctx);
}

static void ratio_clear(ratio *r, normaliser *n)
{
    if (n->collecting)
        return;
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
        kernel = gf_call1(graph, GF_OP_EXP, gf_scale(graph, rest, unit));
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
    ratio_kernel_power(out, e, fmpq_numref(gf_number_of(graph, exponent)), n);
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

/* Both passes: kernels, then the quotient.  n and r are initialised either
   way. */
static bool normalise(normaliser *n, ratio *r, gf_graph *graph, gf_expr e)
{
    bool known;

    *n = (normaliser){.graph = graph, .collecting = true};
    convert(r, e, n);
    known = !n->failed && graph->failure == GF_OK;
    n->collecting = false;
    fmpz_mpoly_ctx_init(n->ctx, n->count ? n->count : 1, ORD_LEX);
    ratio_init(r, n);
    if (known)
        convert(r, e, n);
    return known && !n->failed;
}

bool gf_numerator_is_zero(gf_graph *graph, gf_expr e)
{
    normaliser n;
    ratio r;
    bool zero = normalise(&n, &r, graph, e) && fmpz_mpoly_is_zero(r.num, n.ctx);

    ratio_clear(&r, &n);
    fmpz_mpoly_ctx_clear(n.ctx);
    return zero;
}

/* --- back to expressions ----------------------------------------------- */

static gf_expr number_z(gf_graph *graph, const fmpz_t z)
{
    fmpq_t q;
    gf_expr e;

    fmpq_init(q);
    fmpq_set_fmpz(q, z);
    e = gf_number_q(graph, q);
    fmpq_clear(q);
    return e;
}

static gf_expr expression_of(const fmpz_mpoly_t poly, normaliser *n)
{
    gf_graph *graph = n->graph;
    ulong power[KERNELS_MAX];
    gf_list terms;
    fmpz_t c;
    gf_expr e;

    fmpz_init(c);
    gf_list_init(&terms);
    for (slong i = 0; i < fmpz_mpoly_length(poly, n->ctx); i++) {
        gf_list factors;
        gf_list_init(&factors);
        fmpz_mpoly_get_term_coeff_fmpz(c, poly, i, n->ctx);
        gf_list_add(&factors, graph, number_z(graph, c));
        fmpz_mpoly_get_term_exp_ui(power, poly, i, n->ctx);
        for (slong k = 0; k < n->count; k++)
            if (power[k])
                gf_list_add(&factors, graph,
                            gf_pow(graph, n->kernel[k],
                                   gf_expr_rational(graph, (long)power[k], 1)));
        gf_list_add(&terms, graph,
                    gf_simplify_mul(graph, factors.item, factors.count));
        gf_list_clear(&factors);
    }
    e = gf_simplify_add(graph, terms.item, terms.count);
    gf_list_clear(&terms);
    fmpz_clear(c);
    return e;
}

/* poly^sign as a product of its factors, added to the list. */
static void add_factors(gf_list *list, const fmpz_mpoly_t poly, long sign,
                        normaliser *n)
{
    gf_graph *graph = n->graph;
    fmpz_mpoly_factor_t f;

    fmpz_mpoly_factor_init(f, n->ctx);
    if (!fmpz_mpoly_factor(f, poly, n->ctx)) {
        n->failed = true;
    } else {
        gf_list_add(list, graph,
                    gf_pow(graph, number_z(graph, f->constant),
                           gf_expr_rational(graph, sign, 1)));
        for (slong i = 0; i < f->num; i++) {
            long power = (long)fmpz_mpoly_factor_get_exp_si(f, i, n->ctx);
            gf_list_add(list, graph,
                        gf_pow(graph, expression_of(f->poly + i, n),
                               gf_expr_rational(graph, sign * power, 1)));
        }
    }
    fmpz_mpoly_factor_clear(f, n->ctx);
}

gf_expr gf_factored(gf_graph *graph, gf_expr e)
{
    normaliser n;
    ratio r;
    gf_list list;
    fmpz_mpoly_t common;
    gf_expr result = GF_EXPR_NONE;

    gf_list_init(&list);
    if (normalise(&n, &r, graph, e) && !fmpz_mpoly_is_zero(r.num, n.ctx)) {
        fmpz_mpoly_init(common, n.ctx);
        if (fmpz_mpoly_gcd(common, r.num, r.den, n.ctx) &&
            fmpz_mpoly_divides(r.num, r.num, common, n.ctx) &&
            fmpz_mpoly_divides(r.den, r.den, common, n.ctx)) {
            add_factors(&list, r.num, 1, &n);
            add_factors(&list, r.den, -1, &n);
            if (!n.failed)
                result = gf_mul(graph, list.item, list.count);
        }
        fmpz_mpoly_clear(common, n.ctx);
    }
    gf_list_clear(&list);
    ratio_clear(&r, &n);
    fmpz_mpoly_ctx_clear(n.ctx);
    return result;
}
