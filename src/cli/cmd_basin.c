/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/amount.h"
#include "cli/chart.h"
#include "cli/choose.h"
#include "cli/grid.h"
#include "cli/lasting.h"

#include <stdlib.h>

/* clang-format off */
static const struct poptOption own_options[] = {
    {"grid", '\0', POPT_ARG_STRING, NULL, GF_OPTION_GRID,
     "how many starts, at the middles of so many cells; default 200x200",
     "NxM"},
    {"window", '\0', POPT_ARG_STRING, NULL, GF_OPTION_WINDOW,
     "where they are; default: the field's own window", "X:X,Y:Y"},
    {"until", '\0', POPT_ARG_STRING, NULL, GF_OPTION_UNTIL,
     "the longest time; default 1000", "T"},
    {"step", '\0', POPT_ARG_STRING, NULL, GF_OPTION_STEP,
     "the largest step; default 0.01", "H"},
    {"radius", '\0', POPT_ARG_STRING, NULL, GF_OPTION_RADIUS,
     "as near to a rest point counts as there; default 0.001", "EPS"},
    POPT_TABLEEND
};

const struct poptOption gf_basin_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a FIELD:"),
    GF_INCLUDE(own_options, "Where to begin, how to go:"),
    GF_INCLUDE(gf_lasting_table, "Long runs:"),
    GF_INCLUDE(gf_chart_table, "Figures:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

static int exit_of(gf_status status)
{
    switch (status) {
    case GF_OK:
        return GF_EXIT_ANSWERED;
    case GF_READ:
    case GF_WRITE:
        return GF_EXIT_FILE;
    case GF_MEMORY:
    case GF_INTERNAL:
        return GF_EXIT_FAILED;
    default:
        return GF_EXIT_USAGE;
    }
}

static int read_motion(gf_basin_plan *plan, const gf_call *call)
{
    int exit_status =
        gf_amount_read_positive(&plan->motion.until, call, GF_OPTION_UNTIL);

    if (!exit_status)
        exit_status =
            gf_amount_read_positive(&plan->motion.step, call, GF_OPTION_STEP);
    if (!exit_status)
        exit_status =
            gf_amount_read_positive(&plan->radius, call, GF_OPTION_RADIUS);
    return exit_status;
}

typedef struct file {
    const gf_basin *basin;
    const char *command;
} file;

static gf_status write_hdf5(FILE *out, const void *ctx, gf_error *error)
{
    const file *f = ctx;

    return gf_report_basin_hdf5(out, f->basin, f->command, error);
}

static int write_answer(const gf_call *call, const gf_basin *basin,
                        gf_format format, const char *command)
{
    if (gf_answer_is_hdf5(call))
        return gf_answer_stream(call, write_hdf5, &(file){basin, command});
    if (gf_chart_asked(call))
        return gf_chart_basin(call, basin, command);
    gf_report_options how = {
        .format = format,
        .verbose = gf_options_count(call->options, GF_OPTION_VERBOSE) > 0};
    gf_error error;
    char *answer = NULL;

    gf_error_clear(&error);
    gf_status status = gf_report_basin(&answer, basin, &how, &error);
    if (status)
        return gf_complain_error(call, exit_of(status), &error);
    int exit_status = gf_answer_write(call, answer);
    free(answer);
    return exit_status;
}

static int run(gf_basin *basin, const gf_basin_plan *plan, gf_lasting *lasting)
{
    gf_sweep_options options = {.threads = lasting->threads,
                                .progress = gf_lasting_progress,
                                .progress_ctx = lasting,
                                .journal = lasting->journal,
                                .identity = lasting->identity,
                                .resume = lasting->resume};
    gf_error error;

    gf_error_clear(&error);
    gf_status status = gf_basin_run(basin, plan, &options, &error);
    int exit_status = gf_lasting_end(lasting);
    if (exit_status)
        return exit_status;
    if (status)
        return gf_complain_error(lasting->call, exit_of(status), &error);
    return GF_EXIT_ANSWERED;
}

static int fill_basin(const gf_call *call, const gf_basin_plan *plan,
                      gf_format format)
{
    gf_lasting lasting;
    gf_basin basin;

    int exit_status = gf_lasting_begin(&lasting, call, plan->c->field);
    gf_basin_init(&basin);
    if (!exit_status)
        exit_status = run(&basin, plan, &lasting);
    if (!exit_status)
        exit_status = write_answer(call, &basin, format, lasting.command);
    gf_basin_clear(&basin);
    gf_lasting_clear(&lasting, exit_status == GF_EXIT_ANSWERED);
    return exit_status;
}

int gf_cmd_basin(const gf_call *call)
{
    gf_basin_plan plan = {.count = {200, 200}};
    gf_format format = GF_FORMAT_TEXT;
    gf_choice choice;

    int exit_status = gf_answer_grid_format(&format, call, true);
    if (!exit_status)
        exit_status = gf_chart_check(call);
    if (!exit_status)
        exit_status = gf_grid_read(plan.count, call, GF_SWEEP_CELLS_MAX);
    if (!exit_status)
        exit_status = read_motion(&plan, call);
    if (exit_status)
        return exit_status;
    exit_status = gf_choose(&choice, call);
    if (!exit_status && choice.count > 1)
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "'basin' is about one field at a time");
    if (!exit_status)
        exit_status = gf_grid_window(plan.window, call, choice.field[0]);
    if (!exit_status) {
        plan.c = choice.all[0];
        exit_status = fill_basin(call, &plan, format);
    }
    gf_choice_clear(&choice);
    return exit_status;
}
