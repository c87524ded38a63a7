/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where numbers on a lattice are at least a level: closed curves on the page,
 * by marching squares with crossings at the linear interpolation [maple2003].
 * A number that is NaN is below every level, and so is all that lies outside.
 */
#ifndef GF_FIGURE_REGION_H
#define GF_FIGURE_REGION_H

#include "figure/path.h"

typedef struct gf_lattice {
    size_t count[2];
    const double *x, *y; /* on the page, ascending or descending */
    const double *value; /* (i, j) at i * count[1] + j */
    double beyond;       /* how far outside of the lattice its rim is put, so
                            that it does not show in a clipped group */
} gf_lattice;

/* Adds the closed outlines of {value >= level}: to be filled by the even-odd or
   by the non-zero rule. */
void gf_region_trace(gf_path *out, const gf_lattice *lattice, double level);

#endif
