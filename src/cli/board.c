/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/board.h"

#include "cli/chart.h"
#include "figure/plate.h"

static gf_status compose(gf_scene *scene, void *figure, const gf_plate *look,
                         const gf_typesetter *typesetter, gf_error *error)
{
    gf_board *board = figure;
    size_t n = board->panels;
    bool is_wide = look->size.width >= 300;

    board->title = look->title;
    board->author = look->author;
    board->command = look->command;
    /* A narrow page has its panels one under the other, unless these are
     * many. */
    board->columns = is_wide && board->abreast ? board->abreast
                     : is_wide                 ? (n == 4  ? 2
                                                  : n < 3 ? n
                                                          : 3)
                     : n > 3                   ? 2
                                               : 1;
    return gf_board_compose(scene, board, typesetter, error);
}

int gf_board_write(const gf_call *call, gf_board *board)
{
    return gf_chart_draw(call, compose, board);
}
