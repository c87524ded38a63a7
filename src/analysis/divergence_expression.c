/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The f-divergence of an expression in u: int q f(p/q), with f(0) where P has
   no mass and lim f(u)/u where Q has none. */
#include "analysis/divergence.h"

#include <math.h>
#include <stdlib.h>

/* The last u whose f a double holds, and how f goes on from there: log |f| is
   straight in log u. */
typedef struct end {
    double log_u, log_f, power, sign;
} end;

typedef struct convex {
    gf_tape *tape; /* f and f'' */
    double *work;
    double at_0, at_infinity; /* f(0), lim f(u)/u */
    end low, high;
} convex;

static double value_at(const convex *f, double u, double *second)
{
    double out[2];

    gf_tape_at(out, f->tape, &u, f->work);
    if (second)
        *second = out[1];
    return out[0];
}

/* The last log u between 0 and `far` where a double holds f. */
static end end_of(const convex *f, double far)
{
    enum { HALVINGS = 40 };
    const double back = far > 0 ? -0.125 : 0.125, most = 1e300;
    double in = 0, out = far, y, before;

    if (fabs(value_at(f, exp(far), NULL)) < most)
        in = far;
    for (int k = 0; k < HALVINGS && in != far; k++) {
        double middle = (in + out) / 2;
        if (fabs(value_at(f, exp(middle), NULL)) < most)
            in = middle;
        else
            out = middle;
    }
    y = value_at(f, exp(in), NULL);
    before = value_at(f, exp(in + back), NULL);
    if (y == 0 || before == 0)
        return (end){in, -INFINITY, 0, 1};
    return (end){in, log(fabs(y)), log(fabs(before / y)) / back,
                 y < 0 ? -1 : 1};
}

static double beyond(const end *e, double log_q, double d)
{
    return e->sign * exp(log_q + e->log_f + e->power * (d - e->log_u));
}

static double expression_at(double log_p, double log_q, const gf_generator *g)
{
    const convex *f = g->ctx;
    double d = log_p - log_q, y;

    if (log_p == -INFINITY)
        return f->at_0 == 0 ? 0 : exp(log_q) * f->at_0;
    if (log_q == -INFINITY)
        return exp(log_p) * f->at_infinity;
    if (d > f->high.log_u)
        return beyond(&f->high, log_q, d);
    if (d < f->low.log_u)
        return beyond(&f->low, log_q, d);
    y = value_at(f, exp(d), NULL);
    /* a q that underflows may still count */
    if (log_q < -700 && y != 0)
        return copysign(exp(log_q + log(fabs(y))), y);
    return exp(log_q) * y;
}

/* The limit of a function that is y1 far out and y2 still farther. */
static double limit_of(double y1, double y2)
{
    if (!isfinite(y2) || fabs(y2 - y1) > 1e-6 * (1 + fabs(y1)))
        return y2 < 0 ? -INFINITY : INFINITY;
    return fabs(y2) < 1e-90 ? 0 : y2;
}

static gf_status check_convex(const convex *f, gf_error *error)
{
    enum { POINTS = 121 };

    for (int i = 0; i < POINTS; i++) {
        double u = exp((i - POINTS / 2) / 6.0), second;
        double y = value_at(f, u, &second);
        if (y == INFINITY && fabs(log(u)) > 1)
            continue; /* more than a double can hold */
        if (!isfinite(y))
            return gf_error_set(error, GF_ARGUMENT,
                                "f has no value at u = %.6g", u);
        if (second < -1e-9 * (1 + fabs(y)) / (u * u))
            return gf_error_set(error, GF_ARGUMENT,
                                "f is not convex: f'' = %.6g at u = %.6g",
                                second, u);
    }
    return GF_OK;
}

static gf_status compile(convex *f, gf_graph *graph, const char *text,
                         gf_error *error)
{
    gf_expr u = gf_expr_symbol(graph, "u"), root[2] = {GF_EXPR_NONE};
    gf_scope scope;
    gf_status status;

    gf_scope_init(&scope, graph);
    status = gf_scope_add(&scope, "u", u, error);
    if (!status)
        status = gf_expr_parse(&root[0], &scope, text, error);
    if (!status) {
        root[1] = gf_expr_derive(graph, gf_expr_derive(graph, root[0], u), u);
        status = gf_graph_check(graph, error);
    }
    if (!status)
        status = gf_tape_new(&f->tape, graph, root, 2, &u, 1, error);
    gf_scope_clear(&scope);
    if (status)
        return status;
    f->work = malloc(gf_tape_slots(f->tape) * sizeof *f->work);
    if (!f->work)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    f->at_0 = limit_of(value_at(f, 1e-200, NULL), value_at(f, 1e-300, NULL));
    f->at_infinity = limit_of(value_at(f, 1e200, NULL) / 1e200,
                              value_at(f, 1e300, NULL) / 1e300);
    f->low = end_of(f, -690);
    f->high = end_of(f, 690);
    return check_convex(f, error);
}

gf_status gf_divergence_by_expression(gf_divergence *out, const gf_pair *pair,
                                      const char *text, size_t *evaluations,
                                      gf_error *error)
{
    gf_graph *graph = gf_graph_new();
    convex f = {.tape = NULL};
    gf_generator g = {.at = expression_at, .ctx = &f};
    gf_status status;

    if (!graph)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    status = compile(&f, graph, text, error);
    g.needs_p = isinf(f.at_0);
    g.needs_q = isinf(f.at_infinity);
    if (!status)
        status = gf_divergence_integrate(out, pair, &g, evaluations, error);
    free(f.work);
    gf_tape_free(f.tape);
    gf_graph_free(graph);
    return status;
}
