/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void gf_grid_init(gf_grid *grid, gf_box box, double side)
{
    *grid = (gf_grid){.box = box, .side = side};
    grid->columns = (size_t)((box.x1 - box.x0) / side) + 1;
    grid->rows = (size_t)((box.y1 - box.y0) / side) + 1;
    grid->head = malloc(grid->columns * grid->rows * sizeof *grid->head);
    grid->failed = !grid->head;
    if (grid->head)
        memset(grid->head, 0xff,
               grid->columns * grid->rows * sizeof *grid->head);
}

void gf_grid_clear(gf_grid *grid)
{
    free(grid->head);
    free(grid->dot);
    *grid = (gf_grid){0};
}

static size_t place(double x, size_t count)
{
    double last = (double)(count - 1);

    return x > 0 ? (size_t)(x < last ? x : last) : 0;
}

static size_t column(const gf_grid *grid, double x)
{
    return place((x - grid->box.x0) / grid->side, grid->columns);
}

static size_t row(const gf_grid *grid, double y)
{
    return place((y - grid->box.y0) / grid->side, grid->rows);
}

void gf_grid_add(gf_grid *grid, gf_vec2 p, uint32_t line, double length)
{
    uint32_t cell;

    if (grid->failed)
        return;
    if (grid->count == grid->capacity) {
        size_t capacity = grid->capacity ? 2 * grid->capacity : 4096;
        gf_dot *dot = capacity < GF_GRID_NONE
                          ? realloc(grid->dot, capacity * sizeof *dot)
                          : NULL;
        if (!dot) {
            grid->failed = true;
            return;
        }
        grid->dot = dot;
        grid->capacity = capacity;
    }
    cell = (uint32_t)(row(grid, p.y) * grid->columns + column(grid, p.x));
    grid->dot[grid->count] = (gf_dot){p, length, line, grid->head[cell], cell};
    grid->head[cell] = (uint32_t)grid->count++;
}

void gf_grid_cut(gf_grid *grid, size_t count)
{
    while (grid->count > count) {
        const gf_dot *dot = &grid->dot[--grid->count];
        grid->head[dot->cell] = dot->next;
    }
}

typedef struct reach {
    size_t left, right, top, bottom;
} reach;

static reach reach_of(const gf_grid *grid, gf_vec2 p, double radius)
{
    return (reach){column(grid, p.x - radius), column(grid, p.x + radius),
                   row(grid, p.y - radius), row(grid, p.y + radius)};
}

static double square(gf_vec2 p, gf_vec2 q)
{
    return (p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y);
}

/* The least square of a distance to a cell's dots, or `least`; the first one
   under `enough` will do. */
static double scan(const gf_grid *grid, size_t cell, gf_vec2 p, double least,
                   double enough)
{
    for (uint32_t i = grid->head[cell]; i != GF_GRID_NONE;
         i = grid->dot[i].next) {
        double far = square(p, grid->dot[i].at);
        least = far < least ? far : least;
        if (far < enough)
            break;
    }
    return least;
}

double gf_grid_nearest(const gf_grid *grid, gf_vec2 p, double most,
                       double enough)
{
    reach r = reach_of(grid, p, most);
    size_t own = row(grid, p.y) * grid->columns + column(grid, p.x);
    double least = most * most;

    if (grid->failed)
        return most;
    enough *= enough;
    least = scan(grid, own, p, least, enough); /* the likeliest */
    for (size_t y = r.top; y <= r.bottom && least >= enough; y++)
        for (size_t x = r.left; x <= r.right && least >= enough; x++)
            if (y * grid->columns + x != own)
                least = scan(grid, y * grid->columns + x, p, least, enough);
    return sqrt(least);
}

double gf_grid_crowd(double *itself, const gf_grid *grid, gf_vec2 p,
                     double most, uint32_t line, double length, double gap)
{
    reach r = reach_of(grid, p, most);
    double others = most * most, own = most * most;

    for (size_t y = r.top; !grid->failed && y <= r.bottom; y++)
        for (size_t x = r.left; x <= r.right; x++)
            for (uint32_t i = grid->head[y * grid->columns + x];
                 i != GF_GRID_NONE; i = grid->dot[i].next) {
                const gf_dot *dot = &grid->dot[i];
                double far = square(p, dot->at);
                if (dot->line != line)
                    others = far < others ? far : others;
                else if (far < own && fabs(dot->length - length) > gap)
                    own = far;
            }
    *itself = sqrt(own);
    return sqrt(others);
}
