/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fused instructions: the velocity from its parts, and with it one stage of
 * a rule, in one pass over the rows of the state.
 */
#ifndef GF_MOTION_LANES_STAGES_H
#define GF_MOTION_LANES_STAGES_H

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

#endif
