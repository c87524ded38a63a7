/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/explain.h"

#include "report/layout.h"
#include "report/note.h"

#include <stdio.h>
#include <stdlib.h>

enum { LONGEST_FORMULA = 400 };

bool gf_explain_is_long(const gf_prose *prose, gf_expr e)
{
    gf_text text;

    gf_text_init(&text);
    gf_layout_expr(&text, prose->graph, e);
    bool result = text.length > LONGEST_FORMULA;
    gf_layout_drop(prose->out, &text);
    return result;
}

static void add_velocity(gf_prose *prose, const gf_field *field, size_t i,
                         const char *middle)
{
    gf_text left;

    gf_text_init(&left);
    gf_text_add(&left, prose->is_latex ? "\\frac{d" : "d");
    gf_prose_expr(prose, &left, field->axis[i]);
    gf_text_add(&left, prose->is_latex ? "}{dt}" : "/dt");
    if (gf_explain_is_long(prose, field->velocity[i]) &&
        field->velocity_text[i])
        gf_prose_quote(prose, gf_text_string(&left), field->velocity_text[i]);
    else
        gf_prose_equation(prose, gf_text_string(&left), middle,
                          gf_explain_is_long(prose, field->velocity[i])
                              ? GF_EXPR_NONE
                              : field->velocity[i]);
    gf_layout_drop(prose->out, &left);
}

static void add_values(gf_prose *prose, const gf_field *field)
{
    char number[GF_LAYOUT_FIGURE];

    for (size_t i = 0; i < field->parameter_count; i++) {
        gf_text name;
        gf_text_init(&name);
        gf_prose_expr(prose, &name, field->parameter[i].symbol);
        gf_prose_add(prose, "%s{%s~=~%s}", i == 0 ? "Here " : ", ",
                     gf_text_string(&name),
                     gf_layout_figure(number, field->parameter[i].number));
        gf_layout_drop(prose->out, &name);
    }
    if (field->parameter_count > 0)
        gf_prose_add(prose, ".");
}

static void add_speeds(gf_prose *prose, const gf_field *field)
{
    char a[GF_LAYOUT_FIGURE], b[GF_LAYOUT_FIGURE];

    if (field->speed[0] != 1 || field->speed[1] != 1)
        gf_prose_add(prose,
                     "The speeds, {%s} of the critic and {%s} of the "
                     "generator, are included.",
                     gf_layout_figure(a, field->speed[0]),
                     gf_layout_figure(b, field->speed[1]));
}

const char *gf_explain_factor(char out[static GF_EXPLAIN_FACTOR], double factor)
{
    char number[GF_LAYOUT_FIGURE];

    snprintf(out, GF_EXPLAIN_FACTOR, "%s ", gf_layout_figure(number, factor));
    return factor == 1 ? "" : out;
}

/* dD/dt and dp_g/dt in f1, f2, f3 and in full. */
static void add_velocities(gf_prose *prose, const gf_field *field)
{
    char factor[GF_EXPLAIN_FACTOR], middle[100];

    snprintf(middle, sizeof middle,
             field->link != GF_EXPR_NONE
                 ? "%slink'(u) (p_d f1'(D) + p_g f2'(D))"
             : field->speed[0] == 1 ? "%sp_d f1'(D) + p_g f2'(D)"
                                    : "%s(p_d f1'(D) + p_g f2'(D))",
             gf_explain_factor(factor, field->speed[0]));
    add_velocity(prose, field, 0, middle);
    snprintf(middle, sizeof middle,
             field->speed[1] == 1 ? "%sf3(D) - f3(D0)" : "%s(f3(D) - f3(D0))",
             gf_explain_factor(factor, field->speed[1]));
    add_velocity(prose, field, 1, middle);
}

static void explain_planar(gf_prose *prose, const gf_field *field)
{
    bool is_quoted = gf_explain_is_long(prose, field->velocity[0]) ||
                     gf_explain_is_long(prose, field->velocity[1]);

    gf_prose_begin(prose, "The field");
    gf_prose_add(prose, "Two players move by");
    for (size_t i = 0; i < 2; i++)
        add_velocity(prose, field, i, NULL);
    for (size_t i = 0; i < field->let_count && is_quoted; i++) {
        if (i == 0)
            gf_prose_add(prose, "with the functions");
        gf_prose_quote(prose, NULL, field->let_text[i]);
    }
    add_speeds(prose, field);
    add_values(prose, field);
    gf_prose_end(prose);
}

void gf_explain_field(gf_prose *prose, const gf_field *field)
{
    static const char *const name[] = {"f1(D)", "f2(D)", "f3(D)"};

    if (field->kind == GF_PLANAR) {
        explain_planar(prose, field);
        return;
    }
    gf_prose_begin(prose, "The field");
    gf_prose_add(prose, "At one point of the data the critic ascends {p_d "
                        "f1(D) + p_g f2(D)} and the generator {p_g f3(D)}, "
                        "with");
    for (size_t i = 0; i < 3; i++)
        gf_prose_equation(prose, name[i], NULL, field->f_of_d[i]);
    if (field->link != GF_EXPR_NONE) {
        gf_prose_add(prose, "What the critic moves is {u}, by the link");
        gf_prose_equation(prose, "D", NULL, field->link);
    }
    gf_prose_add(prose, "Hence");
    add_velocities(prose, field);
    gf_prose_add(prose, "where subtracting {f3(D0)} keeps the mass of {p_g}.");
    add_speeds(prose, field);
    add_values(prose, field);
    gf_prose_end(prose);
}

void gf_explain_d0(gf_prose *prose, const gf_field *field,
                   const gf_formulas *formulas)
{
    const gf_equilibrium *eq = &field->equilibrium;
    char d0[GF_LAYOUT_FIGURE], other[GF_LAYOUT_FIGURE];

    if (field->kind == GF_PLANAR)
        return;
    gf_prose_begin(prose, "The wanted rest point");
    gf_prose_add(prose, "{p_g~=~p_d} is at rest where");
    gf_prose_equation(prose, "f1'(D) + f2'(D)", NULL, formulas->slope);
    gf_layout_figure(d0, gf_field_d(field, eq->d0));
    if (eq->arbitrary) {
        gf_prose_add(prose,
                     "is zero: for every {D}. So {D0} is a choice, a gauge; "
                     "here {D0~=~%s}.",
                     d0);
    } else if (eq->has_interval) {
        gf_text range;
        gf_text_init(&range);
        gf_note_range(&range, "D", eq->interval);
        gf_prose_add(prose,
                     "is zero: for {%s}. So {D0} is a choice, a gauge; here "
                     "{D0~=~%s}.",
                     gf_text_string(&range), d0);
        gf_layout_drop(prose->out, &range);
    } else {
        gf_prose_add(prose, "is zero: at {D0~=~%s}%s", d0,
                     eq->unique == GF_YES ? ", its only root (proved)." : ".");
        for (size_t i = 0; i < eq->count && eq->count > 1; i++)
            gf_prose_add(prose, "%s{%s}", i == 0 ? "All roots found:" : ", ",
                         gf_layout_figure(other, eq->value[i]));
        gf_prose_add(prose, eq->count > 1 ? "; this one is chosen." : "");
    }
    gf_prose_end(prose);
}

/* What the verdict means. */
static const char *meaning(gf_outcome verdict)
{
    switch (verdict) {
    case GF_OUTCOME_STABLE:
        return ": every start near enough converges to the wanted rest point.";
    case GF_OUTCOME_CENTER:
        return ": starts near the wanted rest point circle round it for ever.";
    case GF_OUTCOME_UNSTABLE:
        return ": some starts as near to the wanted rest point as one likes "
               "leave.";
    default:
        return ".";
    }
}

gf_status gf_explain(gf_text *out, const gf_classification *c, bool is_latex,
                     gf_error *error)
{
    const gf_field *field = c->field;
    gf_formulas formulas;
    gf_prose prose;

    gf_status status = gf_formulas_find(&formulas, field, error);
    if (status)
        return status;
    gf_prose_init(&prose, out, field->graph, is_latex);
    gf_prose_title(&prose, field->name, field->title, field->source);
    gf_explain_field(&prose, field);
    gf_explain_d0(&prose, field, &formulas);
    gf_explain_point(&prose, c, &formulas);
    gf_explain_energy(&prose, c, &formulas);
    gf_explain_others(&prose, c);
    gf_prose_begin(&prose, "Verdict");
    gf_prose_add(&prose, "%s%s", gf_note_verdict(c), meaning(c->verdict));
    gf_prose_end(&prose);
    gf_prose_clear(&prose);
    return GF_OK;
}
