/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One step of a flow after another, by GSL's step and control objects.
 *
 * Time runs forward in here: going backward, the field is turned round, so that
 * t counts from 0 up and v is the velocity of that motion.
 */
#ifndef GF_MOTION_STEPPER_H
#define GF_MOTION_STEPPER_H

#include <ganfield/flow.h>

#include <gsl/gsl_odeiv2.h>

#include "motion/side.h"

/* A state with its velocity v and, once gf_stepper_complete has been asked for
   it, its acceleration a. */
typedef struct gf_node {
    double t;
    gf_vec2 at, v, a;
} gf_node;

/* What was wrong with an attempt. */
typedef enum gf_trouble {
    GF_TROUBLE_NONE,
    GF_TROUBLE_OUTSIDE,  /* it came to a point outside of the domain */
    GF_TROUBLE_INFINITE, /* or where the velocity is no number */
    GF_TROUBLE_OTHER     /* the method failed, the error is too large */
} gf_trouble;

typedef struct gf_stepper {
    const gf_field *field;
    const gf_flow_method *method;
    double direction;          /* of time: 1 or -1 */
    gf_side on;                /* of the field's kinks */
    double graze;              /* a line that is passed by no more of its
                                  function's terms has not been */
    bool is_adaptive;          /* whether gf_stepper_reach looks at errors */
    gf_trouble trouble;        /* of the last attempt */
    size_t attempts, rejected; /* but for those of gf_stepper_reach */
    size_t evaluations;
    gsl_odeiv2_system system;
    gsl_odeiv2_step *step, *side;
    gsl_odeiv2_control *control;
    gsl_odeiv2_driver driver; /* GSL's implicit steps look for control in it */
} gf_stepper;

/* *s must not move until it is cleared.  GF_MEMORY. */
gf_status gf_stepper_init(gf_stepper *s, const gf_field *field,
                          const gf_flow_options *options,
                          gf_error *error) GF_CHECKED;
void gf_stepper_clear(gf_stepper *s);
/* Forgets the past, which a multistep method remembers: the next step begins
   at a state that the last one did not end with, or holds otherwise. */
void gf_stepper_restart(gf_stepper *s);

/* The node at a state.  False where the velocity is not finite. */
bool gf_stepper_node(gf_stepper *s, gf_node *out, double t, gf_vec2 at);
/* Fills in the acceleration, NaN where there is none. */
void gf_stepper_complete(const gf_stepper *s, gf_node *node);
/* A step size to begin with. */
double gf_stepper_guess(const gf_node *node);

/* One adaptive step of at most *h and not past end; attempts until one
   succeeds, and leaves in *h what to try next.  False, with s->trouble, when
   the step has become too small for the time. */
bool gf_stepper_advance(gf_stepper *s, gf_node *to, const gf_node *from,
                        double *h, double end);
/* One step to a time, whatever its error. */
bool gf_stepper_leap(gf_stepper *s, gf_node *to, const gf_node *from,
                     double end);
/* The state at a time inside the step that begins at `from`, as exact as the
   step itself; does not disturb the steps. */
bool gf_stepper_reach(gf_stepper *s, gf_node *to, const gf_node *from,
                      double t);

#endif
