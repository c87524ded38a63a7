/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Players, data and batches of trials. */
#include "cli/train.h"

#include "base/text.h"
#include "cli/amount.h"
#include "cli/motion.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DIFFERENCE 1e-4 /* of --gradient finite-difference */

/* clang-format off */
const struct poptOption gf_train_players_table[] = {
    {"data", '\0', POPT_ARG_STRING, NULL, GF_OPTION_LAW,
     "the data, a distribution as of 'distance'", "DIST"},
    {"generator", '\0', POPT_ARG_STRING, NULL, GF_OPTION_GENERATOR,
     "linear[(A,B)], piecewise[(AL,BL,AR,BR)] or a net; default 16-64-1:relu",
     "NET"},
    {"critic", '\0', POPT_ARG_STRING, NULL, GF_OPTION_CRITIC,
     "logistic[(C,D)] or a net; default 1-64-1:leaky-relu(0.2)", "NET"},
    {"latent", '\0', POPT_ARG_STRING, NULL, GF_OPTION_LATENT,
     "noise of the generator: normal (the default) or uniform in (-1, 1)",
     "LAW"},
    {"batch", '\0', POPT_ARG_STRING, NULL, GF_OPTION_BATCH,
     "points of a mini-batch; default 256", "N"},
    {"full-batch", '\0', POPT_ARG_NONE, NULL, GF_OPTION_FULL_BATCH,
     "one batch for ever, of quantiles", NULL},
    {"gradient", '\0', POPT_ARG_STRING, NULL, GF_OPTION_GRADIENT,
     "exact (the default) or finite-difference, for teaching", "HOW"},
    POPT_TABLEEND
};
/* clang-format on */

int gf_train_read_word(bool *is_second, const gf_call *call, int option,
                       const char *first, const char *second)
{
    const char *text = gf_options_value(call->options, option);

    *is_second = text && strcmp(text, second) == 0;
    if (!text || *is_second || strcmp(text, first) == 0)
        return GF_EXIT_ANSWERED;
    return gf_complain(call, GF_EXIT_USAGE, "'--%s %s': must be %s or %s",
                       gf_options_name(call, option), text, first, second);
}

static int read_fighter(gf_trial_plan *plan, gf_duel_setup *duel,
                        const gf_call *call, size_t player)
{
    static const int option[2] = {GF_OPTION_CRITIC, GF_OPTION_GENERATOR};
    static const char *const usual[2] = {"1-64-1:leaky-relu(0.2)",
                                         "16-64-1:relu"};
    const char *text = gf_options_value(call->options, option[player]);
    gf_error error;
    gf_status status;

    gf_error_clear(&error);
    plan->fighter[player] = text ? text : usual[player];
    status = gf_fighter_read(&duel->fighter[player], player,
                             plan->fighter[player], &error);
    return status ? gf_complain_error(call, gf_exit_of(status, GF_EXIT_FIELD),
                                      &error)
                  : GF_EXIT_ANSWERED;
}

static int read_data(gf_train_material *m, const gf_call *call)
{
    const char *text = gf_options_value(call->options, GF_OPTION_LAW);
    gf_error error;
    gf_status status;

    if (!text)
        return gf_complain(call, GF_EXIT_USAGE,
                           "no data: --data 'normal(8,1.25)' or --data "
                           "samples:FILE");
    gf_error_clear(&error);
    status = gf_distribution_read(&m->data, text, &error);
    return status ? gf_complain_error(call, gf_exit_of(status, GF_EXIT_FIELD),
                                      &error)
                  : GF_EXIT_ANSWERED;
}

static int read_batch(gf_duel_setup *duel, const gf_call *call)
{
    bool is_uniform, is_difference = false;
    int exit_status = gf_train_read_word(&is_uniform, call, GF_OPTION_LATENT,
                                         gf_latent_name(GF_LATENT_NORMAL),
                                         gf_latent_name(GF_LATENT_UNIFORM));

    if (!exit_status)
        exit_status =
            gf_train_read_word(&is_difference, call, GF_OPTION_GRADIENT,
                               "exact", "finite-difference");
    duel->latent = is_uniform ? GF_LATENT_UNIFORM : GF_LATENT_NORMAL;
    duel->difference = is_difference ? DIFFERENCE : 0;
    duel->batch = 256;
    duel->is_full = gf_options_count(call->options, GF_OPTION_FULL_BATCH) > 0;
    if (!exit_status)
        exit_status = gf_amount_read_count(&duel->batch, call, GF_OPTION_BATCH,
                                           GF_DUEL_BATCH_MAX);
    return exit_status;
}

/* What makes a number of the domain out of any: a text for --link, or nothing
   where the domain is the whole line. */
static char *usual_link(gf_range domain)
{
    gf_text text;

    gf_text_init(&text);
    if (isfinite(domain.hi) && !isfinite(domain.lo)) {
        /* an end that is rounded may be beyond the domain's */
        double end = domain.hi - (domain.hi != floor(domain.hi)) * 1e-12;
        if (end != 0)
            gf_text_add_number(&text, end);
        gf_text_add(&text, " - softplus(-u)");
    } else if (isfinite(domain.lo)) {
        if (domain.lo != 0) {
            gf_text_add_number(&text, domain.lo);
            gf_text_add(&text, " + ");
        }
        if (isfinite(domain.hi) && domain.hi - domain.lo != 1) {
            gf_text_add_number(&text, domain.hi - domain.lo);
            gf_text_add_char(&text, '*');
        }
        gf_text_add(&text, isfinite(domain.hi) ? "sigmoid(u)" : "softplus(u)");
    }
    return gf_text_take(&text);
}

/* A critic's net without a head gives any number, which a link must bring into
   the domain. */
static int choose(gf_train_material *m, const gf_call *call,
                  const gf_fighter *critic)
{
    const gf_field *field;
    int exit_status = gf_choose_field(&m->choice, call);

    if (exit_status)
        return exit_status;
    field = m->choice.field[0];
    if (field->kind != GF_POINTWISE || field->link ||
        critic->net.head != GF_HEAD_IDENTITY ||
        (isinf(field->domain[0].lo) && isinf(field->domain[0].hi)))
        return GF_EXIT_ANSWERED;
    m->link = usual_link(field->domain[0]);
    if (!m->link)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    gf_choice_clear(&m->choice);
    return gf_choose_linked(&m->choice, call, m->link);
}

int gf_train_read(gf_trial_plan *plan, gf_train_material *m,
                  const gf_call *call)
{
    gf_training_setup setup = {.order = GF_ALTERNATING};
    gf_duel_setup *duel = &setup.duel;
    int exit_status = read_fighter(plan, duel, call, GF_CRITIC);

    if (!exit_status)
        exit_status = read_fighter(plan, duel, call, GF_GENERATOR);
    if (!exit_status)
        exit_status = choose(m, call, &duel->fighter[GF_CRITIC]);
    if (!exit_status)
        exit_status = read_data(m, call);
    if (!exit_status)
        exit_status = read_batch(duel, call);
    if (exit_status)
        return exit_status;
    duel->field = m->choice.field[0];
    duel->data = m->data;
    return gf_train_read_rules(plan, m, call, &setup);
}

void gf_train_clear(gf_train_material *m)
{
    gf_choice_clear(&m->choice);
    gf_distribution_free(m->data);
    free(m->link);
    for (size_t i = 0; i < GF_TRIALS_RUNS_MAX; i++)
        free(m->text[i]);
}
