/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of optimizers. */
#include <ganfield/optimizer.h>

#include <math.h>

#include <ganfield/game.h>

#include "motion/box.h"
#include "motion/trajectory.h"

/* A coordinate this large counts as infinite. */
#define LARGEST 1e100
/* How far from a whole number of steps a time may be, in steps. */
#define SAME 1e-9

typedef struct map {
    gf_trajectory *run;
    const gf_field *field;
    const gf_map_options *options;
    gf_mover *mover;
    double *state; /* the mover's */
    bool is_kept;
    gf_range box[2]; /* where the state is kept */
    double time;     /* under a schedule: the sum of the steps */
    size_t made;     /* steps */
    size_t next;     /* of the times asked for */
    bool is_done;
    gf_error *error;
} map;

/* --- options ----------------------------------------------------------- */

static gf_status check_options(const gf_map_options *options, gf_error *error)
{
    const char *trouble = NULL;

    if (!options->schedule &&
        (!(options->step > 0) || !isfinite(options->step)))
        trouble = "the step must be > 0";
    else if (options->schedule && options->at_count > 0)
        trouble = "with a schedule the times of the states are not known "
                  "beforehand; ask for every so many steps";
    else if (!(options->noise >= 0) || !isfinite(options->noise))
        trouble = "the noise must be >= 0";
    else if (options->steps > GF_MAP_STEPS_MAX)
        trouble = "too many steps: at most a thousand million";
    else if (options->order == GF_SIMULTANEOUS && options->critic_steps > 1)
        trouble = "more steps of the critic need the alternating order";
    else if (!(options->rest_radius >= 0))
        trouble = "the distance to a rest point must be > 0";
    else if (options->every > 0 && options->at_count > 0)
        trouble = "times and their distance exclude each other";
    return trouble ? gf_error_set(error, GF_ARGUMENT, "%s", trouble) : GF_OK;
}

static gf_status check_times(const gf_map_options *options, gf_error *error)
{
    double last = 0;

    for (size_t i = 0; i < options->at_count; i++) {
        double n = options->at[i] / options->step;
        if (!isfinite(n) || (i > 0 && round(n) <= last))
            return gf_error_set(error, GF_ARGUMENT, "the times must ascend");
        if (n < 0 || n > (double)options->steps + SAME)
            return gf_error_set(error, GF_ARGUMENT,
                                "the times must be between 0 and the end");
        if (fabs(n - round(n)) > SAME * fmax(1, n))
            return gf_error_set(error, GF_ARGUMENT,
                                "the times must be whole numbers of steps");
        last = round(n);
    }
    return GF_OK;
}

/* --- rows -------------------------------------------------------------- */

static double time_of(const map *m)
{
    return m->options->schedule ? m->time : (double)m->made * m->options->step;
}

static gf_status add_row(map *m)
{
    const double *z = gf_mover_reported(m->mover);
    gf_row row = {time_of(m), {z[0], z[1]}, 0};

    return gf_trajectory_add(m->run, row, m->error);
}

/* Is there a row for the steps made so far? */
static bool is_wanted(map *m)
{
    const gf_map_options *options = m->options;

    if (options->every > 0)
        return m->made % options->every == 0;
    if (options->at_count == 0)
        return true;
    while (m->next < options->at_count &&
           round(options->at[m->next] / options->step) < (double)m->made)
        m->next++;
    return m->next < options->at_count &&
           round(options->at[m->next] / options->step) == (double)m->made;
}

static gf_status stop(map *m, gf_stop why)
{
    m->is_done = true;
    m->run->stop = why;
    m->run->stop_time = time_of(m);
    return gf_trajectory_ends_at(m->run, time_of(m)) ? GF_OK : add_row(m);
}

/* --- what a state is --------------------------------------------------- */

static bool is_inside(const gf_range range[2], const double *z)
{
    return gf_range_has(range[0], z[0]) && gf_range_has(range[1], z[1]);
}

static bool is_at_rest(const map *m)
{
    const gf_map_options *options = m->options;

    for (size_t i = 0; i < options->rest_count && options->rest_radius > 0; i++)
        if (hypot(m->state[0] - options->rest[i].x,
                  m->state[1] - options->rest[i].y) <= options->rest_radius)
            return true;
    return false;
}

static bool is_bounded(const double *z)
{
    return fabs(z[0]) <= LARGEST && fabs(z[1]) <= LARGEST;
}

/* Takes a new state in: whether the run ends with it. */
static gf_status look(map *m)
{
    const gf_field *field = m->field;

    if (field->has_physical && isnan(m->run->left_physical_at) &&
        !gf_range_has(field->physical, m->state[1]))
        m->run->left_physical_at = time_of(m);
    if (!is_inside(field->domain, m->state))
        return stop(m, GF_STOP_LEFT_DOMAIN);
    if (m->options->window && !is_inside(m->options->window, m->state))
        return stop(m, GF_STOP_LEFT_WINDOW);
    if (is_at_rest(m))
        return stop(m, GF_STOP_AT_REST);
    if (m->made == m->options->steps)
        return stop(m, GF_STOP_END);
    return is_wanted(m) && m->made > 0 ? add_row(m) : GF_OK;
}

/* --- steps ------------------------------------------------------------- */

/* Is there going on from z? */
static bool goes_on(const double *z, const void *ctx)
{
    const gf_field *field = ctx;

    return is_bounded(z) && is_inside(field->domain, z);
}

static double step_now(const map *m)
{
    const gf_map_options *options = m->options;

    return options->schedule
               ? gf_schedule_at(options->schedule, m->time, m->made)
               : options->step;
}

/* A rule that looks ahead may look out of the domain, where no velocity is. */
static gf_stop why_none(const map *m)
{
    bool is_cut =
        isfinite(m->field->domain[0].lo) || isfinite(m->field->domain[0].hi) ||
        isfinite(m->field->domain[1].lo) || isfinite(m->field->domain[1].hi);

    return is_cut && (isnan(m->state[0]) || isnan(m->state[1]))
               ? GF_STOP_LEFT_DOMAIN
               : GF_STOP_BLEW_UP;
}

static gf_status go_on(map *m)
{
    const gf_field *field = m->field;
    double before[2] = {m->state[0], m->state[1]}, h = step_now(m);

    gf_status status = gf_schedule_check(h, m->time, m->made, m->error);
    if (status)
        return status;
    bool is_good = gf_mover_step_while(
        m->mover, (double[2]){h * field->speed[0], h * field->speed[1]},
        goes_on, field);
    m->run->evaluations = gf_mover_evaluations(m->mover);
    if (!is_good && !is_bounded(m->state)) {
        gf_stop why = why_none(m);
        m->state[0] = before[0];
        m->state[1] = before[1];
        return stop(m, why);
    }
    m->made++;
    m->time += h;
    m->run->steps++;
    return look(m);
}

static gf_status begin(map *m, const gf_optimizer *optimizer, gf_vec2 start)
{
    const gf_map_options *options = m->options;
    gf_game game = gf_game_of_field(m->field);

    gf_status status = gf_mover_new(&m->mover, &game, optimizer, options->order,
                                    options->critic_steps, m->error);
    if (status)
        return status;
    gf_mover_reset(m->mover, options->noise, options->seed);
    gf_mover_box(m->mover, m->is_kept ? m->box : NULL);
    m->state = gf_mover_state(m->mover);
    m->state[0] = start.x;
    m->state[1] = start.y;
    gf_trajectory_begin(m->run, start, optimizer->rule->name);
    status = add_row(m);
    return status ? status : look(m);
}

gf_status gf_optimizer_run(gf_trajectory *run, const gf_field *field,
                           gf_vec2 start, const gf_optimizer *optimizer,
                           const gf_map_options *options, gf_error *error)
{
    map m = {
        .run = run,
        .field = field,
        .options = options,
        .error = error,
    };

    gf_status status = check_options(options, error);
    if (!status)
        status = check_times(options, error);
    if (!status)
        status = gf_box_lay(m.box, &m.is_kept, field, options->box,
                            options->project, error);
    if (!status)
        status = gf_start_check(field, start, options->project, error);
    if (!status)
        status = begin(&m, optimizer, start);
    while (!status && !m.is_done)
        status = go_on(&m);
    gf_mover_free(m.mover);
    return status;
}
