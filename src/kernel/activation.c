/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of activations, each with its first two derivatives. */
#include <ganfield/net.h>

#include "kernel/lanes/vectors.h"
#include "kernel/pass.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define SQRT_HALF 0.70710678118654752440
#define SQRT_TWO_PI_INVERSE 0.39894228040143267794
#define TWO_OVER_SQRT_PI 1.12837916709551257390

static void identity_at(double *value, double *slope, const double *y, size_t n,
                        double number)
{
    (void)number;
    for (size_t i = 0; i < n; i++) {
        value[i] = y[i];
        slope[i] = 1;
    }
}

static void flat_bend(double *curve, const double *y, size_t n, double number)
{
    (void)y;
    (void)number;
    memset(curve, 0, n * sizeof *curve);
}

/* Those of lanes/vectors.h. */
#define BY_LANES(name)                                                         \
    static void name##_at(double *value, double *slope, const double *y,       \
                          size_t n, double number)                             \
    {                                                                          \
        gf_vectors_best()->name(value, slope, y, n, number);                   \
    }

BY_LANES(leaky)
BY_LANES(tanh)
BY_LANES(sigmoid)
BY_LANES(softplus)
BY_LANES(swish)
BY_LANES(sine)

static void tanh_bend(double *curve, const double *y, size_t n, double number)
{
    (void)number;
    for (size_t i = 0; i < n; i++) {
        double t = tanh(y[i]);
        curve[i] = -2 * t * (1 - t * t);
    }
}

static double logistic(double y)
{
    double e = exp(-fabs(y));

    return y >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/* Its slope, without cancellation far out. */
static double logistic_slope(double y)
{
    double e = exp(-fabs(y));

    return e / ((1 + e) * (1 + e));
}

static void sigmoid_bend(double *curve, const double *y, size_t n,
                         double number)
{
    (void)number;
    for (size_t i = 0; i < n; i++)
        curve[i] = logistic_slope(y[i]) * (1 - 2 * logistic(y[i]));
}

static void softplus_bend(double *curve, const double *y, size_t n,
                          double number)
{
    (void)number;
    for (size_t i = 0; i < n; i++)
        curve[i] = logistic_slope(y[i]);
}

static double bell(double y)
{
    return SQRT_TWO_PI_INVERSE * exp(-y * y / 2);
}

static void gelu_at(double *value, double *slope, const double *y, size_t n,
                    double number)
{
    (void)number;
    for (size_t i = 0; i < n; i++) {
        double share = erfc(-y[i] * SQRT_HALF) / 2;
        value[i] = y[i] * share;
        slope[i] = share + y[i] * bell(y[i]);
    }
}

static void gelu_bend(double *curve, const double *y, size_t n, double number)
{
    (void)number;
    for (size_t i = 0; i < n; i++)
        curve[i] = (2 - y[i] * y[i]) * bell(y[i]);
}

static void erf_at(double *value, double *slope, const double *y, size_t n,
                   double number)
{
    (void)number;
    for (size_t i = 0; i < n; i++) {
        value[i] = erf(y[i]);
        slope[i] = TWO_OVER_SQRT_PI * exp(-y[i] * y[i]);
    }
}

static void erf_bend(double *curve, const double *y, size_t n, double number)
{
    (void)number;
    for (size_t i = 0; i < n; i++)
        curve[i] = -2 * y[i] * TWO_OVER_SQRT_PI * exp(-y[i] * y[i]);
}

static void sin_bend(double *curve, const double *y, size_t n, double number)
{
    (void)number;
    for (size_t i = 0; i < n; i++)
        curve[i] = -sin(y[i]);
}

static void swish_bend(double *curve, const double *y, size_t n, double number)
{
    (void)number;
    for (size_t i = 0; i < n; i++)
        curve[i] = logistic_slope(y[i]) * (2 + y[i] * (1 - 2 * logistic(y[i])));
}

/* clang-format off */
static const gf_activation rows[] = {
    {"erf", "error function", false, 0, erf_at, erf_bend},
    {"gelu", "y times the normal distribution function", false, 0, gelu_at, gelu_bend},
    {"identity", "y", false, 0, identity_at, flat_bend},
    {"leaky-relu", "y, or a slope times y below 0", true, 0.2, leaky_at, flat_bend},
    {"relu", "y, or 0 below 0", false, 0, leaky_at, flat_bend},
    {"sigmoid", "1/(1 + exp(-y))", false, 0, sigmoid_at, sigmoid_bend},
    {"sin", "sine", false, 0, sine_at, sin_bend},
    {"softplus", "log(1 + exp(y))", false, 0, softplus_at, softplus_bend},
    {"swish", "y/(1 + exp(-y))", false, 0, swish_at, swish_bend},
    {"tanh", "hyperbolic tangent", false, 0, tanh_at, tanh_bend},
};
/* clang-format on */

enum { ROW_COUNT = sizeof rows / sizeof *rows };

size_t gf_activation_count(void)
{
    return ROW_COUNT;
}

const gf_activation *gf_activation_row(size_t i)
{
    assert(i < ROW_COUNT);
    return &rows[i];
}

const gf_activation *gf_activation_find(const char *name)
{
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

bool gf_activation_is_leaky(const gf_activation *activation)
{
    return activation->at == leaky_at;
}
