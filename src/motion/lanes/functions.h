/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kernels of the elementary functions, for WIDTH lanes: fast between bounds,
   and by the C library in the lanes that are out of them. */
#ifndef GF_MOTION_LANES_FUNCTIONS_H
#define GF_MOTION_LANES_FUNCTIONS_H

#include <float.h>

#include "motion/lanes/lanes.h"
#include "motion/lanes/real.h"

/* Where the reduction of sines ends. */
#define WAVE_MOST 1e6

/* --- maps -------------------------------------------------------------- */

/* The lanes whose argument is out of bounds: rare, one by one. */
static __attribute__((noinline)) void
repair(const gf_lane_code *code, double lo, double hi, double (*right)(double))
{
    for (int i = 0; i < WIDTH; i++)
        if (!(code->a[i] >= lo && code->a[i] <= hi))
            code->out[i] = right(code->a[i]);
}

/* out = fast(a) where lo <= a <= hi and right(a) elsewhere. */
GF_LANE_INLINE void map(const gf_lane_code *code, double (*fast)(double),
                        double lo, double hi, double (*right)(double))
{
    const double *a = __builtin_assume_aligned(code->a, GF_LANES_ALIGN);
    double *restrict out = __builtin_assume_aligned(code->out, GF_LANES_ALIGN);
    int64_t is_out = 0;

    for (int i = 0; i < WIDTH; i++) {
        double x = a[i];
        is_out |= (x >= lo ? 0 : 1) | (x <= hi ? 0 : 1);
        out[i] = fast(x);
    }
    if (is_out)
        repair(code, lo, hi, right);
}

/* For |x| > 708. */
static double far_softplus(double x)
{
    return x > 0 ? x : exp(x);
}

static double far_sigmoid(double x)
{
    return x > 0 ? 1 : exp(x);
}

static void run_exp(const gf_lane_code *code)
{
    map(code, real_exp, -708, 709, exp);
}

static void run_expm1(const gf_lane_code *code)
{
    map(code, real_expm1, -708, 709, expm1);
}

static void run_log(const gf_lane_code *code)
{
    map(code, real_log, DBL_MIN, DBL_MAX, log);
}

static void run_log1p(const gf_lane_code *code)
{
    map(code, real_log1p, -1 + DBL_EPSILON / 2, DBL_MAX / 2, log1p);
}

static void run_softplus(const gf_lane_code *code)
{
    map(code, real_softplus, -708, 708, far_softplus);
}

static void run_sigmoid(const gf_lane_code *code)
{
    map(code, real_sigmoid, -708, 708, far_sigmoid);
}

static void run_tanh(const gf_lane_code *code)
{
    map(code, real_tanh, -DBL_MAX, DBL_MAX, tanh);
}

static void run_sin(const gf_lane_code *code)
{
    map(code, real_sin, -WAVE_MOST, WAVE_MOST, sin);
}

static void run_cos(const gf_lane_code *code)
{
    map(code, real_cos, -WAVE_MOST, WAVE_MOST, cos);
}

/* --- several values at once -------------------------------------------- */

#define FAR 708 /* from 0 the logistic functions are left to the library */

static __attribute__((noinline)) void repair_logistic(const gf_lane_code *code,
                                                      bool has_log)
{
    for (int i = 0; i < WIDTH; i++) {
        double x = code->a[i];
        if (x >= -FAR && x <= FAR)
            continue;
        code->out[i] = far_sigmoid(x);
        code->out[WIDTH + i] = far_sigmoid(-x);
        if (has_log) {
            code->out[2 * WIDTH + i] = far_softplus(x);
            code->out[3 * WIDTH + i] = far_softplus(-x);
        }
    }
}

GF_LANE_INLINE void run_logistic(const gf_lane_code *code, bool has_log)
{
    const double *a = __builtin_assume_aligned(code->a, GF_LANES_ALIGN);
    double *restrict out = __builtin_assume_aligned(code->out, GF_LANES_ALIGN);
    int64_t is_out = 0;

    for (int i = 0; i < WIDTH; i++) {
        double x = a[i];
        logistic l = logistic_of(x, has_log);
        is_out |= (x >= -FAR ? 0 : 1) | (x <= FAR ? 0 : 1);
        out[i] = x > 0 ? l.large : l.small;
        out[WIDTH + i] = x > 0 ? l.small : l.large;
        if (has_log) {
            out[2 * WIDTH + i] = x > 0 ? l.plus_large : l.plus_small;
            out[3 * WIDTH + i] = x > 0 ? l.plus_small : l.plus_large;
        }
    }
    if (is_out)
        repair_logistic(code, has_log);
}

static void run_logistic2(const gf_lane_code *code)
{
    run_logistic(code, false);
}

static void run_logistic4(const gf_lane_code *code)
{
    run_logistic(code, true);
}

static __attribute__((noinline)) void repair_waves(const gf_lane_code *code)
{
    for (int i = 0; i < WIDTH; i++) {
        double x = code->a[i];
        if (x >= -WAVE_MOST && x <= WAVE_MOST)
            continue;
        code->out[i] = sin(x);
        code->out[WIDTH + i] = cos(x);
    }
}

static void run_waves(const gf_lane_code *code)
{
    const double *a = __builtin_assume_aligned(code->a, GF_LANES_ALIGN);
    double *restrict out = __builtin_assume_aligned(code->out, GF_LANES_ALIGN);
    int64_t is_out = 0;

    for (int i = 0; i < WIDTH; i++) {
        double x = a[i];
        pair w = waves(x);
        is_out |= (x >= -WAVE_MOST ? 0 : 1) | (x <= WAVE_MOST ? 0 : 1);
        out[i] = w.hi;
        out[WIDTH + i] = w.lo;
    }
    if (is_out)
        repair_waves(code);
}

/* --- powers ------------------------------------------------------------ */

/* Bounds of x in a^b and of the logarithm of the power. */
#define BASE_MOST 0x1p1020
#define POWER_MOST 700.0

GF_LANE_INLINE int64_t is_plain_power(double x, double y)
{
    /* |log x| <= |log2 x| <= 1022 would do; the exponent is exact. */
    scaled s = scaled_of(x);
    double size = fabs(y) * (fabs(s.k) + 1);

    return (x >= DBL_MIN ? 1 : 0) & (x <= BASE_MOST ? 1 : 0) &
           (size <= POWER_MOST ? 1 : 0);
}

static __attribute__((noinline)) void repair_pow(const gf_lane_code *code)
{
    for (int i = 0; i < WIDTH; i++)
        if (!is_plain_power(code->a[i], code->b[i]))
            code->out[i] = pow(code->a[i], code->b[i]);
}

static void run_pow(const gf_lane_code *code)
{
    const double *a = __builtin_assume_aligned(code->a, GF_LANES_ALIGN);
    const double *b = __builtin_assume_aligned(code->b, GF_LANES_ALIGN);
    double *restrict out = __builtin_assume_aligned(code->out, GF_LANES_ALIGN);
    int64_t is_plain = 1;

    for (int i = 0; i < WIDTH; i++) {
        is_plain &= is_plain_power(a[i], b[i]);
        out[i] = real_pow(a[i], b[i]);
    }
    if (!is_plain)
        repair_pow(code);
}

static void run_call1(const gf_lane_code *code)
{
    for (int i = 0; i < WIDTH; i++)
        code->out[i] = code->call1(code->a[i]);
}

static void run_call2(const gf_lane_code *code)
{
    for (int i = 0; i < WIDTH; i++)
        code->out[i] = code->call2(code->a[i], code->b[i]);
}

#endif
