/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/explain.h"

#include "base/number.h"
#include "report/layout.h"
#include "report/note.h"

#include <math.h>
#include <string.h>

static void add_place(gf_prose *prose, const gf_field *field,
                      const gf_rest_point *p)
{
    const double at[] = {p->at.x, p->at.y};
    char number[GF_LAYOUT_FIGURE];

    for (size_t i = 0; i < 2; i++) {
        gf_text name;
        gf_text_init(&name);
        gf_prose_expr(prose, &name, field->axis[i]);
        gf_prose_add(prose, "%s{%s~=~%s}", i == 0 ? "" : ", ",
                     gf_text_string(&name), gf_layout_figure(number, at[i]));
        gf_layout_drop(prose->out, &name);
    }
}

/* Why the eigenvalues decide, where they do. */
static void add_linear(gf_prose *prose, const gf_rest_point *p)
{
    if (p->stability == GF_STABILITY_ASYMPTOTICALLY_STABLE)
        gf_prose_add(prose,
                     "Both real parts are negative, so the rest point is "
                     "asymptotically stable by Lyapunov's indirect method "
                     "[khalil2002, thm 4.7]; for GANs [nagarajan2017].");
    else
        gf_prose_add(prose, "A real part is positive, so the rest point is "
                            "unstable by Lyapunov's indirect method "
                            "[khalil2002, thm 4.7].");
    gf_prose_add(prose,
                 "No real part is zero, so near it the flow is that of {J} in "
                 "other coordinates (Hartman and Grobman [guckenheimer1983, "
                 "thm 1.3.1]): %s %s.",
                 strchr("aeiou", gf_type_name(p->type)[0]) ? "an" : "a",
                 gf_type_name(p->type));
}

static void add_conclusion(gf_prose *prose, const gf_classification *c,
                           const gf_rest_point *p)
{
    char number[GF_LAYOUT_FIGURE];

    switch (p->evidence) {
    case GF_EVIDENCE_LINEARISATION:
        add_linear(prose, p);
        break;
    case GF_EVIDENCE_ENERGY:
        gf_prose_add(prose, "They do not decide; the energy below does: %s.",
                     gf_stability_name(p->stability));
        break;
    case GF_EVIDENCE_FIRST_INTEGRAL:
        gf_prose_add(prose,
                     "They lie on the imaginary axis and do not decide. But a "
                     "quantity with a strict extremum at the rest point is "
                     "conserved%s, so trajectories near it stay on its closed "
                     "level curves: a %s.",
                     c->has_energy ? ", the energy below" : "",
                     gf_type_name(p->type));
        break;
    case GF_EVIDENCE_LYAPUNOV_COEFFICIENT:
        gf_prose_add(prose,
                     "They lie on the imaginary axis and do not decide. The "
                     "first Lyapunov coefficient [guckenheimer1983, eq. "
                     "3.4.11] is {l1~=~%s}, so radii change like "
                     "{dr/dt~=~l1~r^3}: a %s.",
                     gf_layout_figure(number, p->lyapunov),
                     gf_type_name(p->type));
        break;
    case GF_EVIDENCE_ONE_SIDED:
        gf_prose_add(prose, "The fields on both sides decide: %s.",
                     gf_stability_name(p->stability));
        break;
    case GF_EVIDENCE_CENTRE_MANIFOLD:
        gf_prose_add(prose,
                     "One of them is zero, so the flow on the centre manifold "
                     "decides [carr1981, thm 2]: %s.",
                     gf_stability_name(p->stability));
        break;
    default:
        gf_prose_add(prose, "That decides nothing: %s.", gf_type_name(p->type));
        break;
    }
}

static void add_eigenvalues(gf_prose *prose, const gf_spectrum *s)
{
    gf_text words;

    gf_text_init(&words);
    gf_note_eigenvalues(&words, s, GF_LAYOUT_DIGITS);
    gf_prose_add(prose, "The eigenvalues are {%s}.", gf_text_string(&words));
    gf_layout_drop(prose->out, &words);
}

/* "holds", "fails", "is not decided" */
static const char *fate(gf_verdict verdict)
{
    return verdict == GF_YES  ? "holds"
           : verdict == GF_NO ? "fails"
                              : "is not decided";
}

/* Trace and determinant, for pointwise fields as the conditions they are. */
static void add_invariants(gf_prose *prose, const gf_classification *c,
                           const gf_rest_point *p)
{
    char trace[GF_LAYOUT_FIGURE], det[GF_LAYOUT_FIGURE];
    char tau[GF_LAYOUT_FIGURE], kappa[GF_LAYOUT_FIGURE];
    char a[GF_EXPLAIN_FACTOR], b[GF_EXPLAIN_FACTOR];
    const double *speed = c->field->speed;

    gf_layout_figure(trace, p->spectrum.trace);
    gf_layout_figure(det, p->spectrum.determinant);
    if (!c->has_conditions || p->wanted != GF_YES) {
        gf_prose_add(prose, "Its trace is {%s}, its determinant {%s}.", trace,
                     det);
        return;
    }
    gf_prose_add(
        prose,
        "Its trace is {%sp_d (f1'' + f2'')~=~%s}, its determinant "
        "{-%sf2' f3'~=~%s}. The damping condition {f1'' + f2'' < "
        "0} at {D0} %s, with {%s}; the restoring condition {-f2' f3' "
        "> 0} %s, with {%s}.",
        gf_explain_factor(a, speed[0]), trace,
        gf_explain_factor(b, speed[0] * speed[1]), det, fate(c->damping.holds),
        gf_layout_figure(tau, c->damping.value), fate(c->restoring.holds),
        gf_layout_figure(kappa, c->restoring.value));
}

/* The note of a rest point; a word with a sign in it is mathematics. */
static void add_note(gf_prose *prose, const char *note)
{
    gf_prose_add(prose, "(Note:");
    for (const char *w = note + strspn(note, " "); *w; w += strspn(w, " ")) {
        size_t length = strcspn(w, " "), stop = strcspn(w, " ,;:");
        bool is_math = strcspn(w, "_'=<>") < length;
        gf_prose_add(prose, is_math ? "{%.*s}%.*s" : "%.*s%.*s", (int)stop, w,
                     (int)(length - stop), w + stop);
        w += length;
    }
    gf_prose_add(prose, ".)");
}

static void explain_kink(gf_prose *prose, const gf_rest_point *p)
{
    gf_prose_add(prose, "lies on a kink of the field, so there is no Jacobian "
                        "and no theorem about one applies. From both sides "
                        "the derivatives tend to");
    if (isfinite(p->one_sided[0].xx))
        gf_prose_numbers(prose, "J(below)", p->one_sided[0]);
    if (isfinite(p->one_sided[1].xx))
        gf_prose_numbers(prose, "J(above)", p->one_sided[1]);
    gf_prose_add(prose, "Stability: %s.", gf_stability_name(p->stability));
}

/* Whether the Jacobian consists of numbers. */
static bool is_constant(const gf_prose *prose, gf_expr jacobian[2][2])
{
    bool result = true;

    for (size_t i = 0; i < 4; i++) {
        double value = 0;
        gf_text text;
        gf_text_init(&text);
        gf_layout_expr(&text, prose->graph, jacobian[i / 2][i % 2]);
        result = result && !gf_number_read(&value, gf_text_string(&text));
        gf_layout_drop(prose->out, &text);
    }
    return result;
}

bool gf_explain_is_readable(const gf_prose *prose, gf_expr jacobian[2][2])
{
    bool result = true;

    for (size_t i = 0; i < 4; i++)
        result = result && !gf_explain_is_long(prose, jacobian[i / 2][i % 2]);
    return result;
}

void gf_explain_point(gf_prose *prose, const gf_classification *c,
                      const gf_formulas *formulas)
{
    const gf_rest_point *p = NULL;
    gf_expr jacobian[2][2];

    if (c->wanted < c->count)
        p = &c->point[c->wanted];
    else if (c->count > 0)
        p = &c->point[0];
    if (!p)
        return;
    for (size_t i = 0; i < 4; i++)
        jacobian[i / 2][i % 2] = formulas->jacobian[i / 2][i % 2];
    gf_prose_begin(prose, "The spectrum");
    gf_prose_add(prose, "The rest point");
    add_place(prose, c->field, p);
    if (!p->smooth) {
        explain_kink(prose, p);
    } else {
        gf_prose_add(prose, "has the Jacobian");
        if (gf_explain_is_readable(prose, jacobian))
            gf_prose_matrix(prose, "J", jacobian);
        if (!is_constant(prose, jacobian))
            gf_prose_numbers(prose, "J", p->spectrum.jacobian);
        add_invariants(prose, c, p);
        add_eigenvalues(prose, &p->spectrum);
        add_conclusion(prose, c, p);
    }
    if (p->note[0])
        add_note(prose, p->note);
    gf_prose_end(prose);
}

void gf_explain_others(gf_prose *prose, const gf_classification *c)
{
    size_t first = c->wanted < c->count ? c->wanted : 0;

    if (c->count <= 1) {
        if (c->count == 1 && c->complete == GF_YES && !c->point[0].line) {
            gf_prose_begin(prose, "Other rest points");
            gf_prose_add(prose, "There are none (proved).");
            gf_prose_end(prose);
        }
        return;
    }
    gf_prose_begin(prose, "Other rest points");
    for (size_t i = 0; i < c->count; i++) {
        const gf_rest_point *p = &c->point[i];
        if (i == first)
            continue;
        gf_prose_add(prose, "At");
        add_place(prose, c->field, p);
        gf_prose_add(prose, ": %s%s.", gf_type_name(p->type),
                     p->physical == GF_NO ? ", not physical" : "");
    }
    gf_prose_add(prose, c->complete == GF_YES
                            ? "There are no more (proved)."
                            : "Whether there are more is not decided.");
    gf_prose_end(prose);
}
