/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * E max(x - X, 0), the integral of the distribution function F up to x: its
 * slope is F, so it is laid once at atoms and at the edges of panels, and goes
 * on from there.
 */
#include <math.h>
#include <stdlib.h>

#include "analysis/distribution_strips.h"

static gf_status lay_atoms(gf_distribution *d, gf_error *error)
{
    d->atom_ramp = calloc(d->atoms + 1, sizeof *d->atom_ramp);
    if (!d->atom_ramp)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 1; i < d->atoms; i++)
        d->atom_ramp[i] =
            d->atom_ramp[i - 1] +
            d->atom_below[i] * (d->atom[i].at - d->atom[i - 1].at);
    return GF_OK;
}

/* From the left edge of panel i to x inside of it. */
static double climb(const gf_part *part, size_t i, double x)
{
    const gf_strips *p = part->panels;
    double from = p->edge[i];

    return p->ramp[i] + p->below[i] * (x - from) +
           part->family->lift(p, i, from, x);
}

static void lay_panels(gf_part *part)
{
    gf_strips *p = part->panels;

    p->ramp[0] = 0;
    for (size_t i = 0; i < p->count; i++)
        p->ramp[i + 1] = climb(part, i, p->edge[i + 1]);
}

gf_status gf_distribution_lay_ramps(gf_distribution *d, gf_error *error)
{
    for (size_t i = 0; i < d->parts; i++)
        if (d->part[i].panels)
            lay_panels(&d->part[i]);
    return lay_atoms(d, error);
}

static double part_ramp(const gf_part *part, double x)
{
    const gf_strips *p = part->panels;

    if (!p)
        return part->family->ramp(part, x);
    if (x <= p->edge[0])
        return 0;
    if (x >= p->edge[p->count])
        return p->ramp[p->count] + p->below[p->count] * (x - p->edge[p->count]);
    return climb(part, gf_strips_at(p, x), x);
}

double gf_distribution_ramp(const gf_distribution *d, double x)
{
    size_t atoms = gf_atoms_up_to(d, x);
    double sum = 0;

    if (atoms > 0)
        sum = d->atom_ramp[atoms - 1] +
              d->atom_below[atoms] * (x - d->atom[atoms - 1].at);
    for (size_t i = 0; i < d->parts; i++)
        sum += d->part[i].weight * part_ramp(&d->part[i], x);
    return sum;
}
