/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/show.h"

#include "report/explain.h"
#include "report/layout.h"
#include "report/note.h"
#include "report/record.h"

#include <string.h>

enum { FUNCTION_COUNT = 3, ORDER_COUNT = 3, FUNCTION_GAP = 3 };

static const char *const function_name[ORDER_COUNT][FUNCTION_COUNT] = {
    {"f1", "f2", "f3"},
    {"f1'", "f2'", "f3'"},
    {"f1''", "f2''", "f3''"},
};

/* The function i, differentiated so many times. */
static gf_expr function(const gf_field *field, const gf_formulas *f,
                        size_t order, size_t i)
{
    if (order == 0)
        return field->f_of_d[i];
    return order == 1 ? f->first[i] : f->second[i];
}

/* Functions side by side, derivatives below them. */
static void add_side_by_side(gf_text *out,
                             gf_text cell[ORDER_COUNT][FUNCTION_COUNT],
                             const size_t width[FUNCTION_COUNT])
{
    for (size_t order = 0; order < ORDER_COUNT; order++) {
        size_t column = GF_NOTE_INDENT;
        for (size_t i = 0; i < FUNCTION_COUNT; i++) {
            gf_layout_to(out, column, function_name[order][i]);
            gf_layout_to(out, column + 5, "= ");
            gf_text_add(out, gf_text_string(&cell[order][i]));
            column += width[i] + 7 + FUNCTION_GAP;
        }
        gf_layout_end(out);
    }
}

static void add_stacked(gf_text *out, gf_text cell[ORDER_COUNT][FUNCTION_COUNT])
{
    for (size_t i = 0; i < FUNCTION_COUNT; i++) {
        for (size_t order = 0; order < ORDER_COUNT; order++) {
            gf_layout_to(out, GF_NOTE_INDENT, function_name[order][i]);
            gf_layout_to(out, GF_NOTE_INDENT + 5, "= ");
            gf_layout_formula(out, GF_NOTE_INDENT + 9,
                              gf_text_string(&cell[order][i]));
            gf_layout_end(out);
        }
    }
}

static void add_functions(gf_text *out, const gf_field *field,
                          const gf_formulas *f)
{
    gf_text cell[ORDER_COUNT][FUNCTION_COUNT];
    size_t width[FUNCTION_COUNT] = {0}, sum = GF_NOTE_INDENT;

    for (size_t i = 0; i < FUNCTION_COUNT; i++) {
        for (size_t order = 0; order < ORDER_COUNT; order++) {
            gf_text *text = &cell[order][i];
            gf_text_init(text);
            gf_layout_expr(text, field->graph, function(field, f, order, i));
            width[i] = text->length > width[i] ? text->length : width[i];
        }
        sum += width[i] + 7 + FUNCTION_GAP;
    }
    if (sum <= GF_LAYOUT_COLUMNS + FUNCTION_GAP)
        add_side_by_side(out, cell, width);
    else
        add_stacked(out, cell);
    for (size_t i = 0; i < FUNCTION_COUNT; i++) {
        for (size_t order = 0; order < ORDER_COUNT; order++)
            gf_layout_drop(out, &cell[order][i]);
    }
}

static void add_labelled(gf_text *out, const char *label, const char *left,
                         const gf_graph *graph, gf_expr e)
{
    gf_text formula;

    gf_text_init(&formula);
    gf_layout_expr(&formula, graph, e);
    gf_layout_to(out, GF_NOTE_INDENT, label);
    gf_layout_to(out, GF_NOTE_VALUE, left);
    gf_layout_formula(out, GF_NOTE_VALUE + 4, gf_text_string(&formula));
    gf_layout_end(out);
    gf_layout_drop(out, &formula);
}

static void add_domain(gf_text *out, const gf_field *field)
{
    gf_text words;

    gf_text_init(&words);
    if (field->kind == GF_POINTWISE) {
        gf_note_range(&words, "D", field->d_domain);
    } else {
        for (size_t i = 0; i < 2; i++) {
            gf_text_add(&words, i > 0 ? ", " : "");
            gf_note_range(&words, field->axis_name[i], field->domain[i]);
        }
    }
    if (field->has_physical) {
        gf_text_add(&words, "; physical for ");
        gf_note_range(&words, field->axis_name[1], field->physical);
    }
    gf_note_row(out, "domain", gf_text_string(&words));
    gf_layout_drop(out, &words);
}

/* D0, and what makes it so. */
static void add_d0(gf_text *out, const gf_field *field, const gf_formulas *f)
{
    const gf_equilibrium *eq = &field->equilibrium;
    char number[GF_LAYOUT_FIGURE];
    gf_text words;

    gf_text_init(&words);
    gf_layout_figure(number, gf_field_d(field, eq->d0));
    if (eq->exact != GF_EXPR_NONE && !field->link_text)
        gf_layout_expr(&words, field->graph, eq->exact);
    if (strcmp(gf_text_string(&words), number) != 0)
        gf_text_addf(&words, "%s%s", words.length > 0 ? " = " : "", number);
    gf_text_add(&words, eq->chosen             ? ", a choice among the roots of"
                        : eq->unique == GF_YES ? ", the only root of"
                                               : ", a root of");
    gf_layout_to(out, GF_NOTE_INDENT, "D0");
    gf_layout_to(out, GF_NOTE_VALUE, gf_text_string(&words));
    gf_text_cut(&words, 0);
    gf_text_add(&words, "f1' + f2' = ");
    gf_layout_expr(&words, field->graph, f->slope);
    if (gf_layout_column(out) + 1 + words.length > GF_LAYOUT_COLUMNS)
        gf_layout_end(out);
    gf_layout_to(out, GF_NOTE_VALUE, "");
    gf_layout_formula(out, GF_NOTE_VALUE + 4, gf_text_string(&words));
    gf_layout_end(out);
    gf_layout_drop(out, &words);
}

/* One entry of the Jacobian; its size where nobody would read it. */
static void add_entry(gf_text *out, const gf_field *field, const gf_formulas *f,
                      size_t i, size_t j)
{
    enum { LONGEST = 600 };
    const char *name[] = {field->axis_name[0], field->axis_name[1]};
    size_t width = strlen(name[0]), other = strlen(name[1]);
    gf_text left, formula;

    width = 9 + 2 * (other > width ? other : width);
    gf_text_init(&left);
    gf_text_init(&formula);
    gf_text_addf(&left, "d(d%s/dt)/d%s", name[i], name[j]);
    gf_layout_to(out, GF_NOTE_VALUE, gf_text_string(&left));
    gf_layout_to(out, GF_NOTE_VALUE + width, " = ");
    gf_layout_expr(&formula, field->graph, f->jacobian[i][j]);
    if (formula.length > LONGEST)
        gf_text_addf(out, "(%zu characters: see --json)", formula.length);
    else
        gf_layout_formula(out, GF_NOTE_VALUE + 4, gf_text_string(&formula));
    gf_layout_end(out);
    gf_layout_drop(out, &left);
    gf_layout_drop(out, &formula);
}

static void add_jacobian(gf_text *out, const gf_field *field,
                         const gf_formulas *f)
{
    for (size_t i = 0; i < 4; i++) {
        gf_layout_to(out, GF_NOTE_INDENT, i == 0 ? "Jacobian" : "");
        add_entry(out, field, f, i / 2, i % 2);
    }
}

/* "(p_g - p_d)^2/(2*b) + W(D)", b put in. */
static void add_energy_form(gf_text *out, const gf_field *field)
{
    char twice[GF_LAYOUT_FIGURE];

    gf_text_addf(out, "(p_g - p_d)^2/%s + W(%s)",
                 gf_layout_figure(twice, 2 * field->speed[1]),
                 field->axis_name[0]);
}

static void add_energy(gf_text *out, const gf_classification *c,
                       const gf_formulas *f)
{
    const gf_field *field = c->field;

    gf_layout_to(out, GF_NOTE_INDENT, "energy");
    gf_layout_to(out, GF_NOTE_VALUE, "E = ");
    add_energy_form(out, field);
    gf_layout_end(out);
    if (c->energy.w != GF_EXPR_NONE)
        add_labelled(out, "", "W = ", field->graph, c->energy.w);
    else
        gf_note_row(out, "", "W by quadrature, in no closed form");
    add_labelled(out, "", "dE/dt = ", field->graph, f->decay);
}

static void write_latex(gf_text *out, const gf_classification *c,
                        gf_formulas *f)
{
    const gf_field *field = c->field;
    gf_prose prose;

    gf_prose_init(&prose, out, field->graph, true);
    gf_prose_title(&prose, field->name, field->title, field->source);
    gf_explain_field(&prose, field);
    gf_explain_d0(&prose, field, f);
    gf_prose_begin(&prose, "The Jacobian");
    if (gf_explain_is_readable(&prose, f->jacobian)) {
        gf_prose_add(&prose, "In the symbols it is");
        gf_prose_matrix(&prose, "J", f->jacobian);
    } else {
        gf_prose_add(&prose, "Its formulas are too long to be read.");
    }
    if (c->has_energy && c->energy.w != GF_EXPR_NONE) {
        char number[GF_LAYOUT_FIGURE];
        gf_prose_add(&prose, "and the energy {E = (p_g - p_d)^2/%s + W} has",
                     gf_layout_figure(number, 2 * field->speed[1]));
        gf_prose_equation(&prose, "W", NULL, c->energy.w);
        gf_prose_equation(&prose, "\\frac{dE}{dt}", NULL, f->decay);
    }
    gf_prose_end(&prose);
    gf_prose_clear(&prose);
}

gf_status gf_show_write(gf_text *out, const gf_classification *c, bool is_latex,
                        gf_error *error)
{
    const gf_field *field = c->field;
    gf_formulas f;

    gf_status status = gf_formulas_find(&f, field, error);
    if (status)
        return status;
    if (is_latex) {
        write_latex(out, c, &f);
        return GF_OK;
    }
    gf_note_head(out, field);
    if (field->kind == GF_POINTWISE)
        add_functions(out, field, &f);
    gf_note_dynamics(out, field);
    add_domain(out, field);
    if (field->kind == GF_POINTWISE)
        add_d0(out, field, &f);
    add_jacobian(out, field, &f);
    if (c->has_energy)
        add_energy(out, c, &f);
    return GF_OK;
}
