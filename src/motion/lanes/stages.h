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
#define PARTS                                                                  \
    const double *g1 = __builtin_assume_aligned(code->a, GF_LANES_ALIGN);      \
    const double *g2 = __builtin_assume_aligned(code->b, GF_LANES_ALIGN);      \
    const double *g3 = __builtin_assume_aligned(code->c, GF_LANES_ALIGN);      \
    const gf_lane_field f = *code->field

/* The velocity in lane i. */
#define VELOCITY                                                               \
    double dx = plane ? g1[i] : fma(f.q * ROW(YS)[i], g2[i], f.p * g1[i]);     \
    double dy = plane ? g2[i] : fma(f.r, g3[i], -f.s)

GF_LANE_INLINE double least(double a, double b)
{
    return a < b ? a : b;
}

GF_LANE_INLINE double most(double a, double b)
{
    return a > b ? a : b;
}

GF_LANE_INLINE void stage_rk1(const gf_lane_code *code, double *restrict state,
                              int width, bool plane)
{
    PARTS;
    for (int i = 0; i < width; i++) {
        VELOCITY;
        ROW(AX)[i] = dx;
        ROW(AY)[i] = dy;
        ROW(XS)[i] = fma(ROW(HALF)[i], dx, ROW(X)[i]);
        ROW(YS)[i] = fma(ROW(HALF)[i], dy, ROW(Y)[i]);
    }
}

GF_LANE_INLINE void stage_rk2(const gf_lane_code *code, double *restrict state,
                              int width, bool plane)
{
    PARTS;
    for (int i = 0; i < width; i++) {
        VELOCITY;
        ROW(AX)[i] = fma(2, dx, ROW(AX)[i]);
        ROW(AY)[i] = fma(2, dy, ROW(AY)[i]);
        ROW(XS)[i] = fma(ROW(HALF)[i], dx, ROW(X)[i]);
        ROW(YS)[i] = fma(ROW(HALF)[i], dy, ROW(Y)[i]);
    }
}

GF_LANE_INLINE void stage_rk3(const gf_lane_code *code, double *restrict state,
                              int width, bool plane)
{
    PARTS;
    for (int i = 0; i < width; i++) {
        VELOCITY;
        ROW(AX)[i] = fma(2, dx, ROW(AX)[i]);
        ROW(AY)[i] = fma(2, dy, ROW(AY)[i]);
        ROW(XS)[i] = fma(ROW(H)[i], dx, ROW(X)[i]);
        ROW(YS)[i] = fma(ROW(H)[i], dy, ROW(Y)[i]);
    }
}

/* The same, and how far h/2 of the third slope leads from h/2 of the second:
   with z = h lambda it is z^3/8 of the distance from rest, where the error of
   the whole step is z^5/120. */
GF_LANE_INLINE void stage_rk3_watched(const gf_lane_code *code,
                                      double *restrict state, int width,
                                      bool plane)
{
    PARTS;
    for (int i = 0; i < width; i++) {
        VELOCITY;
        double h2 = ROW(HALF)[i], x = ROW(X)[i], y = ROW(Y)[i];
        double ex = fabs(fma(h2, dx, x - ROW(XS)[i]));
        double ey = fabs(fma(h2, dy, y - ROW(YS)[i]));
        ROW(ROUGH)[i] = most(most(ex, ey), ROW(ROUGH)[i]);
        ROW(AX)[i] = fma(2, dx, ROW(AX)[i]);
        ROW(AY)[i] = fma(2, dy, ROW(AY)[i]);
        ROW(XS)[i] = fma(ROW(H)[i], dx, x);
        ROW(YS)[i] = fma(ROW(H)[i], dy, y);
    }
}

GF_LANE_INLINE void stage_rk4(const gf_lane_code *code, double *restrict state,
                              int width, bool plane)
{
    PARTS;
    for (int i = 0; i < width; i++) {
        VELOCITY;
        double x = fma(ROW(SIXTH)[i], ROW(AX)[i] + dx, ROW(X)[i]);
        double y = fma(ROW(SIXTH)[i], ROW(AY)[i] + dy, ROW(Y)[i]);
        ROW(X)[i] = ROW(XS)[i] = x;
        ROW(Y)[i] = ROW(YS)[i] = y;
    }
}

GF_LANE_INLINE void stage_rk4_bounded(const gf_lane_code *code,
                                      double *restrict state, int width,
                                      bool plane)
{
    PARTS;
    for (int i = 0; i < width; i++) {
        VELOCITY;
        double x = fma(ROW(SIXTH)[i], ROW(AX)[i] + dx, ROW(X)[i]);
        double y = fma(ROW(SIXTH)[i], ROW(AY)[i] + dy, ROW(Y)[i]);
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
    ROW(KEPT)[i] += lo >= f.physical_lo ? hi <= f.physical_hi ? step : 0 : 0

GF_LANE_INLINE void stage_rk4_watched(const gf_lane_code *code,
                                      double *restrict state, int width,
                                      bool plane)
{
    PARTS;
    for (int i = 0; i < width; i++) {
        VELOCITY;
        double x = fma(ROW(SIXTH)[i], ROW(AX)[i] + dx, ROW(X)[i]);
        double y = fma(ROW(SIXTH)[i], ROW(AY)[i] + dy, ROW(Y)[i]);
        WATCH;
    }
}

GF_LANE_INLINE void stage_euler_watched(const gf_lane_code *code,
                                        double *restrict state, int width,
                                        bool plane)
{
    PARTS;
    for (int i = 0; i < width; i++) {
        VELOCITY;
        double x = fma(ROW(H)[i], dx, ROW(X)[i]);
        double y = fma(ROW(H)[i], dy, ROW(Y)[i]);
        WATCH;
    }
}

#endif
