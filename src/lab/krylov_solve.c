/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least residual over the Krylov space, by three terms: MINRES
   [paige1975]. */
#include <ganfield/krylov.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lab/vector.h"

static const double TOLERANCE = 1e-12;

/* Two turns and the columns of the factor that they leave. */
typedef struct minres {
    size_t n;
    double *v, *v_old, *next;  /* Lanczos's vectors */
    double *w, *w_old, *w_new; /* directions of x */
    double beta, c, c_old, s, s_old, eta;
} minres;

static void turn(double **a, double **b, double **c)
{
    double *first = *a;

    *a = *b;
    *b = *c;
    *c = first;
}

/* One more direction; false where there is none. */
static bool step(minres *m, double *x, const gf_operator *a, double shift)
{
    size_t n = m->n;
    double alpha, beta, delta, diagonal, first, second;

    a->product(m->next, m->v, a->ctx);
    for (size_t i = 0; i < n; i++)
        m->next[i] += shift * m->v[i];
    alpha = gf_vector_dot(m->next, m->v, n);
    for (size_t i = 0; i < n; i++)
        m->next[i] -= alpha * m->v[i] + m->beta * m->v_old[i];
    beta = gf_vector_length(m->next, n);
    delta = m->c * alpha - m->c_old * m->s * m->beta;
    first = m->s * alpha + m->c_old * m->c * m->beta;
    second = m->s_old * m->beta;
    diagonal = hypot(delta, beta);
    if (!(diagonal > 0))
        return false;
    m->c_old = m->c;
    m->s_old = m->s;
    m->c = delta / diagonal;
    m->s = beta / diagonal;
    for (size_t i = 0; i < n; i++) {
        m->w_new[i] =
            (m->v[i] - second * m->w_old[i] - first * m->w[i]) / diagonal;
        x[i] += m->c * m->eta * m->w_new[i];
        m->next[i] = beta > 0 ? m->next[i] / beta : 0;
    }
    m->eta *= -m->s;
    m->beta = beta;
    turn(&m->w_old, &m->w, &m->w_new);
    turn(&m->v_old, &m->v, &m->next);
    return beta > 0;
}

/* |b - (A + shift) x|, with room in next. */
static double residual_of(minres *m, const double *x, const gf_operator *a,
                          double shift, const double *b)
{
    double sum = 0;

    a->product(m->next, x, a->ctx);
    for (size_t i = 0; i < m->n; i++) {
        double off = b[i] - m->next[i] - shift * x[i];
        sum += off * off;
    }
    return sqrt(sum);
}

static void run(gf_krylov_solution *out, double *x, minres *m,
                const gf_operator *a, double shift, const double *b,
                const gf_krylov_options *options)
{
    double size = gf_vector_length(b, m->n);
    double part = options->tolerance > 0 ? options->tolerance : TOLERANCE;
    size_t most = options->most ? options->most : 20 * m->n + 100;
    bool goes_on = size > 0;

    m->c = m->c_old = 1;
    m->eta = size;
    for (size_t i = 0; goes_on && i < m->n; i++)
        m->v[i] = b[i] / size;
    while (goes_on && out->products < most && fabs(m->eta) > part * size) {
        goes_on = step(m, x, a, shift);
        out->products++;
    }
    if (size > 0)
        out->residual = residual_of(m, x, a, shift, b) / size;
    /* what rounding leaves of a residual grows with the products */
    out->is_converged = out->residual <= 10 * part;
}

gf_status gf_krylov_solve(gf_krylov_solution *out, double *x,
                          const gf_operator *a, double shift, const double *b,
                          const gf_krylov_options *options, gf_error *error)
{
    static const gf_krylov_options usual = {.count = 0};
    size_t n = a->size;
    minres m = {.n = n};
    double *block = calloc(6 * n + 1, sizeof *block);

    *out = (gf_krylov_solution){.residual = 0};
    memset(x, 0, n * sizeof *x);
    if (!block)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    m.v = block;
    m.v_old = m.v + n;
    m.next = m.v_old + n;
    m.w = m.next + n;
    m.w_old = m.w + n;
    m.w_new = m.w_old + n;
    run(out, x, &m, a, shift, b, options ? options : &usual);
    free(block);
    if (!isfinite(out->residual))
        return gf_error_set(error, GF_ARGUMENT,
                            "a product with the matrix is not finite");
    return GF_OK;
}
