/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Loops over long rows of doubles: thin products and the parts of activations.
 *
 * Compiled once for each instruction set from the same source without
 * contraction, so that all sets give the same bits; sums run in the order that
 * the source says. Arrays that are written overlap none that are read, but for
 * the same array in both places where that is said.
 */
#ifndef GF_KERNEL_LANES_VECTORS_H
#define GF_KERNEL_LANES_VECTORS_H

#include "kernel/lanes/crown.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Between one number of a counter and the next. */
#define GF_DRAW_STRIDE UINT64_C(0x9e3779b97f4a7c15)

/* What becomes of rows c_i in the end: (c_i + shift) times_i; NULL for what is
 * not wanted. */
typedef struct gf_finish {
    const double *shift, *times;
    size_t times_step; /* from one row of times to the next */
} gf_finish;

typedef struct gf_vectors {
    const char *name; /* of the instructions: "v3" */

    /* c_i = a_i.b, or c_i + a_i.b where add is set: rows a_i of n numbers are
     * a_step apart, and c_i c_step. */
    void (*dots)(double *c, size_t c_step, const double *a, size_t a_step,
                 const double *b, size_t rows, size_t n, bool add);
    /* c = sum_k s_k b_k [+ c]: n numbers. */
    void (*combine)(double *c, const double *s, size_t s_step, const double *b,
                    size_t b_step, size_t rows, size_t n, bool add);
    /* Rows c_i = s_i b [+ c_i], finished. */
    void (*outer)(double *c, size_t c_step, const double *s, size_t s_step,
                  const double *b, size_t rows, size_t n, bool add,
                  const gf_finish *finish);
    /* Rows c_i = t_i [+ c_i], those of t `width` apart, finished. */
    void (*put)(double *c, size_t c_step, const double *t, size_t width,
                size_t rows, size_t n, bool add, const gf_finish *finish);
    /* Rows y_i = y_i + factor b, next to each other. */
    void (*shift)(double *y, const double *b, double factor, size_t rows,
                  size_t n);
    /* out = a b, entry by entry; out may be a. */
    void (*multiply)(double *out, const double *a, const double *b, size_t n);

    /* Numbers uniform in (0, 1) from a counter that goes on from `at`
     * [steele2014]; such numbers become normal quantiles. */
    void (*uniforms)(double *out, size_t count, uint64_t at);
    void (*normals)(double *x, size_t count);

    /* Activations, as in gf_activation's `at`; of leaky value may be y. */
    void (*leaky)(double *value, double *slope, const double *y, size_t n,
                  double number);
    void (*tanh)(double *value, double *slope, const double *y, size_t n,
                 double number);
    void (*sigmoid)(double *value, double *slope, const double *y, size_t n,
                    double number);
    void (*softplus)(double *value, double *slope, const double *y, size_t n,
                     double number);
    void (*swish)(double *value, double *slope, const double *y, size_t n,
                  double number);
    void (*sine)(double *value, double *slope, const double *y, size_t n,
                 double number);

    const gf_crown_loops *crown;
} gf_vectors;

extern const gf_vectors gf_vectors_v2, gf_vectors_v3, gf_vectors_v4;

/* The best of this processor; all that it can run, the best first. */
const gf_vectors *gf_vectors_best(void);
size_t gf_vectors_count(void);
const gf_vectors *gf_vectors_row(size_t i);

#endif
