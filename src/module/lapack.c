/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The module with OpenBLAS and its LAPACK (cblas.h is not included: it defines
   I). */
#include "analysis/eigen.h"

#include <ganfield/export.h>
#include <stdint.h>
#include <stdlib.h>

void dsyevd_(const char *jobz, const char *uplo, const int *n, double *a,
             const int *lda, double *w, double *work, const int *lwork,
             int *iwork, const int *liwork, int *info);
void dgeev_(const char *jobvl, const char *jobvr, const int *n, double *a,
            const int *lda, double *wr, double *wi, double *vl, const int *ldvl,
            double *vr, const int *ldvr, double *work, const int *lwork,
            int *info);
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda,
             int *info);
char *openblas_get_config(void);
char *openblas_get_corename(void);
void openblas_set_num_threads(int threads);

static bool symmetric(double *value, double *matrix, size_t n, bool vectors,
                      size_t threads)
{
    const char *job = vectors ? "V" : "N";
    int size = (int)n, info = 0, lwork = -1, liwork = -1, first = 0;
    double best = 0;

    openblas_set_num_threads((int)threads);
    dsyevd_(job, "U", &size, matrix, &size, value, &best, &lwork, &first,
            &liwork, &info);
    if (info != 0 || !(best < INT32_MAX))
        return false;
    lwork = (int)best;
    liwork = first;
    double *work = malloc((size_t)lwork * sizeof *work);
    int *iwork = malloc((size_t)liwork * sizeof *iwork);
    if (work && iwork)
        dsyevd_(job, "U", &size, matrix, &size, value, work, &lwork, iwork,
                &liwork, &info);
    bool is_done = work && iwork && info == 0;
    free(work);
    free(iwork);
    return is_done;
}

static bool general(double *re, double *im, double *matrix, size_t n,
                    size_t threads)
{
    int size = (int)n, info = 0, lwork = -1, one = 1;
    double best = 0;

    openblas_set_num_threads((int)threads);
    dgeev_("N", "N", &size, matrix, &size, re, im, NULL, &one, NULL, &one,
           &best, &lwork, &info);
    if (info != 0 || !(best < INT32_MAX))
        return false;
    lwork = (int)best;
    double *work = malloc((size_t)lwork * sizeof *work);
    if (work)
        dgeev_("N", "N", &size, matrix, &size, re, im, NULL, &one, NULL, &one,
               work, &lwork, &info);
    bool is_done = work && info == 0;
    free(work);
    return is_done;
}

/* What is lower by rows is upper by columns. */
static bool definite(double *matrix, size_t n, size_t threads)
{
    int size = (int)n, info = 0;

    openblas_set_num_threads((int)threads);
    dpotrf_("U", &size, matrix, &size, &info);
    return info == 0;
}

static const char *config(void)
{
    return openblas_get_config();
}

static const char *core(void)
{
    return openblas_get_corename();
}

GF_PUBLIC const gf_lapack gf_lapack_module = {GF_VERSION, symmetric, general,
                                              definite,   config,    core};
