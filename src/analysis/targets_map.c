/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the steps of an optimizer may end. */
#include <ganfield/targets.h>

#include <stdlib.h>

#include "analysis/trap.h"

static gf_status judge(gf_targets *targets, const gf_classification *c,
                       const gf_optimizer *optimizer,
                       const gf_stability_options *options, gf_error *error)
{
    gf_target *target = &targets->item[targets->count];
    const gf_rest_point *point = &c->point[targets->point[targets->count]];
    double jacobian[4], metric[2];
    gf_stability_result s;
    gf_linear game;

    gf_linear_of_point(&game, jacobian, metric, c->field, point);
    gf_stability_init(&s);
    gf_status status = gf_stability_find(&s, &game, optimizer, options, error);
    target->passive = s.is_stable != GF_YES;
    targets->spectral_radius[targets->count] = s.radius;
    if (!status && !target->passive) {
        gf_trap *trap = &targets->trap[targets->count];
        gf_trap_find(trap, c->field, point, optimizer, options, s.radius);
        target->trap = trap;
    }
    gf_stability_clear(&s);
    return status;
}

gf_status gf_targets_find_map(gf_targets *targets, const gf_classification *c,
                              double radius, const gf_optimizer *optimizer,
                              const gf_stability_options *options,
                              gf_error *error)
{
    size_t count = c->count > 0 ? c->count : 1;
    gf_status status = GF_OK;

    gf_targets_clear(targets);
    targets->item = calloc(count, sizeof *targets->item);
    targets->point = calloc(count, sizeof *targets->point);
    targets->trap = calloc(count, sizeof *targets->trap);
    targets->spectral_radius = calloc(count, sizeof *targets->spectral_radius);
    if (!targets->item || !targets->point || !targets->trap ||
        !targets->spectral_radius)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < c->count && !status; i++) {
        const gf_rest_point *point = &c->point[i];
        if (!point->smooth || point->line)
            continue;
        targets->item[targets->count] =
            (gf_target){.at = point->at, .radius = radius};
        targets->point[targets->count] = i;
        status = judge(targets, c, optimizer, options, error);
        targets->count++;
    }
    if (status)
        gf_targets_clear(targets);
    return status;
}
