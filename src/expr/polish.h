/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Enclosing the roots of a smooth function. */
#ifndef GF_EXPR_POLISH_H
#define GF_EXPR_POLISH_H

#include "expr/chart.h"
#include "expr/smooth.h"

/* The root of f in (lo, hi), enclosed by interval Newton in balls; false
   unless f is proved to be strictly monotone there with opposite signs at the
   ends. */
bool gf_polish(gf_root *root, gf_smooth *f, double lo, double hi);
/* A multiple root in [lo, hi] that is exact and proved, with its order. */
bool gf_polish_multiple(gf_root *root, gf_smooth *f, double lo, double hi);

/* A root as a ball of GF_TAPE_PRECISION bits, as far as Newton gets. */
void gf_root_ball(arb_t x, gf_smooth *f, const gf_root *root);

#endif
