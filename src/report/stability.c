/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stability of optimizers: one at a time, or rules against variants. */
#include <ganfield/report.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/layout.h"
#include "report/stability.h"

/* Columns of the values, the first of them at least so far to the right. */
enum { TABLE_DIGITS = 6, FIRST_COLUMN = 34, COLUMN = 15, GAP = 2 };

/* A number, of LaTeX as 4 \\cdot 10^{-9}. */
static void add_number(gf_text *out, double x, int digits, bool is_latex)
{
    size_t from = out->length;

    gf_layout_number(out, x, digits);
    const char *power = strchr(gf_text_string(out) + from, 'e');
    if (!power || !is_latex)
        return;
    int n = atoi(power + 1);
    gf_text_cut(out, (size_t)(power - gf_text_string(out)));
    gf_text_addf(out, "$\\cdot10^{%d}$", n);
}

/* A name as LaTeX reads it. */
static void add_escaped(gf_text *out, const char *name)
{
    for (; *name; name++) {
        if (strchr("_%&#$", *name))
            gf_text_add_char(out, '\\');
        gf_text_add_char(out, *name);
    }
}

/* The point of which a table speaks, or NULL: no rest point, or a kink. */
static const gf_stability_result *point_of(const gf_stability_points *points)
{
    const gf_classification *c = points->classification;
    size_t i = c && c->wanted < c->count ? c->wanted : 0;
    const gf_stability_result *s = points->count > i ? &points->point[i] : NULL;

    return s && s->state > 0 ? s : NULL;
}

/* What a table says of it: the end of its first interval, marked where there
   are more. */
static void add_cell(gf_text *out, const gf_stability_points *points,
                     bool is_latex)
{
    const gf_stability_result *s = point_of(points);
    const gf_steps_list *list = NULL;

    if (s && s->stable.count > 0)
        list = &s->stable;
    else if (s && s->neutral.count > 0)
        list = &s->neutral;
    if (!list) {
        gf_text_add(out, s ? "0" : "-");
        return;
    }
    if (list->interval[0].lo > 0) {
        add_number(out, list->interval[0].lo, 3, is_latex);
        gf_text_add(out, is_latex ? "--" : "..");
    }
    if (isfinite(list->interval[0].hi))
        add_number(out, list->interval[0].hi, TABLE_DIGITS, is_latex);
    else
        gf_text_add(out, is_latex ? "$\\infty$" : "inf");
    if (list == &s->neutral)
        gf_text_add(out, is_latex ? "\\,$^{*}$" : " n");
    else if (list->count > 1)
        gf_text_add(out, is_latex ? "\\,$^{+}$" : " +");
}

/* What the marks of a table mean; the rarer ones where they occur. */
static void add_legend(gf_text *out, const gf_stability_points *points,
                       size_t count, bool is_latex)
{
    bool is_again = false, is_none = false;

    for (size_t i = 0; i < count; i++) {
        const gf_stability_result *s = point_of(&points[i]);
        is_none = is_none || !s;
        is_again = is_again || (s && s->stable.count > 1);
    }
    gf_text_add(out, is_latex
                         ? "\\par\\smallskip{\\footnotesize Largest stable "
                           "step $h$. 0: none; $^{*}$: neutral,\nspectral "
                           "radius 1"
                         : "\n0: stable for no h; n: radius 1, neutral");
    if (is_again)
        gf_text_add(out, is_latex ? ";\n$^{+}$: stable again further up"
                                  : "\n+: stable again further up");
    if (is_none)
        gf_text_add(
            out, is_latex ? ";\n-: no rest point, or the rule does not apply"
                          : "\n-: no rest point, or the rule does not apply");
    gf_text_add(out, is_latex ? ".\\par}\n" : "\n");
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

static void add_name(gf_text *out, const gf_stability_points *points,
                     bool is_latex)
{
    gf_text name;

    gf_text_init(&name);
    gf_stability_add_rule(&name, &points->optimizer, false);
    if (is_latex)
        add_escaped(out, gf_text_string(&name));
    else
        gf_text_add(out, gf_text_string(&name));
    gf_layout_drop(out, &name);
    if (points->options.order == GF_ALTERNATING)
        gf_text_addf(out, ", %s", order_mark(points));
}

/* Where the values begin: behind the longest name. */
static size_t first_column(const gf_stability_points *points, size_t rows,
                           size_t columns)
{
    size_t widest = FIRST_COLUMN - GAP;
    gf_text name;

    gf_text_init(&name);
    for (size_t i = 0; i < rows; i++) {
        gf_text_cut(&name, 0);
        add_name(&name, &points[i * columns], false);
        if (name.length > widest)
            widest = name.length;
    }
    gf_text_clear(&name);
    return widest + GAP;
}

static void write_table(gf_text *out, const gf_stability_points *points,
                        size_t rows, size_t columns)
{
    size_t from = first_column(points, rows, columns);
    size_t most = from + COLUMN < GF_LAYOUT_COLUMNS
                      ? (GF_LAYOUT_COLUMNS - from) / COLUMN
                      : 1;
    gf_text cell;

    gf_text_init(&cell);
    for (size_t first = 0; first < columns; first += most) {
        size_t last = first + most < columns ? first + most : columns;
        gf_text_add(out, first > 0 ? "\nlargest h" : "largest h");
        for (size_t k = first; k < last; k++)
            gf_layout_to(out, from + (k - first) * COLUMN, name_of(&points[k]));
        gf_layout_end(out);
        for (size_t i = 0; i < rows; i++) {
            add_name(out, &points[i * columns], false);
            for (size_t k = first; k < last; k++) {
                gf_text_cut(&cell, 0);
                add_cell(&cell, &points[i * columns + k], false);
                gf_layout_to(out, from + (k - first) * COLUMN,
                             gf_text_string(&cell));
            }
            gf_layout_end(out);
        }
    }
    add_legend(out, points, rows * columns, false);
    gf_layout_drop(out, &cell);
}

static void write_latex(gf_text *out, const gf_stability_points *points,
                        size_t rows, size_t columns)
{
    gf_text_add(out, "\\begin{tabular}{l");
    for (size_t k = 0; k < columns; k++)
        gf_text_add(out, "r");
    gf_text_add(out, "}\n\\hline\noptimizer");
    for (size_t k = 0; k < columns; k++) {
        gf_text_add(out, " & ");
        add_escaped(out, name_of(&points[k]));
    }
    gf_text_add(out, " \\\\\n\\hline\n");
    for (size_t i = 0; i < rows; i++) {
        add_name(out, &points[i * columns], true);
        for (size_t k = 0; k < columns; k++) {
            gf_text_add(out, " & ");
            add_cell(out, &points[i * columns + k], true);
        }
        gf_text_add(out, " \\\\\n");
    }
    gf_text_add(out, "\\hline\n\\end{tabular}\n");
    add_legend(out, points, rows * columns, true);
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
