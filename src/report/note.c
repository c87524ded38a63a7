/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/note.h"

#include "report/layout.h"

/* D0 where the functions alone do not give it. */
static void add_gauge(gf_text *out, const gf_field *field)
{
    const gf_equilibrium *eq = &field->equilibrium;
    gf_text words;

    if (field->kind != GF_POINTWISE ||
        !(eq->chosen || eq->arbitrary || eq->has_interval))
        return;
    gf_text_init(&words);
    gf_text_add(&words, "D0~=~");
    gf_layout_number(&words, gf_field_d(field, eq->d0), GF_LAYOUT_DIGITS);
    if (eq->arbitrary) {
        gf_text_add(&words, ", a choice: f1' + f2' = 0 for every~D");
    } else if (eq->has_interval) {
        gf_text_add(&words, ", a choice: f1' + f2' = 0 for ");
        gf_note_range(&words, "D", eq->interval);
    } else {
        gf_text_add(&words, ", a choice; roots of f1' + f2' are");
        for (size_t i = 0; i < eq->count; i++) {
            gf_text_add(&words, i > 0 ? ", " : " ");
            gf_layout_number(&words, eq->value[i], GF_LAYOUT_DIGITS);
        }
    }
    gf_note_row(out, "gauge", gf_text_string(&words));
    gf_layout_drop(out, &words);
}

const char *gf_note_verdict(const gf_classification *c)
{
    switch (c->verdict) {
    case GF_OUTCOME_UNKNOWN:
        return "unknown: neither stable nor unstable is proved";
    case GF_OUTCOME_NONE:
        for (size_t i = 0; i < c->count; i++)
            if (c->point[i].line && c->has_energy)
                return "none: p_g~=~p_d is one of a line of rest points";
        if (c->field->kind == GF_POINTWISE)
            return "none: there is no rest point with p_g~=~p_d";
        return c->field->has_rest
                   ? "none: the point that the field wants is not at rest"
                   : "none: the field does not say which rest point is wanted";
    default:
        return gf_outcome_name(c->verdict);
    }
}

void gf_note_write(gf_text *out, const gf_classification *c, bool verbose)
{
    gf_note_head(out, c->field);
    gf_note_dynamics(out, c->field);
    add_gauge(out, c->field);
    gf_note_points(out, c, verbose);
    gf_note_conditions(out, c, verbose);
    gf_note_energy(out, c, verbose);
    gf_note_row(out, "verdict", gf_note_verdict(c));
}
