/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_ANALYSIS_SPECTRUM_H
#define GF_ANALYSIS_SPECTRUM_H

#include <ganfield/classify.h>

#include "base/arb_headers.h"

/* A proved sign; GF_SIGN_UNKNOWN where the evaluation cannot tell. */
typedef enum gf_sign {
    GF_SIGN_NEGATIVE = -1,
    GF_SIGN_ZERO = 0,
    GF_SIGN_POSITIVE = 1,
    GF_SIGN_UNKNOWN = 2
} gf_sign;

/* The sign of an expression without symbols. */
gf_sign gf_sign_of(gf_graph *graph, gf_expr e);
gf_sign gf_sign_of_ball(const arb_t x);

/* A 2x2 Jacobian: entries xx xy yx yy as balls, and as expressions where the
   rest point is exact (else GF_EXPR_NONE). */
typedef struct gf_jacobian {
    arb_struct ball[4];
    gf_expr exact[4];
} gf_jacobian;

void gf_jacobian_init(gf_jacobian *j);
void gf_jacobian_clear(gf_jacobian *j);
/* Balls from the exact entries; blurred, and exact no more, where the graph
   holds a quadrature. */
void gf_jacobian_from_exact(gf_jacobian *j, const gf_graph *graph);

/* What the signs of trace, determinant and discriminant say. */
typedef struct gf_signs {
    gf_sign trace, determinant, discriminant;
    bool scalar; /* J is a multiple of the identity, proved */
} gf_signs;

/* Eigenvalues in closed form from the balls: lambda = tr/2 +- sqrt(disc)/2,
   the larger real one first, the smaller as det / larger. */
gf_signs gf_spectrum_make(gf_spectrum *spectrum, const gf_jacobian *j,
                          gf_graph *graph);
/* Type, stability, evidence and margin by linearisation; where it does not
   decide (trace 0, determinant 0) type is GF_TYPE_UNDECIDED. */
void gf_spectrum_judge(gf_rest_point *point, const gf_signs *signs);

#endif
