/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/show.h"

#include "base/utf8.h"
#include "report/layout.h"
#include "report/record.h"

#include <string.h>

enum { GAP = 2, VERDICT_WIDTH = 8, WIDEST_NAME = 40 };

/* The beginning of a string that fits, with "…" where it goes on. */
static void add_start(gf_text *out, const char *string, size_t room)
{
    size_t length = strlen(string), width = gf_layout_width(string);
    size_t keep = width > room ? room - 1 : width, i = 0;

    for (size_t n = 0; n < keep; n++)
        i += gf_utf8_step(string + i, length - i);
    gf_text_add_n(out, string, i);
    if (width > room)
        gf_text_add(out, "…");
}

static void add_row(gf_text *out, size_t column, const char *name,
                    const char *verdict, const char *title)
{
    add_start(out, name, column - GAP);
    gf_layout_to(out, column, verdict);
    gf_layout_to(out, column + VERDICT_WIDTH + GAP, "");
    add_start(out, title, GF_LAYOUT_COLUMNS - gf_layout_column(out));
    gf_layout_end(out);
}

void gf_list_write(gf_text *out, const gf_classification *const *c,
                   size_t count)
{
    size_t column = GAP;

    for (size_t i = 0; i < count; i++) {
        size_t width = gf_layout_width(c[i]->field->name);
        width = width < WIDEST_NAME ? width : WIDEST_NAME;
        column = width + GAP > column ? width + GAP : column;
    }
    add_row(out, column, "name", "verdict", "title");
    for (size_t i = 0; i < count; i++)
        add_row(out, column, c[i]->field->name, gf_outcome_name(c[i]->verdict),
                c[i]->field->title);
}

void gf_record_entry(gf_json *json, const gf_classification *c)
{
    static const char *const f[] = {"f1", "f2", "f3"};
    const gf_field *field = c->field;

    gf_json_begin_object(json);
    gf_record_string(json, "name", field->name);
    gf_record_string(json, "title", field->title[0] ? field->title : NULL);
    gf_record_string(json, "source", field->source[0] ? field->source : NULL);
    if (field->kind == GF_POINTWISE) {
        for (size_t i = 0; i < 3; i++)
            gf_record_string(json, f[i], field->f_text[i]);
        if (field->link_text)
            gf_record_string(json, "link", field->link_text);
    } else {
        gf_record_string(json, "du", field->velocity_text[0]);
        gf_record_string(json, "dv", field->velocity_text[1]);
    }
    gf_record_string(json, "verdict", gf_outcome_name(c->verdict));
    gf_json_end_object(json);
}
