/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/note.h"

#include "report/layout.h"

#include <stdlib.h>
#include <string.h>

/* Longer formulas are given as the user wrote them. */
enum { LONGEST_FORMULA = 320 };

void gf_note_row(gf_text *out, const char *label, const char *words)
{
    gf_layout_to(out, GF_NOTE_INDENT, label);
    gf_layout_to(out, GF_NOTE_VALUE, "");
    gf_layout_words(out, GF_NOTE_VALUE, words);
    gf_layout_end(out);
}

void gf_note_head(gf_text *out, const gf_field *field)
{
    gf_text title;

    gf_text_init(&title);
    gf_text_add(&title, field->title);
    if (field->source[0])
        gf_text_addf(&title, "%s[%s]", title.length > 0 ? " " : "",
                     field->source);
    gf_text_add(out, field->name);
    if (title.length > 0)
        gf_text_add(out, "   ");
    gf_layout_words(out, GF_NOTE_INDENT, gf_text_string(&title));
    gf_layout_end(out);
    gf_layout_drop(out, &title);
}

void gf_note_parameters(gf_text *out, const gf_field *field)
{
    const double *speed = field->speed;

    for (size_t i = 0; i < field->parameter_count; i++) {
        gf_text_addf(out, "%s%s~=~", i > 0 ? ", " : "",
                     field->parameter[i].name);
        gf_layout_number(out, field->parameter[i].number, GF_LAYOUT_DIGITS);
    }
    if (speed[0] == 1 && speed[1] == 1)
        return;
    gf_text_add(out, field->parameter_count > 0 ? ", speed~" : "speed~");
    gf_layout_number(out, speed[0], GF_LAYOUT_DIGITS);
    gf_text_add(out, "~:~");
    gf_layout_number(out, speed[1], GF_LAYOUT_DIGITS);
}

/* "  dp_g/dt", padded to the longer of both left sides, and " = ". */
static void add_left_side(gf_text *out, const gf_field *field, size_t i)
{
    size_t longest = 0;

    for (size_t j = 0; j < 2; j++) {
        size_t width = strlen(field->axis_name[j]);
        longest = width > longest ? width : longest;
    }
    gf_layout_to(out, GF_NOTE_INDENT, "d");
    gf_text_addf(out, "%s/dt", field->axis_name[i]);
    gf_layout_to(out, GF_NOTE_INDENT + longest + 4, " = ");
}

static void add_formula(gf_text *out, const char *label, const char *formula)
{
    gf_layout_to(out, GF_NOTE_INDENT, label);
    gf_layout_to(out, GF_NOTE_VALUE, "");
    gf_layout_formula(out, GF_NOTE_VALUE + 4, formula);
    gf_layout_end(out);
}

/* The texts of the field file, of which the velocities are made. */
static void add_definitions(gf_text *out, const gf_field *field)
{
    static const char *const name[] = {"f1(D) = ", "f2(D) = ", "f3(D) = "};
    bool is_first = true;

    for (size_t i = 0; i < 3 && field->kind == GF_POINTWISE; i++) {
        gf_layout_to(out, GF_NOTE_INDENT, is_first ? "with" : "");
        gf_layout_to(out, GF_NOTE_VALUE, name[i]);
        gf_layout_formula(out, GF_NOTE_VALUE + 8, field->f_text[i]);
        gf_layout_end(out);
        is_first = false;
    }
    for (size_t i = 0; i < field->let_count; i++) {
        add_formula(out, is_first ? "with" : "", field->let_text[i]);
        is_first = false;
    }
}

/* The velocity in the user's words. */
static const char *own_words(const gf_field *field, size_t i)
{
    if (field->kind == GF_PLANAR)
        return field->velocity_text[i];
    if (i == 1)
        return "f3(D) - f3(D0)";
    return field->link_text ? "link'(u)*(p_d*f1'(D) + p_g*f2'(D))"
                            : "p_d*f1'(D) + p_g*f2'(D)";
}

static bool fits_beside(const gf_text *note)
{
    return gf_layout_width(gf_text_string(note)) <=
           GF_LAYOUT_COLUMNS - GF_LAYOUT_RIGHT;
}

static void add_velocities(gf_text *out, const gf_field *field,
                           const gf_text beside[2])
{
    gf_text formula[2];
    bool is_long = false;

    for (size_t i = 0; i < 2; i++) {
        gf_text_init(&formula[i]);
        gf_layout_expr(&formula[i], field->graph, field->velocity[i]);
        is_long = is_long || formula[i].length > LONGEST_FORMULA;
    }
    for (size_t i = 0; i < 2; i++) {
        add_left_side(out, field, i);
        gf_layout_formula(out, gf_layout_column(out),
                          is_long ? own_words(field, i)
                                  : gf_text_string(&formula[i]));
        if (fits_beside(&beside[i]))
            gf_layout_right(out, gf_text_string(&beside[i]));
        gf_layout_end(out);
        gf_layout_drop(out, &formula[i]);
    }
    if (is_long)
        add_definitions(out, field);
}

void gf_note_dynamics(gf_text *out, const gf_field *field)
{
    gf_text beside[2]; /* the link beside du/dt, the parameters below it */

    gf_text_init(&beside[0]);
    gf_text_init(&beside[1]);
    if (field->link_text)
        gf_text_addf(&beside[0], "D = %s", field->link_text);
    gf_note_parameters(&beside[1], field);
    add_velocities(out, field, beside);
    if (!fits_beside(&beside[0]))
        add_formula(out, "link", gf_text_string(&beside[0]));
    if (!fits_beside(&beside[1]))
        gf_note_row(out, "where", gf_text_string(&beside[1]));
    gf_layout_drop(out, &beside[0]);
    gf_layout_drop(out, &beside[1]);
}
