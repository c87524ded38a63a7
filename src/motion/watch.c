/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/watch.h"

#include <math.h>
#include <stdlib.h>

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
    if (options->section)
        add(watch, (gf_event){.kind = GF_EVENT_SECTION,
                              .role = GF_ROLE_SECTION,
                              .section = options->section});
}

gf_status gf_watch_init(gf_watch *watch, const gf_field *field,
                        const gf_flow_options *options, gf_error *error)
{
    enum { SINGLE = 8 }; /* two ends of three ranges, release, section */
    size_t most = SINGLE + options->rest_count;

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

/* Puts a change where it belongs in time; others of its time are before it. */
static void insert(gf_watch *watch, gf_change change)
{
    size_t i = watch->changes++;

    for (; i > 0 && watch->change[i - 1].node.t > change.node.t; i--)
        watch->change[i] = watch->change[i - 1];
    watch->change[i] = change;
}

void gf_watch_begin(gf_watch *watch, gf_stepper *s, const gf_node *node)
{
    watch->changes = 0;
    for (size_t i = 0; i < watch->count; i++) {
        gf_event *event = &watch->event[i];
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
