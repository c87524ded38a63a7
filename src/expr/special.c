/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values and balls of the functions that libm and Arb lack. */
#include "expr/special.h"

#include <math.h>

double gf_value_sigmoid(double x)
{
    double e;

    if (x >= 0)
        return 1 / (1 + exp(-x));
    e = exp(x);
    return e / (1 + e);
}

double gf_value_softplus(double x)
{
    return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

/* log(x / (1 - x)); near 1/2 the quotient cancels, log1p does not. */
double gf_value_logit(double x)
{
    if (x > 0.25 && x < 0.75)
        return log1p((2 * x - 1) / (1 - x));
    return log(x) - log1p(-x);
}

/* x/2 erfc(a), a = -x/sqrt(2).  Far out erfc multiplies a relative error of a
   by 2 a^2, so the rounding of a is made good to first order. */
double gf_value_gelu(double x)
{
    static const double root_half = 0x1.6a09e667f3bcdp-1;
    static const double root_half_rest = -0x1.bdd3413b26456p-55;
    double a = -x * root_half, error;

    if (!(x < -1 && x > -40))
        return 0.5 * x * erfc(a);
    error = fma(-x, root_half, -a) - x * root_half_rest;
    return 0.5 * x * (erfc(a) - M_2_SQRTPI * exp(-a * a) * error);
}

/* For x near 0 it is 1 - exp(x) that must not cancel, for x far below the
   logarithm of what is nearly 1. */
double gf_value_log1mexp(double x)
{
    return x > -M_LN2 ? log(-expm1(x)) : log1p(-exp(x));
}

double gf_value_sign(double x)
{
    return x > 0 ? 1 : x < 0 ? -1 : x;
}

double gf_value_step(double x)
{
    return x > 0 ? 1 : x < 0 ? 0 : x == 0 ? 0.5 : x;
}

double gf_value_min(double x, double y)
{
    return isnan(x) || isnan(y) ? NAN : fmin(x, y);
}

double gf_value_max(double x, double y)
{
    return isnan(x) || isnan(y) ? NAN : fmax(x, y);
}

/* --- balls ------------------------------------------------------------- */

void gf_ball_sigmoid(arb_t y, const arb_t x, slong precision)
{
    arb_t e;

    arb_init(e);
    arb_neg(e, x);
    arb_exp(e, e, precision);
    arb_add_ui(e, e, 1, precision);
    arb_inv(y, e, precision);
    arb_clear(e);
}

void gf_ball_softplus(arb_t y, const arb_t x, slong precision)
{
    arb_t e;

    arb_init(e);
    if (arb_is_positive(x)) {
        arb_neg(e, x);
        arb_exp(e, e, precision);
        arb_log1p(e, e, precision);
        arb_add(y, x, e, precision);
    } else {
        arb_exp(e, x, precision);
        arb_log1p(y, e, precision);
    }
    arb_clear(e);
}

void gf_ball_logit(arb_t y, const arb_t x, slong precision)
{
    arb_t p, q;

    arb_init(p);
    arb_init(q);
    arb_log(p, x, precision);
    arb_neg(q, x);
    arb_log1p(q, q, precision);
    arb_sub(y, p, q, precision);
    arb_clear(p);
    arb_clear(q);
}

void gf_ball_log1mexp(arb_t y, const arb_t x, slong precision)
{
    if (arf_cmp_d(arb_midref(x), -1) < 0) {
        arb_exp(y, x, precision);
        arb_neg(y, y);
        arb_log1p(y, y, precision);
    } else {
        arb_expm1(y, x, precision);
        arb_neg(y, y);
        arb_log(y, y, precision);
    }
}

void gf_ball_gelu(arb_t y, const arb_t x, slong precision)
{
    arb_t p, root;

    arb_init(p);
    arb_init(root);
    arb_sqrt_ui(root, 2, precision);
    arb_div(p, x, root, precision);
    arb_neg(p, p);
    arb_hypgeom_erfc(p, p, precision);
    arb_mul(p, p, x, precision);
    arb_mul_2exp_si(y, p, -1);
    arb_clear(p);
    arb_clear(root);
}

void gf_ball_cbrt(arb_t y, const arb_t x, slong precision)
{
    arb_t p;

    if (arb_is_zero(x)) { /* of which Arb finds no root */
        arb_zero(y);
    } else if (arb_is_positive(x)) {
        arb_root_ui(y, x, 3, precision);
    } else if (arb_is_negative(x)) {
        arb_neg(y, x);
        arb_root_ui(y, y, 3, precision);
        arb_neg(y, y);
    } else { /* through zero: bounded by the root of the largest size */
        arb_init(p);
        arb_get_mag(arb_radref(p), x);
        arf_set_mag(arb_midref(p), arb_radref(p));
        mag_zero(arb_radref(p));
        arb_root_ui(p, p, 3, precision);
        arb_zero(y);
        arb_add_error(y, p);
        arb_clear(p);
    }
}

/* Arb says that the sign of what is undefined is in [-1, 1]. */
void gf_ball_sign(arb_t y, const arb_t x, slong precision)
{
    (void)precision;
    if (arf_is_nan(arb_midref(x)))
        arb_indeterminate(y);
    else
        arb_sgn(y, x);
}

void gf_ball_step(arb_t y, const arb_t x, slong precision)
{
    gf_ball_sign(y, x, precision);
    arb_add_ui(y, y, 1, precision);
    arb_mul_2exp_si(y, y, -1);
}

void gf_ball_abs(arb_t y, const arb_t x, slong precision)
{
    (void)precision;
    arb_abs(y, x);
}
