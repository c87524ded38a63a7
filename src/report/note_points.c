/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/note.h"

#include "report/layout.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* More rest points than this are only counted. */
enum { MOST_POINTS = 12, FEW_DIGITS = 4 };

static const double TWO_PI = 6.283185307179586;

/* One coordinate: "D = 0.5"; "D = log(2) = 0.6931471806" where the exact
 * value says more and is short. */
static void add_coordinate(gf_text *out, const gf_field *field,
                           const gf_rest_point *point, size_t i, int digits)
{
    enum { LONGEST_EXACT = 12 };
    double x = i == 0 ? point->at.x : point->at.y;
    gf_text number, exact;

    gf_text_init(&number);
    gf_text_init(&exact);
    gf_layout_number(&number, x, digits);
    if (point->exact[i] != GF_EXPR_NONE && digits == GF_LAYOUT_DIGITS)
        gf_layout_expr(&exact, field->graph, point->exact[i]);
    gf_text_addf(out, "%s~=~", field->axis_name[i]);
    if (exact.length > 0 && exact.length <= LONGEST_EXACT &&
        strcmp(gf_text_string(&exact), gf_text_string(&number)) != 0)
        gf_text_addf(out, "%s~=~", gf_text_string(&exact));
    gf_text_add(out, gf_text_string(&number));
    gf_layout_drop(out, &number);
    gf_layout_drop(out, &exact);
}

void gf_note_place(gf_text *out, const gf_field *field,
                   const gf_rest_point *point, int digits)
{
    add_coordinate(out, field, point, 0, digits);
    if (field->link_text) {
        gf_text_add(out, " (D~=~");
        gf_layout_number(out, point->d, digits);
        gf_text_add(out, ")");
    }
    gf_text_add(out, ", ");
    add_coordinate(out, field, point, 1, digits);
}

void gf_note_eigenvalues(gf_text *out, const gf_spectrum *s, int digits)
{
    gf_text size;

    if (s->im[0] == 0) {
        gf_layout_number(out, s->re[0], digits);
        if (s->re[0] == s->re[1]) {
            gf_text_add(out, "~(double)");
        } else {
            gf_text_add(out, ", ");
            gf_layout_number(out, s->re[1], digits);
        }
        return;
    }
    if (s->re[0] != 0) {
        gf_layout_number(out, s->re[0], digits);
        gf_text_add(out, "~±~");
    } else {
        gf_text_add(out, "±");
    }
    gf_text_init(&size);
    gf_layout_number(&size, fabs(s->im[0]), digits);
    if (strcmp(gf_text_string(&size), "1") != 0)
        gf_text_add(out, gf_text_string(&size));
    gf_layout_drop(out, &size);
    gf_text_add(out, "i");
}

/* Why this point is in the list. */
static const char *remark(const gf_classification *c, const gf_rest_point *p,
                          bool is_first)
{
    bool is_only = c->count == 1 && !p->line && c->complete == GF_YES;

    if (p->wanted == GF_YES && is_only)
        return "wanted, the only one";
    if (p->wanted == GF_YES && c->complete == GF_YES)
        return "wanted";
    if (p->wanted == GF_YES)
        return c->count > 1 ? "wanted; more not excluded"
                            : "wanted; others not excluded";
    if (p->line)
        return "";
    if (p->wanted == GF_NO)
        return p->physical == GF_NO ? "spurious, not physical" : "spurious";
    if (is_only)
        return "the only one";
    return is_first && c->complete != GF_YES ? "others not excluded" : "";
}

static void add_detail(gf_text *out, const char *label, const char *words,
                       const char *right)
{
    gf_layout_to(out, GF_NOTE_DETAIL, label);
    if (label[0])
        gf_layout_to(out, GF_NOTE_DETAIL_VALUE, "");
    gf_layout_words(out, gf_layout_column(out), words);
    gf_layout_right(out, right);
    gf_layout_end(out);
}

static void add_vector(gf_text *out, gf_vec2 v)
{
    gf_text_add(out, "(");
    gf_layout_number(out, v.x, FEW_DIGITS);
    gf_text_add(out, ",~");
    gf_layout_number(out, v.y, FEW_DIGITS);
    gf_text_add(out, ")");
}

static void add_matrix(gf_text *out, gf_mat2 m)
{
    const double entry[2][2] = {{m.xx, m.xy}, {m.yx, m.yy}};

    gf_text_add(out, "[[");
    for (size_t i = 0; i < 2; i++) {
        gf_layout_number(out, entry[i][0], GF_LAYOUT_DIGITS);
        gf_text_add(out, ",~");
        gf_layout_number(out, entry[i][1], GF_LAYOUT_DIGITS);
        gf_text_add(out, i == 0 ? "], [" : "]]");
    }
}

/* "amplitude falls by e every 1.25" */
static void add_rate(gf_text *out, const char *what, double rate)
{
    gf_text_addf(out, "%s %s by~e every~", what, rate < 0 ? "falls" : "grows");
    gf_layout_number(out, fabs(1 / rate), FEW_DIGITS);
}

static void add_saddle(gf_text *out, const gf_spectrum *s)
{
    size_t away = s->re[0] > 0 ? 0 : 1;

    gf_text_add(out, "runs away along ");
    add_vector(out, s->eigenvector[away]);
    gf_text_add(out, ", comes in along ");
    add_vector(out, s->eigenvector[1 - away]);
}

/* What the eigenvalues mean to somebody who watches. */
static void add_motion(gf_text *out, const gf_rest_point *p)
{
    const gf_spectrum *s = &p->spectrum;

    if (s->im[0] != 0) {
        gf_text_add(out,
                    s->re[0] == 0 ? "period of small circles~" : "period~");
        gf_layout_number(out, TWO_PI / fabs(s->im[0]), FEW_DIGITS);
        if (s->re[0] != 0) {
            gf_text_add(out, ", ");
            add_rate(out, "amplitude", s->re[0]);
        }
    } else if (p->type == GF_TYPE_SADDLE) {
        add_saddle(out, s);
    } else if (s->re[0] != 0 && s->re[1] != 0) {
        add_rate(out, "distance", s->re[0]);
    }
}

/* How stability is known where eigenvalues alone do not say. */
static void add_evidence(gf_text *out, const gf_rest_point *p)
{
    switch (p->evidence) {
    case GF_EVIDENCE_LYAPUNOV_COEFFICIENT:
        gf_text_add(out, "first Lyapunov coefficient ");
        gf_layout_number(out, p->lyapunov, GF_LAYOUT_DIGITS);
        gf_text_addf(out, ": spirals %s, slower than any exponential",
                     p->lyapunov < 0 ? "in" : "out");
        return;
    case GF_EVIDENCE_FIRST_INTEGRAL:
        if (p->type == GF_TYPE_CENTER)
            gf_text_add(out, "closed trajectories all round it (proved)");
        return;
    case GF_EVIDENCE_ENERGY:
        gf_text_add(out, "proved by the energy");
        return;
    case GF_EVIDENCE_CENTRE_MANIFOLD:
        gf_text_add(out, "proved by the centre manifold");
        return;
    case GF_EVIDENCE_ONE_SIDED:
        gf_text_add(out, "proved by the fields on both sides of the kink");
        return;
    default:
        return;
    }
}

/* The type, and the stability where the type does not say it. */
static void add_type(gf_text *out, const gf_rest_point *p)
{
    gf_text_add(out, gf_type_name(p->type));
    if (p->type == GF_TYPE_DEGENERATE || p->type == GF_TYPE_NON_SMOOTH ||
        p->type == GF_TYPE_LINE || p->type == GF_TYPE_UNDECIDED) {
        if (p->stability != GF_STABILITY_UNKNOWN)
            gf_text_addf(out, ", %s", gf_stability_name(p->stability));
    }
}

static void add_verbose(gf_text *out, const gf_rest_point *p)
{
    gf_text words;

    gf_text_init(&words);
    if (p->smooth) {
        add_matrix(&words, p->spectrum.jacobian);
        add_detail(out, "Jacobian", gf_text_string(&words), "");
        gf_text_cut(&words, 0);
        gf_text_add(&words, "trace~");
        gf_layout_number(&words, p->spectrum.trace, GF_LAYOUT_DIGITS);
        gf_text_add(&words, ", determinant~");
        gf_layout_number(&words, p->spectrum.determinant, GF_LAYOUT_DIGITS);
        gf_text_add(&words, ", margin~");
        gf_layout_number(&words, p->margin, GF_LAYOUT_DIGITS);
        add_detail(out, "", gf_text_string(&words), "");
        gf_text_cut(&words, 0);
    }
    gf_text_add(&words, "position~±");
    gf_layout_number(&words, p->error, 2);
    if (p->smooth) {
        gf_text_add(&words, ", eigenvalues~±");
        gf_layout_number(&words, p->spectrum.error, 2);
    }
    add_detail(out, "error", gf_text_string(&words), "");
    add_detail(out, "evidence", gf_evidence_name(p->evidence), "");
    gf_layout_drop(out, &words);
}

static void add_kink(gf_text *out, const gf_rest_point *p, const char *type)
{
    static const char *const side[] = {"below", "above"};
    gf_text words;

    add_detail(out, "on a kink: no Jacobian there", "", type);
    gf_text_init(&words);
    for (size_t i = 0; i < 2; i++) {
        if (!isfinite(p->one_sided[i].xx) || !isfinite(p->one_sided[i].yy))
            continue;
        gf_text_cut(&words, 0);
        add_matrix(&words, p->one_sided[i]);
        add_detail(out, side[i], gf_text_string(&words), "");
    }
    gf_layout_drop(out, &words);
}

static void add_line_of_points(gf_text *words, const gf_rest_point *p)
{
    gf_text_add(words, "the line runs along ");
    add_vector(words, p->along);
}

static void add_point(gf_text *out, const gf_classification *c, size_t i,
                      bool verbose)
{
    const gf_rest_point *p = &c->point[i];
    gf_text words, type;

    gf_text_init(&words);
    gf_text_init(&type);
    gf_note_place(&words, c->field, p, GF_LAYOUT_DIGITS);
    gf_layout_to(out, GF_NOTE_INDENT, "rest point");
    gf_layout_to(out, GF_NOTE_VALUE, "");
    gf_layout_words(out, GF_NOTE_VALUE, gf_text_string(&words));
    gf_layout_right(out, remark(c, p, i == 0));
    gf_layout_end(out);
    add_type(&type, p);
    gf_text_cut(&words, 0);
    if (p->smooth) {
        gf_note_eigenvalues(&words, &p->spectrum, GF_LAYOUT_DIGITS);
        add_detail(out, "eigenvalues", gf_text_string(&words),
                   gf_text_string(&type));
    } else {
        add_kink(out, p, gf_text_string(&type));
    }
    void (*const more[])(gf_text *, const gf_rest_point *) = {
        p->line ? add_line_of_points : NULL,
        p->smooth ? add_motion : NULL,
        add_evidence,
    };
    for (size_t j = 0; j < sizeof more / sizeof *more; j++) {
        gf_text_cut(&words, 0);
        if (more[j])
            more[j](&words, p);
        if (words.length > 0)
            add_detail(out, "", gf_text_string(&words), "");
    }
    if (p->note[0])
        add_detail(out, "", p->note, "");
    if (verbose)
        add_verbose(out, p);
    gf_layout_drop(out, &words);
    gf_layout_drop(out, &type);
}

void gf_note_points(gf_text *out, const gf_classification *c, bool verbose)
{
    size_t shown = 0;
    bool is_missing = c->wanted == c->count &&
                      (c->field->kind == GF_POINTWISE || c->field->has_rest);

    for (size_t i = 0; i < c->count; i++)
        is_missing = is_missing && !c->point[i].line;
    if (is_missing)
        gf_note_row(out, "rest point", "none where one is wanted");
    else if (c->count == 0)
        gf_note_row(out, "rest point",
                    c->complete == GF_YES ? "none in the domain"
                                          : "none found; not proved that "
                                            "there is none");
    if (c->wanted < c->count) {
        add_point(out, c, c->wanted, verbose);
        shown++;
    }
    for (size_t i = 0; i < c->count && (shown < MOST_POINTS || verbose); i++) {
        if (i == c->wanted)
            continue;
        add_point(out, c, i, verbose);
        shown++;
    }
    if (shown < c->count) {
        char words[80];
        snprintf(words, sizeof words, "and %zu more: -v shows them all",
                 c->count - shown);
        gf_note_row(out, "", words);
    }
}
