/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Otto connection on the line [otto2001]: of the fields that move a density
 * as a parameter u does, d_u p + (p v)' = 0, the gradient field is the only one
 * in one dimension,
 *
 *     v_u = -d_u F/p,
 *
 * F the distribution function. Particles that follow it keep their quantile, so
 * that a closed loop of parameters brings each of them back: no curvature.
 * Here p = w N(-m, s^2) + (1 - w) N(m, s^2), and u is m, s or w.
 */
#include "analysis/fact.h"

#include <math.h>
#include <stdio.h>

enum { M, S, W, PARAMETERS };

static double bell(double z)
{
    return exp(-z * z / 2) / sqrt(2 * acos(-1));
}

static double step(double z)
{
    return erfc(-z / sqrt(2)) / 2;
}

/* v_u of the three parameters at x. */
static void field(double v[PARAMETERS], double x,
                  const double theta[PARAMETERS])
{
    double m = theta[M], s = theta[S], w = theta[W];
    double y = (x + m) / s, z = (x - m) / s;
    double p = (w * bell(y) + (1 - w) * bell(z)) / s;

    /* F = w step(y) + (1 - w) step(z) */
    v[M] = -(w * bell(y) - (1 - w) * bell(z)) / s / p;
    v[S] = (w * bell(y) * y + (1 - w) * bell(z) * z) / s / p;
    v[W] = -(step(y) - step(z)) / p;
}

/* The place of x's quantile for other parameters, by quantiles. */
static gf_status moved(double *out, double x, const double from[PARAMETERS],
                       const double to[PARAMETERS], gf_error *error)
{
    static const char format[] =
        "mixture(%.17g*normal(%.17g,%.17g), (1-%.17g)*normal(%.17g,%.17g))";
    gf_distribution *d[2] = {NULL, NULL};
    gf_status status = GF_OK;

    for (int i = 0; i < 2 && !status; i++) {
        const double *t = i ? to : from;
        char text[256];
        snprintf(text, sizeof text, format, t[W], -t[M], t[S], t[W], t[M],
                 t[S]);
        status = gf_distribution_read(&d[i], text, error);
    }
    if (!status)
        *out = gf_distribution_quantile(d[1], gf_distribution_below(d[0], x),
                                        gf_distribution_above(d[0], x));
    gf_distribution_free(d[0]);
    gf_distribution_free(d[1]);
    return status;
}

/* How far the fields are from differences of quantiles. */
static gf_status compare(double *worst, double x,
                         const double theta[PARAMETERS], gf_error *error)
{
    const double h = 1e-4;
    double v[PARAMETERS];
    gf_status status = GF_OK;

    field(v, x, theta);
    for (int u = 0; u < PARAMETERS && !status; u++) {
        double forth[PARAMETERS], back[PARAMETERS], right = 0, left = 0;
        for (int k = 0; k < PARAMETERS; k++)
            forth[k] = back[k] = theta[k];
        forth[u] += h;
        back[u] -= h;
        status = moved(&right, x, theta, forth, error);
        if (!status)
            status = moved(&left, x, theta, back, error);
        *worst = fmax(*worst,
                      fabs((right - left) / (2 * h) - v[u]) / (1 + fabs(v[u])));
    }
    return status;
}

/* --- a closed loop ----------------------------------------------------- */

/* m and w go round an ellipse; the velocity of a particle at time t. */
static double along(double x, double t, const double centre[PARAMETERS])
{
    const double a = 0.5, b = 0.3;
    double theta[PARAMETERS] = {centre[M] + a * (cos(t) - 1), centre[S],
                                centre[W] + b * sin(t)};
    double v[PARAMETERS];

    field(v, x, theta);
    return -a * sin(t) * v[M] + b * cos(t) * v[W];
}

static double round_loop(double x, const double centre[PARAMETERS])
{
    enum { STEPS = 4000 };
    const double h = 2 * acos(-1) / STEPS;

    for (int i = 0; i < STEPS; i++) {
        double t = i * h;
        double k1 = along(x, t, centre);
        double k2 = along(x + h / 2 * k1, t + h / 2, centre);
        double k3 = along(x + h / 2 * k2, t + h / 2, centre);
        double k4 = along(x + h * k3, t + h, centre);
        x += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
    }
    return x;
}

/* d_a v_b - d_b v_a + v_a v_b' - v_b v_a', by differences. */
static double curvature(double x, const double theta[PARAMETERS], int a, int b)
{
    const double h = 1e-5;
    double forth[PARAMETERS], back[PARAMETERS], here[PARAMETERS];
    double slope[2][PARAMETERS][2]; /* by a, by b; of each; forth, back */
    double result;

    field(here, x, theta);
    for (int side = 0; side < 2; side++) {
        double at[2][PARAMETERS], v[PARAMETERS];
        for (int k = 0; k < PARAMETERS; k++)
            at[0][k] = at[1][k] = theta[k];
        at[0][a] += side ? -h : h;
        at[1][b] += side ? -h : h;
        for (int i = 0; i < 2; i++) {
            field(v, x, at[i]);
            for (int k = 0; k < PARAMETERS; k++)
                slope[i][k][side] = v[k];
        }
    }
    field(forth, x + h, theta);
    field(back, x - h, theta);
    result =
        (slope[0][b][0] - slope[0][b][1]) - (slope[1][a][0] - slope[1][a][1]);
    result += here[a] * (forth[b] - back[b]) - here[b] * (forth[a] - back[a]);
    return result / (2 * h);
}

gf_status gf_fact_otto(gf_fact *fact, const gf_fact_call *call)
{
    static const char *const names[] = {"x", "v of m", "v of s", "v of w",
                                        NULL};
    const double theta[PARAMETERS] = {1.5, 0.8, 0.5};
    enum { ROWS = 161 };
    double worst = 0, back = 0, bent = 0, one[PARAMETERS],
           single[] = {1.5, 2, 0};
    gf_status status = gf_fact_table(fact, ROWS, call->error, names);

    for (size_t i = 0; i < ROWS && !status; i++) {
        double *row = gf_fact_row(fact, i);
        row[0] = ((double)i - ROWS / 2) / 20;
        field(&row[1], row[0], theta);
        if (i % 20 != 0)
            continue;
        status = compare(&worst, row[0], theta, call->error);
        bent = fmax(bent, fabs(curvature(row[0], theta, M, W)));
        if (fabs(row[0]) <= 3)
            back = fmax(back, fabs(round_loop(row[0], theta) - row[0]));
    }
    field(one, 3, single);
    gf_fact_add(fact, "off from moved quantiles by", worst, "", NAN);
    gf_fact_add(fact, "curvature in (m, w), at most", bent, "", NAN);
    gf_fact_add(fact, "a closed loop moves x by", back, "", NAN);
    gf_fact_add(fact, "one normal: v of m at 3", one[M], "1", 1);
    gf_fact_add(fact, "one normal: v of s at 3", one[S], "(x - m)/s", 0.75);
    return status;
}
