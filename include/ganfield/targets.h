/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the runs of a classified field may end: its rest points that attract,
 * with the region that the energy proves (docs/theory.md, section 2), or that
 * contraction proves of an optimizer's map.
 *
 *     gf_targets targets;
 *     gf_targets_init(&targets);
 *     status = gf_targets_find(&targets, &classification, 1e-3, &error);
 *     options.target = targets.item;
 *     options.target_count = targets.count;
 *     ...
 *     gf_targets_clear(&targets);
 */
#ifndef GANFIELD_TARGETS_H
#define GANFIELD_TARGETS_H

#include <ganfield/classify.h>
#include <ganfield/ensemble.h>
#include <ganfield/stability.h>

typedef struct gf_targets {
    gf_target *item;
    size_t *point; /* which rest point of the classification each is */
    size_t count;
    double *well;            /* of the one that has a region; owned */
    gf_trap *trap;           /* of each, of an optimizer; owned */
    double *spectral_radius; /* ... and of its multipliers; owned */
} gf_targets;

GF_PUBLIC void gf_targets_init(gf_targets *targets);
GF_PUBLIC void gf_targets_clear(gf_targets *targets);
/* The asymptotically stable rest points, in the order of the classification;
   as near to one as `radius` counts as there. GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_targets_find(gf_targets *targets,
                                               const gf_classification *c,
                                               double radius, gf_error *error);
/* All rest points with a Jacobian for the steps of an optimizer (of `motion`:
   optimizer, order, critic_steps, step or schedule, steps, noise, project,
   box), those that do not attract them passive, and those that are not inside
   of the box.  A schedule is judged by its last step > 0.  With noise or a
   schedule, or where it is plain, nothing is proved, and with a box only what
   no step to it changes.  What gf_stability_find may say, and GF_ARGUMENT for a
   schedule or box that is none. */
GF_PUBLIC GF_CHECKED gf_status gf_targets_find_map(
    gf_targets *targets, const gf_classification *c, double radius,
    const gf_ensemble_options *motion, gf_error *error);

#endif
