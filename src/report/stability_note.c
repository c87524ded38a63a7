/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `stability` says to people. */
#include "report/stability.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/layout.h"
#include "report/note.h"

static const double DEGREES = 57.295779513082323;

enum { FEW_DIGITS = 6 };

void gf_stability_add_rule(gf_text *out, const gf_optimizer *optimizer,
                           bool all)
{
    const gf_optimizer_number *number = optimizer->rule->number;
    size_t count = gf_optimizer_numbers(optimizer->rule), said = 0;

    gf_text_add(out, optimizer->rule->name);
    for (size_t i = 0; i < count; i++) {
        double x = optimizer->number[i];
        if (isnan(x) || (!all && x == number[i].value))
            continue;
        gf_text_addf(out, "%c%s=", said++ > 0 ? ',' : ':', number[i].name);
        gf_layout_number(out, x, GF_LAYOUT_DIGITS);
    }
}

static void add_row(gf_text *out, const char *label, gf_text *words)
{
    gf_layout_to(out, GF_NOTE_DETAIL, label);
    gf_layout_to(out, GF_NOTE_DETAIL_VALUE, "");
    gf_layout_words(out, GF_NOTE_DETAIL_VALUE, gf_text_string(words));
    gf_layout_end(out);
    gf_text_cut(words, 0);
}

static void add_number(gf_text *out, double x)
{
    gf_layout_number(out, x, GF_LAYOUT_DIGITS);
}

static void add_steps(gf_text *out, const gf_steps_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const gf_steps *s = &list->interval[i];
        gf_text_add(out, i > 0 ? ", " : "");
        if (!isfinite(s->hi)) {
            gf_text_add(out, s->lo > 0 ? "h~>~" : "every h");
            if (s->lo > 0)
                add_number(out, s->lo);
            continue;
        }
        add_number(out, s->lo);
        gf_text_add(out, "~<~h~<~");
        add_number(out, s->hi);
    }
    if (list->count == 0)
        gf_text_add(out, "for no h");
}

/* What the normal form says; below: the point attracts above the limit. */
static void add_cycle(gf_text *words, const gf_limit *limit, bool is_lower)
{
    if (limit->coefficient == 0)
        gf_text_add(words, is_lower ? "; below it no term up to the third "
                                      "order holds them"
                                    : "; beyond it no term up to the third "
                                      "order holds them");
    if (isnan(limit->coefficient) || limit->coefficient == 0)
        return;
    if (limit->coefficient < 0)
        gf_text_add(words, is_lower
                               ? "; just below on a cycle of half widths~"
                               : "; just beyond on a cycle of half widths~");
    else
        gf_text_add(words, is_lower
                               ? "; a repelling cycle lies above, of half "
                                 "widths~"
                               : "; a repelling cycle lies before, of half "
                                 "widths~");
    gf_layout_number(words, limit->amplitude[0], 4);
    gf_text_add(words, " and ");
    gf_layout_number(words, limit->amplitude[1], 4);
    gf_text_add(words, " times √|h~-~");
    gf_layout_number(words, limit->step, 4);
    gf_text_add(words, "|");
}

/* Is it the lower end of an interval, and not the upper one of another? */
static bool is_lower_end(const gf_stability_result *s, double step)
{
    bool is_lower = false;

    for (size_t i = 0; i < s->stable.count; i++) {
        if (s->stable.interval[i].hi == step)
            return false;
        is_lower = is_lower || s->stable.interval[i].lo == step;
    }
    return is_lower;
}

static void add_limits(gf_text *out, gf_text *words,
                       const gf_stability_result *s)
{
    for (size_t i = 0; i < s->limit_count; i++) {
        const gf_limit *limit = &s->limit[i];
        gf_text_add(words, "at h~=~");
        add_number(words, limit->step);
        switch (limit->crossing) {
        case GF_CROSSING_FLIP:
            gf_text_add(words, " a multiplier passes -1 (flip): the steps "
                               "overshoot from side to side");
            break;
        case GF_CROSSING_FOLD:
            gf_text_add(words, " a multiplier passes 1 (fold): the steps "
                               "drift to one side");
            break;
        case GF_CROSSING_POLE:
            gf_text_add(words, " a multiplier leaves through infinity");
            break;
        default:
            gf_text_add(words, " a pair of multipliers passes the circle at ±");
            gf_layout_number(words, limit->angle * DEGREES, 4);
            gf_text_add(words, "° (Neimark-Sacker): the steps circle");
        }
        if (limit->resonance > 0 && isnan(limit->coefficient))
            gf_text_addf(words,
                         ", in resonance 1:%zu, where the third order does not "
                         "tell of a cycle [kuznetsov2004]",
                         limit->resonance);
        add_cycle(words, limit, is_lower_end(s, limit->step));
        add_row(out, i == 0 ? "limit" : "", words);
    }
}

static void add_multipliers(gf_text *out, const gf_stability_result *s)
{
    for (size_t i = 0; i < s->count; i++) {
        const gf_multiplier *m = &s->multiplier[i];
        bool is_pair =
            m->im > 0 && i + 1 < s->count && s->multiplier[i + 1].im < 0;
        gf_text_add(out, i > 0 ? ", " : "");
        if (m->re != 0 || m->im == 0)
            gf_layout_number(out, m->re, FEW_DIGITS);
        if (m->im == 0)
            continue;
        gf_text_add(out, is_pair ? (m->re != 0 ? "~±~" : "±")
                                 : (m->im > 0 ? "~+~" : "~-~"));
        gf_layout_number(out, fabs(m->im), FEW_DIGITS);
        gf_text_add(out, "i");
        i += is_pair;
    }
}

static void add_at_step(gf_text *out, gf_text *words,
                        const gf_stability_result *s)
{
    if (!isfinite(s->step))
        return;
    add_multipliers(words, s);
    gf_text_add(words, s->radius == 1
                           ? "; spectral radius 1: neutral, not stable"
                           : "; spectral radius ");
    if (s->radius != 1) {
        add_number(words, s->radius);
        gf_text_add(words, s->is_stable == GF_YES  ? ": stable"
                           : s->is_stable == GF_NO ? ": unstable"
                                                   : ": undecided");
    }
    char label[GF_LAYOUT_FIGURE + 16], figure[GF_LAYOUT_FIGURE];
    snprintf(label, sizeof label, "h = %s", gf_layout_figure(figure, s->step));
    add_row(out, label, words);
}

static void add_best(gf_text *out, gf_text *words, const gf_stability_result *s)
{
    if (isnan(s->best_step))
        return;
    if (isfinite(s->best_step)) {
        gf_text_add(words, "h~=~");
        add_number(words, s->best_step);
        gf_text_add(words, ", ");
    } else {
        gf_text_add(words, "the larger the better, in the limit ");
    }
    gf_text_add(words, "error times ");
    add_number(words, s->best_radius);
    if (s->period > 1)
        gf_text_addf(words, " each %zu steps", s->period);
    else
        gf_text_add(words, " each step");
    if (s->evaluations > 1) {
        gf_text_add(words, ", ");
        gf_layout_number(words, s->radius_per_evaluation, FEW_DIGITS);
        gf_text_addf(words, " each of its %zu gradients", s->evaluations);
    }
    add_row(out, "best", words);
}

static void add_eps(gf_text *out, gf_text *words, const gf_optimizer *optimizer,
                    const gf_stability_result *s)
{
    size_t last = gf_optimizer_numbers(optimizer->rule);
    double eps = optimizer->number[last - 1];

    gf_text_add(words,
                "at rest the mean square is 0, and eps alone divides: the "
                "linear map is that of plain means with the step h/eps");
    if (s->stable.count > 0) {
        gf_text_add(words, ", which may be up to ");
        add_number(words, s->stable.interval[0].hi / eps);
    }
    gf_text_add(words, "; with a usual h it converges only for a while, then "
                       "bursts");
    add_row(out, "eps", words);
}

static void add_flow(gf_text *out, gf_text *words, const gf_continuous *c)
{
    if (isnan(c->re[0]))
        return;
    if (c->friction == 0)
        gf_text_add(words, "no inertia makes the flow unstable");
    else if (isinf(c->friction))
        gf_text_add(words, "with any inertia the flow is unstable");
    else {
        gf_text_add(words, "z'' = -c z' + v attracts for friction c~>~");
        gf_layout_number(words, c->friction, FEW_DIGITS);
        gf_text_add(words, " (mass below ");
        gf_layout_number(words, c->mass, FEW_DIGITS);
        gf_text_add(words, ")");
    }
    add_row(out, "inertia", words);
    if (!isnan(c->best.ratio)) {
        gf_text_add(words, "critic : generator~=~");
        gf_layout_number(words, c->best.ratio, FEW_DIGITS);
        gf_text_add(words, " is the fastest flow (real part ");
        gf_layout_number(words, c->best.decay, FEW_DIGITS);
        gf_text_add(words, " at generator speed 1)");
        add_row(out, "speeds", words);
    }
    if (isnan(c->euler_re[0]))
        return;
    gf_text_add(words, "Euler's steps follow log(1 + h lambda)/h: ");
    for (size_t i = 0; i < 2; i++) {
        gf_text_add(words, i > 0 ? ", " : "");
        gf_layout_number(words, c->euler_re[i], FEW_DIGITS);
        if (c->euler_im[i] == 0)
            continue;
        gf_text_add(words, c->euler_im[i] < 0 ? "~-~" : "~+~");
        gf_layout_number(words, fabs(c->euler_im[i]), FEW_DIGITS);
        gf_text_add(words, "i");
    }
    add_row(out, "euler", words);
}

static void add_burst(gf_text *out, gf_text *words, const gf_burst *burst)
{
    if (!burst->is_there)
        return;
    gf_text_add(words, "from (");
    gf_layout_number(words, burst->start.x, FEW_DIGITS);
    gf_text_add(words, ",~");
    gf_layout_number(words, burst->start.y, FEW_DIGITS);
    gf_text_add(words, ") it comes as near as ");
    gf_layout_number(words, burst->nearest, 2);
    gf_text_addf(words, " at step %zu, and is then up to ", burst->nearest_at);
    gf_layout_number(words, burst->furthest, 2);
    gf_text_addf(words, " away (of %d steps)", GF_BURST_STEPS);
    add_row(out, "run", words);
}

static void add_point(gf_text *out, const gf_stability_points *points, size_t i,
                      bool verbose)
{
    const gf_stability_result *s = &points->point[i];
    const gf_classification *c = points->classification;
    gf_text words;

    gf_text_init(&words);
    gf_layout_to(out, GF_NOTE_INDENT, "");
    if (c) {
        gf_note_place(&words, c->field, &c->point[i], GF_LAYOUT_DIGITS);
        gf_text_add(&words, c->point[i].wanted == GF_YES  ? " (wanted)"
                            : c->point[i].wanted == GF_NO ? " (spurious)"
                                                          : "");
    } else {
        gf_text_addf(&words, "Jacobian, %zu~x~%zu", points->game.size,
                     points->game.size);
    }
    gf_layout_words(out, GF_NOTE_INDENT, gf_text_string(&words));
    gf_layout_end(out);
    gf_text_cut(&words, 0);
    if (s->state == 0) {
        gf_text_add(&words, "on a kink, no linearisation");
        add_row(out, "stable", &words);
    } else {
        add_steps(&words, &s->stable);
        add_row(out, "stable", &words);
        if (s->neutral.count > 0) {
            add_steps(&words, &s->neutral);
            gf_text_add(&words, " (radius 1: neither in nor out)");
            add_row(out, "neutral", &words);
        }
        if (s->decided == GF_DECIDED_SAMPLED) {
            gf_text_add(&words, "by eigenvalues in doubles, not by proof");
            add_row(out, "decided", &words);
        }
        add_limits(out, &words, s);
        add_best(out, &words, s);
        add_at_step(out, &words, s);
        if (points->optimizer.rule->through_eps)
            add_eps(out, &words, &points->optimizer, s);
        if (c && i == c->wanted)
            add_burst(out, &words, &points->burst);
        if (verbose)
            add_flow(out, &words, &points->continuous[i]);
    }
    gf_layout_drop(out, &words);
}

/* v - (h/2) J v, which the steps of Euler follow more closely than v. */
static void add_euler_field(gf_text *out, const gf_stability_points *points)
{
    const gf_field *field = points->classification->field;
    gf_error error;
    gf_expr e[2];
    gf_text formula;

    gf_error_clear(&error);
    if (gf_euler_field(e, field, points->options.step, &error))
        return;
    gf_note_row(out, "euler field",
                "what the steps follow up to the order h^2 [hairer2006]");
    for (size_t i = 0; i < 2; i++) {
        gf_text_init(&formula);
        gf_text_addf(&formula, "d%s/dt = ", field->axis_name[i]);
        gf_layout_expr(&formula, field->graph, e[i]);
        gf_layout_to(out, GF_NOTE_VALUE, "");
        gf_layout_formula(out, GF_NOTE_VALUE + 4, gf_text_string(&formula));
        gf_layout_end(out);
        gf_layout_drop(out, &formula);
    }
}

void gf_stability_note(gf_text *out, const gf_stability_points *points,
                       bool verbose)
{
    const gf_stability_options *options = &points->options;
    gf_text words;

    if (points->classification)
        gf_note_head(out, points->classification->field);
    gf_text_init(&words);
    gf_stability_add_rule(&words, &points->optimizer, true);
    gf_text_addf(&words, ", %s", gf_order_name(options->order));
    if (options->order == GF_ALTERNATING && options->critic_steps > 1)
        gf_text_addf(&words, ", %zu steps of the critic each",
                     options->critic_steps);
    gf_note_row(out, "optimizer", gf_text_string(&words));
    gf_text_cut(&words, 0);
    if (points->classification)
        gf_note_parameters(&words, points->classification->field);
    if (words.length > 0)
        gf_note_row(out, "parameters", gf_text_string(&words));
    gf_layout_drop(out, &words);
    if (verbose && points->classification &&
        options->order == GF_SIMULTANEOUS &&
        strcmp(points->optimizer.rule->name, "sgd") == 0)
        add_euler_field(out, points);
    if (points->count == 0)
        gf_note_row(out, "rest points", "none");
    for (size_t i = 0; i < points->count; i++)
        add_point(out, points, i, verbose);
}
