/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linear maps of a duel for krylov.h. */
#ifndef GF_LAB_GEOMETRY_H
#define GF_LAB_GEOMETRY_H

#include <ganfield/geometry.h>

#include "lab/vector.h"

/* The parameters of one player as a stretch of z. */
typedef struct gf_stretch {
    size_t begin, count;
} gf_stretch;

gf_stretch gf_duel_stretch(const gf_duel *duel, size_t player);

/* What a callback is told: a duel at z, and room for two vectors of z's
   size. */
typedef struct gf_duel_map {
    gf_duel *duel;
    const double *z;
    gf_stretch stretch;
    size_t player;
    double shift; /* added to a Hessian's diagonal */
    double *in, *out;
} gf_duel_map;

/* Makes room; to be cleared in either case. GF_ARGUMENT for a duel without
   second derivatives; GF_MEMORY. */
gf_status gf_duel_map_init(gf_duel_map *map, gf_duel *duel, const double *z,
                           size_t player, gf_error *error) GF_CHECKED;
void gf_duel_map_clear(gf_duel_map *map);

/* The Hessian of the player's loss by its own parameters, plus shift; *map must
   stay. */
gf_operator gf_duel_map_loss(const gf_duel_map *map);
/* J, J' and the symmetric part of J, on all of z. */
gf_operator gf_duel_map_game(const gf_duel_map *map);
gf_operator gf_duel_map_back(const gf_duel_map *map);
gf_operator gf_duel_map_push(const gf_duel_map *map);

#endif
