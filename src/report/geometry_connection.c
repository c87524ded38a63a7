/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How critics follow a generator. */
#include "report/geometry.h"

#include <math.h>

#include "report/layout.h"
#include "report/record.h"

enum { ROWS_SHOWN = 13, COLUMN = 11, COLUMNS = 7, DIGITS = 4, CURVES = 13 };

static const char *const way_name[2] = {"u", "v"};

/* All curves, in the order of the CSV and of the JSON. */
static void list(const char *name[CURVES], const double *at[CURVES],
                 const gf_geometry_connection *c)
{
    static const char *const names[CURVES] = {
        "x",        "data",      "density",   "optimal", "critic",
        "A_u",      "critic_u",  "nearest_u", "otto_u",  "A_v",
        "critic_v", "nearest_v", "otto_v"};
    const double *const all[CURVES] = {
        c->x,           c->data,           c->density,       c->optimal,
        c->critic,      c->way[0].optimal, c->way[0].follow, c->way[0].nearest,
        c->way[0].otto, c->way[1].optimal, c->way[1].follow, c->way[1].nearest,
        c->way[1].otto,
    };

    for (size_t i = 0; i < CURVES; i++) {
        name[i] = names[i];
        at[i] = all[i];
    }
}

/* --- text ------------------------------------------------------------------
 */

static void add_way(gf_text *out, const gf_geometry_connection *c, size_t k)
{
    char label[] = "along u";

    label[sizeof label - 2] = way_name[k][0];
    gf_geometry_label(out, label);
    if (isnan(c->way[k].off)) {
        gf_text_add(out, "no optimal critic to compare with");
    } else {
        gf_geometry_add(out, "|A| = ", c->way[k].length);
        gf_geometry_add(out, ", the critic's is off by ", c->way[k].off);
        gf_text_add_char(out, ',');
        gf_layout_end(out);
        gf_layout_to(out, GF_GEOMETRY_TEXT, "");
        gf_geometry_add(out, "the nearest by ", c->way[k].least_off);
    }
    gf_layout_end(out);
    if (!c->way[k].solution.is_converged) {
        gf_layout_to(out, GF_GEOMETRY_TEXT, "");
        gf_text_addf(out, "solved to a residual of %.1e only",
                     c->way[k].solution.residual);
        gf_layout_end(out);
    }
}

static void add_table(gf_text *out, const gf_geometry_connection *c)
{
    static const char *const heads[COLUMNS] = {
        "x", "optimal", "critic", "A_u", "critic's", "A_v", "critic's"};
    const double *const at[COLUMNS] = {
        c->x,
        c->optimal,
        c->critic,
        c->way[0].optimal,
        c->way[0].follow,
        c->way[1].optimal,
        c->way[1].follow,
    };
    size_t step = (c->count + ROWS_SHOWN - 1) / ROWS_SHOWN;

    for (size_t k = 0; k < COLUMNS; k++)
        gf_layout_to(out, GF_GEOMETRY_LABEL + k * COLUMN, heads[k]);
    gf_layout_end(out);
    for (size_t i = 0; i < c->count; i += step) {
        for (size_t k = 0; k < COLUMNS; k++) {
            gf_layout_to(out, GF_GEOMETRY_LABEL + k * COLUMN, "");
            if (isnan(at[k][i]))
                gf_text_add(out, "-");
            else
                gf_layout_number(out, at[k][i], DIGITS);
        }
        gf_layout_end(out);
    }
}

static void write_text(gf_text *out, const gf_duel_report *r,
                       const gf_geometry_connection *c)
{
    gf_geometry_head(out, r, "how the best critic follows the generator");
    gf_geometry_best_note(out, &c->best, c->damping);
    add_way(out, c, 0);
    add_way(out, c, 1);
    gf_text_add_char(out, '\n');
    add_table(out, c);
}

/* --- JSON and CSV ----------------------------------------------------------
 */

static void record_way(gf_json *json, const gf_geometry_connection *c, size_t k)
{
    gf_json_key(json, way_name[k]);
    gf_json_begin_object(json);
    gf_record_number(json, "length", c->way[k].length);
    gf_record_number(json, "off", c->way[k].off);
    gf_record_number(json, "least_off", c->way[k].least_off);
    gf_record_number(json, "residual", c->way[k].solution.residual);
    gf_record_bool(json, "solved", c->way[k].solution.is_converged);
    gf_json_end_object(json);
}

static void write_json(gf_text *out, const gf_duel_report *r,
                       const gf_geometry_connection *c)
{
    size_t generator =
        gf_duel_setup_of(r->duel)->fighter[GF_GENERATOR].parameters;
    const char *name[CURVES];
    const double *at[CURVES];
    gf_json json;

    list(name, at, c);
    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_geometry_record_head(&json, r, "ganfield/geometry-connection/1");
    gf_geometry_record_best(&json, &c->best, c->damping);
    gf_geometry_record_matrix(&json, "directions", c->direction, 2, generator);
    record_way(&json, c, 0);
    record_way(&json, c, 1);
    gf_json_key(&json, "curves");
    gf_json_begin_object(&json);
    for (size_t i = 0; i < CURVES; i++)
        gf_geometry_record_vector(&json, name[i], at[i], c->count);
    gf_json_end_object(&json);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

static void write_csv(gf_text *out, const gf_geometry_connection *c)
{
    const char *name[CURVES];
    const double *at[CURVES];
    double row[CURVES];

    list(name, at, c);
    for (size_t k = 0; k < CURVES; k++)
        gf_text_addf(out, "%s%s", k ? "," : "", name[k]);
    gf_text_add_char(out, '\n');
    for (size_t i = 0; i < c->count; i++) {
        for (size_t k = 0; k < CURVES; k++)
            row[k] = at[k][i];
        gf_geometry_row(out, row, CURVES);
    }
}

gf_status gf_report_connection(char **out, const gf_duel_report *duel,
                               const gf_geometry_connection *connection,
                               const gf_report_options *options,
                               gf_error *error)
{
    gf_format format = options ? options->format : GF_FORMAT_TEXT;
    gf_text text;

    if (format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT,
                            "a connection has no LaTeX form");
    gf_text_init(&text);
    if (format == GF_FORMAT_JSON)
        write_json(&text, duel, connection);
    else if (format == GF_FORMAT_CSV)
        write_csv(&text, connection);
    else
        write_text(&text, duel, connection);
    return gf_geometry_take(out, &text, error);
}
