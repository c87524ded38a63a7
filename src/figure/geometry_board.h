/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures of a duel's geometry: the eigenvalues of its game in the plane of
 * complex numbers; the critics that follow a generator, and the velocities that
 * carry its density, over x; what loops leave of a critic, over its steps and
 * over the radius.
 *
 *     gf_geometry_board *b = malloc(sizeof *b);
 *     gf_geometry_board_init(b, &size, theme);
 *     status = gf_geometry_board_game(b, &game, error);
 *     ...  title and the like of b->board; gf_board_compose ...
 *     gf_geometry_board_clear(b);
 */
#ifndef GF_FIGURE_GEOMETRY_BOARD_H
#define GF_FIGURE_GEOMETRY_BOARD_H

#include "base/text.h"
#include "figure/board.h"

#include <ganfield/geometry.h>

enum { GF_GEOMETRY_NAMES = 16, GF_GEOMETRY_NAME = 48 };

typedef struct gf_geometry_board {
    gf_board board;
    double *room;
    char name[GF_GEOMETRY_NAMES][GF_GEOMETRY_NAME]; /* of marks */
    gf_text description;
} gf_geometry_board;

/* An empty one; to be cleared in the end. */
void gf_geometry_board_init(gf_geometry_board *b, const gf_size *size,
                            const gf_theme *theme);
void gf_geometry_board_clear(gf_geometry_board *b);

/* Each fills an empty board with what must outlive it. GF_MEMORY; GF_ARGUMENT
 * where there is nothing to draw, as gaps of loops to the best alone. */
GF_CHECKED gf_status gf_geometry_board_game(gf_geometry_board *b,
                                            const gf_geometry_game *game,
                                            gf_error *error);
GF_CHECKED gf_status gf_geometry_board_connection(
    gf_geometry_board *b, const gf_geometry_connection *c, gf_error *error);
GF_CHECKED gf_status gf_geometry_board_loop(gf_geometry_board *b,
                                            const gf_geometry_loop *loop,
                                            gf_error *error);

#endif
