/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What steps do at the wanted rest point.  Of sgd, z+ = z + h J z, the
 * multipliers are 1 + h lambda, so
 *
 *     stable   0 < h < -2 Re lambda / |lambda|^2 for both lambda (Jury's
 *              conditions for a matrix of two rows),
 *     best     h = -Re lambda / |lambda|^2 of a focus, radius |Im| / |lambda|;
 *              h = 2 / (|l1| + |l2|) of a node, radius (l1 - l2) / (l1 + l2).
 *
 * [docs/theory.md, section 3]
 */
#include "analysis/sweep_cell.h"

#include <math.h>

static double square(double x)
{
    return x * x;
}

static bool is_stable(const gf_sweep_cell *c)
{
    return c->re[0] < 0;
}

double gf_sweep_radius(const gf_sweep_cell *c)
{
    double h = c->step;

    return fmax(hypot(1 + h * c->re[0], h * c->im),
                hypot(1 + h * c->re[1], h * c->im));
}

double gf_sweep_stable_step(const gf_sweep_cell *c)
{
    if (!is_stable(c))
        return NAN;
    /* of two real ones the faster bounds the step */
    return -2 * c->re[1] / (square(c->re[1]) + square(c->im));
}

double gf_sweep_best_step(const gf_sweep_cell *c)
{
    if (!is_stable(c))
        return NAN;
    if (c->im > 0)
        return -c->re[0] / (square(c->re[0]) + square(c->im));
    return -2 / (c->re[0] + c->re[1]);
}

double gf_sweep_best_radius(const gf_sweep_cell *c)
{
    if (!is_stable(c))
        return NAN;
    if (c->im > 0)
        return c->im / hypot(c->re[0], c->im);
    return (c->re[0] - c->re[1]) / -(c->re[0] + c->re[1]);
}
