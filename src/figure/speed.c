/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streamlines in the colours of how fast the state moves. */
#include <math.h>

#include "figure/drawing.h"

enum { BINS = 24 };

static const double head = 4, width = 0.8; /* pt */

/* The colour, one of so many, at a place of the page. */
static int bin_at(const gf_drawing *d, gf_vec2 page)
{
    gf_vec2 at = gf_view_data(&d->p->view, page);
    double fast = gf_vec2_size(gf_field_at(at, d->p->view.field));
    double part = gf_scale_part(d->look->speed, fast);

    return part < 1 ? (int)(part * BINS) : BINS - 1;
}

static int bin_between(const gf_drawing *d, gf_vec2 p, gf_vec2 q)
{
    return bin_at(d, (gf_vec2){(p.x + q.x) / 2, (p.y + q.y) / 2});
}

/* Adds what of a line has a colour, each part a curve of its own. */
static void add_parts(const gf_drawing *d, gf_path path[BINS],
                      const gf_curve *line)
{
    size_t n = line->count, segments = line->closed ? n : n - 1;
    gf_curve part;
    int bin = -1;

    gf_curve_init(&part);
    for (size_t i = 0; i <= segments; i++) {
        gf_vec2 p = line->at[i % n];
        int next = i < segments ? bin_between(d, p, line->at[(i + 1) % n]) : -1;
        gf_curve_add(&part, p);
        if (next != bin && part.count > 1) {
            gf_drawing_fit(d, &path[bin], &part);
            gf_curve_clear(&part);
            gf_curve_add(&part, p);
        }
        bin = next;
    }
    d->scene->failed = d->scene->failed || part.failed;
    gf_curve_clear(&part);
}

static void draw_bin(const gf_drawing *d, const gf_path *path, int bin)
{
    const gf_heads *heads = &d->p->heads;
    gf_stroke stroke = gf_theme_stream(d->theme);

    stroke.colour = gf_theme_ramp(d->theme, (bin + 0.5) / BINS);
    stroke.width = width * d->theme->scale;
    gf_scene_stroke(d->scene, path, &stroke);
    for (size_t i = 0; i < heads->count; i++)
        if (bin_at(d, heads->item[i].at) == bin &&
            !gf_drawing_covers(d, heads->item[i]))
            gf_drawing_head(d, heads->item[i], head * d->theme->scale,
                            stroke.colour);
}

void gf_drawing_speed(const gf_drawing *d)
{
    gf_path path[BINS];

    for (int i = 0; i < BINS; i++)
        gf_path_init(&path[i]);
    for (size_t i = 0; i < d->p->streamlines.count; i++)
        add_parts(d, path, &d->p->streamlines.item[i]);
    for (int i = 0; i < BINS; i++) {
        draw_bin(d, &path[i], i);
        gf_path_clear(&path[i]);
    }
}
