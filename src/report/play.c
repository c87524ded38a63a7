/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two nets in a game: a note, JSON, and the course as CSV. */
#include <ganfield/report.h>

#include <math.h>

#include "base/number.h"
#include "report/layout.h"
#include "report/play.h"

enum { LABEL = 2, TEXT = 14, MODES = 6 };

static void add_net(gf_text *out, const char *label, const gf_net_shape *shape,
                    size_t parameters)
{
    gf_layout_to(out, LABEL, label);
    gf_layout_to(out, TEXT, "");
    for (size_t i = 0; i <= shape->layers; i++)
        gf_text_addf(out, "%s%zu", i ? "-" : "", shape->size[i]);
    gf_text_addf(out, ":%s",
                 shape->layers > 1 ? shape->activation[0]->name : "identity");
    if (shape->norm != GF_NORM_NONE)
        gf_text_addf(out, ",%s", gf_norm_name(shape->norm));
    if (shape->is_residual)
        gf_text_add(out, ",residual");
    if (shape->head != GF_HEAD_IDENTITY)
        gf_text_addf(out, ",head=%s", gf_head_name(shape->head));
    gf_text_addf(out, ", %zu parameters, %s, seed %llu", parameters,
                 gf_init_rule_name(shape->init),
                 (unsigned long long)shape->seed);
    gf_layout_end(out);
}

static void add_setup(gf_text *out, const gf_play *play)
{
    const gf_play_setup *s = &play->setup;
    char lo[GF_LAYOUT_FIGURE], hi[GF_LAYOUT_FIGURE];

    gf_text_addf(out, "%s under the kernels of two nets\n", s->field->name);
    add_net(out, "critic", &s->critic, play->parameters[0]);
    add_net(out, "generator", &s->generator, play->parameters[1]);
    gf_layout_to(out, TEXT, "as a ");
    gf_text_addf(out, "%s",
                 s->representation == GF_PUSHFORWARD ? "pushforward of "
                 : s->representation == GF_SOFTMAX   ? "softmax density"
                                                     : "density");
    if (s->representation == GF_PUSHFORWARD)
        gf_text_addf(out, "%zu particles", s->particles);
    gf_layout_end(out);
    gf_layout_to(out, LABEL, "data");
    gf_layout_to(out, TEXT, "");
    gf_text_addf(out, "%s at %zu points of [%s, %s], mass %.4g there",
                 gf_play_data_name(s->data), s->count,
                 gf_layout_figure(lo, s->x[0]),
                 gf_layout_figure(hi, s->x[s->count - 1]), play->data_mass);
    gf_layout_end(out);
}

/* --- modes ------------------------------------------------------------- */

/* What is nothing but rounding beside the mode itself. */
static double clean(const gf_mode *m, double x)
{
    return fabs(x) < 1e-10 * hypot(m->re, m->im) ? 0 : x;
}

static void add_mode(gf_text *out, const gf_mode *m)
{
    double re = clean(m, m->re);

    gf_layout_to(out, TEXT, "");
    gf_layout_number(out, re, 5);
    if (m->im != 0) {
        gf_text_add(out, " ± ");
        gf_layout_number(out, fabs(m->im), 5);
        gf_text_add(out, "i");
    }
    gf_layout_to(out, 42, "");
    gf_layout_number(out, clean(m, m->damping), 3);
    gf_layout_to(out, 54, "");
    if (isfinite(m->period))
        gf_layout_number(out, m->period, 4);
    else
        gf_text_add(out, "-");
    gf_layout_to(out, 66, "");
    if (re != 0)
        gf_layout_number(out, m->decay_time, 4);
    else
        gf_text_add(out, "never");
    gf_layout_end(out);
}

static double size_of(const gf_mode *m)
{
    return hypot(m->re, m->im);
}

/* The fastest first: the next smaller than the size given, of a pair the upper
   one. */
static const gf_mode *next_mode(const gf_modes *all, const gf_mode *last)
{
    const gf_mode *next = NULL;

    for (size_t i = 0; i < all->count; i++) {
        const gf_mode *m = &all->mode[i];
        bool is_after = !last || size_of(m) < size_of(last) ||
                        (size_of(m) == size_of(last) && m > last);
        if (m->im >= 0 && is_after && (!next || size_of(m) > size_of(next)))
            next = m;
    }
    return next;
}

static void add_table(gf_text *out, const gf_modes *modes)
{
    const gf_mode *m = next_mode(modes, NULL);
    size_t shown = 0;

    gf_layout_to(out, TEXT, "eigenvalue");
    gf_layout_to(out, 42, "damping");
    gf_layout_to(out, 54, "period");
    gf_layout_to(out, 66, "decay time");
    gf_layout_end(out);
    for (; m && shown < MODES; m = next_mode(modes, m), shown++)
        add_mode(out, m);
    if (m) {
        gf_layout_to(out, TEXT, "... and slower ones; --json has all");
        gf_layout_end(out);
    }
}

/* What the nets bend: the modes of the field at the points. */
static void add_ideal(gf_text *out, const gf_modes *m)
{
    double low = INFINITY, high = -INFINITY;

    for (size_t i = 0; i < m->count; i++) {
        low = fmin(low, m->mode[i].damping);
        high = fmax(high, m->mode[i].damping);
    }
    gf_layout_to(out, LABEL, "ideal");
    gf_layout_to(out, TEXT, "");
    gf_text_addf(out, "without nets %zu zero, %zu spiral, %zu node; damping ",
                 m->zero, m->spiral, m->node);
    gf_layout_number(out, low + 0.0, 3);
    gf_text_add(out, " to ");
    gf_layout_number(out, high + 0.0, 3);
    gf_layout_end(out);
}

static void add_modes(gf_text *out, const gf_play *play)
{
    const gf_modes *m = &play->modes;

    if (!play->setup.particles) {
        gf_layout_to(out, LABEL, "kernels");
        gf_layout_to(out, TEXT, "");
        gf_text_addf(out, "rank %zu (critic) and %zu (generator) of %zu",
                     m->rank_d, m->rank_g, play->setup.count);
        gf_layout_end(out);
    }
    gf_layout_to(out, LABEL, "modes");
    gf_layout_to(out, TEXT, "");
    gf_text_addf(out,
                 "%zu zero, %zu spiral, %zu node; %zu unstable, %zu undamped",
                 m->zero, m->spiral, m->node, m->unstable, m->undamped);
    gf_layout_end(out);
    if (m->count > 0)
        add_table(out, m);
    if (m->zero > 0) {
        gf_layout_to(out, LABEL, "equilibria");
        gf_layout_to(out, TEXT, "");
        gf_text_addf(out, "a manifold of %zu dimension%s, its zero modes",
                     m->zero, m->zero == 1 ? "" : "s");
        gf_layout_end(out);
    }
    if (isfinite(m->rotation)) {
        gf_layout_to(out, LABEL, "rotation");
        gf_layout_to(out, TEXT, "");
        gf_text_add(out, "|A|/|J| = ");
        gf_layout_number(out, m->rotation, 4);
        gf_layout_end(out);
    }
    if (play->ideal.count > 0)
        add_ideal(out, &play->ideal);
    if (play->has_parameter_modes && isfinite(play->mismatch)) {
        gf_layout_to(out, LABEL, "check");
        gf_layout_to(out, TEXT, "");
        gf_text_addf(out,
                     "the spectrum in the %zu parameters is the same to %.1e",
                     play->parameters[0] + play->parameters[1], play->mismatch);
        gf_layout_end(out);
    }
}

/* --- the course -------------------------------------------------------- */

static void add_change(gf_text *out, const char *what, double from, double to)
{
    gf_text_addf(out, "%s ", what);
    for (int i = 0; i < 2; i++) {
        double x = i ? to : from;
        gf_text_add(out, i ? " to " : "");
        if (isfinite(x))
            gf_layout_number(out, x, 4);
        else
            gf_text_add(out, isnan(x) ? "none" : "infinity");
    }
}

static void add_reason(gf_text *out, const gf_course *c)
{
    const gf_course_row *last = &c->row[c->count - 1];
    gf_text text;

    gf_text_init(&text);
    switch (c->end) {
    case GF_COURSE_CONVERGED:
        gf_text_addf(&text, "the gap is %.3g at the end", last->gap);
        break;
    case GF_COURSE_ORBIT:
        gf_text_addf(&text,
                     "%zu maxima of the gap, %.3g apart, and no smaller at the "
                     "end (log decrement %.2g)",
                     c->maxima, c->period, c->decrement);
        break;
    case GF_COURSE_STALLED:
        gf_text_addf(&text, "the gap stays at %.3g", last->gap);
        break;
    case GF_COURSE_DIVERGED:
        gf_text_addf(&text, "the gap is %.3g at t = %.4g", last->gap, last->t);
        break;
    case GF_COURSE_BLIND:
        gf_text_addf(&text, "nothing moves the generator, and the gap is %.3g",
                     last->gap);
        break;
    case GF_COURSE_UNDECIDED:
        if (c->is_stiff)
            gf_text_addf(&text,
                         "stiff: steps of %.2g are too large for the fastest "
                         "rate, about %.2g, and what is seen may be their "
                         "work; a smaller --step, with a smaller --until, "
                         "may tell",
                         c->step / 2, c->rate);
        else if (c->alone[0] != c->alone[1] || c->gap_apart > 0.01)
            gf_text_addf(&text,
                         "the two step sizes do not agree (%s, %s; last gaps "
                         "%.2g apart): a smaller --step may tell",
                         gf_course_end_name(c->alone[0]),
                         gf_course_end_name(c->alone[1]), c->gap_apart);
        else
            gf_text_addf(&text,
                         "the gap is %.3g and still changes: a larger "
                         "--until may tell",
                         last->gap);
        break;
    }
    gf_layout_words(out, TEXT, gf_text_string(&text));
    gf_layout_drop(out, &text);
}

/* Between the data and the generator; masses below 0 have no divergence. */
static void add_apart(gf_text *out, const gf_discrepancy *first,
                      const gf_discrepancy *last)
{
    bool is_cells = isfinite(first->js_histogram);
    double js[2] = {is_cells ? first->js_histogram : first->js,
                    is_cells ? last->js_histogram : last->js};
    double tv[2] = {is_cells ? first->tv_histogram : first->tv,
                    is_cells ? last->tv_histogram : last->tv};

    gf_layout_to(out, TEXT, "");
    if (isfinite(js[0]) && isfinite(js[1]))
        add_change(out, "JS", js[0], js[1]);
    else
        gf_text_add(out, "JS: none of a density below 0");
    add_change(out, ", TV", tv[0], tv[1]);
    if (is_cells)
        gf_text_add(out, " (of a histogram)");
    else if (isfinite(first->kl) && isfinite(last->kl))
        add_change(out, ", KL", first->kl, last->kl);
    gf_layout_end(out);
}

static void add_course(gf_text *out, const gf_course *c)
{
    const gf_course_row *first = c->row, *last = &c->row[c->count - 1];

    gf_layout_to(out, LABEL, "run");
    gf_layout_to(out, TEXT, "");
    gf_text_addf(out, "kernels %s, to t = %.6g by steps of %.3g and %.3g",
                 c->is_frozen ? "frozen" : "moving", last->t, c->step,
                 c->step / 2);
    gf_layout_end(out);
    gf_layout_to(out, TEXT, "");
    add_change(out, "gap", first->gap, last->gap);
    add_change(out, ", W1", first->apart.w1, last->apart.w1);
    add_change(out, ", |D - D0|", first->d_gap, last->d_gap);
    gf_layout_end(out);
    add_apart(out, &first->apart, &last->apart);
    if (!c->is_frozen) {
        gf_layout_to(out, TEXT, "");
        gf_text_addf(out,
                     "drift of the kernels %.3g (critic), %.3g "
                     "(generator)",
                     c->drift[0], c->drift[1]);
    } else {
        gf_layout_to(out, TEXT, "");
        add_change(out, "distance F", first->distance, last->distance);
        add_change(out, ", dual energy", first->dual, last->dual);
    }
    gf_layout_end(out);
    gf_layout_to(out, LABEL, "verdict");
    gf_layout_to(out, TEXT, "");
    gf_text_addf(out, "%s: ", gf_course_end_name(c->end));
    add_reason(out, c);
    gf_layout_end(out);
}

static void write_csv(gf_text *out, const gf_course *c)
{
    for (size_t k = 0; k < gf_play_column_count; k++)
        gf_text_addf(out, "%s%s", k ? "," : "", gf_play_columns[k].name);
    gf_text_add_char(out, '\n');
    for (size_t i = 0; i < c->count; i++) {
        for (size_t k = 0; k < gf_play_column_count; k++) {
            double cell = gf_play_cell(&c->row[i], &gf_play_columns[k]);
            if (k > 0)
                gf_text_add_char(out, ',');
            if (isfinite(cell))
                gf_text_add_number(out, cell);
        }
        gf_text_add_char(out, '\n');
    }
}

gf_status gf_report_play(char **out, const gf_play *play,
                         const gf_report_options *options, gf_error *error)
{
    gf_format format = options ? options->format : GF_FORMAT_TEXT;
    gf_text text;

    if (format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "the report has no LaTeX form");
    if (format == GF_FORMAT_CSV && play->course.count == 0)
        return gf_error_set(error, GF_ARGUMENT,
                            "CSV is of the run, and there is none: --until T");
    gf_text_init(&text);
    if (format == GF_FORMAT_JSON) {
        gf_play_record(&text, play);
    } else if (format == GF_FORMAT_CSV) {
        write_csv(&text, &play->course);
    } else {
        add_setup(&text, play);
        if (play->has_modes)
            add_modes(&text, play);
        if (play->course.count > 0)
            add_course(&text, &play->course);
    }
    if (text.failed) {
        gf_text_clear(&text);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    *out = gf_text_take(&text);
    return GF_OK;
}
