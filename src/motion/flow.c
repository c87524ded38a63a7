/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run of a flow: steps, the events in each of them, the rows that are asked
 * for, and how it ends.
 *
 * Going along the end of the physical range (`project`) is the projected
 * dynamical system: while the field presses outwards, the coordinate is held
 * and the rest of the field goes on [nagurney1996].
 */
#include <ganfield/flow.h>

#include <math.h>

#include "motion/edge.h"
#include "motion/flow_options.h"
#include "motion/trajectory.h"
#include "motion/watch.h"

/* An edge that is this near in time has been reached. */
#define EDGE_TIME 1e-11
/* How near it must be when no step is possible any more. */
#define EDGE_TIME_STUCK 1e-6
/* A coordinate this large is on its way to infinity if its time is up. */
#define LARGE 1e4
/* ... and this large it counts as there. */
#define LARGEST 1e100
/* Times this near to each other, in steps, are one. */
#define SAME 1e-9
/* Turns no further apart than this, so many in a row, lead nowhere. */
#define SAME_TIME 1e-13
#define IDLE_MOST 64

typedef struct flow {
    gf_trajectory *run;
    const gf_field *field;
    gf_flow_options options; /* settled */
    gf_stepper stepper;
    gf_watch watch;
    gf_node node; /* where the run is */
    double end;   /* the time to go to, forward */
    double h;     /* the step to try */
    size_t next;  /* of the times asked for */
    size_t idle;  /* turns in a row that took no time */
    bool is_done;
    gf_error *error;
} flow;

/* --- rows -------------------------------------------------------------- */

static gf_status add_row(flow *f, const gf_node *node, int crossing)
{
    double t = node->t == 0 ? 0 : f->stepper.direction * node->t;

    return gf_trajectory_add(f->run, (gf_row){t, node->at, crossing}, f->error);
}

static gf_status stop(flow *f, gf_stop why, const gf_node *node)
{
    double t = node->t == 0 ? 0 : f->stepper.direction * node->t;

    f->is_done = true;
    f->run->stop = why;
    f->run->stop_time = t;
    if (gf_trajectory_ends_at(f->run, t))
        return GF_OK;
    return add_row(f, node, 0);
}

static bool keeps_all(const flow *f)
{
    return f->options.at_count == 0 && f->options.every == 0 &&
           !f->options.section;
}

/* The next time asked for, forward. */
static double next_time(const flow *f)
{
    if (f->next < f->options.at_count)
        return fabs(f->options.at[f->next]);
    if (f->options.every > 0)
        return (double)(f->next + 1) * f->options.every;
    return INFINITY;
}

static double between(double from, double to, double x)
{
    return from + x * (to - from);
}

/* The rows at the times asked for from the node up to t, which is not past
   `to`. */
static gf_status add_times(flow *f, const gf_node *to, double t)
{
    const gf_node *from = &f->node;
    double slack = SAME * (to->t - from->t);
    gf_status status = GF_OK;

    for (double next = next_time(f); next <= t + (t == to->t ? slack : 0);
         next = next_time(f)) {
        gf_node node;
        if (fabs(next - to->t) <= slack) {
            node = *to;
        } else if (!gf_stepper_reach(&f->stepper, &node, from, next)) {
            double x = (next - from->t) / (to->t - from->t);
            node.at.x = between(from->at.x, to->at.x, x);
            node.at.y = between(from->at.y, to->at.y, x);
        }
        node.t = node.t == f->end ? f->end : next;
        f->next++;
        if (next > 0)
            status = add_row(f, &node, 0);
        if (status)
            break;
    }
    return status;
}

/* --- events ------------------------------------------------------------ */

static gf_status add_turn(flow *f, gf_turn_kind kind, size_t line)
{
    double t = f->node.t == 0 ? 0 : f->stepper.direction * f->node.t;

    return gf_trajectory_turn(f->run, (gf_turn){t, f->node.at, kind, line},
                              f->error);
}

/* Tells what is different now on the field's lines; line: the one that was
   come to, or GF_NO_LINE. */
static gf_status tell_turns(flow *f, const gf_side *before, size_t line)
{
    const gf_side *on = &f->stepper.on;
    gf_status status = GF_OK;

    if (on->is_stuck && line != GF_NO_LINE)
        return add_turn(f, GF_TURN_STICKS, line);
    if (on->slides_on != before->slides_on) {
        if (before->slides_on != GF_NO_LINE)
            status = add_turn(f, GF_TURN_LEAVES, before->slides_on);
        if (on->slides_on != GF_NO_LINE && !status)
            status = add_turn(f, GF_TURN_SLIDES, on->slides_on);
    } else if (line != GF_NO_LINE && on->slides_on != line &&
               on->of[line] != before->of[line]) {
        status = add_turn(f, GF_TURN_CROSSES, line);
    }
    return status;
}

/* Goes on from another state than the one that the steps came to. */
static gf_status go_on_from(flow *f, gf_vec2 at, double t, size_t line)
{
    gf_side before = f->stepper.on;

    f->idle = t - f->node.t > SAME_TIME * (1 + t) ? 0 : f->idle + 1;
    if (line != GF_NO_LINE)
        at = gf_side_onto(&f->stepper.on, line, at);
    gf_side_settle(&f->stepper.on, at);
    if (f->idle > 0 && line != GF_NO_LINE)
        gf_side_pass(&f->stepper.on, line, before.of[line] < 0.5, at);
    (void)gf_stepper_node(&f->stepper, &f->node, t, at);
    gf_stepper_complete(&f->stepper, &f->node);
    gf_stepper_restart(&f->stepper);
    return tell_turns(f, &before, line);
}

static gf_status hold(flow *f, const gf_change *change)
{
    const gf_event *end = change->event;
    gf_node node = change->node;

    f->stepper.on.is_held = true;
    node.at.y = end->bound;
    gf_watch_hold(&f->watch, end);
    gf_status status = go_on_from(f, node.at, node.t, GF_NO_LINE);
    return status ? status : add_turn(f, GF_TURN_SLIDES, GF_LINE_PHYSICAL);
}

static gf_status release(flow *f, const gf_change *change)
{
    gf_node node = change->node;

    f->stepper.on.is_held = false;
    gf_watch_release(&f->watch);
    gf_status status = go_on_from(f, node.at, node.t, GF_NO_LINE);
    return status ? status : add_turn(f, GF_TURN_LEAVES, GF_LINE_PHYSICAL);
}

/* What one change asks for.  *is_cut: the rest of the step is void. */
static gf_status take_change(flow *f, bool *is_cut, const gf_change *change)
{
    double t = f->stepper.direction * change->node.t;

    *is_cut = true;
    switch (change->event->role) {
    case GF_ROLE_WINDOW:
        return stop(f, GF_STOP_LEFT_WINDOW, &change->node);
    case GF_ROLE_REST:
        return stop(f, GF_STOP_AT_REST, &change->node);
    case GF_ROLE_RELEASE:
        return release(f, change);
    case GF_ROLE_LINE:
    case GF_ROLE_LET_GO:
        return go_on_from(f, change->node.at, change->node.t,
                          change->event->line);
    case GF_ROLE_PHYSICAL:
        if (f->options.project) {
            return hold(f, change);
        }
        *is_cut = false;
        if (isnan(f->run->left_physical_at))
            f->run->left_physical_at = t == 0 ? 0 : t;
        change->event->is_off = true;
        return GF_OK;
    default:
        *is_cut = false;
        return add_row(f, &change->node,
                       f->stepper.direction > 0 ? change->to : -change->to);
    }
}

/* The changes at the very node: what has come already when a run begins, or
   begins anew. */
static gf_status look_round(flow *f)
{
    enum { MOST_TURNS = 4 }; /* of holding and releasing at one point */
    bool is_cut = true;
    gf_status status = GF_OK;

    for (int turn = 0; is_cut && turn < MOST_TURNS; turn++) {
        is_cut = false;
        gf_watch_begin(&f->watch, &f->stepper, &f->node);
        for (size_t i = 0; i < f->watch.changes && !is_cut && !status; i++)
            status = take_change(f, &is_cut, &f->watch.change[i]);
        if (status || f->is_done)
            return status;
    }
    return status;
}

/* Everything that one step brings. */
static gf_status pass(flow *f, const gf_node *to)
{
    bool is_cut = false;
    gf_status status = GF_OK;

    gf_watch_step(&f->watch, &f->stepper, &f->node, to);
    for (size_t i = 0; i < f->watch.changes && !status; i++) {
        const gf_change *change = &f->watch.change[i];
        status = add_times(f, to, change->node.t);
        if (!status)
            status = take_change(f, &is_cut, change);
        if (is_cut && !status && !f->is_done) {
            if (keeps_all(f))
                status = add_row(f, &f->node, 0);
            return status ? status : look_round(f);
        }
        if (f->is_done)
            return status;
    }
    if (!status)
        status = add_times(f, to, to->t);
    f->node = *to;
    if (!status && keeps_all(f))
        status = add_row(f, to, 0);
    return status;
}

/* --- ends -------------------------------------------------------------- */

static double size_of(const gf_node *node)
{
    return fmax(fabs(node->at.x), fabs(node->at.y));
}

/* Is the time up, within so much? */
static bool is_up(const gf_node *node, gf_end end, double within)
{
    return end.after <= within * fmax(1, node->t);
}

/* Ends a run that has come to the edge of what there is. */
static gf_status check_ends(flow *f)
{
    gf_end edge = gf_edge_of_domain(&f->stepper, &f->node);

    if (is_up(&f->node, edge, EDGE_TIME) && f->node.t + edge.after < f->end) {
        gf_node last = gf_edge_node(&f->node, edge);
        return stop(f, GF_STOP_LEFT_DOMAIN, &last);
    }
    if (size_of(&f->node) > LARGEST ||
        (size_of(&f->node) > LARGE &&
         is_up(&f->node, gf_edge_of_plane(&f->node), EDGE_TIME)))
        return stop(f, GF_STOP_BLEW_UP, &f->node);
    return GF_OK;
}

/* No step is possible any more: why. */
static gf_status give_up(flow *f)
{
    gf_end edge = gf_edge_of_domain(&f->stepper, &f->node);
    double speed = hypot(f->node.v.x, f->node.v.y);

    if (f->stepper.is_adaptive && is_up(&f->node, edge, EDGE_TIME_STUCK)) {
        gf_node last = gf_edge_node(&f->node, edge);
        return stop(f, GF_STOP_LEFT_DOMAIN, &last);
    }
    if (f->stepper.trouble == GF_TROUBLE_OUTSIDE)
        return stop(f, GF_STOP_LEFT_DOMAIN, &f->node);
    if (f->stepper.trouble == GF_TROUBLE_INFINITE || speed > LARGE ||
        size_of(&f->node) > LARGE)
        return stop(f, GF_STOP_BLEW_UP, &f->node);
    return stop(f, GF_STOP_BUDGET, &f->node);
}

/* --- the run ----------------------------------------------------------- */

/* The next point of the grid of fixed steps.  Where rounding has put the last
   one a little below a point of the grid, that point is not the next. */
static double grid_time(const flow *f)
{
    double h = f->options.step, n = floor(f->node.t / h) + 1;

    if (n * h - f->node.t < SAME * h)
        n++;
    return n * h > f->end - SAME * h ? f->end : n * h;
}

/* A step along a line comes off it by its error. */
static void stay_on_line(flow *f, gf_node *to)
{
    size_t line = f->stepper.on.slides_on;

    if (line != GF_NO_LINE)
        (void)gf_stepper_node(&f->stepper, to, to->t,
                              gf_side_onto(&f->stepper.on, line, to->at));
}

static gf_status go_on(flow *f)
{
    gf_node to;
    bool is_fine;

    if (f->node.t >= f->end)
        return stop(f, GF_STOP_END, &f->node);
    if (f->stepper.attempts >= f->options.most_attempts || f->idle > IDLE_MOST)
        return stop(f, GF_STOP_BUDGET, &f->node);
    if (f->stepper.is_adaptive)
        is_fine = gf_stepper_advance(&f->stepper, &to, &f->node, &f->h, f->end);
    else
        is_fine = gf_stepper_leap(&f->stepper, &to, &f->node, grid_time(f));
    if (!is_fine)
        return give_up(f);
    f->run->steps++;
    stay_on_line(f, &to);
    gf_stepper_complete(&f->stepper, &to);
    gf_status status = pass(f, &to);
    return status || f->is_done ? status : check_ends(f);
}

static gf_status follow(flow *f)
{
    gf_trajectory *run = f->run;

    gf_trajectory_begin(run, run->start, f->stepper.method->name);
    gf_status status = go_on_from(f, run->start, 0, GF_NO_LINE);
    f->h = gf_stepper_guess(&f->node);
    if (!status)
        status = add_row(f, &f->node, 0);
    if (!status)
        status = look_round(f);
    while (!status && !f->is_done)
        status = go_on(f);
    run->evaluations = f->stepper.evaluations;
    run->rejected = f->stepper.rejected;
    return status;
}

gf_status gf_flow_run(gf_trajectory *run, const gf_field *field, gf_vec2 start,
                      const gf_flow_options *options, gf_error *error)
{
    flow f = {.run = run, .field = field, .error = error};

    gf_status status =
        gf_flow_options_settle(&f.options, field, options, error);
    if (!status)
        status = gf_start_check(field, start, f.options.project, error);
    if (!status)
        status = gf_stepper_init(&f.stepper, field, &f.options, error);
    if (status)
        return status;
    run->start = start;
    f.end = fabs(f.options.until);
    status = gf_watch_init(&f.watch, field, &f.options, error);
    if (!status)
        status = follow(&f);
    gf_watch_clear(&f.watch);
    gf_stepper_clear(&f.stepper);
    return status;
}
