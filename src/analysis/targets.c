/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The region E < level, with W as a table of upper bounds.  Between the ends of
 * the interval on which `well` and `decay` hold W falls towards D0 and grows
 * after it, so on a cell it is at most the greater of its ends' values.
 */
#include <ganfield/targets.h>

#include <math.h>
#include <stdlib.h>

enum { CELLS = 512, HALVINGS = 60 };

/* What the quadrature of W may be off by. */
#define SLACK 1e-9
/* How far from the rest point a region without an end is tabulated. */
#define FAR 64.0

void gf_targets_init(gf_targets *targets)
{
    *targets = (gf_targets){.item = NULL};
}

void gf_targets_clear(gf_targets *targets)
{
    free(targets->item);
    free(targets->point);
    free(targets->well);
    free(targets->trap);
    free(targets->spectral_radius);
    gf_targets_init(targets);
}

static double well_at(const gf_classification *c, double x)
{
    gf_vec2 p = {x, c->point[c->wanted].at.y};

    return gf_energy_at(c, p);
}

/* The farthest x from the rest point towards `end` with W < level. */
static double reach(const gf_classification *c, double end, double level)
{
    double in = c->point[c->wanted].at.x, out = end;

    if (!isfinite(out))
        out = in + copysign(FAR, out - in);
    for (int i = 0; i < HALVINGS; i++) {
        double x = in + (out - in) / 2;
        double w = well_at(c, x);
        if (w < level && isfinite(w))
            in = x;
        else
            out = x;
    }
    return in;
}

/* False where the energy proves no region. */
static bool find_region(gf_target *target, double *well,
                        const gf_classification *c)
{
    const gf_energy *energy = &c->energy;
    double level =
        energy->region == GF_REGION_WHOLE ? INFINITY : energy->region_level;
    double speed = c->field->speed[1], left, right;

    if (!c->has_energy || energy->region == GF_REGION_NONE || !(level > 0))
        return false;
    target->lo = reach(c, fmax(energy->interval.lo, energy->reach.lo), level);
    target->hi = reach(c, fmin(energy->interval.hi, energy->reach.hi), level);
    if (!(target->lo < target->hi))
        return false;
    left = well_at(c, target->lo);
    for (size_t i = 0; i < CELLS; i++) {
        double part = (double)(i + 1) / CELLS;
        right = well_at(c, target->lo + part * (target->hi - target->lo));
        well[i] = fmax(left, right) * (1 + SLACK) + SLACK * 1e-6;
        if (isnan(left) || isnan(right))
            well[i] = INFINITY;
        left = right;
    }
    target->well = well;
    target->cells = CELLS;
    target->weight = 1 / (2 * speed);
    target->level = level;
    return true;
}

gf_status gf_targets_find(gf_targets *targets, const gf_classification *c,
                          double radius, gf_error *error)
{
    size_t count = c->count > 0 ? c->count : 1;

    gf_targets_clear(targets);
    targets->item = calloc(count, sizeof *targets->item);
    targets->point = calloc(count, sizeof *targets->point);
    targets->well = calloc(CELLS, sizeof *targets->well);
    if (!targets->item || !targets->point || !targets->well) {
        gf_targets_clear(targets);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < c->count; i++) {
        const gf_rest_point *point = &c->point[i];
        if (point->stability != GF_STABILITY_ASYMPTOTICALLY_STABLE)
            continue;
        gf_target target = {.at = point->at, .radius = radius};
        if (i == c->wanted)
            find_region(&target, targets->well, c);
        targets->item[targets->count] = target;
        targets->point[targets->count++] = i;
    }
    return GF_OK;
}
