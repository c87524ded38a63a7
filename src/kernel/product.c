/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/product.h"

#include <stdlib.h>

/* A block of A stays in the second cache, a panel of B in the first. Row and
 * column blocks are multiples of all tiles' shapes. */
enum { ROW_BLOCK = 96, COLUMN_BLOCK = 480, DEPTH_BLOCK = 256 };

/* A product with fewer rows or columns is not worth panels. */
enum { FEW = 4 };

bool gf_product_store_init(gf_product_store *store)
{
    store->tile = gf_tile_best();
    store->a = gf_panels_new(ROW_BLOCK * DEPTH_BLOCK);
    store->b = gf_panels_new(COLUMN_BLOCK * DEPTH_BLOCK);
    if (store->a && store->b)
        return true;
    gf_product_store_clear(store);
    return false;
}

void gf_product_store_clear(gf_product_store *store)
{
    free(store->a);
    free(store->b);
    *store = (gf_product_store){.tile = NULL};
}

gf_view gf_view_rows(const double *at, size_t columns)
{
    return (gf_view){at, columns, 1};
}

gf_view gf_view_transposed(const double *at, size_t columns)
{
    return (gf_view){at, 1, columns};
}

/* A part of c: what a tile gives it. */
static void put(double *c, size_t stride, const double *tile, size_t width,
                size_t rows, size_t columns, bool add)
{
    for (size_t i = 0; i < rows; i++, c += stride, tile += width) {
        if (add)
            for (size_t j = 0; j < columns; j++)
                c[j] += tile[j];
        else
            for (size_t j = 0; j < columns; j++)
                c[j] = tile[j];
    }
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* One block of c from panels of A and of B. */
static void run_block(const gf_product *p, const gf_product_store *store,
                      size_t depth)
{
    const gf_tile *tile = store->tile;
    _Alignas(
        GF_PANEL_ALIGNMENT) double out[GF_TILE_ROWS_MAX * GF_TILE_COLUMNS_MAX];

    for (size_t j = 0; j < p->columns; j += tile->columns) {
        const double *b = store->b + j * depth;
        size_t columns = least(p->columns - j, tile->columns);
        for (size_t i = 0; i < p->rows; i += tile->rows) {
            tile->run(out, store->a + i * depth, b, depth, false);
            put(p->c + i * p->stride + j, p->stride, out, tile->columns,
                least(p->rows - i, tile->rows), columns, p->add);
        }
    }
}

static void run_panels(const gf_product *p, gf_product_store *store)
{
    const gf_tile *tile = store->tile;
    gf_view across = {p->b.at, p->b.column, p->b.row};

    for (size_t k = 0; k < p->depth; k += DEPTH_BLOCK) {
        size_t depth = least(p->depth - k, DEPTH_BLOCK);
        for (size_t j = 0; j < p->columns; j += COLUMN_BLOCK) {
            gf_product block = *p;
            block.columns = least(p->columns - j, COLUMN_BLOCK);
            block.add = p->add || k > 0;
            gf_panels_fill(store->b, tile->columns, across, j, block.columns, k,
                           depth);
            for (size_t i = 0; i < p->rows; i += ROW_BLOCK) {
                block.rows = least(p->rows - i, ROW_BLOCK);
                block.c = p->c + i * p->stride + j;
                gf_panels_fill(store->a, tile->rows, p->a, i, block.rows, k,
                               depth);
                run_block(&block, store, depth);
            }
        }
    }
}

/* Row by row, for thin matrices. */
static void run_thin(const gf_product *p)
{
    for (size_t i = 0; i < p->rows; i++) {
        double *c = p->c + i * p->stride;
        const double *a = p->a.at + i * p->a.row;
        for (size_t j = 0; j < p->columns && !p->add; j++)
            c[j] = 0;
        if (p->b.row == 1) {
            for (size_t j = 0; j < p->columns; j++) {
                const double *b = p->b.at + j * p->b.column;
                double sum = 0;
                for (size_t k = 0; k < p->depth; k++)
                    sum += a[k * p->a.column] * b[k];
                c[j] += sum;
            }
            continue;
        }
        for (size_t k = 0; k < p->depth; k++) {
            const double *b = p->b.at + k * p->b.row;
            double x = a[k * p->a.column];
            for (size_t j = 0; j < p->columns; j++)
                c[j] += x * b[j * p->b.column];
        }
    }
}

void gf_product_run(const gf_product *product, gf_product_store *store)
{
    if (product->rows < FEW || product->columns < FEW || product->depth < FEW)
        run_thin(product);
    else
        run_panels(product, store);
}
