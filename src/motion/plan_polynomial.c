/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Polynomial fields, whose steps are one instruction each. */
#include "motion/plan.h"

bool gf_plan_expand(gf_poly *out, const gf_poly *p, const gf_poly *q)
{
    gf_poly product = {.base = GF_PLAN_X, .degree = p->degree + q->degree};

    if ((p->degree > 0 && p->base != GF_PLAN_X) ||
        (q->degree > 0 && q->base != GF_PLAN_X) ||
        product.degree > GF_PLAN_DEGREE)
        return false;
    for (int i = 0; i <= p->degree; i++)
        for (int k = 0; k <= q->degree; k++)
            product.c[i + k] += p->c[i] * q->c[k];
    *out = product;
    return true;
}

/* The degree for which the plan needs a kernel because of one root. */
static int degree_for(const gf_poly *p, bool is_slope)
{
    if (p->degree > 0 && p->base != GF_PLAN_X)
        return GF_PLAN_DEGREE + 1;
    return p->degree + is_slope;
}

static void write(double *c, const gf_poly *p, double factor, double offset)
{
    for (int k = 0; k <= p->degree; k++)
        c[k] = factor * p->c[k];
    c[0] += offset;
}

void gf_plan_find_polynomials(gf_plan *plan, const gf_poly *const root[3])
{
    const gf_lane_field *field = &plan->field;
    int degree = 2;

    for (size_t i = 0; i < 3; i++) {
        int needed = degree_for(root[i], i < 2);
        degree = needed > degree ? needed : degree;
    }
    degree += degree % 2;
    plan->is_polynomial = degree <= GF_PLAN_DEGREE;
    plan->degree = degree;
    if (!plan->is_polynomial)
        return;
    write(plan->number, root[0], field->p, 0);
    write(plan->number + degree, root[1], field->q, 0);
    write(plan->number + 2 * degree, root[2], field->r, -field->s);
}
