/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A distribution plus independent normal noise: an atom becomes a normal, a
   normal a wider one, a uniform one (and so a bin) is smoothed at its ends. */
#include "analysis/distribution.h"

#include <math.h>
#include <string.h>

static gf_status add_normal(gf_distribution *out, double mean, double spread,
                            double weight, gf_error *error)
{
    gf_part part = {.weight = weight, .number = {mean, spread}};

    for (size_t i = 0; i < gf_family_count; i++)
        if (strcmp(gf_families[i].name, "normal") == 0)
            part.family = &gf_families[i];
    return gf_distribution_add_part(out, part, error);
}

static gf_status add_smooth(gf_distribution *out, double low, double high,
                            double spread, double weight, gf_error *error)
{
    gf_part part = {.family = &gf_family_smooth_uniform,
                    .weight = weight,
                    .number = {low, high, spread}};

    return gf_distribution_add_part(out, part, error);
}

static gf_status add_steps(gf_distribution *out, const gf_strips *p,
                           double spread, double weight, gf_error *error)
{
    gf_status status = GF_OK;

    for (size_t i = 0; i < p->count && !status; i++)
        status = add_smooth(out, p->edge[i], p->edge[i + 1], spread,
                            weight * p->mass[i], error);
    return status;
}

static gf_status add_part(gf_distribution *out, const gf_part *part,
                          double spread, double weight, gf_error *error)
{
    const char *name = part->family->name;
    const double *n = part->number;

    weight *= part->weight;
    if (part->family == &gf_family_steps)
        return add_steps(out, part->panels, spread, weight, error);
    if (part->family == &gf_family_smooth_uniform)
        return add_smooth(out, n[0], n[1], hypot(n[2], spread), weight, error);
    if (strcmp(name, "normal") == 0)
        return add_normal(out, n[0], hypot(n[1], spread), weight, error);
    if (strcmp(name, "uniform") == 0)
        return add_smooth(out, n[0], n[1], spread, weight, error);
    return gf_error_set(error, GF_ARGUMENT,
                        "%s plus noise has no closed form; there are point, "
                        "normal, uniform, samples and histogram",
                        name);
}

gf_status gf_distribution_add_noise(gf_distribution *out,
                                    const gf_distribution *d, double spread,
                                    double weight, gf_error *error)
{
    gf_status status = GF_OK;

    for (size_t i = 0; i < d->atoms && !status; i++)
        status = add_normal(out, d->atom[i].at, spread,
                            weight * d->atom[i].mass, error);
    for (size_t i = 0; i < d->parts && !status; i++)
        status = add_part(out, &d->part[i], spread, weight, error);
    return status;
}
