/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An ensemble as the files of this layer see it. */
#ifndef GF_MOTION_ENSEMBLE_H
#define GF_MOTION_ENSEMBLE_H

#include <stdatomic.h>

#include <ganfield/ensemble.h>

#include "motion/block.h"

struct gf_ensemble {
    const gf_field *field;
    const gf_ensemble_rule *rule;
    gf_ensemble_options options; /* settled */
    gf_plan plan;
    const gf_lanes *lanes;
    gf_stages stages;
    bool has_kinks; /* the velocity may jump */
    bool is_kept;   /* of an optimizer: in the box ... */
    gf_range box[2];
};

/* Steps between two looks at a run. */
enum { GF_ENSEMBLE_LOOK = 32 };

/* One call of gf_ensemble_run, which threads share. */
typedef struct gf_ensemble_job {
    const gf_ensemble *ensemble;
    gf_fate *out;
    gf_mat2 *tangent; /* NULL: not asked for */
    const gf_vec2 *start;
    size_t first; /* of them, among all whose noise differs */
    size_t count;
    atomic_size_t next; /* start that nobody has taken */
    atomic_bool is_over;
} gf_ensemble_job;

/* --- ensemble_rule.c --------------------------------------------------- */

/* The instruction set and width for a plan; the stages of the rule. */
const gf_lanes *gf_ensemble_lanes(const gf_plan *plan,
                                  const gf_ensemble_options *options);
gf_stages gf_ensemble_stages(const gf_ensemble *e);

/* --- ensemble_work.c --------------------------------------------------- */

/* Takes starts until there are none. */
gf_status gf_ensemble_work(gf_ensemble_job *job, gf_error *error) GF_CHECKED;

/* --- ensemble_map.c ---------------------------------------------------- */

/* The same with the steps of an optimizer. */
gf_status gf_ensemble_work_map(gf_ensemble_job *job,
                               gf_error *error) GF_CHECKED;

/* --- ensemble_target.c ------------------------------------------------- */

/* Inside the domain, and finite? */
bool gf_ensemble_inside(const gf_field *field, double x, double y);
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
