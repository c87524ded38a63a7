/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/lyapunov_grid.h"

#include "cli/chart.h"
#include "cli/choose.h"
#include "cli/grid.h"
#include "cli/motion.h"
#include "cli/picture.h"

#include <math.h>
#include <stdlib.h>

#define UNTIL 10

static int exit_of(gf_status status)
{
    return status == GF_ARGUMENT || status == GF_NAME ? GF_EXIT_USAGE
           : status == GF_DOMAIN                      ? GF_EXIT_FIELD
                                                      : GF_EXIT_FAILED;
}

static int draw(const gf_call *call, const gf_lyapunov_grid *grid,
                const gf_field *field, bool is_map)
{
    char *command = gf_picture_command(call);
    size_t cells = grid->count[0] * grid->count[1];
    double *at[2] = {NULL, NULL}, *shown = calloc(cells, sizeof *shown);
    gf_map map = {.value = shown,
                  .name = is_map ? "exponent per step" : "finite-time exponent",
                  .plain = "finite-time exponent",
                  .about = field->name,
                  .command = command};
    int exit_status = GF_EXIT_ANSWERED;

    for (size_t i = 0; i < 2; i++) {
        at[i] = calloc(grid->count[i], sizeof *at[i]);
        if (!at[i] || !command || !shown)
            exit_status = gf_complain(call, GF_EXIT_FAILED, "out of memory");
        for (size_t k = 0; k < grid->count[i] && !exit_status; k++) {
            gf_vec2 p =
                gf_lyapunov_grid_at(grid, i == 0 ? k * grid->count[1] : k);
            at[i][k] = i == 0 ? p.x : p.y;
        }
        map.axis[i] = (gf_map_axis){.name = field->axis_name[i],
                                    .low = grid->window[i].lo,
                                    .high = grid->window[i].hi,
                                    .at = at[i],
                                    .count = grid->count[i]};
    }
    /* what ended early has an exponent of another, shorter time */
    for (size_t n = 0; n < cells && !exit_status; n++)
        shown[n] = grid->stop[n] == GF_STOP_END ? grid->value[n] : NAN;
    if (!exit_status)
        exit_status = gf_chart_write(call, &map);
    free(at[0]);
    free(at[1]);
    free(shown);
    free(command);
    return exit_status;
}

static int write_answer(const gf_call *call, const gf_lyapunov_grid *grid,
                        const gf_field *field, bool is_map)
{
    gf_report_options how = {.format = GF_FORMAT_CSV};
    gf_error error;
    char *answer = NULL;

    if (gf_chart_asked(call))
        return draw(call, grid, field, is_map);
    int exit_status = gf_answer_table_format(&how.format, call);
    if (exit_status)
        return exit_status;
    gf_error_clear(&error);
    gf_status status =
        gf_report_lyapunov_grid(&answer, grid, field, &how, &error);
    if (status)
        return gf_complain_error(call, exit_of(status), &error);
    exit_status = gf_answer_write(call, answer);
    free(answer);
    return exit_status;
}

static int fill(gf_lyapunov_grid *grid, const gf_call *call,
                const gf_field *field, const gf_lyapunov_options *options)
{
    gf_lyapunov_options flow = *options;
    gf_motion motion;
    gf_error error;
    gf_status status;

    gf_error_clear(&error);
    flow.until = flow.until > 0 ? flow.until : UNTIL;
    if (gf_options_count(call->options, GF_OPTION_OPTIMIZER) == 0) {
        status = gf_lyapunov_grid_run(grid, field, &flow, NULL, NULL, &error);
    } else {
        int exit_status = gf_motion_read(&motion, call, field);
        if (exit_status) {
            gf_motion_clear(&motion);
            return exit_status;
        }
        status = gf_lyapunov_grid_map(grid, field, &motion.optimizer,
                                      &motion.map, NULL, NULL, &error);
        gf_motion_clear(&motion);
    }
    return status ? gf_complain_error(call, exit_of(status), &error)
                  : GF_EXIT_ANSWERED;
}

int gf_lyapunov_grid_answer(const gf_call *call,
                            const gf_lyapunov_options *options)
{
    bool is_map = gf_options_count(call->options, GF_OPTION_OPTIMIZER) > 0;
    gf_lyapunov_grid grid = {.count = {1, 1}};
    gf_format format;
    gf_choice choice;

    int exit_status = gf_chart_asked(call)
                          ? gf_chart_check(call)
                          : gf_answer_table_format(&format, call);
    if (!exit_status)
        exit_status = gf_grid_read(grid.count, call, GF_LYAPUNOV_CELLS_MAX);
    if (!exit_status && gf_chart_asked(call) &&
        (grid.count[0] < 2 || grid.count[1] < 2))
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "a figure needs a grid of 2x2 or more");
    if (exit_status)
        return exit_status;
    exit_status = gf_choose_field(&choice, call);
    if (!exit_status)
        exit_status = gf_grid_window(grid.window, call, choice.field[0]);
    if (!exit_status)
        exit_status = fill(&grid, call, choice.field[0], options);
    if (!exit_status)
        exit_status = write_answer(call, &grid, choice.field[0], is_map);
    gf_lyapunov_grid_clear(&grid);
    gf_choice_clear(&choice);
    return exit_status;
}
