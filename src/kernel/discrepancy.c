/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the generator's measure is from the data's. */
#include <math.h>
#include <stdlib.h>

#include "kernel/players.h"

/* --- along the line: W1 and the energy distance ------------------------- */

typedef struct parcel {
    double at, mass; /* the generator's, less the data's */
} parcel;

static int by_place(const void *a, const void *b)
{
    const parcel *p = a, *q = b;

    return (p->at > q->at) - (p->at < q->at);
}

/* The integrals of |F - G| and of 2 (F - G)^2, F and G the shares below. */
static void integrate(gf_discrepancy *out, parcel *list, size_t count)
{
    double below = 0;

    qsort(list, count, sizeof *list, by_place);
    out->w1 = out->energy = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        double step = list[i + 1].at - list[i].at;
        below += list[i].mass;
        out->w1 += fabs(below) * step;
        out->energy += 2 * below * below * step;
    }
}

static void compare_along(gf_discrepancy *out, const gf_players *p,
                          const double *share)
{
    parcel *list = malloc(p->batch * sizeof *list);

    if (!list)
        return;
    for (size_t i = 0; i < p->count; i++)
        list[i] = (parcel){
            p->x[i], p->particles ? -share[i] : share[p->count + i] - share[i]};
    for (size_t k = p->count; k < p->batch; k++)
        list[k] = (parcel){p->x[k], 1 / (double)p->particles};
    integrate(out, list, p->batch);
    free(list);
}

/* --- point by point ------------------------------------------------------ */

/* a log(a/b), 0 at a = 0 and infinite at b = 0; NaN for negative ones. */
static double gain(double a, double b)
{
    if (!(a >= 0 && b >= 0))
        return NAN;
    return a == 0 ? 0 : a * log(a / b);
}

/* (a - b)^2/b */
static double square_over(double a, double b)
{
    if (!(a >= 0 && b >= 0))
        return NAN;
    return a == b ? 0 : (a - b) * (a - b) / b;
}

/* Of masses p and q at the same points. */
static gf_discrepancy sum_over(const double *p, const double *q, size_t count)
{
    gf_discrepancy s = {0};

    for (size_t i = 0; i < count; i++) {
        double m = (p[i] + q[i]) / 2, root = sqrt(p[i]) - sqrt(q[i]);
        s.kl += gain(p[i], q[i]);
        s.kl_reverse += gain(q[i], p[i]);
        s.js += (gain(p[i], m) + gain(q[i], m)) / 2;
        s.tv += fabs(p[i] - q[i]) / 2;
        s.hellinger += root * root;
        s.pearson += square_over(p[i], q[i]);
        s.neyman += square_over(q[i], p[i]);
    }
    return s;
}

/* The particles' shares of the cells round the points, which ascend. */
static void count_cells(double *share, const gf_players *p)
{
    for (size_t i = 0; i < p->count; i++)
        share[i] = 0;
    for (size_t k = p->count; k < p->batch; k++) {
        size_t low = 0, high = p->count - 1;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (2 * p->x[k] > p->x[middle] + p->x[middle + 1])
                low = middle + 1;
            else
                high = middle;
        }
        share[low] += 1 / (double)p->particles;
    }
}

static bool is_ascending(const gf_players *p)
{
    for (size_t i = 1; i < p->count; i++)
        if (!(p->x[i] > p->x[i - 1]))
            return false;
    return true;
}

/* share: the data's, then room for the generator's. */
static void compare_points(gf_discrepancy *out, double *share,
                           const gf_players *p, const double *density,
                           double mass, bool is_line)
{
    double *other = share + p->count;

    if (p->particles && is_line && is_ascending(p)) {
        count_cells(other, p);
        gf_discrepancy s = sum_over(share, other, p->count);
        out->js_histogram = s.js;
        out->tv_histogram = s.tv;
    } else if (!p->particles && mass > 0) {
        for (size_t i = 0; i < p->count; i++)
            other[i] = p->weight[i] * density[i] / mass;
        *out = sum_over(share, other, p->count);
        out->js_histogram = out->tv_histogram = NAN;
        out->w1 = out->energy = NAN;
    }
}

void gf_players_compare(gf_discrepancy *out, const gf_players *p,
                        const double *density, double mass)
{
    bool is_line = p->setup.critic->shape.size[0] == 1;
    double *share = malloc(2 * p->count * sizeof *share), data = 0;

    *out =
        (gf_discrepancy){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    for (size_t i = 0; share && i < p->count; i++) {
        share[i] = p->weight[i] * p->density[i];
        data += share[i];
    }
    for (size_t i = 0; share && i < p->count; i++)
        share[i] /= data;
    if (share) {
        compare_points(out, share, p, density, mass, is_line);
        if (is_line && (p->particles || mass > 0))
            compare_along(out, p, share);
    }
    free(share);
}
