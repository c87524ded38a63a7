/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/amount.h"
#include "cli/chart.h"
#include "cli/choose.h"
#include "cli/lasting.h"
#include "cli/lyapunov_grid.h"
#include "cli/motion.h"
#include "cli/starts.h"

#include <stdlib.h>

/* clang-format off */
static const struct poptOption own_options[] = {
    {"until", '\0', POPT_ARG_STRING, NULL, GF_OPTION_UNTIL,
     "how long to follow a start; default 1000", "T"},
    {"rtol", '\0', POPT_ARG_STRING, NULL, GF_OPTION_RTOL,
     "relative error of a step; default 1e-10", "TOL"},
    {"atol", '\0', POPT_ARG_STRING, NULL, GF_OPTION_ATOL,
     "absolute error of a step; default 1e-12", "TOL"},
    {"clip", '\0', POPT_ARG_STRING, NULL, GF_OPTION_CLIP,
     "hold the critic's coordinate within -C, C", "C"},
    {"project", '\0', POPT_ARG_NONE, NULL, GF_OPTION_PROJECT,
     "keep p_g in its physical range", NULL},
    {"optimizer", '\0', POPT_ARG_STRING, NULL, GF_OPTION_OPTIMIZER,
     "the map of a rule instead of the flow, as 'heavy-ball:beta=-0.5'",
     "RULE"},
    {"step", '\0', POPT_ARG_STRING, NULL, GF_OPTION_STEP,
     "of an optimizer; also an expression in the time t and the number n of "
     "steps made", "H"},
    {"steps", '\0', POPT_ARG_STRING, NULL, GF_OPTION_STEPS,
     "how many steps of an optimizer", "N"},
    {"order", '\0', POPT_ARG_STRING, NULL, GF_OPTION_ORDER,
     "of an optimizer: simultaneous (the default) or alternating", "ORDER"},
    {"critic-steps", '\0', POPT_ARG_STRING, NULL, GF_OPTION_CRITIC_STEPS,
     "alternating: steps of the critic for one of the generator; default 1",
     "K"},
    {"box", '\0', POPT_ARG_STRING, NULL, GF_OPTION_BOX,
     "of an optimizer: clip both coordinates after each move", "LO:HI,LO:HI"},
    {"grid", '\0', POPT_ARG_STRING, NULL, GF_OPTION_GRID,
     "finite-time exponents at the middles of so many cells, as a table or a "
     "figure (svg, pdf, png); until 10 by default", "NxM"},
    {"window", '\0', POPT_ARG_STRING, NULL, GF_OPTION_WINDOW,
     "where the grid is; default: the field's own window", "X:X,Y:Y"},
    POPT_TABLEEND
};

const struct poptOption gf_lyapunov_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a field:"),
    GF_INCLUDE(gf_start_table, "Where to begin:"),
    GF_INCLUDE(own_options, "How to go:"),
    GF_INCLUDE(gf_lasting_table, "Long runs, of --grid:"),
    GF_INCLUDE(gf_chart_table, "Figures:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

static int read_options(gf_lyapunov_options *out, const gf_call *call)
{
    static const int option[] = {GF_OPTION_UNTIL, GF_OPTION_RTOL,
                                 GF_OPTION_ATOL, GF_OPTION_CLIP};
    static const int of_maps[] = {GF_OPTION_STEP, GF_OPTION_STEPS,
                                  GF_OPTION_ORDER, GF_OPTION_CRITIC_STEPS,
                                  GF_OPTION_BOX};
    double *const value[] = {&out->until, &out->rtol, &out->atol, &out->clip};
    int exit_status = GF_EXIT_ANSWERED;

    for (size_t i = 0; i < sizeof option / sizeof *option && !exit_status; i++)
        exit_status = gf_amount_read_positive(value[i], call, option[i]);
    out->project = gf_options_count(call->options, GF_OPTION_PROJECT) > 0;
    if (exit_status || gf_options_count(call->options, GF_OPTION_OPTIMIZER) > 0)
        return exit_status;
    for (size_t i = 0; i < sizeof of_maps / sizeof *of_maps; i++)
        if (gf_options_count(call->options, of_maps[i]) > 0)
            return gf_complain(call, GF_EXIT_USAGE,
                               "'--%s' goes with --optimizer only",
                               gf_options_name(call, of_maps[i]));
    return exit_status;
}

/* One field with what was found out about it. */
typedef struct subject {
    gf_exponents *run;
    gf_motion motion;
    gf_regions regions;
    gf_cycles cycles;
} subject;

static int follow_starts(gf_behaviour *b, subject *s, const gf_call *call)
{
    const gf_field *field = b->c->field;
    gf_starts starts = {.count = 0};
    gf_error error;

    gf_error_clear(&error);
    int exit_status = gf_starts_read(&starts, call, field);
    if (!exit_status) {
        s->run = calloc(starts.count + 1, sizeof *s->run);
        if (!s->run)
            exit_status = gf_complain(call, GF_EXIT_FAILED, "out of memory");
    }
    for (size_t i = 0; i < starts.count && !exit_status; i++) {
        gf_status status =
            b->optimizer ? gf_lyapunov_map(&s->run[i], field, starts.at[i],
                                           b->optimizer, b->map, &error)
                         : gf_lyapunov_flow(&s->run[i], field, starts.at[i],
                                            b->flow, &error);
        if (status)
            exit_status =
                gf_complain_error(call, gf_exit_of_run(status), &error);
        b->count++;
    }
    b->run = s->run;
    gf_starts_clear(&starts);
    return exit_status;
}

static int read_map(gf_behaviour *b, subject *s, const gf_call *call)
{
    if (gf_options_count(call->options, GF_OPTION_CLIP) > 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--clip' does not go with an optimizer; use --box");
    int exit_status = gf_motion_read(&s->motion, call, b->c->field);
    b->optimizer = &s->motion.optimizer;
    b->map = &s->motion.map;
    b->flow = NULL;
    return exit_status;
}

/* Exponents, regions and cycles of one field. */
static int examine(gf_behaviour *b, subject *s, const gf_call *call)
{
    gf_error error;

    int exit_status = GF_EXIT_ANSWERED;
    if (gf_options_count(call->options, GF_OPTION_OPTIMIZER) > 0)
        exit_status = read_map(b, s, call);
    if (!exit_status)
        exit_status = follow_starts(b, s, call);
    if (exit_status || b->optimizer)
        return exit_status;
    gf_error_clear(&error);
    gf_status status = gf_cycles_find(&s->cycles, b->c, b->flow, &error);
    b->cycles = &s->cycles;
    if (!status && !(b->flow->clip > 0) && !b->flow->project) {
        status = gf_regions_find(&s->regions, b->c, NULL, &error);
        b->regions = &s->regions;
    }
    if (status)
        return gf_complain_error(call, gf_exit_of_run(status), &error);
    return GF_EXIT_ANSWERED;
}

static void clear(subject *s)
{
    gf_motion_clear(&s->motion);
    free(s->run);
}

static int write_answer(const gf_call *call, const gf_behaviour *all,
                        size_t count)
{
    gf_report_options how = {
        .verbose = gf_options_count(call->options, GF_OPTION_VERBOSE) > 0};
    gf_error error;
    char *answer = NULL;

    int exit_status = gf_answer_format(&how.format, call);
    if (exit_status)
        return exit_status;
    gf_error_clear(&error);
    gf_status status = gf_report_lyapunov(&answer, all, count, &how, &error);
    if (status)
        return gf_complain_error(call, gf_exit_of_run(status), &error);
    exit_status = gf_answer_write(call, answer);
    free(answer);
    return exit_status;
}

static int examine_all(const gf_call *call, const gf_choice *choice,
                       const gf_lyapunov_options *options)
{
    gf_behaviour *all = calloc(choice->count, sizeof *all);
    subject *each = calloc(choice->count, sizeof *each);
    int exit_status = GF_EXIT_ANSWERED;

    if (!all || !each)
        exit_status = gf_complain(call, GF_EXIT_FAILED, "out of memory");
    for (size_t i = 0; i < choice->count && !exit_status; i++) {
        all[i] = (gf_behaviour){.c = choice->all[i], .flow = options};
        exit_status = examine(&all[i], &each[i], call);
    }
    if (!exit_status)
        exit_status = write_answer(call, all, choice->count);
    for (size_t i = 0; i < choice->count && each; i++)
        clear(&each[i]);
    free(each);
    free(all);
    return exit_status;
}

int gf_cmd_lyapunov(const gf_call *call)
{
    gf_lyapunov_options options = {.until = 0};
    gf_choice choice;
    gf_format format;

    int exit_status = read_options(&options, call);
    if (exit_status)
        return exit_status;
    if (gf_options_count(call->options, GF_OPTION_GRID) > 0)
        return gf_lyapunov_grid_answer(call, &options);
    if (gf_options_count(call->options, GF_OPTION_RESUME) > 0)
        return gf_complain(call, GF_EXIT_USAGE, "--resume goes with --grid");
    exit_status = gf_answer_format(&format, call);
    if (exit_status)
        return exit_status;
    exit_status = gf_choose(&choice, call);
    if (!exit_status)
        exit_status = examine_all(call, &choice, &options);
    gf_choice_clear(&choice);
    return exit_status;
}
