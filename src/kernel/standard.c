/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/standard.h"

#include <math.h>
#include <string.h>

/* The sets that share a run of rows: all columns of a group of points at once,
 * or the row of one point. A set's numbers are `step` apart, sets 1 apart
 * within the run. */
typedef struct part {
    size_t start; /* of its numbers in the matrix */
    size_t set;   /* its first set */
    size_t sets, length, step;
} part;

/* The i-th part; false past the last. *row is where it starts. */
static bool next_part(part *p, const gf_standard *s, size_t i, size_t *row)
{
    if (s->is_by_row) {
        *p = (part){i * s->width, i, 1, s->width, 1};
        return i < s->count;
    }
    if (i >= s->groups)
        return false;
    size_t rows = s->group_size[i];
    *p = (part){*row * s->width, i * s->width, s->width, rows, s->width};
    *row += rows;
    return true;
}

/* mean[k] = the mean over set k of x y (y NULL: of x). */
static void means(double *mean, const part *p, const double *x, const double *y)
{
    memset(mean, 0, p->sets * sizeof *mean);
    for (size_t i = 0; i < p->length; i++) {
        const double *a = x + p->start + i * p->step;
        const double *b = y ? y + p->start + i * p->step : NULL;
        for (size_t k = 0; k < p->sets; k++)
            mean[k] += b ? a[k] * b[k] : a[k];
    }
    for (size_t k = 0; k < p->sets; k++)
        mean[k] /= (double)p->length;
}

static void apply_part(gf_standard *s, const part *p, const double *x)
{
    double *mean = s->work, *variance = s->work + s->width;
    double *over = s->over + p->set;

    means(mean, p, x, NULL);
    for (size_t i = 0; i < p->length; i++)
        for (size_t k = 0; k < p->sets; k++) {
            size_t at = p->start + i * p->step + k;
            s->hat[at] = x[at] - mean[k];
        }
    means(variance, p, s->hat, s->hat);
    for (size_t k = 0; k < p->sets; k++)
        over[k] = 1 / sqrt(variance[k] + GF_STANDARD_EPSILON);
    for (size_t i = 0; i < p->length; i++)
        for (size_t k = 0; k < p->sets; k++)
            s->hat[p->start + i * p->step + k] *= over[k];
}

void gf_standard_apply(gf_standard *s, const double *x)
{
    part p;
    size_t row = 0;

    for (size_t i = 0; next_part(&p, s, i, &row); i++)
        apply_part(s, &p, x);
}

static void derive_part(double *out, const gf_standard *s, const part *p,
                        const double *g)
{
    double *mean = s->work, *share = s->work + s->width;
    const double *over = s->over + p->set;

    memset(s->work, 0, 2 * s->width * sizeof *s->work);
    if (!s->is_frozen) {
        means(mean, p, g, NULL);
        means(share, p, g, s->hat);
    }
    for (size_t i = 0; i < p->length; i++)
        for (size_t k = 0; k < p->sets; k++) {
            size_t at = p->start + i * p->step + k;
            out[at] = over[k] * (g[at] - mean[k] - s->hat[at] * share[k]);
        }
}

void gf_standard_derive(double *out, const gf_standard *s, const double *g)
{
    part p;
    size_t row = 0;

    for (size_t i = 0; next_part(&p, s, i, &row); i++)
        derive_part(out, s, &p, g);
}

void gf_standard_move(gf_standard *s, const double *x_rate)
{
    part p;
    size_t row = 0;

    for (size_t i = 0; next_part(&p, s, i, &row); i++) {
        double *share = s->over_rate + p.set;
        const double *over = s->over + p.set;
        derive_part(s->hat_rate, s, &p, x_rate);
        means(share, &p, x_rate, s->hat);
        for (size_t k = 0; k < p.sets; k++)
            share[k] = s->is_frozen ? 0 : -over[k] * over[k] * share[k];
    }
}

/* d/dt of over (g - mean g - hat mean(g hat)). */
static void derive_rate_part(double *out, const gf_standard *s, const part *p,
                             const double *g, const double *g_rate)
{
    size_t n = s->width;
    double *mean = s->work, *share = mean + n;
    double *mean_rate = share + n, *share_rate = mean_rate + n;
    const double *over = s->over + p->set;
    const double *over_rate = s->over_rate + p->set;

    memset(s->work, 0, 4 * n * sizeof *s->work);
    if (!s->is_frozen) {
        means(share, p, g_rate, s->hat);
        means(share_rate, p, g, s->hat_rate);
        for (size_t k = 0; k < p->sets; k++)
            share_rate[k] += share[k];
        means(share, p, g, s->hat);
        means(mean, p, g, NULL);
        means(mean_rate, p, g_rate, NULL);
    }
    for (size_t i = 0; i < p->length; i++)
        for (size_t k = 0; k < p->sets; k++) {
            size_t at = p->start + i * p->step + k;
            double rest = g[at] - mean[k] - s->hat[at] * share[k];
            double rest_rate =
                g_rate[at] - mean_rate[k] - s->hat[at] * share_rate[k];
            if (!s->is_frozen)
                rest_rate -= s->hat_rate[at] * share[k];
            out[at] = over_rate[k] * rest + over[k] * rest_rate;
        }
}

void gf_standard_derive_rate(double *out, const gf_standard *s, const double *g,
                             const double *g_rate)
{
    part p;
    size_t row = 0;

    for (size_t i = 0; next_part(&p, s, i, &row); i++)
        derive_rate_part(out, s, &p, g, g_rate);
}
