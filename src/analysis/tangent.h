/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A trajectory together with what becomes of its neighbours.
 *
 * Beside the state z a frame of two directions W goes along, W' = J(z) W with
 * the exact Jacobian, and is made orthonormal again after every step, W = Q R;
 * what R's diagonal says is summed up as logarithms [benettin1980]. Where the
 * field jumps, from f- to f+ across a surface of normal n, neighbours cross at
 * another time, and W becomes [dibernardo2008, sec. 2.5]
 *
 *     (1 + (f+ - f-) n^T / (n . f-)) W
 *
 * Where a trajectory begins to slide all of its neighbours do, on one curve:
 * the frame has lost a direction, and the second sum is minus infinity.
 */
#ifndef GF_ANALYSIS_TANGENT_H
#define GF_ANALYSIS_TANGENT_H

#include <gsl/gsl_odeiv2.h>

#include <ganfield/trajectory.h>

#include "analysis/modes.h"

enum { GF_TANGENT_SIZE = 6 };

typedef enum gf_leg {
    GF_LEG_STEP,    /* one step nearer to the end, or to it */
    GF_LEG_SECTION, /* on the section */
    GF_LEG_STOP     /* cannot go on: see `stop` */
} gf_leg;

typedef struct gf_tangent {
    gf_mode_set *modes;
    const gf_switched_mode *mode;
    gf_field bounds;           /* the field with the domain that walls leave */
    double t, h;               /* time, and the step to try */
    double y[GF_TANGENT_SIZE]; /* the state, then the frame's directions */
    double growth[2];          /* sums of logarithms */
    double shear;              /* R of all steps is, but for the factor
                                  exp(growth[0]): 1, shear; 0, exp(growth[1] -
                                  growth[0]) */
    double slide_time;         /* spent on surfaces */
    gf_stop stop;
    size_t steps, evaluations, most_steps;
    size_t changes;   /* of the mode */
    size_t stuck;     /* ... since time last went on */
    bool is_cornered; /* two surfaces hold it */
    bool has_section;
    gf_vec2 origin, normal; /* the section: normal . (z - origin) = 0 ... */
    int section_side;       /* ... and where the state is */
    bool is_outside;        /* the last failure was the domain's */
    gsl_odeiv2_system system;
    gsl_odeiv2_step *step;
    gsl_odeiv2_control *control;
    gf_error *error;
} gf_tangent;

typedef struct gf_tangent_options {
    double rtol, atol;
    size_t most_steps; /* tried ones */
} gf_tangent_options;

/* *t must not move until it is cleared. GF_MEMORY. */
gf_status gf_tangent_init(gf_tangent *t, gf_mode_set *modes,
                          const gf_tangent_options *options,
                          gf_error *error) GF_CHECKED;
void gf_tangent_clear(gf_tangent *t);
/* At a start, at time 0, with the frame turned by an angle. GF_DOMAIN. */
gf_status gf_tangent_begin(gf_tangent *t, gf_vec2 start,
                           double angle) GF_CHECKED;
/* From here on stops on the section, crossed either way, too. */
void gf_tangent_watch(gf_tangent *t, gf_vec2 origin, gf_vec2 normal);
/* At most one step, not past end. */
gf_status gf_tangent_advance(gf_leg *leg, gf_tangent *t, double end) GF_CHECKED;
/* W = Q R. */
void gf_tangent_straighten(gf_tangent *t);

/* --- tangent_event.c --------------------------------------------------- */

/* The mode of a start. */
gf_status gf_tangent_enter(gf_tangent *t) GF_CHECKED;
/* The first change in the step of size h from t->y to y: its time after the
   step's beginning and the guard's number; h if there is none. */
double gf_tangent_event(size_t *guard, gf_tangent *t,
                        const double y[GF_TANGENT_SIZE], double h);
/* The number of the section's guard. */
enum { GF_SECTION_GUARD = GF_GUARDS_MAX };
/* Takes the change at the present state: another mode, another frame. */
gf_status gf_tangent_change(gf_tangent *t, size_t guard) GF_CHECKED;

/* One step of the method, whatever its error; false where it meets the edge of
   the domain or no number. */
bool gf_tangent_try(gf_tangent *t, double y[GF_TANGENT_SIZE],
                    double error[GF_TANGENT_SIZE], double h);

#endif
