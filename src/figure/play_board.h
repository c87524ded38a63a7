/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The figure of two nets in a game: runs at chosen points over the ideal
 * portraits there, distances and energies over time, and the modes beside those
 * of the ideal field. Particles have no density at a point: their quantiles
 * over time stand for the portraits.
 *
 *     gf_play_board b;
 *     status = gf_play_board_make(&b, &figure, error);
 *     ...  title and the like of b.board; gf_board_compose ...
 *     gf_play_board_clear(&b);
 */
#ifndef GF_FIGURE_PLAY_BOARD_H
#define GF_FIGURE_PLAY_BOARD_H

#include "base/text.h"
#include "figure/board.h"

#include <ganfield/play.h>

enum { GF_PLAY_SPOTS = 6, GF_PLAY_NAME = 160 };

typedef struct gf_play_figure {
    const gf_play *play;
    size_t spot[GF_PLAY_SPOTS];                /* points of the play ... */
    const gf_classification *c[GF_PLAY_SPOTS]; /* ... and the field there */
    size_t spots;                              /* 0 of particles */
    const gf_size *size;
    const gf_theme *theme;
} gf_play_figure;

typedef struct gf_play_board {
    gf_board board;
    double *room;
    char title[GF_PLAY_SPOTS + 1][GF_PLAY_NAME];
    char axis[2][GF_PLAY_NAME], gap[GF_PLAY_NAME];
    gf_text description;
} gf_play_board;

/* What the figure points to must outlive the board; to be cleared in either
 * case. GF_ARGUMENT where there is neither a run nor a mode; GF_MEMORY. */
GF_CHECKED gf_status gf_play_board_make(gf_play_board *b,
                                        const gf_play_figure *figure,
                                        gf_error *error);
void gf_play_board_clear(gf_play_board *b);

/* --- parts ------------------------------------------------------------- */

/* The window of a spot's portrait: its run, that of the ideal field from the
 * same start as far as it is not much larger, and the rest point. */
void gf_play_board_window(gf_range window[2], const gf_play_figure *figure,
                          size_t spot);

#endif
