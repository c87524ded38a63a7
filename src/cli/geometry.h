/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options of the commands on the geometry of a duel. */
#ifndef GANFIELD_CLI_GEOMETRY_H
#define GANFIELD_CLI_GEOMETRY_H

#include "cli/duels.h"

#include <ganfield/geometry.h>

extern const struct poptOption gf_geometry_table[];

/* A duel on its first batch, at a state. */
typedef struct gf_geometry_place {
    gf_duel_choice choice;
    gf_duel *duel;
    double *z;
    double *direction; /* of a slice that is given */
} gf_geometry_place;

/* Makes the duel and the state, --state's where it is given; an exit status.
 * *place is to be cleared in either case. */
int gf_geometry_open(gf_geometry_place *place, const gf_call *call);
void gf_geometry_close(gf_geometry_place *place);

/* --plane for the parameters of slice->player, with --seed: two numbers,
 * random, top (the default) or a file. */
int gf_geometry_read_slice(gf_geometry_slice *slice, gf_geometry_place *place,
                           const gf_call *call);

/* What a report is told of the duel. */
gf_duel_report gf_geometry_report(const gf_geometry_place *place);

#endif
