/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a kernel. */
#include <ganfield/kernel.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/eigen.h"
#include "kernel/crew.h"

#define RANK_TOLERANCE 1e-10

void gf_kernel_study_init(gf_kernel_study *study)
{
    *study = (gf_kernel_study){.count = 0};
}

void gf_kernel_study_clear(gf_kernel_study *study)
{
    free(study->eigenvalue);
    free(study->mode);
    free(study->retained);
    gf_kernel_study_init(study);
}

static double weight_at(const gf_kernel_study_options *options, size_t i,
                        size_t n)
{
    return options->weight ? options->weight[i] : 1 / (double)n;
}

/* --- from the eigenvalues ----------------------------------------------- */

static void weigh_eigenvalues(gf_kernel_study *s)
{
    const double *l = s->eigenvalue;
    double sum = 0, squares = 0, entropy = 0;

    for (size_t i = 0; i < s->count; i++) {
        sum += l[i];
        squares += l[i] * l[i];
        s->rank += l[i] > RANK_TOLERANCE * l[0];
    }
    for (size_t i = 0; i < s->count; i++)
        if (l[i] > 0)
            entropy -= l[i] / sum * log(l[i] / sum);
    s->trace = sum;
    s->effective_rank = exp(entropy);
    s->participation = sum * sum / squares;
    s->condition =
        l[s->count - 1] > 0 ? l[0] / l[s->count - 1] : (double)INFINITY;
}

/* W^1/2 K W^1/2, decomposed; modes are W^-1/2 times its eigenvectors. */
static gf_status decompose(gf_kernel_study *s, const double *k,
                           const gf_kernel_study_options *options,
                           gf_error *error)
{
    size_t n = s->count;
    double *root = malloc(n * sizeof *root);
    double *matrix = malloc(n * n * sizeof *matrix);
    gf_status status = GF_OK;

    if (!root || !matrix)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < n && !status; i++)
        root[i] = sqrt(weight_at(options, i, n));
    for (size_t i = 0; i < n && !status; i++)
        for (size_t j = 0; j < n; j++)
            matrix[i * n + j] = root[i] * k[i * n + j] * root[j];
    if (!status)
        status = gf_eigen_symmetric(s->eigenvalue, s->mode, matrix, n,
                                    gf_crew_size(options->threads), error);
    for (size_t i = 0; s->mode && !status && i < n * n; i++)
        s->mode[i] /= root[i % n];
    free(root);
    free(matrix);
    return status;
}

/* --- from the matrix ----------------------------------------------------- */

static void weigh_matrix(gf_kernel_study *s, const double *k)
{
    size_t n = s->count;
    double trace = 0, sum = 0, correlation = 0;

    for (size_t i = 0; i < n; i++) {
        trace += k[i * n + i];
        for (size_t j = 0; j < n; j++) {
            double both = sqrt(k[i * n + i]) * sqrt(k[j * n + j]);
            sum += k[i * n + j];
            if (j < i)
                correlation += both > 0 ? k[i * n + j] / both : 0;
        }
    }
    s->constant_share = sum / ((double)n * trace);
    s->correlation =
        n > 1 ? correlation / ((double)n * (double)(n - 1) / 2) : NAN;
}

/* The mean of each row, then of all. */
static double row_means(double *mean, const double *k, size_t n)
{
    double all = 0;

    for (size_t i = 0; i < n; i++) {
        mean[i] = 0;
        for (size_t j = 0; j < n; j++)
            mean[i] += k[i * n + j] / (double)n;
        all += mean[i] / (double)n;
    }
    return all;
}

/* Sums over HKH and HK'H: of squares and of products. */
typedef struct centred {
    double squares, other_squares, product, trace;
    double difference, size; /* of K - K' and K', not centred */
} centred;

static gf_status centre(centred *out, const double *k, const double *other,
                        size_t n, gf_error *error)
{
    double *mean = malloc(2 * n * sizeof *mean), *other_mean = mean + n;

    if (!mean)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    double all = row_means(mean, k, n);
    double other_all = other ? row_means(other_mean, other, n) : 0;
    *out = (centred){.squares = 0};
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            size_t at = i * n + j;
            double a = k[at] - mean[i] - mean[j] + all;
            out->squares += a * a;
            out->trace += i == j ? a : 0;
            if (!other)
                continue;
            double b = other[at] - other_mean[i] - other_mean[j] + other_all;
            out->other_squares += b * b;
            out->product += a * b;
            out->difference += (k[at] - other[at]) * (k[at] - other[at]);
            out->size += other[at] * other[at];
        }
    free(mean);
    return GF_OK;
}

/* --- with a target -------------------------------------------------------- */

/* y'HKH y/(|HKH| |Hy|^2). */
static void align_target(gf_kernel_study *s, const double *k, const double *y,
                         double norm)
{
    size_t n = s->count;
    double mean = 0, square = 0, product = 0;

    for (size_t i = 0; i < n; i++)
        mean += y[i] / (double)n;
    for (size_t i = 0; i < n; i++) {
        double row = 0;
        square += (y[i] - mean) * (y[i] - mean);
        for (size_t j = 0; j < n; j++)
            row += k[i * n + j] * (y[j] - mean);
        product += row * (y[i] - mean);
    }
    s->target_alignment = product / (norm * square);
}

static void align_field(gf_kernel_study *s, const double *k,
                        const gf_kernel_study_options *options)
{
    const double *y = options->target;
    size_t n = s->count;
    double inner = 0, before = 0, after = 0;

    for (size_t i = 0; i < n; i++) {
        double w = weight_at(options, i, n), moved = 0;
        for (size_t j = 0; j < n; j++)
            moved += k[i * n + j] * weight_at(options, j, n) * y[j];
        inner += w * y[i] * moved;
        before += w * y[i] * y[i];
        after += w * moved * moved;
    }
    s->field_alignment = inner / (sqrt(before) * sqrt(after));
    double kept = 0;
    for (size_t r = 0; s->retained && r < n; r++) {
        double share = 0;
        for (size_t i = 0; i < n; i++)
            share += weight_at(options, i, n) * s->mode[r * n + i] * y[i];
        kept += share * share;
        s->retained[r] = kept / before;
    }
}

/* --- all ------------------------------------------------------------------ */

static gf_status allocate(gf_kernel_study *s,
                          const gf_kernel_study_options *options,
                          gf_error *error)
{
    size_t n = s->count;
    bool has_retained = options->has_modes && options->target;

    s->eigenvalue = malloc(n * sizeof *s->eigenvalue);
    s->mode = options->has_modes ? malloc(n * n * sizeof *s->mode) : NULL;
    s->retained = has_retained ? malloc(n * sizeof *s->retained) : NULL;
    if (s->eigenvalue && (s->mode || !options->has_modes) &&
        (s->retained || !has_retained))
        return GF_OK;
    return gf_error_set(error, GF_MEMORY, "out of memory");
}

static gf_status check_weights(const gf_kernel_study_options *options, size_t n,
                               gf_error *error)
{
    for (size_t i = 0; options->weight && i < n; i++)
        if (!(options->weight[i] > 0) || !isfinite(options->weight[i]))
            return gf_error_set(error, GF_ARGUMENT,
                                "the weight of point %zu is not positive",
                                i + 1);
    return GF_OK;
}

static gf_status fill(gf_kernel_study *s, const double *k,
                      const gf_kernel_study_options *options, gf_error *error)
{
    centred c = {.squares = 0};
    gf_status status = allocate(s, options, error);

    if (!status)
        status = decompose(s, k, options, error);
    if (!status)
        status = centre(&c, k, options->other, s->count, error);
    if (status)
        return status;
    weigh_eigenvalues(s);
    weigh_matrix(s, k);
    double norm = sqrt(c.squares);
    s->identity_alignment = c.trace / (norm * sqrt((double)s->count - 1));
    if (options->target) {
        align_target(s, k, options->target, norm);
        align_field(s, k, options);
    }
    if (options->other) {
        s->other_alignment = c.product / (norm * sqrt(c.other_squares));
        s->drift = sqrt(c.difference / c.size);
    }
    return GF_OK;
}

gf_status gf_kernel_study_run(gf_kernel_study *study, const double *k,
                              size_t count,
                              const gf_kernel_study_options *options,
                              gf_error *error)
{
    static const gf_kernel_study_options defaults = {.weight = NULL};

    options = options ? options : &defaults;
    *study = (gf_kernel_study){.count = count,
                               .target_alignment = NAN,
                               .field_alignment = NAN,
                               .other_alignment = NAN,
                               .drift = NAN};
    gf_status status = check_weights(options, count, error);
    if (!status)
        status = fill(study, k, options, error);
    if (status)
        gf_kernel_study_clear(study);
    return status;
}
