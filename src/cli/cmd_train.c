/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/lasting.h"
#include "cli/train.h"
#include "cli/trials_chart.h"

#include <stdlib.h>

/* clang-format off */
const struct poptOption gf_train_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a FIELD:"),
    GF_INCLUDE(gf_train_players_table, "Players and data:"),
    GF_INCLUDE(gf_train_rules_table, "How they move:"),
    GF_INCLUDE(gf_train_study_table, "Instead of all that:"),
    GF_INCLUDE(gf_lasting_table, "Long runs:"),
    GF_INCLUDE(gf_trials_chart_table, "Figures:"),
    GF_INCLUDE(gf_chart_table, NULL),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

typedef struct running {
    gf_trials trials;
    const gf_trial_plan *plan;
} running;

static gf_status run(void *result, const gf_sweep_options *options,
                     gf_error *error)
{
    running *r = result;

    return gf_trials_run(&r->trials, r->plan, options, error);
}

static int chart(const gf_call *call, const void *result, const char *command)
{
    const running *r = result;

    return gf_trials_chart(call, &r->trials, command);
}

static gf_status hdf5(FILE *out, const void *result, const char *command,
                      gf_error *error)
{
    const running *r = result;

    return gf_report_trials_hdf5(out, &r->trials, command, error);
}

static gf_status report(char **out, const void *result,
                        const gf_report_options *options, gf_error *error)
{
    const running *r = result;

    return gf_report_trials(out, &r->trials, options, error);
}

static int train(const gf_call *call, const gf_trial_plan *plan)
{
    running r = {.plan = plan};
    gf_lasting_job job = {.result = &r,
                          .unit = "steps",
                          .has_part = true,
                          .run = run,
                          .chart = chart,
                          .hdf5 = hdf5,
                          .report = report};
    gf_format format = GF_FORMAT_TEXT;
    int exit_status = gf_answer_grid_format(&format, call, true);

    if (exit_status)
        return exit_status;
    gf_trials_init(&r.trials);
    exit_status =
        gf_lasting_answer(call, plan->trial[0].setup.duel.field, &job, format);
    gf_trials_clear(&r.trials);
    return exit_status;
}

int gf_cmd_train(const gf_call *call)
{
    gf_trial_plan plan = {.count = 0};
    gf_train_material *m = calloc(1, sizeof *m);
    gf_trials_view view;
    size_t pictures;
    int exit_status;

    if (gf_options_value(call->options, GF_OPTION_STUDY)) {
        free(m);
        return gf_train_study(call);
    }
    if (!m)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    exit_status = gf_trials_chart_check(&view, &pictures, call);
    if (!exit_status)
        exit_status = gf_train_read(&plan, m, call);
    for (size_t i = 0; i < plan.count; i++)
        m->trial[i].setup.pictures = pictures;
    if (!exit_status)
        exit_status = train(call, &plan);
    gf_train_clear(m);
    free(m);
    return exit_status;
}
