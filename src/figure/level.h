/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Level sets of the energy E = (p_g - p_d)^2/(2b) + W(D) on the page, and the
 * boundary of the proved region (docs/theory.md, section 2).  W is tabulated
 * once by Gauss-Legendre quadrature of its slope.
 */
#ifndef GF_FIGURE_LEVEL_H
#define GF_FIGURE_LEVEL_H

#include "figure/view.h"

typedef struct gf_levels {
    const gf_view *view;
    double lo, hi; /* of the coordinate: where E has a meaning and is seen */
    double d0, p_d, b;
    double *w, *slope; /* at GF_LEVEL_NODES even places from lo to hi */
} gf_levels;

enum { GF_LEVEL_NODES = 513 };

/* Is there an energy to be seen?  Else *levels is empty, and GF_OK all the
   same.  GF_MEMORY. */
GF_CHECKED gf_status gf_levels_init(gf_levels *levels, const gf_view *view,
                                    const gf_classification *c,
                                    gf_error *error);
void gf_levels_clear(gf_levels *levels);
bool gf_levels_there(const gf_levels *levels);

/* E at a state, NaN where it has no meaning. */
double gf_levels_at(const gf_levels *levels, gf_vec2 p);
/* Adds the component round the rest point of {E = level}. */
void gf_levels_draw(gf_curves *out, const gf_levels *levels, double level);

#endif
