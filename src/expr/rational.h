/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Expressions as quotients of polynomials in kernels: symbols and whatever is
 * not rational (exponentials, logarithms, roots, ...), each taken for an
 * indeterminate.
 */
#ifndef GF_EXPR_RATIONAL_H
#define GF_EXPR_RATIONAL_H

#include "expr/node.h"

/* Is the numerator zero?  (True proves that e is.) */
bool gf_numerator_is_zero(gf_graph *graph, gf_expr e);
/* e over one denominator, reduced, both sides factored over the rationals;
   GF_EXPR_NONE where that is too large or e is zero.  Not simplified: the
   simplifier may expand it again. */
gf_expr gf_factored(gf_graph *graph, gf_expr e);

#endif
