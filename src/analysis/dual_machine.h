/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_ANALYSIS_DUAL_MACHINE_H
#define GF_ANALYSIS_DUAL_MACHINE_H

#include "analysis/dual.h"

/* v, J by rows, and the derivatives of J's entries. */
enum { GF_BEND_COUNT = 14 };

extern const gf_machine gf_dual_machine;

/* At z, for speeds 1; NaN outside the domain. */
void gf_dual_field(double out[GF_BEND_COUNT], gf_dual *dual, const double *z);

#endif
