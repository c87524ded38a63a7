/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The innermost product: a small tile of A B, with A and B in panels.
 *
 * A panel of A holds `rows` rows, one column after the other; one of B holds
 * `columns` columns, one row after the other; what a matrix does not fill is 0.
 * One tile of these shapes keeps the vector registers of its processor full, so
 * that products run near the speed of its multipliers [vanzee2015]; which shape
 * is best is decided where a product begins.
 */
#ifndef GANFIELD_KERNEL_TILE_H
#define GANFIELD_KERNEL_TILE_H

#include <stdbool.h>
#include <stddef.h>

enum { GF_TILE_ROWS_MAX = 8, GF_TILE_COLUMNS_MAX = 24 };

typedef struct gf_tile {
    const char *name; /* of the instructions it uses */
    size_t rows, columns;
    /* out (rows x columns, aligned like the panels) = a b over the depth, or
     * out + a b where add is set. */
    void (*run)(double *out, const double *a, const double *b, size_t depth,
                bool add);
    /* sum += scale a (b + beta), entry by entry; count is a multiple of 4 and
     * all are aligned like the panels. */
    void (*combine)(double *sum, const double *a, const double *b, size_t count,
                    const double factor[static 2]);
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

/* Fills panels of `width` with rows first .. first + count - 1 of a matrix, for
 * its columns from `from` and so many (`depth`); the last panel is filled up
 * with 0. For the panels of B, the matrix is the transposed one. */
void gf_panels_fill(double *panels, size_t width, gf_view matrix, size_t first,
                    size_t count, size_t from, size_t depth);

/* n rounded up to a multiple of width. */
size_t gf_panels_round(size_t n, size_t width);

/* Room for so many doubles, aligned; NULL without memory. Goes to free(). */
double *gf_panels_new(size_t count);

#endif
