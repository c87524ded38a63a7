/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/path.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { FIRST_ROOM = 16 };

void gf_path_init(gf_path *path)
{
    *path = (gf_path){.step = NULL};
}

void gf_path_clear(gf_path *path)
{
    free(path->step);
    free(path->point);
    gf_path_init(path);
}

void gf_path_reset(gf_path *path)
{
    path->steps = 0;
    path->points = 0;
}

/* The capacity that holds needed items; 0 where there is none. */
static size_t enlarged(size_t room, size_t needed, size_t size)
{
    size_t next = room > 0 ? room : FIRST_ROOM;

    while (next < needed) {
        if (next > SIZE_MAX / 4 / size)
            return 0;
        next *= 2;
    }
    return next;
}

/* Makes room for one more step and so many more points. */
static bool reserve(gf_path *path, size_t points)
{
    if (path->failed)
        return false;
    size_t steps = enlarged(path->step_room, path->steps + 1, 1);
    size_t room =
        enlarged(path->point_room, path->points + points, sizeof(gf_vec2));
    path->failed = steps == 0 || room == 0;
    if (!path->failed && steps > path->step_room) {
        unsigned char *grown = realloc(path->step, steps);
        path->failed = !grown;
        if (grown) {
            path->step = grown;
            path->step_room = steps;
        }
    }
    if (!path->failed && room > path->point_room) {
        gf_vec2 *grown = realloc(path->point, room * sizeof *grown);
        path->failed = !grown;
        if (grown) {
            path->point = grown;
            path->point_room = room;
        }
    }
    return !path->failed;
}

static void add(gf_path *path, gf_path_step step, const gf_vec2 *point)
{
    size_t n = gf_path_takes(step);

    if (!reserve(path, n))
        return;
    path->step[path->steps++] = (unsigned char)step;
    for (size_t i = 0; i < n; i++)
        path->point[path->points++] = point[i];
}

void gf_path_move(gf_path *path, gf_vec2 to)
{
    add(path, GF_PATH_MOVE, &to);
}

void gf_path_line(gf_path *path, gf_vec2 to)
{
    add(path, GF_PATH_LINE, &to);
}

void gf_path_cubic(gf_path *path, gf_vec2 control1, gf_vec2 control2,
                   gf_vec2 to)
{
    add(path, GF_PATH_CUBIC, (gf_vec2[]){control1, control2, to});
}

void gf_path_close(gf_path *path)
{
    add(path, GF_PATH_CLOSE, NULL);
}

void gf_path_polyline(gf_path *path, const gf_vec2 *point, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(path, i == 0 ? GF_PATH_MOVE : GF_PATH_LINE, &point[i]);
}

void gf_path_box(gf_path *path, gf_box box)
{
    gf_path_move(path, (gf_vec2){box.x0, box.y0});
    gf_path_line(path, (gf_vec2){box.x1, box.y0});
    gf_path_line(path, (gf_vec2){box.x1, box.y1});
    gf_path_line(path, (gf_vec2){box.x0, box.y1});
    gf_path_close(path);
}

void gf_path_circle(gf_path *path, gf_vec2 c, double r)
{
    /* 4/3 (sqrt 2 - 1): the cubic that meets the circle at 45 degrees. */
    double k = 0.5522847498307936 * r;

    gf_path_move(path, (gf_vec2){c.x + r, c.y});
    gf_path_cubic(path, (gf_vec2){c.x + r, c.y + k},
                  (gf_vec2){c.x + k, c.y + r}, (gf_vec2){c.x, c.y + r});
    gf_path_cubic(path, (gf_vec2){c.x - k, c.y + r},
                  (gf_vec2){c.x - r, c.y + k}, (gf_vec2){c.x - r, c.y});
    gf_path_cubic(path, (gf_vec2){c.x - r, c.y - k},
                  (gf_vec2){c.x - k, c.y - r}, (gf_vec2){c.x, c.y - r});
    gf_path_cubic(path, (gf_vec2){c.x + k, c.y - r},
                  (gf_vec2){c.x + r, c.y - k}, (gf_vec2){c.x + r, c.y});
    gf_path_close(path);
}

void gf_path_append(gf_path *path, const gf_path *other)
{
    size_t at = 0;

    if (other->failed)
        path->failed = true;
    for (size_t i = 0; i < other->steps; i++) {
        gf_path_step step = (gf_path_step)other->step[i];
        add(path, step, other->point + at);
        at += gf_path_takes(step);
    }
}

size_t gf_path_takes(gf_path_step step)
{
    static const unsigned char takes[] = {1, 1, 3, 0};

    return takes[step];
}

gf_box gf_path_bounds(const gf_path *path)
{
    gf_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};

    for (size_t i = 0; i < path->points; i++) {
        gf_vec2 p = path->point[i];
        box = gf_box_union(box, (gf_box){p.x, p.y, p.x, p.y});
    }
    return box;
}

bool gf_path_is_finite(const gf_path *path)
{
    for (size_t i = 0; i < path->points; i++)
        if (!isfinite(path->point[i].x) || !isfinite(path->point[i].y))
            return false;
    return true;
}

gf_box gf_box_union(gf_box a, gf_box b)
{
    return (gf_box){fmin(a.x0, b.x0), fmin(a.y0, b.y0), fmax(a.x1, b.x1),
                    fmax(a.y1, b.y1)};
}

gf_box gf_box_grow(gf_box box, double by)
{
    return (gf_box){box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by};
}

bool gf_box_overlap(gf_box a, gf_box b)
{
    return a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1;
}
