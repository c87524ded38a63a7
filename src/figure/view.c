/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/view.h"

#include <math.h>

enum { EVALUATIONS = 200000 };

static const double step = 0.5; /* pt */
static const double arrives =
    0.05;                          /* pt: this near, a run is at a rest point */
static const double longest = 1e4; /* pt */

static double scale_x(const gf_view *v)
{
    return (v->box.x1 - v->box.x0) / (v->window[0].hi - v->window[0].lo);
}

static double scale_y(const gf_view *v)
{
    return (v->box.y1 - v->box.y0) / (v->window[1].hi - v->window[1].lo);
}

gf_vec2 gf_view_page(const gf_view *v, gf_vec2 p)
{
    return (gf_vec2){v->box.x0 + (p.x - v->window[0].lo) * scale_x(v),
                     v->box.y1 - (p.y - v->window[1].lo) * scale_y(v)};
}

gf_vec2 gf_view_data(const gf_view *v, gf_vec2 page)
{
    /* from the nearer end, so that both ends of the window are met exactly */
    double x = page.x - v->box.x0 < v->box.x1 - page.x
                   ? v->window[0].lo + (page.x - v->box.x0) / scale_x(v)
                   : v->window[0].hi - (v->box.x1 - page.x) / scale_x(v);
    double y = v->box.y1 - page.y < page.y - v->box.y0
                   ? v->window[1].lo + (v->box.y1 - page.y) / scale_y(v)
                   : v->window[1].hi - (page.y - v->box.y0) / scale_y(v);

    return (gf_vec2){x, y};
}

gf_vec2 gf_view_way(const gf_view *v, gf_vec2 difference)
{
    return (gf_vec2){difference.x * scale_x(v), -difference.y * scale_y(v)};
}

gf_vec2 gf_view_wind(gf_vec2 page, const void *ctx)
{
    const gf_view *v = ctx;

    return gf_view_way(v, gf_field_at(gf_view_data(v, page), v->field));
}

/* --- runs -------------------------------------------------------------- */

typedef struct pursuit {
    gf_curve curve;
    const gf_vec2 *rest;
    size_t rest_count;
    gf_vec2 start;
    bool arrived;
} pursuit;

static bool pursue(gf_vec2 p, double length, void *ctx)
{
    pursuit *run = ctx;
    gf_vec2 last = run->curve.at[run->curve.count - 1];

    gf_curve_add(&run->curve, p);
    if (length > 2 && gf_vec2_far(p, run->start) < step &&
        gf_segment_far(run->start, last, p) < 0.02)
        run->curve.closed = true;
    for (size_t i = 0; i < run->rest_count && !run->arrived; i++)
        run->arrived = gf_vec2_far(p, run->rest[i]) < arrives && length > 1;
    return !run->arrived && !run->curve.closed && !run->curve.failed &&
           length < longest;
}

gf_run_end gf_view_follow(gf_curves *out, const gf_view *view, gf_vec2 start,
                          int sense, const gf_vec2 *rest, size_t rest_count)
{
    gf_vec2 from = gf_view_page(view, start);
    double width = view->box.x1 - view->box.x0;
    double height = view->box.y1 - view->box.y0;
    /* runs may leave the window and come back */
    gf_tracer tracer = {{gf_view_wind, view},
                        gf_box_grow(view->box, fmax(width, height)),
                        step,
                        EVALUATIONS};
    pursuit run = {.rest = rest, .rest_count = rest_count, .start = from};
    gf_run_end end = {GF_HALT_DOMAIN, from};

    gf_curve_add(&run.curve, from);
    if (run.curve.failed) {
        out->failed = true;
        return end;
    }
    end.halt = gf_trace(&tracer, from, sense, pursue, &run);
    if (run.arrived)
        end.halt = GF_HALT_REST;
    end.at = run.curve.at[run.curve.count - 1];
    if (run.curve.closed)
        run.curve.count--;
    if (sense < 0)
        gf_curve_reverse(&run.curve);
    gf_curve_clip(out, &run.curve, view->box);
    out->failed = out->failed || run.curve.failed;
    gf_curve_clear(&run.curve);
    return end;
}
