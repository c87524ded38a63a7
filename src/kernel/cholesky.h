/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Systems with a symmetric positive definite matrix: A = L L', by hand where
 * they are small, by the LAPACK of OpenBLAS (eigen.h) where not.
 */
#ifndef GANFIELD_KERNEL_CHOLESKY_H
#define GANFIELD_KERNEL_CHOLESKY_H

#include <ganfield/status.h>
#include <stddef.h>

enum { GF_CHOLESKY_SMALL = 48, GF_CHOLESKY_MOST = 40000 };

/* Puts L in place of the lower triangle of matrix (n x n by rows; the upper one
 * is not read). GF_DOMAIN where A is not positive definite, GF_READ without the
 * module, GF_LIMIT. */
GF_CHECKED gf_status gf_cholesky_factor(double *matrix, size_t n,
                                        size_t threads, gf_error *error);

/* x = A^-1 x, after gf_cholesky_factor. */
void gf_cholesky_solve(double *x, const double *factor, size_t n);

#endif
