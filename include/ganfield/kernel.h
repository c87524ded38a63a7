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
 * widths), with batch norm count x parameters. GF_LIMIT, GF_MEMORY,
 * GF_ARGUMENT (groups; spectral norm of a net without a singular value). */
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

/* After gf_pass_forward: the full Jacobian, count x parameters, by as many ways
 * back as there are points. */
GF_PUBLIC void gf_kernel_jacobian(double *jacobian, gf_pass *pass);

#endif
