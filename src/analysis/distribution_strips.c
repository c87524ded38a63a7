/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Densities by panels that stand side by side, and the steps of a histogram. */
#include "analysis/distribution_strips.h"

#include <math.h>
#include <stdlib.h>

void gf_strips_free(gf_strips *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->owned_count; i++)
        gf_tape_free(p->owned[i]);
    gf_graph_free(p->graph);
    free(p->owned);
    free(p->tape);
    free(p->edge);
    free(p->mass);
    free(p->below);
    free(p->above);
    free(p->ramp);
    free(p);
}

gf_strips *gf_strips_new(size_t room)
{
    gf_strips *p = calloc(1, sizeof *p);

    if (!p)
        return NULL;
    p->edge = calloc(room + 1, sizeof *p->edge);
    p->mass = calloc(room + 1, sizeof *p->mass);
    p->below = calloc(room + 1, sizeof *p->below);
    p->above = calloc(room + 1, sizeof *p->above);
    p->ramp = calloc(room + 1, sizeof *p->ramp);
    p->tape = calloc(room + 1, sizeof *p->tape);
    p->scale = 1;
    if (p->edge && p->mass && p->below && p->above && p->ramp && p->tape)
        return p;
    gf_strips_free(p);
    return NULL;
}

void gf_strips_add_up(gf_strips *p)
{
    p->below[0] = 0;
    for (size_t i = 0; i < p->count; i++)
        p->below[i + 1] = p->below[i] + p->mass[i];
    p->above[p->count] = 0;
    for (size_t i = p->count; i-- > 0;)
        p->above[i] = p->above[i + 1] + p->mass[i];
}

size_t gf_strips_at(const gf_strips *p, double x)
{
    size_t low = 0, high = p->count;

    if (x < p->edge[0] && p->left_open)
        return 0;
    if (x > p->edge[p->count] && p->right_open)
        return p->count - 1;
    if (!(x >= p->edge[0] && x <= p->edge[p->count]))
        return p->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (p->edge[middle] < x)
            low = middle;
        else
            high = middle;
    }
    return low;
}

bool gf_part_covers(const gf_part *part, double x)
{
    const gf_family *f = part->family;
    size_t i;

    if (part->panels) {
        i = gf_strips_at(part->panels, x);
        return i < part->panels->count && part->panels->mass[i] > 0;
    }
    return (!f->left_bounded || x > part->number[0]) &&
           (!f->right_bounded || x < part->number[1]);
}

/* --- what both have ---------------------------------------------------- */

double gf_strips_below(const gf_strips *p, double x, gf_inside_fn inside)
{
    size_t i = gf_strips_at(p, x);

    if (x <= p->edge[0])
        return 0;
    if (x >= p->edge[p->count])
        return p->below[p->count];
    return p->below[i] + inside(p, i, p->edge[i], x);
}

double gf_strips_above(const gf_strips *p, double x, gf_inside_fn inside)
{
    size_t i = gf_strips_at(p, x);

    if (x <= p->edge[0])
        return p->below[p->count];
    if (x >= p->edge[p->count])
        return 0;
    if (p->below[i + 1] < 0.5)
        return p->below[p->count] - p->below[i] - inside(p, i, p->edge[i], x);
    return p->above[i + 1] + inside(p, i, x, p->edge[i + 1]);
}

/* --- steps ------------------------------------------------------------- */

static double steps_log(const gf_part *part, double x)
{
    const gf_strips *p = part->panels;
    size_t i = gf_strips_at(p, x);

    if (i == p->count)
        return -INFINITY;
    return log(p->mass[i] / (p->edge[i + 1] - p->edge[i]));
}

static double steps_inside(const gf_strips *p, size_t i, double from, double to)
{
    return p->mass[i] * ((to - from) / (p->edge[i + 1] - p->edge[i]));
}

static double steps_below(const gf_part *part, double x)
{
    return gf_strips_below(part->panels, x, steps_inside);
}

static double steps_above(const gf_part *part, double x)
{
    return gf_strips_above(part->panels, x, steps_inside);
}

static double steps_lift(const gf_strips *p, size_t i, double from, double to)
{
    return steps_inside(p, i, from, to) * (to - from) / 2;
}

static double steps_mean(const gf_part *part)
{
    const gf_strips *p = part->panels;
    double sum = 0;

    for (size_t i = 0; i < p->count; i++)
        sum += p->mass[i] * (p->edge[i] + p->edge[i + 1]) / 2;
    return sum;
}

static double steps_variance(const gf_part *part)
{
    const gf_strips *p = part->panels;
    double mean = steps_mean(part), sum = 0;

    for (size_t i = 0; i < p->count; i++) {
        double width = p->edge[i + 1] - p->edge[i];
        double off = (p->edge[i] + p->edge[i + 1]) / 2 - mean;
        sum += p->mass[i] * (width * width / 12 + off * off);
    }
    return sum;
}

const gf_family gf_family_steps = {
    .name = "histogram",
    .log_density = steps_log,
    .below = steps_below,
    .above = steps_above,
    .lift = steps_lift,
    .mean = steps_mean,
    .variance = steps_variance,
};

gf_status gf_strips_steps(gf_strips **out, const double *low,
                          const double *high, const double *mass, size_t count,
                          gf_error *error)
{
    gf_strips *p = gf_strips_new(2 * count);

    *out = p;
    if (!p)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    p->edge[0] = low[0];
    for (size_t i = 0; i < count; i++) {
        if (low[i] > p->edge[p->count])
            p->edge[++p->count] = low[i]; /* a gap */
        p->mass[p->count++] = mass[i];
        p->edge[p->count] = high[i];
    }
    gf_strips_add_up(p);
    return GF_OK;
}
