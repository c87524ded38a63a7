/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/curve.h"

#include <math.h>
#include <stdlib.h>

gf_vec2 gf_vec2_unit(gf_vec2 p)
{
    double square = gf_vec2_dot(p, p);
    /* velocities may be huge or tiny */
    double size =
        square > 1e-280 && square < 1e280 ? sqrt(square) : hypot(p.x, p.y);

    return (gf_vec2){p.x / size, p.y / size};
}

double gf_segment_far(gf_vec2 p, gf_vec2 a, gf_vec2 b)
{
    gf_vec2 along = gf_vec2_less(b, a), to = gf_vec2_less(p, a);
    double square = gf_vec2_dot(along, along), t;

    if (!(square > 0))
        return gf_vec2_far(p, a);
    t = fmin(1, fmax(0, gf_vec2_dot(to, along) / square));
    return gf_vec2_far(p, gf_vec2_along(a, t, along));
}

/* --- curves ------------------------------------------------------------ */

void gf_curve_init(gf_curve *curve)
{
    *curve = (gf_curve){0};
}

void gf_curve_clear(gf_curve *curve)
{
    free(curve->at);
    gf_curve_init(curve);
}

void gf_curve_add(gf_curve *curve, gf_vec2 p)
{
    if (curve->failed)
        return;
    if (curve->count == curve->capacity) {
        size_t capacity = curve->capacity ? 2 * curve->capacity : 64;
        gf_vec2 *at = realloc(curve->at, capacity * sizeof *at);
        if (!at) {
            curve->failed = true;
            return;
        }
        curve->at = at;
        curve->capacity = capacity;
    }
    curve->at[curve->count++] = p;
}

void gf_curve_reverse(gf_curve *curve)
{
    for (size_t i = 0; i < curve->count / 2; i++) {
        gf_vec2 p = curve->at[i];
        curve->at[i] = curve->at[curve->count - 1 - i];
        curve->at[curve->count - 1 - i] = p;
    }
}

double gf_curve_length(const gf_curve *curve)
{
    double length = 0;

    for (size_t i = 1; i < curve->count; i++)
        length += gf_vec2_far(curve->at[i - 1], curve->at[i]);
    if (curve->closed && curve->count > 1)
        length += gf_vec2_far(curve->at[curve->count - 1], curve->at[0]);
    return length;
}

void gf_curves_init(gf_curves *curves)
{
    *curves = (gf_curves){0};
}

void gf_curves_clear(gf_curves *curves)
{
    for (size_t i = 0; i < curves->count; i++)
        gf_curve_clear(&curves->item[i]);
    free(curves->item);
    gf_curves_init(curves);
}

void gf_curves_take(gf_curves *curves, gf_curve *curve)
{
    curves->failed = curves->failed || curve->failed;
    if (curves->count == curves->capacity && !curves->failed) {
        size_t capacity = curves->capacity ? 2 * curves->capacity : 32;
        gf_curve *item = realloc(curves->item, capacity * sizeof *item);
        if (item) {
            curves->item = item;
            curves->capacity = capacity;
        } else {
            curves->failed = true;
        }
    }
    if (curves->failed || curve->count < 2) {
        gf_curve_clear(curve);
        return;
    }
    curves->item[curves->count++] = *curve;
    gf_curve_init(curve);
}

bool gf_curves_failed(const gf_curves *curves)
{
    return curves->failed;
}

/* --- boxes ------------------------------------------------------------- */

bool gf_box_has(gf_box box, gf_vec2 p)
{
    return p.x >= box.x0 && p.x <= box.x1 && p.y >= box.y0 && p.y <= box.y1;
}

double gf_box_depth(gf_box box, gf_vec2 p)
{
    return fmin(fmin(p.x - box.x0, box.x1 - p.x),
                fmin(p.y - box.y0, box.y1 - p.y));
}

/* The part [t0, t1] of the segment p + t q inside the box; false if none.
   [liang1984] */
static bool clip_segment(gf_box box, gf_vec2 p, gf_vec2 q, double *t0,
                         double *t1)
{
    double start[2] = {p.x, p.y}, step[2] = {q.x, q.y};
    double lo[2] = {box.x0, box.y0}, hi[2] = {box.x1, box.y1};

    *t0 = 0;
    *t1 = 1;
    for (int i = 0; i < 2; i++) {
        double a = (lo[i] - start[i]) / step[i];
        double b = (hi[i] - start[i]) / step[i];
        if (step[i] == 0) {
            if (start[i] < lo[i] || start[i] > hi[i])
                return false;
            continue;
        }
        *t0 = fmax(*t0, fmin(a, b));
        *t1 = fmin(*t1, fmax(a, b));
    }
    return *t0 <= *t1;
}

gf_vec2 gf_box_exit(gf_box box, gf_vec2 inside, gf_vec2 outside)
{
    gf_vec2 along = gf_vec2_less(outside, inside);
    double t0, t1;

    if (!clip_segment(box, inside, along, &t0, &t1))
        return inside;
    return gf_vec2_along(inside, t1, along);
}

void gf_curve_clip(gf_curves *out, const gf_curve *curve, gf_box box)
{
    size_t n = curve->count, segments = curve->closed ? n : n - 1;
    gf_curve part;

    gf_curve_init(&part);
    for (size_t i = 0; n > 1 && i < segments; i++) {
        gf_vec2 p = curve->at[i];
        gf_vec2 along = gf_vec2_less(curve->at[(i + 1) % n], p);
        double t0, t1;
        if (!clip_segment(box, p, along, &t0, &t1)) {
            gf_curves_take(out, &part);
            continue;
        }
        if (t0 > 0)
            gf_curves_take(out, &part);
        if (part.count == 0)
            gf_curve_add(&part, gf_vec2_along(p, t0, along));
        gf_curve_add(&part, gf_vec2_along(p, t1, along));
        if (t1 < 1)
            gf_curves_take(out, &part);
    }
    if (curve->closed && part.count == n + 1) {
        part.count = n;
        part.closed = true;
    }
    gf_curves_take(out, &part);
}
