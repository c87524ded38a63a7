/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All eigenvalues of a matrix that is there. */
#include <ganfield/krylov.h>

#include <stdlib.h>

#include "analysis/eigen.h"

static void exchange(double *a, size_t i, size_t k)
{
    double x = a[i];

    a[i] = a[k];
    a[k] = x;
}

/* The largest real part first, of a pair the upper one. */
static bool is_before(const gf_krylov *k, size_t a, size_t b)
{
    if (k->re[a] != k->re[b])
        return k->re[a] > k->re[b];
    return k->im[a] > k->im[b];
}

static void sort(gf_krylov *k)
{
    for (size_t i = 1; i < k->count; i++)
        for (size_t at = i; at > 0 && is_before(k, at, at - 1); at--) {
            exchange(k->re, at, at - 1);
            exchange(k->im, at, at - 1);
        }
}

gf_status gf_krylov_dense(gf_krylov *k, double *matrix, size_t n,
                          bool is_symmetric, gf_error *error)
{
    gf_status status = GF_OK;

    if (n == 0)
        return gf_error_set(error, GF_ARGUMENT, "a matrix without rows");
    k->size = k->count = n;
    k->re = calloc(n, sizeof *k->re);
    k->im = calloc(n, sizeof *k->im);
    k->residual = calloc(n, sizeof *k->residual);
    if (is_symmetric)
        k->vector = calloc(n * n, sizeof *k->vector);
    if (!k->re || !k->im || !k->residual || (is_symmetric && !k->vector))
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    else if (is_symmetric)
        status = gf_eigen_symmetric(k->re, k->vector, matrix, n, 1, error);
    else
        status = gf_eigen_general(k->re, k->im, matrix, n, 1, error);
    if (status)
        gf_krylov_clear(k);
    else if (!is_symmetric)
        sort(k);
    k->is_converged = !status;
    return status;
}
