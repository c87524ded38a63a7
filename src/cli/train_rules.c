/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways to train: one of --optimizer, or one for each --run. */
#include "cli/train.h"

#include "cli/amount.h"
#include "cli/motion.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define RULE "adam:beta1=0.5"
#define STEP 1e-3

/* clang-format off */
const struct poptOption gf_train_rules_table[] = {
    {"optimizer", '\0', POPT_ARG_STRING, NULL, GF_OPTION_OPTIMIZER,
     "RULE[:k=v,...] of both players, also natural-gradient; default " RULE,
     "RULE"},
    {"critic-optimizer", '\0', POPT_ARG_STRING, NULL,
     GF_OPTION_CRITIC_OPTIMIZER, "another one for the critic", "RULE"},
    {"generator-optimizer", '\0', POPT_ARG_STRING, NULL,
     GF_OPTION_GENERATOR_OPTIMIZER, "another one for the generator", "RULE"},
    {"step", '\0', POPT_ARG_STRING, NULL, GF_OPTION_STEP,
     "step of both, or of critic and generator; default 0.001", "H[,H]"},
    {"run", '\0', POPT_ARG_STRING, NULL, GF_OPTION_RUN,
     "one of several ways to compare, in place of the options above: "
     "'[LABEL: ]RULE[@STEP]', or critic and generator apart: 'RULE[@STEP] / "
     "RULE[@STEP]'; repeatable", "RUN"},
    {"seeds", '\0', POPT_ARG_STRING, NULL, GF_OPTION_SEEDS,
     "from how many seeds each, from --seed on; default 1", "N"},
    {"steps", '\0', POPT_ARG_STRING, NULL, GF_OPTION_STEPS,
     "how many; default 3000", "N"},
    {"order", '\0', POPT_ARG_STRING, NULL, GF_OPTION_ORDER,
     "alternating (the default) or simultaneous", "ORDER"},
    {"critic-steps", '\0', POPT_ARG_STRING, NULL, GF_OPTION_CRITIC_STEPS,
     "alternating: of the critic for one of the generator; default 1", "K"},
    {"clip", '\0', POPT_ARG_STRING, NULL, GF_OPTION_CLIP,
     "after each of its moves put the critic's parameters between -C and C",
     "C"},
    {"redraw", '\0', POPT_ARG_NONE, NULL, GF_OPTION_REDRAW,
     "a new batch for each gradient of a rule that takes several", NULL},
    {"every", '\0', POPT_ARG_STRING, NULL, GF_OPTION_EVERY,
     "measure at every N-th step; default: a hundred times in all", "N"},
    {"samples", '\0', POPT_ARG_STRING, NULL, GF_OPTION_SAMPLES,
     "of the generator, to measure; default 2000", "N"},
    POPT_TABLEEND
};
/* clang-format on */

/* --- numbers ----------------------------------------------------------- */

static int read_steps(gf_trial_plan *plan, gf_training_setup *s,
                      const gf_call *call)
{
    size_t seed = 0;
    int exit_status = GF_EXIT_ANSWERED;

    s->steps = 3000;
    plan->seeds = 1;
    if (gf_options_count(call->options, GF_OPTION_ORDER) > 0)
        exit_status = gf_motion_read_order(&s->order, &s->critic_steps, call);
    else
        exit_status = gf_amount_read_count(
            &s->critic_steps, call, GF_OPTION_CRITIC_STEPS, GF_MAP_STEPS_MAX);
    if (!exit_status && s->order == GF_SIMULTANEOUS && s->critic_steps > 1)
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "--critic-steps goes with the alternating "
                                  "order");
    if (!exit_status)
        exit_status = gf_amount_read_count(&s->steps, call, GF_OPTION_STEPS,
                                           GF_TRAINING_STEPS_MAX);
    if (!exit_status)
        exit_status = gf_amount_read_count(&s->every, call, GF_OPTION_EVERY,
                                           GF_TRAINING_STEPS_MAX);
    if (!exit_status)
        exit_status = gf_amount_read_count(&s->samples, call, GF_OPTION_SAMPLES,
                                           GF_CENSUS_SAMPLES_MAX);
    if (!exit_status)
        exit_status = gf_amount_read_positive(&s->clip, call, GF_OPTION_CLIP);
    if (!exit_status)
        exit_status = gf_amount_read_count(&plan->seeds, call, GF_OPTION_SEEDS,
                                           GF_TRIALS_SEEDS_MAX);
    if (!exit_status && gf_options_value(call->options, GF_OPTION_SEED))
        exit_status =
            gf_amount_read_count(&seed, call, GF_OPTION_SEED, 1000000000);
    plan->seed = seed;
    s->redraw = gf_options_count(call->options, GF_OPTION_REDRAW) > 0;
    return exit_status;
}

/* --step H or H,H. */
static int read_step(double step[2], const gf_call *call)
{
    const char *text = gf_options_value(call->options, GF_OPTION_STEP);
    double *list = NULL;
    size_t count = 0;
    int exit_status;

    step[0] = step[1] = STEP;
    if (!text)
        return GF_EXIT_ANSWERED;
    exit_status =
        gf_amount_read_list(&list, &count, call, GF_OPTION_STEP, text);
    if (!exit_status && (count == 0 || count > 2))
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "'--step %s': one step, or those of critic "
                                  "and generator",
                                  text);
    for (size_t i = 0; i < 2 && !exit_status; i++)
        step[i] = list[count == 2 ? i : 0];
    free(list);
    return exit_status;
}

static int read_rule(gf_trial *trial, const gf_call *call, size_t player,
                     const char *text)
{
    gf_error error;

    gf_error_clear(&error);
    trial->rule[player] = text;
    if (gf_training_rule_read(&trial->setup.rule[player], text, &error))
        return gf_complain_error(call, GF_EXIT_USAGE, &error);
    return GF_EXIT_ANSWERED;
}

/* --- one way ----------------------------------------------------------- */

static int read_single(gf_trial *trial, const gf_call *call)
{
    static const int option[2] = {GF_OPTION_CRITIC_OPTIMIZER,
                                  GF_OPTION_GENERATOR_OPTIMIZER};
    const char *both = gf_options_value(call->options, GF_OPTION_OPTIMIZER);
    int exit_status = GF_EXIT_ANSWERED;

    trial->setup.is_joint = true;
    for (size_t i = 0; i < 2 && !exit_status; i++) {
        const char *own = gf_options_value(call->options, option[i]);
        if (own)
            trial->setup.is_joint = false;
        exit_status = read_rule(trial, call, i, own ? own : both ? both : RULE);
    }
    trial->label = trial->rule[GF_GENERATOR];
    return exit_status;
}

/* --- several ----------------------------------------------------------- */

/* Without blanks at its ends. */
static char *trim(char *text)
{
    size_t length;

    while (isspace((unsigned char)*text))
        text++;
    length = strlen(text);
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        text[--length] = '\0';
    return text;
}

/* "RULE[@STEP]" */
static int read_player(gf_trial *trial, const gf_call *call, size_t player,
                       char *text)
{
    char *at = strrchr(text, '@');
    int exit_status = GF_EXIT_ANSWERED;

    if (at && *trim(at + 1) == '\0')
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--run': a step is missing after '%s'", text);
    if (at) {
        *at = '\0';
        exit_status = gf_amount_read_text(&trial->setup.step[player], call,
                                          GF_OPTION_RUN, trim(at + 1));
    }
    return exit_status ? exit_status
                       : read_rule(trial, call, player, trim(text));
}

static int read_run(gf_trial *trial, const gf_call *call, const char *written,
                    char *text)
{
    char *colon = strstr(text, ": "), *slash;
    int exit_status;

    trial->label = written;
    if (colon) {
        *colon = '\0';
        trial->label = trim(text);
        text = colon + 2;
    }
    slash = strchr(text, '/');
    trial->setup.is_joint = !slash;
    if (slash)
        *slash = '\0';
    exit_status = read_player(trial, call, GF_CRITIC, text);
    if (exit_status)
        return exit_status;
    if (slash)
        return read_player(trial, call, GF_GENERATOR, slash + 1);
    trial->rule[GF_GENERATOR] = trial->rule[GF_CRITIC];
    trial->setup.rule[GF_GENERATOR] = trial->setup.rule[GF_CRITIC];
    trial->setup.step[GF_GENERATOR] = trial->setup.step[GF_CRITIC];
    return GF_EXIT_ANSWERED;
}

static int read_runs(gf_trial_plan *plan, gf_train_material *m,
                     const gf_call *call, const gf_training_setup *setup)
{
    const gf_options *options = call->options;
    int exit_status = GF_EXIT_ANSWERED;

    for (size_t i = 0; i < options->count && !exit_status; i++) {
        size_t k = plan->count;
        if (options->use[i].option != GF_OPTION_RUN)
            continue;
        if (k == GF_TRIALS_RUNS_MAX)
            return gf_complain(call, GF_EXIT_USAGE, "more than %d runs",
                               GF_TRIALS_RUNS_MAX);
        m->text[k] = strdup(options->use[i].value);
        if (!m->text[k])
            return gf_complain(call, GF_EXIT_FAILED, "out of memory");
        m->trial[k].setup = *setup;
        plan->count++;
        exit_status =
            read_run(&m->trial[k], call, options->use[i].value, m->text[k]);
    }
    return exit_status;
}

/* Rules beside the runs, and runs that could not be told apart. */
static int check_runs(const gf_trial_plan *plan, const gf_train_material *m,
                      const gf_call *call)
{
    static const int option[] = {GF_OPTION_OPTIMIZER,
                                 GF_OPTION_CRITIC_OPTIMIZER,
                                 GF_OPTION_GENERATOR_OPTIMIZER};

    for (size_t i = 0; i < 3 && plan->count > 0; i++)
        if (gf_options_count(call->options, option[i]) > 0)
            return gf_complain(call, GF_EXIT_USAGE,
                               "'--%s' and '--run': a run has its own rules",
                               gf_options_name(call, option[i]));
    for (size_t i = 1; i < plan->count; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(m->trial[i].label, m->trial[k].label) == 0)
                return gf_complain(call, GF_EXIT_USAGE,
                                   "two runs are called '%s'; begin one with "
                                   "another 'LABEL: '",
                                   m->trial[i].label);
    return GF_EXIT_ANSWERED;
}

int gf_train_read_rules(gf_trial_plan *plan, gf_train_material *m,
                        const gf_call *call, const gf_training_setup *setup)
{
    gf_training_setup s = *setup;
    int exit_status = read_steps(plan, &s, call);

    if (!exit_status)
        exit_status = read_step(s.step, call);
    if (!exit_status)
        exit_status = read_runs(plan, m, call, &s);
    if (!exit_status)
        exit_status = check_runs(plan, m, call);
    if (!exit_status && plan->count == 0) {
        m->trial[0].setup = s;
        plan->count = 1;
        exit_status = read_single(&m->trial[0], call);
    }
    for (size_t i = 0; i < plan->count; i++)
        for (size_t k = 0; k < 2; k++)
            m->trial[i].setup.step[k] *= s.duel.field->speed[k];
    plan->trial = m->trial;
    return exit_status;
}
