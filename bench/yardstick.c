/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The yardsticks of bench/ensemble: the loops that one would write by hand.
 *
 * The classic field, f1 = log D, f2 = log(1 - D), f3 = -log(1 - D), p_d = 0.2,
 * by Runge-Kutta of order 4: vectors of eight doubles, four of them in flight,
 * the logarithm of libmvec, true divisions. Where there is no AVX-512, vectors
 * of four.
 */
#include "yardstick.h"

#include <immintrin.h>

#ifdef __AVX512F__
typedef __m512d vector;
enum { LANES = 8 };
vector _ZGVeN8v_log(vector x);
#define LOAD _mm512_loadu_pd
#define STORE _mm512_storeu_pd
#define SET _mm512_set1_pd
#define ADD _mm512_add_pd
#define SUB _mm512_sub_pd
#define DIV _mm512_div_pd
#define FMA _mm512_fmadd_pd
#define LOG _ZGVeN8v_log
#else
typedef __m256d vector;
enum { LANES = 4 };
vector _ZGVdN4v_log(vector x);
#define LOAD _mm256_loadu_pd
#define STORE _mm256_storeu_pd
#define SET _mm256_set1_pd
#define ADD _mm256_add_pd
#define SUB _mm256_sub_pd
#define DIV _mm256_div_pd
#define FMA _mm256_fmadd_pd
#define LOG _ZGVdN4v_log
#endif

enum { FLIGHT = 4 };

/* The slopes at (x, y), and the states h of them further on. */
static inline __attribute__((always_inline)) void
stage(vector x[FLIGHT], vector y[FLIGHT], vector kx[FLIGHT], vector ky[FLIGHT])
{
    vector one = SET(1), left[FLIGHT];

    for (int i = 0; i < FLIGHT; i++)
        left[i] = SUB(one, x[i]);
    for (int i = 0; i < FLIGHT; i++)
        kx[i] = SUB(DIV(SET(0.2), x[i]), DIV(y[i], left[i]));
    for (int i = 0; i < FLIGHT; i++)
        ky[i] = SUB(SET(-0.69314718055994530942), LOG(left[i]));
}

static inline __attribute__((always_inline)) void
move(vector out[FLIGHT], const vector from[FLIGHT], const vector k[FLIGHT],
     double h)
{
    for (int i = 0; i < FLIGHT; i++)
        out[i] = FMA(SET(h), k[i], from[i]);
}

static inline __attribute__((always_inline)) void gather(vector sum[FLIGHT],
                                                         const vector k[FLIGHT])
{
    for (int i = 0; i < FLIGHT; i++)
        sum[i] = FMA(SET(2), k[i], sum[i]);
}

static void run(double *d, double *p, size_t steps, double h)
{
    vector x[FLIGHT], y[FLIGHT], xs[FLIGHT], ys[FLIGHT], kx[FLIGHT], ky[FLIGHT],
        ax[FLIGHT], ay[FLIGHT];

    for (int i = 0; i < FLIGHT; i++) {
        x[i] = LOAD(d + i * LANES);
        y[i] = LOAD(p + i * LANES);
    }
    for (size_t n = 0; n < steps; n++) {
        stage(x, y, ax, ay);
        move(xs, x, ax, h / 2);
        move(ys, y, ay, h / 2);
        stage(xs, ys, kx, ky);
        gather(ax, kx);
        gather(ay, ky);
        move(xs, x, kx, h / 2);
        move(ys, y, ky, h / 2);
        stage(xs, ys, kx, ky);
        gather(ax, kx);
        gather(ay, ky);
        move(xs, x, kx, h);
        move(ys, y, ky, h);
        stage(xs, ys, kx, ky);
        for (int i = 0; i < FLIGHT; i++) {
            x[i] = FMA(SET(h / 6), ADD(ax[i], kx[i]), x[i]);
            y[i] = FMA(SET(h / 6), ADD(ay[i], ky[i]), y[i]);
        }
    }
    for (int i = 0; i < FLIGHT; i++) {
        STORE(d + i * LANES, x[i]);
        STORE(p + i * LANES, y[i]);
    }
}

size_t yardstick_lanes(void)
{
    return FLIGHT * LANES;
}

void yardstick_classic(double *d, double *p, size_t count, size_t steps,
                       double h)
{
    for (size_t i = 0; i + FLIGHT * LANES <= count; i += FLIGHT * LANES)
        run(d + i, p + i, steps, h);
}
