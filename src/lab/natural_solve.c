/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three ways to solve (A'A + damping 1) x = v, A = S J. */
#include "lab/natural.h"

#include "kernel/cholesky.h"

#include <math.h>
#include <string.h>

/* A part of v this small is what is left of a cancellation, and corrected. */
#define CANCELLED 1e-3

static double norm(const double *x, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += x[i] * x[i];
    return sqrt(sum);
}

static double dot(const double *x, const double *y, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

/* --- products ---------------------------------------------------------- */

/* out = A u. */
static void times(double *out, const gf_natural *n, const gf_jacobian *j,
                  const double *u)
{
    if (j->times)
        j->times(out, u, j->ctx);
    for (size_t i = 0; i < j->rows; i++) {
        if (!j->times)
            out[i] = dot(n->dense + i * j->columns, u, j->columns);
        out[i] *= n->root[i];
    }
}

/* out = A'w; w is overwritten. */
static void transposed(double *out, const gf_natural *n, const gf_jacobian *j,
                       double *w)
{
    for (size_t i = 0; i < j->rows; i++)
        w[i] *= n->root[i];
    if (j->transposed) {
        j->transposed(out, w, j->ctx);
        return;
    }
    memset(out, 0, j->columns * sizeof *out);
    for (size_t i = 0; i < j->rows; i++)
        for (size_t k = 0; k < j->columns; k++)
            out[k] += w[i] * n->dense[i * j->columns + k];
}

/* out = (A'A + damping 1) u. */
static void apply(double *out, gf_natural *n, const gf_jacobian *j,
                  const double *u)
{
    times(n->row[0], n, j, u);
    transposed(out, n, j, n->row[0]);
    for (size_t k = 0; k < j->columns; k++)
        out[k] += n->options.damping * u[k];
}

/* J in `dense`, where products need it. */
static void prepare(gf_natural *n, const gf_jacobian *j)
{
    if (j->times && j->transposed)
        return;
    j->fill(n->dense, j->ctx);
}

/* --- square matrices --------------------------------------------------- */

static bool is_finite(const double *x, size_t count)
{
    double sum[8] = {0};
    size_t i = 0;

    for (; i + 8 <= count; i += 8)
        for (size_t k = 0; k < 8; k++)
            sum[k] += x[i + k] * 0;
    for (; i < count; i++)
        sum[0] += x[i] * 0;
    for (size_t k = 1; k < 8; k++)
        sum[0] += sum[k];
    return sum[0] == 0;
}

/* L in place of matrix + damping 1; with numbers that are not finite, NaN. */
static gf_status factor(gf_natural *n, size_t size, gf_error *error)
{
    double *matrix = n->matrix;

    if (!is_finite(matrix, size * size)) {
        for (size_t i = 0; i < size * size; i++)
            matrix[i] = NAN;
        return GF_OK;
    }
    for (size_t i = 0; i < size; i++)
        matrix[i * size + i] += n->options.damping;
    gf_status status =
        gf_cholesky_factor(matrix, size, n->options.threads, error);
    if (status == GF_DOMAIN)
        return gf_error_set(error, GF_DOMAIN,
                            "the metric of %zu numbers is singular with "
                            "damping=%g: give it more damping",
                            n->parameters, n->options.damping);
    return status;
}

/* J by rows of sqrt(w_k) g_k. */
static void fill_scaled(gf_natural *n, const gf_jacobian *j)
{
    size_t p = j->columns;

    if (j->fill) {
        j->fill(n->dense, j->ctx);
    } else {
        memset(n->row[0], 0, j->rows * sizeof *n->row[0]);
        for (size_t i = 0; i < j->rows; i++) {
            n->row[0][i] = 1;
            j->transposed(n->dense + i * p, n->row[0], j->ctx);
            n->row[0][i] = 0;
        }
    }
    for (size_t i = 0; i < j->rows; i++)
        for (size_t k = 0; k < p; k++)
            n->dense[i * p + k] *= n->root[i];
}

gf_status gf_natural_by_cholesky(double *x, gf_natural *n, const gf_jacobian *j,
                                 const double *v, gf_error *error)
{
    size_t p = j->columns;
    gf_product square = {.c = n->matrix,
                         .rows = p,
                         .columns = p,
                         .depth = j->rows,
                         .stride = p,
                         .a = gf_view_transposed(n->dense, p),
                         .b = gf_view_rows(n->dense, p)};

    fill_scaled(n, j);
    gf_product_run(&square, &n->store);
    gf_status status = factor(n, p, error);
    if (status)
        return status;
    memcpy(x, v, p * sizeof *x);
    gf_cholesky_solve(x, n->matrix, p);
    return GF_OK;
}

/* --- Woodbury ---------------------------------------------------------- */

/* matrix = A A'. */
static gf_status fill_gram(gf_natural *n, const gf_jacobian *j, gf_error *error)
{
    size_t m = j->rows;
    gf_product square = {.c = n->matrix,
                         .rows = m,
                         .columns = m,
                         .depth = j->columns,
                         .stride = m,
                         .a = gf_view_rows(n->dense, j->columns),
                         .b = gf_view_transposed(n->dense, j->columns)};

    if (!j->gram) {
        fill_scaled(n, j);
        gf_product_run(&square, &n->store);
        prepare(n, j);
        return GF_OK;
    }
    gf_status status = j->gram(n->matrix, j->ctx, error);
    for (size_t i = 0; !status && i < m; i++)
        for (size_t k = 0; k < m; k++)
            n->matrix[i * m + k] *= n->root[i] * n->root[k];
    prepare(n, j);
    return status;
}

/* x = (v - A'(A A' + damping 1)^-1 A v)/damping; the size of the bracket over
   that of v. */
static double solve_once(double *x, gf_natural *n, const gf_jacobian *j,
                         const double *v)
{
    times(n->row[1], n, j, v);
    gf_cholesky_solve(n->row[1], n->matrix, j->rows);
    transposed(n->work[0], n, j, n->row[1]);
    for (size_t k = 0; k < j->columns; k++)
        x[k] = v[k] - n->work[0][k];
    double share = norm(x, j->columns) / norm(v, j->columns);
    for (size_t k = 0; k < j->columns; k++)
        x[k] /= n->options.damping;
    return share;
}

gf_status gf_natural_by_woodbury(double *x, gf_natural *n, const gf_jacobian *j,
                                 const double *v, gf_error *error)
{
    double *rest = n->work[1], *more = n->work[2];
    gf_status status = fill_gram(n, j, error);

    if (!status)
        status = factor(n, j->rows, error);
    if (status)
        return status;
    if (!(solve_once(x, n, j, v) < CANCELLED))
        return GF_OK;
    apply(rest, n, j, x);
    for (size_t k = 0; k < j->columns; k++)
        rest[k] = v[k] - rest[k];
    (void)solve_once(more, n, j, rest);
    for (size_t k = 0; k < j->columns; k++)
        x[k] += more[k];
    n->report.iterations = 1;
    return GF_OK;
}

/* --- conjugate gradients ----------------------------------------------- */

void gf_natural_by_gradients(double *x, gf_natural *n, const gf_jacobian *j,
                             const double *v)
{
    size_t p = j->columns, least = p < j->rows ? p : j->rows;
    size_t most =
        n->options.iterations ? n->options.iterations : 4 * least + 50;
    double *rest = n->work[0], *way = n->work[1], *image = n->work[2];
    double length = norm(v, p), square = length * length;

    prepare(n, j);
    memset(x, 0, p * sizeof *x);
    memcpy(rest, v, p * sizeof *rest);
    memcpy(way, v, p * sizeof *way);
    while (n->report.iterations < most &&
           sqrt(square) > n->options.tolerance * length) {
        apply(image, n, j, way);
        double along = square / dot(way, image, p), before = square;
        for (size_t k = 0; k < p; k++) {
            x[k] += along * way[k];
            rest[k] -= along * image[k];
        }
        square = dot(rest, rest, p);
        for (size_t k = 0; k < p; k++)
            way[k] = rest[k] + square / before * way[k];
        n->report.iterations++;
    }
    apply(image, n, j, x);
    for (size_t k = 0; k < p; k++)
        rest[k] = v[k] - image[k];
    n->report.residual = length > 0 ? norm(rest, p) / length : 0;
    for (size_t k = 0; k < p && !isfinite(n->report.residual); k++)
        x[k] = NAN;
}
