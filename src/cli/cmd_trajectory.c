/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/choose.h"
#include "cli/motion.h"
#include "cli/starts.h"

#include <stdlib.h>

/* clang-format off */
static const struct poptOption row_options[] = {
    {"at", '\0', POPT_ARG_STRING, NULL, GF_OPTION_AT,
     "states at these times only, in order", "T,T,..."},
    {"every", '\0', POPT_ARG_STRING, NULL, GF_OPTION_EVERY,
     "states so far apart in time only; of an optimizer: every so many steps",
     "DT"},
    {"section", '\0', POPT_ARG_STRING, NULL, GF_OPTION_SECTION,
     "only the states where a flow crosses a line, as 'D = 0.5'", "EQUATION"},
    POPT_TABLEEND
};

const struct poptOption gf_trajectory_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a FIELD:"),
    GF_INCLUDE(gf_start_table, "Where to begin:"),
    GF_INCLUDE(gf_motion_table, "How to go:"),
    GF_INCLUDE(row_options, "What to write:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

static int run_all(gf_trajectory *run, const gf_call *call,
                   const gf_motion *motion, const gf_field *field,
                   const gf_starts *starts)
{
    gf_error error;

    gf_error_clear(&error);
    for (size_t i = 0; i < starts->count; i++) {
        gf_status status =
            gf_motion_run(&run[i], motion, field, starts->at[i], &error);
        if (status)
            return gf_complain_error(call, gf_exit_of_run(status), &error);
        gf_trajectory_trim(&run[i]);
    }
    return GF_EXIT_ANSWERED;
}

/* The note on how runs ended, for -v. */
static int write_note(const gf_call *call, const gf_runs *runs)
{
    gf_error error;
    char *note = NULL;

    if (gf_options_count(call->options, GF_OPTION_VERBOSE) == 0)
        return GF_EXIT_ANSWERED;
    gf_error_clear(&error);
    gf_status status = gf_report_runs(&note, runs, NULL, &error);
    if (status)
        return gf_complain_error(call, GF_EXIT_FAILED, &error);
    fputs(note, call->err);
    free(note);
    return GF_EXIT_ANSWERED;
}

static int write_answer(const gf_call *call, const gf_runs *runs)
{
    gf_report_options how = {.format = GF_FORMAT_CSV};
    gf_error error;
    char *answer = NULL;

    int exit_status = gf_answer_table_format(&how.format, call);
    if (exit_status)
        return exit_status;
    gf_error_clear(&error);
    gf_status status = gf_report_runs(&answer, runs, &how, &error);
    if (status)
        return gf_complain_error(call, GF_EXIT_FAILED, &error);
    exit_status = gf_answer_write(call, answer);
    free(answer);
    return exit_status;
}

static int follow(const gf_call *call, const gf_motion *motion,
                  const gf_field *field, const gf_starts *starts)
{
    gf_trajectory *run = calloc(starts->count, sizeof *run);

    if (!run)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    for (size_t i = 0; i < starts->count; i++)
        gf_trajectory_init(&run[i]);
    gf_runs runs = {.field = field, .run = run, .count = starts->count};
    if (motion->is_map) {
        runs.optimizer = &motion->optimizer;
        runs.map = &motion->map;
    } else {
        runs.flow = &motion->flow;
    }
    int exit_status = run_all(run, call, motion, field, starts);
    if (!exit_status)
        exit_status = write_note(call, &runs);
    if (!exit_status)
        exit_status = write_answer(call, &runs);
    for (size_t i = 0; i < starts->count; i++)
        gf_trajectory_clear(&run[i]);
    free(run);
    return exit_status;
}

int gf_cmd_trajectory(const gf_call *call)
{
    gf_choice choice;
    gf_motion motion = {.section = NULL};
    gf_starts starts = {.count = 0};
    gf_format format;

    int exit_status = gf_answer_table_format(&format, call);
    if (exit_status)
        return exit_status;
    exit_status = gf_choose_field(&choice, call);
    if (!exit_status)
        exit_status = gf_motion_read(&motion, call, choice.field[0]);
    if (!exit_status)
        exit_status = gf_starts_read(&starts, call, choice.field[0]);
    if (!exit_status)
        exit_status = follow(call, &motion, choice.field[0], &starts);
    gf_starts_clear(&starts);
    gf_motion_clear(&motion);
    gf_choice_clear(&choice);
    return exit_status;
}
