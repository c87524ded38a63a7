/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands inside the frames of a board. */
#ifndef GF_FIGURE_BOARD_DRAW_H
#define GF_FIGURE_BOARD_DRAW_H

#include "figure/board.h"
#include "figure/portrait_draw.h"

/* The number on its axis; NaN where a logarithm has none. */
double gf_board_shown(double value, bool is_log);
/* The i-th point of a mark on its axes. */
gf_vec2 gf_board_point(const gf_board_panel *panel, const gf_mark *mark,
                       size_t i);

gf_stroke gf_board_stroke(const gf_board *board, const gf_mark *mark);
gf_fill gf_board_fill(const gf_board *board, const gf_mark *mark);
gf_marker gf_board_marker(const gf_board *board, const gf_mark *mark,
                          gf_vec2 at);

/* Adds a group for each mark of a panel, clipped to its frame. */
void gf_board_draw(gf_scene *scene, const gf_page *page, const gf_board *board,
                   size_t panel);
/* A run, without its group. */
void gf_board_draw_run(gf_scene *scene, const gf_frame *frame,
                       const gf_board *board, const gf_board_panel *panel,
                       const gf_mark *mark);

/* --- keys --------------------------------------------------------------- */

typedef struct gf_board_keys {
    gf_box box[GF_PAGE_PANELS];     /* empty (x0 >= x1): none */
    size_t columns[GF_PAGE_PANELS]; /* of names, where one would be too tall */
    bool is_raised[GF_PAGE_PANELS]; /* has room for its key at the top */
} gf_board_keys;

/* Finds where the keys stand. False: a panel got a higher window for its key,
 * and the page is to be laid again. */
bool gf_board_place_keys(gf_board_keys *keys, gf_page *page,
                         const gf_board *board);
void gf_board_draw_key(gf_scene *scene, const gf_board_keys *keys,
                       const gf_page *page, const gf_board *board,
                       size_t panel);

/* --- portraits ---------------------------------------------------------- */

/* Adds what the portraits' lines and markers mean. GF_MEMORY. */
GF_CHECKED gf_status gf_board_add_legend(gf_page *page, const gf_board *board,
                                         gf_error *error);
/* Draws the portrait of a panel that has one. Errors of gf_portrait_make. */
GF_CHECKED gf_status gf_board_draw_portrait(gf_scene *scene,
                                            const gf_page *page,
                                            const gf_board *board, size_t panel,
                                            gf_error *error);

#endif
