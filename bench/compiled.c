/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a compiler makes of fields that are written out for it: a loop over
 * lanes, one step in its body, all vectorised. Compiled twice: with the vector
 * functions of ganfield (OWN), and with those of the library that the program
 * is linked with, libmvec or SLEEF.
 *
 * The expressions are those of a person: one exponential, shared.
 */
#include "yardstick.h"

#if defined OWN
#include "motion/lanes/real.h"
#define NAME compiled_own
#define LOG real_log
#define EXP real_exp
#define TANH real_tanh
#define SIN real_sin
#define COS real_cos
#define POW real_pow
#else
#include <math.h>
#define NAME compiled_library
#define SIMD __attribute__((simd("notinbranch"), const))
#define LOG log
#define EXP exp
#define TANH tanh
#define SIN sin
#define COS cos
#define POW pow
SIMD double log(double);
SIMD double exp(double);
SIMD double tanh(double);
SIMD double sin(double);
SIMD double cos(double);
SIMD double pow(double, double);
#endif

enum { LANES = 32 };

#define FIELD(name, ...)                                                       \
    static inline __attribute__((always_inline)) void name(                    \
        double *dx, double *dy, double x, double y)                            \
    {                                                                          \
        __VA_ARGS__                                                            \
    }                                                                          \
    static void run_##name(double *xs, double *ys, size_t count, size_t steps, \
                           double h)                                           \
    {                                                                          \
        for (size_t b = 0; b + LANES <= count; b += LANES)                     \
            run(xs + b, ys + b, steps, h, name);                               \
    }

typedef void field(double *dx, double *dy, double x, double y);

static inline __attribute__((always_inline)) void
run(double *restrict px, double *restrict py, size_t steps, double h, field *f)
{
    _Alignas(64) double x[LANES], y[LANES];

    for (int i = 0; i < LANES; i++) {
        x[i] = px[i];
        y[i] = py[i];
    }
    for (size_t n = 0; n < steps; n++) {
        for (int i = 0; i < LANES; i++) {
            double a, b, ax, ay;
            f(&ax, &ay, x[i], y[i]);
            f(&a, &b, x[i] + h / 2 * ax, y[i] + h / 2 * ay);
            ax += 2 * a;
            ay += 2 * b;
            f(&a, &b, x[i] + h / 2 * a, y[i] + h / 2 * b);
            ax += 2 * a;
            ay += 2 * b;
            f(&a, &b, x[i] + h * a, y[i] + h * b);
            x[i] += h / 6 * (ax + a);
            y[i] += h / 6 * (ay + b);
        }
    }
    for (int i = 0; i < LANES; i++) {
        px[i] = x[i];
        py[i] = y[i];
    }
}

FIELD(softplus, double e = EXP(-x), r = 1 / (1 + e);
      *dx = 0.2 * (e * r) - y * r; *dy = LOG(1 + e) - 0.69314718055994530942;)
FIELD(hyperbolic, double t = TANH(x), s = 1 - t * t; *dx = 0.2 * s - y * s;
      *dy = t;)
FIELD(least_squares, *dx = -0.4 * (x - 1) - 2 * y * x;
      *dy = (x - 1) * (x - 1) - 0.25;)
FIELD(sine, double c = COS(x); *dx = 0.2 * c - y * c; *dy = SIN(x);)
FIELD(power, *dx = 0.2 * POW(x, 0.3) - y * POW(x, 0.7);
      *dy = POW(x, 0.7) / 0.7 - 1 / 0.7;)

const compiled NAME[COMPILED] = {
    {"softplus",
     {"-log(1 + exp(-D))", "-log(1 + exp(D))", "log(1 + exp(-D))"},
     "(-inf, inf)",
     -1,
     1,
     run_softplus},
    {"tanh",
     {"tanh(D)", "-tanh(D)", "tanh(D)"},
     "(-inf, inf)",
     -1,
     1,
     run_hyperbolic},
    {"least squares",
     {"-(D - 1)^2", "-D^2", "(D - 1)^2"},
     "(-inf, inf)",
     0,
     1,
     run_least_squares},
    {"sin", {"sin(D)", "-sin(D)", "sin(D)"}, "(-inf, inf)", -1, 1, run_sine},
    {"pow",
     {"D^1.3/1.3", "-D^1.7/1.7", "D^0.7/0.7"},
     "(0, inf)",
     0.5,
     1.5,
     run_power},
};
