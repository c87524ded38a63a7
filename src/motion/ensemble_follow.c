/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One start by the adaptive flow, which decides where fixed steps cannot.
 *
 * The flow is followed for a stretch, then twice as long, and so on: most runs
 * are over long before the end, and the flow does not know the regions.
 */
#include <math.h>

#include "motion/ensemble.h"

/* Looks in the first stretch. */
enum { FIRST_LOOKS = 32 };

/* The first row in which a target is reached. */
static bool find_target(gf_fate *out, const gf_ensemble *e,
                        const gf_trajectory *run)
{
    for (size_t i = 0; i < run->count; i++) {
        const gf_row *row = &run->row[i];
        bool has_left = run->left_physical_at <= row->t;
        size_t target = gf_target_reached(&out->proved, e, row->at, has_left);
        if (target < e->options.target_count) {
            out->label = GF_FATE_CONVERGED;
            out->target = target;
            out->time = row->t;
            out->at = row->at;
            return true;
        }
    }
    return false;
}

static gf_fate_label label_of(gf_stop stop)
{
    switch (stop) {
    case GF_STOP_LEFT_DOMAIN:
        return GF_FATE_LEFT_DOMAIN;
    case GF_STOP_BLEW_UP:
        return GF_FATE_BLEW_UP;
    case GF_STOP_END:
        return GF_FATE_UNDECIDED;
    default:
        return GF_FATE_FAILED;
    }
}

static void judge(gf_fate *out, const gf_ensemble *e, const gf_trajectory *run)
{
    if (!find_target(out, e, run)) {
        out->label = label_of(run->stop);
        out->time = run->stop_time;
        out->at = run->row[run->count - 1].at;
    }
    if (run->left_physical_at <= out->time)
        out->left_physical_at = run->left_physical_at;
}

gf_status gf_ensemble_follow(gf_fate *out, const gf_ensemble *e, gf_vec2 start,
                             gf_error *error)
{
    double look = GF_ENSEMBLE_LOOK * e->options.step;
    gf_flow_options options = {.until = FIRST_LOOKS * look, .every = look};
    gf_trajectory run;
    gf_status status = GF_OK;
    bool is_done = false;

    *out = (gf_fate){.target = e->options.target_count,
                     .by_flow = true,
                     .left_physical_at = NAN,
                     .at = start};
    gf_trajectory_init(&run);
    while (!is_done && !status) {
        options.until = fmin(options.until, e->options.until);
        status = gf_flow_run(&run, e->field, start, &options, error);
        if (!status)
            judge(out, e, &run);
        is_done = out->label != GF_FATE_UNDECIDED ||
                  options.until >= e->options.until;
        options.until *= 4;
    }
    gf_trajectory_clear(&run);
    return status;
}
