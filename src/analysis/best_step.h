/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_ANALYSIS_BEST_STEP_H
#define GF_ANALYSIS_BEST_STEP_H

#include <ganfield/stability.h>

#include "motion/derivative.h"

/* Where the spectral radius is least on an interval, and how large it is
   there; infinite where it falls for ever, the radius then being its limit. */
double gf_best_step(double *radius, const gf_multiplier_poly *p,
                    gf_steps interval);

#endif
