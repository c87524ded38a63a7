/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/amount.h"
#include "cli/chart.h"
#include "cli/choose.h"
#include "cli/grid.h"
#include "cli/lasting.h"
#include "cli/motion.h"

/* Of an optimizer, by default. */
enum { STEPS = 10000 };

/* clang-format off */
static const struct poptOption own_options[] = {
    {"grid", '\0', POPT_ARG_STRING, NULL, GF_OPTION_GRID,
     "how many starts, at the middles of so many cells; default 200x200",
     "NxM"},
    {"window", '\0', POPT_ARG_STRING, NULL, GF_OPTION_WINDOW,
     "where they are; default: the field's own window", "X:X,Y:Y"},
    {"until", '\0', POPT_ARG_STRING, NULL, GF_OPTION_UNTIL,
     "the longest time of a flow; default 1000", "T"},
    {"optimizer", '\0', POPT_ARG_STRING, NULL, GF_OPTION_OPTIMIZER,
     "an optimizer's steps instead of the flow, with its numbers, as "
     "heavy-ball:beta=-0.5", "RULE"},
    {"step", '\0', POPT_ARG_STRING, NULL, GF_OPTION_STEP,
     "of an optimizer: h, also a schedule in the time t and the count n; of a "
     "flow: the largest, default 0.01",
     "H"},
    {"steps", '\0', POPT_ARG_STRING, NULL, GF_OPTION_STEPS,
     "of an optimizer: how many; default 10000", "N"},
    {"order", '\0', POPT_ARG_STRING, NULL, GF_OPTION_ORDER,
     "of an optimizer: simultaneous (the default) or alternating", "ORDER"},
    {"critic-steps", '\0', POPT_ARG_STRING, NULL, GF_OPTION_CRITIC_STEPS,
     "alternating: steps of the critic for one of the generator; default 1",
     "K"},
    {"noise", '\0', POPT_ARG_STRING, NULL, GF_OPTION_NOISE,
     "of an optimizer: standard deviation of what each velocity is off by, new "
     "for each start (--seed)",
     "SIGMA"},
    {"project", '\0', POPT_ARG_NONE, NULL, GF_OPTION_PROJECT,
     "of an optimizer: keep p_g in its physical range", NULL},
    {"box", '\0', POPT_ARG_STRING, NULL, GF_OPTION_BOX,
     "of an optimizer: clip both coordinates after each move", "LO:HI,LO:HI"},
    {"radius", '\0', POPT_ARG_STRING, NULL, GF_OPTION_RADIUS,
     "as near to a rest point or a limit cycle counts as there; default 0.001",
     "EPS"},
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

static int read_optimizer(gf_basin_plan *plan, gf_motion *motion,
                          const gf_call *call)
{
    const gf_map_options *map = &motion->map;

    if (gf_options_count(call->options, GF_OPTION_STEP) == 0)
        return gf_complain(call, GF_EXIT_USAGE, "an optimizer needs --step H");
    motion->map.steps = STEPS;
    int exit_status = gf_motion_read_map(motion, call);
    if (exit_status)
        return exit_status;
    plan->motion = (gf_ensemble_options){.optimizer = &motion->optimizer,
                                         .order = map->order,
                                         .critic_steps = map->critic_steps,
                                         .step = map->step,
                                         .schedule = map->schedule,
                                         .steps = map->steps,
                                         .noise = map->noise,
                                         .seed = map->seed,
                                         .project = map->project,
                                         .box = map->box};
    return GF_EXIT_ANSWERED;
}

static int read_flow(gf_basin_plan *plan, const gf_call *call)
{
    if (gf_options_count(call->options, GF_OPTION_PROJECT) > 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--project' goes with --optimizer only");
    int exit_status =
        gf_amount_read_positive(&plan->motion.until, call, GF_OPTION_UNTIL);
    return exit_status ? exit_status
                       : gf_amount_read_positive(&plan->motion.step, call,
                                                 GF_OPTION_STEP);
}

static int read_motion(gf_basin_plan *plan, gf_motion *motion,
                       const gf_call *call)
{
    int exit_status = gf_motion_check(call);

    if (exit_status)
        return exit_status;
    exit_status = gf_options_count(call->options, GF_OPTION_OPTIMIZER) > 0
                      ? read_optimizer(plan, motion, call)
                      : read_flow(plan, call);
    return exit_status
               ? exit_status
               : gf_amount_read_positive(&plan->radius, call, GF_OPTION_RADIUS);
}

/* --- the job ----------------------------------------------------------- */

typedef struct filling {
    gf_basin basin;
    const gf_basin_plan *plan;
} filling;

static gf_status run(void *result, const gf_sweep_options *options,
                     gf_error *error)
{
    filling *f = result;

    return gf_basin_run(&f->basin, f->plan, options, error);
}

static int chart(const gf_call *call, const void *result, const char *command)
{
    const filling *f = result;

    return gf_chart_basin(call, &f->basin, command);
}

static gf_status hdf5(FILE *out, const void *result, const char *command,
                      gf_error *error)
{
    const filling *f = result;

    return gf_report_basin_hdf5(out, &f->basin, command, error);
}

static gf_status report(char **out, const void *result,
                        const gf_report_options *options, gf_error *error)
{
    const filling *f = result;

    return gf_report_basin(out, &f->basin, options, error);
}

static int fill_basin(const gf_call *call, const gf_basin_plan *plan,
                      gf_format format)
{
    filling f = {.plan = plan};
    gf_lasting_job job = {&f, "cells", false, run, chart, hdf5, report};

    gf_basin_init(&f.basin);
    int exit_status = gf_lasting_answer(call, plan->c->field, &job, format);
    gf_basin_clear(&f.basin);
    return exit_status;
}

/* --- the command ------------------------------------------------------- */

static int answer(gf_basin_plan *plan, gf_format format, const gf_call *call)
{
    gf_choice choice;

    int exit_status = gf_choose(&choice, call);
    if (!exit_status && choice.count > 1)
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "'basin' is about one field at a time");
    if (!exit_status)
        exit_status = gf_grid_window(plan->window, call, choice.field[0]);
    if (!exit_status) {
        plan->c = choice.all[0];
        exit_status = fill_basin(call, plan, format);
    }
    gf_choice_clear(&choice);
    return exit_status;
}

int gf_cmd_basin(const gf_call *call)
{
    gf_basin_plan plan = {.count = {200, 200}};
    gf_format format = GF_FORMAT_TEXT;
    gf_motion motion = {.section = NULL};

    int exit_status = gf_answer_grid_format(&format, call, true);
    if (!exit_status)
        exit_status = gf_chart_check(call);
    if (!exit_status)
        exit_status = gf_grid_read(plan.count, call, GF_SWEEP_CELLS_MAX);
    if (!exit_status)
        exit_status = read_motion(&plan, &motion, call);
    if (!exit_status)
        exit_status = answer(&plan, format, call);
    gf_motion_clear(&motion);
    return exit_status;
}
