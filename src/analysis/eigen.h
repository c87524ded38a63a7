/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Eigenvalues of matrices: by GSL where they are small, by the LAPACK
 * of OpenBLAS in a module of its own (src/module/lapack.c) where not.
 */
#ifndef GANFIELD_ANALYSIS_EIGEN_H
#define GANFIELD_ANALYSIS_EIGEN_H

#include <ganfield/status.h>
#include <stdbool.h>
#include <stddef.h>

enum { GF_EIGEN_SMALL = 128, GF_EIGEN_MOST = 20000 };

/* What the module exports as gf_lapack_module. */
typedef struct gf_lapack {
    const char *version; /* of the program it was built with */
    /* Eigenvalues ascending; with vectors matrix becomes these, by rows. False:
     * no memory, or the iteration failed. */
    bool (*symmetric)(double *value, double *matrix, size_t n, bool vectors,
                      size_t threads);
    /* Real and imaginary parts of the eigenvalues of any matrix, which is
     * overwritten. */
    bool (*general)(double *re, double *im, double *matrix, size_t n,
                    size_t threads);
    /* The lower triangle, by rows, becomes its Cholesky factor; false where it
     * is not positive definite. */
    bool (*definite)(double *matrix, size_t n, size_t threads);
    const char *(*config)(void); /* of OpenBLAS: version and options */
    const char *(*core)(void);   /* the processor that it works for */
} gf_lapack;

/* value (n, descending) and vector (n x n by rows, or NULL) of a symmetric
 * matrix, which is overwritten. GF_READ without the module, GF_LIMIT,
 * GF_MEMORY, GF_INTERNAL where the iteration fails. */
GF_CHECKED gf_status gf_eigen_symmetric(double *value, double *vector,
                                        double *matrix, size_t n,
                                        size_t threads, gf_error *error);

/* The same for any matrix, in no order: re and im, n each. */
GF_CHECKED gf_status gf_eigen_general(double *re, double *im, double *matrix,
                                      size_t n, size_t threads,
                                      gf_error *error);

/* Opens the module; where its library takes this processor for a much older
 * one, it is told better, unless OPENBLAS_CORETYPE is set already. */
GF_CHECKED gf_status gf_lapack_open(const gf_lapack **out, gf_error *error);

#endif
