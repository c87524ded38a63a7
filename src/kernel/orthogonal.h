/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matrices by rows: orthonormal ones, and the largest singular value. */
#ifndef GANFIELD_KERNEL_ORTHOGONAL_H
#define GANFIELD_KERNEL_ORTHOGONAL_H

#include <stddef.h>

/* Makes the rows of a matrix orthonormal, or the columns where there are fewer
 * of them (Gram and Schmidt, twice). */
void gf_orthogonalise(double *matrix, size_t rows, size_t columns);

/* The largest singular value of a matrix, with its vectors u (rows) and v
 * (columns): power iteration until they stay the same, from the v given, or
 * from one of its own where v is 0. work has room for columns numbers. */
double gf_largest_singular(double *u, double *v, double *work,
                           const double *matrix, size_t rows, size_t columns);

#endif
