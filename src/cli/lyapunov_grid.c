/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/lyapunov_grid.h"

#include "cli/chart.h"
#include "cli/choose.h"
#include "cli/grid.h"
#include "cli/lasting.h"
#include "cli/motion.h"

#include <math.h>
#include <stdlib.h>

#define UNTIL 10

/* What is filled, and by what. */
typedef struct filling {
    gf_lyapunov_grid grid;
    const gf_field *field;
    gf_lyapunov_options flow;
    gf_motion motion; /* of a map */
    bool is_map;
} filling;

static int draw(const gf_call *call, const void *result, const char *command)
{
    const filling *f = result;
    const gf_lyapunov_grid *grid = &f->grid;
    const gf_field *field = f->field;
    double *at[2] = {NULL, NULL}, *shown = calloc(grid->cells, sizeof *shown);
    gf_map map = {.value = shown,
                  .name =
                      f->is_map ? "exponent per step" : "finite-time exponent",
                  .plain = "finite-time exponent",
                  .about = field->name,
                  .command = command};
    int exit_status = GF_EXIT_ANSWERED;

    for (size_t i = 0; i < 2; i++) {
        at[i] = calloc(grid->count[i], sizeof *at[i]);
        if (!at[i] || !shown)
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
    for (size_t n = 0; n < grid->cells && !exit_status; n++) {
        const double *cell = grid->value + n * GF_LYAPUNOV_WIDTH;
        bool is_whole = cell[GF_LYAPUNOV_STOP] == GF_STOP_END;
        shown[n] = is_whole ? cell[GF_LYAPUNOV_EXPONENT] : NAN;
    }
    if (!exit_status)
        exit_status = gf_chart_write(call, &map);
    free(at[0]);
    free(at[1]);
    free(shown);
    return exit_status;
}

static gf_status run(void *result, const gf_sweep_options *options,
                     gf_error *error)
{
    filling *f = result;

    return f->is_map
               ? gf_lyapunov_grid_map(&f->grid, f->field, &f->motion.optimizer,
                                      &f->motion.map, options, error)
               : gf_lyapunov_grid_run(&f->grid, f->field, &f->flow, options,
                                      error);
}

static gf_status hdf5(FILE *out, const void *result, const char *command,
                      gf_error *error)
{
    const filling *f = result;

    return gf_report_lyapunov_grid_hdf5(out, &f->grid, f->field, command,
                                        error);
}

static gf_status report(char **out, const void *result,
                        const gf_report_options *options, gf_error *error)
{
    const filling *f = result;

    return gf_report_lyapunov_grid(out, &f->grid, f->field, options, error);
}

static int fill(filling *f, const gf_call *call, gf_format format)
{
    gf_lasting_job job = {.result = f,
                          .unit = "cells",
                          .run = run,
                          .chart = draw,
                          .hdf5 = hdf5,
                          .report = report};
    int exit_status = gf_grid_window(f->grid.window, call, f->field);

    f->is_map = gf_options_count(call->options, GF_OPTION_OPTIMIZER) > 0;
    f->flow.until = f->flow.until > 0 ? f->flow.until : UNTIL;
    if (!exit_status && f->is_map)
        exit_status = gf_motion_read(&f->motion, call, f->field);
    if (!exit_status)
        exit_status = gf_lasting_answer(call, f->field, &job, format);
    gf_motion_clear(&f->motion);
    gf_lyapunov_grid_clear(&f->grid);
    return exit_status;
}

int gf_lyapunov_grid_answer(const gf_call *call,
                            const gf_lyapunov_options *options)
{
    filling f = {.grid = {.count = {1, 1}}, .flow = *options};
    gf_format format = GF_FORMAT_CSV;
    gf_choice choice;

    int exit_status = gf_answer_grid_format(&format, call, false);
    if (!exit_status)
        exit_status = gf_chart_check(call);
    if (!exit_status)
        exit_status = gf_grid_read(f.grid.count, call, GF_LYAPUNOV_CELLS_MAX);
    if (!exit_status && gf_chart_asked(call) &&
        (f.grid.count[0] < 2 || f.grid.count[1] < 2))
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "a figure needs a grid of 2x2 or more");
    if (exit_status)
        return exit_status;
    exit_status = gf_choose_field(&choice, call);
    if (!exit_status) {
        f.field = choice.field[0];
        exit_status = fill(&f, call, format);
    }
    gf_choice_clear(&choice);
    return exit_status;
}
