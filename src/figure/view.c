/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/view.h"

#include <math.h>

#include "figure/grid.h"
#include "figure/slide.h"

enum { EVALUATIONS = 200000, MOST_SLIDES = 50 };

static const double least_step = 0.5; /* pt */
static const double arrives = 0.05;   /* pt: this near, it is at a rest point */
static const double longest = 1e4;    /* pt */
/* A run whose turns are nearer than a line is thick goes in circles as far as
   can be seen: within 1.9 steps; own_gap is how long ago a turn began at least,
   own_start what is not compared at the start. */
static const double own_gap = 12, own_start = 2.5;

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
    gf_grid own;   /* its points so far */
    double step;   /* between them */
    double before; /* length of what was traced before */
    double until;  /* the length at which it has gone round; 0: does not yet */
    bool arrived, cycles;
} pursuit;

/* Does the run follow its own track, closer than a line is thick? */
static bool is_on_its_track(const pursuit *run, gf_vec2 last, gf_vec2 p,
                            double length)
{
    gf_vec2 way = gf_vec2_unit(gf_vec2_less(p, last));

    for (int side = -1; side <= 1; side++) {
        double near, own = 1.9 * run->step;
        gf_vec2 q = gf_vec2_along(p, side * run->step / 2, way);
        gf_grid_crowd(&near, &run->own, q, own, 1, length, own_gap);
        if (near >= own)
            return false;
    }
    return true;
}

/* The length of the turn that ends at the last point. */
static double turn_of(const pursuit *run)
{
    const gf_curve *c = &run->curve;
    size_t gap = (size_t)(own_gap / run->step) + 1;
    gf_vec2 last = c->at[c->count - 1];

    for (size_t i = gap; i < c->count; i++)
        if (gf_vec2_far(last, c->at[c->count - 1 - i]) < 2 * run->step)
            return (double)i * run->step;
    return 0;
}

/* A run that goes round goes on for one more turn, which closes the ring that
   it has drawn: its end is not seen. */
static bool has_gone_round(pursuit *run, gf_vec2 last, gf_vec2 p, double length)
{
    if (run->until == 0 && is_on_its_track(run, last, p, length))
        run->until = length + turn_of(run);
    return run->until > 0 && length >= run->until;
}

static bool pursue(gf_vec2 p, double length, void *ctx)
{
    pursuit *run = ctx;
    gf_vec2 last = run->curve.at[run->curve.count - 1];

    gf_curve_add(&run->curve, p);
    if (run->before + length > own_start) /* a run that closes meets the rest */
        gf_grid_add(&run->own, p, 1, run->before + length);
    run->cycles = has_gone_round(run, last, p, run->before + length);
    if (length > 2 && gf_vec2_far(p, run->start) < run->step &&
        gf_segment_far(run->start, last, p) < 0.04 * run->step)
        run->curve.closed = true;
    for (size_t i = 0; i < run->rest_count && !run->arrived; i++)
        run->arrived = gf_vec2_far(p, run->rest[i]) < arrives && length > 1;
    return !run->arrived && !run->curve.closed && !run->cycles &&
           !run->curve.failed && length < longest * run->step / least_step;
}

/* --- the whole --------------------------------------------------------- */

static gf_halt run_on(pursuit *run, const gf_tracer *tracer, gf_vec2 from,
                      int sense)
{
    const gf_view *view = tracer->wind.ctx;
    gf_halt halt = gf_trace(tracer, from, sense, pursue, run);

    for (int i = 0; i < MOST_SLIDES && halt == GF_HALT_REST && !run->arrived;
         i++) {
        from = run->curve.at[run->curve.count - 1];
        if (!gf_slide(&run->curve, &from, view, sense, tracer->box, run->step))
            break;
        run->before += longest;
        halt = gf_trace(tracer, from, sense, pursue, run);
    }
    return run->arrived ? GF_HALT_REST : halt;
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
                        fmax(least_step, fmax(width, height) / 1500),
                        EVALUATIONS};
    pursuit run = {.rest = rest, .rest_count = rest_count, .start = from};
    gf_run_end end = {GF_HALT_DOMAIN, from, false};

    run.step = tracer.step;
    gf_curve_add(&run.curve, from);
    gf_grid_init(&run.own, tracer.box, fmax(5, fmax(width, height) / 100));
    if (run.curve.failed || run.own.failed) {
        out->failed = true;
        gf_curve_clear(&run.curve);
        gf_grid_clear(&run.own);
        return end;
    }
    end.halt = run_on(&run, &tracer, from, sense);
    end.at = run.curve.at[run.curve.count - 1];
    if (run.curve.closed)
        run.curve.count--;
    if (sense < 0)
        gf_curve_reverse(&run.curve);
    gf_curve_clip(out, &run.curve, view->box);
    end.cycles = run.cycles || run.curve.closed;
    out->failed = out->failed || run.curve.failed || run.own.failed;
    gf_grid_clear(&run.own);
    gf_curve_clear(&run.curve);
    return end;
}
