/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Eigenvalues and solutions of a linear map that is known by its products
 * alone, as a Hessian or the Jacobian of a game.
 *
 * An orthonormal basis V of span(v, A v, A^2 v, ...) is grown, and the
 * eigenvalues of V'A V taken for those of A: Lanczos's method for a symmetric
 * map [lanczos1950], Arnoldi's for any other [arnoldi1951]. The basis is kept
 * whole and orthogonal to rounding, so that no eigenvalue comes twice; where it
 * closes on itself it goes on from a new direction, and at last has all.
 *
 *     gf_operator a = {.size = n, .product = hessian_times, .ctx = &loss};
 *     gf_krylov_options options = {.is_symmetric = true, .count = 2};
 *     gf_krylov k;
 *     gf_krylov_init(&k);
 *     status = gf_krylov_find(&k, &a, &options, &error);
 *     ... k.re[0], k.vector ...
 *     gf_krylov_clear(&k);
 */
#ifndef GANFIELD_KRYLOV_H
#define GANFIELD_KRYLOV_H

#include <ganfield/status.h>
#include <stdbool.h>
#include <stdint.h>

/* d -> A d, of `size` numbers each. */
typedef struct gf_operator {
    size_t size;
    void (*product)(double *out, const double *d, const void *ctx);
    const void *ctx;
} gf_operator;

/* --- eigenvalues ------------------------------------------------------- */

/* Which come first. */
typedef enum gf_krylov_end {
    GF_KRYLOV_LARGEST, /* of the largest modulus */
    GF_KRYLOV_RIGHT,   /* of the largest real part */
    GF_KRYLOV_LEFT     /* of the least real part */
} gf_krylov_end;

typedef struct gf_krylov_options {
    bool is_symmetric;
    gf_krylov_end end;
    size_t count;     /* how many; 0: all */
    size_t most;      /* vectors in the basis; 0: 300; of large maps as many
                         as a gigabyte holds */
    double tolerance; /* of a residual, over the largest |eigenvalue|; 0:
                         1e-10 */
    uint64_t seed;    /* of the first direction */
} gf_krylov_options;

typedef struct gf_krylov {
    size_t size, count; /* one more than asked for where a pair is cut */
    double *re, *im;    /* count each */
    double *residual;   /* |A y - lambda y|, y of length 1 */
    double *vector;     /* symmetric: count x size; else NULL */
    size_t products;
    bool is_converged; /* all residuals are below the tolerance */
} gf_krylov;

/* Makes *k empty; gives back what it holds and makes it empty. */
GF_PUBLIC void gf_krylov_init(gf_krylov *k);
GF_PUBLIC void gf_krylov_clear(gf_krylov *k);

/* Fills an empty *k; options may be NULL. For a map that is not symmetric a
 * small residual says that lambda is one of a map as near as that. GF_ARGUMENT
 * for a size of 0 or a product that is not finite, GF_READ where the module for
 * large matrices is missing, GF_MEMORY, GF_INTERNAL. */
GF_PUBLIC GF_CHECKED gf_status gf_krylov_find(gf_krylov *k,
                                              const gf_operator *a,
                                              const gf_krylov_options *options,
                                              gf_error *error);

/* All eigenvalues of a dense n x n matrix (by rows; it is overwritten), those
 * of the largest real part first. Errors as above. */
GF_PUBLIC GF_CHECKED gf_status gf_krylov_dense(gf_krylov *k, double *matrix,
                                               size_t n, bool is_symmetric,
                                               gf_error *error);

/* --- solutions ---------------------------------------------------------- */

typedef struct gf_krylov_solution {
    double residual;   /* |b - (A + shift) x|/|b| */
    size_t products;   /* with A */
    bool is_converged; /* residual <= tolerance */
} gf_krylov_solution;

/* x of (A + shift) x = b, A symmetric but not need be definite, by the least
 * residual over the Krylov space of b [paige1975]; where A + shift is singular
 * and b in its range the shortest x. At most `most` products (0: 20 size +
 * 100), until the residual is `tolerance` (0: 1e-12). GF_ARGUMENT for a product
 * that is not finite, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_krylov_solve(gf_krylov_solution *out,
                                               double *x, const gf_operator *a,
                                               double shift, const double *b,
                                               const gf_krylov_options *options,
                                               gf_error *error);

#endif
