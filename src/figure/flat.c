/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Areas on which a coordinate stands still: a velocity that is exactly 0, as
 * where both objectives have come to their flat parts.  For pointwise fields
 * they are strips of the window; for planar ones what rows of the page have,
 * all with ends found by bisection.
 */
#include "figure/nullcline.h"

#include <math.h>

enum { SCAN = 2000, BISECTIONS = 50, LEAST = 2, EDGE = 10, MOST_RUNS = 16 };

/* In points: between the places of a row that are looked at, between rows, and
   how far round a place the velocity must be 0. */
static const double side = 2, step = 1, beside = 0.05;

typedef bool is_zero(double x, const gf_view *view);

/* dD/dt is affine in p_g: zero at two heights, it is zero at all. */
static bool is_critic_still(double x, const gf_view *view)
{
    gf_vec2 low = {x, view->window[1].lo}, high = {x, view->window[1].hi};

    return gf_field_at(low, view->field).x == 0 &&
           gf_field_at(high, view->field).x == 0;
}

static bool is_generator_still(double x, const gf_view *view)
{
    return gf_field_at((gf_vec2){x, view->window[1].lo}, view->field).y == 0;
}

/* Where, between a zero and none, the zeros end. */
static double edge_between(double in, double out, is_zero *zero,
                           const gf_view *view)
{
    for (int i = 0; i < BISECTIONS; i++) {
        double middle = in / 2 + out / 2;
        if (zero(middle, view))
            in = middle;
        else
            out = middle;
    }
    return in;
}

static void add_strip(gf_path *area, const gf_view *view, double lo, double hi)
{
    gf_box box = view->box;

    box.x0 = gf_view_page(view, (gf_vec2){lo, 0}).x;
    box.x1 = gf_view_page(view, (gf_vec2){hi, 0}).x;
    gf_path_box(area, box);
}

static void find_strips(gf_path *area, const gf_view *view, is_zero *zero)
{
    double lo = view->window[0].lo, width = view->window[0].hi - lo;
    double from = 0, last = 0;
    int count = 0;

    for (int i = 0; i <= SCAN + 1; i++) {
        double x = lo + width * i / SCAN;
        bool still = i <= SCAN && zero(x, view);
        if (still && count++ == 0)
            from = i ? edge_between(x, last, zero, view) : x;
        if (!still && count >= LEAST)
            add_strip(area, view, from,
                      i > SCAN ? last : edge_between(last, x, zero, view));
        count = still ? count : 0;
        last = x;
    }
}

/* --- planar fields ----------------------------------------------------- */

/* One row of the page: where the velocity along an axis is 0. */
typedef struct row {
    double y, x0[MOST_RUNS], x1[MOST_RUNS];
    size_t count;
} row;

bool gf_flat_has(const gf_view *view, gf_vec2 page, int axis)
{
    static const gf_vec2 ways[] = {{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}};

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        gf_vec2 p = gf_vec2_along(page, beside, ways[i]);
        gf_vec2 v = gf_field_at(gf_view_data(view, p), view->field);
        if ((axis ? v.y : v.x) != 0)
            return false;
    }
    return true;
}

/* Where between a place that is flat and one that is not the area ends. */
static double end_between(const gf_view *view, double in, double out, double y,
                          int axis)
{
    for (int i = 0; i < EDGE; i++) {
        double middle = (in + out) / 2;
        if (gf_flat_has(view, (gf_vec2){middle, y}, axis))
            in = middle;
        else
            out = middle;
    }
    return in;
}

static void scan_row(row *r, const gf_view *view, double y, int axis)
{
    gf_box box = view->box;
    double last = box.x0;
    bool before = false;

    r->y = y;
    r->count = 0;
    for (double x = box.x0; x <= box.x1 + side && r->count < MOST_RUNS;
         x += side) {
        bool still = x <= box.x1 && gf_flat_has(view, (gf_vec2){x, y}, axis);
        if (still && !before)
            r->x0[r->count] =
                x > box.x0 ? end_between(view, x, last, y, axis) : x;
        if (!still && before)
            r->x1[r->count++] =
                end_between(view, last, fmin(x, box.x1), y, axis);
        before = still;
        last = x;
    }
}

/* The area between two rows whose runs correspond. */
static void add_between(gf_path *area, const row *a, const row *b)
{
    for (size_t i = 0; i < a->count && a->count == b->count; i++) {
        gf_path_move(area, (gf_vec2){a->x0[i], a->y});
        gf_path_line(area, (gf_vec2){a->x1[i], a->y});
        gf_path_line(area, (gf_vec2){b->x1[i], b->y});
        gf_path_line(area, (gf_vec2){b->x0[i], b->y});
        gf_path_close(area);
    }
}

static void find_areas(gf_path *area, const gf_view *view, int axis)
{
    gf_box box = view->box;
    row last = {.count = 0}, next;

    for (double y = box.y0; y < box.y1 + step; y += step) {
        scan_row(&next, view, fmin(y, box.y1), axis);
        add_between(area, &last, &next);
        last = next;
    }
}

void gf_flat_find(gf_path area[2], const gf_view *view)
{
    if (view->field->kind == GF_POINTWISE) {
        find_strips(&area[0], view, is_critic_still);
        find_strips(&area[1], view, is_generator_still);
    } else {
        find_areas(&area[0], view, 0);
        find_areas(&area[1], view, 1);
    }
}
