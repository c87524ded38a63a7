/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The integrator of curves that are only drawn: it follows the direction of a
 * velocity on the page, by arc length, so that a line's points are evenly
 * spaced however fast the field is.  Dormand and Prince's pair of orders 5 and
 * 4 [dormand1980] with cubic Hermite output, error per step under 1e-5 pt.
 *
 * Times, events and everything that is told as a number come from the flow
 * (ganfield/flow.h), not from here.
 */
#ifndef GF_FIGURE_TRACE_H
#define GF_FIGURE_TRACE_H

#include "figure/curve.h"

/* A velocity in page coordinates; NaN outside of its domain. */
typedef struct gf_wind {
    gf_vec2 (*at)(gf_vec2 p, const void *ctx);
    const void *ctx;
} gf_wind;

typedef enum gf_halt {
    GF_HALT_TAKEN,  /* the taker had enough */
    GF_HALT_FRAME,  /* left the box; the last point is on its side */
    GF_HALT_DOMAIN, /* the velocity is not defined any further */
    GF_HALT_REST,   /* the velocity vanishes or turns back: a rest point, a
                       line of them, or an edge on which both sides meet */
    GF_HALT_BUDGET
} gf_halt;

/* Told each new point with the arc length up to it; false: enough. */
typedef bool gf_taker(gf_vec2 p, double length, void *ctx);

typedef struct gf_tracer {
    gf_wind wind;
    gf_box box;
    double step;        /* largest distance of neighbouring points */
    size_t evaluations; /* how many velocities a line may cost */
} gf_tracer;

/* Follows the wind from p (sense 1) or against it (-1).  p itself is not
   told. */
gf_halt gf_trace(const gf_tracer *tracer, gf_vec2 p, int sense, gf_taker *take,
                 void *ctx);

#endif
