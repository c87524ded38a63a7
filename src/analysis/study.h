/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A pointwise field prepared for analysis: parameters bound, cut at its kinks,
 * derivatives made, and on every piece the sign charts of the three functions
 * of one variable that decide all else:
 *
 *     S = f1' + f2'      g = f3 - f3(D0)      f2'
 *
 * pi - p_d = -p_d S / f2', so the well is the sign of (D - D0) g (-f2') and
 * the decay that of g S f2' (docs/theory.md, section 2).
 */
#ifndef GF_ANALYSIS_STUDY_H
#define GF_ANALYSIS_STUDY_H

#include <ganfield/classify.h>

#include "analysis/spectrum.h"
#include "expr/pieces.h"

typedef struct gf_study_piece {
    double lo, hi;
    gf_expr lo_exact, hi_exact;
    gf_expr f1, f2, f3; /* as functions of x on this piece */
    gf_expr d1, d2, d3; /* first derivatives */
    gf_expr balance, g; /* S and g */
    gf_chart chart_s, chart_g, chart_d2;
    bool has_d0; /* D0 lies inside */
} gf_study_piece;

typedef struct gf_study {
    const gf_field *field;
    gf_graph *graph;
    gf_expr x;
    gf_expr p_d; /* its value */
    double p_d_number;
    double a, b; /* speeds */
    gf_root d0;
    gf_expr d0_expr; /* exact, or a rational 2^-250 beside it */
    gf_expr level;   /* f3(D0) */
    arb_t d0_ball;   /* D0 as near as is known */
    gf_study_piece *piece;
    size_t count;
    bool covered;  /* the pieces are all of the domain but their corners */
    bool complete; /* ... and their charts leave nothing open */
    gf_budget *budget;
    gf_error *error;
} gf_study;

gf_status gf_study_init(gf_study *study, const gf_field *field,
                        gf_budget *budget, gf_error *error) GF_CHECKED;
void gf_study_clear(gf_study *study);
/* The piece with D0 inside, or NULL. */
const gf_study_piece *gf_study_home(const gf_study *study);
/* The sign of e at D0, symbolic where D0 has a name, else in a ball; and its
   value. */
gf_sign gf_study_sign(double *value, const gf_study *study, gf_expr e);
/* e at D0, simplified. */
gf_expr gf_study_at_d0(const gf_study *study, gf_expr e);
/* A chart of a function on a piece, with D0 as a known root of an order. */
gf_status gf_study_chart(gf_chart *chart, const gf_study *study,
                         const gf_study_piece *piece, gf_expr e,
                         int order_at_d0) GF_CHECKED;

#endif
