/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the game of a caller to the polynomial of its multipliers. */
#ifndef GF_ANALYSIS_LINEAR_H
#define GF_ANALYSIS_LINEAR_H

#include <ganfield/stability.h>

#include "motion/derivative.h"

/* GF_ARGUMENT for a game that makes no sense. */
gf_status gf_linear_check(const gf_linear *game, gf_error *error) GF_CHECKED;
gf_status gf_linear_poly(gf_multiplier_poly *p, const gf_linear *game,
                         const gf_optimizer *optimizer, gf_order order,
                         size_t critic_steps, gf_error *error) GF_CHECKED;

#endif
