/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events: where a quantity of the state changes sign.
 *
 * A step is taken for a polynomial (hermite.h); where that may change sign, the
 * step is taken again in part, and the time of the change is a root bracketed
 * by values of the step itself.
 */
#ifndef GF_MOTION_EVENT_H
#define GF_MOTION_EVENT_H

#include <gsl/gsl_roots.h>

#include "motion/hermite.h"
#include "motion/stepper.h"

typedef enum gf_event_kind {
    GF_EVENT_COORDINATE, /* side * (coordinate[axis] - bound) */
    GF_EVENT_SECTION,    /* left minus right side of the section */
    GF_EVENT_BALL,       /* squared distance from centre minus bound squared */
    GF_EVENT_PRESSURE,   /* -side * speed of coordinate[axis] without holding */
    GF_EVENT_LINE,       /* the function of one of the field's lines */
    GF_EVENT_PUSH        /* side * rate of that function, on one side of it */
} gf_event_kind;

/* What a change of sign means. */
typedef enum gf_event_role {
    GF_ROLE_PHYSICAL, /* leaves the physical range */
    GF_ROLE_WINDOW,
    GF_ROLE_REST,
    GF_ROLE_SECTION,
    GF_ROLE_RELEASE, /* ends sliding along the end of a range */
    GF_ROLE_LINE,    /* comes to a line */
    GF_ROLE_LET_GO   /* ends sliding along it */
} gf_event_role;

typedef struct gf_event {
    gf_event_kind kind;
    gf_event_role role;
    bool is_off;
    size_t axis;
    double side; /* 1: the range's lower end, or side; -1: its upper one */
    size_t line; /* of the field */
    double bound;
    gf_vec2 centre;
    const gf_section *section;
    int sign; /* just after the last time looked at */
} gf_event;

/* One change of sign. */
typedef struct gf_change {
    gf_event *event;
    gf_node node; /* the first state after it, to rounding */
    int to;       /* the sign that it changes to */
} gf_change;

enum { GF_CHANGES_MAX = GF_HERMITE_EXTREMES + 2 }; /* of one event, one step */

/* The sign of the quantity just after a node; 0 if it stays zero as far as can
 * be seen. */
int gf_event_sign(const gf_event *event, const gf_stepper *s,
                  const gf_node *node);
/* The changes over a step between nodes whose accelerations are known, in
   order; takes note of the sign at the end. */
size_t gf_event_find(gf_change out[static GF_CHANGES_MAX], gf_event *event,
                     gf_stepper *s, gsl_root_fsolver *solver,
                     const gf_node *from, const gf_node *to);

#endif
