/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options that choose a net, and the points where it is looked at. */
#ifndef GANFIELD_CLI_NETS_H
#define GANFIELD_CLI_NETS_H

#include "cli/options.h"

#include <ganfield/kernel.h>

/* Reads a net's line, and --init and --seed over it. */
int gf_nets_read_shape(gf_net_shape *out, const gf_call *call,
                       const char *line);
/* Makes the net, with the numbers of --weights. Clear *out in either case. */
int gf_nets_make(gf_net *out, const gf_call *call, const gf_net_shape *shape);
/* Writes its numbers where --save-weights asks for it. */
int gf_nets_save(const gf_call *call, const gf_net *net);

/* --points and --fakes, one after the other, as a batch in the groups of --bn;
 * batch.group_size is size. Release with gf_nets_points_clear. */
typedef struct gf_nets_points {
    gf_points all;
    size_t size[2];
    gf_batch batch;
    const char *bn; /* separate, joint, gsep or eval */
} gf_nets_points;

int gf_nets_points_read(gf_nets_points *out, const gf_call *call,
                        size_t inputs);
void gf_nets_points_clear(gf_nets_points *points);

#endif
