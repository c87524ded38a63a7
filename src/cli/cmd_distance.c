/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/amount.h"
#include "cli/distance.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const struct poptOption own_options[] = {
    {"which", '\0', POPT_ARG_STRING, NULL, GF_OPTION_WHICH,
     "only these, as kl,js,w1; repeatable", "LIST"},
    {"f", '\0', POPT_ARG_STRING, NULL, GF_OPTION_F,
     "an f-divergence by its convex f in u = p/q, as 'u*log(u)'", "EXPR"},
    {"alpha", '\0', POPT_ARG_STRING, NULL, GF_OPTION_ALPHA,
     "of the alpha divergence; default 0.5", "A"},
    {"kernel", '\0', POPT_ARG_STRING, NULL, GF_OPTION_KERNEL,
     "of the MMD: rbf:S (default rbf:1) or laplace:S", "KERNEL"},
    POPT_TABLEEND
};

static const struct poptOption fact_options[] = {
    {"fact", '\0', POPT_ARG_STRING, NULL, GF_OPTION_FACT,
     "a fact that papers argue from: discriminator (also of P and Q), "
     "parallel-lines, vanishing, near-optimal, log-d, noise, saturation, "
     "disjoint, metric, f-gan, response, otto or holonomy; -o FILE.svg draws "
     "it",
     "NAME"},
    {"size", '\0', POPT_ARG_STRING, NULL, GF_OPTION_SIZE,
     "of its figure; default icml", "SIZE"},
    {"theme", '\0', POPT_ARG_STRING, NULL, GF_OPTION_THEME,
     "paper, slides or dark", "NAME"},
    {"title", '\0', POPT_ARG_STRING, NULL, GF_OPTION_TITLE,
     "a title on the page; $...$ is mathematics", "TEXT"},
    POPT_TABLEEND
};

const struct poptOption gf_distance_table[] = {
    GF_INCLUDE(own_options, "Which distances:"),
    GF_INCLUDE(fact_options, "Facts:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

/* --- options ----------------------------------------------------------- */

/* Marks the names of a list, which is cut. */
static int read_list(gf_divergence_options *out, const gf_call *call,
                     char *list)
{
    gf_error error;

    gf_error_clear(&error);
    for (char *name = list, *end; name; name = end) {
        gf_divergence_kind kind;
        end = strchr(name, ',');
        if (end)
            *end++ = '\0';
        if (gf_divergence_find(&kind, name, &error))
            return gf_complain_error(call, GF_EXIT_USAGE, &error);
        out->which[kind] = true;
    }
    return GF_EXIT_ANSWERED;
}

static int read_which(gf_divergence_options *out, const gf_call *call)
{
    const gf_options *options = call->options;
    int exit_status = GF_EXIT_ANSWERED;

    if (gf_options_count(options, GF_OPTION_WHICH) > 0)
        memset(out->which, 0, sizeof out->which);
    for (size_t i = 0; i < options->count && !exit_status; i++) {
        char *copy;
        if (options->use[i].option != GF_OPTION_WHICH)
            continue;
        copy = strdup(options->use[i].value);
        exit_status = copy ? read_list(out, call, copy)
                           : gf_complain(call, GF_EXIT_FAILED, "out of memory");
        free(copy);
    }
    if (out->f)
        out->which[GF_DIVERGENCE_F] = true;
    else if (out->which[GF_DIVERGENCE_F] && !exit_status)
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "'f' needs --f EXPR, as --f 'u*log(u)'");
    return exit_status;
}

static int read_kernel(gf_divergence_options *out, const gf_call *call)
{
    static const char *const name[] = {"rbf", "laplace"};
    const char *text = gf_options_value(call->options, GF_OPTION_KERNEL);

    for (int i = 0; text && i < 2; i++) {
        size_t length = strlen(name[i]);
        gf_error error;
        if (strncmp(text, name[i], length) != 0 ||
            (text[length] && text[length] != ':'))
            continue;
        out->kernel = (gf_kernel_kind)i;
        if (text[length] == '\0')
            return GF_EXIT_ANSWERED;
        gf_error_clear(&error);
        if (gf_number_read(&out->bandwidth, text + length + 1) ||
            !(out->bandwidth > 0 && out->bandwidth < 1e150))
            return gf_complain(call, GF_EXIT_USAGE,
                               "'--kernel %s': the width must be a number > 0",
                               text);
        return GF_EXIT_ANSWERED;
    }
    if (!text)
        return GF_EXIT_ANSWERED;
    return gf_complain(call, GF_EXIT_USAGE,
                       "'--kernel %s': must be rbf:S or laplace:S", text);
}

static int read_options(gf_divergence_options *out, const gf_call *call)
{
    int exit_status;

    gf_divergence_defaults(out);
    out->f = gf_options_value(call->options, GF_OPTION_F);
    exit_status = read_which(out, call);
    if (!exit_status)
        exit_status = gf_amount_read(&out->alpha, call, GF_OPTION_ALPHA);
    if (!exit_status && !(out->alpha > -100 && out->alpha < 100))
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "'--alpha': must be between -100 and 100");
    if (!exit_status)
        exit_status = read_kernel(out, call);
    return exit_status;
}

/* --- the answer -------------------------------------------------------- */

/* Both arguments; says what is wrong. The caller frees them in either case. */
static int read_both(gf_distribution *d[2], const gf_call *call)
{
    const gf_options *options = call->options;
    gf_error error;

    d[0] = d[1] = NULL;
    if (options->argument_count != 2)
        return gf_complain(call, GF_EXIT_USAGE,
                           "two distributions are needed, as 'normal(0,1)' "
                           "'uniform(-1,1)'");
    for (int i = 0; i < 2; i++) {
        gf_error_clear(&error);
        gf_status status =
            gf_distribution_read(&d[i], options->argument[i], &error);
        if (status)
            return gf_complain_error(call, gf_exit_of(status, GF_EXIT_FIELD),
                                     &error);
    }
    return GF_EXIT_ANSWERED;
}

static int answer(const gf_call *call, gf_distribution *const d[2],
                  const gf_divergence_options *options)
{
    gf_report_options how = {.format = GF_FORMAT_TEXT};
    gf_divergences all;
    gf_error error;
    char *text = NULL;

    int exit_status = gf_answer_list_format(&how.format, call);
    if (exit_status)
        return exit_status;
    gf_error_clear(&error);
    gf_status status = gf_divergences_find(&all, d[0], d[1], options, &error);
    if (!status)
        status = gf_report_divergences(&text, &all, d[0], d[1], &how, &error);
    if (status)
        return gf_complain_error(call, gf_exit_of(status, GF_EXIT_FIELD),
                                 &error);
    exit_status = gf_answer_write(call, text);
    free(text);
    return exit_status;
}

/* What a fact would not look at. */
static int check_fact(const gf_call *call, const char *fact)
{
    static const int option[] = {GF_OPTION_WHICH, GF_OPTION_F, GF_OPTION_ALPHA,
                                 GF_OPTION_KERNEL};

    for (size_t i = 0; i < sizeof option / sizeof *option; i++)
        if (gf_options_count(call->options, option[i]) > 0)
            return gf_complain(call, GF_EXIT_USAGE,
                               "'--%s' has no part in a fact",
                               gf_options_name(call, option[i]));
    if (call->options->argument_count > 0 && strcmp(fact, "discriminator") != 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'%s' is about distributions of its own; P and Q go "
                           "with '--fact discriminator'",
                           fact);
    return GF_EXIT_ANSWERED;
}

int gf_cmd_distance(const gf_call *call)
{
    gf_divergence_options options;
    gf_distribution *d[2] = {NULL, NULL};

    const char *fact = gf_options_value(call->options, GF_OPTION_FACT);

    int exit_status = read_options(&options, call);
    if (!exit_status && fact)
        exit_status = check_fact(call, fact);
    if (!exit_status && !(fact && call->options->argument_count == 0))
        exit_status = read_both(d, call);
    if (!exit_status)
        exit_status =
            fact ? gf_distance_fact(call, fact, d) : answer(call, d, &options);
    gf_distribution_free(d[0]);
    gf_distribution_free(d[1]);
    return exit_status;
}
