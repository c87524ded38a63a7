/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the steps of an optimizer may end. */
#include <ganfield/targets.h>

#include <stdlib.h>

#include "analysis/trap.h"
#include "motion/box.h"

/* What there is to judge. */
typedef struct judging {
    const gf_classification *c;
    gf_ensemble_options motion; /* the step: the last one of a schedule */
    gf_stability_options options;
    bool is_kept;
    gf_range box[2];
} judging;

static gf_status prepare(judging *j, gf_error *error)
{
    gf_ensemble_options *motion = &j->motion;
    gf_status status = GF_OK;

    if (motion->schedule)
        status = gf_schedule_last(&motion->step, motion->schedule,
                                  motion->steps, error);
    j->options = (gf_stability_options){.order = motion->order,
                                        .critic_steps = motion->critic_steps,
                                        .step = motion->step,
                                        .intervals_only = true};
    return status ? status
                  : gf_box_lay(j->box, &j->is_kept, j->c->field, motion->box,
                               motion->project, error);
}

/* Do the steps near it go free? */
static bool is_free(const judging *j, const gf_rest_point *point)
{
    const double at[2] = {point->at.x, point->at.y};

    for (size_t i = 0; i < 2; i++)
        if (j->is_kept && !(at[i] - point->error > j->box[i].lo &&
                            at[i] + point->error < j->box[i].hi))
            return false;
    return true;
}

static gf_status judge(gf_targets *targets, const judging *j, gf_error *error)
{
    gf_target *target = &targets->item[targets->count];
    const gf_field *field = j->c->field;
    const gf_rest_point *point = &j->c->point[targets->point[targets->count]];
    double jacobian[4], metric[2];
    gf_stability_result s;
    gf_linear game;

    gf_linear_of_point(&game, jacobian, metric, field, point);
    gf_stability_init(&s);
    gf_status status =
        gf_stability_find(&s, &game, j->motion.optimizer, &j->options, error);
    target->passive = s.is_stable != GF_YES || !is_free(j, point);
    targets->spectral_radius[targets->count] = s.radius;
    const gf_ensemble_options *motion = &j->motion;
    bool is_fixed = !motion->schedule && !(motion->noise > 0) && !motion->plain;
    if (!status && !target->passive && is_fixed) {
        gf_trap *trap = &targets->trap[targets->count];
        gf_trap_find(trap, field, point, motion, s.radius);
        target->trap = trap;
    }
    gf_stability_clear(&s);
    return status;
}

gf_status gf_targets_find_map(gf_targets *targets, const gf_classification *c,
                              double radius, const gf_ensemble_options *motion,
                              gf_error *error)
{
    size_t count = c->count > 0 ? c->count : 1;
    judging j = {.c = c, .motion = *motion};
    gf_status status = prepare(&j, error);

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
        status = judge(targets, &j, error);
        targets->count++;
    }
    if (status)
        gf_targets_clear(targets);
    return status;
}
