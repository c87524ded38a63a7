/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * f-divergences. The integrands are normalised to be >= 0 and 0 where p = q,
 * as p log(p/q) - p + q for KL: the integral is the same, and nearly equal
 * distributions lose no digits. They are computed from the logarithms of the
 * densities, so that a tail may underflow.
 */
#include "analysis/divergence.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- generators -------------------------------------------------------- */

/* (p^a q^(1-a) - a p - (1-a) q)/(a (a-1)) for small d = log(p/q). */
static double alpha_series(double log_q, double d, double a)
{
    enum { TERMS = 12 };
    double term = d, inner = 1, sum = 0, power = 1;

    for (int k = 2; k <= TERMS; k++) {
        term *= d / k;
        sum += term * inner;
        power *= a;
        inner += power;
    }
    return exp(log_q) * sum;
}

static double alpha_at(double log_p, double log_q, const gf_generator *g)
{
    double d = log_p - log_q, a = g->number;
    double p = exp(log_p), q = exp(log_q);

    if (fabs(d) * fmax(1, fabs(a)) < 0.1)
        return alpha_series(log_q, d, a);
    if (a == 1)
        return p == 0 ? q : p * d - p + q;
    if (a == 0)
        return q == 0 ? p : -q * d - q + p;
    return (exp(a * log_p + (1 - a) * log_q) - a * p - (1 - a) * q) /
           (a * (a - 1));
}

static double alpha_edge_at(double log_p, double log_q, const gf_generator *g)
{
    double a = g->number;

    if (log_p == -INFINITY)
        return a > 0 ? exp(log_q) / a : INFINITY;
    if (log_q == -INFINITY)
        return a < 1 ? exp(log_p) / (1 - a) : INFINITY;
    return alpha_at(log_p, log_q, g);
}

static double jeffreys_at(double log_p, double log_q, const gf_generator *g)
{
    double d = log_p - log_q;

    (void)g;
    if (!isfinite(d))
        return INFINITY;
    return d > 0 ? -exp(log_p) * expm1(-d) * d : exp(log_q) * expm1(d) * d;
}

static double js_at(double log_p, double log_q, const gf_generator *g)
{
    enum { TERMS = 14 };
    double d = log_p - log_q, sum = exp(log_p) + exp(log_q), t = tanh(d / 2);
    double more = 2 / (1 + exp(-d)), less = 2 / (1 + exp(d)), series = 0;

    (void)g;
    if (fabs(t) < 0.3) {
        double power = 1;
        for (int k = 1; k <= TERMS; k++) {
            power *= t * t;
            series += power / (k * (2 * k - 1));
        }
        return sum * series / 4;
    }
    return sum / 4 *
           ((more > 0 ? more * log(more) : 0) +
            (less > 0 ? less * log(less) : 0));
}

static double tv_at(double log_p, double log_q, const gf_generator *g)
{
    (void)g;
    return exp(fmax(log_p, log_q)) * -expm1(-fabs(log_p - log_q)) / 2;
}

static double hellinger_at(double log_p, double log_q, const gf_generator *g)
{
    double less = expm1(-fabs(log_p - log_q) / 2);

    (void)g;
    return exp(fmax(log_p, log_q)) * less * less;
}

static double pearson_at(double log_p, double log_q, const gf_generator *g)
{
    double d = log_p - log_q, less = expm1(-fabs(d));

    (void)g;
    if (log_q == -INFINITY)
        return INFINITY;
    return exp(d > 0 ? log_p + d : log_q) * less * less;
}

static double neyman_at(double log_p, double log_q, const gf_generator *g)
{
    return pearson_at(log_q, log_p, g);
}

gf_generator gf_generator_of(gf_divergence_kind kind, double alpha)
{
    switch (kind) {
    case GF_DIVERGENCE_KL:
        return (gf_generator){alpha_edge_at, false, true, 1, NULL};
    case GF_DIVERGENCE_KL_REVERSE:
        return (gf_generator){alpha_edge_at, true, false, 0, NULL};
    case GF_DIVERGENCE_JEFFREYS:
        return (gf_generator){jeffreys_at, true, true, 0, NULL};
    case GF_DIVERGENCE_TV:
        return (gf_generator){tv_at, false, false, 0, NULL};
    case GF_DIVERGENCE_HELLINGER:
        return (gf_generator){hellinger_at, false, false, 0, NULL};
    case GF_DIVERGENCE_PEARSON:
        return (gf_generator){pearson_at, false, true, 0, NULL};
    case GF_DIVERGENCE_NEYMAN:
        return (gf_generator){neyman_at, true, false, 0, NULL};
    case GF_DIVERGENCE_ALPHA:
        return (gf_generator){alpha_edge_at, alpha <= 0, alpha >= 1, alpha,
                              NULL};
    default:
        return (gf_generator){js_at, false, false, 0, NULL};
    }
}

/* --- integrals --------------------------------------------------------- */

typedef struct density_call {
    const gf_pair *pair;
    const gf_generator *g;
} density_call;

static double at_logs(const gf_generator *g, double log_p, double log_q)
{
    if (log_p == -INFINITY && log_q == -INFINITY)
        return 0;
    return g->at(log_p, log_q, g);
}

static double integrand(double x, void *ctx)
{
    const density_call *c = ctx;

    return at_logs(c->g, gf_distribution_log_density(c->pair->p, x),
                   gf_distribution_log_density(c->pair->q, x));
}

static double at_atom(double p, double q, const void *ctx)
{
    return at_logs(ctx, log(p), log(q));
}

static double log_ratio(double x, void *ctx)
{
    const gf_pair *pair = ctx;

    return gf_distribution_log_density(pair->p, x) -
           gf_distribution_log_density(pair->q, x);
}

/* The place between two points with a change of sign where p = q. */
static double crossing(const gf_pair *pair, double from, double to)
{
    double low = log_ratio(from, (void *)pair);

    for (int i = 0; i < 200; i++) {
        double x = from + (to - from) / 2, y;
        if (!(x > from && x < to))
            break;
        y = log_ratio(x, (void *)pair);
        if ((y > 0) == (low > 0))
            from = x;
        else
            to = x;
    }
    return from;
}

/* The cuts and the places where p = q, where |p - q| has a kink. */
static gf_status cuts_with_crossings(double **out, size_t *count,
                                     const gf_pair *pair, gf_error *error)
{
    enum { PARTS = 4 };
    size_t most = pair->cuts * (PARTS + 1) + 1, n = pair->cuts;
    double *cut = malloc(most * sizeof *cut);

    *out = cut;
    if (!cut)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    memcpy(cut, pair->cut, n * sizeof *cut);
    for (size_t i = 0; i + 1 < pair->cuts; i++) {
        double from = pair->cut[i], width = pair->cut[i + 1] - from;
        double last = NAN, last_x = NAN;
        for (int k = 0; k <= PARTS; k++) {
            double share = k == 0 ? 1e-9 : k == PARTS ? 1 - 1e-9 : k / 4.0;
            double x = from + share * width, y = log_ratio(x, (void *)pair);
            if (isfinite(last) && isfinite(y) && last * y < 0)
                cut[n++] = crossing(pair, last_x, x);
            last = y;
            last_x = x;
        }
    }
    *count = gf_cuts_tidy(cut, n);
    return GF_OK;
}

/* --- infinities -------------------------------------------------------- */

static void GF_PRINTF(3, 4)
    set_infinite(gf_divergence *out, gf_divergence_how how, const char *format,
                 ...)
{
    va_list list;

    out->value = INFINITY;
    out->error = 0;
    out->how = how;
    va_start(list, format);
    vsnprintf(out->reason, sizeof out->reason, format, list);
    va_end(list);
}

/* Is the integral up to (away from) `end` infinite, by the power of the
   distance with which the integrand grows or falls? */
static bool is_infinite_at(density_call *c, double end, double way)
{
    double near = integrand(end + way, c), far = integrand(end + 10 * way, c);

    if (isnan(near) || isnan(far))
        return false;
    if (isinf(far) || isinf(near))
        return true;
    return near > 1e-290 && far > 0 && log10(far / near) > -1.01;
}

/* The same towards a finite end: near it, 10 times nearer. */
static bool is_singular_at(density_call *c, double end, double way)
{
    double far = integrand(end + way, c), near = integrand(end + way / 10, c);

    return isfinite(far) && isfinite(near) && far > 0 &&
           log10(near / far) > 0.99;
}

static bool find_infinity(gf_divergence *out, density_call *c)
{
    const gf_pair *pair = c->pair;
    double first = pair->cut[0], last = pair->cut[pair->cuts - 1];
    double reach = 1e3 * fmax(last - first, 1e-100);

    if (pair->left_open && is_infinite_at(c, first, -reach))
        set_infinite(out, GF_HOW_QUADRATURE,
                     "the integral diverges in the left tail");
    else if (pair->right_open && is_infinite_at(c, last, reach))
        set_infinite(out, GF_HOW_QUADRATURE,
                     "the integral diverges in the right tail");
    for (size_t i = 0;
         pair->has_expression && i + 1 < pair->cuts && out->how == GF_HOW_NONE;
         i++) {
        double width = 1e-6 * (pair->cut[i + 1] - pair->cut[i]);
        if (is_singular_at(c, pair->cut[i], width))
            set_infinite(out, GF_HOW_QUADRATURE,
                         "the integral diverges at x = %.6g", pair->cut[i]);
        else if (is_singular_at(c, pair->cut[i + 1], -width))
            set_infinite(out, GF_HOW_QUADRATURE,
                         "the integral diverges at x = %.6g", pair->cut[i + 1]);
    }
    return out->how != GF_HOW_NONE;
}

static bool lacks_mass(gf_divergence *out, const gf_pair *pair,
                       const gf_generator *g)
{
    if (g->needs_q && pair->only_p > 0)
        set_infinite(out, GF_HOW_SUPPORT,
                     "P has mass %.6g on %s, where Q has none", pair->only_p,
                     pair->where_p);
    else if (g->needs_p && pair->only_q > 0)
        set_infinite(out, GF_HOW_SUPPORT,
                     "Q has mass %.6g on %s, where P has none", pair->only_q,
                     pair->where_q);
    return out->how != GF_HOW_NONE;
}

/* What the rounding of log(p/q), some 1e-15, makes of a value: by the slope of
   f at 1, where p and q are nearly equal. */
static double rounding(double value, const gf_generator *g)
{
    if (g->at == tv_at)
        return 2e-16;
    return 1e-15 * sqrt(fmin(fmax(value, 0), 1));
}

gf_status gf_divergence_integrate(gf_divergence *out, const gf_pair *pair,
                                  const gf_generator *g, size_t *evaluations,
                                  gf_error *error)
{
    density_call c = {pair, g};
    gf_integral sum = {.least = 1e-28};
    size_t cuts = pair->cuts;
    double *cut = NULL;
    bool has_parts = pair->p->parts + pair->q->parts > 0;
    gf_status status = GF_OK;

    if (lacks_mass(out, pair, g) || (has_parts && find_infinity(out, &c)))
        return GF_OK;
    if (has_parts && g->at == tv_at)
        status = cuts_with_crossings(&cut, &cuts, pair, error);
    if (!status && has_parts)
        status =
            gf_integrate_line(&sum, integrand, &c, cut ? cut : pair->cut, cuts,
                              pair->left_open, pair->right_open, error);
    free(cut);
    *evaluations += sum.evaluations;
    out->value = sum.value + gf_pair_atoms(pair, at_atom, g);
    out->error = sum.error + rounding(out->value, g) +
                 1.2e-16 * fabs(out->value) *
                     (double)(4 + pair->p->atoms + pair->q->atoms);
    out->how = has_parts ? GF_HOW_QUADRATURE : GF_HOW_SUM;
    if (sum.overflow || !isfinite(out->value))
        set_infinite(out, GF_HOW_QUADRATURE, "larger than a double can hold");
    return status;
}
