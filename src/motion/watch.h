/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The events of one run, all together. */
#ifndef GF_MOTION_WATCH_H
#define GF_MOTION_WATCH_H

#include "motion/event.h"

typedef struct gf_watch {
    gf_event *event;
    size_t count;
    gf_change *change; /* of the last step, in the order of time */
    size_t changes;
    gsl_root_fsolver *solver;
} gf_watch;

/* What the options ask to look for.  GF_MEMORY; *watch is to be cleared in
   either case. */
gf_status gf_watch_init(gf_watch *watch, const gf_field *field,
                        const gf_flow_options *options,
                        gf_error *error) GF_CHECKED;
void gf_watch_clear(gf_watch *watch);
/* Takes the state for a new beginning: what is to be left has not been, and
   the changes that have come already are those of *watch. */
void gf_watch_begin(gf_watch *watch, gf_stepper *s, const gf_node *node);
/* The changes over one step. */
void gf_watch_step(gf_watch *watch, gf_stepper *s, const gf_node *from,
                   const gf_node *to);
/* On an end of the physical range: looks only for the end of sliding there;
   and back again. */
void gf_watch_hold(gf_watch *watch, const gf_event *end);
void gf_watch_release(gf_watch *watch);

#endif
