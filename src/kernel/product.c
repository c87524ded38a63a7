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
    store->vectors = gf_vectors_best();
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

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* That of a part of c. */
static gf_finish finish_at(const gf_product *p, size_t row, size_t column)
{
    gf_finish f = p->finish;

    f.shift = f.shift ? f.shift + column : NULL;
    f.times = f.times ? f.times + row * p->stride + column : NULL;
    f.times_step = p->stride;
    return f;
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
        size_t panels = (columns + tile->rows - 1) / tile->rows;
        gf_finish finish = finish_at(p, 0, j);
        for (size_t i = 0; i < p->rows; i += tile->rows) {
            const double *a = store->a + i * depth;
            if (panels * tile->rows < tile->columns)
                tile->less(out, a, b, tile->rows * depth, depth, panels);
            else
                tile->run(out, a, b, tile->rows * depth, depth, false);
            store->vectors->put(p->c + i * p->stride + j, p->stride, out,
                                tile->columns, least(p->rows - i, tile->rows),
                                columns, p->add, &finish);
            if (finish.times)
                finish.times += tile->rows * p->stride;
        }
    }
}

static void run_panels(const gf_product *p, gf_product_store *store)
{
    const gf_tile *tile = store->tile;

    for (size_t k = 0; k < p->depth; k += DEPTH_BLOCK) {
        size_t depth = least(p->depth - k, DEPTH_BLOCK);
        for (size_t j = 0; j < p->columns; j += COLUMN_BLOCK) {
            gf_product block = *p;
            block.columns = least(p->columns - j, COLUMN_BLOCK);
            block.add = p->add || k > 0;
            gf_view across = {p->b.at + j * p->b.column, p->b.column, p->b.row};
            gf_panels_fill(store->b, tile, across, block.columns, k, depth);
            for (size_t i = 0; i < p->rows; i += ROW_BLOCK) {
                block.rows = least(p->rows - i, ROW_BLOCK);
                block.c = p->c + i * p->stride + j;
                block.finish = k + depth < p->depth ? (gf_finish){.shift = NULL}
                                                    : finish_at(p, i, j);
                gf_view down = {p->a.at + i * p->a.row, p->a.row, p->a.column};
                gf_panels_fill(store->a, tile, down, block.rows, k, depth);
                run_block(&block, store, depth);
            }
        }
    }
}

/* --- thin matrices ----------------------------------------------------- */

/* By sums of few rows or columns that lie next to each other. */
static bool run_lines(const gf_product *p, const gf_vectors *v)
{
    const gf_view *a = &p->a, *b = &p->b;

    if (p->columns < FEW && a->column == 1 && b->row == 1) {
        for (size_t j = 0; j < p->columns; j++)
            v->dots(p->c + j, p->stride, a->at, a->row, b->at + j * b->column,
                    p->rows, p->depth, p->add);
        return true;
    }
    if (p->columns == 1 && p->stride == 1 && a->row == 1) {
        v->combine(p->c, b->at, b->row, a->at, a->column, p->depth, p->rows,
                   p->add);
        return true;
    }
    for (size_t i = 0; i < p->rows && p->rows < FEW; i++) {
        double *c = p->c + i * p->stride;
        if (b->column == 1)
            v->combine(c, a->at + i * a->row, a->column, b->at, b->row,
                       p->depth, p->columns, p->add);
        else if (b->row == 1 && a->column == 1)
            v->dots(c, 1, b->at, b->column, a->at + i * a->row, p->columns,
                    p->depth, p->add);
        else
            return false;
    }
    return p->rows < FEW;
}

static void finish_lines(const gf_product *p)
{
    const gf_finish f = p->finish;

    if (!f.shift && !f.times)
        return;
    for (size_t i = 0; i < p->rows; i++)
        for (size_t j = 0; j < p->columns; j++) {
            double *c = p->c + i * p->stride + j;
            *c += f.shift ? f.shift[j] : 0;
            *c *= f.times ? f.times[i * p->stride + j] : 1;
        }
}

/* By few columns of a times rows of b, copied where their numbers are apart. */
static void run_columns(const gf_product *p, const gf_product_store *store)
{
    enum { ROOM = COLUMN_BLOCK * DEPTH_BLOCK };

    for (size_t j = 0; j < p->columns; j += ROOM)
        for (size_t k = 0; k < p->depth; k++) {
            size_t n = least(p->columns - j, ROOM);
            gf_finish finish = finish_at(p, 0, j);
            const double *b = p->b.at + k * p->b.row + j * p->b.column;
            for (size_t i = 0; i < n && p->b.column != 1; i++)
                store->b[i] = b[i * p->b.column];
            if (k + 1 < p->depth)
                finish = (gf_finish){.shift = NULL};
            store->vectors->outer(p->c + j, p->stride,
                                  p->a.at + k * p->a.column, p->a.row,
                                  p->b.column == 1 ? b : store->b, p->rows, n,
                                  p->add || k > 0, &finish);
        }
}

void gf_product_run(const gf_product *product, gf_product_store *store)
{
    bool is_thin = product->rows < FEW || product->columns < FEW;

    if (is_thin && run_lines(product, store->vectors)) {
        finish_lines(product);
        return;
    }
    if (product->depth < FEW)
        run_columns(product, store);
    else
        run_panels(product, store);
}
