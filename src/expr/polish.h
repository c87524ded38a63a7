/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A smooth function of one variable with its derivatives, compiled, and the
   polishing of its isolated roots. */
#ifndef GF_EXPR_POLISH_H
#define GF_EXPR_POLISH_H

#include "expr/chart.h"
#include "expr/interval.h"

enum { GF_SMOOTH_MAX = 8 };

typedef struct gf_smooth {
    gf_graph *graph;
    gf_expr symbol;
    gf_expr derivative[GF_SMOOTH_MAX]; /* made on demand */
    gf_tape *tape[GF_SMOOTH_MAX];
    gf_tape *tail[GF_SMOOTH_MAX]; /* the same function, for unbounded x */
    gf_interval *work;
    size_t work_size;
    gf_status status;
} gf_smooth;

gf_status gf_smooth_init(gf_smooth *f, gf_graph *graph, gf_expr h, gf_expr x,
                         gf_error *error) GF_CHECKED;
void gf_smooth_clear(gf_smooth *f);
/* The m-th derivative over an interval; the reals, undefined, on failure.
   Over an unbounded one that excludes 0 the highest power of x is taken out
   of every sum first, so that x^4 - x^2 is x^4 (1 - x^-2) and not inf - inf. */
gf_interval gf_smooth_at(gf_smooth *f, gf_interval x, int m);
/* Does the m-th derivative vanish at an exact point? */
gf_verdict gf_smooth_is_zero(gf_smooth *f, int m, gf_expr exact);

/* The root of f in (lo, hi), where f is strictly monotone and has proved
   opposite signs at the ends: enclosed by interval Newton in balls. */
bool gf_polish(gf_root *root, gf_smooth *f, double lo, double hi);
/* A multiple root in [lo, hi] that is exact and proved, with its order. */
bool gf_polish_multiple(gf_root *root, gf_smooth *f, double lo, double hi);

#endif
