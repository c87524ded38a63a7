/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Has a run come to its end?  The energy E = weight (y - y*)^2 + W(x) never
 * grows inside a proved region, so from E < level the run converges, and from
 * E < weight (edge - y*)^2 it does so without passing the edge of the physical
 * range.  W is bounded from above by a table.
 */
#include <math.h>

#include "motion/ensemble.h"

bool gf_ensemble_inside(const gf_field *field, double x, double y)
{
    return isfinite(x) && isfinite(y) && gf_range_has(field->domain[0], x) &&
           gf_range_has(field->domain[1], y);
}

/* Of the region, the level below which p_g stays in its range. */
static double safe_level(const gf_field *field, const gf_target *target)
{
    double lo = field->physical.lo - target->at.y;
    double hi = field->physical.hi - target->at.y;

    if (!field->has_physical)
        return INFINITY;
    if (lo >= 0 || hi <= 0)
        return 0;
    return target->weight * fmin(lo * lo, hi * hi);
}

static bool is_in_region(const gf_field *field, const gf_target *target,
                         gf_vec2 at, bool has_left)
{
    double y = at.y - target->at.y, level = target->level;

    if (!target->well || !(at.x > target->lo && at.x < target->hi))
        return false;
    if (!has_left)
        level = fmin(level, safe_level(field, target));
    double part = (at.x - target->lo) / (target->hi - target->lo);
    size_t cell = (size_t)(part * (double)target->cells);
    if (cell >= target->cells)
        cell = target->cells - 1;
    return target->weight * (y * y) + target->well[cell] < level;
}

size_t gf_target_reached(bool *proved, const gf_ensemble *e, gf_vec2 at,
                         bool has_left)
{
    size_t count = e->options.target_count;

    for (size_t i = 0; i < count; i++) {
        const gf_target *target = &e->options.target[i];
        *proved =
            e->rule->is_flow && is_in_region(e->field, target, at, has_left);
        if (*proved || (fabs(at.x - target->at.x) < target->radius &&
                        fabs(at.y - target->at.y) < target->radius))
            return i;
    }
    *proved = false;
    return count;
}
