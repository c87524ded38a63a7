/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A path in page points: y grows downwards, 72 points to the inch.
 *
 *     gf_path path;
 *     gf_path_init(&path);
 *     gf_path_move(&path, a);
 *     gf_path_line(&path, b);
 *     gf_path_cubic(&path, c1, c2, c);
 *     gf_path_close(&path);
 *     if (path.failed)
 *         status = gf_error_set(error, GF_MEMORY, "out of memory");
 *     gf_path_clear(&path);
 *
 * Like a gf_text, a path remembers a failed allocation, so one look at the end
 * is enough.
 */
#ifndef GANFIELD_FIGURE_PATH_H
#define GANFIELD_FIGURE_PATH_H

#include <ganfield/plane.h>
#include <stdbool.h>
#include <stddef.h>

/* A step of a path takes so many points: 1, 1, 3 (two controls and the end),
 * 0. */
typedef enum gf_path_step {
    GF_PATH_MOVE,
    GF_PATH_LINE,
    GF_PATH_CUBIC,
    GF_PATH_CLOSE
} gf_path_step;

typedef struct gf_path {
    unsigned char *step; /* a gf_path_step each */
    gf_vec2 *point;
    size_t steps, step_room;
    size_t points, point_room;
    bool failed;
} gf_path;

/* A rectangle of the page, x0 <= x1 and y0 <= y1 where it is not empty. */
typedef struct gf_box {
    double x0, y0, x1, y1;
} gf_box;

/* Makes *path empty; allocates nothing. */
void gf_path_init(gf_path *path);

/* Releases what *path holds and leaves it empty and valid. */
void gf_path_clear(gf_path *path);

/* Empties *path and keeps its memory for what comes next. */
void gf_path_reset(gf_path *path);

/* Each adds one step. A path begins with a move; after a close too. */
void gf_path_move(gf_path *path, gf_vec2 to);
void gf_path_line(gf_path *path, gf_vec2 to);
void gf_path_cubic(gf_path *path, gf_vec2 control1, gf_vec2 control2,
                   gf_vec2 to);
void gf_path_close(gf_path *path);

/* Each adds a whole figure: the broken line through count points; a closed
 * rectangle; a closed circle of four cubics (off by 0.02 % of its radius). */
void gf_path_polyline(gf_path *path, const gf_vec2 *point, size_t count);
void gf_path_box(gf_path *path, gf_box box);
void gf_path_circle(gf_path *path, gf_vec2 centre, double radius);

/* Adds all steps of another path. */
void gf_path_append(gf_path *path, const gf_path *other);

/* The points that a step takes. */
size_t gf_path_takes(gf_path_step step);

/* The box of all points of *path, controls too; empty (x0 > x1) without
 * points. */
gf_box gf_path_bounds(const gf_path *path);

/* Are all points of *path finite? */
bool gf_path_is_finite(const gf_path *path);

/* The box that holds both; an empty box adds nothing. */
gf_box gf_box_union(gf_box a, gf_box b);

/* The box widened by so much on each side. */
gf_box gf_box_grow(gf_box box, double by);

/* Do the boxes have a point in common? */
bool gf_box_overlap(gf_box a, gf_box b);

#endif
