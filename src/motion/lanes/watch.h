/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is noted of many states after a step of a map; any number of them, in
 * arrays of their coordinates.
 */
#ifndef GF_MOTION_LANES_WATCH_H
#define GF_MOTION_LANES_WATCH_H

#include <math.h>

#include "motion/lanes/lanes.h"
#include "motion/lanes/real.h"

GF_LANE_INLINE bool is_in_box(const gf_lane_box *box, double x, double y)
{
    return (x >= box->lo[0]) & (x <= box->hi[0]) & (y >= box->lo[1]) &
           (y <= box->hi[1]);
}

static size_t count_outside(const double *x, const double *y, size_t n,
                            const gf_lane_box *box)
{
    const gf_lane_box b = *box;
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += is_in_box(&b, x[i], y[i]) ? 0 : 1;
    return count;
}

static void note_outside(double *first, const double *x, const double *y,
                         size_t n, const gf_lane_box *box, double time)
{
    const gf_lane_box b = *box;

    for (size_t i = 0; i < n; i++) {
        double now = is_in_box(&b, x[i], y[i]) ? INFINITY : time;
        first[i] = now < first[i] ? now : first[i];
    }
}

static void count_inside(double *stay, const double *x, const double *y,
                         size_t n, const gf_lane_box *box)
{
    const gf_lane_box b = *box;

    for (size_t i = 0; i < n; i++)
        stay[i] = is_in_box(&b, x[i], y[i]) ? stay[i] + 1 : 0;
}

static void put_between(double *x, size_t n, double lo, double hi)
{
    for (size_t i = 0; i < n; i++) {
        double z = x[i], nearest = z < lo ? lo : z;
        nearest = nearest > hi ? hi : nearest;
        x[i] = fabs(z) < INFINITY ? nearest : z;
    }
}

static void put_inside(double *x, double *y, size_t n, const gf_lane_box *box)
{
    put_between(x, n, box->lo[0], box->hi[0]);
    put_between(y, n, box->lo[1], box->hi[1]);
}

#endif
