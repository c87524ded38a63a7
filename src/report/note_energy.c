/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/note.h"

#include "report/layout.h"

#include <math.h>

/* Whether the energy falls (or keeps) on the whole domain of D, and where it
 * does if not. */
static void add_extent(gf_text *out, const gf_classification *c)
{
    const gf_energy *e = &c->energy;

    if (e->well == GF_YES && e->decay == GF_YES) {
        gf_text_add(out, "everywhere");
        return;
    }
    gf_text_add(out, "for ");
    gf_note_range(out, c->field->axis_name[0], e->interval);
}

/* "every start with E < 0.0625 converges" */
static void add_region(gf_text *out, const gf_classification *c)
{
    const gf_energy *e = &c->energy;
    bool is_part = e->well != GF_YES || e->decay != GF_YES;

    if (e->region == GF_REGION_WHOLE) {
        gf_text_add(out, "every start converges");
        return;
    }
    gf_text_add(out, is_part ? "every start there" : "every start");
    if (isfinite(e->region_level)) {
        gf_text_add(out, " with E~<~");
        gf_layout_number(out, e->region_level, GF_LAYOUT_DIGITS);
    }
    gf_text_add(out, " converges");
}

/* The energy where it proves no region. */
static void add_undecided(gf_text *out, const gf_classification *c)
{
    const gf_energy *e = &c->energy;
    const gf_rest_point *p = c->wanted < c->count ? &c->point[c->wanted] : NULL;

    if (p && p->evidence == GF_EVIDENCE_ENERGY &&
        p->stability == GF_STABILITY_UNSTABLE) {
        gf_text_add(out, "E grows round the rest point (proved)");
        return;
    }
    gf_text_addf(out, "proves no region (well~%s, decay~%s)",
                 gf_verdict_name(e->well), gf_verdict_name(e->decay));
}

static void add_energy(gf_text *out, const gf_classification *c)
{
    const gf_energy *e = &c->energy;

    if (e->first_integral == GF_YES) {
        gf_text_add(out, "E is constant on every trajectory (proved)");
    } else if (e->conserved_nearby) {
        gf_text_add(out, "E is constant near the rest point (proved)");
    } else if (e->region != GF_REGION_NONE) {
        gf_text_add(out, "E decreases ");
        add_extent(out, c);
        gf_text_add(out, " (proved); ");
        add_region(out, c);
    } else {
        add_undecided(out, c);
    }
}

static void add_energy_details(gf_text *out, const gf_classification *c)
{
    const gf_energy *e = &c->energy;

    gf_text_addf(out, "well~%s, decay~%s, first~integral~%s, %s",
                 gf_verdict_name(e->well), gf_verdict_name(e->decay),
                 gf_verdict_name(e->first_integral),
                 gf_note_decided(e->decided));
    if (!isnan(e->interval.lo) && !isnan(e->interval.hi)) {
        gf_text_add(out, "; both hold for ");
        gf_note_range(out, c->field->axis_name[0], e->interval);
    }
    if (!isnan(e->level_lo) && !isnan(e->level_hi)) {
        gf_text_add(out, ", where W ends at~");
        gf_layout_number(out, e->level_lo, GF_LAYOUT_DIGITS);
        gf_text_add(out, " and~");
        gf_layout_number(out, e->level_hi, GF_LAYOUT_DIGITS);
    }
}

static void add_distance(gf_text *out, const gf_distance *d)
{
    if (d->conserved == GF_YES)
        gf_text_add(out, "F is constant on every trajectory (proved)");
    else if (d->a == GF_YES && d->b == GF_YES)
        gf_text_add(out, "F never grows while p_g~≥~0 (proved)");
    else if (d->a == GF_NO || d->b == GF_NO)
        gf_text_add(out, "F may grow");
    else
        gf_text_add(out, "F not decided");
}

static void add_distance_details(gf_text *out, const gf_distance *d)
{
    gf_text_addf(out, "A~≤~0~%s, B~≤~0~%s, %s", gf_verdict_name(d->a),
                 gf_verdict_name(d->b), gf_note_decided(d->decided));
}

/* "xx*(u - u0)^2", a term of the conserved quadratic. */
static void add_term(gf_text *out, double factor, const char *rest)
{
    if (factor == 0)
        return;
    if (out->length > 0)
        gf_text_add(out, factor < 0 ? " - " : " + ");
    else if (factor < 0)
        gf_text_add(out, "-");
    if (fabs(factor) != 1) {
        gf_layout_number(out, fabs(factor), GF_LAYOUT_DIGITS);
        gf_text_add(out, "*");
    }
    gf_text_add(out, rest);
}

/* "u", "(u - 0.5)", "(u + 0.5)" */
static void add_offset(gf_text *out, const char *name, double at)
{
    if (at == 0) {
        gf_text_add(out, name);
        return;
    }
    gf_text_addf(out, "(%s~%c~", name, at < 0 ? '+' : '-');
    gf_layout_number(out, fabs(at), GF_LAYOUT_DIGITS);
    gf_text_add(out, ")");
}

static void add_quadratic(gf_text *out, const gf_classification *c)
{
    const gf_quadratic *q = &c->quadratic;
    const gf_rest_point *p = &c->point[c->wanted < c->count ? c->wanted : 0];
    const double factor[3] = {q->xx, 2 * q->xy, q->yy};
    gf_text offset[2], term[3];

    for (size_t i = 0; i < 2; i++) {
        gf_text_init(&offset[i]);
        add_offset(&offset[i], c->field->axis_name[i],
                   i == 0 ? p->at.x : p->at.y);
    }
    for (size_t i = 0; i < 3; i++) {
        gf_text_init(&term[i]);
        if (i == 1)
            gf_text_addf(&term[i], "%s*%s", gf_text_string(&offset[0]),
                         gf_text_string(&offset[1]));
        else
            gf_text_addf(&term[i], "%s^2", gf_text_string(&offset[i / 2]));
        add_term(out, factor[i], gf_text_string(&term[i]));
        gf_layout_drop(out, &term[i]);
    }
    gf_text_add(out, q->everywhere
                         ? " is constant on every trajectory (proved)"
                         : " is constant near the rest point (proved)");
    gf_layout_drop(out, &offset[0]);
    gf_layout_drop(out, &offset[1]);
}

static void add_caution(gf_text *out, const gf_classification *c)
{
    if (!c->field->has_physical || c->leaves_physical == GF_NO)
        return;
    gf_note_row(out, "caution",
                c->leaves_physical == GF_YES
                    ? "p_g < 0 is reachable: the field does not keep p_g~≥~0"
                    : "whether p_g stays ≥~0 is not decided");
}

void gf_note_energy(gf_text *out, const gf_classification *c, bool verbose)
{
    gf_text words;

    gf_text_init(&words);
    if (c->has_energy && c->wanted < c->count) {
        add_energy(&words, c);
        gf_note_row(out, "energy", gf_text_string(&words));
        if (verbose) {
            gf_text_cut(&words, 0);
            add_energy_details(&words, c);
            gf_note_row(out, "", gf_text_string(&words));
        }
        gf_text_cut(&words, 0);
        add_distance(&words, &c->distance);
        gf_note_row(out, "distance", gf_text_string(&words));
        gf_text_cut(&words, 0);
        if (verbose) {
            add_distance_details(&words, &c->distance);
            gf_note_row(out, "", gf_text_string(&words));
        }
    }
    if (c->quadratic.conserved && c->count > 0) {
        gf_text_cut(&words, 0);
        add_quadratic(&words, c);
        gf_note_row(out, "conserved", gf_text_string(&words));
    }
    add_caution(out, c);
    gf_layout_drop(out, &words);
}
