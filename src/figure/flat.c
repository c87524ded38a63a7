/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Areas on which a coordinate stands still: a velocity that is exactly 0, as
 * where both objectives have come to their flat parts.  For pointwise fields
 * they are strips of the window, with ends found by bisection; for planar ones
 * squares of the page whose corners and middle are zeros.
 */
#include "figure/nullcline.h"

enum { SCAN = 2000, BISECTIONS = 50, LEAST = 2 };

static const double side = 2; /* pt: of the squares */

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

/* Is the velocity along an axis zero in a square, as far as one can see? */
static bool is_still(const gf_view *view, gf_box square, int axis)
{
    gf_vec2 at[] = {{square.x0, square.y0},
                    {square.x1, square.y0},
                    {square.x0, square.y1},
                    {square.x1, square.y1},
                    {(square.x0 + square.x1) / 2, (square.y0 + square.y1) / 2}};

    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        gf_vec2 v = gf_field_at(gf_view_data(view, at[i]), view->field);
        if ((axis ? v.y : v.x) != 0)
            return false;
    }
    return true;
}

/* Squares that follow each other in a row are one box. */
static void find_squares(gf_path *area, const gf_view *view, int axis)
{
    gf_box box = view->box;
    int columns = (int)((box.x1 - box.x0) / side) + 1;
    int rows = (int)((box.y1 - box.y0) / side) + 1;
    double w = (box.x1 - box.x0) / columns, h = (box.y1 - box.y0) / rows;

    for (int y = 0; y < rows; y++) {
        int run = 0;
        for (int x = 0; x <= columns; x++) {
            gf_box square = {box.x0 + w * x, box.y0 + h * y,
                             box.x0 + w * (x + 1), box.y0 + h * (y + 1)};
            bool still = x < columns && is_still(view, square, axis);
            if (!still && run > 0)
                gf_path_box(area, (gf_box){square.x0 - w * run, square.y0,
                                           square.x0, square.y1});
            run = still ? run + 1 : 0;
        }
    }
}

void gf_flat_find(gf_path area[2], const gf_view *view)
{
    if (view->field->kind == GF_POINTWISE) {
        find_strips(&area[0], view, is_critic_still);
        find_strips(&area[1], view, is_generator_still);
    } else {
        find_squares(&area[0], view, 0);
        find_squares(&area[1], view, 1);
    }
}
