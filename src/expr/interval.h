/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rigorous intervals of reals, the wide companion of Arb's balls.
 *
 * A ball cannot say [1, inf); an interval of doubles can.  Ends are rounded
 * outward (elementary functions through Arb at the ends), an end at infinity
 * is never attained, and an end is `open` where it is proved that no value
 * of the set equals it: so 1/x over x > 0 is (0, inf), which is a proof that
 * it has no zero, whereas [0, inf) would be none.  [tucker2011]
 */
#ifndef GF_EXPR_INTERVAL_H
#define GF_EXPR_INTERVAL_H

#include <stdbool.h>

#include <ganfield/verdict.h>

typedef struct gf_interval {
    double lo, hi;
    bool lo_open, hi_open;
    bool defined; /* at every point: no pole, no root of a negative, ... */
} gf_interval;

/* The reals, with `defined` as given. */
gf_interval gf_interval_whole(bool defined);
gf_interval gf_interval_point(double x);
/* [lo, hi] with infinite ends open; the open interval if `open`. */
gf_interval gf_interval_make(double lo, double hi, bool open);
gf_interval gf_interval_hull(gf_interval a, gf_interval b);

/* Is every value > 0, < 0, >= 0, <= 0 (and defined)? */
bool gf_interval_positive(gf_interval x);
bool gf_interval_negative(gf_interval x);
bool gf_interval_nonnegative(gf_interval x);
bool gf_interval_nonpositive(gf_interval x);
bool gf_interval_has_zero(gf_interval x);

gf_interval gf_interval_add(gf_interval a, gf_interval b);
gf_interval gf_interval_sub(gf_interval a, gf_interval b);
gf_interval gf_interval_mul(gf_interval a, gf_interval b);
gf_interval gf_interval_div(gf_interval a, gf_interval b);
gf_interval gf_interval_neg(gf_interval a);
gf_interval gf_interval_abs(gf_interval a);
gf_interval gf_interval_sign(gf_interval a);
gf_interval gf_interval_step(gf_interval a);
gf_interval gf_interval_min(gf_interval a, gf_interval b);
gf_interval gf_interval_max(gf_interval a, gf_interval b);
gf_interval gf_interval_powi(gf_interval a, long n);
gf_interval gf_interval_pow(gf_interval a, gf_interval b);
gf_interval gf_interval_cosh(gf_interval a);
gf_interval gf_interval_sin(gf_interval a);
gf_interval gf_interval_cos(gf_interval a);
gf_interval gf_interval_tan(gf_interval a);
gf_interval gf_interval_gelu(gf_interval a);

#endif
