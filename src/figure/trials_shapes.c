/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What trials made at some of their steps: samples, and the critic. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "figure/trials.h"

enum { SAMPLES = 4000, BINS = 60, POINTS = 241 };

/* Quantiles of the data between which most of it is seen, and how much more. */
#define TAIL 0.001
#define BESIDE 0.25

static gf_range window_of(const gf_distribution *data)
{
    double lo = gf_distribution_quantile(data, TAIL, 1 - TAIL);
    double hi = gf_distribution_quantile(data, 1 - TAIL, TAIL);
    double room = hi > lo ? BESIDE * (hi - lo) : 1;

    return (gf_range){.lo = lo - room, .hi = hi + room};
}

static gf_training *first_of(const gf_trials *trials, size_t trial)
{
    return trials->training[trial * trials->plan.seeds];
}

static gf_status no_memory(gf_error *error)
{
    return gf_error_set(error, GF_MEMORY, "out of memory");
}

/* x_0 ... x_(count - 1) over a range. */
static double *grid_of(gf_board *board, gf_range range, size_t count)
{
    double *x = gf_board_numbers(board, count);

    for (size_t i = 0; x && i < count; i++)
        x[i] =
            range.lo + (range.hi - range.lo) * (double)i / (double)(count - 1);
    return x;
}

/* --- distributions ----------------------------------------------------- */

/* What is the same in all panels. */
typedef struct ground {
    gf_range window;
    double *edge;    /* BINS + 1 */
    double *x;       /* POINTS */
    double *density; /* of the data, at x; in bins where they are points */
    bool has_atoms;
} ground;

static bool lay_ground(ground *g, gf_board *board, const gf_distribution *data)
{
    g->window = window_of(data);
    g->has_atoms = gf_distribution_atom_mass(data) > 0;
    g->edge = grid_of(board, g->window, BINS + 1);
    g->x = grid_of(board, g->window, POINTS);
    g->density = gf_board_numbers(board, POINTS);
    if (board->failed)
        return false;
    for (size_t i = 0; i < (g->has_atoms ? BINS : POINTS); i++)
        g->density[i] = g->has_atoms
                            ? (gf_distribution_below(data, g->edge[i + 1]) -
                               gf_distribution_below(data, g->edge[i])) /
                                  (g->edge[1] - g->edge[0])
                            : gf_distribution_density(data, g->x[i]);
    return true;
}

/* Heights of the bars, whose area is the share of the samples in the window. */
static double *bars_of(gf_board *board, const ground *g, gf_training *t,
                       const double *z)
{
    double *height = gf_board_numbers(board, BINS);
    double *sample = malloc(SAMPLES * sizeof *sample);
    double width = g->edge[1] - g->edge[0];

    if (sample)
        gf_duel_sample(sample, gf_training_duel(t), z, SAMPLES, 0);
    else
        board->failed = true;
    for (size_t i = 0; height && sample && i < SAMPLES; i++) {
        double at = floor((sample[i] - g->window.lo) / width);
        if (at >= 0 && at < BINS)
            height[(size_t)at] += 1 / (SAMPLES * width);
    }
    free(sample);
    return height;
}

static gf_status add_picture(gf_board *board, const ground *g, gf_training *t,
                             size_t k, const char *label, gf_error *error)
{
    size_t step = 0;
    const double *z = gf_training_picture(&step, t, k), *height;
    gf_board_panel *panel = gf_board_add(board, "$x$", label);
    char title[64];

    if (!panel)
        return gf_error_set(error, GF_LIMIT, "more than %d panels on a page",
                            GF_PAGE_PANELS);
    snprintf(title, sizeof title, "step %zu", step);
    panel->title = gf_board_text(board, z ? title : "diverged");
    panel->from_zero = true;
    panel->x = g->window;
    if (z) {
        height = bars_of(board, g, t, z);
        if (!height)
            return no_memory(error);
        gf_mark *bars =
            gf_board_mark(panel, GF_MARK_BARS, g->edge, height, BINS);
        bars->name = "samples";
        bars->series = 1;
    }
    gf_mark *data =
        g->has_atoms
            ? gf_board_mark(panel, GF_MARK_BARS, g->edge, g->density, BINS)
            : gf_board_mark(panel, GF_MARK_CURVE, g->x, g->density, POINTS);
    data->name = "data";
    return GF_OK;
}

/* One height for all panels: what the bars need, but at most twice that of the
   data. */
static void share_height(gf_board *board)
{
    double most = 0, data = 0;

    for (size_t p = 0; p < board->panels; p++) {
        const gf_board_panel *panel = &board->panel[p];
        for (size_t m = 0; m < panel->marks; m++) {
            const gf_mark *mark = &panel->mark[m];
            bool is_data = m + 1 == panel->marks;
            for (size_t i = 0; i < mark->count; i++) {
                most = fmax(most, mark->y[i]);
                data = is_data ? fmax(data, mark->y[i]) : data;
            }
        }
    }
    for (size_t p = 0; p < board->panels; p++)
        board->panel[p].y =
            (gf_range){.lo = 0, .hi = fmin(1.06 * most, 2 * data)};
}

gf_status gf_trials_distributions(gf_board *board, const gf_trials *trials,
                                  gf_error *error)
{
    const gf_training_setup *setup = &trials->plan.trial[0].setup;
    ground g;

    if (!lay_ground(&g, board, setup->duel.data))
        return no_memory(error);
    if (board->columns == 0)
        board->columns = board->size.width < 300 ? 2 : setup->pictures;
    for (size_t i = 0; i < trials->plan.count; i++)
        for (size_t k = 0; k < setup->pictures; k++) {
            const char *label = trials->plan.count > 1
                                    ? trials->plan.trial[i].label
                                    : "density";
            gf_status status =
                add_picture(board, &g, first_of(trials, i), k, label, error);
            if (status)
                return status;
        }
    share_height(board);
    return GF_OK;
}

/* --- the critic -------------------------------------------------------- */

static gf_status add_critic(gf_board *board, gf_board_panel *panel,
                            const double *x, gf_training *t, size_t k,
                            gf_error *error)
{
    const gf_field *field = gf_training_setup_of(t)->duel.field;
    size_t step = 0;
    const double *z = gf_training_picture(&step, t, k);
    double *d = gf_board_numbers(board, POINTS);

    if (!d)
        return no_memory(error);
    if (!z)
        return GF_OK;
    gf_duel_criticise(d, gf_training_duel(t), z, x, POINTS);
    for (size_t i = 0; i < POINTS; i++)
        d[i] = gf_field_d(field, d[i]);
    gf_mark *curve = gf_board_mark(panel, GF_MARK_CURVE, x, d, POINTS);
    curve->by_number = true;
    curve->number = (double)step;
    curve->is_thin = step < gf_training_setup_of(t)->steps;
    board->high = fmax(board->high, (double)step);
    return GF_OK;
}

gf_status gf_trials_critic(gf_board *board, const gf_trials *trials,
                           gf_error *error)
{
    const gf_training_setup *setup = &trials->plan.trial[0].setup;
    double *x = grid_of(board, window_of(setup->duel.data), POINTS);

    if (!x)
        return no_memory(error);
    board->scale_name = "step";
    for (size_t i = 0; i < trials->plan.count; i++) {
        gf_board_panel *panel = gf_board_add(board, "$x$", "$D(x)$");
        gf_status status = GF_OK;
        if (!panel)
            return gf_error_set(error, GF_LIMIT,
                                "more than %d panels on a page",
                                GF_PAGE_PANELS);
        if (trials->plan.count > 1)
            panel->title = trials->plan.trial[i].label;
        panel->x = window_of(setup->duel.data);
        for (size_t k = 0; k < setup->pictures && !status; k++)
            status = add_critic(board, panel, x, first_of(trials, i), k, error);
        if (status)
            return status;
    }
    return GF_OK;
}
