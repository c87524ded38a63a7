/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Natural gradients: steps that are measured by what they do to a player's
 * outputs, and not to its numbers [amari1998]. With g_k the gradient of the
 * k-th output of a batch by the parameters theta, the rows of J,
 *
 *     M = sum_k w_k g_k g_k'      d = (M + damping 1)^-1 v
 *
 * for a velocity v of theta. With w_k = 1/count, M is the Gauss-Newton metric
 * of a generator: d'M d is the mean square by which d moves its samples. With
 * the logits of a discriminator over data and samples and w_k = D(1 - D)/count
 * it is the Fisher metric of D's Bernoulli law [martens2020].
 *
 * Three ways to the same d, with S = diag(sqrt w) and A = S J:
 *
 *     cholesky  factors A'A + damping, as many numbers square as theta has
 *     woodbury  d = (v - A'(A A' + damping)^-1 A v)/damping, as many square as
 *               the batch has [hager1989]; A A' = S K S with K the kernel of
 *               kernel.h, which needs no J
 *     cg        conjugate gradients with products by J and J' [martens2010]
 *
 *     gf_natural_options options;
 *     gf_natural *natural;
 *     status = gf_natural_parse(&options, "damping=1e-3", &error);
 *     status = gf_natural_new(&natural, count, 256, &options, &error);
 *     ...
 *     status = gf_pass_forward(&f, pass, &batch, &error);
 *     gf_jacobian j = gf_jacobian_of_pass(pass);
 *     status = gf_natural_solve(d, natural, &j, NULL, v, &error);
 *     for (size_t i = 0; i < count; i++)
 *         theta[i] += step * d[i];
 *
 * Theory: docs/theory.md, section 5b.
 */
#ifndef GANFIELD_NATURAL_H
#define GANFIELD_NATURAL_H

#include <ganfield/net.h>

/* --- outputs of a player ----------------------------------------------- */

/* The Jacobian of a player's outputs (rows) by its parameters (columns), at one
 * place; J is by rows. Either fill, or times and transposed must be there; what
 * is NULL is made of the others. */
typedef struct gf_jacobian {
    size_t rows, columns;
    void (*fill)(double *j, void *ctx);                          /* J */
    void (*times)(double *out, const double *u, void *ctx);      /* J u */
    void (*transposed)(double *out, const double *w, void *ctx); /* J'w */
    gf_status (*gram)(double *k, void *ctx, gf_error *error);    /* J J' */
    void *ctx;
} gf_jacobian;

/* Of a net, after gf_pass_forward, for the batch of the pass and its present
 * theta; valid until the next forward pass. */
GF_PUBLIC gf_jacobian gf_jacobian_of_pass(gf_pass *pass);

/* --- directions -------------------------------------------------------- */

typedef enum gf_natural_solver {
    GF_NATURAL_AUTO, /* cholesky where theta has fewer numbers than the batch,
                        or damping is 0; else woodbury; cg above
                        GF_NATURAL_DENSE */
    GF_NATURAL_CHOLESKY,
    GF_NATURAL_WOODBURY,
    GF_NATURAL_CG
} gf_natural_solver;

enum { GF_NATURAL_DENSE = 4096 };

/* "auto", "cholesky", "woodbury", "cg". */
GF_PUBLIC const char *gf_natural_solver_name(gf_natural_solver solver);

typedef struct gf_natural_options {
    double damping;  /* >= 0, of M's units; 1e-3 */
    double momentum; /* for a training: 0 <= momentum < 1 of the heavy ball
                        whose force the direction is; 0 */
    gf_natural_solver solver;
    size_t samples;    /* for a training: of how many of a batch's points, its
                          first ones, the metric is; 0: of all */
    double tolerance;  /* of cg: |residual| <= tolerance |v|; 1e-10 */
    size_t iterations; /* of cg, at most; 0: 4 min(rows, columns) + 50 */
    size_t threads;    /* of one factorisation; 1 */
} gf_natural_options;

/* The numbers above. */
GF_PUBLIC void gf_natural_options_init(gf_natural_options *options);

/* Reads "damping=X,momentum=X,solver=NAME,samples=N,tolerance=X,iterations=N",
 * any part of it or "", over the numbers above. GF_NAME with the nearest name,
 * GF_SYNTAX, GF_ARGUMENT. */
GF_PUBLIC GF_CHECKED gf_status gf_natural_parse(gf_natural_options *out,
                                                const char *text,
                                                gf_error *error);

/* The working store of a player's directions: a handle. Its solver is chosen
 * here, for at most so many rows. GF_ARGUMENT for numbers outside of their
 * ranges and for woodbury without damping, GF_LIMIT, GF_MEMORY. */
typedef struct gf_natural gf_natural;
GF_PUBLIC GF_CHECKED gf_status gf_natural_new(gf_natural **out,
                                              size_t parameters,
                                              size_t most_rows,
                                              const gf_natural_options *options,
                                              gf_error *error);
GF_PUBLIC void gf_natural_free(gf_natural *natural);

/* out = (M + damping 1)^-1 v; out may be v. weight: the w_k
 * >= 0, or NULL for 1/rows. Numbers that are not finite give such a direction.
 * GF_DOMAIN where M + damping 1 is not positive definite, GF_READ without the
 * module for large matrices, GF_LIMIT for more rows than the store has, and
 * what gram says. */
GF_PUBLIC GF_CHECKED gf_status
gf_natural_solve(double *out, gf_natural *natural, const gf_jacobian *j,
                 const double *weight, const double *v, gf_error *error);

/* How the last direction came about. */
typedef struct gf_natural_report {
    gf_natural_solver solver;
    size_t iterations; /* of cg; of woodbury, corrections */
    double residual;   /* of cg: |v - (M + damping 1) d|/|v|; else NaN */
} gf_natural_report;
GF_PUBLIC gf_natural_report gf_natural_last(const gf_natural *natural);

#endif
