/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A root D* of g on a piece, prepared to be judged as a rest point. */
#ifndef GF_ANALYSIS_LOCUS_H
#define GF_ANALYSIS_LOCUS_H

#include "analysis/rest.h"

typedef struct gf_locus {
    const gf_study *s;
    const gf_study_piece *piece;
    gf_root root;
    bool is_d0;
    gf_expr at; /* exact D*, or GF_EXPR_NONE */
    arb_t d;    /* D* as a ball */
    arb_t p;    /* p_g* as a ball */
    gf_expr p_exact;
} gf_locus;

/* Encloses D*; clear it even after a failure. */
GF_CHECKED gf_status gf_locus_init(gf_locus *site, const gf_study *study,
                                   const gf_study_piece *piece,
                                   const gf_root *root);
void gf_locus_clear(gf_locus *site);
/* The proved sign of e at D*: symbolic where D* is exact. */
gf_sign gf_locus_sign(const gf_locus *site, gf_expr e);
/* p_g* = -p_d f1'/f2', p_d itself at D0. */
GF_CHECKED gf_status gf_locus_find_p(gf_locus *site);
/* A rest point there, not yet judged; and its judgement. */
gf_rest_point gf_locus_place(const gf_locus *site);
GF_CHECKED gf_status gf_locus_judge(gf_rest_point *point, const gf_locus *site);

#endif
