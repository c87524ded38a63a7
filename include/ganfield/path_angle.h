/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The path-angle of a run [berard2020]: along the line from its start z_0 to
 * its end z_T,
 *
 *     z(a) = z_0 + a (z_T - z_0)
 *
 * the norm of the game's velocity v and its cosine with the direction of the
 * line,
 *
 *     c(a) = <v(z(a)), z_T - z_0>/(|v(z(a))| |z_T - z_0|)
 *
 * Both players ascend, so the cosine is positive where the game drives towards
 * z_T. Where z_T attracts without rotation the cosine falls from 1 to -1 at
 * a = 1; where the game rotates about z_T it is flat there, with a bump by how
 * the angle turns; a bump over a fall is both.
 *
 *     gf_path_point point[GF_PATH_POINTS];
 *     gf_duel_deal(duel, 0);
 *     status = gf_path_angle(point, count, &range, z_0, z_T, &game, &error);
 */
#ifndef GANFIELD_PATH_ANGLE_H
#define GANFIELD_PATH_ANGLE_H

#include <ganfield/game.h>

typedef struct gf_path_point {
    double part;   /* a: 0 at the start, 1 at the end */
    double cosine; /* NaN where v is zero or no number */
    double norm;   /* of v, over both players */
} gf_path_point;

/* Fills count points, a evenly spaced from range.lo to range.hi. GF_ARGUMENT
 * for a line of no length or fewer than two points, GF_MEMORY. The velocity is
 * that of the batch that was dealt last, so a large one is wanted. */
GF_PUBLIC GF_CHECKED gf_status gf_path_angle(
    gf_path_point *out, size_t count, const gf_range *range, const double *from,
    const double *to, const gf_game *game, gf_error *error);

#endif
