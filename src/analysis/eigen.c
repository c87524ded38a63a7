/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/eigen.h"

#include "base/module.h"

#include <gsl/gsl_eigen.h>
#include <stdlib.h>
#include <string.h>

#define CORE_VARIABLE "OPENBLAS_CORETYPE"

/* --- the module -------------------------------------------------------- */

/* OpenBLAS knows processors by their model's number and takes an Intel that is
 * younger than itself for one of 2004 (0.3.21: five times slower). What it can
 * do is no secret, so it is named by that. */
static const char *core_type(void)
{
#if defined(__x86_64__)
    if (!__builtin_cpu_is("intel"))
        return NULL;
    if (__builtin_cpu_supports("avx512f") &&
        __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq"))
        return "SkylakeX";
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return "Haswell";
#endif
    return NULL;
}

gf_status gf_lapack_open(const gf_lapack **out, gf_error *error)
{
    const char *core = getenv(CORE_VARIABLE) ? NULL : core_type();
    const void *table = NULL;

    /* The library reads the variable while it is loaded and never again. */
    if (core)
        (void)setenv(CORE_VARIABLE, core, 0);
    gf_status status = gf_module_open(
        &table, "lapack.so", "gf_lapack_module",
        "large matrices need OpenBLAS (on Debian: apt-get install "
        "libopenblas0)",
        error);
    if (core)
        (void)unsetenv(CORE_VARIABLE);
    *out = table;
    return status;
}

/* --- by GSL ------------------------------------------------------------ */

static gf_status solve_small(double *value, double *vector, double *matrix,
                             size_t n, gf_error *error)
{
    gsl_matrix_view m = gsl_matrix_view_array(matrix, n, n);
    gsl_eigen_symmv_workspace *work = gsl_eigen_symmv_alloc(n);
    gsl_matrix *columns = gsl_matrix_alloc(n, n);
    gsl_vector_view values = gsl_vector_view_array(value, n);
    gf_status status = GF_OK;

    if (!work || !columns)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    else if (gsl_eigen_symmv(&m.matrix, &values.vector, columns, work))
        status = gf_error_set(error, GF_INTERNAL,
                              "the iteration for eigenvalues failed");
    else
        gsl_eigen_symmv_sort(&values.vector, columns, GSL_EIGEN_SORT_VAL_DESC);
    for (size_t i = 0; vector && !status && i < n * n; i++)
        vector[i] = gsl_matrix_get(columns, i % n, i / n);
    if (work)
        gsl_eigen_symmv_free(work);
    if (columns)
        gsl_matrix_free(columns);
    return status;
}

/* --- by LAPACK --------------------------------------------------------- */

static gf_status solve_large(double *value, double *vector, double *matrix,
                             size_t n, size_t threads, gf_error *error)
{
    const gf_lapack *lapack = NULL;
    gf_status status = gf_lapack_open(&lapack, error);

    if (status)
        return status;
    if (!lapack->symmetric(value, matrix, n, vector != NULL, threads))
        return gf_error_set(error, GF_INTERNAL,
                            "the iteration for eigenvalues failed, or had no "
                            "memory");
    for (size_t i = 0; i < n / 2; i++) {
        double x = value[i];
        value[i] = value[n - 1 - i];
        value[n - 1 - i] = x;
    }
    for (size_t i = 0; vector && i < n; i++)
        memcpy(vector + i * n, matrix + (n - 1 - i) * n, n * sizeof *vector);
    return GF_OK;
}

gf_status gf_eigen_symmetric(double *value, double *vector, double *matrix,
                             size_t n, size_t threads, gf_error *error)
{
    if (n > GF_EIGEN_MOST)
        return gf_error_set(error, GF_LIMIT,
                            "eigenvalues of %zu points: at most %d", n,
                            GF_EIGEN_MOST);
    if (n <= GF_EIGEN_SMALL)
        return solve_small(value, vector, matrix, n, error);
    return solve_large(value, vector, matrix, n, threads, error);
}

/* --- any matrix -------------------------------------------------------- */

static gf_status solve_small_general(double *re, double *im, double *matrix,
                                     size_t n, gf_error *error)
{
    gsl_matrix_view m = gsl_matrix_view_array(matrix, n, n);
    gsl_eigen_nonsymm_workspace *work = gsl_eigen_nonsymm_alloc(n);
    gsl_vector_complex *value = gsl_vector_complex_alloc(n);
    gf_status status = GF_OK;

    if (!work || !value)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (work) /* balanced, as LAPACK's are */
        gsl_eigen_nonsymm_params(0, 1, work);
    if (!status && gsl_eigen_nonsymm(&m.matrix, value, work))
        status = gf_error_set(error, GF_INTERNAL,
                              "the iteration for eigenvalues failed");
    for (size_t i = 0; !status && i < n; i++) {
        re[i] = GSL_REAL(gsl_vector_complex_get(value, i));
        im[i] = GSL_IMAG(gsl_vector_complex_get(value, i));
    }
    if (work)
        gsl_eigen_nonsymm_free(work);
    if (value)
        gsl_vector_complex_free(value);
    return status;
}

gf_status gf_eigen_general(double *re, double *im, double *matrix, size_t n,
                           size_t threads, gf_error *error)
{
    const gf_lapack *lapack = NULL;
    gf_status status;

    if (n > GF_EIGEN_MOST)
        return gf_error_set(error, GF_LIMIT,
                            "eigenvalues of a matrix of %zu rows: at most %d",
                            n, GF_EIGEN_MOST);
    if (n <= GF_EIGEN_SMALL)
        return solve_small_general(re, im, matrix, n, error);
    status = gf_lapack_open(&lapack, error);
    if (!status && !lapack->general(re, im, matrix, n, threads))
        status = gf_error_set(error, GF_INTERNAL,
                              "the iteration for eigenvalues failed, or had no "
                              "memory");
    return status;
}
