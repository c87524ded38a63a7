/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/portrait_draw.h"

#include <math.h>
#include <stdio.h>

#include "figure/bezier.h"

static const double head = 4, large_head = 6; /* pt */
static const double casing = 1;               /* pt: round a trajectory */
static const double tick = 8;                 /* pt: an eigen-direction */

typedef struct drawing {
    gf_scene *scene;
    const gf_portrait *p;
    const gf_theme *theme;
    const char *id;
    double size;
    const gf_typesetter *typesetter;
    gf_error *error;
} drawing;

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

gf_stroke gf_run_stroke(const gf_theme *theme, size_t i)
{
    return gf_theme_orbit(theme, 1 + i % 3); /* separatrices have the first */
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

    stroke.width = 1.1 * theme->scale;
    return stroke;
}

/* --- groups ------------------------------------------------------------ */

static void open_group(const drawing *d, const char *name, const char *class,
                       const char *title)
{
    char id[64];

    snprintf(id, sizeof id, "%s%s", d->id, name);
    gf_scene_open(d->scene, id, class, title);
    gf_scene_clip(d->scene, d->p->view.box);
}

static void stroke_curve(const drawing *d, const gf_curve *curve,
                         const gf_stroke *stroke)
{
    gf_path path;

    gf_path_init(&path);
    gf_path_fit(&path, curve, GF_BEZIER_OFF);
    gf_scene_stroke(d->scene, &path, stroke);
    d->scene->failed = d->scene->failed || path.failed;
    gf_path_clear(&path);
}

static void stroke_curves(const drawing *d, const gf_curves *curves,
                          const gf_stroke *stroke)
{
    for (size_t i = 0; i < curves->count; i++)
        stroke_curve(d, &curves->item[i], stroke);
}

/* A group of its own, unless there is nothing in it. */
static void stroke_layer(const drawing *d, const gf_curves *curves,
                         gf_stroke stroke, const char *name, const char *class,
                         const char *title)
{
    if (curves->count == 0)
        return;
    open_group(d, name, class, title);
    stroke_curves(d, curves, &stroke);
    gf_scene_shut(d->scene);
}

static void draw_heads(const drawing *d, const gf_heads *heads, double length,
                       gf_colour colour)
{
    for (size_t i = 0; i < heads->count; i++) {
        gf_head h = heads->item[i];
        gf_arrow arrow = {
            .tip = gf_vec2_along(h.at, length / 2, h.way),
            .direction = h.way,
            .length = length,
            .colour = colour,
        };
        gf_scene_arrow(d->scene, &arrow);
    }
}

/* --- layers ------------------------------------------------------------ */

static void draw_unphysical(const drawing *d)
{
    gf_box box = d->p->unphysical;
    gf_fill hatch = gf_theme_hatch(d->theme);
    gf_path path;

    if (box.x0 > box.x1)
        return;
    open_group(d, "unphysical", "unphysical", "not physical");
    gf_path_init(&path);
    gf_path_box(&path, box);
    gf_scene_fill(d->scene, &path, &hatch);
    gf_path_clear(&path);
    gf_scene_shut(d->scene);
}

static void draw_streamlines(const drawing *d)
{
    gf_stroke stroke = gf_theme_stream(d->theme);

    if (d->p->streamlines.count == 0)
        return;
    open_group(d, "stream", "stream", "streamlines");
    stroke_curves(d, &d->p->streamlines, &stroke);
    draw_heads(d, &d->p->heads, head * d->theme->scale, stroke.colour);
    gf_scene_shut(d->scene);
}

/* Paper beside all runs, under them: what they cross stops short of them. */
static void draw_casings(const drawing *d)
{
    open_group(d, "traj-casing", "casing", NULL);
    for (size_t i = 0; i < d->p->trajectory_count; i++) {
        gf_stroke around = gf_run_stroke(d->theme, i);
        around.colour = d->theme->ground;
        around.width += casing * d->theme->scale;
        stroke_curves(d, &d->p->trajectory[i].part, &around);
    }
    gf_scene_shut(d->scene);
}

static void draw_run(const drawing *d, size_t i)
{
    const gf_portrait_run *run = &d->p->trajectory[i];
    gf_stroke stroke = gf_run_stroke(d->theme, i);
    char name[32];

    snprintf(name, sizeof name, "traj-%zu", i + 1);
    open_group(d, name, "traj", "trajectory");
    stroke_curves(d, &run->part, &stroke);
    draw_heads(d, &run->heads, large_head * d->theme->scale, stroke.colour);
    gf_scene_shut(d->scene);
}

/* Iterations are told from the flow by a thin line and a ring at each step. */
static void draw_steps(const drawing *d, size_t i)
{
    const gf_curves *steps = &d->p->trajectory[i].steps;
    gf_stroke stroke = gf_theme_steps(d->theme, 0);
    char name[32];
    gf_path path;

    if (steps->count == 0)
        return;
    snprintf(name, sizeof name, "steps-%zu", i + 1);
    open_group(d, name, "steps", "Euler's iterates");
    stroke.colour = gf_run_stroke(d->theme, i).colour;
    gf_path_init(&path);
    gf_path_polyline(&path, steps->item[0].at, steps->item[0].count);
    gf_scene_stroke(d->scene, &path, &stroke);
    d->scene->failed = d->scene->failed || path.failed;
    gf_path_clear(&path);
    for (size_t k = 1; k < steps->item[0].count; k++) {
        gf_marker ring =
            gf_theme_marker(d->theme, GF_MARKER_STEP, steps->item[0].at[k]);
        ring.colour = stroke.colour;
        if (gf_box_has(d->p->view.box, ring.at))
            gf_scene_marker(d->scene, &ring);
    }
    gf_scene_shut(d->scene);
}

/* Where runs begin, and where one has failed. */
static void draw_ends(const drawing *d)
{
    for (size_t i = 0; i < d->p->trajectory_count; i++) {
        const gf_portrait_run *run = &d->p->trajectory[i];
        gf_colour colour = gf_run_stroke(d->theme, i).colour;
        gf_marker dot = gf_theme_marker(d->theme, GF_MARKER_DOT, run->start);
        gf_marker cross =
            gf_theme_marker(d->theme, GF_MARKER_CROSS, run->end.at);
        dot.colour = cross.colour = colour;
        if (gf_box_has(d->p->view.box, run->start))
            gf_scene_marker(d->scene, &dot);
        if (run->end.halt == GF_HALT_DOMAIN &&
            gf_box_depth(d->p->view.box, run->end.at) > 0.1)
            gf_scene_marker(d->scene, &cross);
    }
}

static void draw_trajectories(const drawing *d)
{
    if (d->p->trajectory_count == 0)
        return;
    draw_casings(d);
    for (size_t i = 0; i < d->p->trajectory_count; i++)
        draw_run(d, i);
    for (size_t i = 0; i < d->p->trajectory_count; i++)
        draw_steps(d, i);
    open_group(d, "traj-ends", "traj-ends", NULL);
    draw_ends(d);
    gf_scene_shut(d->scene);
}

static void draw_eigen(const drawing *d, size_t i)
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

static void draw_rest(const drawing *d)
{
    for (size_t i = 0; i < d->p->rest_count; i++) {
        gf_type type = d->p->c->point[d->p->rest_index[i]].type;
        gf_marker marker =
            gf_theme_marker(d->theme, gf_marker_of(type), d->p->rest[i]);
        char name[96];
        snprintf(name, sizeof name, "%srest-%zu", d->id, i + 1);
        gf_scene_open(d->scene, name, "rest", gf_type_name(type));
        if (d->p->layers >> GF_FEATURE_EIGEN & 1)
            draw_eigen(d, i);
        if (d->p->layers >> GF_FEATURE_REST & 1)
            gf_scene_marker(d->scene, &marker);
        gf_scene_shut(d->scene);
    }
}

gf_status gf_portrait_draw(gf_scene *scene, const gf_portrait *p,
                           const gf_theme *theme, const char *id, double size,
                           const gf_typesetter *typesetter, gf_error *error)
{
    drawing d = {scene, p, theme, id, size, typesetter, error};
    gf_status status = GF_OK;

    draw_unphysical(&d);
    stroke_layer(&d, &p->energy, gf_energy_stroke(theme), "energy", "energy",
                 "levels of the energy");
    draw_streamlines(&d);
    stroke_layer(&d, &p->nullcline[0], gf_theme_null(theme, 0), "null-1",
                 "null", "nullcline of the first coordinate");
    stroke_layer(&d, &p->nullcline[1], gf_theme_null(theme, 1), "null-2",
                 "null", "nullcline of the second coordinate");
    stroke_layer(&d, &p->region, gf_region_stroke(theme), "region", "region",
                 "boundary of the proved region of attraction");
    stroke_layer(&d, &p->stable, gf_theme_separatrix(theme, true),
                 "separatrix-stable", "separatrix", "stable separatrices");
    stroke_layer(&d, &p->unstable, gf_theme_separatrix(theme, false),
                 "separatrix-unstable", "separatrix", "unstable separatrices");
    draw_trajectories(&d);
    draw_rest(&d);
    if (p->layers >> GF_FEATURE_LABELS & 1) {
        char name[64];
        snprintf(name, sizeof name, "%slabels", id);
        gf_scene_open(scene, name, "labels", NULL);
        status = gf_rest_labels_draw(scene, p, theme, size, typesetter, error);
        gf_scene_shut(scene);
    }
    return status;
}
