/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exponents, as a note: how fast neighbours part, and why so. */
#include "report/lyapunov.h"

#include <math.h>

#include "report/layout.h"
#include "report/note.h"

/* A rest point this near to the end of a run is where it went. */
#define NEAR 1e-6
/* So many times as far as the start: steps that run away. */
#define FAR 1e6
/* A bar so small beside the next exponent leaves no doubt that one is 0. */
#define CLEAR 0.1

static void add_number(gf_text *out, double x, int digits)
{
    char figure[GF_LAYOUT_FIGURE];

    (void)gf_layout_figure(figure, 0);
    gf_layout_number(out, x, digits);
}

/* "-0.8 ± 1e-8": no more digits than the bar allows. */
static void add_exponent(gf_text *out, double value, double bar)
{
    int digits = GF_LAYOUT_DIGITS;

    if (isinf(value)) {
        gf_text_add(out, "-∞");
        return;
    }
    if (isnan(bar)) {
        add_number(out, value, 4);
        return;
    }
    if (fabs(value) <= bar) {
        gf_text_add(out, "0");
    } else {
        if (bar > 0)
            digits = (int)(floor(log10(fabs(value))) - floor(log10(bar))) + 1;
        add_number(out, value,
                   digits < 1                  ? 1
                   : digits > GF_LAYOUT_DIGITS ? GF_LAYOUT_DIGITS
                                               : digits);
    }
    gf_text_add(out, "~±~");
    add_number(out, bar, 1);
}

static void add_place(gf_text *out, const gf_field *field, gf_vec2 at)
{
    char x[GF_LAYOUT_FIGURE], y[GF_LAYOUT_FIGURE];

    gf_text_addf(out, "%s~=~%s, %s~=~%s", field->axis_name[0],
                 gf_layout_figure(x, at.x), field->axis_name[1],
                 gf_layout_figure(y, at.y));
}

/* The rest point that a run has come to, or NULL. */
static const gf_rest_point *goal(const gf_classification *c,
                                 const gf_exponents *e)
{
    for (size_t i = 0; i < c->count; i++)
        if (!c->point[i].line && c->point[i].smooth &&
            hypot(c->point[i].at.x - e->end.x, c->point[i].at.y - e->end.y) <=
                NEAR * fmax(1, hypot(e->end.x, e->end.y)))
            return &c->point[i];
    return NULL;
}

static void add_map_reason(gf_text *out, const gf_behaviour *b,
                           const gf_exponents *e, const gf_rest_point *point)
{
    double away = hypot(e->end.x - e->start.x, e->end.y - e->start.y);
    double second = e->count > 1 ? e->value[1] : -INFINITY;

    if (point) {
        gf_text_add(out, "it comes to the rest point ");
        add_place(out, b->c->field, point->at);
        gf_text_add(out, ": logarithms of its multipliers");
    } else if (e->value[0] > e->bar[0]) {
        gf_text_add(out, "neighbours part exponentially: ");
        gf_text_add(out, away > FAR * (1 + hypot(e->start.x, e->start.y))
                             ? "the steps run away"
                             : "chaos, if the motion is bounded");
    } else if (e->value[0] < -e->bar[0]) {
        gf_text_add(out,
                    "neighbours meet: the steps come to repeat themselves");
    } else if (e->bar[0] < CLEAR * fabs(second)) {
        gf_text_add(out, "one is 0, along an invariant circle; across it "
                         "neighbours meet");
    } else {
        gf_text_add(out, "neighbours do not part exponentially");
    }
}

/* Why the exponents are what they are. */
static void add_reason(gf_text *out, const gf_behaviour *b,
                       const gf_exponents *e)
{
    const gf_classification *c = b->c;
    const gf_rest_point *point = goal(c, e);
    char t[GF_LAYOUT_FIGURE];

    if (e->stop != GF_STOP_END && !(e->time > 0)) {
        gf_text_addf(out, "%s at the first step", gf_stop_name(e->stop));
    } else if (e->stop != GF_STOP_END) {
        gf_text_addf(out, "%s %s%s: means up to there, and no limits",
                     gf_stop_name(e->stop), b->flow ? "at t~=~" : "at step~",
                     gf_layout_figure(t, e->time));
    } else if (b->optimizer) {
        add_map_reason(out, b, e, point);
    } else if (point) {
        gf_text_add(out, "it goes to the rest point ");
        add_place(out, c->field, point->at);
        gf_text_add(out, "; Re~λ there: ");
        add_number(out, point->spectrum.re[0], GF_LAYOUT_DIGITS);
        gf_text_add(out, ", ");
        add_number(out, point->spectrum.re[1], GF_LAYOUT_DIGITS);
    } else if (isinf(e->value[1])) {
        gf_text_addf(out,
                     "it slides for a time of %s, and what slides merges with "
                     "its neighbours [filippov1988]",
                     gf_layout_figure(t, e->slide_time));
    } else if (fabs(e->value[0]) <= e->bar[0] &&
               fabs(e->value[1]) <= e->bar[1]) {
        gf_text_add(out, "neighbours neither part nor meet exponentially");
    } else if (fabs(e->value[0]) <= e->bar[0]) {
        gf_text_add(out, "one is 0, along the motion: a closed orbit, or none "
                         "that comes to rest");
    }
}

static void add_run(gf_text *out, const gf_behaviour *b, const gf_exponents *e)
{
    gf_text words;

    gf_text_init(&words);
    gf_text_add(&words, "from ");
    add_place(&words, b->c->field, e->start);
    gf_note_row(out, "exponents", gf_text_string(&words));
    gf_text_cut(&words, 0);
    for (size_t i = 0; i < e->count && e->time > 0; i++) {
        gf_text_add(&words, i > 0 ? ", " : "");
        add_exponent(&words, e->value[i], e->bar[i]);
    }
    if (words.length > 0) {
        gf_text_addf(&words, " per %s [benettin1980]",
                     b->flow ? "unit of time" : "step");
        gf_note_row(out, "", gf_text_string(&words));
    }
    gf_text_cut(&words, 0);
    add_reason(&words, b, e);
    if (words.length > 0)
        gf_note_row(out, "", gf_text_string(&words));
    gf_layout_drop(out, &words);
}

static void add_details(gf_text *out, const gf_exponents *e)
{
    gf_text words;

    gf_text_init(&words);
    if (!isnan(e->finite)) {
        gf_text_addf(&words, "finite-time exponent ");
        add_number(&words, e->finite, GF_LAYOUT_DIGITS);
        gf_text_add(&words, ", ");
    }
    gf_text_addf(&words, "%zu steps, %zu evaluations", e->steps,
                 e->evaluations);
    gf_note_row(out, "", gf_text_string(&words));
    gf_layout_drop(out, &words);
}

/* "sgd, step 0.1, 1000 steps, alternating (critic first, 1 step)" */
static void add_optimizer(gf_text *out, const gf_behaviour *b)
{
    const gf_optimizer_number *number = b->optimizer->rule->number;
    gf_text words;

    gf_text_init(&words);
    gf_text_addf(&words, "%s", b->optimizer->rule->name);
    for (size_t i = 0; i < gf_optimizer_numbers(b->optimizer->rule); i++) {
        if (isnan(b->optimizer->number[i]))
            continue;
        gf_text_addf(&words, "%s%s~=~", i > 0 ? ", " : ": ", number[i].name);
        add_number(&words, b->optimizer->number[i], GF_LAYOUT_DIGITS);
    }
    gf_text_add(&words, "; step~");
    if (b->map->schedule)
        gf_text_add(&words, gf_schedule_text(b->map->schedule));
    else
        add_number(&words, b->map->step, GF_LAYOUT_DIGITS);
    gf_text_addf(&words, ", %zu steps, %s [%s]", b->map->steps,
                 gf_order_name(b->map->order), b->optimizer->rule->key);
    gf_note_row(out, "optimizer", gf_text_string(&words));
    gf_layout_drop(out, &words);
}

/* What holds the state; energy and distance know nothing of it. */
static void add_walls(gf_text *out, const gf_behaviour *b)
{
    const gf_field *field = b->c->field;
    size_t critic = field->kind == GF_POINTWISE ? 0 : field->critic;
    gf_text words;

    gf_text_init(&words);
    if (b->flow->clip > 0) {
        gf_text_addf(&words, "-");
        add_number(&words, b->flow->clip, GF_LAYOUT_DIGITS);
        gf_text_addf(&words, "~≤~%s~≤~", field->axis_name[critic]);
        add_number(&words, b->flow->clip, GF_LAYOUT_DIGITS);
        gf_text_add(&words, b->flow->project ? ", " : "");
    }
    if (b->flow->project)
        gf_text_addf(&words, "%s in its physical range", field->axis_name[1]);
    gf_text_add(&words, ": held there while the field presses outwards "
                        "[nagurney1996]");
    gf_note_row(out, "walls", gf_text_string(&words));
    gf_layout_drop(out, &words);
}

static void write_note(gf_text *out, const gf_behaviour *b, bool verbose)
{
    gf_note_head(out, b->c->field);
    gf_note_dynamics(out, b->c->field);
    if (b->optimizer)
        add_optimizer(out, b);
    for (size_t i = 0; i < b->count; i++) {
        add_run(out, b, &b->run[i]);
        if (verbose)
            add_details(out, &b->run[i]);
    }
    if (b->optimizer)
        return;
    if (b->flow->clip > 0 || b->flow->project)
        add_walls(out, b);
    else
        gf_note_energy(out, b->c, verbose);
    gf_lyapunov_proofs(out, b, verbose);
}

static void write_json(gf_text *out, const gf_behaviour *all, size_t count)
{
    gf_json json;

    gf_json_init(&json, out);
    if (count > 1)
        gf_json_begin_array(&json);
    for (size_t i = 0; i < count; i++)
        gf_lyapunov_record(&json, &all[i]);
    if (count > 1)
        gf_json_end_array(&json);
    gf_text_add_char(out, '\n');
}

gf_status gf_report_lyapunov(char **out, const gf_behaviour *all, size_t count,
                             const gf_report_options *options, gf_error *error)
{
    static const gf_report_options defaults = {.format = GF_FORMAT_TEXT};
    gf_text text;

    options = options ? options : &defaults;
    if (options->format != GF_FORMAT_TEXT && options->format != GF_FORMAT_JSON)
        return gf_error_set(error, GF_ARGUMENT,
                            "exponents are written as text or as JSON");
    gf_text_init(&text);
    if (options->format == GF_FORMAT_JSON)
        write_json(&text, all, count);
    for (size_t i = 0; i < count && options->format == GF_FORMAT_TEXT; i++) {
        if (i > 0)
            gf_text_add_char(&text, '\n');
        write_note(&text, &all[i], options->verbose);
    }
    *out = gf_text_take(&text);
    if (*out)
        return GF_OK;
    return gf_error_set(error, GF_MEMORY, "out of memory");
}
