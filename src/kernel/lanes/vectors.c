/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops, for the instruction set that the build names: GF_LANES_SET. */
#include "kernel/lanes/vectors.h"

#include <math.h>

#define GF_NORMAL_FMA fma
#include "base/normal.h"
#include "motion/lanes/real.h"

/* So that no vector of a local array lies in two cache lines. */
#define ALIGNED _Alignas(64)

#define GLUE2(a, b) a##b
#define GLUE(a, b) GLUE2(a, b)
#define TEXT2(a) #a
#define TEXT(a) TEXT2(a)

/* --- products ---------------------------------------------------------- */

enum { SUMS = 16 };

/* In so many sums side by side. */
static double dot(const double *a, const double *b, size_t n)
{
    ALIGNED double sum[SUMS] = {0};
    double rest = 0;
    size_t i = 0;

    for (; i + SUMS <= n; i += SUMS)
        for (size_t k = 0; k < SUMS; k++)
            sum[k] += a[i + k] * b[i + k];
    for (; i < n; i++)
        rest += a[i] * b[i];
    for (size_t width = SUMS / 2; width > 0; width /= 2)
        for (size_t k = 0; k < width; k++)
            sum[k] += sum[k + width];
    return sum[0] + rest;
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

/* --- rows that are finished -------------------------------------------- */

/* What a row is made of: factor from [+ c] [+ shift], [times]. */
GF_LANE_INLINE void fill_row(double *restrict c, const double *from,
                             double factor, size_t n, bool add,
                             const double *shift, const double *times)
{
    for (size_t j = 0; j < n; j++) {
        double x = factor * from[j];
        x = add ? c[j] + x : x;
        x = shift ? x + shift[j] : x;
        c[j] = times ? x * times[j] : x;
    }
}

GF_LANE_INLINE void finish_row(double *c, const double *from, double factor,
                               size_t n, bool add, const double *shift,
                               const double *times)
{
    if (add)
        fill_row(c, from, factor, n, true, shift, times);
    else
        fill_row(c, from, factor, n, false, shift, times);
}

GF_LANE_INLINE void run_row(double *c, const double *from, double factor,
                            size_t n, bool add, const double *shift,
                            const double *times)
{
    if (shift && times)
        finish_row(c, from, factor, n, add, shift, times);
    else if (shift)
        finish_row(c, from, factor, n, add, shift, NULL);
    else if (times)
        finish_row(c, from, factor, n, add, NULL, times);
    else
        finish_row(c, from, factor, n, add, NULL, NULL);
}

static void run_outer(double *c, size_t c_step, const double *s, size_t s_step,
                      const double *b, size_t rows, size_t n, bool add,
                      const gf_finish *finish)
{
    const double *times = finish->times;

    for (size_t i = 0; i < rows; i++, c += c_step) {
        run_row(c, b, s[i * s_step], n, add, finish->shift, times);
        times = times ? times + finish->times_step : NULL;
    }
}

static void run_put(double *c, size_t c_step, const double *t, size_t width,
                    size_t rows, size_t n, bool add, const gf_finish *finish)
{
    const double *times = finish->times;

    for (size_t i = 0; i < rows; i++, c += c_step, t += width) {
        run_row(c, t, 1, n, add, finish->shift, times);
        times = times ? times + finish->times_step : NULL;
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

/* --- random numbers ---------------------------------------------------- */

GF_LANE_INLINE uint64_t mixed(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static void run_uniforms(double *out, size_t count, uint64_t at)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t bits = mixed(at + (i + 1) * GF_DRAW_STRIDE) >> 12;
        out[i] = (of_bits((int64_t)(bits | 0x3ff0000000000000)) - 1) + 0x1p-53;
    }
}

enum { BLOCK = 64, VECTOR = 8, STRETCH = 4 * BLOCK };

/* Rare. */
static __attribute__((noinline)) double far_out(double r)
{
    return gf_normal_far_tail(r);
}

/* Those outside of the middle, brought together; filled up to whole vectors. */
static void finish_tails(double *x, double *u, const int *place, int count)
{
    ALIGNED double r[STRETCH + VECTOR], v[STRETCH + VECTOR];
    int whole = (count + VECTOR - 1) / VECTOR * VECTOR;

    for (int k = count; k < whole; k++)
        u[k] = 0.05;
    for (int k = 0; k < whole; k += VECTOR)
        for (int i = k; i < k + VECTOR; i++) {
            r[i] = sqrt(-real_log(u[i] < 0.5 ? u[i] : 1 - u[i]));
            v[i] = copysign(gf_normal_tail(r[i]), u[i] - 0.5);
        }
    for (int k = 0; k < count; k++)
        x[place[k]] =
            r[k] <= GF_NORMAL_FAR ? v[k] : copysign(far_out(r[k]), u[k] - 0.5);
}

/* A block by the middle's formula; those outside of the middle are added to the
   lists. Returns how many are there then. */
GF_LANE_INLINE int run_middle(double *x, int n, double *far, int *place,
                              int tails, int from)
{
    ALIGNED double u[BLOCK];
    uint64_t out = 0;

    for (int i = n; i < BLOCK; i++)
        u[i] = 0.5;
    memcpy(u, x, (size_t)n * sizeof *u);
    for (int i = 0; i < n; i++)
        x[i] = gf_normal_middle(u[i] - 0.5);
    for (uint64_t i = 0; i < BLOCK; i++)
        out |= (fabs(u[i] - 0.5) > GF_NORMAL_MIDDLE ? UINT64_C(1) : 0) << i;
    for (; out; out &= out - 1) {
        int i = __builtin_ctzll(out);
        far[tails] = u[i];
        place[tails++] = from + i;
    }
    return tails;
}

static void run_normals(double *x, size_t count)
{
    for (size_t from = 0; from < count; from += STRETCH, x += STRETCH) {
        int n = count - from < STRETCH ? (int)(count - from) : STRETCH;
        ALIGNED double far[STRETCH + VECTOR];
        int place[STRETCH], tails = 0, i = 0;
        for (; i + BLOCK <= n; i += BLOCK)
            tails = run_middle(x + i, BLOCK, far, place, tails, i);
        if (i < n)
            tails = run_middle(x + i, n - i, far, place, tails, i);
        finish_tails(x, far, place, tails);
    }
}

/* --- activations ------------------------------------------------------- */

/* Element i depends on element i alone, also where arrays are one. Clang says
 * so in a way that warns where it then does not use it. */
#ifdef __clang__
#define EACH_ALONE
#else
#define EACH_ALONE _Pragma("GCC ivdep")
#endif

/* relu is the leaky one of slope 0; a NaN stays one. value may be y. */
static void run_leaky(double *value, double *slope, const double *y, size_t n,
                      double number)
{
    EACH_ALONE
    for (size_t i = 0; i < n; i++) {
        double at = y[i], s = at > 0 ? 1 : number;
        slope[i] = s;
        value[i] = at * s;
    }
}

typedef struct point {
    double value, slope;
} point;

/* Far from 0 by the C library, near it by the functions of real.h. */
#define FAR 700
#define FAR_WAVE 1e6

/* Blocks of whole vectors; is the absolute of some y above `most`, or no
   number, the block is done again one by one. */
GF_LANE_INLINE void map(double *restrict value, double *restrict slope,
                        const double *restrict y, size_t n, double most,
                        point (*near)(double), point (*far)(double))
{
    for (size_t i = 0; i < n; i += BLOCK) {
        ALIGNED double in[BLOCK], v[BLOCK], s[BLOCK];
        size_t count = n - i < BLOCK ? n - i : BLOCK;
        size_t whole = (count + VECTOR - 1) / VECTOR * VECTOR;
        int64_t is_out = 0;
        memset(in, 0, sizeof in);
        memcpy(in, y + i, count * sizeof *in);
        for (size_t k = 0; k < whole; k++) {
            point p = near(in[k]);
            is_out |= fabs(in[k]) <= most ? 0 : 1;
            v[k] = p.value;
            s[k] = p.slope;
        }
        for (size_t k = 0; is_out && k < count; k++)
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
    .uniforms = run_uniforms,
    .normals = run_normals,
    .leaky = run_leaky,
    .tanh = run_tanh,
    .sigmoid = run_sigmoid,
    .softplus = run_softplus,
    .swish = run_swish,
    .sine = run_wave,
    .crown = &GLUE(gf_crown_, GF_LANES_SET),
};
