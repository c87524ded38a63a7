/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of optimizers. */
#include <ganfield/optimizer.h>

#include <math.h>

#include "motion/move.h"
#include "motion/trajectory.h"

/* A coordinate this large counts as infinite. */
#define LARGEST 1e100
/* How far from a whole number of steps a time may be, in steps. */
#define SAME 1e-9

enum { STATE_MAX = 16 }; /* coordinates and memory of a rule */

typedef struct map {
    gf_trajectory *run;
    const gf_optimizer_rule *rule;
    const gf_map_options *options;
    gf_move move;
    double state[STATE_MAX];
    size_t made; /* steps */
    size_t next; /* of the times asked for */
    bool is_done;
    gf_error *error;
} map;

/* --- options ----------------------------------------------------------- */

static gf_status check_options(const gf_field *field,
                               const gf_map_options *options, gf_error *error)
{
    const char *trouble = NULL;

    if (!(options->step > 0) || !isfinite(options->step))
        trouble = "the step must be > 0";
    else if (options->steps > GF_MAP_STEPS_MAX)
        trouble = "too many steps: at most a thousand million";
    else if (options->order == GF_SIMULTANEOUS && options->critic_steps > 1)
        trouble = "more steps of the critic need the alternating order";
    else if (!(options->rest_radius >= 0))
        trouble = "the distance to a rest point must be > 0";
    else if (options->project && !field->has_physical)
        trouble = "the field has no physical range to keep";
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
    return (double)m->made * m->options->step;
}

static gf_status add_row(map *m)
{
    gf_row row = {time_of(m), {m->state[0], m->state[1]}, 0};

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
    const gf_field *field = m->move.field;

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

/* One call of the rule.  False where there is no going on: the state is then
   outside of the domain, or out of bounds. */
static bool call(map *m, bool critic, bool generator)
{
    const gf_field *field = m->move.field;

    m->move.moves[field->critic] = critic;
    m->move.moves[1 - field->critic] = generator;
    m->rule->step(m->state, &m->move);
    if (m->options->project)
        m->state[1] =
            fmin(fmax(m->state[1], field->physical.lo), field->physical.hi);
    return is_bounded(m->state) && is_inside(field->domain, m->state);
}

static bool step(map *m)
{
    size_t critic_steps = m->options->critic_steps;

    if (m->options->order == GF_SIMULTANEOUS)
        return call(m, true, true);
    for (size_t i = 0; i < (critic_steps > 0 ? critic_steps : 1); i++)
        if (!call(m, true, false))
            return false;
    return call(m, false, true);
}

static gf_status go_on(map *m)
{
    double before[2] = {m->state[0], m->state[1]};

    if (!step(m) && !is_bounded(m->state)) {
        m->state[0] = before[0];
        m->state[1] = before[1];
        return stop(m, GF_STOP_BLEW_UP);
    }
    m->made++;
    m->move.time++;
    m->run->steps++;
    return look(m);
}

static gf_status begin(map *m, gf_vec2 start)
{
    const gf_field *field = m->move.field;

    for (size_t i = 0; i < 2; i++) {
        double speed = field->speed[i == field->critic ? 0 : 1];
        m->move.unit[i] = speed;
        m->move.size[i] = m->options->step * speed;
    }
    m->move.evaluations = &m->run->evaluations;
    m->state[0] = start.x;
    m->state[1] = start.y;
    gf_trajectory_begin(m->run, start, m->rule->name);
    gf_status status = add_row(m);
    return status ? status : look(m);
}

gf_status gf_optimizer_run(gf_trajectory *run, const gf_field *field,
                           gf_vec2 start, const gf_optimizer *optimizer,
                           const gf_map_options *options, gf_error *error)
{
    map m = {
        .run = run,
        .rule = optimizer->rule,
        .options = options,
        .move = {.field = field, .number = optimizer->number},
        .error = error,
    };

    gf_status status = check_options(field, options, error);
    if (!status)
        status = check_times(options, error);
    if (!status)
        status = gf_start_check(field, start, options->project, error);
    if (!status)
        status = begin(&m, start);
    while (!status && !m.is_done)
        status = go_on(&m);
    return status;
}
