/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a figure shows, in words written from the analysis: as plain text (the
 * alt text) or with styles (the caption).  The alt text has besides what a
 * reader of the caption sees: windows and runs.
 */
#include <ctype.h>
#include <math.h>

#include "figure/plate.h"
#include "report/layout.h"

#define PLUS_MINUS " \xc2\xb1 "
#define DOT " \xc2\xb7 "
#define LAMBDA "\xce\xbb"

enum { DIGITS = 4 };

/* Where words go: one of the two. */
typedef struct telling {
    gf_text *plain;
    gf_rich *rich;
} telling;

static void say(const telling *t, const char *words)
{
    if (t->plain)
        gf_text_add(t->plain, words);
    else
        gf_rich_add(t->rich, GF_UPRIGHT, words);
}

static void say_math(const telling *t, const char *name)
{
    if (t->plain)
        gf_text_add(t->plain, name);
    else
        gf_rich_math(t->rich, name);
}

static void say_number(const telling *t, double x)
{
    if (t->plain)
        gf_layout_number(t->plain, x, DIGITS);
    else
        gf_rich_number(t->rich, x, DIGITS);
}

static void say_equal(const telling *t, const char *name, double x)
{
    say_math(t, name);
    say(t, " = ");
    say_number(t, x);
}

static void say_capital(const telling *t, const char *word)
{
    char first[2] = {(char)toupper((unsigned char)word[0]), '\0'};

    say(t, first);
    say(t, word + 1);
}

/* --- sentences --------------------------------------------------------- */

static void say_spectrum(const telling *t, const gf_spectrum *s)
{
    bool real = s->im[0] == 0;

    say(t, " (");
    if (t->plain)
        say(t, LAMBDA " = ");
    else
        gf_rich_math(t->rich, "\\lambda = ");
    if (real || fabs(s->re[0]) > 1e-12 * fabs(s->im[0])) {
        say_number(t, s->re[0]);
        say(t, real ? ", " : PLUS_MINUS);
    } else {
        say(t, "\xc2\xb1");
    }
    if (real || fabs(fabs(s->im[0]) - 1) > 5e-5)
        say_number(t, real ? s->re[1] : fabs(s->im[0]));
    if (!real)
        say_math(t, "i");
    say(t, ")");
}

static void say_point(const telling *t, const gf_field *field,
                      const gf_rest_point *point)
{
    say(t, " ");
    say_capital(t, gf_type_name(point->type));
    say(t, " at ");
    say_equal(t, field->axis_name[0], point->at.x);
    say(t, ", ");
    say_equal(t, field->axis_name[1], point->at.y);
    if (point->smooth)
        say_spectrum(t, &point->spectrum);
    say(t, point->wanted == GF_YES ? ", the wanted rest point." : ".");
}

static bool is_seen(const gf_plate_panel *panel, gf_vec2 p)
{
    const gf_range *w = panel->window;

    return p.x >= w[0].lo && p.x <= w[0].hi && p.y >= w[1].lo && p.y <= w[1].hi;
}

static void say_points(const telling *t, const gf_plate_panel *panel)
{
    const gf_classification *c = panel->c;
    size_t seen = 0;

    for (size_t i = 0; i < c->count; i++) {
        if (!is_seen(panel, c->point[i].at))
            continue;
        say_point(t, c->field, &c->point[i]);
        seen++;
    }
    if (seen == 0)
        say(t, " No rest point in the window.");
    if (c->complete != GF_YES)
        say(t, " Rest points were found by search; there may be others.");
    else if (seen < c->count)
        say(t, " There are other rest points outside of the window.");
}

/* To four digits, and not above x: what is proved below x is so below it. */
static double rounded_down(double x)
{
    double unit = pow(10, floor(log10(x)) - (DIGITS - 1));

    return x > 0 ? floor(x / unit + 1e-9) * unit : x;
}

static void say_energy(const telling *t, const gf_classification *c)
{
    if (!c->has_energy)
        return;
    if (c->energy.region == GF_REGION_WHOLE) {
        say(t, " Every start converges (proved).");
    } else if (c->energy.region == GF_REGION_LEVEL) {
        say(t, " Every start with ");
        say_math(t, "E");
        say(t, " < ");
        say_number(t, rounded_down(c->energy.region_level));
        say(t, " converges (proved).");
    } else if (c->energy.first_integral == GF_YES) {
        say(t, " The energy is constant along every trajectory (proved).");
    }
}

static void say_head(const telling *t, const gf_field *field)
{
    say(t, field->title[0] ? field->title : field->name);
    for (size_t i = 0; i < field->parameter_count; i++) {
        say(t, ", ");
        say_equal(t, field->parameter[i].name, field->parameter[i].number);
    }
    if (field->speed[0] != 1 || field->speed[1] != 1) {
        say(t, ", speeds ");
        say_number(t, field->speed[0]);
        say(t, " : ");
        say_number(t, field->speed[1]);
    }
    say(t, ".");
}

static void say_maps(const telling *t, const gf_plate_panel *panel)
{
    for (size_t i = 0; i < panel->map_count; i++) {
        const gf_portrait_map *map = &panel->map[i];
        say(t, " Markers: steps of ");
        say(t, map->optimizer.rule->name);
        say(t, ", ");
        say_equal(t, "h", map->options.step);
        say(t, map->options.order == GF_ALTERNATING ? ", alternating." : ".");
    }
}

static void tell(const telling *t, const gf_plate *plate, size_t i)
{
    const gf_plate_panel *panel = &plate->panel[i];

    if (plate->count > 1) {
        char letter[] = {'(', (char)('a' + i % 26), ')', '\0'};
        if (t->plain)
            say(t, letter);
        else
            gf_rich_add(t->rich, GF_BOLD, letter);
        say(t, " ");
    }
    say_head(t, panel->c->field);
    say_points(t, panel);
    say_energy(t, panel->c);
    if (panel->layers >> GF_FEATURE_ITERATIONS & 1)
        say_maps(t, panel);
}

/* --- what only the alt text says --------------------------------------- */

static void add_window(const telling *t, const gf_portrait *p)
{
    say(t, " Seen: ");
    for (int k = 0; k < 2; k++) {
        say(t, k ? ", " : "");
        say(t, p->view.field->axis_name[k]);
        say(t, " from ");
        say_number(t, p->view.window[k].lo);
        say(t, " to ");
        say_number(t, p->view.window[k].hi);
    }
    say(t, ".");
}

static void add_runs(gf_text *out, const gf_portrait *p)
{
    size_t rest = 0, closed = 0;

    for (size_t i = 0; i < p->trajectory_count; i++) {
        const gf_portrait_run *run = &p->trajectory[i];
        rest += run->end.halt == GF_HALT_REST;
        closed += run->end.cycles;
    }
    if (p->trajectory_count == 0)
        return;
    gf_text_addf(out, " %zu %s from the marked starts", p->trajectory_count,
                 p->trajectory_count == 1 ? "trajectory" : "trajectories");
    if (rest)
        gf_text_addf(out, ", %zu to a rest point", rest);
    if (closed)
        gf_text_addf(out, ", %zu on closed orbits", closed);
    gf_text_add(out, ".");
}

void gf_plate_describe(gf_text *out, const gf_plate *plate,
                       const gf_portrait *portraits)
{
    telling t = {.plain = out};

    for (size_t i = 0; i < plate->count; i++) {
        gf_text_add(out, i ? " " : "");
        tell(&t, plate, i);
        add_window(&t, &portraits[i]);
        add_runs(out, &portraits[i]);
    }
    gf_text_add(out, " Curves by Dormand and Prince's method, error per step "
                     "below 1e-5 pt of the page.");
}

/* The parameters of a single field, how curves were computed, by whom. */
void gf_plate_stamp(gf_page *page, const gf_plate *plate)
{
    const gf_field *field = plate->panel[0].c->field;
    telling t = {.rich = &page->note};

    if (!(plate->panel[0].layers >> GF_FEATURE_STAMP & 1))
        return;
    for (size_t i = 0; plate->count == 1 && i < field->parameter_count; i++) {
        say_equal(&t, field->parameter[i].name, field->parameter[i].number);
        say(&t, DOT);
    }
    say(&t, GF_CURVE_METHOD ", ");
    gf_rich_math(t.rich, "10^{-5}");
    say(&t, " pt" DOT "ganfield " GF_VERSION);
}

void gf_plate_caption(gf_page *page, const gf_plate *plate)
{
    for (size_t i = 0; i < plate->count; i++) {
        telling t = {.rich = &page->panel[i].caption};
        if (plate->panel[i].layers >> GF_FEATURE_CAPTION & 1)
            tell(&t, plate, i);
    }
}
