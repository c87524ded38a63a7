/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a portrait under the run of a point shows. */
#include "figure/play_board.h"

#include <ganfield/flow.h>
#include <math.h>

/* The ideal run is followed so long, in periods; it may widen the window of
 * the other by so much, and this one that of start and rest point; and what is
 * left free round all. */
static const double periods = 4, widest = 0.6, farthest = 40, margin = 0.08;

static void hold(gf_range w[2], gf_vec2 p)
{
    if (!isfinite(p.x) || !isfinite(p.y))
        return;
    w[0].lo = fmin(w[0].lo, p.x);
    w[0].hi = fmax(w[0].hi, p.x);
    w[1].lo = fmin(w[1].lo, p.y);
    w[1].hi = fmax(w[1].hi, p.y);
}

/* The point of a box that is nearest. */
static gf_vec2 into(gf_vec2 p, const gf_range box[2])
{
    return (gf_vec2){fmin(fmax(p.x, box[0].lo), box[0].hi),
                     fmin(fmax(p.y, box[1].lo), box[1].hi)};
}

static void grow(gf_range out[2], const gf_range w[2], double by)
{
    for (int i = 0; i < 2; i++) {
        double width = w[i].hi - w[i].lo;
        if (!(width > 1e-6 * fmax(fabs(w[i].lo), fabs(w[i].hi))))
            width = fmax(0.1, fabs(w[i].hi));
        out[i] =
            (gf_range){w[i].lo - by * width, w[i].hi + by * width, true, true};
    }
}

/* The ideal run inside of a window. */
static void hold_ideal(gf_range w[2], const gf_classification *c, gf_vec2 start,
                       const gf_range most[2])
{
    double rate = 0;
    gf_trajectory run;

    if (c->wanted < c->count)
        rate = sqrt(fabs(c->point[c->wanted].spectrum.determinant));
    gf_flow_options options = {.rtol = 1e-6,
                               .atol = 1e-9,
                               .until = rate > 0 ? periods * 6.3 / rate : 10,
                               .window = most,
                               .most_attempts = 10000};
    gf_trajectory_init(&run);
    if (gf_flow_run(&run, c->field, start, &options, NULL) == GF_OK)
        for (size_t i = 0; i < run.count; i++)
            hold(w, into(run.row[i].at, most));
    gf_trajectory_clear(&run);
}

void gf_play_board_window(gf_range window[2], const gf_play_figure *f,
                          size_t spot)
{
    const gf_course *course = &f->play->course;
    const gf_classification *c = f->c[spot];
    gf_range w[2] = {{INFINITY, -INFINITY, true, true},
                     {INFINITY, -INFINITY, true, true}};
    gf_range most[2];
    size_t i = f->spot[spot];

    hold(w, (gf_vec2){course->d[i], course->p[i]});
    if (c->wanted < c->count)
        hold(w, c->point[c->wanted].at);
    grow(most, w, farthest);
    for (size_t row = 0; row < course->count; row++)
        hold(w, into((gf_vec2){course->d[row * course->points + i],
                               course->p[row * course->points + i]},
                     most));
    grow(most, w, widest);
    hold_ideal(w, c, (gf_vec2){course->d[i], course->p[i]}, most);
    grow(window, w, margin);
}
