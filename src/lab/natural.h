/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Natural gradients from the inside. */
#ifndef GF_LAB_NATURAL_H
#define GF_LAB_NATURAL_H

#include "kernel/product.h"

#include <ganfield/natural.h>

struct gf_natural {
    gf_natural_options options; /* solver: the one in use */
    size_t parameters, most;
    gf_product_store store;
    double *root;    /* sqrt w, rows */
    double *row[2];  /* rows each */
    double *work[4]; /* parameters each; the last is the solution */
    double *matrix;  /* A'A or A A' */
    double *block;   /* holds all of the above */
    double *dense;   /* J or A, rows x parameters, or NULL */
    gf_natural_report report;
};

/* natural_solve.c: x = (M + damping 1)^-1 v by each way; x is not v. `root` is
 * set. */
gf_status gf_natural_by_cholesky(double *x, gf_natural *n, const gf_jacobian *j,
                                 const double *v, gf_error *error);
gf_status gf_natural_by_woodbury(double *x, gf_natural *n, const gf_jacobian *j,
                                 const double *v, gf_error *error);
void gf_natural_by_gradients(double *x, gf_natural *n, const gf_jacobian *j,
                             const double *v);

#endif
