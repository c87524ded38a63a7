/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Functions that libm and Arb lack, computed so that they stay accurate
 * where the plain formula cancels.
 */
#ifndef GF_EXPR_SPECIAL_H
#define GF_EXPR_SPECIAL_H

#include "base/arb_headers.h"

double gf_value_sigmoid(double x);
double gf_value_softplus(double x);
double gf_value_logit(double x);
double gf_value_gelu(double x);
double gf_value_log1mexp(double x); /* log(1 - exp(x)) */
double gf_value_sign(double x);
double gf_value_step(double x);
/* Unlike with fmin and fmax, a NaN stays one. */
double gf_value_min(double x, double y);
double gf_value_max(double x, double y);

void gf_ball_sigmoid(arb_t y, const arb_t x, slong precision);
void gf_ball_softplus(arb_t y, const arb_t x, slong precision);
void gf_ball_logit(arb_t y, const arb_t x, slong precision);
void gf_ball_log1mexp(arb_t y, const arb_t x, slong precision);
void gf_ball_gelu(arb_t y, const arb_t x, slong precision);
void gf_ball_cbrt(arb_t y, const arb_t x, slong precision);
void gf_ball_sign(arb_t y, const arb_t x, slong precision);
void gf_ball_step(arb_t y, const arb_t x, slong precision);
void gf_ball_abs(arb_t y, const arb_t x, slong precision);

#endif
