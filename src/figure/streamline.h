/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Evenly spaced streamlines on the page.
 *
 * Lines are added d_sep beside lines that are there and end where they come
 * nearer than d_test to another [jobard1997]; a line that comes back to itself
 * is closed or, a spiral, ends at a distance of its own [liu2006].  The longest
 * line is used first as the place to start from, and what gaps remain are
 * filled from their middles, the widest first [mebarki2005].
 *
 * Curves that are drawn anyway (trajectories, separatrices) are kept free like
 * streamlines, so that nothing runs beside them.
 */
#ifndef GF_FIGURE_STREAMLINE_H
#define GF_FIGURE_STREAMLINE_H

#include <ganfield/status.h>

#include "figure/trace.h"

typedef struct gf_stream_plan {
    gf_wind wind;
    gf_box box;
    double separation;       /* d_sep, 5 to 10 pt; d_test is half of it */
    const gf_curves *others; /* solutions that are drawn; NULL: none */
    const gf_vec2 *rest;     /* rest points inside the box, ... */
    size_t rest_count;
    double clear; /* ... and how far from them lines end */
} gf_stream_plan;

/* How a streamline's ends came about; for tests. */
double gf_stream_test(const gf_stream_plan *plan);  /* d_test */
double gf_stream_own(const gf_stream_plan *plan);   /* to itself */
double gf_stream_least(const gf_stream_plan *plan); /* shortest line */

/* Adds the lines to *lines, each along the wind.  GF_MEMORY; GF_ARGUMENT for a
   box that has no size or more than a billion points of it. */
GF_CHECKED gf_status gf_streamlines_place(gf_curves *lines,
                                          const gf_stream_plan *plan,
                                          gf_error *error);

typedef struct gf_head {
    gf_vec2 at;  /* the middle of the head */
    gf_vec2 way; /* of length 1 */
} gf_head;

typedef struct gf_heads {
    gf_head *item;
    size_t count, capacity;
    bool failed;
} gf_heads;

typedef struct gf_head_plan {
    gf_box box;
    double clear; /* from the frame, from points, curves and other heads */
    double every; /* distance along a line */
    const gf_vec2 *points; /* markers */
    size_t point_count;
    const gf_curves *curves; /* nullclines; may be NULL */
} gf_head_plan;

/* Arrowheads by arc length: the first at 35 % of a line, others `every` from
   it both ways, moved along the line to where there is room. */
void gf_heads_place(gf_heads *heads, const gf_curves *lines,
                    const gf_head_plan *plan);
void gf_heads_clear(gf_heads *heads);

#endif
