/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The crown of a net: its last hidden layer, of relu or leaky units, and the
 * output above it. From the numbers y that the units are applied to, both ways
 * go in one sweep each, and nothing of the size of y is written that nobody
 * reads: the units' values and slopes cost less than their way to memory.
 *
 *     s_i = sum_j phi(y_ij) v_j + bias    ds_i/dy_ij = phi'(y_ij) v_j
 *
 * Sums run in the order of the loops of vectors.h, so that these give the same
 * bits as those layer by layer; they too are compiled for each instruction set.
 */
#ifndef GF_KERNEL_LANES_CROWN_H
#define GF_KERNEL_LANES_CROWN_H

#include <stddef.h>

typedef struct gf_crown {
    const double *y; /* rows x n, next to each other */
    const double *v; /* n */
    double number;   /* phi(y) is y, or number y where y is not above 0 */
    double bias;     /* of s */
    size_t rows, n;
} gf_crown;

/* What a way back finds for cotangents g of the outputs; with
 * d_ij = g_i v_j phi'(y_ij): */
typedef struct gf_crown_sums {
    double *by_v;     /* n: sum_i g_i phi(y_ij) */
    double *by_bias;  /* n: sum_i d_ij */
    double *d;        /* rows x n; or, where x is given: */
    double *by_input; /* n: sum_i x_i d_ij */
} gf_crown_sums;

typedef struct gf_crown_loops {
    void (*out)(double *s, const gf_crown *crown);
    /* x (or NULL): y_ij = w_j x_i + b_j of inputs x_i */
    void (*back)(const gf_crown_sums *out, const gf_crown *crown,
                 const double *g, const double *x);
    /* d alone */
    void (*down)(double *d, const gf_crown *crown, const double *g);
    /* sum_j d_ij w_j, the slope by such x_i */
    void (*slope)(double *out, const gf_crown *crown, const double *g,
                  const double *w);
} gf_crown_loops;

extern const gf_crown_loops gf_crown_v2, gf_crown_v3, gf_crown_v4;

#endif
