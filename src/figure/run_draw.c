/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trajectories and iterations in a scene. */
#include <stdio.h>

#include "figure/drawing.h"

static const double large_head = 6; /* pt */
static const double casing = 1;     /* pt: round a trajectory */
static const double at_rest = 2;    /* pt: from a rest point */
static const double moving = 0.1;   /* pt in a unit of time */

gf_stroke gf_run_stroke(const gf_theme *theme, size_t i, size_t maps)
{
    /* separatrices have the first; of several maps each has a colour */
    return gf_theme_orbit(theme, maps > 1 ? 0 : 1 + i % 3);
}

gf_stroke gf_steps_stroke(const gf_theme *theme, size_t run, size_t map,
                          size_t maps)
{
    return gf_theme_steps(theme, 1 + (maps > 1 ? map % 4 : run % 3));
}

gf_marker gf_steps_marker(const gf_theme *theme, size_t map,
                          const gf_stroke *stroke, gf_vec2 at)
{
    static const gf_marker_kind kinds[GF_PORTRAIT_MAPS] = {
        GF_MARKER_STEP, GF_MARKER_DISC, GF_MARKER_SQUARE, GF_MARKER_UNKNOWN};
    gf_marker marker = gf_theme_marker(theme, GF_MARKER_STEP, at);

    marker.kind = kinds[map % GF_PORTRAIT_MAPS];
    marker.colour = stroke->colour;
    return marker;
}

/* Paper beside all runs, under them: what they cross stops short of them. */
static void draw_casings(const gf_drawing *d)
{
    gf_drawing_open(d, "traj-casing", "casing", NULL);
    for (size_t i = 0; i < d->p->trajectory_count; i++) {
        gf_stroke around = gf_run_stroke(d->theme, i, d->p->map_count);
        around.colour = d->theme->ground;
        around.width += casing * d->theme->scale;
        gf_drawing_stroke(d, &d->p->trajectory[i].part, &around);
    }
    gf_scene_shut(d->scene);
}

static void draw_run(const gf_drawing *d, size_t i)
{
    gf_stroke stroke = gf_run_stroke(d->theme, i, d->p->map_count);
    char name[32];

    if (d->p->trajectory[i].part.count == 0)
        return;
    snprintf(name, sizeof name, "traj-%zu", i + 1);
    gf_drawing_open(d, name, "traj", "trajectory");
    gf_drawing_stroke(d, &d->p->trajectory[i].part, &stroke);
    gf_scene_shut(d->scene);
}

/* Over all runs, so that none hides the other's. */
static void draw_run_heads(const gf_drawing *d)
{
    gf_drawing_open(d, "traj-heads", "traj-heads", NULL);
    for (size_t i = 0; i < d->p->trajectory_count; i++) {
        const gf_heads *heads = &d->p->trajectory[i].heads;
        gf_colour colour = gf_run_stroke(d->theme, i, d->p->map_count).colour;
        for (size_t k = 0; k < heads->count; k++)
            gf_drawing_head(d, heads->item[k], large_head * d->theme->scale,
                            colour);
    }
    gf_scene_shut(d->scene);
}

/* Iterations are told from the flow by a thin line and a ring at each step. */
static void draw_steps(const gf_drawing *d, size_t i, size_t map)
{
    const gf_portrait_steps *steps = &d->p->trajectory[i].steps[map];
    gf_stroke stroke = gf_steps_stroke(d->theme, i, map, d->p->map_count);
    char name[32];
    gf_path path;

    if (steps->curve.count == 0)
        return;
    snprintf(name, sizeof name, "steps-%zu-%zu", i + 1, map + 1);
    gf_drawing_open(d, name, "steps", d->p->map[map].optimizer.rule->title);
    gf_path_init(&path);
    gf_path_polyline(&path, steps->curve.at, steps->curve.count);
    gf_scene_stroke(d->scene, &path, &stroke);
    d->scene->failed = d->scene->failed || path.failed;
    gf_path_clear(&path);
    for (size_t k = steps->every; k < steps->curve.count; k += steps->every) {
        gf_marker ring =
            gf_steps_marker(d->theme, map, &stroke, steps->curve.at[k]);
        if (gf_box_has(d->p->view.box, ring.at))
            gf_scene_marker(d->scene, &ring);
    }
    gf_scene_shut(d->scene);
}

/* A cross where a run could not go on. */
static void draw_cross(const gf_drawing *d, gf_vec2 at, gf_colour colour)
{
    gf_marker cross = gf_theme_marker(d->theme, GF_MARKER_CROSS, at);

    cross.colour = colour;
    if (gf_box_depth(d->p->view.box, at) > 0.1)
        gf_scene_marker(d->scene, &cross);
}

/* Does a run end where it does not come to rest: out of the domain, or on an
   edge to which both sides lead (along which only those of pointwise fields
   are followed)? */
static bool is_cut(const gf_portrait *p, const gf_run_end *end)
{
    gf_vec2 v = gf_view_wind(end->at, &p->view);

    if (end->halt == GF_HALT_DOMAIN)
        return true;
    if (end->halt != GF_HALT_REST || end->cycles || !gf_vec2_finite(v))
        return false;
    for (size_t i = 0; i < p->rest_count; i++)
        if (gf_vec2_far(end->at, p->rest[i]) < at_rest)
            return false;
    return gf_vec2_size(v) > moving;
}

static void draw_ends(const gf_drawing *d, size_t i)
{
    const gf_portrait_run *run = &d->p->trajectory[i];
    size_t maps = d->p->map_count;
    gf_marker dot = gf_theme_marker(d->theme, GF_MARKER_DOT, run->start);

    dot.colour = gf_run_stroke(d->theme, i, maps).colour;
    if (run->part.count > 0 && is_cut(d->p, &run->end))
        draw_cross(d, run->end.at, dot.colour);
    for (size_t m = 0; m < maps; m++) {
        const gf_portrait_steps *steps = &run->steps[m];
        if (steps->stop == GF_STOP_LEFT_DOMAIN && steps->curve.count > 0)
            draw_cross(d, steps->curve.at[steps->curve.count - 1],
                       gf_steps_stroke(d->theme, i, m, maps).colour);
    }
    if (gf_box_has(d->p->view.box, run->start))
        gf_scene_marker(d->scene, &dot);
}

void gf_drawing_runs(const gf_drawing *d)
{
    const gf_portrait *p = d->p;

    if (p->trajectory_count == 0)
        return;
    draw_casings(d);
    for (size_t i = 0; i < p->trajectory_count; i++)
        draw_run(d, i);
    for (size_t i = 0; i < p->trajectory_count; i++)
        for (size_t m = 0; m < p->map_count; m++)
            draw_steps(d, i, m);
    draw_run_heads(d);
    gf_drawing_open(d, "traj-ends", "traj-ends", NULL);
    for (size_t i = 0; i < p->trajectory_count; i++)
        draw_ends(d, i);
    gf_scene_shut(d->scene);
}
