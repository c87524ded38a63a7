/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where multipliers meet the unit circle, in exact arithmetic. */
#ifndef GF_ANALYSIS_CRITICAL_H
#define GF_ANALYSIS_CRITICAL_H

#include "analysis/spectrum.h"
#include "motion/derivative.h"

/* A polynomial in h without multiple roots, whose positive roots are among
   others all h at which a multiplier comes to the unit circle or leaves it, or
   goes to infinity. */
void gf_critical_poly(fmpz_poly_t out, const gf_multiplier_poly *p);

/* Positive roots of it as ascending balls that are apart; returns their
   count.  *out is of _arb_vec_init(*size). */
size_t gf_critical_steps(arb_ptr *out, slong *size, const fmpz_poly_t poly);

/* The multipliers at a step, largest first, and whether the spectral radius is
   below (GF_SIGN_NEGATIVE), on or above 1; proved, but for the 0, which holds
   to 500 bits. */
typedef struct gf_multipliers {
    acb_ptr root; /* may have multiple ones, each as often as it counts */
    slong count, size;
    slong lost; /* how many are infinite */
} gf_multipliers;

void gf_multipliers_clear(gf_multipliers *m);
void gf_multipliers_at(gf_multipliers *m, const gf_multiplier_poly *p,
                       const fmpq_t h, slong precision);
gf_sign gf_multipliers_circle(const gf_multiplier_poly *p, const fmpq_t h);
/* The spectral radius near that step; infinite at a pole. */
double gf_multipliers_radius(const gf_multiplier_poly *p, double h);

#endif
