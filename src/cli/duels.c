/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/duels.h"

#include "base/nearest.h"
#include "cli/amount.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define VALUE(name, code, help, what) \
    {name, '\0', POPT_ARG_STRING, NULL, code, help, what}

const struct poptOption gf_duel_table[] = {
    VALUE("data", GF_OPTION_DATA,
          "a distribution as of 'distance'; default normal(8,1.25)", "DIST"),
    VALUE("generator", GF_OPTION_GENERATOR,
          "linear(a,b), piecewise(a,b,a,b) or a net; default 16-64-1:relu",
          "PLAYER"),
    VALUE("critic", GF_OPTION_CRITIC,
          "logistic(c,d) or a net; default 1-64-1:leaky-relu(0.2)", "PLAYER"),
    VALUE("latent", GF_OPTION_LATENT,
          "the generator's noise: normal (the default) or uniform", "NAME"),
    VALUE("batch", GF_OPTION_BATCH,
          "points of a batch; default 256", "N"),
    {"full-batch", '\0', POPT_ARG_NONE, NULL, GF_OPTION_FULL_BATCH,
     "always one batch: quantiles instead of draws", NULL},
    POPT_TABLEEND
};
/* clang-format on */

int gf_duels_exit(gf_status status)
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
        return GF_EXIT_FIELD;
    }
}

int gf_duels_word(size_t *out, const gf_call *call, int option,
                  const char *const *words, size_t count)
{
    const char *text = gf_options_value(call->options, option), *near;

    *out = 0;
    for (; text && *out < count; (*out)++)
        if (strcmp(words[*out], text) == 0)
            return GF_EXIT_ANSWERED;
    if (!text)
        return GF_EXIT_ANSWERED;
    near = gf_nearest_name(text, words, count);
    if (near)
        return gf_complain(call, GF_EXIT_USAGE, "'--%s %s': did you mean '%s'?",
                           gf_options_name(call, option), text, near);
    return gf_complain(call, GF_EXIT_USAGE, "'--%s %s': must be %s or %s",
                       gf_options_name(call, option), text, words[0],
                       words[count - 1]);
}

static gf_status read_texts(gf_duel_choice *out, const gf_call *call,
                            gf_error *error)
{
    const char *data = gf_options_value(call->options, GF_OPTION_DATA);
    const char *critic = gf_options_value(call->options, GF_OPTION_CRITIC);
    const char *maker = gf_options_value(call->options, GF_OPTION_GENERATOR);
    gf_status status;

    out->text[GF_CRITIC] = critic ? critic : "1-64-1:leaky-relu(0.2)";
    out->text[GF_GENERATOR] = maker ? maker : "16-64-1:relu";
    status =
        gf_distribution_read(&out->data, data ? data : "normal(8,1.25)", error);
    for (size_t player = 0; player < 2 && !status; player++)
        status = gf_fighter_read(&out->setup.fighter[player], player,
                                 out->text[player], error);
    return status;
}

/* A D between 0 and 1 from a net without bounds. */
static int check_link(const gf_duel_choice *c, const gf_call *call)
{
    gf_range domain = c->choice.field[0]->domain[0];

    if (c->setup.fighter[GF_CRITIC].net.head != GF_HEAD_IDENTITY ||
        domain.lo != 0 || domain.hi != 1)
        return GF_EXIT_ANSWERED;
    return gf_complain(call, GF_EXIT_FIELD,
                       "D of %s lies in (0, 1) and the critic's output does "
                       "not: --link 'sigmoid(u)', or a net with head=sigmoid",
                       c->choice.field[0]->name);
}

int gf_duels_choose(gf_duel_choice *out, const gf_call *call)
{
    static const char *const latents[] = {"normal", "uniform"};
    const char *seed = gf_options_value(call->options, GF_OPTION_SEED);
    size_t latent = 0;
    gf_error error;
    int exit_status;

    *out = (gf_duel_choice){.setup = {.batch = 256}};
    gf_error_clear(&error);
    exit_status = gf_choose_field(&out->choice, call);
    if (!exit_status && read_texts(out, call, &error))
        exit_status =
            gf_complain_error(call, gf_duels_exit(error.status), &error);
    if (!exit_status)
        exit_status =
            gf_duels_word(&latent, call, GF_OPTION_LATENT, latents, 2);
    if (!exit_status)
        exit_status = gf_amount_read_count(&out->setup.batch, call,
                                           GF_OPTION_BATCH, GF_DUEL_BATCH_MAX);
    if (exit_status)
        return exit_status;
    out->setup.latent = latent ? GF_LATENT_UNIFORM : GF_LATENT_NORMAL;
    out->setup.is_full =
        gf_options_count(call->options, GF_OPTION_FULL_BATCH) > 0;
    out->setup.seed = seed ? strtoull(seed, NULL, 10) : 0;
    out->setup.field = out->choice.field[0];
    out->setup.data = out->data;
    return check_link(out, call);
}

void gf_duels_clear(gf_duel_choice *choice)
{
    gf_choice_clear(&choice->choice);
    gf_distribution_free(choice->data);
}
