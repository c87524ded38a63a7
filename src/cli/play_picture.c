/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figure of `kernel field`. */
#include "cli/board.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/amount.h"
#include "cli/chart.h"
#include "cli/picture.h"
#include "cli/remake.h"
#include "figure/play_board.h"

/* clang-format off */
const struct poptOption gf_play_picture_table[] = {
    {"at", '\0', POPT_ARG_STRING, NULL, GF_OPTION_AT,
     "points whose runs a figure draws, up to 6; default three over the data, one on slides",
     "X,X,..."},
    POPT_TABLEEND
};
/* clang-format on */

/* Of points, unless they are given; one where the type is so large. */
enum { USUAL = 3 };
static const double large = 12;

/* --- spots ------------------------------------------------------------- */

static size_t nearest(const gf_play_setup *setup, double x)
{
    size_t best = 0;

    for (size_t i = 1; i < setup->count; i++)
        if (fabs(setup->x[i] - x) < fabs(setup->x[best] - x))
            best = i;
    return best;
}

static void add_spot(gf_play_figure *figure, size_t point)
{
    for (size_t k = 0; k < figure->spots; k++)
        if (figure->spot[k] == point)
            return;
    figure->spot[figure->spots++] = point;
}

static int read_spots(gf_play_figure *figure, const gf_call *call,
                      const gf_play_setup *setup)
{
    const char *text = gf_options_value(call->options, GF_OPTION_AT);
    int exit_status;
    double *at = NULL;
    size_t count = 0;

    size_t usual = figure->size && figure->size->small > large ? 1 : USUAL;
    for (size_t k = 0; !text && k < usual; k++) {
        double share = ((double)k + 0.5) / (double)usual;
        add_spot(figure, nearest(setup, gf_distribution_quantile(
                                            setup->data, share, 1 - share)));
    }
    if (!text)
        return GF_EXIT_ANSWERED;
    exit_status = gf_amount_read_list(&at, &count, call, GF_OPTION_AT, text);
    if (!exit_status && count > GF_PLAY_SPOTS)
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "a figure draws runs at up to %d points, and "
                                  "--at has %zu",
                                  GF_PLAY_SPOTS, count);
    for (size_t k = 0; k < count && !exit_status; k++)
        add_spot(figure, nearest(setup, at[k]));
    free(at);
    return exit_status;
}

int gf_play_picture_check(const gf_call *call, const gf_play_setup *setup)
{
    gf_play_figure figure = {.spots = 0};
    bool is_given = gf_options_count(call->options, GF_OPTION_AT) > 0;

    if (is_given && !gf_chart_asked(call))
        return gf_complain(call, GF_EXIT_USAGE,
                           "--at is of a figure: -o FILE.svg, .pdf or .png");
    if (is_given && setup->course.until == 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "--at is of a run, and there is none: --until T");
    if (is_given && setup->representation == GF_PUSHFORWARD)
        return gf_complain(call, GF_EXIT_USAGE,
                           "--at: particles have no density at a point; their "
                           "figure has their quantiles over time");
    return gf_chart_asked(call) ? read_spots(&figure, call, setup)
                                : GF_EXIT_ANSWERED;
}

/* --- the ideal fields -------------------------------------------------- */

/* The field at the spots, with the data's density there. */
typedef struct ideals {
    gf_field *field[GF_PLAY_SPOTS];
    gf_classification c[GF_PLAY_SPOTS];
    size_t count;
} ideals;

static gf_status add_ideal(ideals *all, gf_play_figure *figure,
                           const gf_call *call, gf_error *error)
{
    const gf_play_setup *setup = &figure->play->setup;
    size_t k = all->count;
    char text[64];
    const char *set = text;
    gf_status status;

    snprintf(text, sizeof text, "p_d=%.17g",
             gf_distribution_density(setup->data, setup->x[figure->spot[k]]));
    status = gf_remake(&all->field[k], &set, 1, NULL, call, error);
    if (status)
        return status;
    gf_classification_init(&all->c[k]);
    all->count++;
    figure->c[k] = &all->c[k];
    return gf_classify(&all->c[k], all->field[k], NULL, error);
}

static void clear_ideals(ideals *all)
{
    for (size_t k = 0; k < all->count; k++) {
        gf_classification_clear(&all->c[k]);
        gf_field_free(all->field[k]);
    }
}

static int draw(const gf_call *call, const gf_play_figure *figure)
{
    gf_play_board *b = malloc(sizeof *b);
    gf_error error;
    int exit_status;

    if (!b)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    gf_error_clear(&error);
    if (gf_play_board_make(b, figure, &error))
        exit_status = gf_complain_error(call, GF_EXIT_USAGE, &error);
    else
        exit_status = gf_board_write(call, &b->board);
    gf_play_board_clear(b);
    free(b);
    return exit_status;
}

int gf_play_picture(const gf_call *call, const gf_play *play)
{
    gf_play_figure figure = {.play = play};
    gf_plate look;
    ideals all = {.count = 0};
    gf_error error;
    gf_status status = GF_OK;
    int exit_status = gf_picture_look(&look, call);

    if (exit_status)
        return exit_status;
    figure.size = &look.size;
    figure.theme = look.theme;
    gf_error_clear(&error);
    if (!play->setup.particles && play->course.count > 1)
        exit_status = read_spots(&figure, call, &play->setup);
    while (!exit_status && !status && all.count < figure.spots)
        status = add_ideal(&all, &figure, call, &error);
    if (status)
        exit_status = gf_complain_error(call, GF_EXIT_FAILED, &error);
    if (!exit_status)
        exit_status = draw(call, &figure);
    clear_ideals(&all);
    return exit_status;
}
