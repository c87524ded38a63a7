/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points of a kernel: a grid, a distribution's quantiles, or a file. */
#include <ganfield/kernel.h>

#include <ganfield/distribution.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/npy.h"
#include "base/number.h"

static const char grid_mark[] = "grid:", data_mark[] = "data:";

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

/* --- quantiles --------------------------------------------------------- */

/* "DIST:N", split at the last colon. */
static gf_status read_data(char **name, size_t *count, const char *text,
                           gf_error *error)
{
    const char *from = text + strlen(data_mark), *colon = strrchr(from, ':');
    double number = 0;

    if (!colon || gf_number_read(&number, colon + 1) || !(number >= 1) ||
        number != floor(number) || number > GF_KERNEL_POINTS_MAX)
        return gf_error_set(error, GF_SYNTAX,
                            "'%s': quantiles are data:DIST:N, as "
                            "data:normal(0,1):64, with N from 1 to %d",
                            text, GF_KERNEL_POINTS_MAX);
    *count = (size_t)number;
    *name = strndup(from, (size_t)(colon - from));
    return *name ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");
}

/* Those of (k + 1/2)/N. */
static gf_status make_quantiles(gf_points *out, const char *text,
                                gf_error *error)
{
    gf_distribution *data = NULL;
    char *name = NULL;
    size_t n = 0;
    gf_status status = GF_OK;

    if (out->inputs != 1)
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s': a distribution is on the line, and the net "
                            "has %zu inputs",
                            text, out->inputs);
    status = read_data(&name, &n, text, error);
    if (!status)
        status = gf_distribution_read(&data, name, error);
    if (!status) {
        out->x = malloc(n * sizeof *out->x);
        if (!out->x)
            status = gf_error_set(error, GF_MEMORY, "out of memory");
    }
    for (size_t k = 0; !status && k < n; k++) {
        double below = ((double)k + 0.5) / (double)n;
        out->x[k] = gf_distribution_quantile(
            data, below, ((double)(n - 1 - k) + 0.5) / (double)n);
        out->count = n;
    }
    gf_distribution_free(data);
    free(name);
    return status;
}

/* --- files ------------------------------------------------------------- */

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

    gf_status status;

    *out = (gf_points){.inputs = inputs};
    if (strncmp(text, data_mark, strlen(data_mark)) == 0)
        return make_quantiles(out, text, error);
    if (strncmp(text, grid_mark, strlen(grid_mark)) != 0) {
        status = read_file(out, text, error);
        if (status == GF_READ && strchr(text, '('))
            gf_error_set(error, GF_READ,
                         "'%s': no such file; the quantiles of a distribution "
                         "are data:DIST:N, as data:normal(0,1):64",
                         text);
        return status;
    }
    status = read_grid(grid, text, error);
    if (!status)
        status = make_grid(out, grid, error);
    return status;
}
