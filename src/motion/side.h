/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * On which side of its field's kinks a flow is.  On a side the field is smooth,
 * and goes on so beyond the kink: steps do not see it, and are cut where they
 * come to it.  There a flow crosses; or, where both sides lead to the line,
 * slides along it with that mean of both velocities that does not leave it
 * [filippov1988]; or, at a point to which all sides lead, it sticks.
 *
 * A field without kinks has one side only, and costs nothing here.
 */
#ifndef GF_MOTION_SIDE_H
#define GF_MOTION_SIDE_H

#include "field/kink.h"

#define GF_NO_LINE SIZE_MAX

typedef struct gf_side {
    const gf_field *field;
    double direction;        /* of time: 1 or -1 */
    bool is_held;            /* the second coordinate stays as it is */
    double of[GF_KINKS_MAX]; /* 1: where g_k > 0; 0: where g_k < 0 */
    size_t slides_on;        /* a line, or GF_NO_LINE */
    bool is_stuck;
} gf_side;

/* Finds the side at a point; on a line, the one that the flow goes to, if it
   does not slide.  Where all sides lead away the upper one is taken. */
void gf_side_settle(gf_side *side, gf_vec2 at);
/* To the upper or lower side of line k after all: where the flow touches it and
   neither slope nor bend tells where it goes, only what came of it. */
void gf_side_pass(gf_side *side, size_t k, bool up, gf_vec2 at);
/* The velocity and its Jacobian, forward in the run's time; NaN where there
   is none.  free: without holding the second coordinate. */
gf_vec2 gf_side_velocity(const gf_side *side, gf_vec2 at);
gf_mat2 gf_side_jacobian(const gf_side *side, gf_vec2 at);
gf_side gf_side_free(const gf_side *side);

/* Line k at a point, and how far off zero its function may be on it. */
gf_slopes gf_side_line(const gf_side *side, size_t k, gf_vec2 at,
                       double *noise);
/* The rate of g_k by the velocity on that side (0 or 1) of line k, and its
   gradient: what keeps a run on the line. */
gf_slopes gf_side_push(const gf_side *side, size_t k, int on, gf_vec2 at);
/* The point of line k next to `at`, which is near it. */
gf_vec2 gf_side_onto(const gf_side *side, size_t k, gf_vec2 at);

#endif
