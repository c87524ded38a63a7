/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chains of points as few cubic Bezier curves [schneider1990].
 */
#ifndef GF_FIGURE_BEZIER_H
#define GF_FIGURE_BEZIER_H

#include "figure/curve.h"
#include "figure/path.h"

/* No point of a chain is further than this from its cubics, in points. */
#define GF_BEZIER_OFF 0.05

/* Adds the chain to a path, as cubics that join smoothly but where the chain
   turns by more than a quarter of a right angle at a point. */
void gf_path_fit(gf_path *path, const gf_curve *curve, double off);

#endif
