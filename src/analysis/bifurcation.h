/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_ANALYSIS_BIFURCATION_H
#define GF_ANALYSIS_BIFURCATION_H

#include <ganfield/stability.h>

#include "motion/jet.h"

/* Fills coefficient and amplitude of a limit; slope: of the spectral radius by
   h there.  NaN where there is no normal form: fold, pole, resonance, rules
   that go through eps. */
void gf_bifurcation_find(gf_limit *limit, const gf_jet_game *game,
                         const gf_linear *linear, const gf_optimizer *optimizer,
                         const gf_stability_options *options, double slope);

#endif
