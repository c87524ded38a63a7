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
#include <math.h>
#include <string.h>

#include "motion/ensemble.h"

#define NOBODY SIZE_MAX
/* A coordinate this large counts as infinite. */
#define LARGEST 1e100
/* Times this near to each other, relatively, are one. */
#define SAME 1e-12

enum {
    CLAIM = 64,         /* starts taken at a time */
    HALVINGS = 20,      /* of the step, before the adaptive flow takes over */
    JUMP_HALVINGS = 10, /* ... and across the jumps of a field, where a run that
                           slides along them goes to and fro */
    GROWTH_BITS = 5 /* a step is doubled if the estimate is 2^-5 of what it may
                       be: it will be 8 times as large */
};

typedef struct worker {
    gf_ensemble_job *job;
    const gf_ensemble *e;
    gf_blocks blocks;
    size_t who[GF_BLOCKS][GF_LANES_MAX]; /* the start in each lane */
    size_t busy;                         /* lanes */
    size_t next, end;                    /* starts taken and not begun */
    double time;                         /* of plain runs */
    gf_status status;
    gf_error *error;
} worker;

/* One lane. */
typedef struct lane {
    worker *w;
    size_t block, i;
} lane;

static double *row(const lane *l, size_t name)
{
    return &l->w->blocks.state[l->block][name * l->w->blocks.width + l->i];
}

static size_t *who(const lane *l)
{
    return &l->w->who[l->block][l->i];
}

/* --- beginning --------------------------------------------------------- */

static void set_step(const lane *l, double h)
{
    *row(l, GF_ROW_H) = h;
    *row(l, GF_ROW_HALF) = h / 2;
    *row(l, GF_ROW_SIXTH) = h / 6;
}

static void place(const lane *l, gf_vec2 at, double h)
{
    static const size_t xs[] = {GF_ROW_XS, GF_ROW_X, GF_ROW_LOX, GF_ROW_HIX};
    static const size_t ys[] = {GF_ROW_YS, GF_ROW_Y, GF_ROW_LOY, GF_ROW_HIY};

    for (size_t k = 0; k < sizeof xs / sizeof *xs; k++) {
        *row(l, xs[k]) = at.x;
        *row(l, ys[k]) = at.y;
    }
    *row(l, GF_ROW_ROUGH) = *row(l, GF_ROW_TIME) = *row(l, GF_ROW_KEPT) = 0;
    set_step(l, h);
}

static bool take(worker *w, size_t *start)
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

/* The next start that is inside the domain into a lane; where there is none the
   lane rests, with a step of nothing. */
static void refill(const lane *l)
{
    worker *w = l->w;
    size_t n;

    while (take(w, &n)) {
        gf_vec2 at = w->job->start[n];
        if (gf_ensemble_inside(w->e->field, at.x, at.y)) {
            place(l, at, w->e->options.step);
            *who(l) = n;
            w->busy++;
            return;
        }
        w->job->out[n] = (gf_fate){.label = GF_FATE_LEFT_DOMAIN,
                                   .target = w->e->options.target_count,
                                   .left_physical_at = NAN,
                                   .at = at};
    }
    *who(l) = NOBODY;
}

/* --- ending ------------------------------------------------------------ */

/* Puts the lane to rest where it harms nobody. */
static void retire(const lane *l)
{
    place(l, l->w->job->start[*who(l)], 0);
    *who(l) = NOBODY;
    l->w->busy--;
}

static void finish(const lane *l, gf_fate fate)
{
    l->w->job->out[*who(l)] = fate;
    retire(l);
}

static gf_vec2 state(const lane *l)
{
    return (gf_vec2){*row(l, GF_ROW_X), *row(l, GF_ROW_Y)};
}

static gf_fate fate_of(const lane *l, gf_fate_label label)
{
    gf_fate fate = {.label = label,
                    .target = l->w->e->options.target_count,
                    .left_physical_at = NAN,
                    .at = state(l)};

    fate.time = l->w->e->options.plain ? l->w->time : *row(l, GF_ROW_TIME);
    return fate;
}

static void leave_to_flow(const lane *l)
{
    worker *w = l->w;
    size_t n = *who(l);
    gf_status status =
        gf_ensemble_follow(&w->job->out[n], w->e, w->job->start[n], w->error);

    if (status)
        w->status = status;
    retire(l);
}

/* --- looking ----------------------------------------------------------- */

static bool is_sound(const lane *l)
{
    const gf_field *field = l->w->e->field;

    return gf_ensemble_inside(field, *row(l, GF_ROW_X), *row(l, GF_ROW_Y)) &&
           gf_ensemble_inside(field, *row(l, GF_ROW_LOX),
                              *row(l, GF_ROW_LOY)) &&
           gf_ensemble_inside(field, *row(l, GF_ROW_HIX), *row(l, GF_ROW_HIY));
}

static bool has_left(const lane *l)
{
    const gf_lane_field *field = &l->w->e->plan.field;

    return *row(l, GF_ROW_LOY) < field->physical_lo ||
           *row(l, GF_ROW_HIY) > field->physical_hi;
}

/* Is it so near to an end of the physical range that it may have been on the
   other side between two steps? */
static bool is_doubtful(const lane *l)
{
    const gf_lane_field *field = &l->w->e->plan.field;
    double h = l->w->e->options.step, near = h * h;

    return fabs(*row(l, GF_ROW_LOY) - field->physical_lo) < near ||
           fabs(*row(l, GF_ROW_HIY) - field->physical_hi) < near;
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
static void take_back(const lane *l)
{
    const gf_ensemble_options *options = &l->w->e->options;
    const gf_blocks *b = &l->w->blocks;
    double rough = is_sound(l) ? *row(l, GF_ROW_ROUGH) : INFINITY;
    double h = shorter(*row(l, GF_ROW_H), rough, options->tolerance);

    if (h < ldexp(options->step, -HALVINGS)) {
        leave_to_flow(l);
        return;
    }
    for (size_t k = 0; k < GF_ROWS; k++)
        *row(l, k) = b->saved[l->block][k * b->width + l->i];
    set_step(l, h);
}

/* The step after one that was fine; never past the end. */
static void choose_step(const lane *l)
{
    const gf_ensemble_options *options = &l->w->e->options;
    double h = *row(l, GF_ROW_H), rough = *row(l, GF_ROW_ROUGH);
    double left = options->until - *row(l, GF_ROW_TIME);

    if (h < options->step && ldexp(rough, GROWTH_BITS) < options->tolerance)
        h *= 2;
    while (h * GF_ENSEMBLE_LOOK > 2 * left)
        h /= 2;
    *row(l, GF_ROW_ROUGH) = 0;
    set_step(l, h);
}

static void look_for_end(const lane *l)
{
    const gf_ensemble *e = l->w->e;
    bool proved, left = has_left(l);
    size_t target = gf_target_reached(&proved, e, state(l), left);
    gf_fate fate = fate_of(l, GF_FATE_CONVERGED);
    bool is_over = *row(l, GF_ROW_TIME) >= e->options.until * (1 - SAME);

    if (target == e->options.target_count && !is_over)
        return;
    if (target == e->options.target_count)
        fate.label = GF_FATE_UNDECIDED;
    fate.target = target;
    fate.proved = proved;
    if (left)
        fate.left_physical_at = *row(l, GF_ROW_KEPT);
    if (e->rule->is_flow && is_doubtful(l))
        leave_to_flow(l);
    else
        finish(l, fate);
}

/* Is the estimate since the last look as it should be, or as it can be? */
static bool is_smooth(const lane *l)
{
    const gf_ensemble *e = l->w->e;
    double rough = *row(l, GF_ROW_ROUGH), h = *row(l, GF_ROW_H);

    return rough <= e->options.tolerance ||
           (e->has_kinks && rough < INFINITY &&
            h <= ldexp(e->options.step, -JUMP_HALVINGS));
}

static void look_at_flow(const lane *l)
{
    if (!is_sound(l) || !is_smooth(l)) {
        take_back(l);
        return;
    }
    look_for_end(l);
    if (*who(l) != NOBODY)
        choose_step(l);
}

/* A state of fixed steps that is not inside the domain. */
static void give_up(const lane *l)
{
    gf_vec2 at = state(l);
    bool is_finite = fabs(at.x) <= LARGEST && fabs(at.y) <= LARGEST;

    finish(l, fate_of(l, is_finite ? GF_FATE_LEFT_DOMAIN : GF_FATE_BLEW_UP));
}

static void look_at_map(const lane *l)
{
    if (!is_sound(l))
        give_up(l);
    else
        look_for_end(l);
}

static void look(worker *w, void (*look_at)(const lane *l))
{
    lane l = {.w = w};

    for (l.block = 0; l.block < GF_BLOCKS; l.block++) {
        for (l.i = 0; l.i < w->blocks.width; l.i++) {
            if (*who(&l) != NOBODY)
                look_at(&l);
            if (*who(&l) == NOBODY && !w->e->options.plain)
                refill(&l);
        }
        memcpy(w->blocks.saved[l.block], w->blocks.state[l.block],
               GF_ROWS * w->blocks.width * sizeof(double));
    }
}

/* --- work -------------------------------------------------------------- */

static void fill(worker *w)
{
    lane l = {.w = w};

    for (l.block = 0; l.block < GF_BLOCKS; l.block++) {
        for (l.i = 0; l.i < w->blocks.width; l.i++) {
            *who(&l) = NOBODY;
            place(&l, w->job->start[0], 0);
            refill(&l);
        }
        memcpy(w->blocks.saved[l.block], w->blocks.state[l.block],
               GF_ROWS * w->blocks.width * sizeof(double));
    }
}

static bool goes_on(worker *w)
{
    if (w->status)
        atomic_store(&w->job->is_over, true);
    return w->busy > 0 && !atomic_load(&w->job->is_over);
}

static void work_watched(worker *w)
{
    bool is_flow = w->e->rule->is_flow;

    fill(w);
    while (goes_on(w)) {
        gf_blocks_advance(&w->blocks, GF_ENSEMBLE_LOOK);
        look(w, is_flow ? look_at_flow : look_at_map);
    }
}

static void look_at_plain(const lane *l)
{
    size_t target;
    bool proved;

    if (!is_sound(l)) {
        give_up(l);
        return;
    }
    target = gf_target_reached(&proved, l->w->e, state(l), false);
    if (target == l->w->e->options.target_count)
        return;
    gf_fate fate = fate_of(l, GF_FATE_CONVERGED);
    fate.target = target;
    fate.proved = proved;
    finish(l, fate);
}

static void end_plain(const lane *l)
{
    finish(l, fate_of(l, GF_FATE_UNDECIDED));
}

static void work_plain(worker *w)
{
    double h = w->e->options.step;
    size_t steps = (size_t)(w->e->options.until / h + 0.5);

    for (fill(w); goes_on(w); fill(w)) {
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
    worker w = {.job = job, .e = e, .error = error};

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
