/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Let p(mu) be the polynomial of the multipliers, p* the one with its
 * coefficients the other way round, whose roots are the inverses.  A multiplier
 * on the circle is a root of both, as its conjugate is its inverse.  So, with
 * g = gcd(p, p*) over Q(h) and p = g r, the multipliers of r meet the circle
 * only at roots of the resultant of r and r*; those of g come in pairs mu,
 * 1/mu and can leave the circle only by meeting: at roots of the discriminant
 * of g freed of multiple factors, or at mu = 1 and -1 [jury1964].
 */
#include "analysis/critical.h"

#include <flint/fmpz_mpoly.h>

enum { MU = 0, STEP = 1 }; /* variables */

typedef struct algebra {
    fmpz_mpoly_ctx_t ctx;
    fmpz_mpoly_t p, mirror, g, r, work;
    fmpz_poly_t part;
    fmpz_poly_struct *out;
} algebra;

static void begin(algebra *a, fmpz_poly_struct *out)
{
    fmpz_mpoly_ctx_init(a->ctx, 2, ORD_LEX);
    fmpz_mpoly_init(a->p, a->ctx);
    fmpz_mpoly_init(a->mirror, a->ctx);
    fmpz_mpoly_init(a->g, a->ctx);
    fmpz_mpoly_init(a->r, a->ctx);
    fmpz_mpoly_init(a->work, a->ctx);
    fmpz_poly_init(a->part);
    a->out = out;
}

static void end(algebra *a)
{
    fmpz_mpoly_clear(a->p, a->ctx);
    fmpz_mpoly_clear(a->mirror, a->ctx);
    fmpz_mpoly_clear(a->g, a->ctx);
    fmpz_mpoly_clear(a->r, a->ctx);
    fmpz_mpoly_clear(a->work, a->ctx);
    fmpz_poly_clear(a->part);
    fmpz_mpoly_ctx_clear(a->ctx);
}

/* sum coef[i] mu^i, or mirrored. */
static void set_poly(algebra *a, fmpz_mpoly_t out, const gf_multiplier_poly *p)
{
    fmpz_t c;

    fmpz_init(c);
    fmpz_mpoly_zero(out, a->ctx);
    for (size_t i = 0; i <= p->degree; i++) {
        for (slong k = 0; k < fmpz_poly_length(&p->coef[i]); k++) {
            ulong exponent[2] = {i, (ulong)k};
            fmpz_poly_get_coeff_fmpz(c, &p->coef[i], k);
            fmpz_mpoly_set_coeff_fmpz_ui(out, c, exponent, a->ctx);
        }
    }
    fmpz_clear(c);
}

static slong degree_of(const algebra *a, const fmpz_mpoly_t q)
{
    return fmpz_mpoly_degree_si(q, MU, a->ctx);
}

/* mu^degree q(1/mu) */
static void mirror(algebra *a, fmpz_mpoly_t out, const fmpz_mpoly_t q)
{
    ulong degree = (ulong)degree_of(a, q), exponent[2];
    fmpz_t c;

    fmpz_init(c);
    fmpz_mpoly_zero(out, a->ctx);
    for (slong i = 0; i < fmpz_mpoly_length(q, a->ctx); i++) {
        fmpz_mpoly_get_term_coeff_fmpz(c, q, i, a->ctx);
        fmpz_mpoly_get_term_exp_ui(exponent, q, i, a->ctx);
        exponent[MU] = degree - exponent[MU];
        fmpz_mpoly_set_coeff_fmpz_ui(out, c, exponent, a->ctx);
    }
    fmpz_clear(c);
}

/* Takes a polynomial in h alone among the factors of the answer. */
static void take(algebra *a, const fmpz_poly_t part)
{
    if (!fmpz_poly_is_zero(part))
        fmpz_poly_mul(a->out, a->out, part);
}

static void take_mpoly(algebra *a, const fmpz_mpoly_t q)
{
    if (fmpz_mpoly_get_fmpz_poly(a->part, q, STEP, a->ctx))
        take(a, a->part);
}

/* q at mu = 1 or -1. */
static void value_at(algebra *a, fmpz_poly_t out, const fmpz_mpoly_t q,
                     int sign)
{
    ulong exponent[2];
    fmpz_t c, old;

    fmpz_init(c);
    fmpz_init(old);
    fmpz_poly_zero(out);
    for (slong i = 0; i < fmpz_mpoly_length(q, a->ctx); i++) {
        fmpz_mpoly_get_term_coeff_fmpz(c, q, i, a->ctx);
        fmpz_mpoly_get_term_exp_ui(exponent, q, i, a->ctx);
        if (sign < 0 && exponent[MU] % 2 == 1)
            fmpz_neg(c, c);
        fmpz_poly_get_coeff_fmpz(old, out, (slong)exponent[STEP]);
        fmpz_add(c, c, old);
        fmpz_poly_set_coeff_fmpz(out, (slong)exponent[STEP], c);
    }
    fmpz_clear(c);
    fmpz_clear(old);
}

/* Divides q by mu - sign as often as it can. */
static void divide_out(algebra *a, fmpz_mpoly_t q, int sign)
{
    fmpz_mpoly_t factor, quotient;

    fmpz_mpoly_init(factor, a->ctx);
    fmpz_mpoly_init(quotient, a->ctx);
    fmpz_mpoly_gen(factor, MU, a->ctx);
    fmpz_mpoly_sub_si(factor, factor, sign, a->ctx);
    while (fmpz_mpoly_divides(quotient, q, factor, a->ctx))
        fmpz_mpoly_swap(quotient, q, a->ctx);
    fmpz_mpoly_clear(factor, a->ctx);
    fmpz_mpoly_clear(quotient, a->ctx);
}

/* The part whose multipliers come in pairs mu, 1/mu. */
static void take_pairs(algebra *a)
{
    divide_out(a, a->g, 1);
    divide_out(a, a->g, -1);
    if (degree_of(a, a->g) <= 0)
        return;
    fmpz_mpoly_derivative(a->work, a->g, MU, a->ctx);
    if (fmpz_mpoly_gcd(a->work, a->g, a->work, a->ctx))
        fmpz_mpoly_divides(a->g, a->g, a->work, a->ctx);
    for (int sign = -1; sign <= 1; sign += 2) {
        value_at(a, a->part, a->g, sign);
        take(a, a->part);
    }
    if (fmpz_mpoly_discriminant(a->work, a->g, MU, a->ctx))
        take_mpoly(a, a->work);
}

static void take_others(algebra *a)
{
    if (degree_of(a, a->r) <= 0)
        return;
    mirror(a, a->mirror, a->r);
    if (fmpz_mpoly_resultant(a->work, a->r, a->mirror, MU, a->ctx))
        take_mpoly(a, a->work);
}

/* Frees a polynomial of multiple roots, of the root 0 and of its content. */
static void simplify(fmpz_poly_struct *q)
{
    fmpz_poly_t slope;

    fmpz_poly_init(slope);
    while (fmpz_poly_length(q) > 1 &&
           fmpz_is_zero(fmpz_poly_get_coeff_ptr(q, 0)))
        fmpz_poly_shift_right(q, q, 1);
    fmpz_poly_derivative(slope, q);
    fmpz_poly_gcd(slope, q, slope);
    if (!fmpz_poly_is_zero(slope))
        fmpz_poly_div(q, q, slope);
    fmpz_poly_primitive_part(q, q);
    fmpz_poly_clear(slope);
}

void gf_critical_poly(fmpz_poly_t out, const gf_multiplier_poly *p)
{
    algebra a;

    fmpz_poly_one(out);
    begin(&a, out);
    take(&a, &p->coef[p->degree]);
    set_poly(&a, a.p, p);
    mirror(&a, a.mirror, a.p);
    if (!fmpz_mpoly_gcd(a.g, a.p, a.mirror, a.ctx))
        fmpz_mpoly_one(a.g, a.ctx);
    fmpz_mpoly_divides(a.r, a.p, a.g, a.ctx);
    take_pairs(&a);
    take_others(&a);
    simplify(out);
    end(&a);
}

size_t gf_critical_steps(arb_ptr *out, slong *size, const fmpz_poly_t poly)
{
    slong degree = fmpz_poly_degree(poly);
    acb_ptr root;
    size_t count = 0;

    *size = degree > 0 ? degree : 1;
    *out = _arb_vec_init(*size);
    if (degree <= 0)
        return 0;
    root = _acb_vec_init(degree);
    arb_fmpz_poly_complex_roots(root, poly, 0, 64);
    /* real ones come first, ascending */
    for (slong i = 0; i < degree && arb_is_zero(acb_imagref(root + i)); i++)
        if (arb_is_positive(acb_realref(root + i)))
            arb_set(*out + count++, acb_realref(root + i));
    _acb_vec_clear(root, degree);
    return count;
}
