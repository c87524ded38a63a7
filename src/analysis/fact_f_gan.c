/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Variational bounds [nowozin2016]: for every T,
 *
 *     E_P T(x) - E_Q f*(T(x)) <= D_f(P|Q),   = at T* = f'(p/q).
 *
 * P = N(0,1), Q = N(1,1), and T = f'(1) + c (T* - f'(1)): too timid a critic
 * for c < 1, too bold a one for c > 1.
 */
#include "analysis/fact.h"

#include <math.h>

typedef struct member {
    const char *name;
    gf_divergence_kind kind;
    double (*slope)(double u);     /* f' */
    double (*conjugate)(double t); /* f* */
    double most;                   /* its domain: t < most */
} member;

static double kl_slope(double u)
{
    return log(u) + 1;
}

static double kl_conjugate(double t)
{
    return exp(t - 1);
}

static double reverse_slope(double u)
{
    return -1 / u;
}

static double reverse_conjugate(double t)
{
    return -1 - log(-t);
}

static double pearson_slope(double u)
{
    return 2 * (u - 1);
}

static double pearson_conjugate(double t)
{
    return t * t / 4 + t;
}

static double hellinger_slope(double u)
{
    return 1 - 1 / sqrt(u);
}

static double hellinger_conjugate(double t)
{
    return t / (1 - t);
}

static double js_slope(double u)
{
    return log(2 * u / (1 + u));
}

static double js_conjugate(double t)
{
    return -log(2 - exp(t));
}

static const member members[] = {
    {"KL", GF_DIVERGENCE_KL, kl_slope, kl_conjugate, INFINITY},
    {"reverse KL", GF_DIVERGENCE_KL_REVERSE, reverse_slope, reverse_conjugate,
     0},
    {"Pearson", GF_DIVERGENCE_PEARSON, pearson_slope, pearson_conjugate,
     INFINITY},
    {"Hellinger", GF_DIVERGENCE_HELLINGER, hellinger_slope, hellinger_conjugate,
     1},
    {"JS sum", GF_DIVERGENCE_JS_SUM, js_slope, js_conjugate,
     0.69314718055994530942},
};

enum { MEMBERS = sizeof members / sizeof *members };

typedef struct bound_call {
    const member *m;
    double c;
} bound_call;

/* p T - q f*(T), p/q = exp(1/2 - x). */
static double bound_at(double x, void *ctx)
{
    const bound_call *call = ctx;
    const double root = sqrt(2 * acos(-1));
    double p = exp(-x * x / 2) / root, q = exp(-(x - 1) * (x - 1) / 2) / root;
    double t, first = call->m->slope(1);

    if (p < 1e-200 || q < 1e-200)
        return 0;
    t = first + call->c * (call->m->slope(exp(0.5 - x)) - first);
    return p * t - q * call->m->conjugate(t);
}

/* Stays T in the domain of f*, for all p/q? */
static bool is_inside(const member *m, double c)
{
    double first = m->slope(1);

    return m->most == INFINITY || c <= 1 ||
           first + c * (m->slope(1e300) - first) <= m->most;
}

gf_status gf_fact_f_gan(gf_fact *fact, const gf_fact_call *call)
{
    static const char *const names[] = {
        "c", "KL", "reverse KL", "Pearson", "Hellinger", "JS sum", NULL};
    enum { ROWS = 61, OPTIMAL = 40 };
    static gf_divergence_kind const kind[MEMBERS] = {
        GF_DIVERGENCE_KL, GF_DIVERGENCE_KL_REVERSE, GF_DIVERGENCE_PEARSON,
        GF_DIVERGENCE_HELLINGER, GF_DIVERGENCE_JS_SUM};
    gf_divergences all;
    double cut[41];
    gf_status status = gf_fact_table(fact, ROWS, call->error, names);

    for (int i = 0; i <= 40; i++)
        cut[i] = 0.5 + (i - 20) * 0.75;
    if (!status)
        status = gf_fact_distances(&all, "normal(0,1)", "normal(1,1)", kind,
                                   MEMBERS, call->error);
    for (size_t i = 0; i < ROWS && !status; i++) {
        double *row = gf_fact_row(fact, i);
        row[0] = (double)i / OPTIMAL;
        for (int k = 0; k < MEMBERS && !status; k++) {
            bound_call b = {&members[k], row[0]};
            gf_integral sum = {.least = 1e-15};
            if (!is_inside(&members[k], row[0]))
                continue;
            status = gf_integrate_line(&sum, bound_at, &b, cut, 41, false,
                                       false, call->error);
            row[1 + k] = sum.value / all.item[members[k].kind].value;
        }
    }
    for (int k = 0; k < MEMBERS && !status; k++) {
        double whole = all.item[members[k].kind].value;
        gf_fact_add(fact, members[k].name,
                    gf_fact_row(fact, OPTIMAL)[1 + k] * whole, "the divergence",
                    whole);
    }
    return status;
}
