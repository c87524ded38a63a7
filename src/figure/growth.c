/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The distance to what is there changes no faster than a line goes on.  So
 * where there is room for some of it, nothing is looked for until it is used
 * up.
 */
#include "figure/growth.h"

#include <math.h>

static const double meets = 0.04; /* of a step: a line that closes */

typedef struct half {
    gf_ground *ground;
    gf_curve *curve;
    gf_vec2 seed, last;
    uint32_t line;
    int sense;
    double length;
    double meeting; /* where it came near itself; < 0: it has not */
    size_t kept;    /* points up to there */
    double safe;    /* nothing is near up to this length */
    double room;    /* at the last point that was looked round from */
    double rooms;   /* sum of the points' distances to other lines */
    bool closed;
} half;

bool gf_growth_is_at_rest(const gf_stream_plan *plan, gf_vec2 p)
{
    double clear = plan->clear * plan->clear;

    for (size_t i = 0; i < plan->rest_count; i++) {
        gf_vec2 off = gf_vec2_less(p, plan->rest[i]);
        if (gf_vec2_dot(off, off) < clear)
            return true;
    }
    return false;
}

/* A line that came near itself may be about to close: it goes on a little. */
static bool may_close(half *h, gf_vec2 p, double length, double own)
{
    double step = h->ground->tracer.step;

    if (gf_vec2_far(p, h->seed) < 2 * step &&
        gf_segment_far(h->seed, h->last, p) < meets * step) {
        h->closed = true;
        return false;
    }
    return h->sense > 0 && length - h->meeting < 2 * own;
}

/* Is there room at p?  Notes for how long there is, and where the line first
   meets itself. */
static bool look_round(half *h, gf_vec2 p, double length)
{
    const gf_stream_plan *plan = h->ground->plan;
    double own = gf_stream_own(plan), step = h->ground->tracer.step;
    double slack = step * step / 4, itself, ahead = plan->separation / 2;
    double test = sqrt(gf_stream_test(plan) * gf_stream_test(plan) + slack);
    double at = h->sense * length, gap = 5 * own;

    h->room = gf_grid_crowd(&itself, &h->ground->grid, p, plan->separation,
                            h->line, at, gap - ahead);
    if (h->room < test)
        return false;
    h->safe = length + fmin(fmin(h->room - test, itself - own), ahead);
    if (itself < own)
        (void)gf_grid_crowd(&itself, &h->ground->grid, p, own, h->line, at,
                            gap);
    if (itself < own && h->meeting < 0) {
        h->meeting = length;
        h->kept = h->curve->count;
    }
    return h->meeting < 0 || may_close(h, p, length, own);
}

static bool grow(gf_vec2 p, double length, void *ctx)
{
    half *h = ctx;

    if (gf_growth_is_at_rest(h->ground->plan, p))
        return false;
    if ((length >= h->safe || h->meeting >= 0) && !look_round(h, p, length))
        return false;
    gf_curve_add(h->curve, p);
    if (h->meeting < 0)
        h->length = length;
    h->last = p;
    h->rooms += h->room;
    gf_grid_add(&h->ground->grid, p, h->line, h->sense * length);
    return true;
}

static void grow_half(half *h, int sense, gf_curve *curve)
{
    gf_grid *grid = &h->ground->grid;
    size_t before = grid->count;

    h->curve = curve;
    h->last = h->seed;
    h->sense = sense;
    h->length = h->safe = 0;
    h->meeting = -1;
    gf_trace(&h->ground->tracer, h->seed, sense, grow, h);
    if (h->meeting >= 0 && !h->closed && curve->count > h->kept) {
        curve->count = h->kept;
        gf_grid_cut(grid, before + h->kept);
    }
}

static void join(gf_curve *line, const gf_curve back, gf_vec2 seed,
                 const gf_curve on)
{
    for (size_t i = back.count; i-- > 0;)
        gf_curve_add(line, back.at[i]);
    gf_curve_add(line, seed);
    for (size_t i = 0; i < on.count; i++)
        gf_curve_add(line, on.at[i]);
    line->failed = line->failed || back.failed || on.failed;
}

void gf_growth_grow(gf_growth *out, gf_ground *ground, gf_vec2 seed,
                    uint32_t line)
{
    gf_curve part[2];
    half h = {.ground = ground, .seed = seed, .line = line};

    *out = (gf_growth){.length = 0};
    gf_curve_init(&out->line);
    gf_grid_add(&ground->grid, seed, line, 0);
    for (int i = 0; i < 2; i++) {
        gf_curve_init(&part[i]);
        if (h.closed)
            continue;
        grow_half(&h, i ? -1 : 1, &part[i]);
        out->length += h.length;
    }
    join(&out->line, part[1], seed, part[0]);
    out->line.closed = h.closed;
    out->room = h.rooms / (double)(part[0].count + part[1].count);
    /* the point just before the seed would make a hook of the joint */
    if (h.closed && out->line.count > 2 &&
        gf_vec2_far(out->line.at[out->line.count - 1], seed) <
            ground->tracer.step / 4)
        out->line.count--;
    gf_curve_clear(&part[0]);
    gf_curve_clear(&part[1]);
}

void gf_growth_clear(gf_growth *growth)
{
    gf_curve_clear(&growth->line);
}
