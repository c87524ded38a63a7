/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands inside the frames of a board. */
#ifndef GF_FIGURE_BOARD_DRAW_H
#define GF_FIGURE_BOARD_DRAW_H

#include "figure/board.h"

/* The number on its axis; NaN where a logarithm has none. */
double gf_board_shown(double value, bool is_log);

gf_stroke gf_board_stroke(const gf_board *board, const gf_mark *mark);
gf_fill gf_board_fill(const gf_board *board, const gf_mark *mark);
gf_marker gf_board_marker(const gf_board *board, const gf_mark *mark,
                          gf_vec2 at);

/* Adds a group for each mark of a panel, clipped to its frame. */
void gf_board_draw(gf_scene *scene, const gf_page *page, const gf_board *board,
                   size_t panel);

#endif
