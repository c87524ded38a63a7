/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stretches of a piece on which g, S and f2' keep their signs. */
#ifndef GF_ANALYSIS_STRETCH_H
#define GF_ANALYSIS_STRETCH_H

#include "analysis/study.h"

typedef struct gf_stretch {
    double lo, hi; /* between neighbouring breaks */
    int g, s, d2;  /* signs, 0 unknown */
} gf_stretch;

/* All cell ends of the three charts of a piece, sorted; the caller frees
   them.  NULL when memory runs out. */
double *gf_stretch_breaks(const gf_study_piece *piece, size_t *count);
gf_stretch gf_stretch_of(const gf_study_piece *piece, double lo, double hi);
/* Is it inside the enclosure of a root (or of two)? */
bool gf_stretch_is_hair(const gf_study_piece *piece, const gf_stretch *t);

/* Is S = 0 here, or p_d = 0? */
bool gf_is_conserved(const gf_study *study, const gf_study_piece *piece);
/* 1 where the condition holds strictly, -1 where it fails, 0 unknown. */
int gf_well_sign(const gf_study *study, const gf_stretch *t);
int gf_decay_sign(const gf_study *study, const gf_study_piece *piece,
                  const gf_stretch *t);

#endif
