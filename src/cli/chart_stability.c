/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of stability over axes: the radius against the step; the stable
   steps against another number; maps of two. */
#include "cli/chart.h"
#include "cli/picture.h"
#include "cli/stability_over.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where the radius is computed for a curve; lines and steps of an area. */
enum { SAMPLES = 600, LINES = 200, STEPS = 300 };
/* Stable intervals that end so far apart are shown on a logarithmic axis. */
static const double log_from = 50;
/* Best steps that differ so much are of different minima. */
static const double leap = 1.5, leap_beside = 3;

enum { STABLE, UNSTABLE, NEUTRAL, WORDS };
static const char *const words[WORDS] = {"stable", "not stable", "neutral"};
static const char circle[] = "$|\\mu| = 1$";

typedef struct chart {
    gf_stability_over *over; /* what is looked at */
    const gf_linear *game;
    const gf_stability_points *points;
    const char *about, *command;
    size_t place[2]; /* which axis of the map is which of `over` */
    double *at[2], *value;
    gf_vec2 *best;
    gf_profile_band *band;
} chart;

static double radius_at(const chart *c, const double *x)
{
    double radius;

    return gf_stability_over_radius(&radius, c->over, x, c->game,
                                    &c->points->optimizer, &c->points->options,
                                    NULL)
               ? NAN
               : radius;
}

/* --- the radius against the step --------------------------------------- */

/* Adds a band and the rules of its ends, as far as they are in the window. */
static void add_band(gf_profile *p, chart *c, double from, double to,
                     size_t word)
{
    from = fmax(from, p->axis.low);
    to = fmin(to, p->axis.high);
    if (!(from < to))
        return;
    c->band[p->bands++] = (gf_profile_band){from, to, word};
    if (from > p->axis.low && p->rules < GF_PROFILE_RULES)
        p->rule[p->rules++] = (gf_profile_rule){from, circle};
}

/* Stable and neutral intervals, and what is between them. */
static void add_bands(gf_profile *p, chart *c)
{
    const gf_stability_result *s = &c->over->line[0];
    size_t i = 0, k = 0;
    double at = 0;

    while (i < s->stable.count || k < s->neutral.count) {
        bool is_stable = k == s->neutral.count ||
                         (i < s->stable.count &&
                          s->stable.interval[i].lo < s->neutral.interval[k].lo);
        const gf_steps *next =
            is_stable ? &s->stable.interval[i++] : &s->neutral.interval[k++];
        add_band(p, c, at, next->lo, UNSTABLE);
        add_band(p, c, next->lo, next->hi, is_stable ? STABLE : NEUTRAL);
        at = next->hi;
    }
    add_band(p, c, at, INFINITY, UNSTABLE);
}

static int draw_radius(const gf_call *call, chart *c)
{
    const gf_stability_result *s = &c->over->line[0];
    gf_sweep_axis axis = c->over->axis[0];
    size_t pieces = 2 * (s->stable.count + s->neutral.count) + 1;

    axis.count = SAMPLES;
    c->at[0] = calloc(SAMPLES, sizeof *c->at[0]);
    c->value = calloc(SAMPLES, sizeof *c->value);
    c->band = calloc(pieces, sizeof *c->band);
    if (!c->at[0] || !c->value || !c->band)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    for (size_t i = 0; i < SAMPLES; i++) {
        c->at[0][i] = gf_sweep_axis_at(&axis, i);
        c->value[i] = radius_at(c, &c->at[0][i]);
    }
    gf_profile p = {
        .axis = {.name = "h",
                 .low = fmin(axis.from, axis.to),
                 .high = fmax(axis.from, axis.to),
                 .log = axis.log,
                 .at = c->at[0],
                 .count = SAMPLES},
        .curve = {{"spectral radius", "spectral radius", c->value, true, 1}},
        .curves = 1,
        .band = c->band,
        .word = words,
        .words = WORDS,
        .fixed = true,
        .about = c->about,
        .command = c->command};
    add_bands(&p, c);
    return gf_chart_write_profile(call, &p);
}

/* --- maps -------------------------------------------------------------- */

static double height(gf_vec2 p, const void *ctx)
{
    const chart *c = ctx;
    double x[2];

    x[c->place[0]] = p.x;
    x[c->place[1]] = p.y;
    if (c->over->along < c->over->axes) {
        /* at h = 0 every radius is 1; what counts is what comes after */
        const gf_sweep_axis *steps = &c->over->axis[c->over->along];
        double *h = &x[c->over->along];
        *h = fmax(*h, 1e-6 * fmax(steps->from, steps->to));
    }
    return radius_at(c, x) - 1;
}

static void add_edge(gf_map *map, const chart *c, bool is_of_value)
{
    map->edge[map->edges++] = (gf_map_edge){.name = circle,
                                            .height = height,
                                            .ctx = c,
                                            .has_level = is_of_value,
                                            .level = 1};
}

static bool set_axis(gf_map *map, chart *c, size_t i, const gf_sweep_axis *axis)
{
    c->at[i] = calloc(axis->count, sizeof *c->at[i]);
    if (!c->at[i])
        return false;
    for (size_t k = 0; k < axis->count; k++)
        c->at[i][k] = gf_sweep_axis_at(axis, k);
    map->axis[i] = (gf_map_axis){.name = axis->name,
                                 .low = fmin(axis->from, axis->to),
                                 .high = fmax(axis->from, axis->to),
                                 .log = axis->log,
                                 .at = c->at[i],
                                 .count = axis->count};
    return true;
}

/* Of two axes: radii, or without a step the largest stable one. */
static double cell_of(const chart *c, size_t i, size_t j)
{
    const gf_stability_over *o = c->over;
    size_t count = o->axis[1].count;

    if (o->radius)
        return o->along == 0 ? o->radius[j * o->axis[0].count + i]
                             : o->radius[i * count + j];
    const gf_stability_result *s = &o->line[i * count + j];
    if (c->points->options.step > 0)
        return s->radius;
    return s->stable.count > 0 && s->stable.interval[0].lo == 0
               ? s->stable.interval[0].hi
               : NAN;
}

static int draw_map(const gf_call *call, chart *c)
{
    const gf_stability_over *o = c->over;
    bool is_radius = o->radius || c->points->options.step > 0;
    size_t count[2] = {o->axis[0].count, o->axis[1].count};
    gf_map map = {
        .name = is_radius ? "spectral radius" : "largest stable step $h$",
        .plain = is_radius ? "spectral radius" : "largest stable step",
        .about = c->about,
        .command = c->command};

    c->place[1] = 1;
    c->value = calloc(count[0] * count[1], sizeof *c->value);
    if (!c->value || !set_axis(&map, c, 0, &o->axis[0]) ||
        !set_axis(&map, c, 1, &o->axis[1]))
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    for (size_t i = 0; i < count[0]; i++)
        for (size_t j = 0; j < count[1]; j++)
            c->value[i * count[1] + j] = cell_of(c, i, j);
    map.value = c->value;
    if (is_radius)
        add_edge(&map, c, true);
    return gf_chart_write(call, &map);
}

/* --- stable steps against a number ------------------------------------- */

static size_t word_at(const gf_stability_result *s, double h)
{
    for (size_t i = 0; i < s->stable.count; i++)
        if (h > s->stable.interval[i].lo && h < s->stable.interval[i].hi)
            return STABLE;
    for (size_t i = 0; i < s->neutral.count; i++)
        if (h > s->neutral.interval[i].lo && h < s->neutral.interval[i].hi)
            return NEUTRAL;
    return UNSTABLE;
}

static void widen(double *least, double *most, double h)
{
    if (!(h > 0) || !isfinite(h))
        return;
    *least = fmin(*least, h);
    *most = fmax(*most, h);
}

/* The steps that are worth a look: all ends of intervals, and more. */
static bool find_steps(gf_sweep_axis *axis, const gf_stability_over *over)
{
    double least = INFINITY, most = 0;

    for (size_t n = 0; n < over->lines; n++) {
        const gf_stability_result *s = &over->line[n];
        for (size_t i = 0; i < s->stable.count; i++)
            widen(&least, &most, s->stable.interval[i].hi);
        for (size_t i = 0; i < s->neutral.count; i++)
            widen(&least, &most, s->neutral.interval[i].hi);
        if (most == 0 && s->stable.count > 0)
            widen(&least, &most, fmax(2 * s->best_step, 1));
    }
    if (most == 0)
        return false;
    bool is_log = most > log_from * least;
    *axis = (gf_sweep_axis){.name = "h",
                            .from = is_log ? least / 2 : 1.2 * most / STEPS,
                            .to = is_log ? 1.5 * most : 1.2 * most,
                            .count = STEPS,
                            .log = is_log};
    return true;
}

/* Does the axis count something, as k of lookahead, so that there is nothing
   between two of its values? */
static bool is_whole(const chart *c)
{
    const gf_optimizer_rule *rule = c->points->optimizer.rule;

    for (size_t i = 0; i < gf_optimizer_numbers(rule); i++)
        if (rule->number[i].is_whole &&
            strcmp(rule->number[i].name, c->over->axis[0].name) == 0)
            return true;
    return false;
}

static gf_status fill_area(gf_map *map, chart *c, gf_stability_over *fine,
                           gf_error *error)
{
    gf_stability_options options = c->points->options;
    gf_sweep_axis steps = c->over->axis[1];

    options.intervals_only = true;
    fine->axes = 1;
    fine->axis[0] = c->over->axis[0];
    if (!is_whole(c))
        fine->axis[0].count = LINES;
    gf_status status = gf_stability_over_find(
        fine, c->game, &c->points->optimizer, &options, error);
    if (status)
        return status;
    size_t lines = fine->axis[0].count;
    c->value = calloc(lines * STEPS, sizeof *c->value);
    if (!c->value || !set_axis(map, c, 0, &fine->axis[0]) ||
        !set_axis(map, c, 1, &steps))
        return gf_error_set(error, GF_MEMORY, "out of memory");
    if (!steps.log)
        map->axis[1].low = 0;
    for (size_t n = 0; n < lines; n++)
        for (size_t k = 0; k < STEPS; k++)
            c->value[n * STEPS + k] =
                (double)word_at(&fine->line[n], c->at[1][k]);
    map->value = c->value;
    map->axis[0].name = c->over->axis[0].name;
    map->axis[1].name = c->over->axis[1].name;
    return GF_OK;
}

/* By how much the logarithm of the best step changes after line n; 0 beyond the
   last ones. */
static double climb(const gf_stability_over *over, size_t n)
{
    if (n + 1 >= over->lines)
        return 0;
    double by = log(over->line[n + 1].best_step / over->line[n].best_step);
    return isfinite(by) ? fabs(by) : 0;
}

/* The best step of each line, with a gap after it where the next one leaps:
   where it changes much, and much more than beside it.  How many there are. */
static size_t place_best(chart *c)
{
    const gf_stability_over *over = c->over;
    size_t count = 0;

    for (size_t n = 0; n < over->lines; n++) {
        gf_vec2 at = {gf_stability_over_value(over, 0, n),
                      over->line[n].best_step};
        double by = climb(over, n),
               beside =
                   fmax(n > 0 ? climb(over, n - 1) : 0, climb(over, n + 1));
        bool leaps = by > log(leap) && by > leap_beside * beside;
        c->best[2 * n] = at;
        c->best[2 * n + 1] = leaps ? (gf_vec2){NAN, NAN} : at;
        count += isfinite(at.y) ? 1 : 0;
    }
    return count;
}

static int draw_area(const gf_call *call, chart *c)
{
    gf_stability_over fine, *over = c->over;
    gf_map map = {.word = words,
                  .words = WORDS,
                  .fixed = true,
                  .name = "stable steps",
                  .plain = "stable steps",
                  .about = c->about,
                  .command = c->command};
    gf_error error;

    if (!find_steps(&over->axis[1], over))
        return gf_complain(call, GF_EXIT_USAGE,
                           "no step is stable anywhere on the axis: there is "
                           "nothing to draw");
    c->best = calloc(2 * over->lines, sizeof *c->best);
    if (!c->best)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    size_t best = place_best(c);
    gf_stability_over_init(&fine);
    gf_error_clear(&error);
    gf_status status = fill_area(&map, c, &fine, &error);
    gf_stability_over_clear(&fine);
    if (status)
        return gf_complain_error(call, gf_exit_of(status, GF_EXIT_USAGE),
                                 &error);
    /* now the lines have an axis of steps beside theirs */
    c->place[1] = over->along = 1;
    over->axes = 2;
    if (best > 0 && !is_whole(c))
        add_edge(&map, c, false);
    if (best > 0)
        map.curve[map.curves++] =
            (gf_map_curve){"best step", c->best, 2 * over->lines};
    return gf_chart_write(call, &map);
}

int gf_chart_stability(const gf_call *call, gf_stability_over *over,
                       const gf_linear *game, const gf_stability_points *points)
{
    const gf_classification *of = points->classification;
    char *command = gf_picture_command(call);
    chart c = {.over = over,
               .game = game,
               .points = points,
               .about = of ? of->field->name : "a matrix",
               .command = command};
    int exit_status;

    for (size_t i = 0; i < over->axes; i++) {
        if (over->axis[i].count < 2) {
            free(command);
            return gf_complain(call, GF_EXIT_USAGE,
                               "a figure needs two values or more of '%s'",
                               over->axis[i].name);
        }
    }
    exit_status = over->axes == 2    ? draw_map(call, &c)
                  : over->along == 0 ? draw_radius(call, &c)
                                     : draw_area(call, &c);
    free(c.at[0]);
    free(c.at[1]);
    free(c.value);
    free(c.best);
    free(c.band);
    free(command);
    return exit_status;
}
