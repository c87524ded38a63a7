/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The maximum mean discrepancy [gretton2012]: with h = p - q,
 *
 *     MMD^2 = int int k(x - y) h(x) h(y) dx dy = int h v,   v = k * h
 *
 * The potential v is closed for the Gaussian kernel and normal or constant
 * densities, and else a quadrature of its own.
 */
#include "analysis/divergence.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SQRT_2 1.41421356237309504880
#define SQRT_HALF_PI 1.25331413731550025121

typedef struct potential {
    const gf_pair *pair;
    const gf_divergence_options *options;
    size_t evaluations;
    double worst; /* error of an inner integral */
    gf_status status;
    gf_error *error;
} potential;

static double kernel(const gf_divergence_options *o, double d)
{
    double z = fabs(d) / o->bandwidth;

    return o->kernel == GF_KERNEL_RBF ? exp(-z * z / 2) : exp(-z);
}

/* --- E k(x - Y) for Y of one part -------------------------------------- */

static double from_normal(double x, double mean, double s, double spread)
{
    double width = hypot(s, spread), z = (x - mean) / width;

    return s / width * exp(-z * z / 2);
}

static double from_uniform(double x, double a, double b, double s)
{
    return s * SQRT_HALF_PI / (b - a) *
           (erf((x - a) / (s * SQRT_2)) - erf((x - b) / (s * SQRT_2)));
}

static double from_steps(double x, const gf_strips *p, double s)
{
    double sum = 0;

    for (size_t i = 0; i < p->count; i++)
        sum += p->mass[i] * from_uniform(x, p->edge[i], p->edge[i + 1], s);
    return sum;
}

static bool is_closed(const gf_part *part, const gf_divergence_options *o)
{
    const char *name = part->family->name;

    return o->kernel == GF_KERNEL_RBF &&
           (part->family == &gf_family_steps || strcmp(name, "normal") == 0 ||
            strcmp(name, "uniform") == 0);
}

static double from_part(const gf_part *part, double x,
                        const gf_divergence_options *o)
{
    const double *n = part->number;

    if (part->panels)
        return from_steps(x, part->panels, o->bandwidth);
    if (strcmp(part->family->name, "normal") == 0)
        return from_normal(x, n[0], o->bandwidth, n[1]);
    return from_uniform(x, n[0], n[1], o->bandwidth);
}

typedef struct open_call {
    const potential *v;
    double x;
} open_call;

/* k(x - y) times the densities that have no closed form. */
static double open_density(double y, void *ctx)
{
    const open_call *call = ctx;
    const gf_pair *pair = call->v->pair;
    const gf_divergence_options *o = call->v->options;
    double sum = 0;

    for (int side = 0; side < 2; side++) {
        const gf_distribution *d = side ? pair->q : pair->p;
        for (size_t i = 0; i < d->parts; i++)
            if (!is_closed(&d->part[i], o))
                sum += (side ? -1 : 1) * d->part[i].weight *
                       exp(d->part[i].family->log_density(&d->part[i], y));
    }
    return sum * kernel(o, call->x - y);
}

static bool has_open(const gf_distribution *d, const gf_divergence_options *o)
{
    for (size_t i = 0; i < d->parts; i++)
        if (!is_closed(&d->part[i], o))
            return true;
    return false;
}

/* --- the potential ----------------------------------------------------- */

/* The quadrature over the stretches of the cuts, the one with x in two. */
static double open_potential(potential *v, double x)
{
    const gf_pair *pair = v->pair;
    open_call call = {v, x};
    gf_integral sum = {.least = 1e-14};
    size_t k = 0;

    while (k < pair->cuts && pair->cut[k] < x)
        k++;
    for (int side = 0; side < 2 && !v->status; side++) {
        const double *cut = side ? pair->cut + k : pair->cut;
        size_t cuts = side ? pair->cuts - k : k;
        double gap[2];
        if (cuts == 0) {
            if (side ? pair->right_open : pair->left_open)
                v->status = gf_integrate_line(&sum, open_density, &call, &x, 1,
                                              !side, side, v->error);
            continue;
        }
        v->status = gf_integrate_line(&sum, open_density, &call, cut, cuts,
                                      !side && pair->left_open,
                                      side && pair->right_open, v->error);
        gap[0] = side ? x : cut[cuts - 1];
        gap[1] = side ? cut[0] : x;
        if (gap[1] > gap[0] && !v->status)
            v->status = gf_integrate_line(&sum, open_density, &call, gap, 2,
                                          false, false, v->error);
    }
    v->evaluations += sum.evaluations;
    v->worst = fmax(v->worst, sum.error);
    return sum.value;
}

static double potential_at(potential *v, double x)
{
    const gf_pair *pair = v->pair;
    double sum = 0;
    bool open = has_open(pair->p, v->options) || has_open(pair->q, v->options);

    for (int side = 0; side < 2; side++) {
        const gf_distribution *d = side ? pair->q : pair->p;
        double part = 0;
        for (size_t i = 0; i < d->atoms; i++)
            part += d->atom[i].mass * kernel(v->options, x - d->atom[i].at);
        for (size_t i = 0; i < d->parts; i++)
            if (is_closed(&d->part[i], v->options))
                part +=
                    d->part[i].weight * from_part(&d->part[i], x, v->options);
        sum += side ? -part : part;
    }
    return open ? sum + open_potential(v, x) : sum;
}

static double outer(double x, void *ctx)
{
    potential *v = ctx;
    double h = gf_distribution_density(v->pair->p, x) -
               gf_distribution_density(v->pair->q, x);

    return h == 0 ? 0 : h * potential_at(v, x);
}

gf_status gf_divergence_mmd2(gf_divergence *out, const gf_pair *pair,
                             const gf_divergence_options *options,
                             size_t *evaluations, gf_error *error)
{
    potential v = {.pair = pair, .options = options, .error = error};
    gf_integral sum = {.least = 1e-13};
    bool has_parts = pair->p->parts + pair->q->parts > 0;

    if (pair->p->atoms + pair->q->atoms > GF_DIVERGENCE_PAIRS_MAX) {
        out->value = NAN;
        snprintf(out->reason, sizeof out->reason,
                 "the sum over pairs is for up to %d samples",
                 GF_DIVERGENCE_PAIRS_MAX);
        return GF_OK;
    }
    for (int side = 0; side < 2; side++) {
        const gf_distribution *d = side ? pair->q : pair->p;
        for (size_t i = 0; i < d->atoms && !v.status; i++)
            sum.value += (side ? -1 : 1) * d->atom[i].mass *
                         potential_at(&v, d->atom[i].at);
    }
    if (has_parts && !v.status)
        v.status = gf_integrate_line(&sum, outer, &v, pair->cut, pair->cuts,
                                     pair->left_open, pair->right_open, error);
    *evaluations += sum.evaluations + v.evaluations;
    out->value = fmax(sum.value, 0);
    out->error = sum.error + 2 * v.worst + 1e-16;
    out->how = has_parts ? GF_HOW_QUADRATURE : GF_HOW_SUM;
    return v.status;
}
