/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/amount.h"
#include "cli/board.h"
#include "cli/chart.h"
#include "cli/choose.h"
#include "cli/lasting.h"
#include "cli/play.h"
#include "kernel/crew.h"

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
    GF_INCLUDE(gf_chart_table, "How figures look:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

/* What the command line asks to compare. */
typedef struct contest {
    gf_net_shape shape[GF_COMPARISON_NETS_MAX];
    const char *name[GF_COMPARISON_NETS_MAX];
    gf_bn_mode bn[GF_COMPARISON_MODES_MAX];
    gf_distribution *data[GF_COMPARISON_DATA_MAX];
    size_t count, bn_count, data_count, seeds, threads;
    gf_choice choice[GF_CREW_MAX];
    const gf_field **field; /* threads x variants */
    size_t variants;
    gf_play_setup play;
    gf_play_material material;
} contest;

static int read_critic(contest *c, const gf_call *call, const char *text)
{
    if (c->count == GF_COMPARISON_NETS_MAX)
        return gf_complain(call, GF_EXIT_USAGE, "more than %d nets",
                           GF_COMPARISON_NETS_MAX);
    c->name[c->count] = text;
    return gf_play_read_net(&c->shape[c->count++], call, text);
}

static int read_mode(contest *c, const gf_call *call, const char *text)
{
    if (c->bn_count == GF_COMPARISON_MODES_MAX)
        return gf_complain(call, GF_EXIT_USAGE, "more than %d modes of --bn",
                           GF_COMPARISON_MODES_MAX);
    return gf_play_read_bn(&c->bn[c->bn_count++], call, text);
}

static int read_data(contest *c, const gf_call *call, const char *text)
{
    gf_error error;

    gf_error_clear(&error);
    if (c->data_count == GF_COMPARISON_DATA_MAX)
        return gf_complain(call, GF_EXIT_USAGE, "more than %d --data",
                           GF_COMPARISON_DATA_MAX);
    if (gf_play_is_teacher(text)) {
        c->data_count++;
        return GF_EXIT_ANSWERED;
    }
    gf_status status =
        gf_distribution_read(&c->data[c->data_count++], text, &error);
    return status ? gf_complain_error(call, gf_exit_of(status, GF_EXIT_FIELD),
                                      &error)
                  : GF_EXIT_ANSWERED;
}

/* Options that may be repeated. */
static int read_rows(contest *c, const gf_call *call)
{
    const gf_options *options = call->options;
    int exit_status = GF_EXIT_ANSWERED;

    for (size_t i = 0; i < options->count && !exit_status; i++) {
        const char *text = options->use[i].value;
        if (options->use[i].option == GF_OPTION_NET)
            exit_status = read_critic(c, call, text);
        else if (options->use[i].option == GF_OPTION_BN)
            exit_status = read_mode(c, call, text);
        else if (options->use[i].option == GF_OPTION_DATA)
            exit_status = read_data(c, call, text);
    }
    if (!exit_status && c->count == 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "no nets to compare: --net 1-16-1:tanh --net ...");
    if (!exit_status && c->data_count == 0)
        exit_status = read_data(c, call, "normal(0,1)");
    if (!exit_status && c->bn_count == 0)
        c->bn_count = 1; /* separate */
    c->seeds = 5;
    if (!exit_status)
        exit_status = gf_amount_read_count(&c->seeds, call, GF_OPTION_SEEDS,
                                           GF_COMPARISON_SEEDS_MAX);
    return exit_status;
}

/* The fields for each thread. */
static int take_fields(contest *c, const gf_call *call, size_t i)
{
    int exit_status = gf_choose_plain(&c->choice[i], call);

    if (exit_status)
        return exit_status;
    c->variants = c->choice[i].count;
    if (!c->field)
        c->field = calloc(c->threads * c->variants, sizeof *c->field);
    if (!c->field)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    for (size_t v = 0; v < c->variants; v++)
        c->field[i * c->variants + v] = c->choice[i].field[v];
    return GF_EXIT_ANSWERED;
}

static int read_fields(contest *c, const gf_call *call)
{
    int exit_status = GF_EXIT_ANSWERED;
    size_t variants = gf_options_count(call->options, GF_OPTION_VARIANT) +
                      gf_options_count(call->options, GF_OPTION_FIELD);
    size_t plays = c->count * c->bn_count * c->data_count * c->seeds *
                   (variants ? variants : 1);

    exit_status =
        gf_amount_read_count(&c->threads, call, GF_OPTION_THREADS, GF_CREW_MAX);
    c->threads = gf_crew_size(c->threads);
    c->threads = c->threads < plays ? c->threads : plays;
    for (size_t i = 0; i < c->threads && !exit_status; i++)
        exit_status = take_fields(c, call, i);
    return exit_status;
}

static int run_all(gf_comparison *all, gf_comparison_setup *setup,
                   const gf_call *call)
{
    gf_lasting lasting;
    gf_error error;

    gf_error_clear(&error);
    gf_lasting_watch(&lasting, call);
    setup->progress = gf_lasting_progress;
    setup->progress_ctx = &lasting;
    gf_status status = gf_comparison_run(all, setup, &error);
    int exit_status = gf_lasting_end(&lasting);
    if (!exit_status && status)
        exit_status =
            gf_complain_error(call, gf_exit_of(status, GF_EXIT_FIELD), &error);
    return exit_status;
}

static int answer(const gf_call *call, const gf_comparison_setup *setup,
                  const char *const *name, const gf_comparison *all,
                  gf_format format)
{
    gf_report_options how = {.format = format};
    char *text = NULL;
    gf_error error;
    int exit_status;

    gf_error_clear(&error);
    if (gf_report_comparison(&text, setup, name, all, &how, &error))
        exit_status = gf_complain_error(call, GF_EXIT_FAILED, &error);
    else
        exit_status = gf_answer_write(call, text);
    free(text);
    return exit_status;
}

static int compare(const gf_call *call, const contest *c)
{
    gf_comparison_setup setup = {.play = &c->play,
                                 .critic = c->shape,
                                 .count = c->count,
                                 .bn = c->bn,
                                 .bn_count = c->bn_count,
                                 .data =
                                     (const gf_distribution *const *)c->data,
                                 .data_count = c->data_count,
                                 .seeds = c->seeds,
                                 .field = c->field,
                                 .variants = c->variants,
                                 .threads = c->threads};
    bool is_figure = gf_chart_asked(call);
    gf_format format = GF_FORMAT_TEXT;
    gf_comparison all;
    int exit_status = is_figure ? gf_compare_picture_check(call, &setup)
                                : gf_answer_drawn_format(&format, call, false);

    if (exit_status)
        return exit_status;
    gf_comparison_init(&all);
    exit_status = run_all(&all, &setup, call);
    if (!exit_status)
        exit_status = is_figure
                          ? gf_compare_picture(call, &setup, c->name, &all)
                          : answer(call, &setup, c->name, &all, format);
    gf_comparison_clear(&all);
    return exit_status;
}

static int run(const gf_call *call, contest *c)
{
    int exit_status = read_rows(c, call);

    if (!exit_status)
        exit_status =
            gf_play_read_generator(&c->play.generator, call, &c->shape[0]);
    if (!exit_status)
        exit_status = gf_play_read(&c->play, &c->material, call);
    if (!exit_status && !(c->play.course.until > 0))
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "nets are compared by what becomes of a run: "
                                  "--until T");
    if (!exit_status)
        exit_status = read_fields(c, call);
    return exit_status ? exit_status : compare(call, c);
}

static void clear(contest *c)
{
    gf_play_material_clear(&c->material);
    for (size_t i = 0; i < c->data_count; i++)
        gf_distribution_free(c->data[i]);
    for (size_t i = 0; i < c->threads; i++)
        gf_choice_clear(&c->choice[i]);
    free(c->field);
    free(c);
}

int gf_cmd_kernel_compare(const gf_call *call)
{
    contest *c = calloc(1, sizeof *c);

    if (!c)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    int exit_status = run(call, c);
    clear(c);
    return exit_status;
}
