/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large games cut along the eigenvalues of HJ. */
#ifndef GF_ANALYSIS_SPECTRAL_H
#define GF_ANALYSIS_SPECTRAL_H

#include <ganfield/stability.h>

#include "motion/derivative.h"

/* stability.c: everything about one polynomial. */
gf_status gf_stability_of_poly(gf_stability_result *s,
                               const gf_multiplier_poly *p,
                               const gf_stability_options *options,
                               gf_error *error) GF_CHECKED;
/* Everything about a game whose rule sees the eigenvalues of HJ only. */
gf_status gf_stability_spectral(gf_stability_result *s, const gf_linear *game,
                                const gf_optimizer *optimizer,
                                const gf_stability_options *options,
                                gf_error *error) GF_CHECKED;

#endif
