/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where to divide an integral over a distribution: at ends, edges and atoms,
 * where its density may jump, and round each mode at distances that double, so
 * that a quadrature cannot overlook a narrow one.
 */
#include "analysis/distribution.h"

#include <math.h>
#include <stdlib.h>

enum {
    NEAREST = -2, /* cuts at place +- scale 2^k */
    FARTHEST = 5,
    PER_MODE = 2 * (FARTHEST - NEAREST + 1) + 1,
    SOFT_MAX = 600 /* of them; more are thinned out */
};

/* The mass of a panel that no integral need look at by itself. */
#define TAIL 1e-6

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

size_t gf_cuts_tidy(double *cut, size_t count)
{
    size_t kept = 0;

    if (count > 0)
        qsort(cut, count, sizeof *cut, compare);
    for (size_t i = 0; i < count; i++)
        if (isfinite(cut[i]) && (kept == 0 || cut[i] > cut[kept - 1]))
            cut[kept++] = cut[i];
    return kept;
}

static size_t add_round(double *cut, double place, double scale, bool left,
                        bool right)
{
    size_t count = 0;

    cut[count++] = place;
    for (int k = NEAREST; k <= FARTHEST; k++) {
        if (left)
            cut[count++] = place - ldexp(scale, k);
        if (right)
            cut[count++] = place + ldexp(scale, k);
    }
    return count;
}

/* Those of a part that has no panels. */
static size_t add_soft(double *cut, const gf_part *part)
{
    const gf_family *f = part->family;
    const double *n = part->number;
    size_t count;

    if (f->left_bounded && f->right_bounded) {
        cut[0] = n[0];
        cut[1] = n[1];
        return 2;
    }
    if (f->numbers < 3)
        return add_round(cut, n[0], n[1], !f->left_bounded, !f->right_bounded);
    count = add_round(cut, n[0], n[2], true, true);
    return count + add_round(cut + count, n[1], n[2], true, true);
}

/* Keeps so many of them at most, the outermost ones too. */
static size_t thin(double *cut, size_t count, size_t most)
{
    if (count <= most)
        return count;
    for (size_t i = 0; i < most; i++)
        cut[i] = cut[i * (count - 1) / (most - 1)];
    return most;
}

/* The edges of panels, but for those in a tail that has next to no mass. */
static size_t add_edges(double *cut, gf_distribution *d, const gf_strips *p)
{
    size_t count = 0;

    d->left_open = d->left_open || p->left_open;
    d->right_open = d->right_open || p->right_open;
    for (size_t k = 0; k <= p->count; k++) {
        double left = k > 0 ? p->mass[k - 1] : p->left_open ? 1e-300 : 0;
        double right = k < p->count ? p->mass[k] : p->right_open ? 1e-300 : 0;
        if (left == 0 || right == 0 || left > TAIL || right > TAIL)
            cut[count++] = p->edge[k];
    }
    return count;
}

gf_status gf_distribution_cut(gf_distribution *d, gf_error *error)
{
    size_t room = d->atoms, soft = 0;
    double *all;

    for (size_t i = 0; i < d->parts; i++)
        room += d->part[i].panels ? d->part[i].panels->count + 1 : 2 * PER_MODE;
    all = malloc((room + 1) * sizeof *all);
    if (!all)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    d->cut = all;
    for (size_t i = 0; i < d->parts; i++) {
        const gf_part *part = &d->part[i];
        if (part->panels)
            continue;
        soft += add_soft(all + soft, part);
        d->left_open = d->left_open || !part->family->left_bounded;
        d->right_open = d->right_open || !part->family->right_bounded;
    }
    soft = thin(all, gf_cuts_tidy(all, soft), SOFT_MAX);
    for (size_t i = 0; i < d->parts; i++)
        if (d->part[i].panels)
            soft += add_edges(all + soft, d, d->part[i].panels);
    for (size_t i = 0; i < d->atoms; i++)
        all[soft++] = d->atom[i].at;
    d->cuts = gf_cuts_tidy(all, soft);
    if (d->cuts == 0 || !(all[d->cuts - 1] - all[0] < INFINITY))
        return gf_error_set(error, GF_ARGUMENT, "no mass within a double");
    return GF_OK;
}
