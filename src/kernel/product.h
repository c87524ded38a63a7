/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products of matrices, in blocks that stay in the caches [goto2008]. */
#ifndef GANFIELD_KERNEL_PRODUCT_H
#define GANFIELD_KERNEL_PRODUCT_H

#include "kernel/lanes/vectors.h"
#include "kernel/tile.h"

#include <stdbool.h>

/* c (rows x columns, `stride` from one row to the next) = a b, or c + a b where
 * add is set. */
typedef struct gf_product {
    double *c;
    size_t rows, columns, depth, stride;
    gf_view a, b;
    bool add;
    gf_finish finish; /* of c; its rows of `times` are a stride apart */
} gf_product;

/* Panels to work in, one store for each thread. */
typedef struct gf_product_store {
    const gf_tile *tile;
    const gf_vectors *vectors;
    double *a, *b;
} gf_product_store;

/* False without memory. */
bool gf_product_store_init(gf_product_store *store);
void gf_product_store_clear(gf_product_store *store);

void gf_product_run(const gf_product *product, gf_product_store *store);

/* The views of a matrix that is stored by rows of so many numbers, and of its
 * transposed. */
gf_view gf_view_rows(const double *at, size_t columns);
gf_view gf_view_transposed(const double *at, size_t columns);

#endif
