/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much of a figure is where, to find room for labels and the legend.
 *
 *     gf_ink ink;
 *     status = gf_ink_init(&ink, frame, error);
 *     gf_ink_path(&ink, &curve, 5);
 *     gf_ink_box(&ink, gf_marker_box(&marker), 100);
 *     gf_ink_sum(&ink);
 *     double least = gf_ink_room(&at, &ink, width, height, near, weight);
 *     gf_ink_clear(&ink);
 */
#ifndef GANFIELD_FIGURE_INK_H
#define GANFIELD_FIGURE_INK_H

#include "figure/path.h"

#include <ganfield/status.h>

typedef struct gf_ink {
    gf_box box;
    size_t columns, rows;
    double *cell; /* (rows + 1) x (columns + 1); summed after gf_ink_sum */
    bool summed;
} gf_ink;

/* No ink in cells of 2 points over a box. GF_MEMORY, GF_ARGUMENT for a box
 * without an area or of more than 14400 points. */
GF_CHECKED gf_status gf_ink_init(gf_ink *ink, gf_box box, gf_error *error);
void gf_ink_clear(gf_ink *ink);

/* Adds weight along a path, per point of its length; over a box, per square
 * point. What lies outside does not count. */
void gf_ink_path(gf_ink *ink, const gf_path *path, double weight);
void gf_ink_box(gf_ink *ink, gf_box box, double weight);

/* To be called after the last addition and before the questions. */
void gf_ink_sum(gf_ink *ink);

/* The ink in a box of the page. */
double gf_ink_in(const gf_ink *ink, gf_box box);

/* The place (upper left corner) of a box of that size inside the ink's box
 * with the least ink and, added to it, weight times the distance of its middle
 * from a point; returns that least, infinity where it does not fit. */
double gf_ink_room(gf_vec2 *at, const gf_ink *ink, gf_vec2 size, gf_vec2 near,
                   double weight);

#endif
