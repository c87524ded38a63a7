/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of kernels on the command line. */
#ifndef GANFIELD_CLI_BOARD_H
#define GANFIELD_CLI_BOARD_H

#include "cli/options.h"
#include "figure/board.h"

#include <ganfield/comparison.h>

/* Draws it and writes the file of -o; an exit status. */
int gf_board_write(const gf_call *call, gf_board *board);

/* K of points as a heat map, over the points where they are on a line and
 * ascend, else over their numbers; an exit status. */
int gf_gram_picture(const gf_call *call, const gf_points *points,
                    const double *k, const char *net);
/* A spectrum, perhaps with that of another kernel (or NULL). */
int gf_spectrum_picture(const gf_call *call, const gf_points *points,
                        const gf_kernel_study *study,
                        const gf_kernel_study *other, const char *net);

/* A comparison, name[i] the text of the i-th critic; and what is wrong with its
 * figure, before anything is computed. */
int gf_compare_picture_check(const gf_call *call,
                             const gf_comparison_setup *setup);
int gf_compare_picture(const gf_call *call, const gf_comparison_setup *setup,
                       const char *const *name, const gf_comparison *all);

/* --at: the points of a play's figure whose runs are drawn. */
extern const struct poptOption gf_play_picture_table[];
/* Says what is wrong with --at before anything is computed. */
int gf_play_picture_check(const gf_call *call, const gf_play_setup *setup);
int gf_play_picture(const gf_call *call, const gf_play *play);

#endif
