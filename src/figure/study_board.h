/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The figure of a kernel's spectrum: its eigenvalues, with what counts as zero,
 * effective rank and participation; the leading eigenfunctions; and of a target
 * what the modes leave.
 *
 *     gf_study_board b;
 *     status = gf_study_board_make(&b, &figure, error);
 *     ...  title and the like of b.board; gf_board_compose ...
 *     gf_study_board_clear(&b);
 */
#ifndef GF_FIGURE_STUDY_BOARD_H
#define GF_FIGURE_STUDY_BOARD_H

#include "base/text.h"
#include "figure/board.h"

#include <ganfield/kernel.h>

typedef struct gf_study_figure {
    const gf_kernel_study *study; /* with modes */
    const gf_kernel_study *other; /* of another kernel of the points; or NULL */
    const double *x;              /* the points where they are on a line and
                                     ascend, else NULL: their numbers */
    const char *net;
    const gf_size *size;
    const gf_theme *theme;
} gf_study_figure;

enum { GF_STUDY_NAMES = 8, GF_STUDY_NAME = 64 };

typedef struct gf_study_board {
    gf_board board;
    double *room;
    char name[GF_STUDY_NAMES][GF_STUDY_NAME]; /* of marks */
    size_t names;
    gf_text description;
} gf_study_board;

/* What the figure points to must outlive the board; to be cleared in either
 * case. GF_ARGUMENT for a kernel without a positive eigenvalue; GF_MEMORY. */
GF_CHECKED gf_status gf_study_board_make(gf_study_board *b,
                                         const gf_study_figure *figure,
                                         gf_error *error);
void gf_study_board_clear(gf_study_board *b);

#endif
