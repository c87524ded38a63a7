/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options of the commands on the geometry of a duel. */
#ifndef GANFIELD_CLI_GEOMETRY_H
#define GANFIELD_CLI_GEOMETRY_H

#include "cli/train.h"

#include <ganfield/geometry.h>

/* Where in the parameters, and how to come there. */
extern const struct poptOption gf_geometry_table[];

/* A duel on its first batch, at a state. */
typedef struct gf_geometry_place {
    gf_train_material *material;
    gf_duel_setup setup;
    const char *text[2]; /* of critic and generator */
    gf_duel *duel;
    double *z;
    double *direction; /* of a slice that is given */
} gf_geometry_place;

/* Makes the duel and the state: the start, that of --state, or where --steps of
 * a training end. An exit status; *place is to be cleared in either case. */
int gf_geometry_open(gf_geometry_place *place, const gf_call *call);
void gf_geometry_close(gf_geometry_place *place);

/* --plane for the parameters of slice->player, with --seed: two numbers,
 * random, top or a file; usual: what it is where it is not given. */
int gf_geometry_read_slice(gf_geometry_slice *slice, gf_geometry_place *place,
                           const gf_call *call, const char *usual);

/* What a report is told of the duel. */
gf_duel_report gf_geometry_report(const gf_geometry_place *place);
/* Says what is wrong; an exit status. */
int gf_geometry_complain(const gf_call *call, const gf_error *error);
/* The format of an answer that may be a figure, after a look at what was asked
 * of that. */
int gf_geometry_format(gf_format *format, const gf_call *call);
/* geometry_picture.c: each draws it and writes the file of -o. */
int gf_geometry_draw_game(const gf_call *call, const gf_geometry_game *game);
int gf_geometry_draw_connection(const gf_call *call,
                                const gf_geometry_connection *connection);
int gf_geometry_draw_loop(const gf_call *call, const gf_geometry_loop *loop);
/* Hands an answer over and frees it, or says why there is none. */
int gf_geometry_finish(const gf_call *call, gf_status status, char *answer,
                       const gf_error *error);

#endif
