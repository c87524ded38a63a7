/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Samples: the uniform number first chooses a part of the mixture, and what is
 * left of it, which is uniform again, a quantile of the part.
 */
#include "analysis/distribution.h"

#include "base/normal.h"

#include <math.h>
#include <string.h>

enum { BLOCK = 128 };

/* The index of the atom that has u, u below the mass of all. */
static double atom_at(const gf_distribution *d, double u)
{
    size_t low = 0, high = d->atoms - 1;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (u < d->atom_below[middle + 1])
            high = middle;
        else
            low = middle + 1;
    }
    return d->atom[low].at;
}

/* The part that has u, and where in it u is. */
static const gf_part *part_at(const gf_distribution *d, double *u)
{
    const gf_part *part = d->part, *last = d->part + d->parts - 1;

    *u -= gf_distribution_atom_mass(d);
    while (part < last && *u >= part->weight)
        *u -= part++->weight;
    *u = fmin(fmax(*u / part->weight, 0x1p-60), 1 - 0x1p-53);
    return part;
}

/* Are quantiles of all parts known in closed form? */
static bool is_closed(const gf_distribution *d)
{
    for (size_t i = 0; i < d->parts; i++)
        if (!d->part[i].family->quantile)
            return false;
    return true;
}

/* standard: the normal quantile at the place in the part. */
static double part_quantile(const gf_part *part, double u, double standard)
{
    double x = part->family->is_normal ? standard : part->family->quantile(u);

    return part->family->right_bounded
               ? part->number[0] + (part->number[1] - part->number[0]) * x
               : part->number[0] + part->number[1] * x;
}

static void draw_block(double *out, const gf_distribution *d, const double *u,
                       size_t count)
{
    double standard[BLOCK], left[BLOCK];
    const gf_part *part[BLOCK];
    double atoms = gf_distribution_atom_mass(d);

    for (size_t i = 0; i < count; i++) {
        left[i] = u[i];
        part[i] = u[i] < atoms || d->parts == 0 ? NULL : part_at(d, &left[i]);
        standard[i] = part[i] ? left[i] : 0.5;
    }
    gf_normal_quantiles(standard, count);
    for (size_t i = 0; i < count; i++)
        out[i] = part[i] ? part_quantile(part[i], left[i], standard[i])
                         : atom_at(d, u[i]);
}

void gf_distribution_draw(double *out, const gf_distribution *d,
                          const double *u, size_t count)
{
    if (!is_closed(d)) {
        for (size_t i = 0; i < count; i++)
            out[i] = gf_distribution_quantile(d, u[i], 1 - u[i]);
        return;
    }
    for (size_t from = 0; from < count; from += BLOCK)
        draw_block(out + from, d, u + from,
                   count - from < BLOCK ? count - from : BLOCK);
}
