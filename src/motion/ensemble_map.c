/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one thread does with an optimizer: batches of starts, each one mover on
 * a game of many (lane_game.h).  Runs that are over leave the batch: the last
 * one takes the place, and when enough have gone the game gets smaller.  What
 * happens to a start depends on nothing but the start.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "motion/batch.h"
#include "motion/ensemble.h"

/* What gives a number that is none from a state beyond this has blown up. */
#define LARGE 1e8

/* --- fates ------------------------------------------------------------- */

/* After the steps made, or one more. */
static double time_of(const gf_batch *b, size_t steps)
{
    if (!b->e->options.schedule)
        return (double)steps * b->e->options.step;
    return steps > b->made ? b->time + b->step : b->time;
}

static gf_vec2 state_of(const gf_batch *b, size_t i)
{
    const double *z = b->mover->vector[0];

    return (gf_vec2){z[i], z[b->lanes + i]};
}

/* Writes down a fate, to which time and the physical range are added. */
static void finish(gf_batch *b, size_t i, gf_fate fate, size_t steps)
{
    fate.time = time_of(b, steps);
    fate.steps = steps;
    fate.left_physical_at = isinf(b->left_at[i]) ? NAN : b->left_at[i];
    b->job->out[b->who[i]] = fate;
    gf_batch_drop(b, i);
}

static gf_fate fate_of(const gf_batch *b, gf_fate_label label, gf_vec2 at)
{
    return (gf_fate){
        .label = label, .target = b->e->options.target_count, .at = at};
}

/* The target that a run is near at its end, or target_count. */
static size_t near_of(const gf_batch *b, size_t i)
{
    size_t t = 0, count = b->e->options.target_count;

    while (t < count && b->stay[t * b->most + i] == 0)
        t++;
    return t;
}

/* Of a run that has gone to its end. */
static gf_fate last_fate(const gf_batch *b, size_t i)
{
    gf_vec2 at = {b->then[i], b->then[b->lanes + i]};
    gf_fate fate = fate_of(b, GF_FATE_UNDECIDED, at);

    fate.target = near_of(b, i);
    if (fate.target < b->e->options.target_count)
        fate.label = GF_FATE_NEAR;
    return fate;
}

/* A state that is not inside the domain: a rule that looks ahead may have
   looked out of it, where no velocity is. */
static void lose(gf_batch *b, size_t i)
{
    gf_vec2 at = state_of(b, i);
    gf_vec2 old = {b->before[i], b->before[b->lanes + i]};
    bool is_none = isnan(at.x) || isnan(at.y);
    gf_fate_label label = GF_FATE_LEFT_DOMAIN;

    if (b->is_ending) {
        finish(b, i, last_fate(b, i), b->e->options.steps);
        return;
    }
    if (fabs(at.x) <= GF_BATCH_LARGEST && fabs(at.y) <= GF_BATCH_LARGEST) {
        if (b->e->field->has_physical &&
            !gf_range_has(b->e->field->physical, at.y))
            b->left_at[i] = fmin(b->left_at[i], time_of(b, b->made + 1));
        finish(b, i, fate_of(b, label, at), b->made + 1);
        return;
    }
    if (!is_none || !b->game.has_domain)
        label = is_none && hypot(old.x, old.y) < LARGE ? GF_FATE_FAILED
                                                       : GF_FATE_BLEW_UP;
    finish(b, i, fate_of(b, label, old), b->made);
}

/* --- every step -------------------------------------------------------- */

static bool is_good(const gf_batch *b, size_t i)
{
    gf_vec2 at = state_of(b, i);

    return fabs(at.x) <= GF_BATCH_LARGEST && fabs(at.y) <= GF_BATCH_LARGEST &&
           gf_ensemble_inside(b->e->field, at.x, at.y);
}

static void keep_in_box(gf_batch *b)
{
    double *z = b->mover->vector[0];

    b->game.watch->put_inside(z, z + b->lanes, b->live, &b->box);
}

/* After each player's move. */
static bool look_inside(const double *z, const void *ctx)
{
    gf_batch *b = (gf_batch *)ctx;

    if (b->e->is_kept)
        keep_in_box(b);
    if (b->game.watch->count_outside(z, z + b->lanes, b->live, &b->domain) == 0)
        return true;
    for (size_t i = b->live; i-- > 0;)
        if (!is_good(b, i))
            lose(b, i);
    return b->live > 0;
}

static void note(gf_batch *b)
{
    const gf_ensemble_options *options = &b->e->options;
    const double *x = b->mover->vector[0], *y = x + b->lanes;
    const gf_lane_watch *watch = b->game.watch;

    if (b->e->field->has_physical)
        watch->note_outside(b->left_at, x, y, b->live, &b->physical,
                            time_of(b, b->made));
    for (size_t t = 0; t < options->target_count; t++) {
        const gf_target *target = &options->target[t];
        gf_lane_box near = {
            {target->at.x - target->radius, target->at.y - target->radius},
            {target->at.x + target->radius, target->at.y + target->radius}};
        watch->count_inside(b->stay + t * b->most, x, y, b->live, &near);
    }
}

/* --- now and then ------------------------------------------------------ */

/* Inside a trap, from where a run never leaves it?  `safe`: nor the physical
   range. */
static bool is_trapped(const gf_batch *b, size_t i, const gf_target *target)
{
    const gf_trap *trap = target->trap;
    const gf_optimizer_rule *rule = b->e->options.optimizer->rule;
    double s[GF_TRAP_SIZE_MAX], sum = 0, radius, room;
    size_t n = 0;

    if (!trap || trap->size == 0 || b->made % b->period != 0)
        return false;
    for (size_t v = 0; v < b->vectors && n < trap->size; v++) {
        if (v > 0 && ((rule->copies | rule->squares) & (1u << v)))
            continue;
        const double *x = b->mover->vector[v];
        s[n++] = x[i] - (v == 0 ? target->at.x : 0);
        s[n++] = x[b->lanes + i] - (v == 0 ? target->at.y : 0);
    }
    for (size_t k = 0; k < n; k++) {
        double row = 0;
        for (size_t j = 0; j < n; j++)
            row += trap->root[k * n + j] * s[j];
        sum += row * row;
    }
    radius = trap->radius;
    if (isinf(b->left_at[i]) && b->e->field->has_physical) {
        gf_range range = b->e->field->physical;
        room = fmin(target->at.y - range.lo, range.hi - target->at.y);
        radius *= fmin(fmax(room / trap->reach[1], 0), 1);
    }
    return sqrt(sum) < radius;
}

static void look_for_end(gf_batch *b, size_t i)
{
    const gf_ensemble_options *options = &b->e->options;

    for (size_t t = 0; t < options->target_count; t++) {
        const gf_target *target = &options->target[t];
        bool proved = is_trapped(b, i, target);
        double stay = b->stay[t * b->most + i];
        bool stays = stay >= GF_ENSEMBLE_STAY;
        if (!proved && (target->passive || !stays))
            continue;
        gf_fate fate = fate_of(b, GF_FATE_CONVERGED, state_of(b, i));
        fate.target = t;
        fate.proved = proved;
        fate.since = stays ? b->made + 1 - (size_t)stay : 0;
        finish(b, i, fate, b->made);
        return;
    }
}

/* --- the end ----------------------------------------------------------- */

static void remember(gf_batch *b)
{
    size_t n = b->lanes;

    for (size_t v = 0; v < b->vectors; v++)
        memcpy(b->then + 2 * v * n, b->mover->vector[v],
               2 * n * sizeof(double));
    b->is_ending = true;
}

static bool has_returned(const gf_batch *b, size_t i)
{
    for (size_t v = 0; v < 2 * b->vectors; v++) {
        double now = b->mover->vector[v / 2][v % 2 * b->lanes + i];
        double then = b->then[v * b->lanes + i];
        if (!(fabs(now - then) <= GF_ENSEMBLE_SAME * (1 + fabs(then))))
            return false;
    }
    return true;
}

/* --- running ----------------------------------------------------------- */

static void step(gf_batch *b)
{
    const gf_field *field = b->e->field;

    if (b->e->options.schedule)
        b->step = gf_schedule_at(b->e->options.schedule, b->time, b->made);
    double h = b->step;
    const double steps[2] = {h * field->speed[0], h * field->speed[1]};

    memcpy(b->before, b->mover->vector[0], 2 * b->lanes * sizeof(double));
    gf_mover_step_while(b->mover, steps, look_inside, b);
    b->made++;
    b->time += h;
}

static void run(gf_batch *b, const gf_ensemble_job *job)
{
    size_t steps = b->e->options.steps;
    /* traps hold whole maps of the rule */
    size_t maps = (GF_ENSEMBLE_LOOK + b->period - 1) / b->period;
    size_t look = maps * b->period;

    while (b->live > 0 && b->made < steps && !atomic_load(&job->is_over)) {
        step(b);
        note(b);
        if (b->made % look != 0 && b->made < steps)
            continue;
        for (size_t i = b->live; i-- > 0;)
            look_for_end(b, i);
        gf_batch_shrink(b);
    }
}

static bool is_on_edge(const gf_batch *b, size_t i)
{
    gf_vec2 at = state_of(b, i);
    const gf_lane_box *box = &b->box;

    return b->e->is_kept && (at.x <= box->lo[0] || at.x >= box->hi[0] ||
                             at.y <= box->lo[1] || at.y >= box->hi[1]);
}

/* The fate of one that came back after p steps. */
static gf_fate fate_of_return(const gf_batch *b, size_t i, size_t p)
{
    gf_fate fate = last_fate(b, i);

    if (fate.label == GF_FATE_NEAR)
        return fate;
    if (p > 1) {
        fate.label = GF_FATE_PERIODIC;
        fate.period = p;
    } else if (is_on_edge(b, i)) {
        fate.label = GF_FATE_HELD;
    }
    return fate;
}

/* Those that are left: do they come back? */
static void end(gf_batch *b)
{
    bool is_steady = !b->e->options.schedule && !b->noise;
    size_t made = b->made;

    remember(b);
    while (!is_steady && b->live > 0)
        finish(b, b->live - 1, last_fate(b, b->live - 1), made);
    for (size_t p = 1; p <= GF_ENSEMBLE_PERIOD_MAX && b->live > 0; p++) {
        step(b);
        for (size_t i = b->live; i-- > 0;) {
            bool is_back = has_returned(b, i);
            if (p < GF_ENSEMBLE_PERIOD_MAX && !is_back)
                continue;
            finish(b, i, is_back ? fate_of_return(b, i, p) : last_fate(b, i),
                   made);
        }
    }
}

gf_status gf_ensemble_work_map(gf_ensemble_job *job, gf_error *error)
{
    gf_batch b;
    gf_status status = gf_batch_init(&b, job->ensemble, error);

    b.job = job;
    while (!status && !atomic_load(&job->is_over)) {
        size_t first = atomic_fetch_add(&job->next, b.most);
        if (first >= job->count)
            break;
        gf_batch_fill(&b, first,
                      job->count - first < b.most ? job->count - first
                                                  : b.most);
        run(&b, job);
        end(&b);
    }
    gf_batch_clear(&b);
    return status;
}
