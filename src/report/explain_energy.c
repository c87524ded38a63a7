/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/explain.h"

#include "report/layout.h"
#include "report/note.h"

#include <math.h>
#include <stdio.h>

/* "/2", and nothing for 1. */
static const char *divided(char out[static GF_EXPLAIN_FACTOR], double by)
{
    char number[GF_LAYOUT_FIGURE];

    snprintf(out, GF_EXPLAIN_FACTOR, "/%s", gf_layout_figure(number, by));
    return by == 1 ? "" : out;
}

static void add_extent(gf_prose *prose, const gf_classification *c)
{
    const gf_energy *e = &c->energy;
    gf_text range;

    if (e->well == GF_YES && e->decay == GF_YES) {
        gf_prose_add(prose, "Both hold on the whole domain (%s).",
                     gf_note_decided(e->decided));
        return;
    }
    gf_prose_add(prose, "On the whole domain: well %s, decay %s",
                 gf_verdict_name(e->well), gf_verdict_name(e->decay));
    if (!isnan(e->interval.lo) && !isnan(e->interval.hi)) {
        gf_text_init(&range);
        gf_note_range(&range, c->field->axis_name[0], e->interval);
        gf_prose_add(prose, "; both hold for {%s} (%s)", gf_text_string(&range),
                     gf_note_decided(e->decided));
        gf_layout_drop(prose->out, &range);
    }
    gf_prose_add(prose, ".");
}

/* What well and decay say. */
static void add_conditions(gf_prose *prose, const gf_classification *c)
{
    const char *x = c->field->axis_name[0];

    gf_prose_add(prose,
                 "{E} has a strict minimum at the rest point where {(%s - "
                 "%s0) g(%s)/(-f2'(%s)) > 0} (well), and never grows where "
                 "{dE/dt ≤ 0} (decay).",
                 x, x, x, x);
    add_extent(prose, c);
}

static void add_region(gf_prose *prose, const gf_energy *e)
{
    char level[GF_LAYOUT_FIGURE], lo[GF_LAYOUT_FIGURE], hi[GF_LAYOUT_FIGURE];

    if (e->region == GF_REGION_NONE)
        return;
    gf_prose_add(prose, "{W} %s {%s} and %s{%s} at the two ends.",
                 e->lo_is_limit ? "tends to" : "passes",
                 gf_layout_figure(lo, e->level_lo),
                 e->hi_is_limit == e->lo_is_limit ? ""
                 : e->hi_is_limit                 ? "tends to "
                                                  : "passes ",
                 gf_layout_figure(hi, e->level_hi));
    if (e->region == GF_REGION_WHOLE || !isfinite(e->region_level))
        gf_prose_add(prose,
                     "No trajectory can pass them, and as {dE/dt} "
                     "vanishes on no other whole trajectory, LaSalle's "
                     "theorem [khalil2002, thm 4.4] makes every start %s "
                     "converge.",
                     e->region == GF_REGION_WHOLE ? "of the domain"
                                                  : "between them");
    else
        gf_prose_add(prose,
                     "The lesser, {c~=~%s}, bounds the component of {E < c} "
                     "round the rest point: no trajectory leaves "
                     "it, and as {dE/dt} vanishes on no other whole "
                     "trajectory in it, LaSalle's theorem [khalil2002, thm "
                     "4.4] makes every start in it converge.",
                     gf_layout_figure(level, e->region_level));
}

static void add_distance(gf_prose *prose, const gf_classification *c)
{
    const gf_distance *d = &c->distance;
    const char *x = c->field->axis_name[0];
    char a[GF_EXPLAIN_FACTOR], b[GF_EXPLAIN_FACTOR];

    gf_prose_begin(prose, "The distance");
    gf_prose_add(prose,
                 "{F = (%s - %s0)^2%s + (p_g - p_d)^2%s} changes by {dF/dt = "
                 "p_d A + p_g B} with {A = (%s - %s0) f1' - g} and {B = (%s - "
                 "%s0) f2' + g}.",
                 x, x, divided(a, 2 * c->field->speed[0]),
                 divided(b, 2 * c->field->speed[1]), x, x, x, x);
    if (d->conserved == GF_YES)
        gf_prose_add(prose, "Both vanish identically, so {F} is constant "
                            "(proved).");
    else if (d->a == GF_YES && d->b == GF_YES)
        gf_prose_add(prose, "Both are {≤~0} on the whole domain (proved), so "
                            "{F} never grows while {p_g ≥ 0}.");
    else
        gf_prose_add(prose, "{A ≤ 0} on the whole domain: %s; {B ≤ 0}: %s.",
                     gf_verdict_name(d->a), gf_verdict_name(d->b));
    if (c->leaves_physical == GF_YES)
        gf_prose_add(prose, "The field does not keep {p_g ≥ 0}: some "
                            "trajectories cross {p_g = 0}.");
    gf_prose_end(prose);
}

static void add_quadratic(gf_prose *prose, const gf_classification *c)
{
    const gf_quadratic *q = &c->quadratic;

    if (!q->conserved)
        return;
    gf_prose_begin(prose, "The conserved quantity");
    gf_prose_add(prose,
                 "With {z} the distance from the rest point, {z^T Q z} is "
                 "constant %s (proved by algebra), where",
                 q->everywhere ? "on every trajectory"
                               : "up to the nearest kink of the field");
    gf_prose_numbers(prose, "Q", (gf_mat2){q->xx, q->xy, q->xy, q->yy});
    gf_prose_end(prose);
}

/* W and dE/dt. */
static void add_formulas(gf_prose *prose, const gf_classification *c,
                         const gf_formulas *formulas)
{
    const char *x = c->field->axis_name[0];
    char factor[GF_EXPLAIN_FACTOR];
    gf_text left, integral;

    gf_text_init(&left);
    gf_text_init(&integral);
    gf_text_addf(&left, "W(%s)", x);
    gf_text_add(&integral, gf_explain_factor(factor, 1 / c->field->speed[0]));
    gf_text_addf(&integral,
                 prose->is_latex
                     ? "\\int_{%s_0}^{%s} \\frac{g(s)}{-f_2'(s)}\\,ds"
                     : "∫ g(s)/(-f2'(s)) ds from %s0 to %s",
                 x, x);
    gf_prose_equation(prose, gf_text_string(&left), gf_text_string(&integral),
                      c->energy.w);
    gf_prose_equation(prose, prose->is_latex ? "\\frac{dE}{dt}" : "dE/dt",
                      "g (π - p_d)", formulas->decay);
    gf_layout_drop(prose->out, &left);
    gf_layout_drop(prose->out, &integral);
}

void gf_explain_energy(gf_prose *prose, const gf_classification *c,
                       const gf_formulas *formulas)
{
    const gf_energy *e = &c->energy;
    char b[GF_EXPLAIN_FACTOR];

    add_quadratic(prose, c);
    if (!c->has_energy || c->wanted == c->count)
        return;
    gf_prose_begin(prose, "The energy");
    gf_prose_add(prose,
                 "With {g = f3 - f3(D0)} and {π = -p_d f1'/f2'}, where "
                 "{d%s/dt} vanishes, let {E = (p_g - p_d)^2%s + W} and",
                 c->field->axis_name[0], divided(b, 2 * c->field->speed[1]));
    add_formulas(prose, c, formulas);
    if (e->w == GF_EXPR_NONE)
        gf_prose_add(prose, "{W} is not elementary, or not found to be; its "
                            "values are computed by quadrature.");
    if (e->first_integral == GF_YES)
        gf_prose_add(prose,
                     "{dE/dt} is zero identically (%s): {E} is a "
                     "first integral.",
                     gf_note_decided(e->decided));
    else
        add_conditions(prose, c);
    if (e->conserved_nearby && e->first_integral != GF_YES)
        gf_prose_add(prose, "Near the rest point {dE/dt} is zero "
                            "identically.");
    add_region(prose, e);
    gf_prose_end(prose);
    add_distance(prose, c);
}
