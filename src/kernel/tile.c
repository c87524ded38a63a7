/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/tile.h"

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

/* sum += the products of one column of A's panel and one row of B's. */
__attribute__((target("avx512f"), always_inline)) static inline void
add_avx512(__m512d sum[8][3], const double *a, const double *b, size_t step,
           int panels)
{
    __m512d row[3];

#pragma GCC unroll 3
    for (int j = 0; j < panels; j++)
        row[j] = _mm512_load_pd(b + (size_t)j * step);
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++) {
        __m512d x = _mm512_set1_pd(a[i]);
#pragma GCC unroll 3
        for (int j = 0; j < panels; j++)
            sum[i][j] = _mm512_fmadd_pd(x, row[j], sum[i][j]);
    }
}

__attribute__((target("avx512f"), always_inline)) static inline void
multiply_avx512(double *out, const double *a, const double *b, size_t step,
                size_t depth, bool add, int panels)
{
    __m512d sum[8][3];

#pragma GCC unroll 8
    for (int i = 0; i < 8; i++)
#pragma GCC unroll 3
        for (int j = 0; j < panels; j++)
            sum[i][j] = add ? _mm512_load_pd(out + 24 * i + 8 * j)
                            : _mm512_setzero_pd();
    size_t p = depth;
    for (; p > 1; p -= 2, a += 16, b += 16) {
        add_avx512(sum, a, b, step, panels);
        add_avx512(sum, a + 8, b + 8, step, panels);
    }
    if (p > 0)
        add_avx512(sum, a, b, step, panels);
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++)
#pragma GCC unroll 3
        for (int j = 0; j < panels; j++)
            _mm512_store_pd(out + 24 * i + 8 * j, sum[i][j]);
}

/* 8 x 24: 24 sums, 3 of B and one of A in the 32 registers. */
__attribute__((target("avx512f"))) static void
run_avx512(double *out, const double *a, const double *b, size_t step,
           size_t depth, bool add)
{
    multiply_avx512(out, a, b, step, depth, add, 3);
}

__attribute__((target("avx512f"))) static void
less_avx512(double *out, const double *a, const double *b, size_t step,
            size_t depth, size_t panels)
{
    if (panels == 2)
        multiply_avx512(out, a, b, step, depth, false, 2);
    else
        multiply_avx512(out, a, b, step, depth, false, 1);
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

/* 8 x 8 numbers, transposed: pairs, then pairs of pairs, then halves. */
__attribute__((target("avx512f"), always_inline)) static inline void
flip_avx512(__m512d x[8])
{
    __m512d y[8];

#pragma GCC unroll 4
    for (int i = 0; i < 8; i += 2) {
        y[i] = _mm512_unpacklo_pd(x[i], x[i + 1]);
        y[i + 1] = _mm512_unpackhi_pd(x[i], x[i + 1]);
    }
#pragma GCC unroll 2
    for (int i = 0; i < 2; i++) {
        __m512d even = _mm512_shuffle_f64x2(y[i], y[i + 2], 0x88);
        __m512d odd = _mm512_shuffle_f64x2(y[i], y[i + 2], 0xdd);
        __m512d more = _mm512_shuffle_f64x2(y[i + 4], y[i + 6], 0x88);
        __m512d rest = _mm512_shuffle_f64x2(y[i + 4], y[i + 6], 0xdd);
        x[i] = _mm512_shuffle_f64x2(even, more, 0x88);
        x[i + 4] = _mm512_shuffle_f64x2(even, more, 0xdd);
        x[i + 2] = _mm512_shuffle_f64x2(odd, rest, 0x88);
        x[i + 6] = _mm512_shuffle_f64x2(odd, rest, 0xdd);
    }
}

/* Stored past the caches where lines allow it: K is long, and nobody reads it
 * before the end. */
__attribute__((target("avx512f"), always_inline)) static inline void
store_avx512(double *to, __m512d x, bool past)
{
    if (past)
        _mm512_stream_pd(to, x);
    else
        _mm512_storeu_pd(to, x);
}

__attribute__((target("avx512f"))) static void
put_avx512(double *to, double *mirror, size_t stride, const double *part,
           const size_t size[static 2])
{
    bool past = ((uintptr_t)to | (uintptr_t)mirror | stride * sizeof *to) %
                    GF_PANEL_ALIGNMENT ==
                0;

    for (size_t i = 0; i < size[0]; i++)
        for (size_t j = 0; j < size[1]; j += 8)
            store_avx512(to + i * stride + j,
                         _mm512_load_pd(part + i * size[1] + j), past);
    for (size_t j = 0; j < size[1]; j += 8)
        for (size_t i = 0; i < size[0]; i += 8) {
            __m512d x[8];
#pragma GCC unroll 8
            for (size_t k = 0; k < 8; k++)
                x[k] = _mm512_load_pd(part + (i + k) * size[1] + j);
            flip_avx512(x);
#pragma GCC unroll 8
            for (size_t k = 0; k < 8; k++)
                store_avx512(mirror + (j + k) * stride + i, x[k], past);
        }
    if (past)
        _mm_sfence();
}

/* A full panel, of a matrix stored by rows. */
__attribute__((target("avx512f"))) static void
pack_avx512(double *panel, const double *from, size_t step, size_t depth)
{
    size_t p = 0;

    for (; p + 8 <= depth; p += 8) {
        __m512d x[8];
#pragma GCC unroll 8
        for (size_t k = 0; k < 8; k++)
            x[k] = _mm512_loadu_pd(from + k * step + p);
        flip_avx512(x);
#pragma GCC unroll 8
        for (size_t k = 0; k < 8; k++)
            _mm512_store_pd(panel + 8 * (p + k), x[k]);
    }
    for (; p < depth; p++)
        for (size_t k = 0; k < 8; k++)
            panel[8 * p + k] = from[k * step + p];
}

__attribute__((target("avx512f"))) static void
copy_avx512(double *panel, const double *from, size_t step, size_t depth)
{
    for (size_t p = 0; p < depth; p++)
        _mm512_store_pd(panel + 8 * p, _mm512_loadu_pd(from + p * step));
}

__attribute__((target("avx2,fma"), always_inline)) static inline void
multiply_avx2(double *out, const double *a, const double *b, size_t step,
              size_t depth, bool add, int panels)
{
    __m256d sum[4][3], row[3];

#pragma GCC unroll 4
    for (int i = 0; i < 4; i++)
#pragma GCC unroll 3
        for (int j = 0; j < panels; j++)
            sum[i][j] = add ? _mm256_load_pd(out + 12 * i + 4 * j)
                            : _mm256_setzero_pd();
    for (size_t p = 0; p < depth; p++, a += 4, b += 4) {
#pragma GCC unroll 3
        for (int j = 0; j < panels; j++)
            row[j] = _mm256_load_pd(b + (size_t)j * step);
#pragma GCC unroll 4
        for (int i = 0; i < 4; i++) {
            __m256d x = _mm256_broadcast_sd(a + i);
#pragma GCC unroll 3
            for (int j = 0; j < panels; j++)
                sum[i][j] = _mm256_fmadd_pd(x, row[j], sum[i][j]);
        }
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++)
#pragma GCC unroll 3
        for (int j = 0; j < panels; j++)
            _mm256_store_pd(out + 12 * i + 4 * j, sum[i][j]);
}

/* 4 x 12: 12 sums, 3 of B and one of A in the 16 registers. */
__attribute__((target("avx2,fma"))) static void
run_avx2(double *out, const double *a, const double *b, size_t step,
         size_t depth, bool add)
{
    multiply_avx2(out, a, b, step, depth, add, 3);
}

__attribute__((target("avx2,fma"))) static void
less_avx2(double *out, const double *a, const double *b, size_t step,
          size_t depth, size_t panels)
{
    if (panels == 2)
        multiply_avx2(out, a, b, step, depth, false, 2);
    else
        multiply_avx2(out, a, b, step, depth, false, 1);
}

__attribute__((target("avx2,fma"))) static void
copy_avx2(double *panel, const double *from, size_t step, size_t depth)
{
    for (size_t p = 0; p < depth; p++)
        _mm256_store_pd(panel + 4 * p, _mm256_loadu_pd(from + p * step));
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
                      size_t step, size_t depth, bool add)
{
    double sum[4][4] = {{0}};

    (void)step;
    if (add)
        memcpy(sum, out, sizeof sum);
    for (size_t p = 0; p < depth; p++, a += 4, b += 4)
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++)
                sum[i][j] += a[i] * b[j];
    memcpy(out, sum, sizeof sum);
}

/* All panels are one. */
static void less_plain(double *out, const double *a, const double *b,
                       size_t step, size_t depth, size_t panels)
{
    (void)panels;
    run_plain(out, a, b, step, depth, false);
}

static void combine_plain(double *sum, const double *a, const double *b,
                          size_t count, const double factor[static 2])
{
    for (size_t i = 0; i < count; i++)
        sum[i] += factor[0] * a[i] * (b[i] + factor[1]);
}

static void pack_plain(double *panel, const double *from, size_t step,
                       size_t depth)
{
    for (size_t p = 0; p < depth; p++)
        for (size_t k = 0; k < 4; k++)
            panel[4 * p + k] = from[k * step + p];
}

static void copy_plain(double *panel, const double *from, size_t step,
                       size_t depth)
{
    for (size_t p = 0; p < depth; p++)
        memcpy(panel + 4 * p, from + p * step, 4 * sizeof *panel);
}

static void put_plain(double *to, double *mirror, size_t stride,
                      const double *part, const size_t size[static 2])
{
    size_t rows = size[0], columns = size[1];

    for (size_t i = 0; i < rows; i++)
        memcpy(to + i * stride, part + i * columns, columns * sizeof *part);
    for (size_t j = 0; j < columns; j++)
        for (size_t i = 0; i < rows; i++)
            mirror[j * stride + i] = part[i * columns + j];
}

static const gf_tile rows[] = {
#if defined(__x86_64__)
    {"AVX-512", 8, 24, run_avx512, less_avx512, combine_avx512, put_avx512,
     pack_avx512, copy_avx512},
    {"AVX2", 4, 12, run_avx2, less_avx2, combine_avx2, put_plain, pack_plain,
     copy_avx2},
#endif
    {"plain C", 4, 4, run_plain, less_plain, combine_plain, put_plain,
     pack_plain, copy_plain},
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
