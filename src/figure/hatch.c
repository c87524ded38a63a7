/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hatching as lines of its own: patterns show seams in print and are lost in
 * many programs. The path is flattened; on each line x + y = k d (from the
 * lower left to the upper right) its crossings are sorted and joined in pairs,
 * which is the even-odd rule. Lines are numbered from the page's corner, so the
 * hatchings of neighbours meet.
 */
#include "figure/scene.h"

#include <math.h>
#include <stdlib.h>

enum { CUBIC_PIECES = 16, MOST_LINES = 20000 };

struct edges {
    gf_path path; /* a move and a line each */
    gf_vec2 first, last;
};

static void add_edge(struct edges *e, gf_vec2 to)
{
    gf_path_move(&e->path, e->last);
    gf_path_line(&e->path, to);
    e->last = to;
}

static void add_cubic(struct edges *e, const gf_vec2 p[3])
{
    gf_vec2 from = e->last;

    for (int i = 1; i <= CUBIC_PIECES; i++) {
        double t = (double)i / CUBIC_PIECES, s = 1 - t;
        double a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t,
               d = t * t * t;
        add_edge(e,
                 (gf_vec2){a * from.x + b * p[0].x + c * p[1].x + d * p[2].x,
                           a * from.y + b * p[0].y + c * p[1].y + d * p[2].y});
    }
}

/* The edges of a path, each of its figures closed. */
static void flatten(struct edges *e, const gf_path *path)
{
    const gf_vec2 *p = path->point;

    for (size_t i = 0; i < path->steps; i++) {
        gf_path_step step = (gf_path_step)path->step[i];
        if (step == GF_PATH_CLOSE || (step == GF_PATH_MOVE && i > 0))
            add_edge(e, e->first);
        if (step == GF_PATH_MOVE)
            e->first = e->last = p[0];
        else if (step == GF_PATH_LINE)
            add_edge(e, p[0]);
        else if (step == GF_PATH_CUBIC)
            add_cubic(e, p);
        p += gf_path_takes(step);
    }
    add_edge(e, e->first);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The abscissas at which the line x + y = sum crosses the edges, sorted. */
static size_t crossings(double *x, const gf_path *edges, double sum)
{
    size_t n = 0;

    for (size_t i = 0; i + 1 < edges->points; i += 2) {
        gf_vec2 a = edges->point[i], b = edges->point[i + 1];
        double fa = a.x + a.y - sum, fb = b.x + b.y - sum;
        if ((fa < 0) != (fb < 0))
            x[n++] = a.x + (b.x - a.x) * (fa / (fa - fb));
    }
    qsort(x, n, sizeof *x, by_value);
    return n;
}

void gf_hatch(gf_path *lines, const gf_path *path, double distance)
{
    struct edges e = {.first = {0, 0}};
    double step = distance * 1.4142135623730951;
    double low = INFINITY, high = -INFINITY;

    flatten(&e, path);
    for (size_t i = 0; i < e.path.points; i++) {
        low = fmin(low, e.path.point[i].x + e.path.point[i].y);
        high = fmax(high, e.path.point[i].x + e.path.point[i].y);
    }
    double *x = e.path.failed ? NULL : malloc(e.path.points * sizeof *x);
    if (!x)
        lines->failed = true;
    else if ((high - low) / step > MOST_LINES)
        step = (high - low) / MOST_LINES;
    /* Half a step off: no line runs through a corner at a whole point. */
    for (double k = ceil(low / step - 0.5); x && (k + 0.5) * step < high; k++) {
        double sum = (k + 0.5) * step;
        size_t n = crossings(x, &e.path, sum);
        for (size_t i = 0; i + 1 < n; i += 2) {
            gf_path_move(lines, (gf_vec2){x[i], sum - x[i]});
            gf_path_line(lines, (gf_vec2){x[i + 1], sum - x[i + 1]});
        }
    }
    free(x);
    gf_path_clear(&e.path);
}
