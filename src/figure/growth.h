/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One streamline, grown both ways from a seed until something is near. */
#ifndef GF_FIGURE_GROWTH_H
#define GF_FIGURE_GROWTH_H

#include "figure/grid.h"
#include "figure/streamline.h"

/* What the lines of a page grow in. */
typedef struct gf_ground {
    const gf_stream_plan *plan;
    gf_tracer tracer;
    gf_grid grid; /* the points of all lines */
} gf_ground;

typedef struct gf_growth {
    gf_curve line;
    double length;
    double room; /* the mean of its distance to other lines */
} gf_growth;

/* Grows a line of that number; its points are in the grid then.  To be
   cleared. */
void gf_growth_grow(gf_growth *out, gf_ground *ground, gf_vec2 seed,
                    uint32_t line);
void gf_growth_clear(gf_growth *growth);
/* Is a point so near to a rest point that no line comes there? */
bool gf_growth_is_at_rest(const gf_stream_plan *plan, gf_vec2 p);

#endif
