/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops, for the instruction set that the build names: GF_LANES_SET. */
#include "kernel/lanes/vectors.h"

#include "motion/lanes/real.h"

#define GLUE2(a, b) a##b
#define GLUE(a, b) GLUE2(a, b)
#define TEXT2(a) #a
#define TEXT(a) TEXT2(a)

/* --- products ---------------------------------------------------------- */

enum { SUMS = 32 };

/* In so many sums side by side. */
static double dot(const double *a, const double *b, size_t n)
{
    double sum[SUMS] = {0}, rest = 0;
    size_t i = 0;

    for (; i + SUMS <= n; i += SUMS)
        for (size_t k = 0; k < SUMS; k++)
            sum[k] += a[i + k] * b[i + k];
    for (; i < n; i++)
        rest += a[i] * b[i];
    for (size_t k = 0; k < 16; k++)
        sum[k] += sum[k + 16];
    for (size_t k = 0; k < 8; k++)
        sum[k] += sum[k + 8];
    return ((sum[0] + sum[1]) + (sum[2] + sum[3])) +
           ((sum[4] + sum[5]) + (sum[6] + sum[7])) + rest;
}

static void run_dots(double *c, size_t c_step, const double *a, size_t a_step,
                     const double *b, size_t rows, size_t n, bool add)
{
    for (size_t i = 0; i < rows; i++) {
        double sum = dot(a + i * a_step, b, n);
        c[i * c_step] = add ? c[i * c_step] + sum : sum;
    }
}

static void run_combine(double *restrict c, const double *s, size_t s_step,
                        const double *b, size_t b_step, size_t rows, size_t n,
                        bool add)
{
    size_t k = 0;

    if (!add)
        memset(c, 0, n * sizeof *c);
    for (; k + 4 <= rows; k += 4, b += 4 * b_step) {
        double s0 = s[k * s_step], s1 = s[(k + 1) * s_step];
        double s2 = s[(k + 2) * s_step], s3 = s[(k + 3) * s_step];
        for (size_t j = 0; j < n; j++)
            c[j] = (((c[j] + s0 * b[j]) + s1 * b[b_step + j]) +
                    s2 * b[2 * b_step + j]) +
                   s3 * b[3 * b_step + j];
    }
    for (; k < rows; k++, b += b_step)
        for (size_t j = 0; j < n; j++)
            c[j] += s[k * s_step] * b[j];
}

static void run_outer(double *restrict c, size_t c_step, const double *s,
                      size_t s_step, const double *b, size_t rows, size_t n,
                      bool add)
{
    for (size_t i = 0; i < rows; i++, c += c_step) {
        double x = s[i * s_step];
        if (add)
            for (size_t j = 0; j < n; j++)
                c[j] += x * b[j];
        else
            for (size_t j = 0; j < n; j++)
                c[j] = x * b[j];
    }
}

static void run_put(double *restrict c, size_t c_step, const double *t,
                    size_t width, size_t rows, size_t n, bool add)
{
    for (size_t i = 0; i < rows; i++, c += c_step, t += width) {
        if (add)
            for (size_t j = 0; j < n; j++)
                c[j] += t[j];
        else
            for (size_t j = 0; j < n; j++)
                c[j] = t[j];
    }
}

static void run_shift(double *restrict y, const double *b, double factor,
                      size_t rows, size_t n)
{
    for (size_t i = 0; i < rows; i++, y += n)
        for (size_t j = 0; j < n; j++)
            y[j] += factor * b[j];
}

static void run_multiply(double *out, const double *a, const double *b,
                         size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = a[i] * b[i];
}

/* --- activations ------------------------------------------------------- */

/* relu is the leaky one of slope 0; a NaN stays one. */
static void run_leaky(double *restrict value, double *restrict slope,
                      const double *restrict y, size_t n, double number)
{
    for (size_t i = 0; i < n; i++) {
        slope[i] = y[i] > 0 ? 1 : number;
        value[i] = y[i] * slope[i];
    }
}

typedef struct point {
    double value, slope;
} point;

/* Far from 0 by the C library, near it by the functions of real.h. */
#define FAR 700
#define FAR_WAVE 1e6

/* Blocks of a known length; is the absolute of some y above `most`, or no
   number, the block is done again one by one. */
enum { BLOCK = 32 };
GF_LANE_INLINE void map(double *restrict value, double *restrict slope,
                        const double *restrict y, size_t n, double most,
                        point (*near)(double), point (*far)(double))
{
    for (size_t i = 0; i < n; i += BLOCK) {
        double in[BLOCK], v[BLOCK], s[BLOCK];
        size_t count = n - i < BLOCK ? n - i : BLOCK;
        int64_t is_out = 0;
        memset(in, 0, sizeof in);
        memcpy(in, y + i, count * sizeof *in);
        for (size_t k = 0; k < BLOCK; k++) {
            point p = near(in[k]);
            is_out |= fabs(in[k]) <= most ? 0 : 1;
            v[k] = p.value;
            s[k] = p.slope;
        }
        for (size_t k = 0; is_out && k < BLOCK; k++)
            if (!(fabs(in[k]) <= most)) {
                point p = far(in[k]);
                v[k] = p.value;
                s[k] = p.slope;
            }
        memcpy(value + i, v, count * sizeof *v);
        memcpy(slope + i, s, count * sizeof *s);
    }
}

GF_LANE_INLINE point near_tanh(double y)
{
    double t = real_tanh(y);

    return (point){t, 1 - t * t};
}

static point far_tanh(double y)
{
    return (point){tanh(y), isnan(y) ? y : 0};
}

GF_LANE_INLINE point near_sigmoid(double y)
{
    logistic l = logistic_of(y, false);

    return (point){y > 0 ? l.large : l.small, l.large * l.small};
}

static point far_sigmoid(double y)
{
    double e = exp(-fabs(y));

    return (point){y > 0 ? 1 : y < 0 ? e : y, y == y ? e : y};
}

GF_LANE_INLINE point near_softplus(double y)
{
    logistic l = logistic_of(y, true);

    return (point){y > 0 ? l.plus_large : l.plus_small,
                   y > 0 ? l.large : l.small};
}

static point far_softplus(double y)
{
    point s = far_sigmoid(y);

    return (point){y > 0 ? y : s.value, s.value};
}

GF_LANE_INLINE point near_swish(double y)
{
    point s = near_sigmoid(y);

    return (point){y * s.value, s.value + y * s.slope};
}

static point far_swish(double y)
{
    point s = far_sigmoid(y);

    return (point){y * s.value, s.slope > 0 ? s.value + y * s.slope : s.value};
}

GF_LANE_INLINE point near_wave(double y)
{
    pair w = waves(y);

    return (point){w.hi, w.lo};
}

static point far_wave(double y)
{
    return (point){sin(y), cos(y)};
}

#define MAP(name, most)                                                        \
    static void run_##name(double *value, double *slope, const double *y,      \
                           size_t n, double number)                            \
    {                                                                          \
        (void)number;                                                          \
        map(value, slope, y, n, most, near_##name, far_##name);                \
    }

MAP(tanh, FAR)
MAP(sigmoid, FAR)
MAP(softplus, FAR)
MAP(swish, FAR)
MAP(wave, FAR_WAVE)

/* --- the table --------------------------------------------------------- */

const gf_vectors GLUE(gf_vectors_, GF_LANES_SET) = {
    .name = TEXT(GF_LANES_SET),
    .dots = run_dots,
    .combine = run_combine,
    .outer = run_outer,
    .put = run_put,
    .shift = run_shift,
    .multiply = run_multiply,
    .leaky = run_leaky,
    .tanh = run_tanh,
    .sigmoid = run_sigmoid,
    .softplus = run_softplus,
    .swish = run_swish,
    .sine = run_wave,
};
