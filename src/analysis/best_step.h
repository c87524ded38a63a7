/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_ANALYSIS_BEST_STEP_H
#define GF_ANALYSIS_BEST_STEP_H

#include <ganfield/stability.h>

#include "motion/derivative.h"

/* Where the largest spectral radius of some polynomials is least on an
   interval, and how large it is there; infinite where it falls for ever, the
   radius then being its limit. */
/* The slope of the spectral radius by h there. */
double gf_radius_slope(const gf_multiplier_poly *p, double h);
double gf_best_step(double *radius, const gf_multiplier_poly *p, size_t count,
                    gf_steps interval);

#endif
