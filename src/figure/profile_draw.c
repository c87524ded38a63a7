/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands inside the frames of a profile. */
#include <math.h>
#include <stdio.h>

#include "figure/ink.h"
#include "figure/profile_drawing.h"

/* Digits of the numbers beside rules. */
enum { DIGITS = 5 };
/* Points: between a number and its rule, between heights that are tried. */
static const double gap = 3, slip = 3;
/* A crossed line counts as much as so many points further from the top. */
static const double crossing = 100;

static const gf_frame *frame_of(const gf_profile_drawing *d, size_t i)
{
    return &d->page->panel[i].frame;
}

static double page_x(const gf_profile_drawing *d, size_t i, double x)
{
    gf_vec2 p = {d->profile->axis.log ? log10(x) : x, 0};

    return gf_frame_page(frame_of(d, i), p).x;
}

static void open(gf_profile_drawing *d, const char *name, size_t i,
                 const char *title)
{
    char id[40];

    if (d->page->panels == 1)
        snprintf(id, sizeof id, "%s", name);
    else
        snprintf(id, sizeof id, "%s-%zu", name, i + 1);
    gf_scene_open(d->scene, id, name, title);
    gf_scene_clip(d->scene, frame_of(d, i)->box);
}

static void draw_bands(gf_profile_drawing *d, size_t i)
{
    const gf_profile *p = d->profile;
    gf_path path;

    if (d->count == 0)
        return;
    open(d, "bands", i, "what holds where");
    gf_path_init(&path);
    for (size_t k = 0; k < d->count; k++) {
        gf_fill fill = {.colour = gf_profile_colour(d, d->present[k])};
        gf_path_reset(&path);
        for (size_t b = 0; b < p->bands; b++) {
            gf_box box = frame_of(d, i)->box;
            if (p->band[b].word != d->present[k])
                continue;
            double from = page_x(d, i, p->band[b].from);
            double to = page_x(d, i, p->band[b].to);
            box.x0 = fmin(from, to);
            box.x1 = fmax(from, to);
            gf_path_box(&path, box);
        }
        gf_scene_fill(d->scene, &path, &fill);
    }
    d->scene->failed = d->scene->failed || path.failed;
    gf_path_clear(&path);
    gf_scene_shut(d->scene);
}

static void trace_curve(gf_path *path, const gf_profile_drawing *d, size_t i)
{
    const gf_profile *p = d->profile;
    const gf_frame *frame = frame_of(d, i);
    bool is_begun = false;

    for (size_t k = 0; k < p->axis.count; k++) {
        double y = p->curve[i].value[k];
        if (!isfinite(y)) {
            is_begun = false;
            continue;
        }
        gf_vec2 at = {
            page_x(d, i, p->axis.at[k]),
            gf_frame_page(frame, (gf_vec2){0, d->log[i] ? log10(y) : y}).y};
        if (is_begun)
            gf_path_line(path, at);
        else
            gf_path_move(path, at);
        is_begun = true;
    }
}

/* The line across, where it is inside of the frame. */
static void trace_level(gf_path *path, const gf_profile_drawing *d, size_t i)
{
    const gf_profile_curve *curve = &d->profile->curve[i];
    const gf_frame *frame = frame_of(d, i);
    double y = d->log[i] ? log10(curve->level) : curve->level;

    if (!curve->has_level || !(y > frame->low.y && y < frame->high.y))
        return;
    y = gf_frame_page(frame, (gf_vec2){0, y}).y;
    gf_path_move(path, (gf_vec2){frame->box.x0, y});
    gf_path_line(path, (gf_vec2){frame->box.x1, y});
}

static void draw_curve(gf_profile_drawing *d, size_t i, const gf_path *path)
{
    gf_stroke thin = gf_theme_hairline(d->profile->theme);
    gf_stroke stroke = gf_theme_orbit(d->profile->theme, 1);
    gf_path level;

    stroke.colour = d->profile->theme->null[0];
    thin.colour = d->profile->theme->ink;
    open(d, "curve", i, d->profile->curve[i].plain);
    gf_path_init(&level);
    trace_level(&level, d, i);
    gf_scene_stroke(d->scene, &level, &thin);
    gf_scene_stroke(d->scene, path, &stroke);
    d->scene->failed = d->scene->failed || path->failed || level.failed;
    gf_path_clear(&level);
    gf_scene_shut(d->scene);
}

static void trace_rule(gf_path *path, const gf_profile_drawing *d, size_t i,
                       size_t rule)
{
    gf_box box = frame_of(d, i)->box;
    double x = page_x(d, i, d->profile->rule[rule].at);

    gf_path_move(path, (gf_vec2){x, box.y0});
    gf_path_line(path, (gf_vec2){x, box.y1});
}

static void draw_rules(gf_profile_drawing *d, size_t i)
{
    gf_path path;

    if (d->profile->rules == 0)
        return;
    open(d, "rules", i, "exact boundaries");
    gf_path_init(&path);
    for (size_t k = 0; k < d->profile->rules; k++) {
        gf_stroke stroke =
            gf_profile_rule_stroke(d->profile->theme, gf_profile_kind(d, k));
        gf_path_reset(&path);
        trace_rule(&path, d, i, k);
        gf_scene_stroke(d->scene, &path, &stroke);
    }
    d->scene->failed = d->scene->failed || path.failed;
    gf_path_clear(&path);
    gf_scene_shut(d->scene);
}

/* --- the values of rules ------------------------------------------------ */

typedef struct places {
    gf_ink ink;
    gf_box box[GF_PROFILE_RULES]; /* of numbers that stand */
    size_t count;
} places;

static double cost_of(const places *there, gf_box box)
{
    double cost = crossing * gf_ink_in(&there->ink, box);

    for (size_t i = 0; i < there->count; i++)
        if (gf_box_overlap(box, gf_box_grow(there->box[i], 1)))
            return INFINITY;
    return cost + box.y0 - there->ink.box.y0;
}

/* The box beside a rule, left or right of it, that covers least; false where
   none is inside of the frame. */
static bool find_room(gf_box *out, const places *there, double x, gf_vec2 size)
{
    gf_box f = there->ink.box;
    double least = INFINITY;

    for (int side = 0; side < 2; side++) {
        double left = side ? x - gap - size.x : x + gap;
        if (left < f.x0 + 1 || left + size.x > f.x1 - 1)
            continue;
        for (double y = f.y0 + gap; y + size.y < f.y1 - gap; y += slip) {
            gf_box box = {left, y, left + size.x, y + size.y};
            double cost = cost_of(there, box);
            if (cost < least) {
                least = cost;
                *out = box;
            }
        }
    }
    return isfinite(least);
}

static void label_rule(gf_profile_drawing *d, places *there, size_t k)
{
    const gf_page *page = d->page;
    double x = page_x(d, 0, d->profile->rule[k].at);
    gf_rich text;
    gf_box box;

    gf_rich_init(&text);
    gf_rich_number(&text, d->profile->rule[k].at, DIGITS);
    gf_extent e = gf_rich_measure(&text, page->small, page->typesetter);
    if (find_room(&box, there, x, (gf_vec2){e.width, e.ascent + e.descent})) {
        gf_label label = gf_theme_label(
            page->theme, (gf_vec2){box.x0, box.y0 + e.ascent}, page->small);
        gf_scene_label(d->scene, &text, &label);
        there->box[there->count++] = box;
    }
    gf_rich_clear(&text);
}

static void label_rules(gf_profile_drawing *d, const gf_path *curve)
{
    const gf_profile *p = d->profile;
    places there = {.count = 0};
    gf_path path;

    if (p->rules == 0)
        return;
    if (gf_ink_init(&there.ink, frame_of(d, 0)->box, NULL)) {
        d->scene->failed = true;
        return;
    }
    gf_path_init(&path);
    for (size_t k = 0; k < p->rules; k++)
        trace_rule(&path, d, 0, k);
    if (p->curves > 0)
        trace_level(&path, d, 0);
    gf_ink_path(&there.ink, curve, 1);
    gf_ink_path(&there.ink, &path, 1);
    gf_ink_sum(&there.ink);
    open(d, "values", 0, "values of the boundaries");
    for (size_t k = 0; k < p->rules; k++)
        label_rule(d, &there, k);
    gf_scene_shut(d->scene);
    d->scene->failed = d->scene->failed || path.failed;
    gf_path_clear(&path);
    gf_ink_clear(&there.ink);
}

void gf_profile_draw_panel(gf_profile_drawing *d, size_t i)
{
    gf_path curve;

    gf_path_init(&curve);
    draw_bands(d, i);
    draw_rules(d, i);
    if (i < d->profile->curves) {
        trace_curve(&curve, d, i);
        draw_curve(d, i, &curve);
    }
    if (i == 0)
        label_rules(d, &curve);
    gf_path_clear(&curve);
}
