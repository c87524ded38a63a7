/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regions of attraction and limit cycles, as a note. */
#include "report/lyapunov.h"

#include <math.h>

#include "report/layout.h"
#include "report/note.h"

/* --- regions ----------------------------------------------------------- */

/* "u", "(u - 0.5)", "(u + 0.5)" */
static void add_offset(gf_text *out, const char *name, double at)
{
    if (at == 0) {
        gf_text_add(out, name);
        return;
    }
    gf_text_addf(out, "(%s~%c~", name, at < 0 ? '+' : '-');
    gf_layout_number(out, fabs(at), 6);
    gf_text_add(out, ")");
}

static void add_term(gf_text *out, double factor, const gf_text *rest)
{
    if (factor == 0)
        return;
    gf_text_add(out, factor < 0 ? " -~" : " +~");
    if (fabs(factor) != 1) {
        gf_layout_number(out, fabs(factor), 6);
        gf_text_add(out, "*");
    }
    gf_text_add(out, gf_text_string(rest));
}

/* "V = 0.625*(D - 0.5)^2 + 0.5*(D - 0.5)*(p_g - 0.2) + 0.825*(p_g - 0.2)^2" */
static void add_form(gf_text *out, const gf_field *field, const gf_form *f)
{
    const double at[2] = {f->centre.x, f->centre.y};
    gf_text offset[2], term;

    for (size_t i = 0; i < 2; i++) {
        gf_text_init(&offset[i]);
        add_offset(&offset[i], field->axis_name[i], at[i]);
    }
    gf_text_add(out, "V~=~");
    gf_layout_number(out, f->xx, 6);
    gf_text_addf(out, "*%s^2", gf_text_string(&offset[0]));
    gf_text_init(&term);
    gf_text_addf(&term, "%s*%s", gf_text_string(&offset[0]),
                 gf_text_string(&offset[1]));
    add_term(out, 2 * f->xy, &term);
    gf_text_cut(&term, 0);
    gf_text_addf(&term, "%s^2", gf_text_string(&offset[1]));
    add_term(out, f->yy, &term);
    gf_layout_drop(out, &term);
    gf_layout_drop(out, &offset[0]);
    gf_layout_drop(out, &offset[1]);
}

/* "every start with F < 0.1185 converges (proved)" */
static void add_level(gf_text *out, const gf_form *f, char name)
{
    if (isinf(f->level)) {
        gf_text_addf(out,
                     "%c falls along every trajectory; every start "
                     "converges (proved)",
                     name);
        return;
    }
    gf_text_addf(out, "every start with %c~<~", name);
    gf_layout_number(
        out,
        floor(f->level * 1e6) == 0 ? f->level : floor(f->level * 1e6) / 1e6, 6);
    gf_text_add(out, " converges (proved)");
    if (f->is_domain) {
        gf_text_add(out, "; the domain ends there");
    } else if (f->most > f->level * 1.01) {
        gf_text_addf(out, "; %c grows at a point of %c~=~", name, name);
        gf_layout_number(out, f->most, 4);
    }
}

static void add_regions(gf_text *out, const gf_behaviour *b, bool verbose)
{
    const gf_regions *r = b->regions;
    gf_text words;

    gf_text_init(&words);
    if (r->distance.proved == GF_YES) {
        add_level(&words, &r->distance, 'F');
        if (verbose)
            gf_text_addf(&words, "; %zu boxes", r->distance.boxes);
        gf_note_row(out, "region of F", gf_text_string(&words));
    }
    if (r->quadratic.proved == GF_YES) {
        gf_text_cut(&words, 0);
        add_level(&words, &r->quadratic, 'V');
        gf_text_add(&words, ", where ");
        add_form(&words, b->c->field, &r->quadratic);
        gf_text_add(&words, " [khalil2002]");
        if (verbose)
            gf_text_addf(&words, "; %zu boxes", r->quadratic.boxes);
        gf_note_row(out, "quadratic", gf_text_string(&words));
    }
    gf_layout_drop(out, &words);
}

/* --- cycles ------------------------------------------------------------ */

static const char *reason_of(const gf_behaviour *b)
{
    bool is_planar = b->c->field->kind == GF_PLANAR;

    switch (b->cycles->absence) {
    case GF_ABSENCE_ENERGY:
        return "E never grows, and is at rest at single D only";
    case GF_ABSENCE_DISTANCE:
        return is_planar ? "the distance to the rest point never grows, and "
                           "falls off the axes"
                         : "F never grows there";
    case GF_ABSENCE_BENDIXSON:
        return "the divergence keeps one sign, Bendixson "
               "[guckenheimer1983, sec.~1.8]";
    default:
        return "what a first integral fills with closed trajectories has no "
               "isolated one";
    }
}

static void add_absence(gf_text *out, const gf_behaviour *b)
{
    gf_text words;

    if (b->cycles->absence == GF_ABSENCE_NONE)
        return;
    gf_text_init(&words);
    gf_text_addf(&words, "no limit cycle%s (proved): %s",
                 b->cycles->while_physical ? " while p_g~≥~0" : "",
                 reason_of(b));
    gf_note_row(out, "cycles", gf_text_string(&words));
    gf_layout_drop(out, &words);
}

static void add_figure(gf_text *out, const char *before, double x, int digits)
{
    gf_text_add(out, before);
    gf_layout_number(out, x, digits);
}

static void add_cycle(gf_text *out, const gf_behaviour *b,
                      const gf_cycle *cycle)
{
    const gf_field *field = b->c->field;
    gf_text words;

    gf_text_init(&words);
    gf_text_addf(&words, "a closed trajectory through %s~=~",
                 field->axis_name[0]);
    gf_layout_number(&words, cycle->at.x, 9);
    gf_text_addf(&words, ", %s~=~", field->axis_name[1]);
    gf_layout_number(&words, cycle->at.y, 9);
    add_figure(&words, ", period~", cycle->period, 9);
    add_figure(&words, ", multiplier~", cycle->multiplier, 9);
    if (cycle->error > 0)
        add_figure(&words, "~±~", cycle->error, 1);
    if (cycle->multiplier == 0)
        gf_text_add(&words, ": trajectories slide onto it in finite time");
    else
        gf_text_add(&words,
                    cycle->multiplier < 1 ? ": it attracts" : ": it repels");
    if (cycle->fills)
        gf_text_add(&words, "; inside, closed trajectories fill");
    gf_text_add(&words, " (computed, not proved)");
    gf_note_row(out, "cycle", gf_text_string(&words));
    gf_layout_drop(out, &words);
}

static void add_cycles(gf_text *out, const gf_behaviour *b)
{
    const gf_cycles *cycles = b->cycles;

    add_absence(out, b);
    for (size_t i = 0; i < cycles->count; i++)
        add_cycle(out, b, &cycles->cycle[i]);
    if (cycles->searched && cycles->count == 0)
        gf_note_row(out, cycles->absence == GF_ABSENCE_NONE ? "cycles" : "",
                    cycles->absence == GF_ABSENCE_NONE
                        ? "none was found by the return map, which proves "
                          "nothing"
                        : "elsewhere none was found by the return map, which "
                          "proves nothing");
}

void gf_lyapunov_proofs(gf_text *out, const gf_behaviour *b, bool verbose)
{
    if (b->regions)
        add_regions(out, b, verbose);
    if (b->cycles)
        add_cycles(out, b);
}
