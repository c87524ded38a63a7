/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The points of many lines, found by where they are: squares of one side, each
 * with a list of its points.  The last points added can be taken off again.
 */
#ifndef GF_FIGURE_GRID_H
#define GF_FIGURE_GRID_H

#include <stdint.h>

#include "figure/curve.h"

typedef struct gf_dot {
    gf_vec2 at;
    double length; /* along its line */
    uint32_t line;
    uint32_t next, cell;
} gf_dot;

typedef struct gf_grid {
    gf_box box;
    double side;
    size_t columns, rows;
    uint32_t *head; /* of each cell: the newest dot, or GF_GRID_NONE */
    gf_dot *dot;
    size_t count, capacity;
    bool failed;
} gf_grid;

#define GF_GRID_NONE UINT32_MAX

/* Points outside of the box belong to its border's cells. */
void gf_grid_init(gf_grid *grid, gf_box box, double side);
void gf_grid_clear(gf_grid *grid);
void gf_grid_add(gf_grid *grid, gf_vec2 p, uint32_t line, double length);
/* Takes off all dots but the first `count`. */
void gf_grid_cut(gf_grid *grid, size_t count);

/* The distance from p to the nearest dot, or `most` if none is nearer; the
   distance to any dot nearer than `enough` will do. */
double gf_grid_nearest(const gf_grid *grid, gf_vec2 p, double most,
                       double enough);
/* How near other lines' dots are; and dots of this line that are more than
   `gap` off along it.  `most` where none is nearer. */
double gf_grid_crowd(double *itself, const gf_grid *grid, gf_vec2 p,
                     double most, uint32_t line, double length, double gap);

#endif
