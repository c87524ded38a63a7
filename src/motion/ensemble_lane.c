/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lanes of a thread: starts go in, fates come out. */
#include "motion/ensemble_lane.h"

#include <math.h>
#include <string.h>

#include "motion/flush.h"

enum { CLAIM = 64 }; /* starts taken at a time */

/* --- beginning --------------------------------------------------------- */

void gf_lane_set_step(const gf_lane *l, double h)
{
    *gf_lane_row(l, GF_ROW_H) = h;
    *gf_lane_row(l, GF_ROW_HALF) = h / 2;
    *gf_lane_row(l, GF_ROW_SIXTH) = h / 6;
}

static void place(const gf_lane *l, gf_vec2 at, double h)
{
    static const size_t xs[] = {GF_ROW_XS, GF_ROW_X, GF_ROW_LOX, GF_ROW_HIX};
    static const size_t ys[] = {GF_ROW_YS, GF_ROW_Y, GF_ROW_LOY, GF_ROW_HIY};

    for (size_t k = 0; k < sizeof xs / sizeof *xs; k++) {
        *gf_lane_row(l, xs[k]) = at.x;
        *gf_lane_row(l, ys[k]) = at.y;
    }
    *gf_lane_row(l, GF_ROW_ROUGH) = *gf_lane_row(l, GF_ROW_TIME) =
        *gf_lane_row(l, GF_ROW_KEPT) = 0;
    for (size_t k = 0; k < 4; k++) {
        double unit = k == 0 || k == 3 ? 1 : 0;
        *gf_lane_row(l, GF_ROW_TANGENT + k) = unit;
        *gf_lane_row(l, GF_ROW_STAGE + k) = unit;
    }
    gf_lane_set_step(l, h);
}

static bool take(gf_worker *w, size_t *start)
{
    gf_ensemble_job *job = w->job;

    if (w->next == w->end) {
        w->next = atomic_fetch_add(&job->next, CLAIM);
        w->end = w->next + CLAIM;
    }
    if (w->next >= job->count) {
        w->next = w->end = 0;
        return false;
    }
    if (w->end > job->count)
        w->end = job->count;
    *start = w->next++;
    return true;
}

/* A flow that is watched ends at its end, also within the first look. */
static double first_step(const gf_ensemble *e)
{
    double h = e->options.step;
    bool fits = e->options.plain || !e->rule->is_flow;

    return fits ? h : fmin(h, e->options.until / GF_ENSEMBLE_LOOK);
}

/* The next start that is inside the domain into a lane; where there is none the
   lane rests, with a step of nothing. */
void gf_lane_refill(const gf_lane *l)
{
    gf_worker *w = l->w;
    size_t n;

    while (take(w, &n)) {
        gf_vec2 at = w->job->start[n];
        if (gf_ensemble_inside(w->e->field, at.x, at.y)) {
            place(l, at, first_step(w->e));
            *gf_lane_who(l) = n;
            w->busy++;
            return;
        }
        w->job->out[n] = (gf_fate){.label = GF_FATE_LEFT_DOMAIN,
                                   .target = w->e->options.target_count,
                                   .left_physical_at = NAN,
                                   .at = at};
    }
    *gf_lane_who(l) = GF_NOBODY;
}

/* --- ending ------------------------------------------------------------ */

/* Puts the lane to rest where it harms nobody. */
static void retire(const gf_lane *l)
{
    place(l, l->w->job->start[*gf_lane_who(l)], 0);
    *gf_lane_who(l) = GF_NOBODY;
    l->w->busy--;
}

void gf_lane_finish(const gf_lane *l, gf_fate fate)
{
    gf_ensemble_job *job = l->w->job;

    if (job->tangent)
        job->tangent[*gf_lane_who(l)] =
            (gf_mat2){*gf_lane_row(l, GF_ROW_TANGENT),
                      *gf_lane_row(l, GF_ROW_TANGENT + 2),
                      *gf_lane_row(l, GF_ROW_TANGENT + 1),
                      *gf_lane_row(l, GF_ROW_TANGENT + 3)};
    l->w->job->out[*gf_lane_who(l)] = fate;
    retire(l);
}

gf_vec2 gf_lane_state(const gf_lane *l)
{
    return (gf_vec2){*gf_lane_row(l, GF_ROW_X), *gf_lane_row(l, GF_ROW_Y)};
}

gf_fate gf_lane_fate(const gf_lane *l, gf_fate_label label)
{
    gf_fate fate = {.label = label,
                    .target = l->w->e->options.target_count,
                    .left_physical_at = NAN,
                    .at = gf_lane_state(l)};

    fate.time =
        l->w->e->options.plain ? l->w->time : *gf_lane_row(l, GF_ROW_TIME);
    return fate;
}

void gf_lane_leave_to_flow(const gf_lane *l)
{
    gf_worker *w = l->w;
    size_t n = *gf_lane_who(l);
    unsigned old = gf_flush_pause();
    gf_status status =
        gf_ensemble_follow(&w->job->out[n], w->e, w->job->start[n], w->error);

    gf_flush_end(old);
    if (status)
        w->status = status;
    retire(l);
}

void gf_lanes_fill(gf_worker *w)
{
    gf_lane l = {.w = w};

    for (l.block = 0; l.block < GF_BLOCKS; l.block++) {
        for (l.i = 0; l.i < w->blocks.width; l.i++) {
            *gf_lane_who(&l) = GF_NOBODY;
            place(&l, w->job->start[0], 0);
            gf_lane_refill(&l);
        }
        memcpy(w->blocks.saved[l.block], w->blocks.state[l.block],
               GF_ROWS * w->blocks.width * sizeof(double));
    }
}

bool gf_lane_is_sound(const gf_lane *l)
{
    const gf_field *field = l->w->e->field;

    return gf_ensemble_inside(field, *gf_lane_row(l, GF_ROW_X),
                              *gf_lane_row(l, GF_ROW_Y)) &&
           gf_ensemble_inside(field, *gf_lane_row(l, GF_ROW_LOX),
                              *gf_lane_row(l, GF_ROW_LOY)) &&
           gf_ensemble_inside(field, *gf_lane_row(l, GF_ROW_HIX),
                              *gf_lane_row(l, GF_ROW_HIY));
}
