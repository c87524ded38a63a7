/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/poly_mat.h"

#include <flint/fmpz_poly_mat.h>

void gf_poly_mat_init(gf_poly_mat *m, size_t rows, size_t columns)
{
    m->rows = rows;
    m->columns = columns;
    m->entry = flint_malloc((rows * columns + 1) * sizeof *m->entry);
    for (size_t i = 0; i < rows * columns; i++)
        fmpq_poly_init(&m->entry[i]);
}

void gf_poly_mat_clear(gf_poly_mat *m)
{
    for (size_t i = 0; i < m->rows * m->columns; i++)
        fmpq_poly_clear(&m->entry[i]);
    flint_free(m->entry);
}

fmpq_poly_struct *gf_poly_mat_at(const gf_poly_mat *m, size_t i, size_t j)
{
    return &m->entry[i * m->columns + j];
}

/* The least common multiple of the denominators. */
static void common(fmpz_t den, const fmpq_poly_struct *entry, size_t count)
{
    fmpz_one(den);
    for (size_t i = 0; i < count; i++)
        fmpz_lcm(den, den, fmpq_poly_denref(&entry[i]));
}

/* in * den, whose coefficients are whole. */
static void whole(fmpz_poly_struct *out, const fmpq_poly_struct *in,
                  const fmpz_t den)
{
    fmpz_t factor;

    fmpz_init(factor);
    fmpq_poly_get_numerator(out, in);
    fmpz_divexact(factor, den, fmpq_poly_denref(in));
    fmpz_poly_scalar_mul_fmpz(out, out, factor);
    fmpz_clear(factor);
}

static void to_whole(fmpz_poly_mat_t out, fmpz_t den, const gf_poly_mat *m)
{
    common(den, m->entry, m->rows * m->columns);
    for (size_t i = 0; i < m->rows; i++)
        for (size_t j = 0; j < m->columns; j++)
            whole(fmpz_poly_mat_entry(out, (slong)i, (slong)j),
                  gf_poly_mat_at(m, i, j), den);
}

void gf_poly_mat_solve(fmpq_poly_t den, gf_poly_mat *b, const gf_poly_mat *a)
{
    fmpz_poly_mat_t left, right, x;
    fmpz_poly_t denominator;
    fmpz_t left_den, right_den;

    fmpz_init(left_den);
    fmpz_init(right_den);
    fmpz_poly_init(denominator);
    fmpz_poly_mat_init(left, (slong)a->rows, (slong)a->columns);
    fmpz_poly_mat_init(right, (slong)b->rows, (slong)b->columns);
    fmpz_poly_mat_init(x, (slong)b->rows, (slong)b->columns);
    to_whole(left, left_den, a);
    to_whole(right, right_den, b);
    fmpz_poly_mat_solve(x, denominator, left, right);
    /* (left/left_den) x = right/right_den */
    for (size_t i = 0; i < b->rows; i++) {
        for (size_t j = 0; j < b->columns; j++) {
            fmpq_poly_struct *entry = gf_poly_mat_at(b, i, j);
            fmpq_poly_set_fmpz_poly(entry,
                                    fmpz_poly_mat_entry(x, (slong)i, (slong)j));
            fmpq_poly_scalar_mul_fmpz(entry, entry, left_den);
            fmpq_poly_scalar_div_fmpz(entry, entry, right_den);
        }
    }
    fmpq_poly_set_fmpz_poly(den, denominator);
    fmpz_poly_mat_clear(left);
    fmpz_poly_mat_clear(right);
    fmpz_poly_mat_clear(x);
    fmpz_poly_clear(denominator);
    fmpz_clear(left_den);
    fmpz_clear(right_den);
}

/* out = a b, both square. */
static void multiply(gf_poly_mat *out, const gf_poly_mat *a,
                     const gf_poly_mat *b)
{
    size_t n = a->rows;
    fmpq_poly_t term;

    fmpq_poly_init(term);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            fmpq_poly_struct *entry = gf_poly_mat_at(out, i, j);
            fmpq_poly_zero(entry);
            for (size_t k = 0; k < n; k++) {
                fmpq_poly_mul(term, gf_poly_mat_at(a, i, k),
                              gf_poly_mat_at(b, k, j));
                fmpq_poly_add(entry, entry, term);
            }
        }
    }
    fmpq_poly_clear(term);
}

/* M1 = m, c[n-k] = -tr(Mk)/k, M(k+1) = m (Mk + c[n-k]). */
void gf_poly_mat_charpoly(fmpq_poly_struct *coef, const gf_poly_mat *m)
{
    size_t n = m->rows;
    gf_poly_mat power, next;

    gf_poly_mat_init(&power, n, n);
    gf_poly_mat_init(&next, n, n);
    for (size_t i = 0; i < n * n; i++)
        fmpq_poly_set(&power.entry[i], &m->entry[i]);
    fmpq_poly_one(&coef[n]);
    for (size_t k = 1; k <= n; k++) {
        fmpq_poly_struct *c = &coef[n - k];
        fmpq_poly_zero(c);
        for (size_t i = 0; i < n; i++)
            fmpq_poly_sub(c, c, gf_poly_mat_at(&power, i, i));
        fmpq_poly_scalar_div_si(c, c, (slong)k);
        for (size_t i = 0; i < n; i++)
            fmpq_poly_add(gf_poly_mat_at(&power, i, i),
                          gf_poly_mat_at(&power, i, i), c);
        multiply(&next, m, &power);
        gf_poly_mat old = power;
        power = next;
        next = old;
    }
    gf_poly_mat_clear(&power);
    gf_poly_mat_clear(&next);
}

void gf_poly_primitive(fmpz_poly_struct *out, fmpq_poly_struct *in,
                       size_t count)
{
    fmpz_poly_t gcd;
    fmpz_t den;

    fmpz_init(den);
    fmpz_poly_init(gcd);
    common(den, in, count);
    for (size_t i = 0; i < count; i++) {
        whole(&out[i], &in[i], den);
        fmpz_poly_gcd(gcd, gcd, &out[i]);
    }
    for (size_t i = 0; i < count && !fmpz_poly_is_zero(gcd); i++)
        fmpz_poly_div(&out[i], &out[i], gcd);
    fmpz_poly_clear(gcd);
    fmpz_clear(den);
}
