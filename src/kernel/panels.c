/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The panels of tile.h: filling them, and room for them. */
#define _DEFAULT_SOURCE /* madvise */
#include "kernel/tile.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* A panel of `count` rows, and 0 for what is missing. */
static void fill_part(double *panel, size_t width, gf_view m, size_t count,
                      size_t depth)
{
    for (size_t p = 0; p < depth; p++)
        for (size_t i = 0; i < width; i++)
            panel[p * width + i] =
                i < count ? m.at[i * m.row + p * m.column] : 0;
}

void gf_panels_fill(double *panels, const gf_tile *tile, gf_view matrix,
                    size_t count, size_t from, size_t depth)
{
    size_t width = tile->rows;

    for (size_t i = 0; i < gf_panels_round(count, tile->columns); i += width) {
        size_t left = count > i ? count - i : 0;
        gf_view m = matrix;
        m.at += (left > 0 ? i : 0) * m.row + from * m.column;
        if (left >= width && m.column == 1)
            tile->pack(panels, m.at, m.row, depth);
        else if (left >= width && m.row == 1)
            tile->copy(panels, m.at, m.column, depth);
        else if (left == 0)
            memset(panels, 0, width * depth * sizeof *panels);
        else
            fill_part(panels, width, m, left < width ? left : width, depth);
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
