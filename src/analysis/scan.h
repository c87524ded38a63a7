/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The spectral radius of a large game over steps of many sizes. */
#ifndef GF_ANALYSIS_SCAN_H
#define GF_ANALYSIS_SCAN_H

#include "analysis/dense.h"

/* What is so near to the circle may be on it. */
#define GF_SCAN_CLOSE 1e-8
/* The scan: values in a decade, decades to both sides; fewer down to deeper
   ones, where a small damping may be all that there is. */
enum {
    GF_SCAN_DENSITY = 24,
    GF_SCAN_DECADES = 5,
    GF_SCAN_SPARSITY = 6,
    GF_SCAN_DEEP = 12,
    GF_SCAN_VALUES = 2 * GF_SCAN_DENSITY * GF_SCAN_DECADES +
                     (GF_SCAN_DEEP - GF_SCAN_DECADES) * GF_SCAN_SPARSITY + 1,
    GF_SCAN_HALVINGS = 50,
    GF_SCAN_CUTS = 75, /* golden ones, which come to the last digit */
    GF_SCAN_ENDS = 200
};

typedef struct gf_scan {
    gf_dense dense;
    double h[GF_SCAN_VALUES], f[GF_SCAN_VALUES]; /* the radius minus one */
    int mark[GF_SCAN_VALUES];                    /* the side of the circle */
    size_t count;
    double end[GF_SCAN_ENDS];   /* of intervals, ascending */
    int sign[GF_SCAN_ENDS + 1]; /* before each, and after the last */
    size_t ends;
    gf_status status; /* the first failure */
    gf_error *error;
} gf_scan;

/* The radius minus one, for GSL: ctx is the scan; of a failure NaN. */
double gf_scan_height(double h, void *ctx);
/* Fills h and f. */
void gf_scan_look(gf_scan *scan);
/* Where between two steps sign times the height is least, or below `enough`,
   and what it is there; cusps are what it must stand. */
double gf_scan_least(double *least, gf_scan *scan, gf_steps in, int sign,
                     double enough);
/* Finds the ends of intervals. */
void gf_scan_find_ends(gf_scan *scan);

#endif
