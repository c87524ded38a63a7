/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweeps and basins as grids, and grids as HDF5. */
#include "report/grid.h"

#include <math.h>
#include <stdlib.h>

#include "base/module.h"
#include "report/record.h"

#define REMEDY                                                                 \
    "HDF5 files need its library (on Debian: apt-get install libhdf5-103-1 "   \
    "libhdf5-hl-100); CSV and JSON do not"

void gf_report_grid_clear(gf_report_grid *grid)
{
    for (size_t i = 0; i < grid->axes; i++)
        free(grid->axis[i].value);
    for (size_t i = 0; i < grid->columns; i++)
        free(grid->column[i].value);
    free(grid->field);
}

/* --- making ------------------------------------------------------------ */

gf_status gf_report_grid_begin(gf_report_grid *grid, const char *schema,
                               const gf_field *field, const char *command,
                               gf_error *error)
{
    gf_text text;
    gf_json json;

    *grid = (gf_report_grid){
        .schema = schema, .version = GF_VERSION, .command = command};
    gf_text_init(&text);
    gf_json_init(&json, &text);
    gf_json_begin_object(&json);
    gf_record_field(&json, field);
    gf_json_end_object(&json);
    grid->field = gf_text_take(&text);
    return grid->field ? GF_OK
                       : gf_error_set(error, GF_MEMORY, "out of memory");
}

double *gf_report_grid_add_axis(gf_report_grid *grid, const char *name,
                                const char *spacing, size_t count)
{
    double *value = calloc(count, sizeof *value);

    if (value)
        grid->axis[grid->axes++] =
            (gf_grid_axis){name, spacing, value, count, NULL};
    return value;
}

gf_grid_column *gf_report_grid_add_column(gf_report_grid *grid,
                                          const char *name, const char *title,
                                          const double *from, size_t width)
{
    double *value = calloc(grid->cells, sizeof *value);

    if (!value)
        return NULL;
    for (size_t i = 0; i < grid->cells; i++)
        value[i] = from ? from[i * width] : NAN;
    gf_grid_column *column = &grid->column[grid->columns++];
    *column = (gf_grid_column){.name = name, .title = title, .value = value};
    return column;
}

static bool fill_sweep(gf_report_grid *grid, const gf_sweep *sweep)
{
    const gf_sweep_plan *plan = &sweep->plan;

    grid->cells = sweep->cells;
    grid->filled = sweep->filled;
    for (size_t i = 0; i < plan->axes; i++) {
        const gf_sweep_axis *axis = &plan->axis[i];
        double *value = gf_report_grid_add_axis(
            grid, axis->name, axis->log ? "log" : "linear", axis->count);
        for (size_t k = 0; value && k < axis->count; k++)
            value[k] = gf_sweep_axis_at(axis, k);
        if (!value)
            return false;
    }
    for (size_t q = 0; q < plan->quantities; q++) {
        const gf_sweep_quantity *quantity = plan->quantity[q];
        gf_grid_column *column =
            gf_report_grid_add_column(grid, quantity->name, quantity->title,
                                      sweep->value + q, plan->quantities);
        if (!column)
            return false;
        column->word = quantity->word;
        column->words = quantity->words;
    }
    return true;
}

static bool fill_basin(gf_report_grid *grid, const gf_basin *basin)
{
    static const char *const name[] = {"label",  "time",  "left_physical_at",
                                       "proved", "end_1", "end_2",
                                       "steps"};
    static const char *const title[] = {
        "where the run ends",
        "when that was settled",
        "when p_g first left its physical range",
        "1: that it ends there is proved",
        "first coordinate at that time",
        "second coordinate at that time",
        "steps made until then"};
    size_t columns =
        basin->plan.motion.optimizer ? GF_BASIN_WIDTH : GF_BASIN_STEPS;
    const gf_basin_plan *plan = &basin->plan;

    grid->cells = basin->cells;
    grid->filled = basin->filled;
    for (size_t i = 0; i < 2; i++) {
        double *value = gf_report_grid_add_axis(
            grid, plan->c->field->axis_name[i], "linear", plan->count[i]);
        for (size_t k = 0; value && k < plan->count[i]; k++) {
            gf_vec2 at = gf_basin_start(plan, i == 0 ? k * plan->count[1] : k);
            value[k] = i == 0 ? at.x : at.y;
        }
        if (!value)
            return false;
    }
    for (size_t i = 0; i < columns; i++) {
        if (!gf_report_grid_add_column(grid, name[i], title[i],
                                       basin->value + i, GF_BASIN_WIDTH))
            return false;
    }
    for (size_t i = 0; i < basin->labels; i++)
        grid->labels[i] = gf_basin_label_name(grid->words[i], basin, i);
    grid->column[GF_BASIN_LABEL].word = grid->labels;
    grid->column[GF_BASIN_LABEL].words = basin->labels;
    return true;
}

/* --- writing ----------------------------------------------------------- */

gf_status gf_report_grid_write(FILE *out, const gf_report_grid *grid,
                               gf_error *error)
{
    const void *table = NULL;
    void *bytes = NULL;
    size_t count = 0;
    gf_status status = gf_module_open(&table, "hdf5.so", "gf_hdf5_module_table",
                                      REMEDY, error);

    if (status)
        return status;
    const gf_hdf5_module *module = table;
    status = module->write(&bytes, &count, grid, error);
    if (!status && fwrite(bytes, 1, count, out) != count)
        status = gf_error_set(error, GF_WRITE, "cannot write the HDF5 file");
    free(bytes);
    return status;
}

gf_status gf_report_sweep_hdf5(FILE *out, const gf_sweep *sweep,
                               const char *command, gf_error *error)
{
    gf_report_grid grid;
    gf_status status = gf_report_grid_begin(&grid, "ganfield/sweep/1",
                                            sweep->plan.field, command, error);

    if (!status && !fill_sweep(&grid, sweep))
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status)
        status = gf_report_grid_write(out, &grid, error);
    gf_report_grid_clear(&grid);
    return status;
}

gf_status gf_report_basin_hdf5(FILE *out, const gf_basin *basin,
                               const char *command, gf_error *error)
{
    gf_report_grid grid;
    gf_status status = gf_report_grid_begin(
        &grid, "ganfield/basin/1", basin->plan.c->field, command, error);

    if (!status && !fill_basin(&grid, basin))
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status)
        status = gf_report_grid_write(out, &grid, error);
    gf_report_grid_clear(&grid);
    return status;
}
