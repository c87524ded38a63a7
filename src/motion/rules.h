/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The step functions of the table of rules (optimizer.c). */
#ifndef GF_MOTION_RULES_H
#define GF_MOTION_RULES_H

#include "motion/move.h"

void gf_rule_sgd(gf_move *move);
void gf_rule_slow(gf_move *move); /* sgd, of rules that settle */
void gf_rule_heavy_ball(gf_move *move);
void gf_rule_nesterov(gf_move *move);
void gf_rule_rmsprop(gf_move *move);
void gf_rule_adam(gf_move *move);
void gf_rule_amsgrad(gf_move *move);
void gf_rule_optimistic_adam(gf_move *move);
void gf_rule_extragradient(gf_move *move);
void gf_rule_past_extragradient(gf_move *move);
void gf_rule_optimistic(gf_move *move);
void gf_rule_consensus(gf_move *move);
void gf_rule_sga(gf_move *move);
void gf_rule_competitive(gf_move *move);
void gf_rule_implicit(gf_move *move);
void gf_rule_rk2(gf_move *move);
void gf_rule_rk3(gf_move *move);
void gf_rule_rk4(gf_move *move);
void gf_rule_natural(gf_move *move);

/* What is done when both players have moved. */
void gf_settle_lookahead(gf_move *move);
void gf_settle_averaging(gf_move *move);

#endif
