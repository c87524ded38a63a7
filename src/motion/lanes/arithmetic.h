/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kernels of arithmetic, for WIDTH lanes. */
#ifndef GF_MOTION_LANES_ARITHMETIC_H
#define GF_MOTION_LANES_ARITHMETIC_H

#include "motion/lanes/lanes.h"
#include "motion/lanes/real.h"

#define OPERANDS                                                               \
    const double *a = __builtin_assume_aligned(code->a, GF_LANES_ALIGN);       \
    double *restrict out = __builtin_assume_aligned(code->out, GF_LANES_ALIGN)
#define OPERANDS2                                                              \
    OPERANDS;                                                                  \
    const double *b = __builtin_assume_aligned(code->b, GF_LANES_ALIGN)
#define LANES for (int i = 0; i < WIDTH; i++)

static void run_add(const gf_lane_code *code)
{
    OPERANDS2;
    LANES out[i] = a[i] + b[i];
}

static void run_sub(const gf_lane_code *code)
{
    OPERANDS2;
    LANES out[i] = a[i] - b[i];
}

static void run_mul(const gf_lane_code *code)
{
    OPERANDS2;
    LANES out[i] = a[i] * b[i];
}

static void run_div(const gf_lane_code *code)
{
    OPERANDS2;
    LANES out[i] = a[i] / b[i];
}

static void run_min(const gf_lane_code *code)
{
    OPERANDS2;
    LANES out[i] = a[i] < b[i] ? a[i] : b[i] <= a[i] ? b[i] : a[i] + b[i];
}

static void run_max(const gf_lane_code *code)
{
    OPERANDS2;
    LANES out[i] = a[i] > b[i] ? a[i] : b[i] >= a[i] ? b[i] : a[i] + b[i];
}

static void run_neg(const gf_lane_code *code)
{
    OPERANDS;
    LANES out[i] = -a[i];
}

static void run_reciprocal(const gf_lane_code *code)
{
    OPERANDS;
    LANES out[i] = 1 / a[i];
}

static void run_square(const gf_lane_code *code)
{
    OPERANDS;
    LANES out[i] = a[i] * a[i];
}

static void run_cube(const gf_lane_code *code)
{
    OPERANDS;
    LANES out[i] = a[i] * a[i] * a[i];
}

static void run_add_number(const gf_lane_code *code)
{
    OPERANDS;
    double n = code->number[0];
    LANES out[i] = a[i] + n;
}

static void run_number_sub(const gf_lane_code *code)
{
    OPERANDS;
    double n = code->number[0];
    LANES out[i] = n - a[i];
}

static void run_scale(const gf_lane_code *code)
{
    OPERANDS;
    double n = code->number[0];
    LANES out[i] = n * a[i];
}

GF_LANE_INLINE void horner(const gf_lane_code *code, int degree)
{
    OPERANDS;
    double c[HORNER_MOST + 1];

    for (int k = 0; k <= degree; k++)
        c[k] = code->number[k];
    LANES
    {
        double y = c[degree];
        for (int k = degree - 1; k >= 0; k--)
            y = fma(y, a[i], c[k]);
        out[i] = y;
    }
}

static void run_affine(const gf_lane_code *code)
{
    horner(code, 1);
}

static void run_horner2(const gf_lane_code *code)
{
    horner(code, 2);
}

static void run_horner3(const gf_lane_code *code)
{
    horner(code, 3);
}

static void run_horner4(const gf_lane_code *code)
{
    horner(code, 4);
}

static void run_horner5(const gf_lane_code *code)
{
    horner(code, 5);
}

static void run_horner6(const gf_lane_code *code)
{
    horner(code, 6);
}

static void run_sqrt(const gf_lane_code *code)
{
    OPERANDS;
    LANES out[i] = sqrt(a[i]);
}

static void run_abs(const gf_lane_code *code)
{
    OPERANDS;
    LANES out[i] = fabs(a[i]);
}

static void run_sign(const gf_lane_code *code)
{
    OPERANDS;
    LANES out[i] = a[i] > 0 ? 1 : a[i] < 0 ? -1 : a[i];
}

static void run_step(const gf_lane_code *code)
{
    OPERANDS;
    LANES out[i] = a[i] > 0 ? 1 : a[i] < 0 ? 0 : a[i] == 0 ? 0.5 : a[i];
}

#endif
