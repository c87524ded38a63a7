/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A product taken apart for printing: sign, numeric numerator and
   denominator, and factors that stand above or below the bar. */
#ifndef GF_EXPR_FACTORS_H
#define GF_EXPR_FACTORS_H

#include "expr/node.h"

typedef struct gf_factor {
    gf_expr base;
    fmpq exponent; /* positive */
    bool below;
    bool whole; /* base is the whole factor, no exponent taken off */
} gf_factor;

typedef struct gf_factors {
    bool negative, show_numerator, show_denominator;
    fmpq_t numerator, denominator;
    gf_factor *factor;
    size_t count;
} gf_factors;

/* e: a product or a power.  False when memory runs out. */
bool gf_factors_of(gf_factors *f, const gf_graph *graph, gf_expr e);
void gf_factors_clear(gf_factors *f);

#endif
