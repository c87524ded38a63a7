/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stability of optimizers: one at a time, or rules against variants. */
#include <ganfield/report.h>

#include <math.h>
#include <string.h>

#include "report/layout.h"
#include "report/stability.h"

enum { TABLE_DIGITS = 6, FIRST_COLUMN = 34, COLUMN = 15 };

/* What a table says of one point: the end of the interval that begins at 0. */
static void add_cell(gf_text *out, const gf_stability_points *points,
                     bool is_latex)
{
    const gf_classification *c = points->classification;
    size_t i = c && c->wanted < c->count ? c->wanted : 0;
    const gf_stability_result *s = points->count > i ? &points->point[i] : NULL;
    const gf_steps_list *list = NULL;

    if (s && s->stable.count > 0)
        list = &s->stable;
    else if (s && s->neutral.count > 0)
        list = &s->neutral;
    if (!s || s->state == 0 || !list) {
        gf_text_add(out, s && s->state > 0 ? "0" : "-");
        return;
    }
    if (list->interval[0].lo > 0) {
        gf_layout_number(out, list->interval[0].lo, 3);
        gf_text_add(out, "..");
    }
    if (isfinite(list->interval[0].hi))
        gf_layout_number(out, list->interval[0].hi, TABLE_DIGITS);
    else
        gf_text_add(out, is_latex ? "$\\infty$" : "inf");
    if (list == &s->neutral)
        gf_text_add(out, is_latex ? "$^\\circ$" : " n");
}

static const char *order_mark(const gf_stability_points *points)
{
    return points->options.order == GF_ALTERNATING ? "alternating" : "";
}

static const char *name_of(const gf_stability_points *points)
{
    return points->classification ? points->classification->field->name
                                  : "matrix";
}

static void add_name(gf_text *out, const gf_stability_points *points)
{
    gf_stability_add_rule(out, &points->optimizer, false);
    if (points->options.order == GF_ALTERNATING)
        gf_text_addf(out, ", %s", order_mark(points));
}

static void write_table(gf_text *out, const gf_stability_points *points,
                        size_t rows, size_t columns)
{
    gf_text cell;

    gf_text_init(&cell);
    for (size_t first = 0; first < columns; first += 3) {
        size_t last = first + 3 < columns ? first + 3 : columns;
        gf_text_add(out, first > 0 ? "\nlargest h" : "largest h");
        for (size_t k = first; k < last; k++)
            gf_layout_to(out, FIRST_COLUMN + (k - first) * COLUMN,
                         name_of(&points[k]));
        gf_layout_end(out);
        for (size_t i = 0; i < rows; i++) {
            add_name(out, &points[i * columns]);
            for (size_t k = first; k < last; k++) {
                gf_text_cut(&cell, 0);
                add_cell(&cell, &points[i * columns + k], false);
                gf_layout_to(out, FIRST_COLUMN + (k - first) * COLUMN,
                             gf_text_string(&cell));
            }
            gf_layout_end(out);
        }
    }
    gf_text_add(out, "\n0: stable for no h; n: radius 1, neutral\n");
    gf_layout_drop(out, &cell);
}

static void write_latex(gf_text *out, const gf_stability_points *points,
                        size_t rows, size_t columns)
{
    gf_text_add(out, "\\begin{tabular}{l");
    for (size_t k = 0; k < columns; k++)
        gf_text_add(out, "r");
    gf_text_add(out, "}\n\\hline\noptimizer");
    for (size_t k = 0; k < columns; k++)
        gf_text_addf(out, " & %s", name_of(&points[k]));
    gf_text_add(out, " \\\\\n\\hline\n");
    for (size_t i = 0; i < rows; i++) {
        add_name(out, &points[i * columns]);
        for (size_t k = 0; k < columns; k++) {
            gf_text_add(out, " & ");
            add_cell(out, &points[i * columns + k], true);
        }
        gf_text_add(out, " \\\\\n");
    }
    gf_text_add(out, "\\hline\n\\end{tabular}\n"
                     "% largest stable step h; 0: none; a circle: neutral, "
                     "spectral radius 1\n");
}

static gf_status write_json(gf_text *out, const gf_stability_points *points,
                            size_t count, gf_error *error)
{
    gf_status status = GF_OK;
    gf_json json;

    gf_json_init(&json, out);
    if (count != 1)
        gf_json_begin_array(&json);
    for (size_t i = 0; i < count && !status; i++)
        status = gf_stability_record(&json, &points[i], error);
    if (count != 1 && !status)
        gf_json_end_array(&json);
    gf_text_add_char(out, '\n');
    return status;
}

gf_status gf_report_stability(char **out, const gf_stability_points *points,
                              size_t rows, size_t columns,
                              const gf_report_options *options, gf_error *error)
{
    static const gf_report_options defaults = {.format = GF_FORMAT_TEXT};
    gf_status status = GF_OK;
    gf_text text;

    options = options ? options : &defaults;
    if (options->format == GF_FORMAT_CSV)
        return gf_error_set(error, GF_ARGUMENT, "the report has no CSV form");
    gf_text_init(&text);
    if (options->format == GF_FORMAT_JSON)
        status = write_json(&text, points, rows * columns, error);
    else if (options->format == GF_FORMAT_LATEX)
        write_latex(&text, points, rows, columns);
    else if (rows > 1)
        write_table(&text, points, rows, columns);
    else
        for (size_t k = 0; k < columns; k++) {
            gf_text_add(&text, k > 0 ? "\n" : "");
            gf_stability_note(&text, &points[k], options->verbose);
        }
    if (!status && text.failed)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status)
        *out = gf_text_take(&text);
    gf_text_clear(&text);
    return status;
}
