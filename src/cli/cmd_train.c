/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/lasting.h"
#include "cli/train.h"

#include <stdlib.h>

/* clang-format off */
const struct poptOption gf_train_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a FIELD:"),
    GF_INCLUDE(gf_train_players_table, "Players and data:"),
    GF_INCLUDE(gf_train_rules_table, "How they move:"),
    GF_INCLUDE(gf_train_study_table, "Instead of all that:"),
    GF_INCLUDE(gf_lasting_table, "Long runs:"),
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
                          .report = report};
    gf_format format;
    int exit_status = gf_answer_list_format(&format, call);

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
    int exit_status;

    if (gf_options_value(call->options, GF_OPTION_STUDY)) {
        free(m);
        return gf_train_study(call);
    }
    if (!m)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    exit_status = gf_train_read(&plan, m, call);
    if (!exit_status)
        exit_status = train(call, &plan);
    gf_train_clear(m);
    free(m);
    return exit_status;
}
