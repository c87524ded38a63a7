/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Standardising: what batch norm and layer norm do to a matrix before their
 * gain and shift [ioffe2015] [ba2016]. With mean m and variance v of each set
 * of numbers (a column of a group of points, or the row of one point),
 *
 *     hat = over (x - m)      over = 1/sqrt(v + 1e-5)
 *
 * whose derivative is over (x' - mean x' - hat mean(hat x')), a symmetric map,
 * so that the same function serves forward and backward.
 */
#ifndef GANFIELD_KERNEL_STANDARD_H
#define GANFIELD_KERNEL_STANDARD_H

#include <stdbool.h>
#include <stddef.h>

#define GF_STANDARD_EPSILON 1e-5

typedef struct gf_standard {
    size_t count, width; /* points, units */
    bool is_by_row;      /* layer norm */
    bool is_frozen;      /* mean and variance are constants */
    size_t groups;       /* of points, for batch norm */
    const size_t *group_size;
    double *hat;      /* count x width */
    double *over;     /* of each set: groups x width, or count */
    double *hat_rate; /* how both move, in a tangent pass */
    double *over_rate;
    double *work; /* 4 x width */
} gf_standard;

/* Sets hat and over for x. */
void gf_standard_apply(gf_standard *s, const double *x);

/* out = the derivative of hat along g; out may be g. */
void gf_standard_derive(double *out, const gf_standard *s, const double *g);

/* Sets hat_rate and over_rate for x moving along x_rate. */
void gf_standard_move(gf_standard *s, const double *x_rate);

/* After gf_standard_move: how gf_standard_derive(g) changes when g moves along
 * g_rate; out may be g_rate. */
void gf_standard_derive_rate(double *out, const gf_standard *s, const double *g,
                             const double *g_rate);

#endif
