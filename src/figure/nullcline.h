/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Nullclines on the page, exact to 0.1 pt.
 *
 * Pointwise fields: dD/dt = 0 on p_g = pi(D), sampled so that no chord is off
 * by more than 0.02 pt; dp_g/dt = 0 on vertical lines.  Planar fields: contours
 * of both velocities.
 */
#ifndef GF_FIGURE_NULLCLINE_H
#define GF_FIGURE_NULLCLINE_H

#include "figure/view.h"

/* of[i]: where the i-th coordinate does not change.  The classification adds
   rest points through which a velocity vanishes without changing its sign. */
void gf_nullclines_find(gf_curves of[2], const gf_view *view,
                        const gf_classification *c);

/* Adds, for both, the areas of the page on which the coordinate stands still:
   velocities that are exactly 0. */
bool gf_flat_has(const gf_view *view, gf_vec2 page, int axis);
void gf_flat_find(gf_path area[2], const gf_view *view);

#endif
