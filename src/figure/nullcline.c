/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/nullcline.h"

#include <math.h>

#include "figure/contour.h"

enum { COLUMNS = 97, SCAN = 1999, BISECTIONS = 60, DEEPEST = 24 };

static const double side = 2;                        /* pt: of the squares */
static const double beside = 0.2;                    /* pt: of an edge */
static const double chord = 0.02;                    /* pt */
static const double narrow = 1e-3, narrowest = 1e-9; /* pt */

/* --- p_g = pi(D) ------------------------------------------------------- */

typedef struct drawing {
    const gf_view *view;
    gf_curve curve;
    gf_curves *out;
} drawing;

/* The height on the page at which dD/dt = 0; NaN where there is none. */
static double height_at(const gf_view *view, double page_x)
{
    double x = gf_view_data(view, (gf_vec2){page_x, view->box.y0}).x;
    gf_vec2 zero = {x, 0};
    double slope = gf_field_jacobian(zero, view->field).xy;
    double p = -gf_field_at(zero, view->field).x / slope;

    return isfinite(p) ? gf_view_page(view, (gf_vec2){x, p}).y : NAN;
}

static void lift(drawing *d)
{
    gf_curve_clip(d->out, &d->curve, d->view->box);
    d->out->failed = d->out->failed || d->curve.failed;
    gf_curve_clear(&d->curve);
}

/* A steep place is a jump if a smaller part of it is no steeper. */
static bool is_jump(const gf_view *view, gf_vec2 a, gf_vec2 b)
{
    double before = fabs(b.y - a.y);

    while (b.x - a.x > narrowest) {
        double x = (a.x + b.x) / 2, y = height_at(view, x);
        if (isnan(y))
            return false;
        if (fabs(y - a.y) > fabs(b.y - y))
            b = (gf_vec2){x, y};
        else
            a = (gf_vec2){x, y};
    }
    return fabs(b.y - a.y) < 1.5 * before;
}

/* Both beyond the same side, some way off. */
static bool is_out_of_sight(gf_box box, gf_vec2 a, gf_vec2 b)
{
    double margin = box.y1 - box.y0;

    return (a.y < box.y0 - margin && b.y < box.y0 - margin) ||
           (a.y > box.y1 + margin && b.y > box.y1 + margin);
}

/* Where one side of a jump has no height, it is beyond all heights: the jump
   goes to the frame if the velocity changes its sign across it there. */
static void draw_to_frame(drawing *d, gf_vec2 a, gf_vec2 b)
{
    const gf_box *box = &d->view->box;

    for (int top = 0; top < 2; top++) {
        double y = top ? box->y0 : box->y1;
        double left = gf_view_wind((gf_vec2){a.x, y}, d->view).x;
        double right = gf_view_wind((gf_vec2){b.x, y}, d->view).x;
        gf_vec2 end = {isnan(a.y) ? b.x : a.x, y};
        if (!(left * right < 0))
            continue;
        gf_curve_add(&d->curve, end);
        if (isnan(b.y))
            lift(d);
        return;
    }
}

/* Draws from a, which is drawn already if it is a point, to b. */
static void draw_between(drawing *d, gf_vec2 a, gf_vec2 b, int depth)
{
    gf_vec2 m = {(a.x + b.x) / 2, 0};
    bool whole = !isnan(a.y) && !isnan(b.y), straight;

    m.y = height_at(d->view, m.x);
    straight = whole && !isnan(m.y) &&
               (gf_segment_far(m, a, b) < chord ||
                is_out_of_sight(d->view->box, a, b));
    if (depth < DEEPEST && b.x - a.x > narrow && (!straight || depth < 1) &&
        !(isnan(a.y) && isnan(b.y) && depth > 2)) {
        draw_between(d, a, m, depth + 1);
        draw_between(d, m, b, depth + 1);
        return;
    }
    if (isnan(a.y) != isnan(b.y))
        draw_to_frame(d, a, b);
    else if (!whole || (!straight && !is_jump(d->view, a, b)))
        lift(d);
    if (!isnan(b.y))
        gf_curve_add(&d->curve, b);
}

static void draw_explicit(gf_curves *out, const gf_view *view)
{
    gf_box box = view->box;
    drawing d = {.view = view, .out = out};
    gf_vec2 last = {box.x0, height_at(view, box.x0)};

    if (!isnan(last.y))
        gf_curve_add(&d.curve, last);
    for (int i = 1; i <= COLUMNS; i++) {
        double x = box.x0 + (box.x1 - box.x0) * i / COLUMNS;
        gf_vec2 next = {x, height_at(view, x)};
        draw_between(&d, last, next, 0);
        last = next;
    }
    lift(&d);
}

/* --- roots of f3(D) - f3(D0) ------------------------------------------- */

static double growth_at(const gf_view *view, double x)
{
    return gf_field_at((gf_vec2){x, 0}, view->field).y;
}

static void draw_vertical(gf_curves *out, const gf_view *view, double x)
{
    double page = gf_view_page(view, (gf_vec2){x, 0}).x;
    gf_curve curve;

    if (!(page >= view->box.x0 && page <= view->box.x1))
        return;
    for (size_t i = 0; i < out->count; i++)
        if (fabs(out->item[i].at[0].x - page) < 1e-6)
            return;
    gf_curve_init(&curve);
    gf_curve_add(&curve, (gf_vec2){page, view->box.y1});
    gf_curve_add(&curve, (gf_vec2){page, view->box.y0});
    gf_curves_take(out, &curve);
}

/* Is it zero beside x too?  Then it is so on an area (flat.c). */
static bool is_flat(const gf_view *view, double x)
{
    double aside = (view->window[0].hi - view->window[0].lo) / SCAN / 2;

    return growth_at(view, x) == 0 &&
           (growth_at(view, x - aside) == 0 || growth_at(view, x + aside) == 0);
}

static void draw_root(gf_curves *out, const gf_view *view, double a, double b)
{
    bool sign = growth_at(view, a) > 0;
    double most = fmax(fabs(growth_at(view, a)), fabs(growth_at(view, b)));
    double x = a;

    for (int i = 0; i < BISECTIONS; i++) {
        x = a / 2 + b / 2;
        if ((growth_at(view, x) > 0) == sign)
            a = x;
        else
            b = x;
    }
    if (fabs(growth_at(view, x)) <= most)
        draw_vertical(out, view, x);
}

static void draw_roots(gf_curves *out, const gf_view *view,
                       const gf_classification *c)
{
    double lo = view->window[0].lo, hi = view->window[0].hi;
    double last = growth_at(view, lo), at = lo;

    for (size_t i = 0; i < c->count; i++)
        if (!is_flat(view, c->point[i].at.x))
            draw_vertical(out, view, c->point[i].at.x);
    for (int i = 1; i <= SCAN; i++) {
        double x = lo + (hi - lo) * i / SCAN, g = growth_at(view, x);
        if (g == 0 && last != 0 && !is_flat(view, x))
            draw_vertical(out, view, x);
        else if (last * g < 0)
            draw_root(out, view, at, x);
        last = g;
        at = x;
    }
}

/* --- planar fields ----------------------------------------------------- */

/* Is a zero of a velocity in an area of zeros, or on the edge of one? */
static bool is_of_area(gf_vec2 page, const gf_view *view, int axis)
{
    static const gf_vec2 ways[] = {{0, 0}, {1, 1}, {1, -1}, {-1, 1}, {-1, -1}};
    bool found = false;

    for (size_t i = 0; i < sizeof ways / sizeof *ways && !found; i++)
        found = gf_flat_has(view, gf_vec2_along(page, beside, ways[i]), axis);
    return found;
}

/* What is flat has no curve (flat.c), nor has its edge. */
static double velocity(gf_vec2 page, const gf_view *view, int axis)
{
    gf_vec2 v = gf_field_at(gf_view_data(view, page), view->field);
    double along = axis ? v.y : v.x;

    return along == 0 && is_of_area(page, view, axis) ? NAN : along;
}

static double velocity_x(gf_vec2 page, const void *ctx)
{
    return velocity(page, ctx, 0);
}

static double velocity_y(gf_vec2 page, const void *ctx)
{
    return velocity(page, ctx, 1);
}

void gf_nullclines_find(gf_curves of[2], const gf_view *view,
                        const gf_classification *c)
{
    if (view->field->kind == GF_POINTWISE) {
        draw_explicit(&of[0], view);
        draw_roots(&of[1], view, c);
    } else {
        gf_contour(&of[0], view->box, side, velocity_x, view);
        gf_contour(&of[1], view->box, side, velocity_y, view);
    }
}
