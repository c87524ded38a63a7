/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The spectrum at the equilibrium, in coordinates of the kernels' ranges.
 *
 * With K_D = A A^T and K_G = B B^T a motion inside the ranges is u = A y,
 * p - p_d = B z, and
 *
 *     y' = A^T W (V_x A y + V_p B z)      z' = B^T W U_x A y
 *
 * so the other directions are zeros, n - rank each. y and z are parameters of
 * the nets behind the kernels, up to a rotation, and the matrix is symmetric
 * plus antisymmetric times positive numbers: its zeros have no Jordan blocks.
 */
#include <gsl/gsl_complex_math.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>

#include "kernel/coupled.h"
#include "kernel/modes.h"

/* Relative: an eigenvalue of a kernel, or of the field, that is none. */
static const double NOTHING_K = 1e-14, NOTHING = 1e-10;
static const double UNDAMPED = 1e-3;

/* --- roots of kernels -------------------------------------------------- */

/* The eigenvalues above the noise, with vectors scaled by their roots. */
static gf_status keep_range(gf_kernel_root *root, size_t n,
                            const gsl_vector *value, const gsl_matrix *vector,
                            gf_error *error)
{
    double largest = gsl_vector_max(value);
    double least = (double)n * NOTHING_K * largest;

    root->rank = 0;
    for (size_t k = 0; k < n; k++)
        root->rank += gsl_vector_get(value, k) > least;
    root->root = malloc((n * root->rank + 1) * sizeof(double));
    root->value = malloc((root->rank + 1) * sizeof(double));
    if (!root->root || !root->value)
        return gf_error_set(error, GF_MEMORY, "no memory for a kernel's root");
    for (size_t k = 0, at = 0; k < n; k++) {
        double lambda = gsl_vector_get(value, k);
        if (!(lambda > least))
            continue;
        root->value[at] = lambda;
        for (size_t i = 0; i < n; i++)
            root->root[i * root->rank + at] =
                sqrt(lambda) * gsl_matrix_get(vector, i, k);
        at++;
    }
    root->is_ready = true;
    return GF_OK;
}

static gf_status make_root(gf_kernel_root *root, const gf_coupled *c,
                           int player, gf_error *error)
{
    size_t n = c->count;
    gsl_eigen_symmv_workspace *work = gsl_eigen_symmv_alloc(n);
    gsl_matrix *k = gsl_matrix_calloc(n, n), *vector = gsl_matrix_alloc(n, n);
    gsl_vector *value = gsl_vector_alloc(n);
    gf_status status = GF_OK;

    if (!work || !k || !vector || !value) {
        status = gf_error_set(error, GF_MEMORY, "no memory for %zu points", n);
    } else {
        for (size_t i = 0; i < n * n; i++)
            gsl_matrix_set(k, i / n, i % n,
                           c->kernel[player] ? c->kernel[player][i]
                           : i / n == i % n  ? 1 / c->weight[i / n]
                                             : 0);
        status = gsl_eigen_symmv(k, value, vector, work) == GSL_SUCCESS
                     ? keep_range(root, n, value, vector, error)
                     : gf_error_set(error, GF_INTERNAL,
                                    "a kernel's eigenvalues do not converge");
    }
    gsl_eigen_symmv_free(work);
    gsl_matrix_free(k);
    gsl_matrix_free(vector);
    gsl_vector_free(value);
    return status;
}

gf_status gf_coupled_root(const gf_kernel_root **out, gf_coupled *c, int player,
                          gf_error *error)
{
    gf_kernel_root *root = &c->root[player];

    *out = root;
    return root->is_ready ? GF_OK : make_root(root, c, player, error);
}

/* --- the matrix -------------------------------------------------------- */

/* out += A^T diag(h) B, put at (row, column). */
static void add_product(gsl_matrix *out, size_t row, size_t column,
                        const gf_kernel_root *a, const gf_kernel_root *b,
                        const double *h, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < a->rank; k++) {
            double factor = a->root[i * a->rank + k] * h[i];
            double *to = gsl_matrix_ptr(out, row + k, column);
            for (size_t l = 0; l < b->rank; l++)
                to[l] += factor * b->root[i * b->rank + l];
        }
}

/* The three diagonals W V_x, W V_p, W U_x at the equilibrium. */
static gf_status slopes(double *out, gf_coupled *c, gf_error *error)
{
    size_t n = c->count;

    for (size_t i = 0; i < n; i++) {
        double at[GF_POINT_COUNT];
        gf_coupled_point(at, c, i, c->field->equilibrium.d0, c->density[i]);
        out[i] = c->weight[i] * at[GF_POINT_VX];
        out[n + i] = c->weight[i] * at[GF_POINT_VP];
        out[2 * n + i] = c->weight[i] * at[GF_POINT_UX];
        if (!isfinite(out[i] + out[n + i] + out[2 * n + i]))
            return gf_error_set(error, GF_DOMAIN,
                                "the field has no derivative at D0 = %g",
                                c->field->equilibrium.d0);
    }
    return GF_OK;
}

static gf_status reduce(gsl_matrix **out, gf_modes *modes, gf_coupled *c,
                        gf_error *error)
{
    const gf_kernel_root *a, *b;
    size_t n = c->count, size;
    double *h;
    gf_status status = gf_coupled_root(&a, c, 0, error);

    *out = NULL;
    if (!status)
        status = gf_coupled_root(&b, c, 1, error);
    if (status)
        return status;
    modes->rank_d = a->rank;
    modes->rank_g = b->rank;
    size = a->rank + b->rank;
    if (size == 0)
        return GF_OK;
    h = calloc(3 * n, sizeof *h);
    *out = gsl_matrix_calloc(size, size);
    status = h && *out ? slopes(h, c, error)
                       : gf_error_set(error, GF_MEMORY, "no memory");
    if (!status) {
        add_product(*out, 0, 0, a, a, h, n);
        add_product(*out, 0, a->rank, a, b, h + n, n);
        add_product(*out, a->rank, 0, b, a, h + 2 * n, n);
    }
    free(h);
    return status;
}

/* --- the spectrum ------------------------------------------------------ */

static int by_falling_re(const void *a, const void *b)
{
    const gf_mode *p = a, *q = b;

    if (p->re != q->re)
        return p->re > q->re ? -1 : 1;
    return (p->im < q->im) - (p->im > q->im);
}

static double rotation_of(const gsl_matrix *j)
{
    double all = 0, turning = 0;

    for (size_t i = 0; i < j->size1; i++)
        for (size_t k = 0; k < j->size2; k++) {
            double x = gsl_matrix_get(j, i, k), y = gsl_matrix_get(j, k, i);
            all += x * x;
            turning += (x - y) * (x - y) / 4;
        }
    return sqrt(turning / all);
}

static void count_modes(gf_modes *modes, const gsl_vector_complex *value,
                        size_t all, double noise)
{
    double largest = 0;

    for (size_t i = 0; i < value->size; i++)
        largest =
            fmax(largest, gsl_complex_abs(gsl_vector_complex_get(value, i)));
    for (size_t i = 0; i < value->size; i++) {
        gsl_complex z = gsl_vector_complex_get(value, i);
        double re = GSL_REAL(z), im = GSL_IMAG(z), size = hypot(re, im);
        gf_mode *m = &modes->mode[modes->count];
        if (!(size > NOTHING * largest && size > noise))
            continue;
        *m = (gf_mode){.re = re, .im = im, .damping = -re / size};
        m->period = im != 0 ? 2 * M_PI / fabs(im) : INFINITY;
        m->decay_time = re != 0 ? -1 / re : INFINITY;
        modes->count++;
        modes->unstable += re > NOTHING * largest;
        modes->undamped += fabs(m->damping) < UNDAMPED;
        modes->spiral += im != 0;
        modes->node += im == 0;
    }
    modes->zero = all - modes->count;
    qsort(modes->mode, modes->count, sizeof *modes->mode, by_falling_re);
}

gf_status gf_modes_solve(gf_modes *modes, gsl_matrix *j, size_t all,
                         double noise, gf_error *error)
{
    size_t size = j->size1;
    gsl_eigen_nonsymm_workspace *work = gsl_eigen_nonsymm_alloc(size);
    gsl_vector_complex *value = gsl_vector_complex_alloc(size);
    gf_status status = GF_OK;

    modes->mode = malloc(size * sizeof *modes->mode);
    if (!work || !value || !modes->mode) {
        status = gf_error_set(error, GF_MEMORY, "no memory for a spectrum");
    } else {
        modes->rotation = rotation_of(j);
        gsl_eigen_nonsymm_params(0, 1, work);
        if (gsl_eigen_nonsymm(j, value, work) != GSL_SUCCESS)
            status = gf_error_set(error, GF_INTERNAL,
                                  "the eigenvalues do not converge");
        else
            count_modes(modes, value, all, noise);
    }
    gsl_eigen_nonsymm_free(work);
    gsl_vector_complex_free(value);
    return status;
}

void gf_modes_init(gf_modes *modes)
{
    *modes = (gf_modes){.rotation = NAN};
}

void gf_modes_clear(gf_modes *modes)
{
    free(modes->mode);
    gf_modes_init(modes);
}

gf_status gf_coupled_modes(gf_modes *modes, gf_coupled *c, gf_error *error)
{
    gsl_matrix *j;
    gf_status status;

    gf_modes_clear(modes);
    status = reduce(&j, modes, c, error);
    modes->zero = 2 * c->count;
    if (!status && j)
        status = gf_modes_solve(modes, j, 2 * c->count, 0, error);
    gsl_matrix_free(j);
    return status;
}

/* --- the ideal field --------------------------------------------------- */

/* lambda^2 - v lambda - r = 0, without cancellation. */
static void solve_pair(gsl_vector_complex *value, size_t i, double v, double r)
{
    double square = v * v / 4 + r, root = sqrt(fabs(square));

    if (square < 0) {
        gsl_vector_complex_set(value, i, gsl_complex_rect(v / 2, root));
        gsl_vector_complex_set(value, i + 1, gsl_complex_rect(v / 2, -root));
        return;
    }
    double far = v / 2 + (v < 0 ? -root : root);
    gsl_vector_complex_set(value, i, gsl_complex_rect(far, 0));
    gsl_vector_complex_set(value, i + 1,
                           gsl_complex_rect(far != 0 ? -r / far : 0, 0));
}

gf_status gf_coupled_ideal_modes(gf_modes *modes, gf_coupled *c,
                                 gf_error *error)
{
    size_t n = c->count;
    gsl_vector_complex *value = gsl_vector_complex_alloc(2 * n);
    double *h = calloc(3 * n, sizeof *h);
    gf_status status = GF_OK;

    gf_modes_clear(modes);
    modes->mode = malloc(2 * n * sizeof *modes->mode);
    if (value && h && modes->mode)
        status = slopes(h, c, error);
    else
        status = gf_error_set(error, GF_MEMORY, "no memory for a spectrum");
    for (size_t i = 0; i < n && !status; i++) {
        double w = c->weight[i];
        solve_pair(value, 2 * i, h[i] / w, h[n + i] / w * (h[2 * n + i] / w));
    }
    if (!status)
        count_modes(modes, value, 2 * n, 0);
    modes->rank_d = modes->rank_g = n;
    gsl_vector_complex_free(value);
    free(h);
    return status;
}
