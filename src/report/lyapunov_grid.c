/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finite-time exponents over a grid: a row a cell, or arrays of arrays. */
#include <ganfield/report.h>

#include <math.h>

#include "report/layout.h"
#include "report/record.h"

static void write_csv(gf_text *out, const gf_lyapunov_grid *g,
                      const gf_field *field)
{
    gf_text_addf(out, "%s,%s,exponent,time,stop\n", field->axis_name[0],
                 field->axis_name[1]);
    for (size_t n = 0; n < g->count[0] * g->count[1]; n++) {
        gf_vec2 at = gf_lyapunov_grid_at(g, n);
        gf_text_add_number(out, at.x);
        gf_text_add_char(out, ',');
        gf_text_add_number(out, at.y);
        gf_text_add_char(out, ',');
        gf_text_add_number(out, g->value[n]);
        gf_text_add_char(out, ',');
        gf_text_add_number(out, g->time[n]);
        gf_text_addf(out, ",%s\n", gf_stop_name(g->stop[n]));
    }
}

static void record_columns(gf_json *json, const char *key,
                           const gf_lyapunov_grid *g, const double *x)
{
    gf_json_key(json, key);
    gf_json_begin_array(json);
    for (size_t i = 0; i < g->count[0]; i++) {
        gf_json_begin_array(json);
        for (size_t j = 0; j < g->count[1]; j++)
            gf_json_number(json, x[i * g->count[1] + j]);
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
    record_columns(&json, "finite_time", g, g->value);
    record_columns(&json, "stop_time", g, g->time);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

static void write_note(gf_text *out, const gf_lyapunov_grid *g,
                       const gf_field *field)
{
    size_t cells = g->count[0] * g->count[1], there = 0, ended = 0;
    double least = INFINITY, most = -INFINITY;

    for (size_t n = 0; n < cells; n++) {
        if (isnan(g->value[n]))
            continue;
        there++;
        ended += g->stop[n] == GF_STOP_END;
        least = fmin(least, g->value[n]);
        most = fmax(most, g->value[n]);
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
