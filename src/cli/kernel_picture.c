/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of `kernel gram`, `kernel spectrum` and `kernel compare`. */
#include "cli/board.h"

#include <stdlib.h>

#include "cli/chart.h"
#include "cli/picture.h"
#include "figure/compare_board.h"
#include "figure/study_board.h"

/* Points that are not on a line give a square for each pair. */
enum { MOST_CELLS = 500 };

/* Are they on a line, one after the other? */
static bool is_line(const gf_points *points)
{
    for (size_t i = 1; i < points->count; i++)
        if (points->inputs != 1 || !(points->x[i] > points->x[i - 1]))
            return false;
    return points->inputs == 1 && points->count > 1;
}

int gf_gram_picture(const gf_call *call, const gf_points *points,
                    const double *k, const char *net)
{
    size_t n = points->count;
    bool along = is_line(points);
    gf_map map = {.value = k,
                  .square = true,
                  .cells = !along,
                  .name = along ? "$K(x, y)$" : "$K$",
                  .plain = "K",
                  .about = net};
    double *number = malloc(n * sizeof *number);

    if (!number)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    for (size_t i = 0; i < n; i++)
        number[i] = (double)(i + 1);
    const double *at = along ? points->x : number;
    for (size_t i = 0; i < 2; i++)
        map.axis[i] =
            (gf_map_axis){.name = along ? (i ? "y" : "x") : (i ? "j" : "i"),
                          .low = along ? at[0] : 0.5,
                          .high = along ? at[n - 1] : (double)n + 0.5,
                          .at = at,
                          .count = n};
    int exit_status =
        n < 2 ? gf_complain(call, GF_EXIT_USAGE,
                            "a figure of a kernel needs two points or more")
        : !along && n > MOST_CELLS
            ? gf_complain(call, GF_EXIT_USAGE,
                          "a figure has squares of up to %d points; -o K.npy "
                          "holds any",
                          MOST_CELLS)
            : gf_chart_write(call, &map);
    free(number);
    return exit_status;
}

int gf_spectrum_picture(const gf_call *call, const gf_points *points,
                        const gf_kernel_study *study,
                        const gf_kernel_study *other, const char *net)
{
    gf_study_figure figure = {.study = study,
                              .other = other,
                              .x = is_line(points) ? points->x : NULL,
                              .net = net};
    gf_study_board *b = NULL;
    gf_plate look;
    gf_error error;
    int exit_status = gf_picture_look(&look, call);

    if (exit_status)
        return exit_status;
    if (points->count < 2)
        return gf_complain(call, GF_EXIT_USAGE,
                           "a figure of a kernel needs two points or more");
    figure.size = &look.size;
    figure.theme = look.theme;
    gf_error_clear(&error);
    b = malloc(sizeof *b);
    if (!b)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    if (gf_study_board_make(b, &figure, &error))
        exit_status = gf_complain_error(call, GF_EXIT_USAGE, &error);
    else
        exit_status = gf_board_write(call, &b->board);
    gf_study_board_clear(b);
    free(b);
    return exit_status;
}

int gf_compare_picture_check(const gf_call *call,
                             const gf_comparison_setup *setup)
{
    gf_error error;

    gf_error_clear(&error);
    if (gf_compare_board_check(setup, &error))
        return gf_complain_error(call, GF_EXIT_USAGE, &error);
    return gf_chart_check(call);
}

int gf_compare_picture(const gf_call *call, const gf_comparison_setup *setup,
                       const char *const *name, const gf_comparison *all)
{
    gf_compare_figure figure = {.setup = setup, .all = all, .name = name};
    gf_compare_board *b;
    gf_plate look;
    gf_error error;
    int exit_status = gf_picture_look(&look, call);

    if (exit_status)
        return exit_status;
    figure.size = &look.size;
    figure.theme = look.theme;
    gf_error_clear(&error);
    b = malloc(sizeof *b);
    if (!b)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    if (gf_compare_board_make(b, &figure, &error))
        exit_status = gf_complain_error(call, GF_EXIT_USAGE, &error);
    else
        exit_status = gf_board_write(call, &b->board);
    gf_compare_board_clear(b);
    free(b);
    return exit_status;
}
