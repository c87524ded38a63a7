/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/cholesky.h"

#include "analysis/eigen.h"

#include <math.h>
#include <stdbool.h>

/* a.b, in four sums that the processor runs side by side. */
static double dot(const double *a, const double *b, size_t n)
{
    double sum[4] = {0, 0, 0, 0}, rest = 0;
    size_t whole = n - n % 4;

    for (size_t i = 0; i < whole; i += 4)
        for (size_t k = 0; k < 4; k++)
            sum[k] += a[i + k] * b[i + k];
    for (size_t i = whole; i < n; i++)
        rest += a[i] * b[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]) + rest;
}

static bool factor_small(double *matrix, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double *row = matrix + i * n;
        for (size_t j = 0; j < i; j++) {
            const double *other = matrix + j * n;
            row[j] = (row[j] - dot(row, other, j)) / other[j];
        }
        double square = row[i] - dot(row, row, i);
        if (!(square > 0) || !isfinite(square))
            return false;
        row[i] = sqrt(square);
    }
    return true;
}

gf_status gf_cholesky_factor(double *matrix, size_t n, size_t threads,
                             gf_error *error)
{
    bool is_definite;

    if (n > GF_CHOLESKY_MOST)
        return gf_error_set(error, GF_LIMIT, "a system of %zu: at most %d", n,
                            GF_CHOLESKY_MOST);
    if (n <= GF_CHOLESKY_SMALL) {
        is_definite = factor_small(matrix, n);
    } else {
        const gf_lapack *lapack = NULL;
        gf_status status = gf_lapack_open(&lapack, error);
        if (status)
            return status;
        is_definite = lapack->definite(matrix, n, threads);
    }
    if (!is_definite)
        return gf_error_set(error, GF_DOMAIN,
                            "the matrix is not positive definite");
    return GF_OK;
}

void gf_cholesky_solve(double *x, const double *factor, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] = (x[i] - dot(factor + i * n, x, i)) / factor[i * n + i];
    for (size_t i = n; i-- > 0;) {
        const double *row = factor + i * n;
        x[i] /= row[i];
        for (size_t j = 0; j < i; j++)
            x[j] -= x[i] * row[j];
    }
}
