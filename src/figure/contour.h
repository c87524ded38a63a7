/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Zero sets of functions of the page: marching squares [maple2003] with the
 * crossings of the squares' sides refined by bisection, chained.  A square
 * whose corners alternate is decided by its centre.  Where a function jumps
 * through zero its zero set is the jump; where it passes through infinity
 * there is none.
 */
#ifndef GF_FIGURE_CONTOUR_H
#define GF_FIGURE_CONTOUR_H

#include "figure/curve.h"

typedef double gf_height(gf_vec2 page, const void *ctx);

/* Adds the curves on which the height is zero, seen in squares of a side. */
void gf_contour(gf_curves *out, gf_box box, double side, gf_height *height,
                const void *ctx);

#endif
