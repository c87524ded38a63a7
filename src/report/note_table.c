/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several classifications, a line each: as many digits as fit 80 columns. */
#include "report/note.h"

#include "base/utf8.h"
#include "report/layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMN_COUNT = 6, GAP = 2, MOST_DIGITS = 6, LEAST_DIGITS = 3 };

static const char *const heading[COLUMN_COUNT] = {
    "name", "D0", "eigenvalues", "verdict", "type", "E <",
};

typedef struct row {
    gf_text cell[COLUMN_COUNT];
} row;

/* The type without what the verdict says already: "focus". */
static const char *short_type(const gf_classification *c, gf_type type)
{
    const char *name = gf_type_name(type),
               *verdict = gf_outcome_name(c->verdict);
    size_t length = strlen(verdict);

    if (strncmp(name, verdict, length) == 0 && name[length] == ' ')
        return name + length + 1;
    return name;
}

static void add_region(gf_text *out, const gf_classification *c)
{
    if (!c->has_energy || c->energy.region == GF_REGION_NONE) {
        gf_text_add(out, "-");
    } else if (c->energy.region == GF_REGION_WHOLE) {
        gf_text_add(out, "all");
    } else if (isfinite(c->energy.region_level)) {
        gf_layout_number(out, c->energy.region_level, LEAST_DIGITS);
    } else {
        gf_note_range(out, c->field->axis_name[0], c->energy.interval);
    }
}

/* "-0.8±1.83i" */
static void squeeze(gf_text *text)
{
    gf_text tight;

    gf_text_init(&tight);
    for (const char *t = gf_text_string(text); *t; t++) {
        if (*t != '~')
            gf_text_add_char(&tight, *t);
    }
    gf_text_cut(text, 0);
    gf_text_add(text, gf_text_string(&tight));
    gf_layout_drop(text, &tight);
}

static void fill(row *r, const gf_classification *c, int digits, bool is_tight)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        gf_text_init(&r->cell[i]);
    gf_text_add(&r->cell[0], c->field->name);
    if (c->field->kind == GF_POINTWISE)
        gf_layout_number(&r->cell[1],
                         gf_field_d(c->field, c->field->equilibrium.d0),
                         digits);
    else
        gf_text_add(&r->cell[1], "-");
    const gf_rest_point *p = c->wanted < c->count ? &c->point[c->wanted] : NULL;
    if (p && p->smooth)
        gf_note_eigenvalues(&r->cell[2], &p->spectrum, digits);
    else
        gf_text_add(&r->cell[2], "-");
    if (is_tight)
        squeeze(&r->cell[2]);
    gf_text_add(&r->cell[3], gf_outcome_name(c->verdict));
    gf_text_add(&r->cell[4], p ? short_type(c, p->type) : "-");
    add_region(&r->cell[5], c);
}

static void clear(gf_text *out, row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < COLUMN_COUNT; j++)
            gf_layout_drop(out, &rows[i].cell[j]);
    }
}

static size_t measure(size_t width[COLUMN_COUNT], const row *rows, size_t count)
{
    size_t sum = (COLUMN_COUNT - 1) * GAP;

    for (size_t j = 0; j < COLUMN_COUNT; j++) {
        width[j] = gf_layout_width(heading[j]);
        for (size_t i = 0; i < count; i++) {
            size_t w = gf_layout_width(gf_text_string(&rows[i].cell[j]));
            width[j] = w > width[j] ? w : width[j];
        }
        sum += width[j];
    }
    return sum;
}

/* A cell cut to its width, with "…" where something is left out. */
static void add_cell(gf_text *out, size_t column, const char *cell,
                     size_t width)
{
    bool is_cut = gf_layout_width(cell) > width;
    size_t room = is_cut ? width - 1 : width, length = strlen(cell);

    gf_layout_to(out, column, "");
    for (size_t i = 0, n = 0; i < length && n < room; n++) {
        size_t step = gf_utf8_step(cell + i, length - i);
        if (cell[i] == '~')
            gf_text_add_char(out, ' ');
        else
            gf_text_add_n(out, cell + i, step);
        i += step;
    }
    if (is_cut)
        gf_text_add(out, "…");
}

static void write_table(gf_text *out, const row *rows, size_t count,
                        const size_t width[COLUMN_COUNT])
{
    for (size_t i = 0; i <= count; i++) {
        size_t column = 0;
        for (size_t j = 0; j < COLUMN_COUNT; j++) {
            const char *cell =
                i == 0 ? heading[j] : gf_text_string(&rows[i - 1].cell[j]);
            add_cell(out, column, cell, width[j]);
            column += width[j] + GAP;
        }
        gf_layout_end(out);
    }
}

void gf_note_table(gf_text *out, const gf_classification *const *c,
                   size_t count)
{
    size_t width[COLUMN_COUNT], sum = 0;
    row *rows = calloc(count, sizeof *rows);

    if (!rows) {
        out->failed = true;
        return;
    }
    for (int digits = MOST_DIGITS; digits >= LEAST_DIGITS - 1; digits--) {
        bool is_tight = digits < LEAST_DIGITS;
        clear(out, rows, count);
        for (size_t i = 0; i < count; i++)
            fill(&rows[i], c[i], is_tight ? LEAST_DIGITS : digits, is_tight);
        sum = measure(width, rows, count);
        if (sum <= GF_LAYOUT_COLUMNS)
            break;
    }
    if (sum > GF_LAYOUT_COLUMNS) {
        size_t excess = sum - GF_LAYOUT_COLUMNS;
        width[0] = width[0] > excess + 4 ? width[0] - excess : 4;
    }
    write_table(out, rows, count, width);
    clear(out, rows, count);
    free(rows);
}
