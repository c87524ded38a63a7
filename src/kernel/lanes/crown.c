/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops of crown.h, for the instruction set that the build names. */
#include "kernel/lanes/crown.h"

#include "motion/lanes/real.h"

#define GLUE2(a, b) a##b
#define GLUE(a, b) GLUE2(a, b)

/* So that no vector of a local array lies in two cache lines. */
#define ALIGNED _Alignas(64)

/* Element j depends on element j alone. */
#ifdef __clang__
#define EACH_ALONE
#else
#define EACH_ALONE _Pragma("GCC ivdep")
#endif

/* x times phi'(y). */
GF_LANE_INLINE double bent(double x, double y, double number)
{
    return y > 0 ? x : x * number;
}

/* --- sums over the units ----------------------------------------------- */

enum { SUMS = 16, POINTS = 8 };

/* The sums of one row, in the order of `dots`: so many side by side and what is
   left over. is_slope: of d_j u_j, else of phi(y_j) u_j. */
GF_LANE_INLINE double sum_row(double *restrict sum, const double *restrict y,
                              const double *restrict u, const gf_crown *c,
                              double g, bool is_slope)
{
    const double *v = c->v, number = c->number;
    ALIGNED double part[SUMS] = {0};
    double rest = 0;
    size_t j = 0;

    for (; j + SUMS <= c->n; j += SUMS)
        for (size_t k = 0; k < SUMS; k++) {
            double x = is_slope ? g * v[j + k] : y[j + k];
            part[k] += bent(x, y[j + k], number) * u[j + k];
        }
    for (; j < c->n; j++)
        rest += bent(is_slope ? g * v[j] : y[j], y[j], number) * u[j];
    for (size_t k = 0; k < SUMS / 2; k++)
        sum[k] = part[k] + part[k + SUMS / 2];
    return rest;
}

/* Several rows at once, so that none waits for another's last sums. */
GF_LANE_INLINE void sum_rows(double *restrict out, const gf_crown *c,
                             const double *g, const double *u, bool is_slope)
{
    for (size_t from = 0; from < c->rows; from += POINTS) {
        ALIGNED double sum[POINTS][SUMS / 2];
        double rest[POINTS];
        size_t left = c->rows - from, count = left < POINTS ? left : POINTS;
        if (count < POINTS)
            memset(sum, 0, sizeof sum);
        for (size_t i = 0; i < count; i++)
            rest[i] = sum_row(sum[i], c->y + (from + i) * c->n, u, c,
                              is_slope ? g[from + i] : 0, is_slope);
        for (size_t width = SUMS / 4; width > 0; width /= 2)
            for (size_t i = 0; i < POINTS; i++)
                for (size_t k = 0; k < width; k++)
                    sum[i][k] += sum[i][k + width];
        for (size_t i = 0; i < count; i++)
            out[from + i] = sum[i][0] + rest[i];
    }
}

static void run_out(double *s, const gf_crown *crown)
{
    sum_rows(s, crown, NULL, crown->v, false);
    for (size_t i = 0; i < crown->rows; i++)
        s[i] += crown->bias;
}

static void run_slope(double *out, const gf_crown *crown, const double *g,
                      const double *w)
{
    sum_rows(out, crown, g, w, true);
}

/* --- sums over the rows ------------------------------------------------ */

enum { TOGETHER = 4 };

typedef struct sums {
    double by_v, by_bias, by_input;
} sums;

/* One more row, with the number y and the cotangent g; its d goes to *d where
   there are no inputs x. */
GF_LANE_INLINE sums add_row(sums s, double *d, double y, double v, double g,
                            const double *x, double number)
{
    double down = bent(g * v, y, number);

    s.by_v += g * bent(y, y, number);
    s.by_bias += down;
    if (x)
        s.by_input += *x * down;
    else
        *d = down;
    return s;
}

/* The part of four rows from i on, or of one. */
GF_LANE_INLINE void add_rows(const gf_crown_sums *out, const gf_crown *c,
                             const double *g, const double *x, size_t i,
                             bool is_one)
{
    double *by_v = out->by_v, *by_bias = out->by_bias;
    double *by_input = out->by_input, *d = x ? NULL : out->d + i * c->n;
    const double *y = c->y + i * c->n, *v = c->v;
    double s = c->number;
    size_t n = c->n;

    EACH_ALONE
    for (size_t j = 0; j < n; j++) {
        sums a = {by_v[j], by_bias[j], x ? by_input[j] : 0};
        for (size_t k = 0; k < (is_one ? 1 : TOGETHER); k++)
            a = add_row(a, x ? NULL : d + k * n + j, y[k * n + j], v[j],
                        g[i + k], x ? x + i + k : NULL, s);
        by_v[j] = a.by_v;
        by_bias[j] = a.by_bias;
        if (x)
            by_input[j] = a.by_input;
    }
}

GF_LANE_INLINE void add_all(const gf_crown_sums *out, const gf_crown *c,
                            const double *g, const double *x)
{
    size_t i = 0;

    for (; i + TOGETHER <= c->rows; i += TOGETHER)
        add_rows(out, c, g, x, i, false);
    for (; i < c->rows; i++)
        add_rows(out, c, g, x, i, true);
}

static void run_back(const gf_crown_sums *out, const gf_crown *crown,
                     const double *g, const double *x)
{
    size_t bytes = crown->n * sizeof(double);

    memset(out->by_v, 0, bytes);
    memset(out->by_bias, 0, bytes);
    if (x)
        memset(out->by_input, 0, bytes);
    if (x)
        add_all(out, crown, g, x);
    else
        add_all(out, crown, g, NULL);
}

static void run_down(double *restrict d, const gf_crown *crown,
                     const double *restrict g)
{
    const double *y = crown->y, *v = crown->v, number = crown->number;
    size_t n = crown->n;

    for (size_t i = 0; i < crown->rows; i++, d += n, y += n)
        for (size_t j = 0; j < n; j++)
            d[j] = bent(g[i] * v[j], y[j], number);
}

const gf_crown_loops GLUE(gf_crown_, GF_LANES_SET) = {
    .out = run_out, .back = run_back, .down = run_down, .slope = run_slope};
