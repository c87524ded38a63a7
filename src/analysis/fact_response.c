/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The response connection: how the optimal critic follows the generator. Its
 * logit is s* = log p_d - log p_u, so a step of the parameter u moves it by
 *
 *     A_u = -d_u log p_u,
 *
 * and a critic s = phi . f(x) that is at its optimum follows by
 * -L_phi,phi^-1 L_phi,u, L = E_d log sigmoid(s) + E_u log sigmoid(-s). Here p_d
 * = N(0,1), p_u = N(m, s^2) and f = (1, x, x^2), whose critics hold s*.
 */
#include "analysis/fact.h"

#include <math.h>

enum { FEATURES = 3, PARAMETERS = 2 };

static const double mean = 0.7, spread = 1.3;

static double bell(double x, double m, double s)
{
    double z = (x - m) / s;

    return exp(-z * z / 2) / (s * sqrt(2 * acos(-1)));
}

/* d_u log p_u of m and s. */
static double score(double x, int u)
{
    double z = (x - mean) / spread;

    return u == 0 ? z / spread : (z * z - 1) / spread;
}

/* Which entry is integrated: of L_phi,phi (u < 0) or of L_phi,u. */
typedef struct entry {
    int row, column, u;
} entry;

static double integrand(double x, void *ctx)
{
    const entry *e = ctx;
    double d = bell(x, 0, 1), g = bell(x, mean, spread);
    double part = d + g > 0 ? d / (d + g) : 0.5; /* sigmoid(s*) */

    if (e->u >= 0)
        return -score(x, e->u) * g * part * pow(x, e->row);
    return -(d + g) * part * (1 - part) * pow(x, e->row + e->column);
}

static gf_status integrate(double *out, entry e, gf_error *error)
{
    gf_integral sum = {.least = 1e-18};
    double cut[49];
    gf_status status;

    for (int i = 0; i < 49; i++)
        cut[i] = 0.5 * (i - 24);
    status =
        gf_integrate_line(&sum, integrand, &e, cut, 49, false, false, error);
    *out = sum.value;
    return status;
}

/* Solves a x = b by elimination; a is definite. */
static void solve(double a[FEATURES][FEATURES], double b[FEATURES])
{
    for (int i = 0; i < FEATURES; i++)
        for (int k = i + 1; k < FEATURES; k++) {
            double by = a[k][i] / a[i][i];
            for (int j = i; j < FEATURES; j++)
                a[k][j] -= by * a[i][j];
            b[k] -= by * b[i];
        }
    for (int i = FEATURES - 1; i >= 0; i--) {
        for (int j = i + 1; j < FEATURES; j++)
            b[i] -= a[i][j] * b[j];
        b[i] /= a[i][i];
    }
}

/* -L_phi,phi^-1 L_phi,u. */
static gf_status follow(double phi[FEATURES], int u, gf_error *error)
{
    double a[FEATURES][FEATURES];
    gf_status status = GF_OK;

    for (int i = 0; i < FEATURES && !status; i++) {
        for (int k = 0; k < FEATURES && !status; k++)
            status = integrate(&a[i][k], (entry){i, k, -1}, error);
        if (!status)
            status = integrate(&phi[i], (entry){i, 0, u}, error);
        phi[i] = -phi[i];
    }
    if (!status)
        solve(a, phi);
    return status;
}

gf_status gf_fact_response(gf_fact *fact, const gf_fact_call *call)
{
    static const char *const names[] = {"x",         "A of m",    "A of s",
                                        "critic, m", "critic, s", NULL};
    enum { ROWS = 61 };
    double phi[PARAMETERS][FEATURES], worst = 0;
    gf_status status = gf_fact_table(fact, ROWS, call->error, names);

    for (int u = 0; u < PARAMETERS && !status; u++)
        status = follow(phi[u], u, call->error);
    if (status)
        return status;
    for (size_t i = 0; i < ROWS; i++) {
        double *row = gf_fact_row(fact, i), x = ((double)i - ROWS / 2) / 10;
        row[0] = x;
        for (int u = 0; u < PARAMETERS; u++) {
            row[1 + u] = -score(x, u);
            row[3 + u] = phi[u][0] + x * (phi[u][1] + x * phi[u][2]);
            worst = fmax(worst, fabs(row[3 + u] - row[1 + u]));
        }
    }
    gf_fact_add(fact, "off from one another by, at most", worst, "", NAN);
    gf_fact_add(fact, "critic, slope in m", phi[0][1], "-1/s^2",
                -1 / (spread * spread));
    gf_fact_add(fact, "critic, square in s", phi[1][2], "-1/s^3",
                -1 / (spread * spread * spread));
    return GF_OK;
}
