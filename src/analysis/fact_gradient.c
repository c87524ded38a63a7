/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gradients of a generator. P = N(0,1) and Q = N(t,1), x = t + z, so that
 * d/dt E_Q h(x) = E_Q h'(x) for a fixed critic; the logit of the optimal one is
 * s = log p - log q = t^2/2 - t x, and s' = -t.
 */
#include "analysis/fact.h"

#include <math.h>
#include <stdio.h>

static double sigmoid(double s)
{
    return s < 0 ? exp(s) / (1 + exp(s)) : 1 / (1 + exp(-s));
}

/* E over N(t,1) of a function of x and t. */
typedef struct mean_call {
    double (*f)(double x, double t);
    double t;
} mean_call;

static double mean_integrand(double x, void *ctx)
{
    const mean_call *call = ctx;
    double z = x - call->t;

    return exp(-z * z / 2) / sqrt(2 * acos(-1)) * call->f(x, call->t);
}

static gf_status mean(double *out, double (*f)(double x, double t), double t,
                      gf_error *error)
{
    mean_call call = {f, t};
    gf_integral sum = {.least = 1e-30};
    double cut[33];
    gf_status status;

    for (int i = 0; i <= 32; i++)
        cut[i] = t / 2 + (i - 16) * (1 + fabs(t) / 16);
    status = gf_integrate_line(&sum, mean_integrand, &call, cut, 33, true, true,
                               error);
    *out = sum.value;
    return status;
}

/* --- with the optimal critic ------------------------------------------- */

static double logit(double x, double t)
{
    return t * t / 2 - t * x;
}

/* d/dx log(1 - D*), d/dx of -log D*. */
static double minimax_slope(double x, double t)
{
    return t * sigmoid(logit(x, t));
}

static double log_d_slope(double x, double t)
{
    return t * sigmoid(-logit(x, t));
}

gf_status gf_fact_vanishing(gf_fact *fact, const gf_fact_call *call)
{
    static const char *const names[] = {
        "theta", "minimax", "non-saturating", "wasserstein", "JS", NULL};
    enum { ROWS = 49 };
    static const gf_divergence_kind js = GF_DIVERGENCE_JS;
    gf_status status = gf_fact_table(fact, ROWS, call->error, names);

    for (size_t i = 0; i < ROWS && !status; i++) {
        double *row = gf_fact_row(fact, i);
        gf_divergences all;
        char q[64];
        row[0] = 0.25 * (double)i;
        status = mean(&row[1], minimax_slope, row[0], call->error);
        if (!status)
            status = mean(&row[2], log_d_slope, row[0], call->error);
        /* the critic of slope 1 that is steepest between them */
        row[3] = row[0] > 0 ? 1 : 0;
        snprintf(q, sizeof q, "normal(%.17g,1)", row[0]);
        if (!status)
            status =
                gf_fact_distances(&all, "normal(0,1)", q, &js, 1, call->error);
        row[4] = all.item[js].value;
    }
    if (status)
        return status;
    fact->log_y = true;
    gf_fact_add(fact, "minimax at theta = 4", gf_fact_row(fact, 16)[1], "",
                NAN);
    gf_fact_add(fact, "minimax at theta = 8", gf_fact_row(fact, 32)[1], "",
                NAN);
    gf_fact_add(fact, "non-saturating at theta = 8", gf_fact_row(fact, 32)[2],
                "theta", 8);
    return GF_OK;
}

/* --- near the optimal critic ------------------------------------------- */

/* Fakes on (0,1) and data elsewhere: D* = 0 there. D = a (1 + sin x) with
   a = e/(1 + sqrt 2) has |D - D*| + |D'| <= e. */
typedef struct near_call {
    double a;
} near_call;

static double near_slope(double x, void *ctx)
{
    const near_call *c = ctx;

    return c->a * cos(x) / (1 - c->a * (1 + sin(x)));
}

gf_status gf_fact_near_optimal(gf_fact *fact, const gf_fact_call *call)
{
    static const char *const names[] = {"epsilon", "gradient", "bound", NULL};
    static const double cut[] = {0, 1};
    enum { ROWS = 31 };
    gf_status status = gf_fact_table(fact, ROWS, call->error, names);
    double most = 0;

    for (size_t i = 0; i < ROWS && !status; i++) {
        double *row = gf_fact_row(fact, i);
        near_call c;
        gf_integral sum = {.least = 1e-30};
        row[0] = pow(10, -6 + 0.19 * (double)i);
        c.a = row[0] / (1 + sqrt(2));
        status = gf_integrate_line(&sum, near_slope, &c, cut, 2, false, false,
                                   call->error);
        row[1] = sum.value;
        row[2] = row[0] / (1 - row[0]);
        most = fmax(most, row[1] / row[2]);
    }
    fact->log_x = fact->log_y = true;
    gf_fact_add(fact, "largest gradient/bound", most, "at most", 1);
    /* int_0^1 a cos x/(1 - a (1 + sin x)) dx */
    if (!status) {
        double a = gf_fact_row(fact, 20)[0] / (1 + sqrt(2));
        gf_fact_add(fact, "gradient in row 21", gf_fact_row(fact, 20)[1],
                    "-log(1 - a sin 1/(1 - a))", -log1p(-a * sin(1) / (1 - a)));
    }
    return status;
}

/* --- the -log D trick -------------------------------------------------- */

/* KL(Q|P) - 2 JS as a function of t. */
static gf_status gap(double *out, double *kl, double *js, double t,
                     gf_error *error)
{
    static const gf_divergence_kind kind[] = {GF_DIVERGENCE_KL_REVERSE,
                                              GF_DIVERGENCE_JS};
    gf_divergences all;
    char q[64];
    gf_status status;

    snprintf(q, sizeof q, "normal(%.17g,1)", t);
    status = gf_fact_distances(&all, "normal(0,1)", q, kind, 2, error);
    *kl = all.item[kind[0]].value;
    *js = all.item[kind[1]].value;
    *out = *kl - 2 * *js;
    return status;
}

/* Its derivative by differences of fourth order. */
static gf_status gap_slope(double *out, double *js_slope, double t,
                           gf_error *error)
{
    static const double offset[] = {-2, -1, 1, 2};
    static const double weight[] = {1.0 / 12, -2.0 / 3, 2.0 / 3, -1.0 / 12};
    const double h = 1e-3;
    gf_status status = GF_OK;

    *out = *js_slope = 0;
    for (int i = 0; i < 4 && !status; i++) {
        double y, kl, js;
        status = gap(&y, &kl, &js, t + offset[i] * h, error);
        *out += weight[i] * y / h;
        *js_slope += 2 * weight[i] * js / h;
    }
    return status;
}

gf_status gf_fact_log_d(gf_fact *fact, const gf_fact_call *call)
{
    static const char *const names[] = {"theta",           "E[-grad log D*]",
                                        "grad(KL - 2 JS)", "grad KL",
                                        "grad 2 JS",       NULL};
    enum { ROWS = 25 };
    gf_status status = gf_fact_table(fact, ROWS, call->error, names);
    double worst = 0;

    for (size_t i = 0; i < ROWS && !status; i++) {
        double *row = gf_fact_row(fact, i);
        row[0] = 0.125 * (double)i;
        status = mean(&row[1], log_d_slope, row[0], call->error);
        if (!status)
            status = gap_slope(&row[2], &row[4], row[0], call->error);
        row[3] = row[0]; /* of t^2/2 */
        worst = fmax(worst, fabs(row[1] - row[2]));
    }
    gf_fact_add(fact, "largest difference of the two sides", worst, "", NAN);
    return status;
}

/* --- saturation -------------------------------------------------------- */

gf_status gf_fact_saturation(gf_fact *fact, const gf_fact_call *call)
{
    static const char *const names[] = {"D", "|d log(1-D)/ds|", "|d log D/ds|",
                                        NULL};
    static const double d[] = {0.001, 0.01, 0.05, 0.1, 0.2,  0.3,  0.4,  0.5,
                               0.6,   0.7,  0.8,  0.9, 0.95, 0.99, 0.999};
    enum { ROWS = sizeof d / sizeof *d };
    gf_status status = gf_fact_table(fact, ROWS, call->error, names);
    double worst = 0;

    for (size_t i = 0; i < ROWS && !status; i++) {
        double *row = gf_fact_row(fact, i), s = log(d[i] / (1 - d[i]));
        const double h = 1e-4;
        row[0] = d[i];
        row[1] = sigmoid(s);
        row[2] = sigmoid(-s);
        /* by central differences of the losses */
        worst = fmax(
            worst, fabs(row[1] + (log(sigmoid(-s - h)) - log(sigmoid(-s + h))) /
                                     (2 * h)));
        worst = fmax(worst,
                     fabs(row[2] - (log(sigmoid(s + h)) - log(sigmoid(s - h))) /
                                       (2 * h)));
    }
    gf_fact_add(fact, "off from central differences by", worst, "", NAN);
    return status;
}
