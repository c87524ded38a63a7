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
/* All rest points with a Jacobian for the steps of an optimizer, those that do
   not attract them passive.  What gf_stability_find may say. */
GF_PUBLIC GF_CHECKED gf_status
gf_targets_find_map(gf_targets *targets, const gf_classification *c,
                    double radius, const gf_optimizer *optimizer,
                    const gf_stability_options *options, gf_error *error);

#endif
