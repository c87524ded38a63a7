/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An ensemble as the files of this layer see it. */
#ifndef GF_MOTION_ENSEMBLE_H
#define GF_MOTION_ENSEMBLE_H

#include <ganfield/ensemble.h>

struct gf_ensemble {
    const gf_field *field;
    const gf_ensemble_rule *rule;
    gf_ensemble_options options; /* settled */
};

/* Steps between two looks at a run. */
enum { GF_ENSEMBLE_LOOK = 32 };

/* --- ensemble_target.c ------------------------------------------------- */

/* The target that a state has reached, or target_count. has_left: the run has
   been outside of the physical range; if not, a region counts only as far as
   it stays inside. */
size_t gf_target_reached(bool *proved, const gf_ensemble *e, gf_vec2 at,
                         bool has_left);

/* --- ensemble_follow.c ------------------------------------------------- */

/* The fate of one start by the adaptive flow. */
gf_status gf_ensemble_follow(gf_fate *out, const gf_ensemble *e, gf_vec2 start,
                             gf_error *error) GF_CHECKED;

#endif
