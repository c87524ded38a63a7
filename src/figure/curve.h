/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Curves on the page: chains of points in page points (1/72 inch), x to the
 * right and y down, and the rectangle that they are clipped to.
 *
 * Additions do not report each failure: `failed` stays set, additions after it
 * do nothing, and one look at the end is enough.
 */
#ifndef GF_FIGURE_CURVE_H
#define GF_FIGURE_CURVE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "figure/path.h"

typedef struct gf_curve {
    gf_vec2 *at;
    size_t count, capacity;
    bool closed; /* the last point is joined to the first, not repeated */
    bool failed;
} gf_curve;

typedef struct gf_curves {
    gf_curve *item;
    size_t count, capacity;
    bool failed;
} gf_curves;

void gf_curve_init(gf_curve *curve);
void gf_curve_clear(gf_curve *curve);
void gf_curve_add(gf_curve *curve, gf_vec2 p);
void gf_curve_reverse(gf_curve *curve);
double gf_curve_length(const gf_curve *curve);

void gf_curves_init(gf_curves *curves);
void gf_curves_clear(gf_curves *curves);
/* Takes what *curve holds and leaves it empty; a curve of fewer than two
   points is dropped. */
void gf_curves_take(gf_curves *curves, gf_curve *curve);
/* Is either the list or one of its curves out of memory? */
bool gf_curves_failed(const gf_curves *curves);

bool gf_box_has(gf_box box, gf_vec2 p);
/* How far p, inside, is from the nearest side. */
double gf_box_depth(gf_box box, gf_vec2 p);
/* Where the segment from `inside` to `outside` leaves the box. */
gf_vec2 gf_box_exit(gf_box box, gf_vec2 inside, gf_vec2 outside);
/* The parts of a curve inside the box, added to *out. */
void gf_curve_clip(gf_curves *out, const gf_curve *curve, gf_box box);

/* In the header because they are small and called by the million. */
static inline gf_vec2 gf_vec2_sum(gf_vec2 p, gf_vec2 q)
{
    return (gf_vec2){p.x + q.x, p.y + q.y};
}

static inline gf_vec2 gf_vec2_less(gf_vec2 p, gf_vec2 q)
{
    return (gf_vec2){p.x - q.x, p.y - q.y};
}

static inline gf_vec2 gf_vec2_times(double s, gf_vec2 p)
{
    return (gf_vec2){s * p.x, s * p.y};
}

/* p + s q */
static inline gf_vec2 gf_vec2_along(gf_vec2 p, double s, gf_vec2 q)
{
    return (gf_vec2){p.x + s * q.x, p.y + s * q.y};
}

static inline double gf_vec2_dot(gf_vec2 p, gf_vec2 q)
{
    return p.x * q.x + p.y * q.y;
}

static inline double gf_vec2_size(gf_vec2 p)
{
    return sqrt(gf_vec2_dot(p, p));
}

static inline double gf_vec2_far(gf_vec2 p, gf_vec2 q)
{
    return gf_vec2_size(gf_vec2_less(p, q));
}

static inline bool gf_vec2_finite(gf_vec2 p)
{
    return isfinite(p.x) && isfinite(p.y);
}

/* Of length 1; NaN for what has no direction. */
gf_vec2 gf_vec2_unit(gf_vec2 p);
/* The distance of p from the segment a b. */
double gf_segment_far(gf_vec2 p, gf_vec2 a, gf_vec2 b);

#endif
