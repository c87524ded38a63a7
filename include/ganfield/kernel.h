/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parametric kernel of a net: how one point's step moves the others.
 *
 *     K(x, y) = sum_k df(x)/dtheta_k df(y)/dtheta_k
 *
 * Where a net treats each point alone, K comes from the layers' cotangents
 * delta and inputs h without a Jacobian,
 *
 *     K(x, y) = sum_l <delta_l(x), delta_l(y)> (<h_l(x), h_l(y)> + 1) + ...
 *
 * with corrections for layer, weight and spectral norm (docs/theory.md, section
 * 4). With batch norm an output depends on its whole group, and K is the
 * product of the batch's full Jacobian with itself.
 *
 *     gf_batch batch = {.x = points, .count = n};
 *     status = gf_kernel_gram(k, f, &net, &batch, NULL, &error);
 *
 * Points are count x inputs and K count x count, by rows.
 */
#ifndef GANFIELD_KERNEL_H
#define GANFIELD_KERNEL_H

#include <ganfield/net.h>

#define GF_KERNEL_POINTS_MAX 40000

typedef struct gf_kernel_options {
    size_t threads;       /* 0: one for each processor */
    const double *weight; /* of points, for the softmax head; NULL: 1/count */
    bool is_dense;        /* by the Jacobian, whatever the net */
    size_t masks; /* dropout: the mean of K over so many masks; 0: the net's
                     own mask */
} gf_kernel_options;

/* Sets k, and output (f, count numbers) where it is not NULL. The softmax head:
 * f is the density p = exp(s)/sum w exp(s), and K = diag(p) P K_s P' diag(p)
 * with P = I - 1 (p w)'. options may be NULL. Memory is count x (count and the
 * widths), with batch norm count x parameters; it is fastest where all rows of
 * k begin at multiples of 64 bytes. GF_LIMIT, GF_MEMORY, GF_ARGUMENT (groups;
 * spectral norm of a net without a singular value). */
GF_PUBLIC GF_CHECKED gf_status gf_kernel_gram(double *k, double *output,
                                              const gf_net *net,
                                              const gf_batch *batch,
                                              const gf_kernel_options *options,
                                              gf_error *error);

/* After gf_pass_forward: out = K v without K, by one way back and one forward
 * again; room holds so many numbers as the net has parameters. Without the
 * softmax head's part. */
GF_PUBLIC void gf_kernel_times(double *out, gf_pass *pass, const double *v,
                               double *room);

/* After gf_pass_forward: the full Jacobian, count x parameters. By one way
 * back, or with the batch norm of a moving batch, where an output depends on
 * all points, by as many as there are points. */
GF_PUBLIC void gf_kernel_jacobian(double *jacobian, gf_pass *pass);

/* --- infinite width ---------------------------------------------------- */

/* The limit of wide nets in the ntk parametrisation [jacot2018]: ntk, of K, and
 * nngp, of the covariance of f (either may be NULL), count x count. sw2 and sb2
 * are the shape's, 2 and 1 where it is not ntk; widths do not matter. Closed
 * forms for relu, leaky-relu [cho2009], erf [williams1997], sin and identity;
 * Gauss and Hermite with 180 nodes a direction for the others. GF_ARGUMENT for
 * a norm, residual form, dropout or head; GF_LIMIT, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_kernel_infinite(double *ntk, double *nngp,
                                                  const gf_net_shape *shape,
                                                  const double *x, size_t count,
                                                  size_t threads,
                                                  gf_error *error);

/* --- numbers of a kernel ------------------------------------------------ */

typedef struct gf_kernel_study_options {
    const double *weight; /* of points, w_i > 0; NULL: 1/count */
    bool has_modes;       /* eigenvectors too */
    const double *target; /* a velocity or density at the points, or NULL */
    const double *other;  /* another kernel of the points, or NULL */
    size_t threads;
} gf_kernel_study_options;

/* With l_k the eigenvalues of W^1/2 K W^1/2 and H = I - 1 1'/count. Numbers
 * without a meaning are NaN. */
typedef struct gf_kernel_study {
    size_t count;
    double *eigenvalue;    /* descending */
    double *mode;          /* row k: phi_k at the points, sum w phi_k^2 = 1 */
    double trace;          /* sum l_k */
    double effective_rank; /* exp(-sum q log q), q = l/sum l */
    double participation;  /* (sum l)^2/sum l^2 */
    size_t rank;           /* l_k > 1e-10 l_1 */
    double condition;      /* l_1/l_count; infinity where that is <= 0 */
    double constant_share; /* 1'K 1/(count tr K): 1, and all points move as
                              one */
    double correlation;    /* mean of K_ij/sqrt(K_ii K_jj), i < j */
    double identity_alignment; /* of HKH with H: <A, B>/(|A| |B|) */
    double target_alignment;   /* of HKH with H y y'H */
    double field_alignment;    /* cos of the angle of y and K W y, under W */
    double *retained; /* r-th: |P_(r+1) y|^2/|y|^2 under W, with modes and a
                         target */
    double other_alignment; /* of HKH with HK'H */
    double drift;           /* |K - K'|/|K'|, Frobenius */
} gf_kernel_study;

GF_PUBLIC void gf_kernel_study_init(gf_kernel_study *study);
GF_PUBLIC void gf_kernel_study_clear(gf_kernel_study *study);

/* Fills an empty *study for k (count x count, symmetric). options may be NULL.
 * GF_READ where the module for large matrices is missing, GF_LIMIT, GF_MEMORY,
 * GF_INTERNAL, GF_ARGUMENT for a weight that is not positive. */
GF_PUBLIC GF_CHECKED gf_status
gf_kernel_study_run(gf_kernel_study *study, const double *k, size_t count,
                    const gf_kernel_study_options *options, gf_error *error);

/* --- points ------------------------------------------------------------- */

typedef struct gf_points {
    double *x; /* count x inputs */
    size_t count, inputs;
} gf_points;

/* Reads "grid:LO:HI:N", N points from LO to HI along each of the inputs (the
 * last one fastest); "data:DIST:N", of one input, the quantiles (k + 1/2)/N of
 * a distribution (distribution.h), with ":seed=S" after it N draws from it in
 * ascending order; or the file of that name: text with a point
 * a line, or NPY. GF_SYNTAX, GF_ARGUMENT (another dimension), GF_READ,
 * GF_LIMIT, GF_MEMORY; the errors of gf_distribution_read; free x. */
GF_PUBLIC GF_CHECKED gf_status gf_points_read(gf_points *out, const char *text,
                                              size_t inputs, gf_error *error);

#endif
