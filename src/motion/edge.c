/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The time that is left.
 *
 * Let x be the distance to an edge, and x' ~ x^-k near it: k = 0 where the
 * velocity stays finite, k = 1 where p_g f2' has a pole (there D goes to 1 as
 * 1 - sqrt(2 |p_g| (T - t)) while p_g < 0).  Then
 *
 *     k = -x x''/x'^2     T - t = -x x'/(x'^2 - x x'')
 *
 * and a denominator that is not positive means k <= -1: the edge is not reached
 * in finite time.  The same formula gives the time of a blow-up, where x' ~ x^m
 * with m > 1, x being the coordinate itself.
 */
#include "motion/edge.h"

#include <math.h>

static double time_left(double x, double v, double a)
{
    double left = isfinite(a) ? x * v / (x * a - v * v) : -x / v;

    return left >= 0 ? left : INFINITY;
}

static void consider(gf_end *best, gf_end end)
{
    if (end.after < best->after)
        *best = end;
}

gf_end gf_edge_of_domain(const gf_stepper *s, const gf_node *node)
{
    const double at[2] = {node->at.x, node->at.y};
    const double v[2] = {node->v.x, node->v.y};
    const double a[2] = {node->a.x, node->a.y};
    gf_end best = {.after = INFINITY};

    for (size_t i = 0; i < 2; i++) {
        gf_range domain = s->field->domain[i];
        if (v[i] < 0 && isfinite(domain.lo))
            consider(&best, (gf_end){time_left(at[i] - domain.lo, v[i], a[i]),
                                     i, domain.lo});
        if (v[i] > 0 && isfinite(domain.hi))
            consider(&best, (gf_end){time_left(domain.hi - at[i], -v[i], -a[i]),
                                     i, domain.hi});
    }
    return best;
}

gf_end gf_edge_of_plane(const gf_node *node)
{
    gf_end best = {.after = INFINITY};

    if (node->at.x * node->v.x > 0)
        consider(&best, (gf_end){time_left(node->at.x, node->v.x, node->a.x), 0,
                                 node->v.x > 0 ? INFINITY : -INFINITY});
    if (node->at.y * node->v.y > 0)
        consider(&best, (gf_end){time_left(node->at.y, node->v.y, node->a.y), 1,
                                 node->v.y > 0 ? INFINITY : -INFINITY});
    return best;
}

gf_node gf_edge_node(const gf_node *node, gf_end end)
{
    gf_node out = *node;

    out.t += end.after;
    out.at.x = end.axis == 0 ? end.bound : out.at.x + end.after * node->v.x;
    out.at.y = end.axis == 1 ? end.bound : out.at.y + end.after * node->v.y;
    return out;
}
