/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finite-time exponents over a grid: a row a cell, or arrays of arrays. */
#include <ganfield/report.h>

#include <math.h>

#include "report/grid.h"
#include "report/layout.h"
#include "report/record.h"

static double of(const gf_lyapunov_grid *g, size_t n, size_t column)
{
    return g->value[n * GF_LYAPUNOV_WIDTH + column];
}

static gf_stop stop_of(const gf_lyapunov_grid *g, size_t n)
{
    return (gf_stop)of(g, n, GF_LYAPUNOV_STOP);
}

static void write_csv(gf_text *out, const gf_lyapunov_grid *g,
                      const gf_field *field)
{
    gf_text_addf(out, "%s,%s,exponent,time,stop\n", field->axis_name[0],
                 field->axis_name[1]);
    for (size_t n = 0; n < g->cells; n++) {
        gf_vec2 at = gf_lyapunov_grid_at(g, n);
        gf_text_add_number(out, at.x);
        gf_text_add_char(out, ',');
        gf_text_add_number(out, at.y);
        gf_text_add_char(out, ',');
        gf_text_add_number(out, of(g, n, GF_LYAPUNOV_EXPONENT));
        gf_text_add_char(out, ',');
        gf_text_add_number(out, of(g, n, GF_LYAPUNOV_TIME));
        gf_text_addf(out, ",%s\n", gf_stop_name(stop_of(g, n)));
    }
}

static void record_columns(gf_json *json, const char *key,
                           const gf_lyapunov_grid *g, size_t column)
{
    gf_json_key(json, key);
    gf_json_begin_array(json);
    for (size_t i = 0; i < g->count[0]; i++) {
        gf_json_begin_array(json);
        for (size_t j = 0; j < g->count[1]; j++)
            gf_json_number(json, of(g, i * g->count[1] + j, column));
        gf_json_end_array(json);
    }
    gf_json_end_array(json);
}

static void write_json(gf_text *out, const gf_lyapunov_grid *g,
                       const gf_field *field)
{
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_record_string(&json, "schema", "ganfield/lyapunov/1");
    gf_record_field(&json, field);
    gf_json_key(&json, "window");
    gf_json_begin_array(&json);
    for (size_t i = 0; i < 2; i++) {
        gf_json_begin_array(&json);
        gf_json_number(&json, g->window[i].lo);
        gf_json_number(&json, g->window[i].hi);
        gf_json_end_array(&json);
    }
    gf_json_end_array(&json);
    gf_json_key(&json, "grid");
    gf_json_begin_array(&json);
    gf_json_integer(&json, (long long)g->count[0]);
    gf_json_integer(&json, (long long)g->count[1]);
    gf_json_end_array(&json);
    record_columns(&json, "finite_time", g, GF_LYAPUNOV_EXPONENT);
    record_columns(&json, "stop_time", g, GF_LYAPUNOV_TIME);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

static void write_note(gf_text *out, const gf_lyapunov_grid *g,
                       const gf_field *field)
{
    size_t cells = g->cells, there = 0, ended = 0;
    double least = INFINITY, most = -INFINITY;

    for (size_t n = 0; n < cells; n++) {
        double value = of(g, n, GF_LYAPUNOV_EXPONENT);
        if (isnan(value))
            continue;
        there++;
        ended += stop_of(g, n) == GF_STOP_END;
        least = fmin(least, value);
        most = fmax(most, value);
    }
    gf_text_addf(out, "%s: %zu starts, %zu x %zu\n", field->name, cells,
                 g->count[0], g->count[1]);
    if (there == 0) {
        gf_text_add(out, "  none of them has an exponent\n");
        return;
    }
    gf_text_add(out, "  finite-time exponents from ");
    gf_layout_number(out, least, 6);
    gf_text_add(out, " to ");
    gf_layout_number(out, most, 6);
    gf_text_addf(out, "\n  %zu ran to the end\n", ended);
}

gf_status gf_report_lyapunov_grid(char **out, const gf_lyapunov_grid *grid,
                                  const gf_field *field,
                                  const gf_report_options *options,
                                  gf_error *error)
{
    static const gf_report_options defaults = {.format = GF_FORMAT_TEXT};
    gf_text text;

    options = options ? options : &defaults;
    if (options->format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "a grid has no LaTeX form");
    gf_text_init(&text);
    if (options->format == GF_FORMAT_CSV)
        write_csv(&text, grid, field);
    else if (options->format == GF_FORMAT_JSON)
        write_json(&text, grid, field);
    else
        write_note(&text, grid, field);
    *out = gf_text_take(&text);
    if (*out)
        return GF_OK;
    return gf_error_set(error, GF_MEMORY, "out of memory");
}

/* --- HDF5 -------------------------------------------------------------- */

#define WORD(name, text) text,

static const char *const stops[] = {GF_STOP_LIST(WORD)};

static bool fill(gf_report_grid *grid, const gf_lyapunov_grid *g,
                 const gf_field *field)
{
    static const char *const name[] = {"exponent", "time", "stop"};
    static const char *const title[] = {"finite-time exponent",
                                        "how long the start was followed",
                                        "why its run ended"};
    gf_grid_column *column = NULL;

    grid->cells = g->cells;
    grid->filled = g->filled;
    for (size_t i = 0; i < 2; i++) {
        double *value = gf_report_grid_add_axis(grid, field->axis_name[i],
                                                "linear", g->count[i]);
        for (size_t k = 0; value && k < g->count[i]; k++) {
            gf_vec2 at = gf_lyapunov_grid_at(g, i == 0 ? k * g->count[1] : k);
            value[k] = i == 0 ? at.x : at.y;
        }
        if (!value)
            return false;
    }
    for (size_t i = 0; i < GF_LYAPUNOV_WIDTH; i++) {
        column = gf_report_grid_add_column(grid, name[i], title[i],
                                           g->value + i, GF_LYAPUNOV_WIDTH);
        if (!column)
            return false;
    }
    column->word = stops;
    column->words = sizeof stops / sizeof *stops;
    return true;
}

gf_status gf_report_lyapunov_grid_hdf5(FILE *out, const gf_lyapunov_grid *grid,
                                       const gf_field *field,
                                       const char *command, gf_error *error)
{
    gf_report_grid report;
    gf_status status = gf_report_grid_begin(&report, "ganfield/lyapunov/1",
                                            field, command, error);

    if (!status && !fill(&report, grid, field))
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status)
        status = gf_report_grid_write(out, &report, error);
    gf_report_grid_clear(&report);
    return status;
}
