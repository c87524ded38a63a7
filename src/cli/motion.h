/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the options ask a run to go: a flow or an optimizer. */
#ifndef GANFIELD_CLI_MOTION_H
#define GANFIELD_CLI_MOTION_H

#include "cli/options.h"

typedef struct gf_motion {
    bool is_map;
    gf_flow_options flow;
    gf_map_options map;
    gf_optimizer optimizer;
    gf_section *section;
    gf_schedule *schedule;
    gf_range box[2];
    double *at;
    gf_vec2 *rest;
} gf_motion;

/* Says what is wrong and returns an exit status; *motion is to be cleared in
 * either case. */
int gf_motion_read(gf_motion *motion, const gf_call *call,
                   const gf_field *field);
gf_status gf_motion_run(gf_trajectory *run, const gf_motion *motion,
                        const gf_field *field, gf_vec2 start,
                        gf_error *error) GF_CHECKED;
/* What it is with --optimizer, as far as that is given; rows apart. */
int gf_motion_read_map(gf_motion *motion, const gf_call *call);
/* Whether options of flows go without an optimizer, and those of optimizers
 * with one; says so if not. */
int gf_motion_check(const gf_call *call);
/* --order and --critic-steps, of every command that has them. */
int gf_motion_read_order(gf_order *order, size_t *critic_steps,
                         const gf_call *call);
void gf_motion_clear(gf_motion *motion);

#endif
