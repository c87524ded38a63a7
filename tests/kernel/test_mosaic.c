/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products in tiles against three plain loops, for every kind of processor that
   this machine can act as. */
#include "harness.h"

#include "kernel/mosaic.h"
#include "kernel/product.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double *draw(size_t count, uint64_t seed)
{
    double *at = gf_panels_new(count);

    ck_assert_ptr_nonnull(at);
    for (size_t i = 0; i < count; i++)
        at[i] = random_between(&seed, -1, 1);
    return at;
}

START_TEST(test_tiles_multiply)
{
    enum { DEPTH = 37, STEP = DEPTH * GF_TILE_ROWS_MAX };
    _Alignas(64) double a[STEP];
    _Alignas(64) double b[DEPTH * GF_TILE_COLUMNS_MAX];
    _Alignas(64) double out[GF_TILE_ROWS_MAX * GF_TILE_COLUMNS_MAX];
    uint64_t seed = 1;

    for (size_t i = 0; i < sizeof a / sizeof *a; i++)
        a[i] = random_between(&seed, -1, 1);
    for (size_t i = 0; i < sizeof b / sizeof *b; i++)
        b[i] = random_between(&seed, -1, 1);
    for (size_t t = 0; t < gf_tile_count(); t++) {
        const gf_tile *tile = gf_tile_row(t);
        size_t n = tile->rows;
        tile->run(out, a, b, STEP, 11, false);
        tile->run(out, a + 11 * n, b + 11 * n, STEP, DEPTH - 11, true);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < tile->columns; j++) {
                const double *panel = b + j / n * STEP + j % n;
                double want = 0;
                for (size_t p = 0; p < DEPTH; p++)
                    want += a[p * n + i] * panel[p * n];
                assert_close(out[i * tile->columns + j], want, TOL1);
            }
    }
}
END_TEST

/* Of fewer panels: the same bits, and nothing beyond. */
START_TEST(test_tiles_of_fewer_panels)
{
    enum { DEPTH = 37, STEP = DEPTH * GF_TILE_ROWS_MAX };
    double *a = draw(STEP, 1), *b = draw(DEPTH * GF_TILE_COLUMNS_MAX, 2);

    for (size_t t = 0; t < gf_tile_count(); t++) {
        const gf_tile *tile = gf_tile_row(t);
        size_t n = tile->columns, size = tile->rows * n;
        double *out = draw(size, 3), *all = draw(size, 3);
        tile->run(all, a, b, STEP, DEPTH, false);
        for (size_t panels = 1; panels < n / tile->rows; panels++) {
            tile->less(out, a, b, STEP, DEPTH, panels);
            for (size_t i = 0; i < size; i++)
                ck_assert(out[i] == all[i] || i % n >= panels * tile->rows);
            ck_assert(out[n - 1] != all[n - 1]);
        }
        free(out);
        free(all);
    }
    free(a);
    free(b);
}
END_TEST

/* Panels of both kinds of views, the last one not full. */
START_TEST(test_panels_hold_rows)
{
    enum { ROWS = 21, DEPTH = 19, MOST = 48 };
    double *at = draw(ROWS * DEPTH, 1);
    double *panels = gf_panels_new(MOST * DEPTH);

    for (size_t t = 0; t < 2 * gf_tile_count(); t++) {
        const gf_tile *tile = gf_tile_row(t / 2);
        size_t n = tile->rows;
        gf_view m =
            t % 2 ? gf_view_rows(at, DEPTH + 2) : gf_view_transposed(at, ROWS);
        gf_panels_fill(panels, tile, m, ROWS - 2, 1, DEPTH - 3);
        for (size_t i = 0; i < gf_panels_round(ROWS - 2, tile->columns); i++)
            for (size_t p = 0; p < DEPTH - 3; p++) {
                double got = panels[i / n * n * (DEPTH - 3) + p * n + i % n];
                double want =
                    i < ROWS - 2 ? at[i * m.row + (p + 1) * m.column] : 0;
                ck_assert_double_eq(got, want);
            }
    }
    free(at);
    free(panels);
}
END_TEST

/* A part and its mirror image, at places that lie on lines and at others. */
START_TEST(test_parts_are_written_twice)
{
    enum { STRIDE = 64, PARTS = 2 };
    double *k = gf_panels_new(STRIDE * STRIDE + 1);
    _Alignas(64) double part[PARTS * GF_TILE_ROWS_MAX * GF_TILE_COLUMNS_MAX];

    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        part[i] = (double)i;
    for (size_t t = 0; t < 2 * gf_tile_count(); t++) {
        const gf_tile *tile = gf_tile_row(t / 2);
        size_t rows = PARTS * tile->rows, columns = tile->columns;
        double *to = k + t % 2; /* off the lines */
        memset(k, 0, (STRIDE * STRIDE + 1) * sizeof *k);
        tile->put(to + 40 * STRIDE + 8, to + 8 * STRIDE + 40, STRIDE, part,
                  (size_t[]){rows, columns});
        double sum = 0, want = 0;
        for (size_t i = 0; i < rows; i++)
            for (size_t j = 0; j < columns; j++) {
                double x = part[i * columns + j];
                ck_assert_double_eq(to[(40 + i) * STRIDE + 8 + j], x);
                ck_assert_double_eq(to[(8 + j) * STRIDE + 40 + i], x);
                want += 2 * x;
            }
        for (size_t i = 0; i < STRIDE * STRIDE + 1; i++)
            sum += k[i];
        ck_assert_double_eq(sum, want);
    }
    free(k);
}
END_TEST

/* c of so many rows, columns and depth, by both ways of storing a and b. */
static void check_product(size_t m, size_t n, size_t k, int kind)
{
    double *a = draw(m * k, 1), *b = draw(k * n, 2), *c = draw(m * n, 3);
    double *start = draw(m * n, 3);
    bool flip_a = kind & 1, flip_b = kind & 2, add = kind & 4;
    gf_product p = {.c = c,
                    .rows = m,
                    .columns = n,
                    .depth = k,
                    .stride = n,
                    .a = flip_a ? gf_view_transposed(a, m) : gf_view_rows(a, k),
                    .b = flip_b ? gf_view_transposed(b, k) : gf_view_rows(b, n),
                    .add = add};
    gf_product_store store;

    ck_assert(gf_product_store_init(&store));
    gf_product_run(&p, &store);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            double want = add ? start[i * n + j] : 0;
            for (size_t q = 0; q < k; q++)
                want += (flip_a ? a[q * m + i] : a[i * k + q]) *
                        (flip_b ? b[j * k + q] : b[q * n + j]);
            ck_assert_msg(is_close(c[i * n + j], want, TOL2),
                          "%zu x %zu x %zu, kind %d, at %zu, %zu", m, n, k,
                          kind, i, j);
        }
    gf_product_store_clear(&store);
    free(a);
    free(b);
    free(c);
    free(start);
}

START_TEST(test_products_of_all_shapes)
{
    static const size_t sizes[] = {1, 3, 4, 7, 8, 24, 25, 97};

    for (size_t i = 0; i < 8; i++)
        for (size_t j = 0; j < 8; j++)
            for (size_t k = 0; k < 8; k++)
                for (int kind = 0; kind < 8; kind++)
                    check_product(sizes[i], sizes[j], sizes[k], kind);
    for (int kind = 0; kind < 8; kind++)
        check_product(101, 490, 515, kind);
}
END_TEST

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* One term with all its parts, for points in several chunks. */
static void check_sum(size_t count, size_t threads)
{
    gf_mosaic_depth depth = {3, 5, 2, true};
    double *a = draw(count * 3, 1), *b = draw(count * 5, 2);
    double *e = draw(count * 2, 3), *k = gf_panels_new(count * count);
    const double sign[2] = {1, -2};
    gf_mosaic t;

    ck_assert(gf_mosaic_init(&t, count, 1, &depth));
    t.term[0].scale = 0.5;
    t.term[0].beta = 0.25;
    for (size_t i = 0; i < count; i += GF_MOSAIC_CHUNK) {
        size_t n = count - i < GF_MOSAIC_CHUNK ? count - i : GF_MOSAIC_CHUNK;
        gf_mosaic_fill(&t, &t.term[0].a, a + 3 * i, i, n, NULL);
        gf_mosaic_fill(&t, &t.term[0].b, b + 5 * i, i, n, NULL);
        gf_mosaic_fill(&t, &t.term[0].e, e + 2 * i, i, n, sign);
    }
    gf_mosaic_run(k, &t, threads);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            double want = 0.5 * dot(a + 3 * i, a + 3 * j, 3) *
                          (dot(b + 5 * i, b + 5 * j, 5) + 0.25);
            want += e[2 * i] * e[2 * j] - 2 * e[2 * i + 1] * e[2 * j + 1];
            ck_assert_msg(is_close(k[i * count + j], want, TOL1),
                          "%zu points at %zu, %zu", count, i, j);
            ck_assert(k[i * count + j] == k[j * count + i]);
        }
    gf_mosaic_clear(&t);
    free(a);
    free(b);
    free(e);
    free(k);
}

START_TEST(test_sums_of_gram_matrices)
{
    static const size_t counts[] = {1, 2, 23, 24, 25, 96, 97, 241, 256, 500};

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        check_sum(counts[i], 1);
        check_sum(counts[i], 3);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/mosaic", test_tiles_multiply,
                     test_tiles_of_fewer_panels, test_panels_hold_rows,
                     test_parts_are_written_twice, test_products_of_all_shapes,
                     test_sums_of_gram_matrices);
}
