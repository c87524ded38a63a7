/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A whole step of Runge-Kutta of a field
 *
 *     dx/dt = P(x) + y Q(x)     dy/dt = R(x)
 *
 * of polynomials, R of `degree` and the others, which are derivatives, of one
 * less. They are so short that a pass over memory for each stage would cost
 * more than the stage. number: the coefficients of P, Q and R from the lowest
 * on.
 */
#ifndef GF_MOTION_LANES_POLYNOMIAL_H
#define GF_MOTION_LANES_POLYNOMIAL_H

#include "motion/lanes/stages.h"

typedef enum watch { WATCH_NOTHING, WATCH_BOUNDS, WATCH_ALL } watch;

typedef struct slopes {
    double dx, dy;
} slopes;

GF_LANE_INLINE double polynomial(const double *c, int degree, double x)
{
    double y = c[degree];

    for (int k = degree - 1; k >= 0; k--)
        y = fma(y, x, c[k]);
    return y;
}

GF_LANE_INLINE slopes slopes_at(const double *c, int degree, double x, double y)
{
    double p = polynomial(c, degree - 1, x);
    double q = polynomial(c + degree, degree - 1, x);

    return (slopes){fma(y, q, p), polynomial(c + 2 * degree, degree, x)};
}

GF_LANE_INLINE void whole_step(const gf_lane_code *code, double *state,
                               int width, int degree, watch how)
{
    double physical_lo = code->field->physical_lo;
    double physical_hi = code->field->physical_hi;
    double c[3 * GF_LANE_DEGREE + 1];

    for (int i = 0; i < 3 * degree + 1; i++)
        c[i] = code->number[i];
    for (int i = 0; i < width; i++) {
        double x0 = ROW(X)[i], y0 = ROW(Y)[i], h = ROW(H)[i];
        double half = ROW(HALF)[i], sixth = ROW(SIXTH)[i];
        slopes a = slopes_at(c, degree, x0, y0);
        slopes k =
            slopes_at(c, degree, fma(half, a.dx, x0), fma(half, a.dy, y0));
        a.dx = fma(2, k.dx, a.dx);
        a.dy = fma(2, k.dy, a.dy);
        k = slopes_at(c, degree, fma(half, k.dx, x0), fma(half, k.dy, y0));
        a.dx = fma(2, k.dx, a.dx);
        a.dy = fma(2, k.dy, a.dy);
        double xs = fma(h, k.dx, x0), ys = fma(h, k.dy, y0);
        k = slopes_at(c, degree, xs, ys);
        double x = fma(sixth, a.dx + k.dx, x0), y = fma(sixth, a.dy + k.dy, y0);
        if (how == WATCH_ALL) {
            double ex = fabs(x - xs), ey = fabs(y - ys);
            ROW(ROUGH)[i] = most(most(ex, ey), ROW(ROUGH)[i]);
            WATCH;
        } else {
            ROW(X)[i] = x;
            ROW(Y)[i] = y;
        }
        if (how == WATCH_BOUNDS) {
            ROW(LOX)[i] = least(x, ROW(LOX)[i]);
            ROW(HIX)[i] = most(x, ROW(HIX)[i]);
        }
    }
}

#endif
