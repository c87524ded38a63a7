/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The density of a generator, in closed form or from its samples. */
#include <math.h>
#include <stdlib.h>

#include "lab/density.h"
#include "lab/duel.h"

enum { N = GF_DUEL_LOOK };

#define SQRT_2PI 2.50662827463100050242

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Samples in the order of their z: the image of a stretch of z between two. */
static double by_stretches(const double *sample, double x)
{
    double sum = 0;

    for (size_t i = 0; i + 1 < N; i++) {
        double low = fmin(sample[i], sample[i + 1]);
        double high = fmax(sample[i], sample[i + 1]);
        if (low <= x && x < high)
            sum += 1 / (N * (high - low));
    }
    return sum;
}

/* Of sorted samples. */
static double width_of(const double *sample)
{
    double mean = 0, square = 0, quartiles, least;

    for (size_t i = 0; i < N; i++)
        mean += sample[i] / N;
    for (size_t i = 0; i < N; i++)
        square += (sample[i] - mean) * (sample[i] - mean) / N;
    quartiles = (sample[3 * N / 4] - sample[N / 4]) / 1.34;
    least = quartiles > 0 ? fmin(sqrt(square), quartiles) : sqrt(square);
    return 0.9 * least * pow(N, -0.2);
}

static double by_kernels(const double *sample, double width, double x)
{
    double sum = 0;

    for (size_t i = 0; i < N; i++) {
        double off = (sample[i] - x) / width;
        sum += exp(-off * off / 2);
    }
    return width > 0 ? sum / (N * width * SQRT_2PI) : 0;
}

static void by_lines(double *out, const gf_duel *duel, const double *z,
                     const double *x, size_t count)
{
    gf_density d;

    for (size_t i = 0; i < count; i++) {
        gf_density_at(&d, &duel->setup, z + duel->first, x[i]);
        out[i] = d.p;
    }
}

static gf_status by_samples(double *out, gf_duel *duel, const double *z,
                            const double *x, size_t count, gf_error *error)
{
    double *sample = malloc(N * sizeof *sample), width = 0;
    bool is_line = duel->maker.inputs == 1;

    if (!sample)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gf_duel_sample(sample, duel, z, N, 0);
    if (!is_line) {
        qsort(sample, N, sizeof *sample, by_size);
        width = width_of(sample);
    }
    for (size_t i = 0; i < count; i++)
        out[i] = is_line ? by_stretches(sample, x[i])
                         : by_kernels(sample, width, x[i]);
    free(sample);
    return GF_OK;
}

gf_status gf_duel_density(double *out, gf_duel *duel, const double *z,
                          const double *x, size_t count, gf_error *error)
{
    if (!gf_density_is_known(&duel->setup.fighter[GF_GENERATOR]))
        return by_samples(out, duel, z, x, count, error);
    by_lines(out, duel, z, x, count);
    return GF_OK;
}
