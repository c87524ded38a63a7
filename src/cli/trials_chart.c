/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/trials_chart.h"
#include "figure/plate.h"

#include "base/text.h"

/* clang-format off */
const struct poptOption gf_trials_chart_table[] = {
    {"figure", '\0', POPT_ARG_STRING, NULL, GF_OPTION_FIGURE,
     "what -o FILE.svg (png, pdf) shows: losses (the default), distributions, "
     "critic, plane or path-angle", "KIND"},
    {"at", '\0', POPT_ARG_STRING, NULL, GF_OPTION_AT,
     "of the plane: the points of the data to look at; default: its modes",
     "X,X,..."},
    {"columns", '\0', POPT_ARG_STRING, NULL, GF_OPTION_COLUMNS,
     "panels side by side", "N"},
    POPT_TABLEEND
};
/* clang-format on */

int gf_trials_chart_check(gf_trials_view *view, size_t *pictures,
                          const gf_call *call)
{
    const char *name = gf_options_value(call->options, GF_OPTION_FIGURE);
    gf_error error;

    gf_error_clear(&error);
    *view = GF_TRIALS_LOSSES;
    *pictures = 0;
    if (name && gf_trials_view_find(view, name, &error))
        return gf_complain_error(call, GF_EXIT_USAGE, &error);
    if (name && !gf_chart_asked(call))
        return gf_complain(call, GF_EXIT_USAGE,
                           "--figure goes with -o FILE.svg, .png or .pdf");
    if (gf_options_count(call->options, GF_OPTION_AT) > 0 &&
        *view != GF_TRIALS_PLANE)
        return gf_complain(call, GF_EXIT_USAGE,
                           "--at goes with --figure plane");
    if (gf_chart_asked(call))
        *pictures = gf_trials_view_pictures(*view);
    return gf_chart_check(call);
}

/* --- boards ------------------------------------------------------------ */

typedef struct sheet {
    const gf_trials *trials;
    gf_trials_view view;
    const char *command;
} sheet;

/* What is seen, for those who do not see it. */
static void describe(gf_text *out, const sheet *s)
{
    bool has_one = false;
    const gf_trials *trials = s->trials;
    const gf_training_setup *setup = &trials->plan.trial[0].setup;

    gf_text_addf(out, "Training on %s: %s after %zu steps, seed%s %llu",
                 gf_distribution_text(setup->duel.data),
                 setup->duel.field->name, setup->steps,
                 trials->plan.seeds > 1 ? "s from" : "",
                 (unsigned long long)trials->plan.seed);
    if (trials->plan.seeds > 1)
        gf_text_addf(out, " on, %zu of them: median, least and most",
                     trials->plan.seeds);
    gf_text_add(out, ". At the end W1 of the first seed is");
    for (size_t i = 0; i < trials->plan.count; i++) {
        const gf_training_row *row;
        const char *before = has_one ? "," : "";
        size_t rows =
            gf_training_rows(&row, trials->training[i * trials->plan.seeds]);
        if (rows == 0)
            continue;
        has_one = true;
        gf_text_addf(out, "%s %.4g (%s)", before,
                     row[rows - 1].value[GF_TRAINING_W1],
                     trials->plan.trial[i].label);
    }
    gf_text_add_char(out, '.');
}

static gf_status compose(gf_scene *scene, void *figure, const gf_plate *plate,
                         const gf_typesetter *typesetter, gf_error *error)
{
    const sheet *s = figure;
    gf_board board;
    gf_text text;
    gf_status status;

    gf_text_init(&text);
    describe(&text, s);
    gf_board_init(&board, &plate->size, plate->theme);
    board.columns = plate->columns;
    board.title = plate->title;
    board.author = plate->author;
    board.transparent = plate->transparent;
    board.about = "Adversarial training";
    board.description = gf_text_string(&text);
    board.subject = "dynamics of generative adversarial networks";
    board.command = s->command;
    status = gf_trials_draw(&board, s->trials, s->view, error);
    if (!status)
        status = gf_board_compose(scene, &board, typesetter, error);
    else
        gf_scene_init(scene, 1, 1);
    gf_board_clear(&board);
    gf_text_clear(&text);
    return status;
}

/* The first run whose first seed has not begun, as it was interrupted. */
static const char *not_begun(const gf_trials *trials)
{
    for (size_t i = 0; i < trials->plan.count; i++) {
        const gf_training_row *row;
        if (gf_training_rows(&row, trials->training[i * trials->plan.seeds]) ==
            0)
            return trials->plan.trial[i].label;
    }
    return NULL;
}

int gf_trials_chart(const gf_call *call, const gf_trials *trials,
                    const char *command)
{
    sheet s = {.trials = trials, .command = command};
    size_t pictures;
    int exit_status = gf_trials_chart_check(&s.view, &pictures, call);

    if (exit_status)
        return exit_status;
    if (s.view != GF_TRIALS_LOSSES && not_begun(trials))
        return gf_complain(call, GF_EXIT_ANSWERED,
                           "no figure is drawn: '%s' has not begun",
                           not_begun(trials));
    if (s.view == GF_TRIALS_PLANE)
        return gf_trials_plane(call, trials, command);
    return gf_chart_draw(call, compose, &s);
}
