/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one thread does: it keeps the lanes of its blocks filled with starts,
 * looks at them every some steps, and writes down the fates.
 *
 * Of a watched run the steps are its own: if the estimate of the error was too
 * large since the last look, or a state was outside of the domain, the run is
 * taken back to that look and goes on with a shorter step; if it was small, the
 * step grows again.  All steps are the largest one halved some times.  A run
 * whose step gets too short is left to the adaptive flow.  So what happens to a
 * start depends on nothing but the start.
 */
#include "motion/ensemble_lane.h"

#include <math.h>
#include <string.h>

/* A coordinate this large counts as infinite. */
#define LARGEST 1e100
/* Times this near to each other, relatively, are one. */
#define SAME 1e-12

enum {
    HALVINGS = 20,      /* of the step, before the adaptive flow takes over */
    JUMP_HALVINGS = 10, /* ... and across the jumps of a field, where a run that
                           slides along them goes to and fro */
    GROWTH_BITS = 5 /* a step is doubled if the estimate is 2^-5 of what it may
                       be: it will be 8 times as large */
};

/* --- looking ----------------------------------------------------------- */

static bool has_left(const gf_lane *l)
{
    const gf_lane_field *field = &l->w->e->plan.field;

    return *gf_lane_row(l, GF_ROW_LOY) < field->physical_lo ||
           *gf_lane_row(l, GF_ROW_HIY) > field->physical_hi;
}

/* Is it so near to an end of the physical range that it may have been on the
   other side between two steps? */
static bool is_doubtful(const gf_lane *l)
{
    const gf_lane_field *field = &l->w->e->plan.field;
    double h = l->w->e->options.step, near = h * h;

    return fabs(*gf_lane_row(l, GF_ROW_LOY) - field->physical_lo) < near ||
           fabs(*gf_lane_row(l, GF_ROW_HIY) - field->physical_hi) < near;
}

/* 2^-n h with n such that a third power falls by so many bits. */
static double shorter(double h, double rough, double tolerance)
{
    int bits = 12;

    if (isfinite(rough))
        (void)frexp(rough / tolerance, &bits);
    int halvings = bits / 3 + 1;
    return ldexp(h, -(halvings < 6 ? halvings : 6));
}

/* Back to the last look, with a shorter step. */
static void take_back(const gf_lane *l)
{
    const gf_ensemble_options *options = &l->w->e->options;
    const gf_blocks *b = &l->w->blocks;
    double rough =
        gf_lane_is_sound(l) ? *gf_lane_row(l, GF_ROW_ROUGH) : INFINITY;
    double h = shorter(*gf_lane_row(l, GF_ROW_H), rough, options->tolerance);

    if (h < ldexp(options->step, -HALVINGS)) {
        gf_lane_leave_to_flow(l);
        return;
    }
    for (size_t k = 0; k < GF_ROWS; k++)
        *gf_lane_row(l, k) = b->saved[l->block][k * b->width + l->i];
    gf_lane_set_step(l, h);
}

/* The step after one that was fine; the last ones end at the end. */
static void choose_step(const gf_lane *l)
{
    const gf_ensemble_options *options = &l->w->e->options;
    double h = *gf_lane_row(l, GF_ROW_H), rough = *gf_lane_row(l, GF_ROW_ROUGH);
    double left = options->until - *gf_lane_row(l, GF_ROW_TIME);

    if (h < options->step && ldexp(rough, GROWTH_BITS) < options->tolerance)
        h = fmin(2 * h, options->step);
    h = fmin(h, left / GF_ENSEMBLE_LOOK);
    *gf_lane_row(l, GF_ROW_ROUGH) = 0;
    gf_lane_set_step(l, h);
}

static void look_for_end(const gf_lane *l)
{
    const gf_ensemble *e = l->w->e;
    bool proved, left = has_left(l);
    size_t target = gf_target_reached(&proved, e, gf_lane_state(l), left);
    gf_fate fate = gf_lane_fate(l, GF_FATE_CONVERGED);
    bool is_over =
        *gf_lane_row(l, GF_ROW_TIME) >= e->options.until * (1 - SAME);

    if (target == e->options.target_count && !is_over)
        return;
    if (target == e->options.target_count)
        fate.label = GF_FATE_UNDECIDED;
    fate.target = target;
    fate.proved = proved;
    if (left)
        fate.left_physical_at = *gf_lane_row(l, GF_ROW_KEPT);
    if (is_over && e->rule->is_flow)
        fate.time = e->options.until; /* but for rounding */
    if (e->rule->is_flow && is_doubtful(l))
        gf_lane_leave_to_flow(l);
    else
        gf_lane_finish(l, fate);
}

/* Is the estimate since the last look as it should be, or as it can be? */
static bool is_smooth(const gf_lane *l)
{
    const gf_ensemble *e = l->w->e;
    double rough = *gf_lane_row(l, GF_ROW_ROUGH), h = *gf_lane_row(l, GF_ROW_H);

    return rough <= e->options.tolerance ||
           (e->has_kinks && rough < INFINITY &&
            h <= ldexp(e->options.step, -JUMP_HALVINGS));
}

static void look_at_flow(const gf_lane *l)
{
    if (!gf_lane_is_sound(l) || !is_smooth(l)) {
        take_back(l);
        return;
    }
    look_for_end(l);
    if (*gf_lane_who(l) != GF_NOBODY)
        choose_step(l);
}

/* A state of fixed steps that is not inside the domain. */
static void give_up(const gf_lane *l)
{
    gf_vec2 at = gf_lane_state(l);
    bool is_finite = fabs(at.x) <= LARGEST && fabs(at.y) <= LARGEST;

    gf_lane_finish(
        l, gf_lane_fate(l, is_finite ? GF_FATE_LEFT_DOMAIN : GF_FATE_BLEW_UP));
}

static void look_at_map(const gf_lane *l)
{
    if (!gf_lane_is_sound(l))
        give_up(l);
    else
        look_for_end(l);
}

static void look(gf_worker *w, void (*look_at)(const gf_lane *l))
{
    gf_lane l = {.w = w};

    for (l.block = 0; l.block < GF_BLOCKS; l.block++) {
        for (l.i = 0; l.i < w->blocks.width; l.i++) {
            if (*gf_lane_who(&l) != GF_NOBODY)
                look_at(&l);
            if (*gf_lane_who(&l) == GF_NOBODY && !w->e->options.plain)
                gf_lane_refill(&l);
        }
        memcpy(w->blocks.saved[l.block], w->blocks.state[l.block],
               GF_ROWS * w->blocks.width * sizeof(double));
    }
}

/* --- work -------------------------------------------------------------- */

static bool goes_on(gf_worker *w)
{
    if (w->status)
        atomic_store(&w->job->is_over, true);
    return w->busy > 0 && !atomic_load(&w->job->is_over);
}

static void work_watched(gf_worker *w)
{
    bool is_flow = w->e->rule->is_flow;

    gf_lanes_fill(w);
    while (goes_on(w)) {
        gf_blocks_advance(&w->blocks, GF_ENSEMBLE_LOOK);
        look(w, is_flow ? look_at_flow : look_at_map);
    }
}

static void look_at_plain(const gf_lane *l)
{
    size_t target;
    bool proved;

    if (!gf_lane_is_sound(l)) {
        give_up(l);
        return;
    }
    target = gf_target_reached(&proved, l->w->e, gf_lane_state(l), false);
    if (target == l->w->e->options.target_count)
        return;
    gf_fate fate = gf_lane_fate(l, GF_FATE_CONVERGED);
    fate.target = target;
    fate.proved = proved;
    gf_lane_finish(l, fate);
}

static void end_plain(const gf_lane *l)
{
    gf_lane_finish(l, gf_lane_fate(l, GF_FATE_UNDECIDED));
}

static void work_plain(gf_worker *w)
{
    double h = w->e->options.step;
    size_t steps = (size_t)(w->e->options.until / h + 0.5);

    for (gf_lanes_fill(w); goes_on(w); gf_lanes_fill(w)) {
        w->time = 0;
        for (size_t done = 0; done < steps && goes_on(w);) {
            size_t n = steps - done;
            n = n < GF_ENSEMBLE_LOOK ? n : GF_ENSEMBLE_LOOK;
            gf_blocks_advance(&w->blocks, n);
            done += n;
            w->time = (double)done * h;
            look(w, look_at_plain);
        }
        look(w, end_plain);
    }
}

gf_status gf_ensemble_work(gf_ensemble_job *job, gf_error *error)
{
    const gf_ensemble *e = job->ensemble;
    gf_worker w = {.job = job, .e = e, .error = error};

    w.status = gf_blocks_init(&w.blocks, &e->plan, e->lanes, &e->stages, error);
    if (!w.status && job->count > 0) {
        if (e->options.plain)
            work_plain(&w);
        else
            work_watched(&w);
    }
    gf_blocks_clear(&w.blocks);
    return w.status;
}
