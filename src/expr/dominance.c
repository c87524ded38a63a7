/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/dominance.h"

#include <math.h>
#include <stdlib.h>

#include "expr/tape.h"

/* (log |e|)' = sum r b'/b over the factors b^r of e */
static gf_expr rate_of(gf_smooth *f, gf_expr e)
{
    gf_graph *graph = f->graph;
    bool product = gf_op_of(graph, e) == GF_OP_MUL;
    gf_list terms;
    gf_expr sum;

    gf_list_init(&terms);
    for (size_t i = 0; i < (product ? gf_arg_count(graph, e) : 1); i++) {
        gf_expr b = product ? gf_arg(graph, e, i) : e;
        gf_expr r = gf_expr_rational(graph, 1, 1);
        if (gf_op_of(graph, b) == GF_OP_POW &&
            gf_is_number(graph, gf_arg(graph, b, 1))) {
            r = gf_arg(graph, b, 1);
            b = gf_arg(graph, b, 0);
        }
        b = gf_expr_quotient(graph, gf_expr_derive(graph, b, f->symbol), b);
        gf_list_add(&terms, graph, gf_expr_product(graph, r, b));
    }
    sum = gf_expr_simplify(graph, gf_add(graph, terms.item, terms.count));
    gf_list_clear(&terms);
    return sum;
}

static bool monotone_make(gf_monotone *p, gf_smooth *f, gf_expr e)
{
    gf_expr rate = e ? rate_of(f, e) : GF_EXPR_NONE;

    *p = (gf_monotone){NULL, NULL};
    if (!rate)
        return false;
    p->value = gf_smooth_compile(f, gf_tail_form(f->graph, e, f->symbol));
    p->rate = gf_smooth_compile(f, gf_tail_form(f->graph, rate, f->symbol));
    return p->value && p->rate;
}

static void monotone_clear(gf_monotone *p)
{
    gf_tape_free(p->value);
    gf_tape_free(p->rate);
}

void gf_dominance_free(gf_dominance *d, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        monotone_clear(&d[i].leader);
        for (size_t k = 0; k < d[i].count; k++)
            monotone_clear(&d[i].ratio[k]);
    }
    free(d);
}

void gf_dominance_make(gf_smooth *f, int m, gf_expr e)
{
    gf_graph *graph = f->graph;
    size_t n;
    bool good = true;

    e = gf_expand(graph, e);
    if (!e || gf_op_of(graph, e) != GF_OP_ADD)
        return;
    n = gf_arg_count(graph, e);
    if (n > GF_SMOOTH_TERMS)
        return;
    f->far[m] = calloc(n, sizeof *f->far[m]);
    if (!f->far[m]) {
        f->status = GF_MEMORY;
        return;
    }
    f->far_count[m] = n;
    for (size_t i = 0; i < n && good; i++) {
        gf_dominance *d = &f->far[m][i];
        gf_expr leader = gf_arg(graph, e, i);
        good = monotone_make(&d->leader, f, leader);
        for (size_t k = 0; k < n && good; k++) {
            gf_expr ratio =
                gf_expr_quotient(graph, gf_arg(graph, e, k), leader);
            if (k == i)
                continue;
            good = monotone_make(&d->ratio[d->count++], f,
                                 gf_expr_simplify(graph, ratio));
        }
    }
    if (good)
        return;
    gf_dominance_free(f->far[m], n);
    f->far[m] = NULL;
    f->far_count[m] = 0;
}

/* A product over [M, inf) or (-inf, -M]: monotone in size where its rate has
   one sign, so bounded on one side by its value at the finite end. */
static gf_interval monotone_at(gf_smooth *f, const gf_monotone *p,
                               gf_interval x)
{
    gf_interval y, rate, at, end;
    bool right = isinf(x.hi), grows;

    gf_smooth_read(&y, f, p->value, x);
    if (!y.defined || gf_interval_has_zero(y))
        return y;
    gf_smooth_read(&rate, f, p->rate, x);
    if (!rate.defined ||
        !(gf_interval_nonnegative(rate) || gf_interval_nonpositive(rate)))
        return y;
    at = gf_interval_point(right ? x.lo : x.hi);
    gf_smooth_read(&end, f, p->value, at);
    if (!end.defined)
        return y;
    /* towards infinity */
    grows = gf_interval_nonnegative(rate) == right;
    if (gf_interval_positive(y)) {
        if (grows && end.lo > y.lo)
            y.lo = end.lo, y.lo_open = false;
        if (!grows && end.hi < y.hi)
            y.hi = end.hi, y.hi_open = false;
    } else {
        if (grows && end.hi < y.hi)
            y.hi = end.hi, y.hi_open = false;
        if (!grows && end.lo > y.lo)
            y.lo = end.lo, y.lo_open = false;
    }
    return y;
}

gf_interval gf_dominance_at(gf_smooth *f, int m, gf_interval x)
{
    for (size_t i = 0; i < f->far_count[m]; i++) {
        const gf_dominance *d = &f->far[m][i];
        gf_interval sum = gf_interval_point(1), y;
        for (size_t k = 0; k < d->count; k++)
            sum = gf_interval_add(sum, monotone_at(f, &d->ratio[k], x));
        if (!sum.defined || gf_interval_has_zero(sum))
            continue;
        y = gf_interval_mul(sum, monotone_at(f, &d->leader, x));
        if (y.defined && !gf_interval_has_zero(y))
            return y;
    }
    return gf_interval_whole(false);
}
