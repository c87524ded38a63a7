/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts about distances themselves. */
#include "analysis/fact.h"

#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_lambert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define LOG_2 0.69314718055994530942

/* --- the optimal discriminator ----------------------------------------- */

/* p log D* + q log(1 - D*). */
static double value_of(double log_p, double log_q)
{
    double d = log_p - log_q;
    double p = exp(log_p), q = exp(log_q);

    return (p > 0 ? -p * log1p(exp(-d)) : 0) + (q > 0 ? -q * log1p(exp(d)) : 0);
}

static double value_at(double x, void *ctx)
{
    const gf_pair *pair = ctx;

    return value_of(gf_distribution_log_density(pair->p, x),
                    gf_distribution_log_density(pair->q, x));
}

static double value_atom(double p, double q, const void *ctx)
{
    (void)ctx;
    return value_of(log(p), log(q));
}

gf_status gf_fact_discriminator(gf_fact *fact, const gf_fact_call *call)
{
    static const char *const names[] = {"x", "D*", "p", "q", NULL};
    enum { ROWS = 81 };
    gf_status status = gf_fact_table(fact, ROWS, call->error, names);
    gf_divergence js = {.value = NAN};
    gf_generator g = gf_generator_of(GF_DIVERGENCE_JS, 0);
    gf_integral sum = {.least = 1e-16};
    size_t evaluations = 0;
    double low, high;
    gf_pair pair;

    if (status)
        return status;
    status = gf_pair_init(&pair, call->p, call->q, call->error);
    if (!status)
        status =
            gf_divergence_integrate(&js, &pair, &g, &evaluations, call->error);
    if (!status)
        status =
            gf_integrate_line(&sum, value_at, &pair, pair.cut, pair.cuts,
                              pair.left_open, pair.right_open, call->error);
    low = fmin(gf_distribution_quantile(call->p, 0.002, 0.998),
               gf_distribution_quantile(call->q, 0.002, 0.998));
    high = fmax(gf_distribution_quantile(call->p, 0.998, 0.002),
                gf_distribution_quantile(call->q, 0.998, 0.002));
    for (size_t i = 0; i < ROWS; i++) {
        double *row = gf_fact_row(fact, i);
        row[0] = low + (high - low) * (double)i / (ROWS - 1);
        row[2] = gf_distribution_density(call->p, row[0]);
        row[3] = gf_distribution_density(call->q, row[0]);
        if (row[2] + row[3] > 0)
            row[1] = row[2] / (row[2] + row[3]);
    }
    gf_fact_add(fact, "V(D*) by quadrature",
                sum.value + gf_pair_atoms(&pair, value_atom, NULL),
                "2 JS - 2 log 2", 2 * js.value - 2 * LOG_2);
    gf_fact_add(fact, "JS", js.value, "", NAN);
    gf_pair_clear(&pair);
    return status;
}

/* --- two points -------------------------------------------------------- */

gf_status gf_fact_parallel_lines(gf_fact *fact, const gf_fact_call *call)
{
    static const char *const names[] = {"theta", "W1",    "JS", "TV",
                                        "KL",    "MMD^2", NULL};
    static const gf_divergence_kind kind[] = {
        GF_DIVERGENCE_W1, GF_DIVERGENCE_JS, GF_DIVERGENCE_TV, GF_DIVERGENCE_KL,
        GF_DIVERGENCE_MMD2};
    enum { ROWS = 41 };
    gf_status status = gf_fact_table(fact, ROWS, call->error, names);

    for (size_t i = 0; i < ROWS && !status; i++) {
        double *row = gf_fact_row(fact, i);
        gf_divergences all;
        char q[64];
        row[0] = ((double)i - ROWS / 2) / 20;
        snprintf(q, sizeof q, "point(%.17g)", row[0]);
        status = gf_fact_distances(&all, "point(0)", q, kind, 5, call->error);
        for (int k = 0; k < 5; k++)
            row[1 + k] = all.item[kind[k]].value;
    }
    if (status)
        return status;
    fact->jump_row = ROWS / 2;
    fact->jump_columns = 1U << 2 | 1U << 3; /* JS, TV */
    gf_fact_add(fact, "W1 at theta = 1", gf_fact_row(fact, ROWS - 1)[1],
                "|theta|", 1);
    gf_fact_add(fact, "JS off theta = 0", gf_fact_row(fact, 0)[2], "log 2",
                LOG_2);
    gf_fact_add(fact, "MMD^2 at theta = 1", gf_fact_row(fact, ROWS - 1)[5],
                "2 - 2 exp(-1/2)", 2 - 2 * exp(-0.5));
    return GF_OK;
}

gf_status gf_fact_noise(gf_fact *fact, const gf_fact_call *call)
{
    static const char *const names[] = {"sigma", "JS", "TV", "W1", "KL", NULL};
    static const gf_divergence_kind kind[] = {
        GF_DIVERGENCE_JS, GF_DIVERGENCE_TV, GF_DIVERGENCE_W1, GF_DIVERGENCE_KL};
    enum { ROWS = 41 };
    gf_status status = gf_fact_table(fact, ROWS, call->error, names);
    double worst = 0;

    for (size_t i = 0; i < ROWS && !status; i++) {
        double *row = gf_fact_row(fact, i);
        gf_divergences all;
        char p[64], q[64];
        row[0] = pow(10, -1.5 + 0.05 * (double)i);
        snprintf(p, sizeof p, "noise(point(0),%.17g)", row[0]);
        snprintf(q, sizeof q, "noise(point(1),%.17g)", row[0]);
        status = gf_fact_distances(&all, p, q, kind, 4, call->error);
        for (int k = 0; k < 4; k++)
            row[1 + k] = all.item[kind[k]].value;
        worst = fmax(worst, fabs(2 * row[0] * row[0] * row[4] - 1));
    }
    fact->log_x = fact->log_y = true;
    gf_fact_add(fact, "KL times 2 sigma^2 is off 1 by", worst, "", NAN);
    return status;
}

/* --- a critic where there are no fakes --------------------------------- */

gf_status gf_fact_disjoint(gf_fact *fact, const gf_fact_call *call)
{
    static const char *const names[] = {"t", "u, in logits", "sigmoid(u)",
                                        "D, by itself", NULL};
    const double p_d = 0.2;
    enum { ROWS = 41 };
    gf_status status = gf_fact_table(fact, ROWS, call->error, names);

    for (size_t i = 0; i < ROWS && !status; i++) {
        double *row = gf_fact_row(fact, i), z, u;
        row[0] = 0.25 * (double)i;
        /* u + exp u = 1 + p_d t: du/dt = p_d (1 - sigmoid u), u(0) = 0 */
        z = p_d * row[0];
        u = 1 + z - gsl_sf_lambert_W0(exp(1 + z));
        row[1] = u;
        row[2] = 1 / (1 + exp(-u));
        /* dD/dt = p_d/D, D(0) = 1/2, until it hits 1 */
        if (0.25 + 2 * z <= 1)
            row[3] = sqrt(0.25 + 2 * z);
    }
    gf_fact_add(fact, "D by itself is 1 at t", (1 - 0.25) / (2 * p_d), "", NAN);
    return status;
}

/* --- JS and its root --------------------------------------------------- */

enum { POINTS = 3 };

static void draw(double p[POINTS], gsl_rng *rng)
{
    double sum = 0;
    /* from even to nearly all in one point */
    double power = 1 + 4 * gsl_rng_uniform(rng);

    for (int i = 0; i < POINTS; i++)
        sum += p[i] = pow(gsl_rng_uniform_pos(rng), power);
    for (int i = 0; i < POINTS; i++)
        p[i] /= sum;
}

static double js_of(const double p[POINTS], const double q[POINTS])
{
    gf_generator g = gf_generator_of(GF_DIVERGENCE_JS, 0);
    double sum = 0;

    for (int i = 0; i < POINTS; i++)
        if (p[i] + q[i] > 0)
            sum += g.at(log(p[i]), log(q[i]), &g);
    return sum;
}

/* The longest side over the way round, for JS and for its root; the triangle
   inequality says <= 1. */
static void compare(double ratio[2], double p[3][POINTS])
{
    double a = js_of(p[0], p[1]), b = js_of(p[1], p[2]), c = js_of(p[0], p[2]);
    double most = fmax(a, fmax(b, c));

    ratio[0] = most / (a + b + c - most);
    ratio[1] = sqrt(most) / (sqrt(a) + sqrt(b) + sqrt(c) - sqrt(most));
}

static void add_triple(gf_fact *fact, const char *what, double p[3][POINTS])
{
    for (int i = 0; i < 3; i++) {
        char label[48];
        snprintf(label, sizeof label, "%s: (%.3f, %.3f, %.3f)", what, p[i][0],
                 p[i][1], p[i][2]);
        gf_fact_add(fact, label, NAN, "", NAN);
    }
}

gf_status gf_fact_metric(gf_fact *fact, const gf_fact_call *call)
{
    static const char *const names[] = {"triples", "JS", "root of JS", NULL};
    enum { ROWS = 6 };
    gf_status status = gf_fact_table(fact, ROWS, call->error, names);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double worst[2] = {0, 0}, at[2][3][POINTS] = {{{0}}}, middle[2];
    double known[3][POINTS] = {{1, 0, 0}, {0.5, 0.5, 0}, {0, 1, 0}};
    size_t row = 0, next = 1;

    if (!rng && !status)
        status = gf_error_set(call->error, GF_MEMORY, "out of memory");
    if (status) {
        gsl_rng_free(rng);
        return status;
    }
    gsl_rng_set(rng, call->seed);
    for (size_t n = 1; row < ROWS; n++) {
        double p[3][POINTS], ratio[2];
        for (int i = 0; i < 3; i++)
            draw(p[i], rng);
        compare(ratio, p);
        for (int k = 0; k < 2; k++)
            if (ratio[k] > worst[k]) {
                worst[k] = ratio[k];
                for (int i = 0; i < 3 * POINTS; i++)
                    at[k][i / POINTS][i % POINTS] = p[i / POINTS][i % POINTS];
            }
        if (n < next)
            continue;
        gf_fact_row(fact, row)[0] = (double)n;
        gf_fact_row(fact, row)[1] = worst[0];
        gf_fact_row(fact, row++)[2] = worst[1];
        next *= 10;
    }
    gsl_rng_free(rng);
    fact->log_x = true;
    compare(middle, known);
    gf_fact_add(fact, "longest side / way round, JS", worst[0], "at most", 1);
    gf_fact_add(fact, "longest side / way round, root", worst[1], "at most", 1);
    gf_fact_add(fact, "JS of two points and their middle", middle[0], "", NAN);
    gf_fact_add(fact, "its root", middle[1], "", NAN);
    add_triple(fact, "worst of JS", at[0]);
    add_triple(fact, "worst of the root", at[1]);
    return GF_OK;
}
