/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Multipliers at one step: the roots of a polynomial with whole coefficients,
   as balls [johansson2017]. */
#include "analysis/critical.h"

#include <math.h>

#include <flint/fmpq_poly.h>

enum { FEW_BITS = 64, MANY_BITS = 512 };

/* The polynomial in mu at a step, without common content. */
static void at_step(fmpz_poly_t out, const gf_multiplier_poly *p,
                    const fmpq_t h)
{
    fmpq_poly_t q;
    fmpq_t c;

    fmpq_poly_init(q);
    fmpq_init(c);
    for (size_t i = 0; i <= p->degree; i++) {
        fmpz_poly_evaluate_fmpq(c, &p->coef[i], h);
        fmpq_poly_set_coeff_fmpq(q, (slong)i, c);
    }
    fmpq_poly_get_numerator(out, q);
    fmpz_poly_primitive_part(out, out);
    fmpq_poly_clear(q);
    fmpq_clear(c);
}

void gf_multipliers_clear(gf_multipliers *m)
{
    if (m->root)
        _acb_vec_clear(m->root, m->size);
    *m = (gf_multipliers){.root = NULL};
}

/* Adds the roots of a polynomial without multiple ones, so many times each. */
static void add_roots(gf_multipliers *m, const fmpz_poly_t q, slong times,
                      slong precision)
{
    slong degree = fmpz_poly_degree(q);
    acb_ptr root = _acb_vec_init(degree);

    arb_fmpz_poly_complex_roots(root, q, 0, precision);
    for (slong i = 0; i < degree; i++)
        for (slong k = 0; k < times; k++)
            acb_set(m->root + m->count++, root + i);
    _acb_vec_clear(root, degree);
}

static double size_of(const acb_t x)
{
    return hypot(arf_get_d(arb_midref(acb_realref(x)), ARF_RND_NEAR),
                 arf_get_d(arb_midref(acb_imagref(x)), ARF_RND_NEAR));
}

/* Largest first; conjugates with the positive imaginary part first. */
static void sort(gf_multipliers *m)
{
    for (slong i = 1; i < m->count; i++) {
        for (slong k = i; k > 0; k--) {
            double a = size_of(m->root + k - 1), b = size_of(m->root + k);
            bool is_turned = fabs(a - b) <= 1e-15 * a &&
                             arf_sgn(arb_midref(acb_imagref(m->root + k))) > 0;
            if (b <= a * (1 + 1e-15) && !is_turned)
                break;
            acb_swap(m->root + k - 1, m->root + k);
        }
    }
}

void gf_multipliers_at(gf_multipliers *m, const gf_multiplier_poly *p,
                       const fmpq_t h, slong precision)
{
    fmpz_poly_factor_t factor;
    fmpz_poly_t q;

    gf_multipliers_clear(m);
    m->size = (slong)p->degree;
    m->root = _acb_vec_init(m->size);
    fmpz_poly_init(q);
    fmpz_poly_factor_init(factor);
    at_step(q, p, h);
    m->lost = (slong)p->degree - fmpz_poly_degree(q);
    fmpz_poly_factor_squarefree(factor, q);
    for (slong i = 0; i < factor->num; i++)
        add_roots(m, factor->p + i, factor->exp[i], precision);
    sort(m);
    fmpz_poly_factor_clear(factor);
    fmpz_poly_clear(q);
}

/* The sign of |x| - 1. */
static gf_sign circle_of(const acb_t x, slong precision)
{
    gf_sign sign;
    arb_t size;

    arb_init(size);
    acb_abs(size, x, 2 * precision);
    arb_sub_si(size, size, 1, 2 * precision);
    sign = gf_sign_of_ball(size);
    arb_clear(size);
    return sign;
}

gf_sign gf_multipliers_circle(const gf_multiplier_poly *p, const fmpq_t h)
{
    gf_multipliers m = {.root = NULL};
    gf_sign answer = GF_SIGN_UNKNOWN;

    for (slong bits = FEW_BITS; bits <= MANY_BITS; bits *= 2) {
        bool is_open = false;
        gf_multipliers_at(&m, p, h, bits);
        answer = m.lost > 0 ? GF_SIGN_POSITIVE : GF_SIGN_NEGATIVE;
        for (slong i = 0; i < m.count && answer != GF_SIGN_POSITIVE; i++) {
            gf_sign sign = circle_of(m.root + i, bits);
            if (sign == GF_SIGN_POSITIVE)
                answer = sign;
            else if (sign != GF_SIGN_NEGATIVE)
                is_open = true;
        }
        if (answer == GF_SIGN_POSITIVE || !is_open)
            break;
        answer = GF_SIGN_ZERO;
    }
    gf_multipliers_clear(&m);
    return answer;
}

double gf_multipliers_radius(const gf_multiplier_poly *p, double h)
{
    gf_multipliers m = {.root = NULL};
    double radius = 0;
    fmpq_t at;

    fmpq_init(at);
    gf_rational_of(at, h);
    gf_multipliers_at(&m, p, at, FEW_BITS);
    if (m.lost > 0)
        radius = INFINITY;
    else if (m.count > 0)
        radius = size_of(m.root);
    gf_multipliers_clear(&m);
    fmpq_clear(at);
    return radius;
}
