/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/slide.h"

#include <math.h>

#include "motion/side.h"

static const double near = 0.05;   /* pt: a line this far off has been met */
static const double beside = 0.01; /* pt: from it to one side of it */
static const double leave = 1e-9;  /* pt: how well its end is known */

typedef struct slider {
    const gf_view *view;
    gf_side side;
    size_t line;
    double step;
} slider;

/* How far a point is from a line, in points of the page. */
static double distance(const slider *s, size_t line, gf_vec2 page)
{
    double unused;
    gf_vec2 at = gf_view_data(s->view, page);
    gf_vec2 onto = gf_side_onto(&s->side, line, at);

    (void)gf_side_line(&s->side, line, onto, &unused);
    return gf_vec2_far(page, gf_view_page(s->view, onto));
}

/* The line that is met at a point and slid along; false if there is none. */
static bool find_line(slider *s, gf_vec2 page)
{
    gf_vec2 at = gf_view_data(s->view, page);

    gf_side_settle(&s->side, at);
    for (size_t k = 0; k < gf_field_line_count(s->view->field); k++) {
        double far = distance(s, k, page);
        gf_side trial = s->side;
        if (!(far < near))
            continue;
        gf_side_settle(&trial, gf_side_onto(&s->side, k, at));
        if (trial.slides_on != k)
            continue;
        s->line = k;
        s->side = trial;
        return true;
    }
    return false;
}

static gf_vec2 onto_line(const slider *s, gf_vec2 page)
{
    return gf_view_page(
        s->view, gf_side_onto(&s->side, s->line, gf_view_data(s->view, page)));
}

/* On the page; NaN where it stands still. */
static gf_vec2 direction(const slider *s, gf_vec2 page)
{
    gf_vec2 v = gf_side_velocity(&s->side, gf_view_data(s->view, page));

    return gf_vec2_unit(gf_view_way(s->view, v));
}

static bool slides_at(const slider *s, gf_vec2 page)
{
    gf_vec2 at = gf_view_data(s->view, page);

    return gf_side_push(&s->side, s->line, 0, at).value > 0 &&
           gf_side_push(&s->side, s->line, 1, at).value < 0;
}

/* One step of the midpoint rule, and back onto the line; false where it turns
   round or stands still: a rest point of the sliding motion. */
static bool advance(const slider *s, gf_vec2 *page, double h)
{
    gf_vec2 first = direction(s, *page), middle, last;

    middle = onto_line(s, gf_vec2_along(*page, h / 2, first));
    last = direction(s, middle);
    if (!gf_vec2_finite(last) || gf_vec2_dot(first, last) <= 0)
        return false;
    *page = onto_line(s, gf_vec2_along(*page, h, last));
    return gf_vec2_finite(*page);
}

/* To the side that the run leaves to. */
static bool step_off(slider *s, gf_vec2 *page)
{
    gf_vec2 at = gf_view_data(s->view, *page);
    double unused, way;
    gf_slopes g;

    gf_side_settle(&s->side, at);
    if (s->side.is_stuck || s->side.slides_on != GF_NO_LINE)
        return false;
    g = gf_side_line(&s->side, s->line, at, &unused);
    way = s->side.of[s->line] > 0.5 ? beside : -beside;
    /* the gradient on the page is that in the plane, each axis by its scale */
    gf_vec2 scale = gf_view_way(s->view, (gf_vec2){1, 1});
    gf_vec2 up = {g.gradient.x / scale.x, g.gradient.y / scale.y};
    *page = gf_vec2_along(*page, way, gf_vec2_unit(up));
    return gf_vec2_finite(*page);
}

bool gf_slide(gf_curve *curve, gf_vec2 *from, const gf_view *view, int sense,
              gf_box box, double step)
{
    slider s = {.view = view,
                .side = {view->field, sense, .slides_on = GF_NO_LINE},
                .step = step};
    gf_vec2 page;

    if (!view->field->kinks || !find_line(&s, *from))
        return false;
    page = onto_line(&s, *from);
    gf_curve_add(curve, page);
    for (double h = step; h > leave;) {
        gf_vec2 next = page;
        if (!advance(&s, &next, h))
            return false;
        if (!slides_at(&s, next)) {
            h /= 2;
            continue;
        }
        page = next;
        if (h == step)
            gf_curve_add(curve, page);
        if (!gf_box_has(box, page) || curve->failed)
            return false;
    }
    gf_curve_add(curve, page);
    /* a little further, where one side does not hold any more */
    (void)advance(&s, &page, 2 * leave);
    *from = page;
    return step_off(&s, from);
}
