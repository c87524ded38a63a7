/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The innermost product: a small tile of A B, with A and B in panels.
 *
 * A panel holds as many rows of a matrix as a tile, one column after the other;
 * what a matrix does not fill is 0. A tile takes one panel of A, and of B's
 * transposed so many, next to each other, as its columns fill: the same panels
 * serve as both. One tile of these shapes keeps the vector registers of its
 * processor full, so that products run near the speed of its multipliers
 * [vanzee2015]; which shape is best is decided where a product begins.
 */
#ifndef GANFIELD_KERNEL_TILE_H
#define GANFIELD_KERNEL_TILE_H

#include <stdbool.h>
#include <stddef.h>

enum { GF_TILE_ROWS_MAX = 8, GF_TILE_COLUMNS_MAX = 24 };

typedef struct gf_tile {
    const char *name;     /* of the instructions it uses */
    size_t rows, columns; /* columns are a multiple of the rows */
    /* out (rows x columns, aligned like the panels) = a b over the depth, or
     * out + a b where add is set; b's panels begin `step` apart. */
    void (*run)(double *out, const double *a, const double *b, size_t step,
                size_t depth, bool add);
    /* The same for the columns of so many panels of b, fewer than the tile
     * has; the others of out are left as they are. */
    void (*less)(double *out, const double *a, const double *b, size_t step,
                 size_t depth, size_t panels);
    /* sum += scale a (b + beta), entry by entry; count is a multiple of 4 and
     * all are aligned like the panels. */
    void (*combine)(double *sum, const double *a, const double *b, size_t count,
                    const double factor[static 2]);
    /* Writes a part (size[0] rows, a multiple of a tile's; size[1] = a tile's
     * columns) and its transposed into a matrix of that stride. */
    void (*put)(double *to, double *mirror, size_t stride, const double *part,
                const size_t size[static 2]);
    /* Fills a panel with rows that begin `step` apart. */
    void (*pack)(double *panel, const double *from, size_t step, size_t depth);
    /* The same with columns that begin so far apart. */
    void (*copy)(double *panel, const double *from, size_t step, size_t depth);
} gf_tile;

/* The best of this processor. */
const gf_tile *gf_tile_best(void);

/* All of them that this processor can run, the best first. */
size_t gf_tile_count(void);
const gf_tile *gf_tile_row(size_t i);

/* Panels begin at multiples of so many bytes. */
enum { GF_PANEL_ALIGNMENT = 64 };

/* A matrix by the steps between its rows and between its columns. */
typedef struct gf_view {
    const double *at;
    size_t row, column;
} gf_view;

/* Fills the panels of so many rows of a matrix, of its columns from `from` and
 * so many (`depth`), up to a multiple of the tile's columns. For the panels of
 * B, the matrix is the transposed one. */
void gf_panels_fill(double *panels, const gf_tile *tile, gf_view matrix,
                    size_t count, size_t from, size_t depth);

/* n rounded up to a multiple of width. */
size_t gf_panels_round(size_t n, size_t width);

/* Room for so many doubles, aligned; NULL without memory. Goes to free(). */
double *gf_panels_new(size_t count);

#endif
