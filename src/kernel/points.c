/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points of a kernel: a grid, or a file. */
#include <ganfield/kernel.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/npy.h"
#include "base/number.h"

static const char grid_mark[] = "grid:";

/* "LO:HI:N" */
static gf_status read_grid(double grid[static 3], const char *text,
                           gf_error *error)
{
    const char *at = text + strlen(grid_mark);
    char word[64];

    for (int i = 0; i < 3; i++) {
        size_t length = strcspn(at, ":");
        bool is_last = at[length] == '\0';
        if (length < sizeof word && is_last == (i == 2)) {
            memcpy(word, at, length);
            word[length] = '\0';
            at += length + !is_last;
            if (!gf_number_read(&grid[i], word) && isfinite(grid[i]))
                continue;
        }
        gf_error_set(error, GF_SYNTAX,
                     "a grid is grid:LO:HI:N, as grid:-2:2:9");
        gf_error_place(error, text, strlen(text), (size_t)(at - text));
        return GF_SYNTAX;
    }
    if (grid[2] >= 1 && grid[2] == floor(grid[2]) &&
        grid[2] <= GF_KERNEL_POINTS_MAX)
        return GF_OK;
    return gf_error_set(error, GF_ARGUMENT,
                        "'%s': the count must be a whole number from 1 to %d",
                        text, GF_KERNEL_POINTS_MAX);
}

static gf_status make_grid(gf_points *out, const double grid[static 3],
                           gf_error *error)
{
    size_t side = (size_t)grid[2], d = out->inputs;
    double total = pow(grid[2], (double)d);
    double step = side > 1 ? (grid[1] - grid[0]) / (double)(side - 1) : 0;

    if (total > GF_KERNEL_POINTS_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "a grid of %zu points along each of %zu inputs has "
                            "%.6g points; at most %d are possible",
                            side, d, total, GF_KERNEL_POINTS_MAX);
    out->count = (size_t)total;
    out->x = malloc(out->count * d * sizeof *out->x);
    if (!out->x)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < out->count; i++)
        for (size_t k = d, left = i; k-- > 0; left /= side)
            out->x[i * d + k] = grid[0] + step * (double)(left % side);
    return GF_OK;
}

static gf_status read_file(gf_points *out, const char *path, gf_error *error)
{
    gf_matrix m;
    gf_status status = gf_matrix_read(&m, path, error);

    if (status)
        return status;
    if (m.columns != out->inputs)
        status = gf_error_set(error, GF_ARGUMENT,
                              "'%s': points of %zu numbers, and the net has "
                              "%zu input%s",
                              path, m.columns, out->inputs,
                              out->inputs == 1 ? "" : "s");
    else if (m.rows > GF_KERNEL_POINTS_MAX)
        status = gf_error_set(error, GF_LIMIT,
                              "'%s': %zu points; at most %d are possible", path,
                              m.rows, GF_KERNEL_POINTS_MAX);
    if (status) {
        free(m.at);
        return status;
    }
    out->x = m.at;
    out->count = m.rows;
    return GF_OK;
}

gf_status gf_points_read(gf_points *out, const char *text, size_t inputs,
                         gf_error *error)
{
    double grid[3] = {0};

    *out = (gf_points){.inputs = inputs};
    if (strncmp(text, grid_mark, strlen(grid_mark)) != 0)
        return read_file(out, text, error);
    gf_status status = read_grid(grid, text, error);
    if (!status)
        status = make_grid(out, grid, error);
    return status;
}
