/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * W1 by pieces: between the sorted neighbours y_i and y_{i+1} the samples' own
 * distribution function is i/n, so that piece of int |F - i/n| has the sides of
 * Q(i/n), if that is between the two, and the integral of F over a side is a
 * difference of ramps (distribution.h).
 */
#include <ganfield/census.h>

#include <math.h>
#include <stdlib.h>

/* Where F passes a level, and its ramp there. */
typedef struct crossing {
    double at, ramp;
} crossing;

typedef struct bin {
    double to, mass; /* of the data, from the bin before up to `to` */
} bin;

struct gf_census {
    const gf_distribution *data;
    size_t n, bins, modes;
    double mean;
    crossing *level; /* n - 1, of i/n */
    bin *bin;
    double *sorted; /* n */
    gf_census_mode mode[GF_CENSUS_MODES_MAX];
};

/* --- making ------------------------------------------------------------ */

static void lay_levels(gf_census *c)
{
    for (size_t i = 1; i < c->n; i++) {
        double u = (double)i / (double)c->n;
        double above = (double)(c->n - i) / (double)c->n;
        double at = gf_distribution_quantile(c->data, u, above);
        c->level[i - 1] = (crossing){at, gf_distribution_ramp(c->data, at)};
    }
}

/* The end of a bin. The first of several at one place, where an atom is, comes
   just before it: what is at the atom is not what is left of it. */
static double end_of_bin(const gf_census *c, size_t k)
{
    double n = (double)c->bins, at, next;

    if (k + 1 == c->bins)
        return INFINITY;
    at = gf_distribution_quantile(c->data, (double)(k + 1) / n,
                                  1 - (double)(k + 1) / n);
    if (k + 2 == c->bins ||
        (k > 0 && c->bin[k - 1].to >= nextafter(at, -INFINITY)))
        return at;
    next = gf_distribution_quantile(c->data, (double)(k + 2) / n,
                                    1 - (double)(k + 2) / n);
    return at == next ? nextafter(at, -INFINITY) : at;
}

static void lay_bins(gf_census *c)
{
    double below = 0;

    for (size_t k = 0; k < c->bins; k++) {
        double to = end_of_bin(c, k);
        double up_to =
            k + 1 == c->bins ? 1 : gf_distribution_below(c->data, to);
        c->bin[k] = (bin){to, up_to - below};
        below = up_to;
    }
}

gf_status gf_census_new(gf_census **out, const gf_distribution *d, size_t n,
                        gf_error *error)
{
    gf_census *c;
    gf_status status;

    *out = NULL;
    if (n == 0)
        return gf_error_set(error, GF_ARGUMENT, "no samples to look at");
    if (n > GF_CENSUS_SAMPLES_MAX)
        return gf_error_set(error, GF_LIMIT, "more than %d samples to look at",
                            GF_CENSUS_SAMPLES_MAX);
    c = calloc(1, sizeof *c);
    if (!c)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    c->data = d;
    c->n = n;
    c->bins = (size_t)ceil(2 * pow((double)n, 0.4));
    c->mean = gf_distribution_mean(d);
    c->level = malloc(n * sizeof *c->level);
    c->bin = malloc(c->bins * sizeof *c->bin);
    c->sorted = malloc(n * sizeof *c->sorted);
    if (!c->level || !c->bin || !c->sorted) {
        gf_census_free(c);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    status = gf_census_find_modes(c->mode, &c->modes, d, error);
    if (status) {
        gf_census_free(c);
        return status;
    }
    lay_levels(c);
    lay_bins(c);
    *out = c;
    return GF_OK;
}

void gf_census_free(gf_census *c)
{
    if (!c)
        return;
    free(c->level);
    free(c->bin);
    free(c->sorted);
    free(c);
}

size_t gf_census_modes(const gf_census_mode **out, const gf_census *c)
{
    *out = c->mode;
    return c->modes;
}

/* --- looking ----------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void add_moments(gf_tally *out, const gf_census *c)
{
    double n = (double)c->n, sum = 0, square = 0;

    for (size_t i = 0; i < c->n; i++)
        sum += c->sorted[i];
    out->mean = sum / n;
    for (size_t i = 0; i < c->n; i++) {
        double off = c->sorted[i] - out->mean;
        square += off * off;
    }
    out->sd = sqrt(square / n);
}

static double w1(const gf_census *c)
{
    const double *y = c->sorted;
    double ramp = gf_distribution_ramp(c->data, y[0]), sum = ramp, next;

    if (!isfinite(c->mean))
        return INFINITY;
    for (size_t i = 1; i < c->n; i++, ramp = next) {
        const crossing *q = &c->level[i - 1];
        double u = (double)i / (double)c->n;
        double at = fmin(fmax(q->at, y[i - 1]), y[i]), there;
        next = y[i] > y[i - 1] ? gf_distribution_ramp(c->data, y[i]) : ramp;
        there = at == y[i - 1] ? ramp : at == y[i] ? next : q->ramp;
        sum += u * (at - y[i - 1]) - (there - ramp);
        sum += next - there - u * (y[i] - at);
    }
    /* beyond the last one E max(X - y, 0) */
    return sum + fmax(ramp - y[c->n - 1] + c->mean, 0);
}

/* x log(2 x/(x + y)) */
static double half_js(double x, double y)
{
    return x > 0 ? x * log(2 * x / (x + y)) : 0;
}

static void add_bins(gf_tally *out, const gf_census *c)
{
    size_t i = 0;

    out->js = out->uncovered = 0;
    for (size_t k = 0; k < c->bins; k++) {
        double p = c->bin[k].mass, q;
        size_t first = i;
        while (i < c->n && c->sorted[i] <= c->bin[k].to)
            i++;
        q = (double)(i - first) / (double)c->n;
        out->js += (half_js(p, q) + half_js(q, p)) / 2;
        if (q < GF_CENSUS_DUE * p)
            out->uncovered += p;
    }
    out->js = fmax(out->js, 0);
}

/* How many samples are below x, or at most x. */
static size_t rank_of(const gf_census *c, double x, bool with_equal)
{
    size_t low = 0, high = c->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        double y = c->sorted[middle];
        if (y < x || (with_equal && y == x))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_modes(gf_tally *out, const gf_census *c)
{
    out->near = c->modes > 0 ? 0 : NAN;
    for (size_t k = 0; k < c->modes; k++) {
        const gf_census_mode *mode = &c->mode[k];
        size_t count =
            rank_of(c, mode->to, true) - rank_of(c, mode->from, false);
        double share = (double)count / (double)c->n;
        out->share[k] = share;
        out->near += share;
        out->modes += share >= GF_CENSUS_DUE * mode->mass;
    }
}

void gf_census_take(gf_tally *out, gf_census *c, const double *y)
{
    *out = (gf_tally){.mean = NAN, .sd = NAN, .w1 = NAN, .js = NAN};
    out->uncovered = out->near = NAN;
    for (size_t i = 0; i < c->n; i++) {
        if (!isfinite(y[i]))
            out->lost++;
        c->sorted[i] = y[i];
    }
    for (size_t k = 0; k < c->modes; k++)
        out->share[k] = NAN;
    if (out->lost > 0)
        return;
    qsort(c->sorted, c->n, sizeof *c->sorted, compare);
    add_moments(out, c);
    out->w1 = w1(c);
    add_bins(out, c);
    add_modes(out, c);
}
