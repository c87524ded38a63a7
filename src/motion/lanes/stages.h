/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fused instructions: the velocity from its parts, and with it one stage of
 * a rule, in one pass over the rows of the state.
 */
#ifndef GF_MOTION_LANES_STAGES_H
#define GF_MOTION_LANES_STAGES_H

#include <ganfield/plane.h>

#include "motion/lanes/lanes.h"
#include "motion/lanes/real.h"

#define ROW(name) (state + GF_ROW_##name * width)

/* The velocity in all lanes, before any row is written: the parts may be rows
   themselves. */
GF_LANE_INLINE void velocity(double *restrict dx, double *restrict dy,
                             const gf_lane_code *code, const double *state,
                             int width, bool plane)
{
    const double *g1 = __builtin_assume_aligned(code->a, GF_LANES_ALIGN);
    const double *g2 = __builtin_assume_aligned(code->b, GF_LANES_ALIGN);
    const double *g3 = __builtin_assume_aligned(code->c, GF_LANES_ALIGN);
    const gf_lane_field f = *code->field;

    for (int i = 0; i < width; i++) {
        double q = f.q * ROW(YS)[i];
        dx[i] = plane ? g1[i] : fma(q, g2[i], f.p * g1[i]);
        dy[i] = plane ? g2[i] : fma(f.r, g3[i], -f.s);
    }
}

#define VELOCITY                                                               \
    double dx[GF_LANES_WIDTH], dy[GF_LANES_WIDTH];                             \
    velocity(dx, dy, code, state, width, plane)

GF_LANE_INLINE double least(double a, double b)
{
    return a < b ? a : b;
}

GF_LANE_INLINE double most(double a, double b)
{
    return a > b ? a : b;
}

GF_LANE_INLINE void stage_rk1(const gf_lane_code *code, double *state,
                              int width, bool plane)
{
    VELOCITY;
    for (int i = 0; i < width; i++) {
        ROW(AX)[i] = dx[i];
        ROW(AY)[i] = dy[i];
        ROW(XS)[i] = fma(ROW(HALF)[i], dx[i], ROW(X)[i]);
        ROW(YS)[i] = fma(ROW(HALF)[i], dy[i], ROW(Y)[i]);
    }
}

GF_LANE_INLINE void stage_rk2(const gf_lane_code *code, double *state,
                              int width, bool plane)
{
    VELOCITY;
    for (int i = 0; i < width; i++) {
        ROW(AX)[i] = fma(2, dx[i], ROW(AX)[i]);
        ROW(AY)[i] = fma(2, dy[i], ROW(AY)[i]);
        ROW(XS)[i] = fma(ROW(HALF)[i], dx[i], ROW(X)[i]);
        ROW(YS)[i] = fma(ROW(HALF)[i], dy[i], ROW(Y)[i]);
    }
}

GF_LANE_INLINE void stage_rk3(const gf_lane_code *code, double *state,
                              int width, bool plane)
{
    VELOCITY;
    for (int i = 0; i < width; i++) {
        ROW(AX)[i] = fma(2, dx[i], ROW(AX)[i]);
        ROW(AY)[i] = fma(2, dy[i], ROW(AY)[i]);
        ROW(XS)[i] = fma(ROW(H)[i], dx[i], ROW(X)[i]);
        ROW(YS)[i] = fma(ROW(H)[i], dy[i], ROW(Y)[i]);
    }
}

GF_LANE_INLINE void stage_rk4(const gf_lane_code *code, double *state,
                              int width, bool plane)
{
    VELOCITY;
    for (int i = 0; i < width; i++) {
        double x = fma(ROW(SIXTH)[i], ROW(AX)[i] + dx[i], ROW(X)[i]);
        double y = fma(ROW(SIXTH)[i], ROW(AY)[i] + dy[i], ROW(Y)[i]);
        ROW(X)[i] = ROW(XS)[i] = x;
        ROW(Y)[i] = ROW(YS)[i] = y;
    }
}

GF_LANE_INLINE void stage_rk4_bounded(const gf_lane_code *code, double *state,
                                      int width, bool plane)
{
    VELOCITY;
    for (int i = 0; i < width; i++) {
        double x = fma(ROW(SIXTH)[i], ROW(AX)[i] + dx[i], ROW(X)[i]);
        double y = fma(ROW(SIXTH)[i], ROW(AY)[i] + dy[i], ROW(Y)[i]);
        ROW(X)[i] = ROW(XS)[i] = x;
        ROW(Y)[i] = ROW(YS)[i] = y;
        ROW(LOX)[i] = least(x, ROW(LOX)[i]);
        ROW(HIX)[i] = most(x, ROW(HIX)[i]);
    }
}

/* What a watched run keeps of a step to (x, y) in lane i. */
#define WATCH                                                                  \
    double lo = least(y, ROW(LOY)[i]), hi = most(y, ROW(HIY)[i]);              \
    double step = ROW(H)[i];                                                   \
    ROW(X)[i] = ROW(XS)[i] = x;                                                \
    ROW(Y)[i] = ROW(YS)[i] = y;                                                \
    ROW(LOX)[i] = least(x, ROW(LOX)[i]);                                       \
    ROW(HIX)[i] = most(x, ROW(HIX)[i]);                                        \
    ROW(LOY)[i] = lo;                                                          \
    ROW(HIY)[i] = hi;                                                          \
    ROW(TIME)[i] += step;                                                      \
    ROW(KEPT)[i] += lo >= physical_lo ? hi <= physical_hi ? step : 0 : 0

/* With z = h lambda the step ends z^3/12 of the distance from rest away from
   where its third slope alone leads, and is wrong by z^5/120 of it; all four
   slopes are in the difference, so that no jump of the field escapes it. */
GF_LANE_INLINE void stage_rk4_watched(const gf_lane_code *code, double *state,
                                      int width, bool plane)
{
    VELOCITY;
    double physical_lo = code->field->physical_lo;
    double physical_hi = code->field->physical_hi;

    for (int i = 0; i < width; i++) {
        double x = fma(ROW(SIXTH)[i], ROW(AX)[i] + dx[i], ROW(X)[i]);
        double y = fma(ROW(SIXTH)[i], ROW(AY)[i] + dy[i], ROW(Y)[i]);
        double ex = fabs(x - ROW(XS)[i]), ey = fabs(y - ROW(YS)[i]);
        ROW(ROUGH)[i] = most(most(ex, ey), ROW(ROUGH)[i]);
        WATCH;
    }
}

GF_LANE_INLINE void stage_euler_watched(const gf_lane_code *code, double *state,
                                        int width, bool plane)
{
    VELOCITY;
    double physical_lo = code->field->physical_lo;
    double physical_hi = code->field->physical_hi;

    for (int i = 0; i < width; i++) {
        double x = fma(ROW(H)[i], dx[i], ROW(X)[i]);
        double y = fma(ROW(H)[i], dy[i], ROW(Y)[i]);
        WATCH;
    }
}

/* --- tangents ---------------------------------------------------------- */

/* The Jacobian in lane i. */
GF_LANE_INLINE gf_mat2 slope_at(const gf_lane_code *code, const double *state,
                                int width, bool plane, int i)
{
    const double *const *more = code->more;
    const gf_lane_field f = *code->field;

    if (plane)
        return (gf_mat2){more[0][i], more[1][i], more[2][i], more[3][i]};
    return (gf_mat2){fma(f.q1 * ROW(YS)[i], more[1][i], f.p1 * more[0][i]),
                     f.q * code->b[i], f.r1 * more[2][i], 0};
}

/* Into the rows of sums; the Jacobian, by rows, into those of a stage. */
GF_LANE_INLINE void stage_velocity(const gf_lane_code *code, double *state,
                                   int width, bool plane, bool slope)
{
    VELOCITY;
    for (int i = 0; i < width && slope; i++) {
        gf_mat2 m = slope_at(code, state, width, plane, i);
        ROW(STAGE)[i] = m.xx;
        (ROW(STAGE) + width)[i] = m.xy;
        (ROW(STAGE) + 2 * width)[i] = m.yx;
        (ROW(STAGE) + 3 * width)[i] = m.yy;
    }
    for (int i = 0; i < width; i++) {
        ROW(AX)[i] = dx[i];
        ROW(AY)[i] = dy[i];
    }
}

/* One number of the state by one stage: it starts at base[i], its slope is k,
   and the next stage finds it at at[i]. */
GF_LANE_INLINE void advance(double *base, double *at, double *sum,
                            const double *state, int width, int stage, int i,
                            double k)
{
    double slopes = stage == 1 ? k : fma(stage == 4 ? 1 : 2, k, sum[i]);
    double next = fma(stage == 4   ? ROW(SIXTH)[i]
                      : stage == 3 ? ROW(H)[i]
                                   : ROW(HALF)[i],
                      stage == 4 ? slopes : k, base[i]);

    sum[i] = slopes;
    at[i] = next;
    if (stage == 4)
        base[i] = next;
}

GF_LANE_INLINE void stage_tangent(const gf_lane_code *code, double *state,
                                  int width, bool plane, int stage)
{
    double xx[GF_LANES_WIDTH], xy[GF_LANES_WIDTH];
    double yx[GF_LANES_WIDTH], yy[GF_LANES_WIDTH];

    VELOCITY;
    for (int i = 0; i < width; i++) {
        gf_mat2 m = slope_at(code, state, width, plane, i);
        xx[i] = m.xx;
        xy[i] = m.xy;
        yx[i] = m.yx;
        yy[i] = m.yy;
    }
    for (int i = 0; i < width; i++) {
        advance(ROW(X), ROW(XS), ROW(AX), state, width, stage, i, dx[i]);
        advance(ROW(Y), ROW(YS), ROW(AY), state, width, stage, i, dy[i]);
        for (int k = 0; k < 4; k += 2) {
            double *base = ROW(TANGENT) + k * width;
            double *at = ROW(STAGE) + k * width, *sum = ROW(SUM) + k * width;
            double u = at[i], v = at[width + i];
            double du = fma(xx[i], u, xy[i] * v);
            double dv = plane ? fma(yx[i], u, yy[i] * v) : yx[i] * u;
            advance(base, at, sum, state, width, stage, i, du);
            advance(base + width, at + width, sum + width, state, width, stage,
                    i, dv);
        }
        if (stage == 4) {
            ROW(LOX)[i] = least(ROW(X)[i], ROW(LOX)[i]);
            ROW(HIX)[i] = most(ROW(X)[i], ROW(HIX)[i]);
        }
    }
}

#endif
