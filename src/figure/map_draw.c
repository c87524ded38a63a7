/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands inside the frame of a map. */
#include "figure/map_drawing.h"

#include <math.h>

#include "figure/contour.h"
#include "figure/portrait_draw.h"

static const double mesh = 3; /* points: squares in which edges are sought */

/* Points: from a rest point to its number, across and up. */
static const double away = 3.5;

/* --- drawing ----------------------------------------------------------- */

static void fill_region(gf_map_drawing *d, double level, gf_colour colour)
{
    gf_fill fill = {.colour = colour};
    gf_path path;

    gf_path_init(&path);
    gf_region_trace(&path, &d->lattice, level);
    d->scene->failed = d->scene->failed || path.failed;
    gf_scene_fill(d->scene, &path, &fill);
    gf_path_clear(&path);
}

static void stroke_region(gf_map_drawing *d, double level,
                          const gf_stroke *stroke)
{
    gf_path path;

    gf_path_init(&path);
    gf_region_trace(&path, &d->lattice, level);
    d->scene->failed = d->scene->failed || path.failed;
    gf_scene_stroke(d->scene, &path, stroke);
    gf_path_clear(&path);
}

/* Is a level drawn exactly, as an edge? */
static bool is_edge(const gf_map *map, double level)
{
    for (size_t i = 0; i < map->edges; i++)
        if (map->edge[i].has_level &&
            fabs(map->edge[i].level - level) <= 1e-9 * fabs(level))
            return true;
    return false;
}

void gf_map_draw_numbers(gf_map_drawing *d)
{
    const gf_scale *scale = &d->page->scale;
    const gf_ticks *ticks = &d->page->bar_ticks;
    double low = scale->log ? log(scale->low) : scale->low;
    double high = scale->log ? log(scale->high) : scale->high;
    gf_stroke stroke = gf_theme_contour(d->map->theme);

    if (d->map->cells) {
        gf_map_draw_cells(d);
        return;
    }
    gf_scene_open(d->scene, "map", "map", d->map->plain);
    gf_scene_clip(d->scene, d->frame->box);
    for (int k = 0; k < GF_MAP_BANDS; k++) {
        /* the first has all that is a number */
        double level = k ? low + (high - low) * k / GF_MAP_BANDS : -INFINITY;
        fill_region(d, level,
                    gf_theme_ramp(d->map->theme, (k + 0.5) / GF_MAP_BANDS));
    }
    gf_scene_shut(d->scene);
    gf_scene_open(d->scene, "contours", "contours", "contours");
    gf_scene_clip(d->scene, d->frame->box);
    stroke.colour = d->map->theme->ground;
    for (size_t i = 0; i < ticks->count; i++) {
        double at = ticks->at[i];
        if (!is_edge(d->map, ticks->log ? pow(10, at) : at))
            stroke_region(d, ticks->log ? at * log(10) : at, &stroke);
    }
    gf_scene_shut(d->scene);
}

/* Areas word by word, then their boundaries over all of them, unless these are
 * known exactly. */
void gf_map_draw_words(gf_map_drawing *d)
{
    gf_stroke stroke = gf_theme_contour(d->map->theme);

    stroke.width = 0.8 * d->map->theme->scale;
    stroke.colour = d->map->theme->ink;
    gf_scene_open(d->scene, "map", "map", d->map->plain);
    gf_scene_clip(d->scene, d->frame->box);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t k = 0; k < d->count; k++) {
            for (size_t n = 0; n < d->cells; n++)
                d->value[n] = d->map->value[n] == (double)d->present[k];
            if (pass == 0)
                fill_region(d, 0.5, gf_map_colour(d, k));
            else if (k > 0 && d->map->edges == 0)
                stroke_region(d, 0.5, &stroke);
        }
    }
    gf_scene_shut(d->scene);
}

/* --- exact curves ------------------------------------------------------ */

typedef struct sight {
    const gf_map_drawing *d;
    const gf_map_edge *edge;
} sight;

static double height_at(gf_vec2 page, const void *ctx)
{
    const sight *s = ctx;
    gf_vec2 p = gf_frame_plane(s->d->frame, page);

    if (s->d->map->axis[0].log)
        p.x = pow(10, p.x);
    if (s->d->map->axis[1].log)
        p.y = pow(10, p.y);
    return s->edge->height(p, s->edge->ctx);
}

static void draw_edge(gf_map_drawing *d, size_t i)
{
    gf_stroke stroke = gf_map_edge_stroke(d->map->theme, i);
    sight s = {d, &d->map->edge[i]};
    gf_curves curves;
    gf_path path;

    gf_curves_init(&curves);
    gf_path_init(&path);
    gf_contour(&curves, d->frame->box, mesh, height_at, &s);
    for (size_t k = 0; k < curves.count; k++) {
        const gf_curve *c = &curves.item[k];
        gf_path_polyline(&path, c->at, c->count);
        if (c->closed)
            gf_path_close(&path);
    }
    gf_scene_stroke(d->scene, &path, &stroke);
    d->scene->failed =
        d->scene->failed || path.failed || gf_curves_failed(&curves);
    gf_path_clear(&path);
    gf_curves_clear(&curves);
}

void gf_map_draw_edges(gf_map_drawing *d)
{
    if (d->map->edges == 0)
        return;
    gf_scene_open(d->scene, "edges", "edges", "exact boundaries");
    gf_scene_clip(d->scene, d->frame->box);
    for (size_t i = 0; i < d->map->edges; i++)
        draw_edge(d, i);
    gf_scene_shut(d->scene);
}

/* --- given curves ------------------------------------------------------ */

static gf_vec2 on_page(const gf_map_drawing *d, gf_vec2 p)
{
    p.x = d->map->axis[0].log ? log10(p.x) : p.x;
    p.y = d->map->axis[1].log ? log10(p.y) : p.y;
    return gf_frame_page(d->frame, p);
}

static void trace_curve(gf_path *path, const gf_map_drawing *d,
                        const gf_map_curve *curve)
{
    bool is_begun = false;

    for (size_t i = 0; i < curve->count; i++) {
        gf_vec2 p = on_page(d, curve->at[i]);
        if (!gf_vec2_finite(p)) {
            is_begun = false;
            continue;
        }
        if (is_begun)
            gf_path_line(path, p);
        else
            gf_path_move(path, p);
        is_begun = true;
    }
}

void gf_map_draw_curves(gf_map_drawing *d)
{
    gf_path path;

    if (d->map->curves == 0)
        return;
    gf_scene_open(d->scene, "curves", "curves", "curves");
    gf_scene_clip(d->scene, d->frame->box);
    gf_path_init(&path);
    for (size_t i = 0; i < d->map->curves; i++) {
        gf_stroke stroke = gf_map_curve_stroke(d->map->theme, i);
        gf_path_reset(&path);
        trace_curve(&path, d, &d->map->curve[i]);
        gf_scene_stroke(d->scene, &path, &stroke);
    }
    d->scene->failed = d->scene->failed || path.failed;
    gf_path_clear(&path);
    gf_scene_shut(d->scene);
}

/* --- rest points -------------------------------------------------------- */

bool gf_map_shows_rest(const gf_map *map, size_t n)
{
    const gf_rest_point *point = &map->rest->point[n];

    return !point->line && point->at.x >= map->axis[0].low &&
           point->at.x <= map->axis[0].high &&
           point->at.y >= map->axis[1].low && point->at.y <= map->axis[1].high;
}

/* Beside the marker, on the side where the frame has room. */
static void draw_number(gf_map_drawing *d, size_t n, gf_vec2 at)
{
    const gf_theme *theme = d->map->theme;
    bool is_left = at.x > d->frame->box.x1 - 5 * away * theme->scale;
    bool is_below = at.y < d->frame->box.y0 + 5 * away * theme->scale;
    gf_vec2 by = gf_vec2_times(away * theme->scale,
                               (gf_vec2){is_left ? -1 : 1, is_below ? 1 : -1});
    gf_label label =
        gf_theme_label(theme, gf_vec2_along(at, 1, by), d->page->small);
    gf_rich text;

    label.halo = theme->scale;
    label.outside = theme->ground;
    label.anchor = is_left ? 1 : 0;
    label.level = is_below ? GF_LEVEL_TOP : GF_LEVEL_BASELINE;
    gf_rich_init(&text);
    gf_rich_addf(&text, "%zu", n + 1);
    gf_scene_label(d->scene, &text, &label);
    gf_rich_clear(&text);
}

void gf_map_draw_rest(gf_map_drawing *d)
{
    const gf_map *map = d->map;

    if (!map->rest)
        return;
    gf_scene_open(d->scene, "rest", "rest", "rest points");
    for (size_t n = 0; n < map->rest->count; n++) {
        const gf_rest_point *point = &map->rest->point[n];
        if (!gf_map_shows_rest(map, n))
            continue;
        gf_vec2 at = on_page(d, point->at);
        gf_marker marker =
            gf_theme_marker(map->theme, gf_marker_of(point->type), at);
        gf_scene_marker(d->scene, &marker);
        draw_number(d, n, at);
    }
    gf_scene_shut(d->scene);
}
