/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The figure of a comparison of nets: a panel for each variant and data, a row
 * for each critic, a mark for each seed where its gap ended, whose shape is the
 * verdict, on the range that the gap had in the last two fifths of the run.
 *
 *     gf_compare_board b;
 *     status = gf_compare_board_make(&b, &figure, error);
 *     ...  title and the like of b.board; gf_board_compose ...
 *     gf_compare_board_clear(&b);
 */
#ifndef GF_FIGURE_COMPARE_BOARD_H
#define GF_FIGURE_COMPARE_BOARD_H

#include "base/text.h"
#include "figure/board.h"

#include <ganfield/comparison.h>

enum { GF_COMPARE_ROWS = 40 };

typedef struct gf_compare_figure {
    const gf_comparison_setup *setup;
    const gf_comparison *all;
    const char *const *name; /* of the critics */
    const gf_size *size;
    const gf_theme *theme;
} gf_compare_figure;

typedef struct gf_compare_board {
    gf_board board;
    const char *row[GF_COMPARE_ROWS]; /* from below */
    gf_text description;
} gf_compare_board;

/* GF_ARGUMENT for more rows or panels than a page has; nothing is drawn yet. */
GF_CHECKED gf_status gf_compare_board_check(const gf_comparison_setup *setup,
                                            gf_error *error);
/* What the figure points to must outlive the board; to be cleared in either
 * case. As the check; GF_ARGUMENT where no gap is positive; GF_MEMORY. */
GF_CHECKED gf_status gf_compare_board_make(gf_compare_board *b,
                                           const gf_compare_figure *figure,
                                           gf_error *error);
void gf_compare_board_clear(gf_compare_board *b);

#endif
