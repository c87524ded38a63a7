/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/mosaic.h"

#include "kernel/crew.h"

#include <stdlib.h>
#include <string.h>

/* Rows of K that one piece of work finishes, so many that the columns' panels
 * are seldom fetched from far and the rows' stay in the second cache; of them,
 * those that one panel of columns serves while it is in the first cache (both
 * are multiples of all tiles' rows); and the depth of a panel that fits there.
 */
enum { ROWS = 384, GROUP = 48, DEPTH = 256 };
enum { PART = GROUP * GF_TILE_COLUMNS_MAX };

/* --- store ------------------------------------------------------------- */

static void place(gf_mosaic_factor *f, const gf_mosaic *t, size_t depth,
                  bool is_signed, size_t *next)
{
    size_t size = gf_panels_round(t->count, t->tile->columns) * depth;
    double *at = t->block ? t->block + *next : NULL;

    /* Panels begin at multiples of 64 bytes. */
    size = gf_panels_round(size, GF_PANEL_ALIGNMENT / sizeof(double));
    *f = (gf_mosaic_factor){depth, at, at && is_signed ? at + size : at};
    *next += is_signed ? 2 * size : size;
}

static size_t place_all(gf_mosaic *t, const gf_mosaic_depth *depth)
{
    size_t next = 0;

    for (size_t i = 0; i < t->terms; i++) {
        place(&t->term[i].a, t, depth[i].a, false, &next);
        place(&t->term[i].b, t, depth[i].b, false, &next);
        place(&t->term[i].e, t, depth[i].e, depth[i].is_signed, &next);
    }
    return next;
}

bool gf_mosaic_init(gf_mosaic *mosaic, size_t count, size_t terms,
                    const gf_mosaic_depth *depth)
{
    *mosaic =
        (gf_mosaic){.tile = gf_tile_best(), .count = count, .terms = terms};
    mosaic->term = calloc(terms, sizeof *mosaic->term);
    if (mosaic->term)
        mosaic->block = gf_panels_new(place_all(mosaic, depth));
    if (!mosaic->block) {
        gf_mosaic_clear(mosaic);
        return false;
    }
    place_all(mosaic, depth);
    return true;
}

void gf_mosaic_clear(gf_mosaic *mosaic)
{
    free(mosaic->term);
    free(mosaic->block);
    *mosaic = (gf_mosaic){.count = 0};
}

/* Multiplies the columns of filled panels. */
static void count_with(double *panels, size_t width, size_t count, size_t depth,
                       const double *sign)
{
    for (size_t i = 0; i < gf_panels_round(count, width); i += width)
        for (size_t p = 0; p < depth; p++)
            for (size_t k = 0; k < width; k++)
                *panels++ *= sign[p];
}

void gf_mosaic_fill(const gf_mosaic *mosaic, gf_mosaic_factor *factor,
                    const double *matrix, size_t first, size_t count,
                    const double *sign)
{
    const gf_tile *tile = mosaic->tile;
    size_t depth = factor->depth;
    double *rows = factor->rows + first * depth;
    double *columns = factor->columns + first * depth;
    gf_view view = {matrix, depth, 1};

    gf_panels_fill(columns, tile, view, count, 0, depth);
    if (!sign)
        return;
    gf_panels_fill(rows, tile, view, count, 0, depth);
    count_with(rows, tile->rows, count, depth, sign);
}

void gf_mosaic_fill_from(const gf_mosaic *mosaic, gf_mosaic_factor *factor,
                         const double *matrix, size_t stride)
{
    gf_panels_fill(factor->rows, mosaic->tile, (gf_view){matrix, stride, 1},
                   mosaic->count, 0, factor->depth);
}

/* --- run --------------------------------------------------------------- */

typedef struct gram_job {
    double *k;
    const gf_mosaic *mosaic;
    size_t blocks;
} gram_job;

/* out (tiles of `rows` rows below each other) = the products of a factor's
 * rows from `row` on with its panel of columns from `column` on. */
static void multiply(double *out, const gf_mosaic *t, const gf_mosaic_factor *f,
                     size_t row, size_t rows, size_t column)
{
    const gf_tile *tile = t->tile;
    size_t size = tile->rows * tile->columns, step = tile->rows * f->depth;

    for (size_t p = 0; p < f->depth; p += DEPTH) {
        size_t depth = f->depth - p < DEPTH ? f->depth - p : DEPTH;
        const double *b = f->columns + column * f->depth + p * tile->rows;
        double *at = out;
        for (size_t i = 0; i < rows; i += tile->rows, at += size)
            tile->run(at, f->rows + (row + i) * f->depth + p * tile->rows, b,
                      step, depth, p > 0);
    }
}

/* sum = the part of K below `row` and right of `column`, in tiles. */
static void sum_terms(double *sum, const gf_mosaic *t, size_t row, size_t rows,
                      size_t column)
{
    _Alignas(GF_PANEL_ALIGNMENT) double a[PART], b[PART];
    size_t used = gf_panels_round(rows, t->tile->rows) * t->tile->columns;

    memset(sum, 0, used * sizeof *sum);
    for (size_t i = 0; i < t->terms; i++) {
        const gf_mosaic_term *term = &t->term[i];
        if (term->a.depth > 0 && term->b.depth > 0) {
            multiply(a, t, &term->a, row, rows, column);
            multiply(b, t, &term->b, row, rows, column);
            t->tile->combine(sum, a, b, used,
                             (double[]){term->scale, term->beta});
        }
        if (term->e.depth > 0) {
            multiply(a, t, &term->e, row, rows, column);
            for (size_t k = 0; k < used; k++)
                sum[k] += a[k];
        }
    }
}

/* The same at the diagonal and at the end. */
static void write_edge(double *k, const gf_mosaic *t, const double *sum,
                       size_t row, size_t rows, size_t column)
{
    size_t width = t->tile->columns, n = t->count;
    size_t columns = n - column < width ? n - column : width;

    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns && column + j <= row + i; j++) {
            double x = sum[i * width + j];
            k[(row + i) * n + column + j] = x;
            k[(column + j) * n + row + i] = x;
        }
}

/* Writes a part of K and its mirror image. */
static void write_part(double *k, const gf_mosaic *t, double *sum, size_t row,
                       size_t rows, size_t column)
{
    size_t width = t->tile->columns, n = t->count;
    double *to = k + row * n + column;

    for (size_t i = 0; t->add && i < rows; i++)
        for (size_t j = 0; j < width && column + j <= row + i; j++)
            sum[i * width + j] += to[i * n + j];
    if (column + width <= row && rows % t->tile->rows == 0)
        t->tile->put(to, k + column * n + row, n, sum, (size_t[]){rows, width});
    else
        write_edge(k, t, sum, row, rows, column);
}

/* One block of rows, the longest first. */
static void run_block(size_t i, size_t worker, void *ctx)
{
    const gram_job *job = ctx;
    const gf_mosaic *t = job->mosaic;
    size_t start = (job->blocks - 1 - i) * ROWS;
    size_t end = t->count - start < ROWS ? t->count : start + ROWS;
    _Alignas(GF_PANEL_ALIGNMENT) double sum[PART];

    (void)worker;
    for (size_t column = 0; column < end; column += t->tile->columns)
        for (size_t row = start; row < end; row += GROUP) {
            size_t rows = end - row < GROUP ? end - row : GROUP;
            if (column >= row + rows)
                continue;
            sum_terms(sum, t, row, rows, column);
            write_part(job->k, t, sum, row, rows, column);
        }
}

void gf_mosaic_run(double *k, const gf_mosaic *mosaic, size_t threads)
{
    gram_job job = {k, mosaic, (mosaic->count + ROWS - 1) / ROWS};

    gf_crew_run(run_block, job.blocks, threads, &job);
}
