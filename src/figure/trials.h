/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What trials look like: boards of their rows and of the states that they kept
 * (gf_training_picture).
 *
 *     gf_board_init(&board, &size, theme);
 *     status = gf_trials_draw(&board, &trials, &look, error);
 *     status = gf_board_compose(&scene, &board, typesetter, error);
 *     gf_board_clear(&board);
 *
 *     losses         -J, -I and W1 over the steps; the median over the seeds
 *                    and the band from the least to the most of them
 *     distributions  histograms of the samples over the data's density, a
 *                    panel for each picture, a row for each trial
 *     critic         D over x, in the colours of the step
 *     path-angle     cosine and norm of the velocity along the line from the
 *                    first state to the last (path_angle.h)
 *
 * The last three show the first seed of each trial.
 */
#ifndef GF_FIGURE_TRIALS_H
#define GF_FIGURE_TRIALS_H

#include <ganfield/trials.h>

#include "figure/board.h"

#define GF_TRIALS_VIEW_LIST(X)                                                 \
    X(LOSSES, "losses", 0)                                                     \
    X(DISTRIBUTIONS, "distributions", 5)                                       \
    X(CRITIC, "critic", 13)                                                    \
    X(PLANE, "plane", 201)                                                     \
    X(PATH_ANGLE, "path-angle", 2)

#define GF_TRIALS_VIEW_ENUM(name, text, pictures) GF_TRIALS_##name,
typedef enum gf_trials_view {
    GF_TRIALS_VIEW_LIST(GF_TRIALS_VIEW_ENUM) GF_TRIALS_VIEWS
} gf_trials_view;
#undef GF_TRIALS_VIEW_ENUM

/* GF_NAME with the names there are. */
gf_status gf_trials_view_find(gf_trials_view *out, const char *name,
                              gf_error *error) GF_CHECKED;
/* How many pictures it takes; 0: none. */
size_t gf_trials_view_pictures(gf_trials_view view);

/* Adds the panels of a view to an empty board; of the plane see cli. GF_LIMIT
 * for more panels than a page has, GF_ARGUMENT where there is nothing to see
 * (a run that ends where it starts), GF_MEMORY. */
gf_status gf_trials_draw(gf_board *board, const gf_trials *trials,
                         gf_trials_view view, gf_error *error) GF_CHECKED;

/* --- trials_losses.c, trials_shapes.c: one view each -------------------- */

gf_status gf_trials_losses(gf_board *board, const gf_trials *trials,
                           gf_error *error) GF_CHECKED;
gf_status gf_trials_distributions(gf_board *board, const gf_trials *trials,
                                  gf_error *error) GF_CHECKED;
gf_status gf_trials_critic(gf_board *board, const gf_trials *trials,
                           gf_error *error) GF_CHECKED;

#endif
