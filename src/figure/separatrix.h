/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The stable and unstable curves of saddles: from 1e-6 of the window along the
 * eigenvectors, both ways, to the frame, a rest point or the domain's edge.
 */
#ifndef GF_FIGURE_SEPARATRIX_H
#define GF_FIGURE_SEPARATRIX_H

#include "figure/view.h"

/* Each along the flow.  Other types of rest points have none. */
void gf_separatrices_find(gf_curves *stable, gf_curves *unstable,
                          const gf_view *view, const gf_classification *c);

/* Short strokes along the real eigenvectors of a rest point, `size` long on
   the page, centred on it; count is 0, 1 or 2.  fast: the direction of the
   larger eigenvalue in size, or 2 if there is none. */
size_t gf_eigen_ticks(gf_vec2 way[2], size_t *fast, const gf_view *view,
                      const gf_rest_point *point);

#endif
