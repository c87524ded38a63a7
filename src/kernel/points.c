/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points of a kernel: a grid, a distribution's quantiles or draws, or a file.
 */
#include <ganfield/kernel.h>

#include <ganfield/distribution.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/npy.h"
#include "base/number.h"

static const char grid_mark[] = "grid:", data_mark[] = "data:",
                  seed_mark[] = "seed=";
#define SEED_MOST 1e9

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

/* --- data --------------------------------------------------------- */

typedef struct asked {
    char *name; /* of the distribution */
    size_t count;
    bool is_sample; /* drawn from the seed, else quantiles */
    unsigned long seed;
} asked;

static bool is_whole(double *out, const char *text, double least, double most)
{
    return !gf_number_read(out, text) && *out >= least && *out <= most &&
           *out == floor(*out);
}

/* "DIST:N" and "DIST:N:seed=S", split at the last colons. */
static gf_status read_data(asked *a, const char *text, gf_error *error)
{
    char *colon;
    double number = 0;

    a->name = strdup(text + strlen(data_mark));
    if (!a->name)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    colon = strrchr(a->name, ':');
    a->is_sample =
        colon && strncmp(colon + 1, seed_mark, strlen(seed_mark)) == 0;
    if (a->is_sample) {
        if (!is_whole(&number, colon + 1 + strlen(seed_mark), 0, SEED_MOST))
            return gf_error_set(error, GF_SYNTAX,
                                "'%s': the seed must be a whole number from 0 "
                                "to %g",
                                text, SEED_MOST);
        a->seed = (unsigned long)number;
        *colon = '\0';
        colon = strrchr(a->name, ':');
    }
    if (!colon || !is_whole(&number, colon + 1, 1, GF_KERNEL_POINTS_MAX))
        return gf_error_set(error, GF_SYNTAX,
                            "'%s': quantiles are data:DIST:N, as "
                            "data:normal(0,1):64, a sample is "
                            "data:normal(0,1):64:seed=1, with N from 1 to %d",
                            text, GF_KERNEL_POINTS_MAX);
    *colon = '\0';
    a->count = (size_t)number;
    return GF_OK;
}

/* Independent draws, in ascending order. */
static gf_status draw(double *x, const gf_distribution *data, const asked *a,
                      gf_error *error)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    double *u = malloc(a->count * sizeof *u);

    if (!random || !u) {
        free(u);
        if (random)
            gsl_rng_free(random);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    /* GSL takes the seed 0 for another one of its own. */
    gsl_rng_set(random, a->seed + 1);
    for (size_t k = 0; k < a->count; k++)
        u[k] = gsl_rng_uniform_pos(random);
    gf_distribution_draw(x, data, u, a->count);
    gsl_sort(x, 1, a->count);
    gsl_rng_free(random);
    free(u);
    return GF_OK;
}

/* Those of (k + 1/2)/N. */
static void find_quantiles(double *x, const gf_distribution *data, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        double below = ((double)k + 0.5) / (double)n;
        double above = ((double)(n - 1 - k) + 0.5) / (double)n;
        x[k] = gf_distribution_quantile(data, below, above);
    }
}

static gf_status make_data(gf_points *out, const char *text, gf_error *error)
{
    gf_distribution *data = NULL;
    asked a = {.name = NULL};
    gf_status status;

    if (out->inputs != 1)
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s': a distribution is on the line, and the net "
                            "has %zu inputs",
                            text, out->inputs);
    status = read_data(&a, text, error);
    if (!status)
        status = gf_distribution_read(&data, a.name, error);
    if (!status) {
        out->count = a.count;
        out->x = malloc(a.count * sizeof *out->x);
        if (!out->x)
            status = gf_error_set(error, GF_MEMORY, "out of memory");
    }
    if (!status && a.is_sample)
        status = draw(out->x, data, &a, error);
    else if (!status)
        find_quantiles(out->x, data, a.count);
    gf_distribution_free(data);
    free(a.name);
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
        return make_data(out, text, error);
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
