/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/drawing.h"

#include <math.h>
#include <stdio.h>

#include "figure/bezier.h"

static const double head = 4; /* pt */
static const double tick = 8; /* pt: an eigen-direction */

gf_marker_kind gf_marker_of(gf_type type)
{
    switch (type) {
    case GF_TYPE_STABLE_NODE:
    case GF_TYPE_STABLE_DEGENERATE_NODE:
    case GF_TYPE_STABLE_STAR:
    case GF_TYPE_STABLE_FOCUS:
    case GF_TYPE_STABLE_WEAK_FOCUS:
        return GF_MARKER_DISC;
    case GF_TYPE_UNSTABLE_NODE:
    case GF_TYPE_UNSTABLE_DEGENERATE_NODE:
    case GF_TYPE_UNSTABLE_STAR:
    case GF_TYPE_UNSTABLE_FOCUS:
    case GF_TYPE_UNSTABLE_WEAK_FOCUS:
        return GF_MARKER_RING;
    case GF_TYPE_SADDLE:
        return GF_MARKER_HALF;
    case GF_TYPE_CENTER:
        return GF_MARKER_BULL;
    case GF_TYPE_LINE:
    case GF_TYPE_DEGENERATE:
        return GF_MARKER_DIAMOND;
    case GF_TYPE_NON_SMOOTH:
        return GF_MARKER_SQUARE;
    case GF_TYPE_UNDECIDED:
        break;
    }
    return GF_MARKER_UNKNOWN;
}

const char *gf_marker_name(gf_marker_kind kind)
{
    static const char *const names[] = {
        [GF_MARKER_DISC] = "disc",
        [GF_MARKER_RING] = "ring",
        [GF_MARKER_HALF] = "half disc",
        [GF_MARKER_BULL] = "dot in circle",
        [GF_MARKER_DIAMOND] = "diamond",
        [GF_MARKER_SQUARE] = "open square",
        [GF_MARKER_UNKNOWN] = "open diamond",
        [GF_MARKER_CROSS] = "cross",
        [GF_MARKER_DOT] = "dot",
        [GF_MARKER_STEP] = "small ring",
    };

    return names[kind];
}

gf_stroke gf_energy_stroke(const gf_theme *theme)
{
    gf_stroke stroke = gf_theme_contour(theme);

    stroke.colour = theme->hue[4];
    return stroke;
}

gf_stroke gf_region_stroke(const gf_theme *theme)
{
    gf_stroke stroke = gf_energy_stroke(theme);

    stroke.width = 1 * theme->scale;
    return stroke;
}

gf_stroke gf_form_stroke(const gf_theme *theme, int form)
{
    gf_stroke stroke = gf_region_stroke(theme);

    stroke.dash[0] = (form == 0 ? 5 : 1.5) * theme->scale;
    stroke.dash[1] = 1.5 * theme->scale;
    return stroke;
}

gf_fill gf_flat_fill(const gf_theme *theme, int axis)
{
    gf_fill fill = {.colour = theme->null[axis]};

    fill.colour.a = 40;
    return fill;
}

/* --- groups ------------------------------------------------------------ */

void gf_drawing_open(const gf_drawing *d, const char *name, const char *class,
                     const char *title)
{
    char id[64];

    snprintf(id, sizeof id, "%s%s", d->look->id, name);
    gf_scene_open(d->scene, id, class, title);
    gf_scene_clip(d->scene, d->p->view.box);
}

void gf_drawing_fit(const gf_drawing *d, gf_path *path, const gf_curve *curve)
{
    gf_path_fit(path, curve, GF_BEZIER_OFF);
    d->scene->failed = d->scene->failed || path->failed;
}

void gf_drawing_stroke(const gf_drawing *d, const gf_curves *curves,
                       const gf_stroke *stroke)
{
    gf_path path;

    gf_path_init(&path);
    for (size_t i = 0; i < curves->count; i++) {
        gf_path_reset(&path);
        gf_drawing_fit(d, &path, &curves->item[i]);
        gf_scene_stroke(d->scene, &path, stroke);
    }
    gf_path_clear(&path);
}

void gf_drawing_head(const gf_drawing *d, gf_head h, double length,
                     gf_colour colour)
{
    gf_arrow arrow = {
        .tip = gf_vec2_along(h.at, length / 2, h.way),
        .direction = h.way,
        .length = length,
        .colour = colour,
    };

    gf_scene_arrow(d->scene, &arrow);
}

bool gf_drawing_covers(const gf_drawing *d, gf_head h)
{
    double r = 0.6 * head * d->theme->scale;

    return gf_tags_touch(
        &d->tags, (gf_box){h.at.x - r, h.at.y - r, h.at.x + r, h.at.y + r});
}

/* A group of its own, unless there is nothing in it. */
static void stroke_layer(const gf_drawing *d, const gf_curves *curves,
                         gf_stroke stroke, const char *name, const char *class,
                         const char *title)
{
    if (curves->count == 0)
        return;
    gf_drawing_open(d, name, class, title);
    gf_drawing_stroke(d, curves, &stroke);
    gf_scene_shut(d->scene);
}

/* --- layers ------------------------------------------------------------ */

static void draw_unphysical(const gf_drawing *d)
{
    gf_box box = d->p->unphysical;
    gf_fill hatch = gf_theme_hatch(d->theme);
    gf_path path;

    if (box.x0 > box.x1)
        return;
    gf_drawing_open(d, "unphysical", "unphysical", "not physical");
    gf_path_init(&path);
    gf_path_box(&path, box);
    gf_scene_fill(d->scene, &path, &hatch);
    gf_path_clear(&path);
    gf_scene_shut(d->scene);
}

/* Where the field is not defined: grey, up to a hairline. */
static void draw_outside(const gf_drawing *d)
{
    gf_fill fill = {.colour = d->theme->area};
    gf_stroke edge = gf_theme_hairline(d->theme);
    gf_path path;

    if (d->p->outside_count == 0)
        return;
    gf_drawing_open(d, "outside", "outside", "outside of the domain");
    gf_path_init(&path);
    for (size_t i = 0; i < d->p->outside_count; i++)
        gf_path_box(&path, d->p->outside[i]);
    gf_scene_fill(d->scene, &path, &fill);
    gf_scene_stroke(d->scene, &path, &edge);
    d->scene->failed = d->scene->failed || path.failed;
    gf_path_clear(&path);
    gf_scene_shut(d->scene);
}

static void draw_streamlines(const gf_drawing *d)
{
    gf_stroke stroke = gf_theme_stream(d->theme);

    if (d->p->streamlines.count == 0)
        return;
    gf_drawing_open(d, "stream", "stream", "streamlines");
    if (gf_portrait_has(d->p, GF_FEATURE_SPEED)) {
        gf_drawing_speed(d);
    } else {
        gf_drawing_stroke(d, &d->p->streamlines, &stroke);
        for (size_t i = 0; i < d->p->heads.count; i++)
            if (!gf_drawing_covers(d, d->p->heads.item[i]))
                gf_drawing_head(d, d->p->heads.item[i], head * d->theme->scale,
                                stroke.colour);
    }
    gf_scene_shut(d->scene);
}

/* Areas on which a coordinate stands still. */
static void draw_flat(const gf_drawing *d, int axis)
{
    gf_fill fill = gf_flat_fill(d->theme, axis);

    if (d->p->flat[axis].steps == 0)
        return;
    gf_drawing_open(d, axis ? "null-2-area" : "null-1-area", "null-area",
                    "where a coordinate stands still on an area");
    gf_scene_fill(d->scene, &d->p->flat[axis], &fill);
    gf_scene_shut(d->scene);
}

static void draw_nullcline(const gf_drawing *d, int axis)
{
    static const char *const name[] = {"null-1", "null-2"};
    static const char *const title[] = {"nullcline of the first coordinate",
                                        "nullcline of the second coordinate"};
    gf_stroke stroke = gf_theme_null(d->theme, axis);

    if (d->p->nullcline[axis].count == 0)
        return;
    gf_drawing_open(d, name[axis], "null", title[axis]);
    if (gf_portrait_has(d->p, GF_FEATURE_SPEED)) {
        /* paper between the colours of streamlines and its own */
        gf_stroke around = {.colour = d->theme->ground,
                            .width = stroke.width + 1.4 * d->theme->scale};
        gf_drawing_stroke(d, &d->p->nullcline[axis], &around);
    }
    gf_drawing_stroke(d, &d->p->nullcline[axis], &stroke);
    gf_scene_shut(d->scene);
}

static void draw_eigen(const gf_drawing *d, size_t i)
{
    const gf_rest_point *point = &d->p->c->point[d->p->rest_index[i]];
    gf_stroke stroke = gf_theme_tick(d->theme);
    double half = tick * d->theme->scale;
    size_t fast, count;
    gf_vec2 way[2], at = d->p->rest[i];
    gf_path path;

    count = gf_eigen_ticks(way, &fast, &d->p->view, point);
    stroke.width = 0.7 * d->theme->scale;
    gf_path_init(&path);
    for (size_t k = 0; k < count; k++) {
        /* the fast direction is a double line */
        double off = k == fast ? 0.8 * d->theme->scale : 0;
        gf_vec2 across = {-way[k].y, way[k].x};
        for (int side = k == fast ? -1 : 1; side <= 1; side += 2) {
            gf_vec2 from = gf_vec2_along(at, side * off, across);
            gf_path_move(&path, gf_vec2_along(from, -half, way[k]));
            gf_path_line(&path, gf_vec2_along(from, half, way[k]));
        }
    }
    gf_scene_stroke(d->scene, &path, &stroke);
    d->scene->failed = d->scene->failed || path.failed;
    gf_path_clear(&path);
}

static void draw_rest(const gf_drawing *d)
{
    for (size_t i = 0; i < d->p->rest_count; i++) {
        gf_type type = d->p->c->point[d->p->rest_index[i]].type;
        gf_marker marker =
            gf_theme_marker(d->theme, gf_marker_of(type), d->p->rest[i]);
        char name[96];
        snprintf(name, sizeof name, "%srest-%zu", d->look->id, i + 1);
        gf_scene_open(d->scene, name, "rest", gf_type_name(type));
        if (d->p->layers >> GF_FEATURE_EIGEN & 1)
            draw_eigen(d, i);
        if (d->p->layers >> GF_FEATURE_REST & 1)
            gf_scene_marker(d->scene, &marker);
        gf_scene_shut(d->scene);
    }
}

static void draw_labels(const gf_drawing *d)
{
    char name[64];

    if (d->tags.count == 0)
        return;
    snprintf(name, sizeof name, "%slabels", d->look->id);
    gf_scene_open(d->scene, name, "labels", NULL);
    gf_tags_draw(d->scene, &d->tags, d->theme, d->look->size);
    gf_scene_shut(d->scene);
}

static void draw_all(const gf_drawing *d)
{
    const gf_portrait *p = d->p;
    const gf_theme *theme = d->theme;

    draw_flat(d, 0);
    draw_flat(d, 1);
    draw_unphysical(d);
    draw_outside(d);
    draw_streamlines(d);
    stroke_layer(d, &p->energy, gf_energy_stroke(theme), "energy", "energy",
                 "levels of the energy");
    if (d->tags.count > 0) {
        gf_drawing_open(d, "labels-ground", "ground", NULL);
        gf_tags_draw_ground(d->scene, &d->tags, theme);
        gf_scene_shut(d->scene);
    }
    draw_nullcline(d, 0);
    draw_nullcline(d, 1);
    stroke_layer(d, &p->region, gf_region_stroke(theme), "region", "region",
                 "boundary of the proved region of attraction");
    stroke_layer(d, &p->form[0], gf_form_stroke(theme, 0), "region-f", "region",
                 "boundary of the proved region of the distance");
    stroke_layer(d, &p->form[1], gf_form_stroke(theme, 1), "region-v", "region",
                 "boundary of the proved region of the quadratic energy");
    stroke_layer(d, &p->stable, gf_theme_separatrix(theme, true),
                 "separatrix-stable", "separatrix", "stable separatrices");
    stroke_layer(d, &p->unstable, gf_theme_separatrix(theme, false),
                 "separatrix-unstable", "separatrix", "unstable separatrices");
    gf_drawing_runs(d);
    draw_rest(d);
    draw_labels(d);
}

gf_status gf_portrait_draw(gf_scene *scene, const gf_portrait *p,
                           const gf_portrait_look *look, gf_error *error)
{
    gf_drawing d = {.scene = scene, .p = p, .look = look, .theme = look->theme};
    gf_status status = gf_tags_place(&d.tags, p, look->theme, look->size,
                                     look->typesetter, error);

    if (status == GF_OK)
        draw_all(&d);
    gf_tags_clear(&d.tags);
    return status;
}
