/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts: their numbers with what they are to agree with, and their table. */
#include <ganfield/report.h>

#include <math.h>
#include <string.h>

#include "report/layout.h"
#include "report/record.h"

enum { ROWS_SHOWN = 21, COLUMN = 13, WIDE = 18, DIGITS = 6, VALUE = 38 };

static void add_cell(gf_text *out, size_t column, double x)
{
    gf_text cell;

    gf_text_init(&cell);
    if (isnan(x))
        gf_text_add(&cell, "-");
    else if (isinf(x))
        gf_text_add(&cell, x > 0 ? "∞" : "-∞");
    else
        gf_layout_number(&cell, x, DIGITS);
    gf_layout_to(out, column, gf_text_string(&cell));
    gf_layout_drop(out, &cell);
}

static void add_note(gf_text *out, const gf_fact_note *note)
{
    char figure[GF_LAYOUT_FIGURE];

    gf_layout_to(out, 2, note->label);
    if (!isnan(note->value))
        gf_layout_to(out, VALUE, gf_layout_figure(figure, note->value));
    gf_layout_end(out);
    if (isnan(note->other))
        return;
    gf_layout_to(out, 4, note->against);
    gf_layout_to(out, VALUE, gf_layout_figure(figure, note->other));
    gf_layout_end(out);
}

static void write_text(gf_text *out, const gf_fact *fact)
{
    size_t step = (fact->rows + ROWS_SHOWN - 1) / ROWS_SHOWN;
    size_t width = fact->columns <= 5 ? WIDE - 2 : COLUMN;

    width = fact->columns <= 4 ? WIDE : width;
    gf_text_addf(out, "%s   %s [%s]\n", fact->name, fact->title, fact->source);
    for (size_t i = 0; i < fact->notes; i++)
        add_note(out, &fact->note[i]);
    gf_text_add_char(out, '\n');
    for (size_t k = 0; k < fact->columns; k++)
        gf_layout_to(out, k * width, fact->column[k]);
    gf_layout_end(out);
    for (size_t i = 0; i < fact->rows; i++) {
        if (i % step != 0)
            continue;
        for (size_t k = 0; k < fact->columns; k++)
            add_cell(out, k * width, fact->cell[i * fact->columns + k]);
        gf_layout_end(out);
    }
}

static void write_json(gf_text *out, const gf_fact *fact)
{
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_record_string(&json, "schema", "ganfield/fact/1");
    gf_record_string(&json, "fact", fact->name);
    gf_record_string(&json, "title", fact->title);
    gf_record_string(&json, "source", fact->source);
    gf_json_key(&json, "numbers");
    gf_json_begin_array(&json);
    for (size_t i = 0; i < fact->notes; i++) {
        const gf_fact_note *note = &fact->note[i];
        gf_json_begin_object(&json);
        gf_record_string(&json, "label", note->label);
        gf_record_number(&json, "value", note->value);
        gf_record_string(&json, "against",
                         note->against[0] ? note->against : NULL);
        gf_record_number(&json, "other", note->other);
        gf_json_end_object(&json);
    }
    gf_json_end_array(&json);
    gf_json_key(&json, "columns");
    gf_json_begin_object(&json);
    for (size_t k = 0; k < fact->columns; k++) {
        gf_json_key(&json, fact->column[k]);
        gf_json_begin_array(&json);
        for (size_t i = 0; i < fact->rows; i++)
            gf_json_number(&json, fact->cell[i * fact->columns + k]);
        gf_json_end_array(&json);
    }
    gf_json_end_object(&json);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

static void write_csv(gf_text *out, const gf_fact *fact)
{
    for (size_t k = 0; k < fact->columns; k++)
        gf_text_addf(out, "%s\"%s\"", k ? "," : "", fact->column[k]);
    gf_text_add_char(out, '\n');
    for (size_t i = 0; i < fact->rows; i++)
        for (size_t k = 0; k < fact->columns; k++) {
            gf_text_add_number(out, fact->cell[i * fact->columns + k]);
            gf_text_add_char(out, k + 1 < fact->columns ? ',' : '\n');
        }
}

gf_status gf_report_fact(char **out, const gf_fact *fact,
                         const gf_report_options *options, gf_error *error)
{
    gf_format format = options ? options->format : GF_FORMAT_TEXT;
    gf_text text;

    if (format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "a fact has no LaTeX form");
    gf_text_init(&text);
    if (format == GF_FORMAT_JSON)
        write_json(&text, fact);
    else if (format == GF_FORMAT_CSV)
        write_csv(&text, fact);
    else
        write_text(&text, fact);
    *out = gf_text_take(&text);
    if (*out)
        return GF_OK;
    return gf_error_set(error, GF_MEMORY, "out of memory");
}
