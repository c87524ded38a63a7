/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrowheads and markers as outlines. */
#include "figure/scene.h"

#include <math.h>

/* Half the opening of an arrowhead, and how deep its notch is. */
static const double TAN_20 = 0.36397023426620234, NOTCH = 0.28;

void gf_arrow_path(gf_path *path, const gf_arrow *arrow)
{
    double n = hypot(arrow->direction.x, arrow->direction.y);
    gf_vec2 u = {arrow->direction.x / n, arrow->direction.y / n};
    double l = arrow->length, half = l * TAN_20;
    double notch = l * (1 - NOTCH);
    gf_vec2 tip = arrow->tip;

    gf_path_move(path, tip);
    gf_path_line(path, (gf_vec2){tip.x - l * u.x - half * u.y,
                                 tip.y - l * u.y + half * u.x});
    gf_path_line(path, (gf_vec2){tip.x - notch * u.x, tip.y - notch * u.y});
    gf_path_line(path, (gf_vec2){tip.x - l * u.x + half * u.y,
                                 tip.y - l * u.y - half * u.x});
    gf_path_close(path);
}

/* A square on its corner; r is the distance of a corner from the centre. */
static void add_diamond(gf_path *path, gf_vec2 c, double r)
{
    gf_path_move(path, (gf_vec2){c.x, c.y - r});
    gf_path_line(path, (gf_vec2){c.x + r, c.y});
    gf_path_line(path, (gf_vec2){c.x, c.y + r});
    gf_path_line(path, (gf_vec2){c.x - r, c.y});
    gf_path_close(path);
}

static void add_square(gf_path *path, gf_vec2 c, double r)
{
    gf_path_box(path, (gf_box){c.x - r, c.y - r, c.x + r, c.y + r});
}

/* Two bars of width w from corner to corner of a square of half side r. */
static void add_cross(gf_path *path, gf_vec2 c, double r, double w)
{
    /* One octant by octant: the arm's end, its other corner, the armpit. */
    static const double turn[4][2] = {{1, 1}, {-1, 1}, {-1, -1}, {1, -1}};
    double s = w * 0.7071067811865476;

    for (int i = 0; i < 4; i++) {
        double x = turn[i][0], y = turn[i][1];
        bool even = i % 2 == 0;
        gf_vec2 in = {c.x + x * (even ? r : r - s),
                      c.y + y * (even ? r - s : r)};
        gf_vec2 out = {c.x + x * (even ? r - s : r),
                       c.y + y * (even ? r : r - s)};
        gf_vec2 pit = {c.x + (even ? 0 : x * s), c.y + (even ? y * s : 0)};
        if (i == 0)
            gf_path_move(path, in);
        else
            gf_path_line(path, in);
        gf_path_line(path, out);
        gf_path_line(path, pit);
    }
    gf_path_close(path);
}

/* The right half of a disc. */
static void add_half(gf_path *path, gf_vec2 c, double r)
{
    double k = 0.5522847498307936 * r;

    gf_path_move(path, (gf_vec2){c.x, c.y - r});
    gf_path_cubic(path, (gf_vec2){c.x + k, c.y - r},
                  (gf_vec2){c.x + r, c.y - k}, (gf_vec2){c.x + r, c.y});
    gf_path_cubic(path, (gf_vec2){c.x + r, c.y + k},
                  (gf_vec2){c.x + k, c.y + r}, (gf_vec2){c.x, c.y + r});
    gf_path_close(path);
}

/* How far out a diamond goes for the area of a disc of the same radius, and a
 * square. */
static const double DIAMOND = 1.25, SQUARE = 0.886;

/* The outline of a kind that is no disc, widened by so much; false for a disc.
 */
static bool add_outline(gf_path *path, const gf_marker *m, double by)
{
    switch (m->kind) {
    case GF_MARKER_DIAMOND:
    case GF_MARKER_UNKNOWN:
        add_diamond(path, m->at, DIAMOND * m->radius + 1.4142135623730951 * by);
        return true;
    case GF_MARKER_SQUARE:
        add_square(path, m->at, SQUARE * m->radius + by);
        return true;
    case GF_MARKER_CROSS:
        add_cross(path, m->at, m->radius + by, m->line + 2 * by);
        return true;
    default:
        return false;
    }
}

/* One layer with the outline widened by so much. */
static void set_layer(gf_layer *layer, const gf_marker *m, double by,
                      gf_colour colour)
{
    layer->colour = colour;
    if (!add_outline(&layer->path, m, by))
        layer->radius = m->radius + by;
}

static bool is_open(gf_marker_kind kind)
{
    return kind == GF_MARKER_RING || kind == GF_MARKER_STEP ||
           kind == GF_MARKER_BULL || kind == GF_MARKER_UNKNOWN ||
           kind == GF_MARKER_SQUARE;
}

size_t gf_marker_layers(gf_layer layer[GF_MARKER_LAYERS],
                        const gf_marker *marker)
{
    size_t n = 0;

    for (size_t i = 0; i < GF_MARKER_LAYERS; i++)
        layer[i] = (gf_layer){.radius = 0};
    if (marker->halo > 0)
        set_layer(&layer[n++], marker, marker->halo, marker->outside);
    set_layer(&layer[n++], marker, 0, marker->colour);
    if (marker->line < marker->radius && is_open(marker->kind))
        set_layer(&layer[n++], marker, -marker->line, marker->inside);
    if (marker->line < marker->radius && marker->kind == GF_MARKER_HALF) {
        layer[n].colour = marker->inside;
        add_half(&layer[n++].path, marker->at, marker->radius - marker->line);
    }
    if (marker->kind == GF_MARKER_BULL)
        layer[n++] = (gf_layer){marker->colour, 0.4 * marker->radius, {0}};
    return n;
}

gf_box gf_marker_box(const gf_marker *marker)
{
    double r = marker->radius + marker->halo;
    gf_vec2 c = marker->at;
    gf_path path;

    gf_path_init(&path);
    if (!add_outline(&path, marker, marker->halo))
        gf_path_box(&path, (gf_box){c.x - r, c.y - r, c.x + r, c.y + r});
    gf_box box = gf_path_bounds(&path);
    gf_path_clear(&path);
    return box;
}
