/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernels, for the instruction set and the width that the build names:
 * GF_LANES_SET (v3) and GF_LANES_WIDTH (16).  A loop over a known number of
 * lanes becomes straight vector code.
 */
#include "motion/lanes/lanes.h"
#include "motion/lanes/real.h"
#include "motion/lanes/stages.h"

#include <float.h>

enum { WIDTH = GF_LANES_WIDTH, HORNER_MOST = 6 };

#define GLUE3(a, b, c) a##b##_##c
#define GLUE(a, b, c) GLUE3(a, b, c)
#define TEXT2(a) #a
#define TEXT(a) TEXT2(a)

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
    map(code, real_sin, -1e6, 1e6, sin);
}

static void run_cos(const gf_lane_code *code)
{
    map(code, real_cos, -1e6, 1e6, cos);
}

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

/* --- arithmetic -------------------------------------------------------- */

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

/* --- fused ------------------------------------------------------------- */

#define STAGE(name, plane, function)                                           \
    static void run_##name(const gf_lane_code *code)                           \
    {                                                                          \
        double *state = __builtin_assume_aligned(code->out, GF_LANES_ALIGN);   \
        function(code, state, WIDTH, plane);                                   \
    }

STAGE(point_rk1, false, stage_rk1)
STAGE(point_rk2, false, stage_rk2)
STAGE(point_rk3, false, stage_rk3)
STAGE(point_rk4, false, stage_rk4)
STAGE(point_rk4_bounded, false, stage_rk4_bounded)
STAGE(point_rk4_watched, false, stage_rk4_watched)
STAGE(point_euler_watched, false, stage_euler_watched)
STAGE(plane_rk1, true, stage_rk1)
STAGE(plane_rk2, true, stage_rk2)
STAGE(plane_rk3, true, stage_rk3)
STAGE(plane_rk4, true, stage_rk4)
STAGE(plane_rk4_bounded, true, stage_rk4_bounded)
STAGE(plane_rk4_watched, true, stage_rk4_watched)
STAGE(plane_euler_watched, true, stage_euler_watched)

/* --- the table --------------------------------------------------------- */

static const gf_lane_kernel kernels[GF_LANE_OPS] = {
    [GF_LANE_ADD] = run_add,
    [GF_LANE_SUB] = run_sub,
    [GF_LANE_MUL] = run_mul,
    [GF_LANE_DIV] = run_div,
    [GF_LANE_NEG] = run_neg,
    [GF_LANE_RECIPROCAL] = run_reciprocal,
    [GF_LANE_SQUARE] = run_square,
    [GF_LANE_CUBE] = run_cube,
    [GF_LANE_ADD_NUMBER] = run_add_number,
    [GF_LANE_NUMBER_SUB] = run_number_sub,
    [GF_LANE_SCALE] = run_scale,
    [GF_LANE_AFFINE] = run_affine,
    [GF_LANE_HORNER2] = run_horner2,
    [GF_LANE_HORNER3] = run_horner3,
    [GF_LANE_HORNER4] = run_horner4,
    [GF_LANE_HORNER5] = run_horner5,
    [GF_LANE_HORNER6] = run_horner6,
    [GF_LANE_SQRT] = run_sqrt,
    [GF_LANE_ABS] = run_abs,
    [GF_LANE_SIGN] = run_sign,
    [GF_LANE_STEP] = run_step,
    [GF_LANE_MIN] = run_min,
    [GF_LANE_MAX] = run_max,
    [GF_LANE_EXP] = run_exp,
    [GF_LANE_EXPM1] = run_expm1,
    [GF_LANE_LOG] = run_log,
    [GF_LANE_LOG1P] = run_log1p,
    [GF_LANE_SOFTPLUS] = run_softplus,
    [GF_LANE_SIGMOID] = run_sigmoid,
    [GF_LANE_TANH] = run_tanh,
    [GF_LANE_SIN] = run_sin,
    [GF_LANE_COS] = run_cos,
    [GF_LANE_POW] = run_pow,
    [GF_LANE_CALL1] = run_call1,
    [GF_LANE_CALL2] = run_call2,
    [GF_LANE_POINT_RK1] = run_point_rk1,
    [GF_LANE_POINT_RK2] = run_point_rk2,
    [GF_LANE_POINT_RK3] = run_point_rk3,
    [GF_LANE_POINT_RK4] = run_point_rk4,
    [GF_LANE_POINT_RK4_BOUNDED] = run_point_rk4_bounded,
    [GF_LANE_POINT_RK4_WATCHED] = run_point_rk4_watched,
    [GF_LANE_POINT_EULER_WATCHED] = run_point_euler_watched,
    [GF_LANE_PLANE_RK1] = run_plane_rk1,
    [GF_LANE_PLANE_RK2] = run_plane_rk2,
    [GF_LANE_PLANE_RK3] = run_plane_rk3,
    [GF_LANE_PLANE_RK4] = run_plane_rk4,
    [GF_LANE_PLANE_RK4_BOUNDED] = run_plane_rk4_bounded,
    [GF_LANE_PLANE_RK4_WATCHED] = run_plane_rk4_watched,
    [GF_LANE_PLANE_EULER_WATCHED] = run_plane_euler_watched,
};

const gf_lanes GLUE(gf_lanes_, GF_LANES_SET,
                    GF_LANES_WIDTH) = {TEXT(GF_LANES_SET), WIDTH, kernels};
