/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures on the command line: how they look, and where they go. */
#ifndef GANFIELD_CLI_PICTURE_H
#define GANFIELD_CLI_PICTURE_H

#include "cli/choose.h"
#include "figure/plate.h"

extern const struct poptOption gf_picture_table[];

/* Reads size, theme and the like into an empty plate without panels; an exit
 * status. */
int gf_picture_look(gf_plate *plate, const gf_call *call);

/* What a panel points to. */
typedef struct gf_picture_room {
    gf_vec2 *start;
    char *axes; /* both names, each ended by a NUL */
    gf_portrait_map map[GF_PORTRAIT_MAPS];
    gf_classification seen; /* of the panel, where its window changes it */
} gf_picture_room;

/* Changes a panel as --window, --start, --optimizer, --show and --hide ask; an
 * exit status. *room is to be cleared in either case, after the panel. */
int gf_picture_panel(gf_plate_panel *panel, gf_picture_room *room,
                     const gf_call *call);
void gf_picture_room_clear(gf_picture_room *room);

/* Draws the plate and writes it to -o's file, or as SVG to stdout, and the
 * table of its curves to --data's; an exit status. */
int gf_picture_write(const gf_plate *plate, const gf_call *call);

/* The command line, without what says where the answer goes; NULL when memory
 * runs out. The caller frees it. */
char *gf_picture_command(const gf_call *call);

#endif
