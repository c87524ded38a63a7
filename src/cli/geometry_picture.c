/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a duel's geometry on the command line. */
#include "cli/board.h"
#include "cli/chart.h"
#include "cli/geometry.h"
#include "cli/picture.h"
#include "figure/geometry_board.h"

#include <stdlib.h>

typedef gf_status fill_fn(gf_geometry_board *b, const void *what,
                          gf_error *error);

static int draw(const gf_call *call, fill_fn *fill, const void *what)
{
    gf_geometry_board *b = malloc(sizeof *b);
    gf_plate look;
    gf_error error;
    int exit_status = gf_picture_look(&look, call);

    if (exit_status || !b) {
        free(b);
        return exit_status ? exit_status
                           : gf_complain(call, GF_EXIT_FAILED, "out of memory");
    }
    gf_error_clear(&error);
    gf_geometry_board_init(b, &look.size, look.theme);
    if (fill(b, what, &error))
        exit_status = gf_geometry_complain(call, &error);
    else
        exit_status = gf_board_write(call, &b->board);
    gf_geometry_board_clear(b);
    free(b);
    return exit_status;
}

static gf_status fill_game(gf_geometry_board *b, const void *what,
                           gf_error *error)
{
    return gf_geometry_board_game(b, what, error);
}

int gf_geometry_draw_game(const gf_call *call, const gf_geometry_game *game)
{
    return draw(call, fill_game, game);
}

static gf_status fill_connection(gf_geometry_board *b, const void *what,
                                 gf_error *error)
{
    return gf_geometry_board_connection(b, what, error);
}

int gf_geometry_draw_connection(const gf_call *call,
                                const gf_geometry_connection *connection)
{
    return draw(call, fill_connection, connection);
}

static gf_status fill_loop(gf_geometry_board *b, const void *what,
                           gf_error *error)
{
    return gf_geometry_board_loop(b, what, error);
}

int gf_geometry_draw_loop(const gf_call *call, const gf_geometry_loop *loop)
{
    return draw(call, fill_loop, loop);
}

int gf_geometry_format(gf_format *format, const gf_call *call)
{
    return gf_chart_asked(call) ? gf_chart_check(call)
                                : gf_answer_drawn_format(format, call, false);
}
