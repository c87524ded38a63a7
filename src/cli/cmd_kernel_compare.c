/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/amount.h"
#include "cli/choose.h"
#include "cli/play.h"

#include <ganfield/comparison.h>

#include <stdlib.h>

/* clang-format off */
static const struct poptOption own_options[] = {
    {"net", '\0', POPT_ARG_STRING, NULL, GF_OPTION_NET,
     "a critic to compare, as 1-16-1:relu; repeatable", "NET"},
    {"seeds", '\0', POPT_ARG_STRING, NULL, GF_OPTION_SEEDS,
     "from how many seeds each; default 5", "N"},
    POPT_TABLEEND
};

const struct poptOption gf_kernel_compare_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a FIELD:"),
    GF_INCLUDE(own_options, "Critics:"),
    GF_INCLUDE(gf_play_table, "Generator, data and run:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

typedef struct critics {
    gf_net_shape shape[GF_COMPARISON_NETS_MAX];
    const char *name[GF_COMPARISON_NETS_MAX];
    size_t count, seeds;
} critics;

static int read_critics(critics *c, const gf_call *call)
{
    const gf_options *options = call->options;
    int exit_status = GF_EXIT_ANSWERED;

    for (size_t i = 0; i < options->count && !exit_status; i++) {
        if (options->use[i].option != GF_OPTION_NET)
            continue;
        if (c->count == GF_COMPARISON_NETS_MAX)
            return gf_complain(call, GF_EXIT_USAGE, "more than %d nets",
                               GF_COMPARISON_NETS_MAX);
        c->name[c->count] = options->use[i].value;
        exit_status =
            gf_play_read_net(&c->shape[c->count], call, options->use[i].value);
        c->count++;
    }
    if (!exit_status && c->count == 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "no nets to compare: --net 1-16-1:tanh --net ...");
    c->seeds = 5;
    if (!exit_status)
        exit_status = gf_amount_read_count(&c->seeds, call, GF_OPTION_SEEDS,
                                           GF_COMPARISON_SEEDS_MAX);
    return exit_status;
}

static int compare(const gf_call *call, const gf_play_setup *setup,
                   const critics *c)
{
    gf_report_options how = {0};
    gf_comparison all;
    gf_error error;
    char *answer = NULL;
    int exit_status = gf_answer_list_format(&how.format, call);
    gf_status status;

    if (exit_status)
        return exit_status;
    gf_error_clear(&error);
    gf_comparison_init(&all);
    status = gf_comparison_run(&all, setup, c->shape, c->count, c->seeds, NULL,
                               NULL, &error);
    if (!status)
        status =
            gf_report_comparison(&answer, setup, c->name, &all, &how, &error);
    exit_status = status ? gf_complain_error(call, gf_play_exit(status), &error)
                         : gf_answer_write(call, answer);
    free(answer);
    gf_comparison_clear(&all);
    return exit_status;
}

static int run(const gf_call *call, gf_play_setup *setup, critics *c)
{
    gf_play_material material = {0};
    gf_choice choice;
    int exit_status = gf_choose_field(&choice, call);

    if (!exit_status)
        exit_status = read_critics(c, call);
    if (!exit_status)
        exit_status =
            gf_play_read_generator(&setup->generator, call, &c->shape[0]);
    if (!exit_status)
        exit_status = gf_play_read(setup, &material, call);
    if (!exit_status && !(setup->course.until > 0))
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "nets are compared by what becomes of a run: "
                                  "--until T");
    if (!exit_status) {
        setup->field = choice.field[0];
        setup->critic = c->shape[0];
        exit_status = compare(call, setup, c);
    }
    gf_play_material_clear(&material);
    gf_choice_clear(&choice);
    return exit_status;
}

int gf_cmd_kernel_compare(const gf_call *call)
{
    gf_play_setup setup = {0};
    critics *c = calloc(1, sizeof *c);
    int exit_status = c ? run(call, &setup, c)
                        : gf_complain(call, GF_EXIT_FAILED, "out of memory");

    free(c);
    return exit_status;
}
