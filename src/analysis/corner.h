/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where smooth pieces end: a kink between two of them, or a closed end of the
 * domain.  The charts stop short of it (by the width of its enclosure, where
 * it is no double), so what happens there is asked here.
 */
#ifndef GF_ANALYSIS_CORNER_H
#define GF_ANALYSIS_CORNER_H

#include "analysis/rest.h"

typedef struct gf_corner {
    const gf_study_piece *side[2]; /* left, right; NULL beyond the domain */
    double lo, hi;                 /* it lies between; equal: it is there */
    gf_expr exact;                 /* its name, or GF_EXPR_NONE */
    bool has_d0;                   /* D0 is this corner */
} gf_corner;

/* The corners of a study: piece by piece the one at its right end; before all
   of them, as number 0, that at the left end of the domain. */
size_t gf_corner_count(const gf_study *study);
/* False if there is none: an open end of the domain, or a gap that no kink
   fills. */
bool gf_corner_at(gf_corner *corner, const gf_study *study, size_t i);
/* The sign of an expression all over the enclosure; 0 if it has none. */
GF_CHECKED gf_status gf_corner_sign(int *sign, const gf_study *study,
                                    const gf_corner *corner, gf_expr e);
/* The sign of a one-sided function in the corner itself. */
gf_sign gf_corner_value(const gf_study *study, const gf_corner *corner,
                        gf_expr e);

/* Adds the rest point there, if it is one; clears c->complete where it does
   not know. */
GF_CHECKED gf_status gf_rest_corner(gf_classification *c, const gf_study *study,
                                    const gf_corner *corner);

#endif
