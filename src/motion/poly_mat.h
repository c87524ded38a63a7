/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matrices of polynomials in h with rational coefficients. */
#ifndef GF_MOTION_POLY_MAT_H
#define GF_MOTION_POLY_MAT_H

#include <stddef.h>

#include <flint/fmpq_poly.h>
#include <flint/fmpz_poly.h>

typedef struct gf_poly_mat {
    size_t rows, columns;
    fmpq_poly_struct *entry;
} gf_poly_mat;

/* Zero. */
void gf_poly_mat_init(gf_poly_mat *m, size_t rows, size_t columns);
void gf_poly_mat_clear(gf_poly_mat *m);
fmpq_poly_struct *gf_poly_mat_at(const gf_poly_mat *m, size_t i, size_t j);
/* b/den becomes the solution x of a x = b. */
void gf_poly_mat_solve(fmpq_poly_t den, gf_poly_mat *b, const gf_poly_mat *a);
/* coef[0 .. n]: det(x - m) by powers of x, by Faddeev and LeVerrier. */
void gf_poly_mat_charpoly(fmpq_poly_struct *coef, const gf_poly_mat *m);
/* Integer polynomials with the same ratios, and no common factor; the sign is
   that of the last one. */
void gf_poly_primitive(fmpz_poly_struct *out, fmpq_poly_struct *in,
                       size_t count);

#endif
