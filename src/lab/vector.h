/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vectors of parameters. */
#ifndef GF_LAB_VECTOR_H
#define GF_LAB_VECTOR_H

#include <stddef.h>

double gf_vector_dot(const double *a, const double *b, size_t n);
double gf_vector_length(const double *a, size_t n);
/* a += by b. */
void gf_vector_add(double *a, double by, const double *b, size_t n);

/* The eigenvalues of [[a, b], [b, c]], the larger first. */
void gf_vector_eigen(double out[2], double a, double b, double c);

#endif
