/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/krylov.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_rng.h>

#include "analysis/eigen.h"
#include "lab/vector.h"

enum { MOST = 300, FIRST = 20 };
/* Numbers in a basis: a gigabyte. */
static const size_t ROOM = (size_t)1 << 27;
static const double TOLERANCE = 1e-10;
/* What is left of a vector is rounding below this part of it. */
static const double ROUNDING = 1e-13;

void gf_krylov_init(gf_krylov *k)
{
    *k = (gf_krylov){.size = 0};
}

void gf_krylov_clear(gf_krylov *k)
{
    free(k->re);
    free(k->im);
    free(k->residual);
    free(k->vector);
    gf_krylov_init(k);
}

/* --- the basis --------------------------------------------------------- */

/* V by rows, A V = V H + beta v e' with v the row after the last. */
typedef struct basis {
    const gf_operator *a;
    double *v, *h;           /* (room + 1) x size; room x room, by rows */
    double *work;            /* size */
    size_t count, room, all; /* rows, and how many there may be */
    double beta, scale;
    size_t products;
    gsl_rng *random;
} basis;

/* Takes from x its parts along the first rows, twice, and adds these to a
 * column of h (NULL: to none). The length of what is left. */
static double project(double *x, const basis *b, size_t rows, double *column)
{
    size_t n = b->a->size;

    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < rows; i++) {
            double part = gf_vector_dot(b->v + i * n, x, n);
            for (size_t k = 0; k < n; k++)
                x[k] -= part * b->v[i * n + k];
            if (column)
                column[i * b->room] += part;
        }
    return gf_vector_length(x, n);
}

/* A new direction across the first rows. */
static void draw(double *x, const basis *b, size_t rows)
{
    size_t n = b->a->size;
    double length = 0;

    while (!(length > 1e-8)) {
        for (size_t k = 0; k < n; k++)
            x[k] = 2 * gsl_rng_uniform(b->random) - 1;
        length = gf_vector_length(x, n);
        for (size_t k = 0; k < n; k++)
            x[k] /= length;
        length = project(x, b, rows, NULL);
    }
    for (size_t k = 0; k < n; k++)
        x[k] /= length;
}

/* Room for so many rows, the columns of h moved apart. */
static gf_status widen(basis *b, size_t room, gf_error *error)
{
    size_t n = b->a->size;
    double *v, *h;

    room = room < b->all ? room : b->all;
    v = realloc(b->v, (room + 1) * n * sizeof *v);
    if (v)
        b->v = v;
    h = v ? calloc(room * room, sizeof *h) : NULL;
    if (!h)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < b->count; i++)
        memcpy(h + i * room, b->h + i * b->room, b->count * sizeof *h);
    if (b->count > 0 && b->count < room)
        h[b->count * room + b->count - 1] = b->beta;
    free(b->h);
    b->h = h;
    b->room = room;
    return GF_OK;
}

static gf_status grow(basis *b, gf_error *error)
{
    size_t n = b->a->size, j = b->count;
    double *next = b->v + (j + 1) * n, before;

    b->a->product(next, b->v + j * n, b->a->ctx);
    b->products++;
    before = gf_vector_length(next, n);
    if (!isfinite(before))
        return gf_error_set(error, GF_ARGUMENT,
                            "a product with the matrix is not finite");
    b->scale = fmax(b->scale, before);
    b->beta = project(next, b, j + 1, b->h + j);
    b->count = j + 1;
    if (b->beta > ROUNDING * b->scale && j + 1 < n) {
        for (size_t k = 0; k < n; k++)
            next[k] /= b->beta;
    } else {
        b->beta = 0;
        if (j + 1 < n)
            draw(next, b, j + 1);
    }
    if (j + 1 < b->room)
        b->h[(j + 1) * b->room + j] = b->beta;
    return GF_OK;
}

/* --- the projected matrix ------------------------------------------------ */

/* Its eigenvalues with the last entry and, if symmetric, all of the vectors. */
typedef struct ritz {
    double *re, *im, *last, *vector; /* vector: by rows */
    size_t *order;
    size_t count;
    gf_krylov_end end;
} ritz;

static void ritz_clear(ritz *r)
{
    free(r->re);
    free(r->vector);
    free(r->order);
}

static gf_status ritz_make(ritz *r, size_t m, bool is_symmetric,
                           gf_error *error)
{
    r->count = m;
    r->re = calloc(3 * m, sizeof *r->re);
    r->order = calloc(m, sizeof *r->order);
    r->vector = is_symmetric ? calloc(m * m, sizeof *r->vector) : NULL;
    if (!r->re || !r->order || (is_symmetric && !r->vector))
        return gf_error_set(error, GF_MEMORY, "out of memory");
    r->im = r->re + m;
    r->last = r->re + 2 * m;
    return GF_OK;
}

static gf_status solve_symmetric(ritz *r, double *h, gf_error *error)
{
    size_t m = r->count;

    for (size_t i = 0; i < m; i++)
        for (size_t k = 0; k < i; k++)
            h[i * m + k] = h[k * m + i] = (h[i * m + k] + h[k * m + i]) / 2;
    gf_status status = gf_eigen_symmetric(r->re, r->vector, h, m, 1, error);
    for (size_t i = 0; !status && i < m; i++)
        r->last[i] = fabs(r->vector[i * m + m - 1]);
    return status;
}

static gf_status solve_general(ritz *r, double *h, gf_error *error)
{
    size_t m = r->count;
    gsl_matrix_view view = gsl_matrix_view_array(h, m, m);
    gsl_eigen_nonsymmv_workspace *work = gsl_eigen_nonsymmv_alloc(m);
    gsl_vector_complex *value = gsl_vector_complex_alloc(m);
    gsl_matrix_complex *vector = gsl_matrix_complex_alloc(m, m);
    gf_status status = GF_OK;

    if (!work || !value || !vector)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    else if (gsl_eigen_nonsymmv(&view.matrix, value, vector, work))
        status = gf_error_set(error, GF_INTERNAL,
                              "the iteration for eigenvalues failed");
    for (size_t i = 0; !status && i < m; i++) {
        gsl_complex z = gsl_vector_complex_get(value, i);
        gsl_complex last = gsl_matrix_complex_get(vector, m - 1, i);
        r->re[i] = GSL_REAL(z);
        r->im[i] = GSL_IMAG(z);
        r->last[i] = hypot(GSL_REAL(last), GSL_IMAG(last));
    }
    if (work)
        gsl_eigen_nonsymmv_free(work);
    gsl_vector_complex_free(value);
    gsl_matrix_complex_free(vector);
    return status;
}

static double rank_of(const ritz *r, size_t i)
{
    if (r->end == GF_KRYLOV_LARGEST)
        return hypot(r->re[i], r->im[i]);
    return r->end == GF_KRYLOV_RIGHT ? r->re[i] : -r->re[i];
}

/* Pairs stay together, the upper half first. */
static bool is_before(const ritz *r, size_t a, size_t b)
{
    double x = rank_of(r, a), y = rank_of(r, b);

    if (x != y)
        return x > y;
    x = fabs(r->im[a]);
    y = fabs(r->im[b]);
    return x != y ? x > y : r->im[a] > r->im[b];
}

static void sort(ritz *r)
{
    for (size_t i = 0; i < r->count; i++) {
        size_t k = i;
        for (; k > 0 && is_before(r, i, r->order[k - 1]); k--)
            r->order[k] = r->order[k - 1];
        r->order[k] = i;
    }
}

/* The Ritz values of the basis as it is. */
static gf_status take(ritz *r, const basis *b, const gf_krylov_options *options,
                      gf_error *error)
{
    size_t m = b->count;
    double *h = malloc(m * m * sizeof *h);
    gf_status status;

    *r = (ritz){.end = options->end};
    status = h ? ritz_make(r, m, options->is_symmetric, error)
               : gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; !status && i < m; i++)
        memcpy(h + i * m, b->h + i * b->room, m * sizeof *h);
    if (!status)
        status = options->is_symmetric ? solve_symmetric(r, h, error)
                                       : solve_general(r, h, error);
    free(h);
    if (!status)
        sort(r);
    return status;
}

/* How many to give: a pair is not cut. */
static size_t wanted(const ritz *r, size_t count)
{
    if (count == 0 || count >= r->count)
        return r->count;
    return r->im[r->order[count - 1]] > 0 ? count + 1 : count;
}

static bool is_done(const ritz *r, const basis *b, size_t count, double part)
{
    double top = 0, worst = 0;

    if (b->count == b->a->size)
        return true;
    for (size_t i = 0; i < r->count; i++)
        top = fmax(top, hypot(r->re[i], r->im[i]));
    for (size_t i = 0; i < wanted(r, count); i++)
        worst = fmax(worst, b->beta * r->last[r->order[i]]);
    return r->count > count && count > 0 && worst <= part * top;
}

/* --- the answer ---------------------------------------------------------- */

static gf_status room_for(gf_krylov *k, size_t size, size_t count,
                          bool has_vectors, gf_error *error)
{
    k->size = size;
    k->count = count;
    k->re = calloc(count, sizeof *k->re);
    k->im = calloc(count, sizeof *k->im);
    k->residual = calloc(count, sizeof *k->residual);
    k->vector = has_vectors ? calloc(count * size, sizeof *k->vector) : NULL;
    if (k->re && k->im && k->residual && (!has_vectors || k->vector))
        return GF_OK;
    return gf_error_set(error, GF_MEMORY, "out of memory");
}

static gf_status answer(gf_krylov *k, const ritz *r, const basis *b,
                        const gf_krylov_options *options, gf_error *error)
{
    size_t n = b->a->size, m = r->count;
    gf_status status =
        room_for(k, n, wanted(r, options->count), options->is_symmetric, error);

    if (status)
        return status;
    for (size_t i = 0; i < k->count; i++) {
        size_t at = r->order[i];
        k->re[i] = r->re[at];
        k->im[i] = r->im[at];
        k->residual[i] = b->beta * r->last[at];
        for (size_t row = 0; k->vector && row < m; row++)
            for (size_t j = 0; j < n; j++)
                k->vector[i * n + j] +=
                    r->vector[at * m + row] * b->v[row * n + j];
    }
    k->products = b->products;
    return GF_OK;
}

static gf_status find(gf_krylov *k, basis *b, const gf_krylov_options *options,
                      gf_error *error)
{
    double part = options->tolerance > 0 ? options->tolerance : TOLERANCE;
    size_t stage = FIRST + 2 * options->count;
    gf_status status = widen(b, stage, error);
    bool is_last = false;
    ritz r = {.count = 0};

    if (!status)
        draw(b->v, b, 0);
    while (!status && !is_last) {
        while (!status && b->count < b->room)
            status = grow(b, error);
        if (!status)
            status = take(&r, b, options, error);
        if (status)
            break;
        k->is_converged = is_done(&r, b, options->count, part);
        is_last = k->is_converged || b->count == b->all;
        if (is_last)
            status = answer(k, &r, b, options, error);
        else
            status = widen(b, b->room + b->room / 2, error);
        ritz_clear(&r);
        r = (ritz){.count = 0};
    }
    ritz_clear(&r);
    return status;
}

gf_status gf_krylov_find(gf_krylov *k, const gf_operator *a,
                         const gf_krylov_options *options, gf_error *error)
{
    static const gf_krylov_options usual = {.count = 0};
    basis b = {.a = a, .random = gsl_rng_alloc(gsl_rng_mt19937)};
    gf_status status;

    options = options ? options : &usual;
    if (a->size == 0) {
        gsl_rng_free(b.random);
        return gf_error_set(error, GF_ARGUMENT, "a matrix without rows");
    }
    b.all = options->most ? options->most : MOST;
    b.all = b.all < ROOM / a->size ? b.all : ROOM / a->size;
    b.all = b.all > options->count + 2 ? b.all : options->count + 2;
    if (b.all > a->size || options->count == 0)
        b.all = a->size;
    if (b.random)
        gsl_rng_set(b.random, (unsigned long)options->seed + 1);
    status = b.random ? find(k, &b, options, error)
                      : gf_error_set(error, GF_MEMORY, "out of memory");
    gsl_rng_free(b.random);
    free(b.v);
    free(b.h);
    if (status)
        gf_krylov_clear(k);
    return status;
}
