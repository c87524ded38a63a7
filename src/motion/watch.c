/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/watch.h"

#include <math.h>
#include <stdlib.h>

/* Times this near to each other are one. */
#define SAME_TIME 1e-12

static void add(gf_watch *watch, gf_event event)
{
    watch->event[watch->count++] = event;
}

/* Leaving a range by either end. */
static void add_range(gf_watch *watch, gf_event_role role, size_t axis,
                      gf_range range)
{
    gf_event event = {.kind = GF_EVENT_COORDINATE, .role = role, .axis = axis};

    event.side = 1;
    event.bound = range.lo;
    if (isfinite(range.lo))
        add(watch, event);
    event.side = -1;
    event.bound = range.hi;
    if (isfinite(range.hi))
        add(watch, event);
}

/* Of lines and of sliding along one; gf_watch_begin says which. */
static void add_lines(gf_watch *watch, const gf_field *field)
{
    size_t count = gf_field_line_count(field);

    for (size_t k = 0; k < count; k++)
        add(watch,
            (gf_event){.kind = GF_EVENT_LINE, .role = GF_ROLE_LINE, .line = k});
    for (int side = -1; side <= 1 && count > 0; side += 2)
        add(watch, (gf_event){.kind = GF_EVENT_PUSH,
                              .role = GF_ROLE_LET_GO,
                              .side = side});
}

static void add_all(gf_watch *watch, const gf_field *field,
                    const gf_flow_options *options)
{
    if (field->has_physical)
        add_range(watch, GF_ROLE_PHYSICAL, 1, field->physical);
    if (options->project)
        add(watch, (gf_event){.kind = GF_EVENT_PRESSURE,
                              .role = GF_ROLE_RELEASE,
                              .is_off = true});
    for (size_t i = 0; i < 2 && options->window; i++)
        add_range(watch, GF_ROLE_WINDOW, i, options->window[i]);
    for (size_t i = 0; i < options->rest_count && options->rest_radius > 0; i++)
        add(watch, (gf_event){.kind = GF_EVENT_BALL,
                              .role = GF_ROLE_REST,
                              .bound = options->rest_radius,
                              .centre = options->rest[i]});
    add_lines(watch, field);
    if (options->section)
        add(watch, (gf_event){.kind = GF_EVENT_SECTION,
                              .role = GF_ROLE_SECTION,
                              .section = options->section});
}

gf_status gf_watch_init(gf_watch *watch, const gf_field *field,
                        const gf_flow_options *options, gf_error *error)
{
    enum { SINGLE = 8 }; /* two ends of three ranges, release, section */
    size_t most = SINGLE + options->rest_count + GF_KINKS_MAX + 2;

    *watch = (gf_watch){
        .event = calloc(most, sizeof *watch->event),
        .change = calloc(most * GF_CHANGES_MAX, sizeof *watch->change),
        .solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent),
    };
    if (!watch->event || !watch->change || !watch->solver)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    add_all(watch, field, options);
    return GF_OK;
}

void gf_watch_clear(gf_watch *watch)
{
    if (watch->solver)
        gsl_root_fsolver_free(watch->solver);
    free(watch->change);
    free(watch->event);
    *watch = (gf_watch){.event = NULL};
}

/* A line cuts the step: what comes at the same time has come before. */
static double order_of(const gf_change *change)
{
    bool cuts = change->event->role == GF_ROLE_LINE ||
                change->event->role == GF_ROLE_LET_GO;

    return change->node.t + (cuts ? SAME_TIME * (1 + change->node.t) : 0);
}

/* Puts a change where it belongs in time; others of its time are before it. */
static void insert(gf_watch *watch, gf_change change)
{
    size_t i = watch->changes++;

    for (; i > 0 && order_of(&watch->change[i - 1]) > order_of(&change); i--)
        watch->change[i] = watch->change[i - 1];
    watch->change[i] = change;
}

/* Which lines there are to come to, or which one to let go of. */
static void look_for_lines(gf_event *event, const gf_side *on)
{
    bool slides = on->slides_on != GF_NO_LINE;

    if (event->role == GF_ROLE_LINE) {
        event->is_off = on->is_stuck || on->slides_on == event->line;
        event->sign = on->of[event->line] > 0.5 ? 1 : -1;
    } else {
        event->is_off = on->is_stuck || !slides;
        event->line = on->slides_on;
        event->sign = 1;
    }
}

void gf_watch_begin(gf_watch *watch, gf_stepper *s, const gf_node *node)
{
    watch->changes = 0;
    for (size_t i = 0; i < watch->count; i++) {
        gf_event *event = &watch->event[i];
        if (event->kind == GF_EVENT_LINE || event->kind == GF_EVENT_PUSH) {
            look_for_lines(event, &s->on);
            continue;
        }
        int sign = gf_event_sign(event, s, node);
        event->sign = event->role == GF_ROLE_SECTION ? sign : 1;
        if (sign < 0 && event->sign > 0 && !event->is_off) {
            event->sign = sign;
            insert(watch, (gf_change){event, *node, sign});
        }
    }
}

void gf_watch_step(gf_watch *watch, gf_stepper *s, const gf_node *from,
                   const gf_node *to)
{
    gf_change found[GF_CHANGES_MAX];

    watch->changes = 0;
    for (size_t i = 0; i < watch->count; i++) {
        if (watch->event[i].is_off)
            continue;
        size_t count =
            gf_event_find(found, &watch->event[i], s, watch->solver, from, to);
        for (size_t k = 0; k < count; k++)
            insert(watch, found[k]);
    }
}

void gf_watch_hold(gf_watch *watch, const gf_event *end)
{
    for (size_t i = 0; i < watch->count; i++) {
        gf_event *event = &watch->event[i];
        if (event->role == GF_ROLE_PHYSICAL)
            event->is_off = true;
        if (event->role == GF_ROLE_RELEASE) {
            event->is_off = false;
            event->axis = end->axis;
            event->side = end->side;
            event->bound = end->bound;
        }
    }
}

void gf_watch_release(gf_watch *watch)
{
    for (size_t i = 0; i < watch->count; i++) {
        gf_event *event = &watch->event[i];
        if (event->role == GF_ROLE_PHYSICAL)
            event->is_off = false;
        if (event->role == GF_ROLE_RELEASE)
            event->is_off = true;
    }
}
