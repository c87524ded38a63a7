/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sums of Gram matrices and of their entrywise products,
 *
 *     K = sum_t scale_t (A_t A_t' o (B_t B_t' + beta_t 1 1')) + E_t S_t E_t'
 *
 * tile by tile: each tile of K is finished while its parts are in registers and
 * in the first cache, the lower triangle only, and written once.
 */
#ifndef GANFIELD_KERNEL_MOSAIC_H
#define GANFIELD_KERNEL_MOSAIC_H

#include "kernel/tile.h"

#include <stdbool.h>

/* A matrix with a row for each point, in panels; where its columns count with
 * a sign, the rows' are apart. */
typedef struct gf_mosaic_factor {
    size_t depth; /* 0: there is none */
    double *rows, *columns;
} gf_mosaic_factor;

typedef struct gf_mosaic_term {
    gf_mosaic_factor a, b, e;
    double scale, beta;
} gf_mosaic_term;

typedef struct gf_mosaic {
    const gf_tile *tile;
    size_t count, terms; /* points */
    gf_mosaic_term *term;
    bool add;      /* to what k holds (the lower triangle of it) */
    double *block; /* all panels */
} gf_mosaic;

/* The depths of a term, for gf_mosaic_init. */
typedef struct gf_mosaic_depth {
    size_t a, b, e;
    bool is_signed; /* e's columns count with signs */
} gf_mosaic_depth;

/* Room for so many points and terms; false without memory. */
bool gf_mosaic_init(gf_mosaic *mosaic, size_t count, size_t terms,
                    const gf_mosaic_depth *depth);
void gf_mosaic_clear(gf_mosaic *mosaic);

/* Puts rows first .. first + count - 1 of a factor in place, stored by rows of
 * depth numbers; first is a multiple of GF_MOSAIC_CHUNK. With sign (depth
 * numbers, or NULL) the columns are counted with it. Threads may fill different
 * chunks at once. */
enum { GF_MOSAIC_CHUNK = 240 };
void gf_mosaic_fill(const gf_mosaic *mosaic, gf_mosaic_factor *factor,
                    const double *matrix, size_t first, size_t count,
                    const double *sign);

/* All rows of a factor at once, `stride` apart. */
void gf_mosaic_fill_from(const gf_mosaic *mosaic, gf_mosaic_factor *factor,
                         const double *matrix, size_t stride);

/* k (count x count) = the sum, with so many threads. */
void gf_mosaic_run(double *k, const gf_mosaic *mosaic, size_t threads);

#endif
