/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options of two nets in a game: data, points, representation, run. */
#ifndef GANFIELD_CLI_PLAY_H
#define GANFIELD_CLI_PLAY_H

#include "cli/options.h"

#include <ganfield/play.h>

/* All but the nets. */
extern const struct poptOption gf_play_table[];

typedef struct gf_play_material {
    gf_distribution *data;
    gf_points points;
} gf_play_material;

/* All that is not the nets; what *setup points to is in *material, which is all
 * zeros at first and to be cleared in either case. Each says what is wrong and
 * returns an exit status. */
int gf_play_read(gf_play_setup *setup, gf_play_material *material,
                 const gf_call *call);
void gf_play_material_clear(gf_play_material *material);
/* A mode of batch norm; NULL: separate. */
int gf_play_read_bn(gf_bn_mode *out, const gf_call *call, const char *text);
/* Is that what --data says for realizable data? */
bool gf_play_is_teacher(const char *data);
/* A net, with --init. */
int gf_play_read_net(gf_net_shape *out, const gf_call *call, const char *text);
/* --generator, or by default the critic without norm and head. */
int gf_play_read_generator(gf_net_shape *out, const gf_call *call,
                           const gf_net_shape *critic);

#endif
