/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is left where a multiplier crosses the circle [kuznetsov2004, 4.5-4.7,
 * 5.4].  The state on the centre manifold is x(w) = q w + q' w' + h20 w^2 + h11
 * w w' + h02 w'^2 + ..., q the eigenvector, and on it the map is
 *
 *     w -> mu w + c w^2 w'      (a pair; r -> |mu| r + Re(c/mu) r^3)
 *     w -> mu w + c w^3         (mu = -1; 0 = (|mu| - 1) - c r^2)
 *
 * Terms of order two give h by linear equations, then those of order three give
 * c by the left eigenvector p, p q = 1.
 */
#include "analysis/bifurcation.h"

#include <math.h>
#include <string.h>

enum { N = GF_JET_STATE_MAX };

typedef double complex matrix[N][N];
typedef double complex vector[N];

typedef struct form {
    const gf_jet_game *game;
    const gf_optimizer *optimizer;
    const gf_stability_options *options;
    double step[2];
    size_t n;
    matrix m;
} form;

/* x of a x = b, by elimination. */
static void solve(vector x, matrix a, const vector b, size_t n)
{
    matrix u;

    memcpy(u, a, sizeof u);
    memcpy(x, b, sizeof(vector));
    for (size_t k = 0; k < n; k++) {
        size_t best = k;
        for (size_t i = k + 1; i < n; i++)
            if (cabs(u[i][k]) > cabs(u[best][k]))
                best = i;
        for (size_t j = 0; j < n; j++) {
            double complex t = u[k][j];
            u[k][j] = u[best][j];
            u[best][j] = t;
        }
        double complex t = x[k];
        x[k] = x[best];
        x[best] = t;
        for (size_t i = k + 1; i < n; i++) {
            double complex f = u[i][k] / u[k][k];
            for (size_t j = k; j < n; j++)
                u[i][j] -= f * u[k][j];
            x[i] -= f * x[k];
        }
    }
    for (size_t k = n; k-- > 0;) {
        for (size_t j = k + 1; j < n; j++)
            x[k] -= u[k][j] * x[j];
        x[k] /= u[k][k];
    }
}

static bool map(const form *f, gf_jet state[N])
{
    return gf_jet_map(state, f->game, f->optimizer, f->options->order,
                      f->options->critic_steps, f->step);
}

/* The linear map, column by column. */
static bool linearise(form *f)
{
    for (size_t j = 0; j < f->n; j++) {
        gf_jet state[N] = {{0}};
        state[j][GF_JET_W] = 1;
        if (!map(f, state))
            return false;
        for (size_t i = 0; i < f->n; i++)
            f->m[i][j] = state[i][GF_JET_W];
    }
    return true;
}

/* The eigenvector of m (or of its transpose), by inverse iteration. */
static void eigenvector(vector out, const form *f, double complex mu,
                        bool is_left)
{
    matrix a;

    for (size_t i = 0; i < f->n; i++)
        for (size_t j = 0; j < f->n; j++)
            a[i][j] = (is_left ? f->m[j][i] : f->m[i][j]) -
                      (i == j ? mu * (1 + 1e-10) : 0);
    for (size_t i = 0; i < N; i++)
        out[i] = 1 + 0.1 * (double)i;
    for (int n = 0; n < 4; n++) {
        vector next;
        double size = 0;
        solve(next, a, out, f->n);
        for (size_t i = 0; i < f->n; i++)
            size += creal(next[i] * conj(next[i]));
        for (size_t i = 0; i < f->n; i++)
            out[i] = next[i] / sqrt(size);
    }
}

/* h of (shift - m) h = what the map says at order two. */
static void order_two(vector h, const form *f, double complex shift,
                      gf_jet after[N], int term)
{
    matrix a;
    vector b = {0};

    for (size_t i = 0; i < f->n; i++) {
        for (size_t j = 0; j < f->n; j++)
            a[i][j] = (i == j ? shift : 0) - f->m[i][j];
        b[i] = after[i][term];
    }
    solve(h, a, b, f->n);
}

/* Does the map keep what is linear so? */
static bool is_straight(gf_jet after[N], size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (int k = GF_JET_WW; k < GF_JET_TERMS; k++)
            if (after[i][k] != 0)
                return false;
    return true;
}

/* Re(c/mu) of the normal form; 0 where it is no more than what is lost in the
   sums that make it. */
static double coefficient(const form *f, double complex mu, const vector q,
                          const vector p, bool is_pair, bool is_resonant)
{
    static const double lost = 1e-11;
    gf_jet state[N] = {{0}}, after[N];
    vector ww, wv = {0};
    double complex sum = 0, scale = 0;
    double weight = 0;
    int term = is_pair ? GF_JET_WWV : GF_JET_WWW;

    for (size_t i = 0; i < f->n; i++) {
        state[i][GF_JET_W] = q[i];
        state[i][GF_JET_V] = is_pair ? conj(q[i]) : 0;
        scale += p[i] * q[i];
    }
    memcpy(after, state, sizeof after);
    map(f, after);
    if (is_straight(after, f->n))
        return 0;
    if (is_resonant)
        return NAN;
    order_two(ww, f, mu * mu, after, GF_JET_WW);
    if (is_pair)
        order_two(wv, f, 1, after, GF_JET_WV);
    for (size_t i = 0; i < f->n; i++) {
        state[i][GF_JET_WW] = ww[i];
        state[i][GF_JET_WV] = wv[i];
        state[i][GF_JET_VV] = is_pair ? conj(ww[i]) : 0;
    }
    map(f, state);
    for (size_t i = 0; i < f->n; i++) {
        sum += p[i] * state[i][term];
        weight += cabs(p[i]) * (cabs(state[i][term]) + cabs(after[i][term]));
    }
    double a = creal(sum / scale / mu);
    return fabs(a) <= lost * weight / cabs(scale) ? 0 : a;
}

void gf_bifurcation_find(gf_limit *limit, const gf_jet_game *game,
                         const gf_linear *linear, const gf_optimizer *optimizer,
                         const gf_stability_options *options, double slope)
{
    const gf_optimizer_rule *rule = optimizer->rule;
    bool is_pair = limit->crossing == GF_CROSSING_CIRCLE;
    double complex mu = is_pair ? cexp(I * limit->angle) : -1;
    form f = {.game = game, .optimizer = optimizer, .options = options};
    vector q, p;

    limit->coefficient = limit->amplitude[0] = limit->amplitude[1] = NAN;
    if (!is_pair && limit->crossing != GF_CROSSING_FLIP)
        return;
    for (size_t v = 0; v <= rule->memory; v++)
        f.n += rule->copies & (1u << v) ? 0 : 2;
    for (size_t i = 0; i < 2; i++)
        f.step[i] = limit->step * linear->speed[i];
    if (rule->through_eps || f.n > N || !linearise(&f))
        return;
    eigenvector(q, &f, mu, false);
    eigenvector(p, &f, mu, true);
    /* a length of 1 in z */
    double size = sqrt(creal(q[0] * conj(q[0]) + q[1] * conj(q[1])));
    for (size_t i = 0; i < f.n; i++)
        q[i] /= size;
    limit->coefficient =
        coefficient(&f, mu, q, p, is_pair, limit->resonance > 0);
    if (!(fabs(limit->coefficient) > 0))
        return;
    double r = sqrt(fabs(slope / limit->coefficient));
    for (size_t i = 0; i < 2; i++)
        limit->amplitude[i] = (is_pair ? 2 : 1) * r * cabs(q[i]);
}
