/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/amount.h"
#include "cli/board.h"
#include "cli/chart.h"
#include "cli/choose.h"
#include "cli/lasting.h"
#include "cli/play.h"

#include <stdlib.h>

/* A run that is drawn has so many times the moments: its turns are to be
 * round. The verdict is the same. */
enum { FIGURE_FINER = 10 };

/* clang-format off */
static const struct poptOption own_options[] = {
    {"net", '\0', POPT_ARG_STRING, NULL, GF_OPTION_NET,
     "the critic, as 1-16-1:tanh; its output is D, or u with --link", "NET"},
    POPT_TABLEEND
};

const struct poptOption gf_kernel_field_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a FIELD:"),
    GF_INCLUDE(own_options, "The critic:"),
    GF_INCLUDE(gf_play_table, "Generator, data and run:"),
    GF_INCLUDE(gf_play_picture_table, "Figures:"),
    GF_INCLUDE(gf_chart_table, "How they look:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

static int read_nets(gf_play_setup *setup, const gf_call *call)
{
    const char *text = gf_options_value(call->options, GF_OPTION_NET);
    size_t seed = 0;
    int exit_status;

    if (!text)
        return gf_complain(call, GF_EXIT_USAGE,
                           "no net for the critic: --net 1-16-1:tanh");
    exit_status = gf_play_read_net(&setup->critic, call, text);
    if (!exit_status)
        exit_status =
            gf_play_read_generator(&setup->generator, call, &setup->critic);
    if (!exit_status && gf_options_value(call->options, GF_OPTION_SEED)) {
        exit_status =
            gf_amount_read_count(&seed, call, GF_OPTION_SEED, 1000000000);
        setup->critic.seed = 2 * seed;
        setup->generator.seed = 2 * seed + 1;
    }
    return exit_status;
}

static int answer(const gf_call *call, const gf_play *play, gf_format format)
{
    gf_report_options how = {.format = format};
    gf_error error;
    char *text = NULL;
    gf_status status;
    int exit_status;

    gf_error_clear(&error);
    status = gf_report_play(&text, play, &how, &error);
    exit_status =
        status
            ? gf_complain_error(call, gf_exit_of(status, GF_EXIT_FIELD), &error)
            : gf_answer_write(call, text);
    free(text);
    return exit_status;
}

static int run(gf_play *p, gf_play_setup *setup, const gf_call *call)
{
    gf_lasting lasting;
    gf_error error;

    gf_error_clear(&error);
    gf_lasting_watch(&lasting, call);
    setup->course.progress = gf_lasting_progress;
    setup->course.progress_ctx = &lasting;
    gf_status status = gf_play_run(p, setup, &error);
    int exit_status = gf_lasting_end(&lasting);
    if (!exit_status && status)
        exit_status =
            gf_complain_error(call, gf_exit_of(status, GF_EXIT_FIELD), &error);
    return exit_status;
}

static int play(const gf_call *call, gf_play_setup *setup)
{
    bool is_figure = gf_chart_asked(call);
    gf_format format = GF_FORMAT_TEXT;
    gf_play p;
    int exit_status = is_figure ? gf_chart_check(call)
                                : gf_answer_drawn_format(&format, call, false);

    if (!exit_status)
        exit_status = gf_play_picture_check(call, setup);
    if (exit_status)
        return exit_status;
    if (is_figure)
        setup->course.finer = FIGURE_FINER;
    gf_play_init(&p);
    exit_status = run(&p, setup, call);
    if (!exit_status)
        exit_status =
            is_figure ? gf_play_picture(call, &p) : answer(call, &p, format);
    gf_play_clear(&p);
    return exit_status;
}

int gf_cmd_kernel_field(const gf_call *call)
{
    gf_play_setup setup = {0};
    gf_play_material material = {0};
    gf_choice choice;
    int exit_status = gf_choose_field(&choice, call);

    if (!exit_status)
        exit_status = read_nets(&setup, call);
    if (!exit_status)
        exit_status = gf_play_read(&setup, &material, call);
    if (!exit_status) {
        setup.field = choice.field[0];
        exit_status = play(call, &setup);
    }
    gf_play_material_clear(&material);
    gf_choice_clear(&choice);
    return exit_status;
}
