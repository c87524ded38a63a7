/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/note.h"

#include "report/layout.h"

#include <math.h>

const char *gf_note_decided(gf_decided decided)
{
    switch (decided) {
    case GF_DECIDED_SYMBOLIC:
        return "by algebra";
    case GF_DECIDED_INTERVAL:
        return "by interval arithmetic";
    case GF_DECIDED_SAMPLED:
        return "by a counterexample";
    default:
        return "not decided";
    }
}

void gf_note_range(gf_text *out, const char *name, gf_range range)
{
    bool has_lo = isfinite(range.lo), has_hi = isfinite(range.hi);

    if (!has_lo && !has_hi) {
        gf_text_addf(out, "every~%s", name);
        return;
    }
    if (has_lo && has_hi) {
        gf_layout_number(out, range.lo, GF_LAYOUT_DIGITS);
        gf_text_addf(out, range.lo_closed ? "~≤~%s" : "~<~%s", name);
    } else {
        gf_text_add(out, name);
    }
    if (has_hi) {
        gf_text_add(out, range.hi_closed ? "~≤~" : "~<~");
        gf_layout_number(out, range.hi, GF_LAYOUT_DIGITS);
    } else {
        gf_text_add(out, range.lo_closed ? "~≥~" : "~>~");
        gf_layout_number(out, range.lo, GF_LAYOUT_DIGITS);
    }
}

static void add_condition(gf_text *out, const char *name,
                          const gf_condition *condition, bool with_value)
{
    gf_text_addf(out, "%s~%s", name, gf_verdict_name(condition->holds));
    if (with_value && !isnan(condition->value)) {
        gf_text_add(out, "~(");
        gf_layout_number(out, condition->value, GF_LAYOUT_DIGITS);
        gf_text_add(out, ")");
    }
}

static const char *repair_equilibrium(const gf_condition *equilibrium)
{
    if (equilibrium->holds == GF_YES)
        return NULL;
    return "equilibrium: f1'(D0) + f2'(D0) must be 0; check f1, f2 and the "
           "gauge";
}

static const char *repair_damping(const gf_condition *damping)
{
    if (damping->holds == GF_YES)
        return NULL;
    if (damping->holds == GF_UNKNOWN)
        return "damping: the sign of f1'' + f2'' at D0 is not decided; more "
               "curvature of f1 or f2 would decide it";
    if (damping->value > 0)
        return "damping: f1'' + f2'' > 0 at D0, where the critic does worst, "
               "not best; check the signs of f1 and f2 (the critic ascends "
               "both)";
    return "damping: f1'' + f2'' = 0 at D0; add curvature, for instance "
           "-c*(D~-~D0)^2 to f1 (a gradient penalty damps too)";
}

static const char *repair_restoring(const gf_condition *restoring)
{
    if (restoring->holds == GF_YES)
        return NULL;
    if (restoring->holds == GF_UNKNOWN)
        return "restoring: the sign of f2'(D0) f3'(D0) is not decided";
    if (restoring->value < 0)
        return "restoring: f2'(D0) f3'(D0) must be negative; check the sign "
               "of f3 (the generator ascends f3)";
    return "restoring: f2'(D0) f3'(D0) = 0, so nothing pulls p_g back; "
           "give f3 a slope at D0, or f2";
}

/* Advice below the conditions. */
static void add_advice(gf_text *out, const char *advice)
{
    if (advice)
        gf_note_row(out, "", advice);
}

static double p_d_of(const gf_field *field)
{
    return field->p_d < field->parameter_count
               ? field->parameter[field->p_d].number
               : NAN;
}

void gf_note_conditions(gf_text *out, const gf_classification *c, bool verbose)
{
    gf_text words;

    if (!c->has_conditions)
        return;
    if (c->wanted < c->count && !c->point[c->wanted].smooth) {
        gf_note_row(out, "conditions", "not defined: D0 is on a kink");
        return;
    }
    gf_text_init(&words);
    add_condition(&words, "equilibrium", &c->equilibrium,
                  c->equilibrium.holds != GF_YES);
    gf_text_add(&words, " · ");
    add_condition(&words, "damping", &c->damping, true);
    gf_text_add(&words, " · ");
    add_condition(&words, "restoring", &c->restoring, true);
    gf_note_row(out, "conditions", gf_text_string(&words));
    if (verbose) {
        gf_text_cut(&words, 0);
        gf_text_addf(&words, "equilibrium %s, damping %s, restoring %s",
                     gf_note_decided(c->equilibrium.decided),
                     gf_note_decided(c->damping.decided),
                     gf_note_decided(c->restoring.decided));
        gf_note_row(out, "", gf_text_string(&words));
    }
    gf_layout_drop(out, &words);
    add_advice(out, repair_equilibrium(&c->equilibrium));
    if (c->damping.holds == GF_YES && p_d_of(c->field) == 0)
        add_advice(out, "damping acts where there are data; here p_d = 0");
    add_advice(out, repair_damping(&c->damping));
    add_advice(out, repair_restoring(&c->restoring));
}
