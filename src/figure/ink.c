/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ink in cells of the page, and as sums over all cells above and to the left
 * of a corner, so that any box is answered by four of them. */
#include "figure/ink.h"

#include <math.h>
#include <stdlib.h>

static const double CELL = 2, MOST = 14400;

enum { CUBIC_PIECES = 8 };

gf_status gf_ink_init(gf_ink *ink, gf_box box, gf_error *error)
{
    double width = box.x1 - box.x0, height = box.y1 - box.y0;

    *ink = (gf_ink){.box = box};
    if (!(width > 0) || !(height > 0) || width > MOST || height > MOST)
        return gf_error_set(error, GF_ARGUMENT,
                            "a box of %g x %g points has no room", width,
                            height);
    ink->columns = (size_t)ceil(width / CELL);
    ink->rows = (size_t)ceil(height / CELL);
    ink->cell = calloc((ink->columns + 1) * (ink->rows + 1), sizeof *ink->cell);
    if (!ink->cell)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    return GF_OK;
}

void gf_ink_clear(gf_ink *ink)
{
    free(ink->cell);
    *ink = (gf_ink){.cell = NULL};
}

static double *cell(const gf_ink *ink, size_t column, size_t row)
{
    return &ink->cell[row * (ink->columns + 1) + column];
}

/* Adds to the cell of a point, where it has one. */
static void drop(gf_ink *ink, gf_vec2 p, double weight)
{
    double x = (p.x - ink->box.x0) / CELL, y = (p.y - ink->box.y0) / CELL;

    if (x >= 0 && y >= 0 && x < (double)ink->columns && y < (double)ink->rows)
        *cell(ink, (size_t)x, (size_t)y) += weight;
}

static void drop_line(gf_ink *ink, gf_vec2 a, gf_vec2 b, double weight)
{
    double length = hypot(b.x - a.x, b.y - a.y);
    double n = fmin(ceil(length / (0.5 * CELL)), 100000);

    for (double i = 0; i < n; i++) {
        double t = (i + 0.5) / n;
        drop(ink, (gf_vec2){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)},
             weight * length / n);
    }
}

static void drop_cubic(gf_ink *ink, gf_vec2 from, const gf_vec2 p[3],
                       double weight)
{
    gf_vec2 last = from;

    for (int i = 1; i <= CUBIC_PIECES; i++) {
        double t = (double)i / CUBIC_PIECES, s = 1 - t;
        double a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t;
        double d = t * t * t;
        gf_vec2 next = {
            a * from.x + b * p[0].x + c * p[1].x + d * p[2].x,
            a * from.y + b * p[0].y + c * p[1].y + d * p[2].y,
        };
        drop_line(ink, last, next, weight);
        last = next;
    }
}

void gf_ink_path(gf_ink *ink, const gf_path *path, double weight)
{
    const gf_vec2 *p = path->point;
    gf_vec2 first = {0, 0}, last = {0, 0};

    for (size_t i = 0; i < path->steps; i++) {
        gf_path_step step = (gf_path_step)path->step[i];
        size_t n = gf_path_takes(step);
        if (step == GF_PATH_MOVE)
            first = p[0];
        else if (step == GF_PATH_LINE)
            drop_line(ink, last, p[0], weight);
        else if (step == GF_PATH_CUBIC)
            drop_cubic(ink, last, p, weight);
        else
            drop_line(ink, last, first, weight);
        last = n > 0 ? p[n - 1] : first;
        p += n;
    }
}

/* The first cell and the one past the last that a stretch covers. */
static void cells(size_t *from, size_t *to, double low, double high,
                  size_t count)
{
    double n = (double)count;

    *from = (size_t)fmin(fmax(floor(low / CELL), 0), n);
    *to = (size_t)fmin(fmax(ceil(high / CELL), 0), n);
}

void gf_ink_box(gf_ink *ink, gf_box box, double weight)
{
    size_t x0, x1, y0, y1;

    cells(&x0, &x1, box.x0 - ink->box.x0, box.x1 - ink->box.x0, ink->columns);
    cells(&y0, &y1, box.y0 - ink->box.y0, box.y1 - ink->box.y0, ink->rows);
    for (size_t y = y0; y < y1; y++)
        for (size_t x = x0; x < x1; x++)
            *cell(ink, x, y) += weight * CELL * CELL;
}

void gf_ink_sum(gf_ink *ink)
{
    if (ink->summed)
        return;
    /* The last row and column are empty: sums may be shifted into them. */
    for (size_t y = ink->rows + 1; y-- > 1;)
        for (size_t x = ink->columns + 1; x-- > 1;)
            *cell(ink, x, y) = *cell(ink, x - 1, y - 1);
    for (size_t x = 0; x <= ink->columns; x++)
        *cell(ink, x, 0) = 0;
    for (size_t y = 1; y <= ink->rows; y++) {
        double row = 0;
        *cell(ink, 0, y) = 0;
        for (size_t x = 1; x <= ink->columns; x++) {
            row += *cell(ink, x, y);
            *cell(ink, x, y) = *cell(ink, x, y - 1) + row;
        }
    }
    ink->summed = true;
}

static double sum(const gf_ink *ink, size_t x0, size_t y0, size_t x1, size_t y1)
{
    return *cell(ink, x1, y1) - *cell(ink, x0, y1) - *cell(ink, x1, y0) +
           *cell(ink, x0, y0);
}

double gf_ink_in(const gf_ink *ink, gf_box box)
{
    size_t x0, x1, y0, y1;

    cells(&x0, &x1, box.x0 - ink->box.x0, box.x1 - ink->box.x0, ink->columns);
    cells(&y0, &y1, box.y0 - ink->box.y0, box.y1 - ink->box.y0, ink->rows);
    return x0 < x1 && y0 < y1 ? sum(ink, x0, y0, x1, y1) : 0;
}

double gf_ink_room(gf_vec2 *at, const gf_ink *ink, gf_vec2 size, gf_vec2 near,
                   double weight)
{
    double width = ink->box.x1 - ink->box.x0 - size.x;
    double height = ink->box.y1 - ink->box.y0 - size.y;
    double best = INFINITY;

    for (double y = 0; y <= height; y += CELL) {
        for (double x = 0; x <= width; x += CELL) {
            gf_vec2 corner = {ink->box.x0 + x, ink->box.y0 + y};
            gf_box box = {corner.x, corner.y, corner.x + size.x,
                          corner.y + size.y};
            double away = hypot(0.5 * (box.x0 + box.x1) - near.x,
                                0.5 * (box.y0 + box.y1) - near.y);
            double cost = gf_ink_in(ink, box) + weight * away;
            if (cost < best) {
                best = cost;
                *at = corner;
            }
        }
    }
    return best;
}
