/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/amount.h"
#include "cli/chart.h"
#include "cli/choose.h"
#include "cli/lasting.h"
#include "cli/motion.h"
#include "cli/remake.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const struct poptOption own_options[] = {
    {"over", '\0', POPT_ARG_STRING, NULL, GF_OPTION_OVER,
     "an axis, one or two: NAME=FROM:TO:COUNT or NAME=log:FROM:TO:COUNT; NAME "
     "is a parameter, speed (critic's over generator's), critic-speed, "
     "generator-speed, h, or a number of the optimizer", "AXIS"},
    {"quantity", '\0', POPT_ARG_STRING, NULL, GF_OPTION_QUANTITY,
     "what to compute, repeatable: eigenvalue, type, verdict, margin, trace, "
     "determinant, discriminant, damping-ratio, decay-time; of an optimizer "
     "spectral-radius, stable-step, best-step, best-radius; of the run from a "
     "start label, time, exponent (the first two, and steps, of the optimizer's "
     "run with --optimizer); of the optimizer's steps from there map-exponent; "
     "default eigenvalue,type", "NAME,..."},
    {"optimizer", '\0', POPT_ARG_STRING, NULL, GF_OPTION_OPTIMIZER,
     "whose steps; default sgd", "RULE"},
    {"step", '\0', POPT_ARG_STRING, NULL, GF_OPTION_STEP,
     "of the optimizer, where no axis is h; of its runs also a schedule in the "
     "time t and the count n", "H"},
    {"order", '\0', POPT_ARG_STRING, NULL, GF_OPTION_ORDER,
     "of the optimizer: simultaneous (the default) or alternating", "ORDER"},
    {"critic-steps", '\0', POPT_ARG_STRING, NULL, GF_OPTION_CRITIC_STEPS,
     "alternating: steps of the critic for one of the generator; default 1",
     "K"},
    {"start", '\0', POPT_ARG_STRING, NULL, GF_OPTION_START,
     "where runs begin; default: the field's first start", "D,P_G"},
    {"until", '\0', POPT_ARG_STRING, NULL, GF_OPTION_UNTIL,
     "the longest time of a run; default 1000", "T"},
    {"steps", '\0', POPT_ARG_STRING, NULL, GF_OPTION_STEPS,
     "of the optimizer from there; default 2000 for map-exponent, else 10000",
     "N"},
    {"noise", '\0', POPT_ARG_STRING, NULL, GF_OPTION_NOISE,
     "of its runs: standard deviation of what each velocity is off by (--seed)",
     "SIGMA"},
    {"project", '\0', POPT_ARG_NONE, NULL, GF_OPTION_PROJECT,
     "of its runs: keep p_g in its physical range", NULL},
    {"box", '\0', POPT_ARG_STRING, NULL, GF_OPTION_BOX,
     "of its runs: clip both coordinates after each move", "LO:HI,LO:HI"},
    POPT_TABLEEND
};

const struct poptOption gf_sweep_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a FIELD:"),
    GF_INCLUDE(own_options, "What to sweep:"),
    GF_INCLUDE(gf_lasting_table, "Long runs:"),
    GF_INCLUDE(gf_chart_table, "Figures:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

static int read_axes(gf_sweep_plan *plan, const gf_call *call)
{
    const gf_options *options = call->options;
    gf_error error;

    gf_error_clear(&error);
    for (size_t i = 0; i < options->count; i++) {
        if (options->use[i].option != GF_OPTION_OVER)
            continue;
        if (plan->axes == GF_SWEEP_AXES_MAX)
            return gf_complain(call, GF_EXIT_USAGE,
                               "a sweep has at most two axes");
        gf_status status = gf_sweep_axis_parse(&plan->axis[plan->axes++],
                                               options->use[i].value, &error);
        if (status == GF_MEMORY)
            return gf_complain_error(call, GF_EXIT_FAILED, &error);
        if (status)
            return gf_complain(call, GF_EXIT_USAGE, "--over: %s",
                               error.message);
    }
    if (plan->axes == 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "nothing to sweep over: --over NAME=FROM:TO:COUNT");
    return GF_EXIT_ANSWERED;
}

static int read_list(gf_sweep_plan *plan, const gf_call *call, const char *text)
{
    gf_error error;
    char name[64];

    gf_error_clear(&error);
    for (;; text++) {
        size_t length = strcspn(text, ",");
        snprintf(name, sizeof name, "%.*s", (int)length, text);
        if (gf_sweep_plan_add(plan, name, &error))
            return gf_complain(call, GF_EXIT_USAGE, "--quantity: %s",
                               error.message);
        text += length;
        if (!*text)
            return GF_EXIT_ANSWERED;
    }
}

static int read_quantities(gf_sweep_plan *plan, const gf_call *call)
{
    const gf_options *options = call->options;
    int exit_status = GF_EXIT_ANSWERED;

    for (size_t i = 0; i < options->count && !exit_status; i++) {
        if (options->use[i].option == GF_OPTION_QUANTITY)
            exit_status = read_list(plan, call, options->use[i].value);
    }
    if (!exit_status && plan->quantities == 0)
        exit_status = read_list(plan, call, "eigenvalue,type");
    return exit_status;
}

static int read_start(gf_sweep_plan *plan, const gf_call *call,
                      const gf_field *field)
{
    const char *text = gf_options_value(call->options, GF_OPTION_START);
    double *x = NULL;
    size_t count = 0;

    plan->has_start = text || field->start_count > 0;
    if (!text) {
        plan->start = field->start[0];
        return GF_EXIT_ANSWERED;
    }
    int exit_status =
        gf_amount_read_list(&x, &count, call, GF_OPTION_START, text);
    if (!exit_status && count != 2)
        exit_status = gf_complain(
            call, GF_EXIT_USAGE, "'--start %s': must be two numbers, %s,%s",
            text, field->axis_name[0], field->axis_name[1]);
    if (!exit_status)
        plan->start = (gf_vec2){x[0], x[1]};
    free(x);
    return exit_status;
}

/* How the steps of the optimizer go. */
static int read_map(gf_sweep_plan *plan, gf_motion *motion, const gf_call *call)
{
    const gf_map_options *map = &motion->map;

    int exit_status = gf_motion_read_map(motion, call);
    plan->optimizer = motion->optimizer;
    plan->order = map->order;
    plan->critic_steps = map->critic_steps;
    plan->step = map->step;
    plan->steps = map->steps;
    plan->schedule = map->schedule;
    plan->noise = map->noise;
    plan->seed = map->seed;
    plan->project = map->project;
    plan->box = map->box;
    return exit_status;
}

static int read_plan(gf_sweep_plan *plan, gf_motion *motion,
                     const gf_call *call)
{
    int exit_status = read_axes(plan, call);
    gf_error error;
    size_t cells;

    gf_error_clear(&error);
    if (!exit_status)
        exit_status = read_quantities(plan, call);
    if (!exit_status)
        exit_status = read_map(plan, motion, call);
    if (!exit_status)
        exit_status =
            gf_amount_read_positive(&plan->until, call, GF_OPTION_UNTIL);
    if (!exit_status && gf_sweep_plan_cells(&cells, plan, &error))
        exit_status = gf_complain_error(call, GF_EXIT_USAGE, &error);
    return exit_status;
}

/* --- the job ----------------------------------------------------------- */

typedef struct filling {
    gf_sweep sweep;
    const gf_sweep_plan *plan;
} filling;

static gf_status run(void *result, const gf_sweep_options *options,
                     gf_error *error)
{
    filling *f = result;

    return gf_sweep_run(&f->sweep, f->plan, options, error);
}

static int chart(const gf_call *call, const void *result, const char *command)
{
    const filling *f = result;

    return gf_chart_sweep(call, &f->sweep, command);
}

static gf_status hdf5(FILE *out, const void *result, const char *command,
                      gf_error *error)
{
    const filling *f = result;

    return gf_report_sweep_hdf5(out, &f->sweep, command, error);
}

static gf_status report(char **out, const void *result,
                        const gf_report_options *options, gf_error *error)
{
    const filling *f = result;

    return gf_report_sweep(out, &f->sweep, options, error);
}

static int sweep_field(const gf_call *call, gf_sweep_plan *plan,
                       gf_format format)
{
    filling f = {.plan = plan};
    gf_lasting_job job = {&f, "cells", false, run, chart, hdf5, report};

    gf_sweep_init(&f.sweep);
    int exit_status = gf_lasting_answer(call, plan->field, &job, format);
    gf_sweep_clear(&f.sweep);
    return exit_status;
}

/* --- the command ------------------------------------------------------- */

static int answer(gf_sweep_plan *plan, gf_format format, const gf_call *call)
{
    gf_choice choice;

    int exit_status = gf_choose_field(&choice, call);
    if (!exit_status) {
        plan->field = choice.field[0];
        exit_status = read_start(plan, call, plan->field);
    }
    if (!exit_status)
        exit_status = sweep_field(call, plan, format);
    gf_choice_clear(&choice);
    return exit_status;
}

int gf_cmd_sweep(const gf_call *call)
{
    gf_sweep_plan plan = {.make = gf_remake, .make_ctx = call};
    gf_motion motion = {.section = NULL};
    gf_format format = GF_FORMAT_CSV;

    int exit_status = gf_answer_grid_format(&format, call, false);
    if (!exit_status)
        exit_status = gf_chart_check(call);
    if (!exit_status)
        exit_status = read_plan(&plan, &motion, call);
    if (!exit_status)
        exit_status = answer(&plan, format, call);
    gf_motion_clear(&motion);
    return exit_status;
}
