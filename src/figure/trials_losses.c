/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of trials over their steps: medians over the seeds, and bands. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "figure/trials.h"

enum { PANELS = 3 };
#define HIDDEN "Not shown:"

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* The numbers of one trial and column over the seeds. */
typedef struct spread {
    size_t rows;
    double *step, *middle, *least, *most;
} spread;

/* Row r of all seeds that have it, ascending; how many are finite. */
static size_t gather(double *out, const gf_trials *trials, size_t trial,
                     size_t r, gf_training_column column)
{
    size_t seeds = trials->plan.seeds, count = 0;

    for (size_t i = 0; i < seeds; i++) {
        const gf_training_row *row;
        size_t rows =
            gf_training_rows(&row, trials->training[trial * seeds + i]);
        if (r < rows && isfinite(row[r].value[column]))
            out[count++] = row[r].value[column];
    }
    qsort(out, count, sizeof *out, by_size);
    return count;
}

/* The longest of the seeds says which steps there are. */
static const gf_training_row *longest(size_t *rows, const gf_trials *trials,
                                      size_t trial)
{
    const gf_training_row *best = NULL;

    *rows = 0;
    for (size_t i = 0; i < trials->plan.seeds; i++) {
        const gf_training_row *row;
        size_t count = gf_training_rows(
            &row, trials->training[trial * trials->plan.seeds + i]);
        if (count > *rows) {
            *rows = count;
            best = row;
        }
    }
    return best;
}

static bool find_spread(spread *out, gf_board *board, const gf_trials *trials,
                        size_t trial, gf_training_column column)
{
    const gf_training_row *row = longest(&out->rows, trials, trial);
    double *room = gf_board_numbers(board, trials->plan.seeds);

    out->step = gf_board_numbers(board, out->rows);
    out->middle = gf_board_numbers(board, out->rows);
    out->least = gf_board_numbers(board, out->rows);
    out->most = gf_board_numbers(board, out->rows);
    if (board->failed)
        return false;
    for (size_t r = 0; r < out->rows; r++) {
        size_t n = gather(room, trials, trial, r, column);
        out->step[r] = row[r].value[GF_TRAINING_STEP];
        out->middle[r] = n ? (room[(n - 1) / 2] + room[n / 2]) / 2 : NAN;
        out->least[r] = n ? room[0] : NAN;
        out->most[r] = n ? room[n - 1] : NAN;
    }
    return true;
}

/* The trial's label, and how many of its seeds diverged. */
static const char *name_of(gf_board *board, const gf_trials *trials,
                           size_t trial)
{
    const char *label = trials->plan.trial[trial].label;
    size_t seeds = trials->plan.seeds, diverged = 0;
    char text[256];

    for (size_t i = 0; i < seeds; i++)
        diverged +=
            gf_training_judge(trials->training[trial * seeds + i]).verdict ==
            GF_TRAINING_DIVERGED;
    if (diverged == 0)
        snprintf(text, sizeof text, "%s", label);
    else if (seeds == 1)
        snprintf(text, sizeof text, "%s (diverged)", label);
    else
        snprintf(text, sizeof text, "%s (%zu of %zu diverged)", label, diverged,
                 seeds);
    return gf_board_text(board, text);
}

static bool add_trial(gf_board *board, gf_board_panel *panel,
                      const gf_trials *trials, size_t trial,
                      gf_training_column column)
{
    spread s;

    if (!find_spread(&s, board, trials, trial, column))
        return false;
    if (trials->plan.seeds > 1) {
        gf_mark *band =
            gf_board_mark(panel, GF_MARK_BAND, s.step, s.least, s.rows);
        band->to = s.most;
        band->series = trial;
    }
    gf_mark *line =
        gf_board_mark(panel, GF_MARK_CURVE, s.step, s.middle, s.rows);
    line->series = trial;
    line->name = trials->plan.count > 1 ? name_of(board, trials, trial) : NULL;
    return true;
}

/* Adds what is outside of a window: "(a) up to 14.8". */
static void say_cut(gf_text *note, size_t k, const gf_range *window,
                    const gf_range *whole)
{
    bool is_first = !note->data || !strstr(note->data, HIDDEN);

    gf_text_addf(note, "%s (%c)", is_first ? HIDDEN : ",", (char)('a' + k));
    if (whole->hi > window->hi)
        gf_text_addf(note, " up to $%.3g$", whole->hi);
    if (whole->hi > window->hi && whole->lo < window->lo)
        gf_text_add(note, " and");
    if (whole->lo < window->lo)
        gf_text_addf(note, " down to $%.3g$", whole->lo);
}

static gf_status add_panel(gf_board *board, const gf_trials *trials, size_t k,
                           gf_text *note, gf_error *error)
{
    static const struct {
        gf_training_column column;
        const char *title, *name;
        bool may_be_log;
    } panels[PANELS] = {
        {GF_TRAINING_CRITIC_LOSS, "critic", "loss $-J$", false},
        {GF_TRAINING_GENERATOR_LOSS, "generator", "loss $-I$", false},
        {GF_TRAINING_W1, "samples", "$W_1$ to the data", true},
    };
    gf_board_panel *panel = gf_board_add(board, "step", panels[k].name);
    gf_range whole;
    bool is_cut;
    gf_status status;

    if (!panel)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    panel->title = panels[k].title;
    for (size_t i = 0; i < trials->plan.count; i++)
        if (!add_trial(board, panel, trials, i, panels[k].column))
            return gf_error_set(error, GF_MEMORY, "out of memory");
    if (panels[k].may_be_log) {
        gf_board_scale(panel);
        return GF_OK;
    }
    status = gf_board_trim(&is_cut, &whole, panel, error);
    if (!status && is_cut)
        say_cut(note, k, &panel->y, &whole);
    return status;
}

gf_status gf_trials_losses(gf_board *board, const gf_trials *trials,
                           gf_error *error)
{
    gf_status status = GF_OK;
    gf_text note;

    if (board->columns == 0 && board->size.width < 300)
        board->columns = 1;
    gf_text_init(&note);
    if (trials->plan.seeds > 1)
        gf_text_addf(&note,
                     "Lines: medians of %zu seeds; bands: least to most. ",
                     trials->plan.seeds);
    for (size_t k = 0; k < PANELS && !status; k++)
        status = add_panel(board, trials, k, &note, error);
    if (note.data && strstr(note.data, HIDDEN))
        gf_text_add_char(&note, '.');
    if (!status && note.length > 0)
        board->note = gf_board_text(board, gf_text_string(&note));
    gf_text_clear(&note);
    return status;
}
