/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A smooth function of one variable with its derivatives, ready to be
 * evaluated over intervals in several equal forms.  Each form is rigorous, so
 * their intersection is; where one loses everything to cancellation another
 * does not:
 *
 *   as it is          factored (over one denominator)
 *
 * and on an unbounded stretch that excludes 0
 *
 *   each of these, and the expanded one, with the highest power of x taken out
 *   of every sum: x^4 - x^2 as x^4 (1 - x^-2), which is not inf - inf;
 *   t (1 + sum of ratios), t one of its terms: every ratio is a product, whose
 *   logarithmic derivative tells that it is monotone, so that its value at the
 *   finite end bounds it: x exp(-x) <= M exp(-M) on [M, inf).
 */
#ifndef GF_EXPR_SMOOTH_H
#define GF_EXPR_SMOOTH_H

#include "expr/interval.h"
#include "expr/node.h"

enum { GF_SMOOTH_MAX = 8, GF_SMOOTH_FORMS = 5, GF_SMOOTH_TERMS = 6 };

/* A product and its logarithmic derivative. */
typedef struct gf_monotone {
    gf_tape *value, *rate;
} gf_monotone;

/* t (1 + ratio[0] + ...) */
typedef struct gf_dominance {
    gf_monotone leader, ratio[GF_SMOOTH_TERMS];
    size_t count;
} gf_dominance;

typedef struct gf_smooth {
    gf_graph *graph;
    gf_expr symbol;
    gf_expr derivative[GF_SMOOTH_MAX]; /* made on demand ... */
    bool given_up[GF_SMOOTH_MAX];      /* ... if that is not too much */
    gf_tape *form[GF_SMOOTH_MAX][GF_SMOOTH_FORMS];
    bool tried[GF_SMOOTH_MAX][GF_SMOOTH_FORMS];
    gf_dominance *far[GF_SMOOTH_MAX]; /* one per term, or NULL */
    size_t far_count[GF_SMOOTH_MAX];
    bool far_tried[GF_SMOOTH_MAX];
    gf_interval *work;
    size_t work_size;
    double spent;     /* work done: see gf_budget */
    gf_status status; /* the first failure of an evaluation */
} gf_smooth;

gf_status gf_smooth_init(gf_smooth *f, gf_graph *graph, gf_expr h, gf_expr x,
                         gf_error *error) GF_CHECKED;
void gf_smooth_clear(gf_smooth *f);
/* The m-th derivative over an interval; the reals, undefined, on failure. */
gf_interval gf_smooth_at(gf_smooth *f, gf_interval x, int m);
/* Its tape as it stands, NULL on failure. */
const gf_tape *gf_smooth_tape(gf_smooth *f, int m);
/* Does the m-th derivative vanish at an exact point; at GF_EXPR_NONE:
   everywhere? */
gf_verdict gf_smooth_is_zero(gf_smooth *f, int m, gf_expr exact);

#endif
