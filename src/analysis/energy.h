/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_ANALYSIS_ENERGY_H
#define GF_ANALYSIS_ENERGY_H

#include "analysis/study.h"

/* The two one-variable conditions of the energy, the interval round D0 on
   which they hold and the level of the proved region. */
GF_CHECKED gf_status gf_energy_make(gf_energy *energy, const gf_study *study);
/* Nothing known about it. */
void gf_energy_clear(gf_energy *energy);
/* ... on the whole domain. */
GF_CHECKED gf_status gf_energy_whole(gf_energy *energy, const gf_study *study);
/* The distance conditions A <= 0 and B <= 0. */
GF_CHECKED gf_status gf_distance_make(gf_distance *distance,
                                      const gf_study *study);
/* W' = g / (-a f2') on a piece. */
gf_expr gf_energy_integrand(const gf_study *study, const gf_study_piece *piece);
/* W(end-), the limit towards an end of the interval: infinite where that is
   proved; where it cannot be had, *limit is false and *level a value that W
   passes on the way (a lower bound). */
GF_CHECKED gf_status gf_energy_level(double *level, bool *limit,
                                     const gf_study *study, gf_expr w,
                                     double end, gf_expr end_exact);

#endif
