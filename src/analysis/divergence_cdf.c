/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Distances by distribution functions: W1 = int |F - G|, energy distance
 * 2 int (F - G)^2, Kolmogorov-Smirnov sup |F - G|. The difference is taken in
 * the nearer tail.
 */
#include "analysis/divergence.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double difference(const gf_pair *pair, double x)
{
    double f = gf_distribution_below(pair->p, x);
    double g = gf_distribution_below(pair->q, x);

    if (f + g < 1)
        return f - g;
    return gf_distribution_above(pair->q, x) -
           gf_distribution_above(pair->p, x);
}

static double absolute(double x, void *ctx)
{
    return fabs(difference(ctx, x));
}

static double square(double x, void *ctx)
{
    double d = difference(ctx, x);

    return d * d;
}

/* --- all mass in atoms ------------------------------------------------- */

typedef struct sums {
    double absolute, square, most;
} sums;

/* F and G are constant between the points where one has an atom. */
static sums add_atoms(const gf_pair *pair)
{
    const gf_distribution *p = pair->p, *q = pair->q;
    size_t i = 0, k = 0;
    sums s = {0, 0, 0};

    for (size_t n = 0; n + 1 < pair->cuts; n++) {
        double width = pair->cut[n + 1] - pair->cut[n], d;
        while (i < p->atoms && p->atom[i].at <= pair->cut[n])
            i++;
        while (k < q->atoms && q->atom[k].at <= pair->cut[n])
            k++;
        d = fabs(p->atom_below[i] - q->atom_below[k]);
        /* what rounding leaves of equal sums */
        d = d < 1e-15 ? 0 : d;
        s.absolute += d * width;
        s.square += d * d * width;
        s.most = fmax(s.most, d);
    }
    return s;
}

/* The error bounds the rounding of a sum over all stretches. */
static void set_sum(gf_divergence *out, double value, const gf_pair *pair)
{
    out->value = value;
    out->error = 1.2e-16 * (double)(pair->cuts + 4) * value;
    out->how = GF_HOW_SUM;
}

static bool is_discrete(const gf_pair *pair)
{
    return pair->p->parts + pair->q->parts == 0;
}

/* --- quadrature -------------------------------------------------------- */

static double change_of_sign(const gf_pair *pair, double from, double to)
{
    double low = difference(pair, from);

    for (int i = 0; i < 100; i++) {
        double x = from + (to - from) / 2;
        if (!(x > from && x < to))
            break;
        if ((difference(pair, x) > 0) == (low > 0))
            from = x;
        else
            to = x;
    }
    return from;
}

/* The cuts and the places where F = G. */
static gf_status cut_at_signs(double **out, size_t *count, const gf_pair *pair,
                              gf_error *error)
{
    enum { PARTS = 4 };
    size_t n = pair->cuts;
    double *cut = malloc((n * (PARTS + 1) + 1) * sizeof *cut);

    *out = cut;
    if (!cut)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    memcpy(cut, pair->cut, n * sizeof *cut);
    for (size_t i = 0; i + 1 < pair->cuts; i++) {
        double from = pair->cut[i], width = pair->cut[i + 1] - from;
        double last = difference(pair, from), last_x = from;
        for (int k = 1; k <= PARTS; k++) {
            /* up to just before the next cut, where an atom may be */
            double x = from + width * (k == PARTS ? 1 - 1e-12 : k / 4.0);
            double d = difference(pair, x);
            if (last * d < 0)
                cut[n++] = change_of_sign(pair, last_x, x);
            last = d;
            last_x = x;
        }
    }
    *count = gf_cuts_tidy(cut, n);
    return GF_OK;
}

static gf_status integrate(gf_divergence *out, const gf_pair *pair,
                           gf_integrand f, double factor, double least,
                           const double *cut, size_t cuts, size_t *evaluations,
                           gf_error *error)
{
    gf_integral sum = {.least = least * pair->width};
    gf_status status =
        gf_integrate_line(&sum, f, (void *)pair, cut, cuts, pair->left_open,
                          pair->right_open, error);

    *evaluations += sum.evaluations;
    out->value = factor * sum.value;
    out->error = factor * sum.error + 4e-16 * out->value;
    out->how = GF_HOW_QUADRATURE;
    return status;
}

/* Does |F - G| fall no faster than 1/x beyond an end? What is only rounding of
   nearly equal tails does not count. */
static bool is_heavy_at(const gf_pair *pair, double end, double way)
{
    double near = fabs(difference(pair, end + way));
    double far = fabs(difference(pair, end + 10 * way));
    double size = way < 0 ? gf_distribution_below(pair->p, end + 10 * way)
                          : gf_distribution_above(pair->p, end + 10 * way);

    return far > 1e-250 && far > 1e-9 * size && log10(far / near) > -1.01;
}

static bool is_heavy(const gf_pair *pair)
{
    double first = pair->cut[0], last = pair->cut[pair->cuts - 1];
    double reach = 1e3 * fmax(last - first, 1e-100);

    return is_heavy_at(pair, first, -reach) || is_heavy_at(pair, last, reach);
}

gf_status gf_divergence_w1(gf_divergence *out, const gf_pair *pair,
                           size_t *evaluations, gf_error *error)
{
    double *cut = NULL;
    size_t cuts = 0;
    gf_status status;

    if (is_discrete(pair)) {
        set_sum(out, add_atoms(pair).absolute, pair);
        return GF_OK;
    }
    if (is_heavy(pair)) {
        out->value = INFINITY;
        out->how = GF_HOW_QUADRATURE;
        snprintf(out->reason, sizeof out->reason,
                 "a tail has no mean: |F - G| falls no faster than 1/x");
        return GF_OK;
    }
    status = cut_at_signs(&cut, &cuts, pair, error);
    if (!status)
        status = integrate(out, pair, absolute, 1, 1e-16, cut, cuts,
                           evaluations, error);
    free(cut);
    return status;
}

gf_status gf_divergence_energy(gf_divergence *out, const gf_pair *pair,
                               size_t *evaluations, gf_error *error)
{
    if (is_discrete(pair)) {
        set_sum(out, 2 * add_atoms(pair).square, pair);
        return GF_OK;
    }
    return integrate(out, pair, square, 2, 1e-28, pair->cut, pair->cuts,
                     evaluations, error);
}

/* --- the largest difference -------------------------------------------- */

/* The largest |F - G| inside of a stretch, by golden sections round the best of
   some points; at its left end from the right, at its right end from the left.
 */
static double most_between(const gf_pair *pair, double from, double to)
{
    enum { PARTS = 8 };
    const double gold = 0.61803398874989485;
    double width = to - from, best = fabs(difference(pair, from)), at = from;
    double low, high;

    for (int k = 1; k <= PARTS; k++) {
        double x = k == PARTS ? nextafter(to, from) : from + width * k / PARTS;
        double d = fabs(difference(pair, x));
        if (d > best) {
            best = d;
            at = x;
        }
    }
    low = fmax(from, at - width / PARTS);
    high = fmin(nextafter(to, from), at + width / PARTS);
    for (int i = 0; i < 60 && high > low; i++) {
        double a = high - gold * (high - low), b = low + gold * (high - low);
        double y = fabs(difference(pair, a)), z = fabs(difference(pair, b));
        best = fmax(best, fmax(y, z));
        if (y > z)
            high = b;
        else
            low = a;
    }
    return best;
}

gf_status gf_divergence_ks(gf_divergence *out, const gf_pair *pair,
                           size_t *evaluations, gf_error *error)
{
    double most = 0;

    (void)error;
    (void)evaluations;
    if (is_discrete(pair)) {
        set_sum(out, add_atoms(pair).most, pair);
        return GF_OK;
    }
    for (size_t i = 0; i + 1 < pair->cuts; i++)
        most = fmax(most, most_between(pair, pair->cut[i], pair->cut[i + 1]));
    out->value = most;
    out->error = 1e-14;
    out->how = GF_HOW_QUADRATURE;
    return GF_OK;
}
