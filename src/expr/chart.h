/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sign chart of a smooth function of one variable on an open interval:
 * where it is positive, where negative, where it has roots, proved by interval
 * arithmetic with exact derivatives.  Unbounded ends are halved on a growing
 * scale, so they cost no more than bounded ones.
 *
 *   h > 0 on a box               a cell of sign 1
 *   h' > 0 on a box              at most one root; signs at the ends decide
 *   a known root of order m and  h has the sign of h^(m) (x - r)^m
 *     h^(m) != 0 on a box
 *   else the box is divided, until the budget is spent
 *
 * A root that is not simple is found when it is a rational, a logarithm, a
 * root or a multiple of pi at which h vanishes symbolically; otherwise its
 * surroundings stay undecided.  [moore2009, tucker2011]
 */
#ifndef GF_EXPR_CHART_H
#define GF_EXPR_CHART_H

#include "base/arb_headers.h"
#include "expr/node.h"

/* A proved root. */
typedef struct gf_root {
    double value;  /* nearest double */
    double lo, hi; /* it lies between */
    gf_expr exact; /* GF_EXPR_NONE if not recognised */
    int order;     /* of vanishing: h and order - 1 derivatives are 0 */
} gf_root;

typedef struct gf_cell {
    double lo, hi;
    int sign; /* 1, -1; 0 for a root or an undecided stretch */
    bool is_root;
    gf_root root; /* if is_root */
} gf_cell;

/* Cells from left to right; neighbours have different signs or a root or an
   undecided stretch between them. */
typedef struct gf_chart {
    double lo, hi;
    bool zero;     /* h is identically zero: no cells */
    bool complete; /* no undecided stretch */
    gf_cell *cell;
    size_t count, capacity;
} gf_chart;

/* What proofs may cost: boxes each, and work all together (about so many
   arithmetic operations on intervals).  A proof that is short of either ends
   undecided; a small one is never short of work. */
typedef struct gf_budget {
    size_t boxes;
    double work;
} gf_budget;

/* The usual one; boxes 0: 600.  (What can be proved at all rarely needs 100.)
 */
gf_budget gf_budget_make(size_t boxes);

void gf_chart_init(gf_chart *chart);
void gf_chart_clear(gf_chart *chart);

/* Charts h, a function of x alone, on (lo, hi).  known: proved roots of it
   inside (with their orders as far as proved, >= 1). */
gf_status gf_chart_make(gf_chart *chart, gf_graph *graph, gf_expr h, gf_expr x,
                        double lo, double hi, const gf_root *known,
                        size_t known_count, gf_budget *budget,
                        gf_error *error) GF_CHECKED;

size_t gf_chart_root_count(const gf_chart *chart);
/* The sign on all of (lo, hi) minus roots; 0 if it is undecided or changes. */
int gf_chart_sign(const gf_chart *chart, double lo, double hi);

/* Enclosure of an expression without symbols as a root. */
gf_root gf_root_of_exact(const gf_graph *graph, gf_expr exact, int order);
/* Tries to name the root of h that `x` (an Arb ball) encloses: an exact
   expression r with h(r) = 0 proved, or GF_EXPR_NONE. */
gf_expr gf_recognise(gf_graph *graph, gf_expr h, gf_expr symbol,
                     const arb_t ball);
/* The same from a wide ball round a guess: simple names only. */
gf_expr gf_recognise_guess(gf_graph *graph, gf_expr h, gf_expr symbol,
                           const arb_t ball);

#endif
