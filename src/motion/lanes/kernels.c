/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernels, for the instruction set and the width that the build names:
 * GF_LANES_SET (v3) and GF_LANES_WIDTH (16).  A loop over a known number of
 * lanes becomes straight vector code.
 */
#include "motion/lanes/lanes.h"

enum { WIDTH = GF_LANES_WIDTH, HORNER_MOST = 6 };

#define GLUE3(a, b, c) a##b##_##c
#define GLUE(a, b, c) GLUE3(a, b, c)
#define TEXT2(a) #a
#define TEXT(a) TEXT2(a)

#include "motion/lanes/arithmetic.h"
#include "motion/lanes/functions.h"
#include "motion/lanes/polynomial.h"
#include "motion/lanes/stages.h"
#include "motion/lanes/watch.h"

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

#define EVALUATE(name, plane, slope)                                           \
    static void run_##name(const gf_lane_code *code)                           \
    {                                                                          \
        double *state = __builtin_assume_aligned(code->out, GF_LANES_ALIGN);   \
        stage_velocity(code, state, WIDTH, plane, slope);                      \
    }

EVALUATE(point_velocity, false, false)
EVALUATE(point_slope, false, true)
EVALUATE(plane_velocity, true, false)
EVALUATE(plane_slope, true, true)

#define WHOLE(name, degree, watch)                                             \
    static void run_##name(const gf_lane_code *code)                           \
    {                                                                          \
        double *state = __builtin_assume_aligned(code->out, GF_LANES_ALIGN);   \
        whole_step(code, state, WIDTH, degree, watch);                         \
    }

WHOLE(poly2, 2, WATCH_NOTHING)
WHOLE(poly2_bounded, 2, WATCH_BOUNDS)
WHOLE(poly2_watched, 2, WATCH_ALL)
WHOLE(poly4, 4, WATCH_NOTHING)
WHOLE(poly4_bounded, 4, WATCH_BOUNDS)
WHOLE(poly4_watched, 4, WATCH_ALL)
WHOLE(poly6, 6, WATCH_NOTHING)
WHOLE(poly6_bounded, 6, WATCH_BOUNDS)
WHOLE(poly6_watched, 6, WATCH_ALL)

#define TANGENT(name, plane, stage)                                            \
    static void run_##name(const gf_lane_code *code)                           \
    {                                                                          \
        double *state = __builtin_assume_aligned(code->out, GF_LANES_ALIGN);   \
        stage_tangent(code, state, WIDTH, plane, stage);                       \
    }

TANGENT(point_tangent1, false, 1)
TANGENT(point_tangent2, false, 2)
TANGENT(point_tangent3, false, 3)
TANGENT(point_tangent4, false, 4)
TANGENT(plane_tangent1, true, 1)
TANGENT(plane_tangent2, true, 2)
TANGENT(plane_tangent3, true, 3)
TANGENT(plane_tangent4, true, 4)

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
    [GF_LANE_LOGISTIC2] = run_logistic2,
    [GF_LANE_LOGISTIC4] = run_logistic4,
    [GF_LANE_WAVES] = run_waves,
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
    [GF_LANE_POINT_VELOCITY] = run_point_velocity,
    [GF_LANE_POINT_SLOPE] = run_point_slope,
    [GF_LANE_PLANE_VELOCITY] = run_plane_velocity,
    [GF_LANE_PLANE_SLOPE] = run_plane_slope,
    [GF_LANE_POINT_TANGENT1] = run_point_tangent1,
    [GF_LANE_POINT_TANGENT2] = run_point_tangent2,
    [GF_LANE_POINT_TANGENT3] = run_point_tangent3,
    [GF_LANE_POINT_TANGENT4] = run_point_tangent4,
    [GF_LANE_PLANE_TANGENT1] = run_plane_tangent1,
    [GF_LANE_PLANE_TANGENT2] = run_plane_tangent2,
    [GF_LANE_PLANE_TANGENT3] = run_plane_tangent3,
    [GF_LANE_PLANE_TANGENT4] = run_plane_tangent4,
    [GF_LANE_POLY2] = run_poly2,
    [GF_LANE_POLY2_BOUNDED] = run_poly2_bounded,
    [GF_LANE_POLY2_WATCHED] = run_poly2_watched,
    [GF_LANE_POLY4] = run_poly4,
    [GF_LANE_POLY4_BOUNDED] = run_poly4_bounded,
    [GF_LANE_POLY4_WATCHED] = run_poly4_watched,
    [GF_LANE_POLY6] = run_poly6,
    [GF_LANE_POLY6_BOUNDED] = run_poly6_bounded,
    [GF_LANE_POLY6_WATCHED] = run_poly6_watched,
};

const gf_lanes GLUE(gf_lanes_, GF_LANES_SET, GF_LANES_WIDTH) = {
    .name = TEXT(GF_LANES_SET),
    .width = WIDTH,
    .kernel = kernels,
    .watch = {count_outside, note_outside, count_inside, put_inside},
};
