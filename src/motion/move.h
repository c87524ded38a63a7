/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the step function of a rule works with. */
#ifndef GF_MOTION_MOVE_H
#define GF_MOTION_MOVE_H

#include <ganfield/optimizer.h>

typedef struct gf_move {
    const gf_field *field;
    const double *number; /* the rule's */
    double size[2];       /* steps, h a or h b, by coordinate */
    double unit[2];       /* speeds, by coordinate */
    bool moves[2];        /* which coordinates move */
    size_t time;          /* steps made before this one */
    size_t *evaluations;
} gf_move;

/* The velocity for speeds 1; NaN outside of the domain. */
gf_vec2 gf_move_velocity(const gf_move *move, gf_vec2 z);

#endif
