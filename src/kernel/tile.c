/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* madvise */
#include "kernel/tile.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__x86_64__)
#include <immintrin.h>

enum { AHEAD = 32 };

/* 8 x 24: 24 sums, 3 of B and one of A in the 32 registers. */
__attribute__((target("avx512f"))) static void
run_avx512(double *out, const double *a, const double *b, size_t depth,
           bool add)
{
    __m512d sum[8][3];

#pragma GCC unroll 8
    for (int i = 0; i < 8; i++)
#pragma GCC unroll 3
        for (int j = 0; j < 3; j++)
            sum[i][j] = add ? _mm512_load_pd(out + 24 * i + 8 * j)
                            : _mm512_setzero_pd();
    for (size_t p = 0; p < depth; p++) {
        /* what the next loops read, for a panel that is far away */
        for (int j = 0; j < 3; j++)
            _mm_prefetch(b + AHEAD * 24 + 8 * j, _MM_HINT_T0);
        __m512d b0 = _mm512_load_pd(b);
        __m512d b1 = _mm512_load_pd(b + 8);
        __m512d b2 = _mm512_load_pd(b + 16);
#pragma GCC unroll 8
        for (int i = 0; i < 8; i++) {
            __m512d x = _mm512_set1_pd(a[i]);
            sum[i][0] = _mm512_fmadd_pd(x, b0, sum[i][0]);
            sum[i][1] = _mm512_fmadd_pd(x, b1, sum[i][1]);
            sum[i][2] = _mm512_fmadd_pd(x, b2, sum[i][2]);
        }
        a += 8;
        b += 24;
    }
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++)
#pragma GCC unroll 3
        for (int j = 0; j < 3; j++)
            _mm512_store_pd(out + 24 * i + 8 * j, sum[i][j]);
}

__attribute__((target("avx512f"))) static void
combine_avx512(double *sum, const double *a, const double *b, size_t count,
               const double factor[static 2])
{
    __m512d scale = _mm512_set1_pd(factor[0]);
    __m512d beta = _mm512_set1_pd(factor[1]);

    for (size_t i = 0; i < count; i += 8) {
        __m512d x = _mm512_mul_pd(scale, _mm512_load_pd(a + i));
        __m512d y = _mm512_add_pd(beta, _mm512_load_pd(b + i));
        _mm512_store_pd(sum + i,
                        _mm512_fmadd_pd(x, y, _mm512_load_pd(sum + i)));
    }
}

/* 4 x 12: 12 sums, 3 of B and one of A in the 16 registers. */
__attribute__((target("avx2,fma"))) static void
run_avx2(double *out, const double *a, const double *b, size_t depth, bool add)
{
    __m256d sum[4][3];

#pragma GCC unroll 4
    for (int i = 0; i < 4; i++)
#pragma GCC unroll 3
        for (int j = 0; j < 3; j++)
            sum[i][j] = add ? _mm256_load_pd(out + 12 * i + 4 * j)
                            : _mm256_setzero_pd();
    for (size_t p = 0; p < depth; p++) {
        __m256d b0 = _mm256_load_pd(b);
        __m256d b1 = _mm256_load_pd(b + 4);
        __m256d b2 = _mm256_load_pd(b + 8);
#pragma GCC unroll 4
        for (int i = 0; i < 4; i++) {
            __m256d x = _mm256_broadcast_sd(a + i);
            sum[i][0] = _mm256_fmadd_pd(x, b0, sum[i][0]);
            sum[i][1] = _mm256_fmadd_pd(x, b1, sum[i][1]);
            sum[i][2] = _mm256_fmadd_pd(x, b2, sum[i][2]);
        }
        a += 4;
        b += 12;
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++)
#pragma GCC unroll 3
        for (int j = 0; j < 3; j++)
            _mm256_store_pd(out + 12 * i + 4 * j, sum[i][j]);
}

__attribute__((target("avx2,fma"))) static void
combine_avx2(double *sum, const double *a, const double *b, size_t count,
             const double factor[static 2])
{
    __m256d scale = _mm256_set1_pd(factor[0]);
    __m256d beta = _mm256_set1_pd(factor[1]);

    for (size_t i = 0; i < count; i += 4) {
        __m256d x = _mm256_mul_pd(scale, _mm256_load_pd(a + i));
        __m256d y = _mm256_add_pd(beta, _mm256_load_pd(b + i));
        _mm256_store_pd(sum + i,
                        _mm256_fmadd_pd(x, y, _mm256_load_pd(sum + i)));
    }
}
#endif

/* 4 x 4 on any machine. */
static void run_plain(double *out, const double *a, const double *b,
                      size_t depth, bool add)
{
    double sum[4][4] = {{0}};

    if (add)
        memcpy(sum, out, sizeof sum);
    for (size_t p = 0; p < depth; p++, a += 4, b += 4)
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++)
                sum[i][j] += a[i] * b[j];
    memcpy(out, sum, sizeof sum);
}

static void combine_plain(double *sum, const double *a, const double *b,
                          size_t count, const double factor[static 2])
{
    for (size_t i = 0; i < count; i++)
        sum[i] += factor[0] * a[i] * (b[i] + factor[1]);
}

static const gf_tile rows[] = {
#if defined(__x86_64__)
    {"AVX-512", 8, 24, run_avx512, combine_avx512},
    {"AVX2", 4, 12, run_avx2, combine_avx2},
#endif
    {"plain C", 4, 4, run_plain, combine_plain},
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

/* The first row that can run. */
static size_t first(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f"))
        return 0;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return 1;
    return 2;
#else
    return 0;
#endif
}

size_t gf_tile_count(void)
{
    return ROW_COUNT - first();
}

const gf_tile *gf_tile_row(size_t i)
{
    return &rows[first() + i];
}

const gf_tile *gf_tile_best(void)
{
    return gf_tile_row(0);
}

/* --- panels ------------------------------------------------------------ */

static void fill_one(double *panel, size_t width, gf_view m, size_t count,
                     size_t depth)
{
    for (size_t p = 0; p < depth; p++) {
        const double *from = m.at + p * m.column;
        for (size_t i = 0; i < count; i++)
            panel[i] = from[i * m.row];
        for (size_t i = count; i < width; i++)
            panel[i] = 0;
        panel += width;
    }
}

/* The same where a matrix's rows are next to each other. */
static void fill_across(double *panel, size_t width, gf_view m, size_t count,
                        size_t depth)
{
    for (size_t p = 0; p < depth; p++)
        for (size_t i = 0; i < width; i++)
            panel[p * width + i] = i < count ? m.at[p * m.column + i] : 0;
}

void gf_panels_fill(double *panels, size_t width, gf_view matrix, size_t first,
                    size_t count, size_t from, size_t depth)
{
    for (size_t i = 0; i < count; i += width) {
        size_t here = count - i < width ? count - i : width;
        gf_view m = matrix;
        m.at += (first + i) * m.row + from * m.column;
        if (m.row == 1)
            fill_across(panels, width, m, here, depth);
        else
            fill_one(panels, width, m, here, depth);
        panels += width * depth;
    }
}

size_t gf_panels_round(size_t n, size_t width)
{
    return (n + width - 1) / width * width;
}

double *gf_panels_new(size_t count)
{
    enum { LARGE = 1 << 21 };
    size_t bytes = count * sizeof(double);
    size_t step = bytes < 2 * LARGE ? GF_PANEL_ALIGNMENT : LARGE;

    if (count > SIZE_MAX / sizeof(double) - LARGE)
        return NULL;
    bytes = gf_panels_round(bytes > 0 ? bytes : 1, step);
    double *at = aligned_alloc(step, bytes);
    /* Large pages spare the processor many look-ups; a hint, no more. */
    if (at && step == LARGE)
        (void)madvise(at, bytes, MADV_HUGEPAGE);
    return at;
}
