/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/trials.h"

#include <ganfield/path_angle.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 201 };

/* --- the table --------------------------------------------------------- */

#define ROW_NAME(name, text, pictures) text,
#define ROW_PICTURES(name, text, pictures) pictures,
static const char *const names[] = {GF_TRIALS_VIEW_LIST(ROW_NAME)};
static const size_t pictures_of[] = {GF_TRIALS_VIEW_LIST(ROW_PICTURES)};
#undef ROW_NAME
#undef ROW_PICTURES

gf_status gf_trials_view_find(gf_trials_view *out, const char *name,
                              gf_error *error)
{
    for (size_t i = 0; i < GF_TRIALS_VIEWS; i++)
        if (strcmp(names[i], name) == 0) {
            *out = (gf_trials_view)i;
            return GF_OK;
        }
    return gf_error_set(error, GF_NAME,
                        "unknown figure '%s': there are losses, distributions, "
                        "critic, plane and path-angle",
                        name);
}

size_t gf_trials_view_pictures(gf_trials_view view)
{
    return pictures_of[view];
}

/* --- the path-angle ---------------------------------------------------- */

typedef struct path {
    double *part, *cosine, *norm;
} path;

/* From the first picture to the last state, on the training's present batch. */
static gf_status find_path(path *out, gf_board *board, gf_training *t,
                           gf_error *error)
{
    static const gf_range range = {.lo = -0.25, .hi = 1.25};
    gf_duel *duel = gf_training_duel(t);
    gf_game game = gf_duel_game(duel);
    gf_path_point *point = calloc(POINTS, sizeof *point);
    size_t step = 0;
    const double *from = gf_training_picture(&step, t, 0);
    gf_status status = GF_OK;

    out->part = gf_board_numbers(board, POINTS);
    out->cosine = gf_board_numbers(board, POINTS);
    out->norm = gf_board_numbers(board, POINTS);
    if (!point || board->failed)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    else if (!from)
        status = gf_error_set(error, GF_ARGUMENT, "a run has not begun");
    if (!status)
        status = gf_path_angle(point, POINTS, &range, from,
                               gf_training_state(t), &game, error);
    for (size_t i = 0; i < POINTS && !status; i++) {
        out->part[i] = point[i].part;
        out->cosine[i] = point[i].cosine;
        out->norm[i] = point[i].norm;
    }
    free(point);
    return status;
}

static gf_status draw_path_angle(gf_board *board, const gf_trials *trials,
                                 gf_error *error)
{
    const char *part = "$alpha$ (start 0, end 1)";
    gf_board_panel *cosine = gf_board_add(board, part, "cosine with the line");
    gf_board_panel *norm = gf_board_add(board, part, "norm");
    double most = 0.01;
    gf_status status = GF_OK;

    if (!cosine || !norm)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    cosine->title = "direction of the velocity";
    norm->title = "size of the velocity";
    if (board->columns == 0 && board->size.width < 300)
        board->columns = 1;
    for (size_t i = 0; i < trials->plan.count && !status; i++) {
        path p;
        gf_mark *mark;
        status = find_path(&p, board, trials->training[i * trials->plan.seeds],
                           error);
        mark = gf_board_mark(cosine, GF_MARK_CURVE, p.part, p.cosine, POINTS);
        mark->series = i;
        if (trials->plan.count > 1)
            mark->name = trials->plan.trial[i].label;
        gf_board_mark(norm, GF_MARK_CURVE, p.part, p.norm, POINTS)->series = i;
        for (size_t k = 0; k < POINTS; k++)
            most = fmax(most, fabs(p.cosine[k]));
    }
    gf_board_scale(norm);
    most = fmin(1.1 * most, 1.02);
    cosine->y = (gf_range){.lo = -most, .hi = most};
    return status;
}

/* --- all of them ------------------------------------------------------- */

gf_status gf_trials_draw(gf_board *board, const gf_trials *trials,
                         gf_trials_view view, gf_error *error)
{
    static gf_status (*const draw[GF_TRIALS_VIEWS])(
        gf_board *, const gf_trials *, gf_error *) = {
        [GF_TRIALS_LOSSES] = gf_trials_losses,
        [GF_TRIALS_DISTRIBUTIONS] = gf_trials_distributions,
        [GF_TRIALS_CRITIC] = gf_trials_critic,
        [GF_TRIALS_PATH_ANGLE] = draw_path_angle,
    };

    if (!draw[view])
        return gf_error_set(error, GF_INTERNAL, "not a view of a board");
    return draw[view](board, trials, error);
}
