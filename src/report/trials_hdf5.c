/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of trials as HDF5, with the axes run, seed and step. */
#include <math.h>
#include <stdlib.h>

#include "report/grid.h"

static const char *const titles[GF_TRAINING_COLUMNS] = {
    [GF_TRAINING_STEP] = "steps made",
    [GF_TRAINING_CRITIC_LOSS] = "-J of the critic",
    [GF_TRAINING_GENERATOR_LOSS] = "-I of the generator",
    [GF_TRAINING_CRITIC_GRADIENT] = "norm of the critic's gradient",
    [GF_TRAINING_GENERATOR_GRADIENT] = "norm of the generator's gradient",
    [GF_TRAINING_MEAN] = "mean of the samples",
    [GF_TRAINING_SD] = "standard deviation of the samples",
    [GF_TRAINING_W1] = "Wasserstein-1 of samples and data",
    [GF_TRAINING_JS] = "Jensen-Shannon of the densities",
    [GF_TRAINING_JS_BINS] = "Jensen-Shannon on bins of equal mass",
    [GF_TRAINING_MODES] = "modes of the data with samples",
    [GF_TRAINING_NEAR] = "share of the samples near a mode",
    [GF_TRAINING_UNCOVERED] = "mass of the data without samples",
    [GF_TRAINING_CRITIC_DRIFT] = "change of the critic's kernel",
    [GF_TRAINING_GENERATOR_DRIFT] = "change of the generator's kernel",
};

/* The steps that have rows in any trial, ascending; NULL without memory. */
static double *steps_of(size_t *count, const gf_trials *trials)
{
    size_t most = 0, n = 0, all = trials->plan.count * trials->plan.seeds;
    const gf_training_row *row;
    double *step;

    for (size_t i = 0; i < all; i++)
        most += gf_training_rows(&row, trials->training[i]);
    step = malloc((most + 1) * sizeof *step);
    for (size_t i = 0; step && i < all; i++) {
        size_t rows = gf_training_rows(&row, trials->training[i]), k = 0;
        for (size_t r = 0; r < rows; r++) {
            double at = row[r].value[GF_TRAINING_STEP];
            while (k < n && step[k] < at)
                k++;
            if (k < n && step[k] == at)
                continue;
            for (size_t m = n++; m > k; m--)
                step[m] = step[m - 1];
            step[k] = at;
        }
    }
    *count = n;
    return step;
}

static bool lay_axes(gf_report_grid *grid, const gf_trials *trials,
                     const char **label)
{
    const gf_trial_plan *plan = &trials->plan;
    double *trial = gf_report_grid_add_axis(grid, "run", "list", plan->count);
    double *seed = gf_report_grid_add_axis(grid, "seed", "list", plan->seeds);
    size_t count;
    double *step = steps_of(&count, trials);

    if (!trial || !seed || !step) {
        free(step);
        return false;
    }
    for (size_t i = 0; i < plan->count; i++) {
        trial[i] = (double)i;
        label[i] = plan->trial[i].label;
    }
    for (size_t i = 0; i < plan->seeds; i++)
        seed[i] = (double)gf_training_setup_of(trials->training[i])->duel.seed;
    grid->axis[0].label = label;
    grid->axis[grid->axes++] = (gf_grid_axis){
        .name = "step", .spacing = "list", .value = step, .count = count};
    grid->cells = plan->count * plan->seeds * count;
    return true;
}

/* Rows go to the cells of their steps; the others stay NaN. */
static void fill(gf_report_grid *grid, const gf_trials *trials)
{
    size_t steps = grid->axis[2].count;
    const double *step = grid->axis[2].value;

    for (size_t i = 0; i < trials->plan.count * trials->plan.seeds; i++) {
        const gf_training_row *row;
        size_t rows = gf_training_rows(&row, trials->training[i]), at = 0;
        for (size_t r = 0; r < rows; r++) {
            while (step[at] < row[r].value[GF_TRAINING_STEP])
                at++;
            for (size_t k = 1; k < GF_TRAINING_COLUMNS; k++)
                grid->column[k - 1].value[i * steps + at] = row[r].value[k];
        }
        grid->filled += rows;
    }
    grid->is_sparse = trials->is_whole;
}

gf_status gf_report_trials_hdf5(FILE *out, const gf_trials *trials,
                                const char *command, gf_error *error)
{
    const char *label[GF_TRIALS_RUNS_MAX];
    gf_report_grid grid;
    gf_status status = gf_report_grid_begin(
        &grid, "ganfield/train/1", trials->plan.trial[0].setup.duel.field,
        command, error);
    bool is_good = !status && lay_axes(&grid, trials, label);

    for (size_t k = 1; is_good && k < GF_TRAINING_COLUMNS; k++)
        is_good = gf_report_grid_add_column(&grid, gf_training_column_name(k),
                                            titles[k], NULL, 0);
    if (!status && !is_good)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status) {
        fill(&grid, trials);
        status = gf_report_grid_write(out, &grid, error);
    }
    gf_report_grid_clear(&grid);
    return status;
}
