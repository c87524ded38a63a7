/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The critic that is best at one place. */
#ifndef GF_LAB_OPTIMAL_H
#define GF_LAB_OPTIMAL_H

#include "kernel/gains.h"

typedef struct gf_optimal {
    gf_gains gains;
    double near; /* D0 */
} gf_optimal;

/* To be cleared in either case. */
gf_status gf_optimal_init(gf_optimal *optimal, const gf_field *field,
                          gf_error *error) GF_CHECKED;
void gf_optimal_clear(gf_optimal *optimal);

/* The coordinate s with p_d f1'(s) + p f2'(s) = 0, by bisection round D0, with
   *slope = f2'(s) and *curve = p_d f1''(s) + p f2''(s); all NaN where there is
   none or more than one, or where a density is 0 or NaN. */
double gf_optimal_at(double *slope, double *curve, const gf_optimal *optimal,
                     double p_d, double p);

#endif
