/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values of a plan are polynomials in a value that an instruction makes, so
 * that signs, factors and small sums cost nothing until they are needed, and
 * then one instruction.  Products are not multiplied out: x (1 - x) is more
 * exact than x - x^2.
 */
#include <stdlib.h>
#include <string.h>

#include "motion/plan.h"

gf_poly gf_poly_constant(double c)
{
    return (gf_poly){GF_PLAN_ONE, 0, {c}};
}

gf_poly gf_poly_value(uint32_t value)
{
    return (gf_poly){value, 1, {0, 1}};
}

/* --- instructions ------------------------------------------------------ */

static bool is_same(const gf_plan_op *a, const gf_plan_op *b)
{
    return a->op == b->op && a->a == b->a && a->b == b->b &&
           a->call1 == b->call1 && a->call2 == b->call2 &&
           memcmp(a->number, b->number, sizeof a->number) == 0;
}

static uint32_t append(gf_plan *plan, gf_plan_op op)
{
    enum { FIRST = 32, LOOK_BACK = 256 };
    size_t from = plan->count > LOOK_BACK ? plan->count - LOOK_BACK : 0;

    for (size_t i = from; i < plan->count; i++)
        if (is_same(&plan->op[i], &op))
            return (uint32_t)(GF_PLAN_FIRST + i);
    if (plan->count == plan->capacity) {
        size_t wanted = plan->capacity ? 2 * plan->capacity : FIRST;
        gf_plan_op *moved = realloc(plan->op, wanted * sizeof *moved);
        if (!moved) {
            free(plan->op);
            plan->op = NULL;
            plan->count = plan->capacity = 0;
            plan->failed = true;
            return 0;
        }
        plan->op = moved;
        plan->capacity = wanted;
    }
    plan->op[plan->count] = op;
    return (uint32_t)(GF_PLAN_FIRST + plan->count++);
}

static bool is_monomial(const gf_poly *p)
{
    for (int i = 0; i < p->degree; i++)
        if (p->c[i] != 0)
            return false;
    return true;
}

uint32_t gf_plan_emit(gf_plan *plan, const gf_poly *p)
{
    static const gf_lane_op horner[] = {
        GF_LANE_SCALE,   GF_LANE_AFFINE,  GF_LANE_HORNER2, GF_LANE_HORNER3,
        GF_LANE_HORNER4, GF_LANE_HORNER5, GF_LANE_HORNER6};
    gf_plan_op op = {.op = horner[p->degree], .a = p->base};
    bool is_unit = p->c[p->degree] == 1 && is_monomial(p);

    memcpy(op.number, p->c, (size_t)(p->degree + 1) * sizeof *p->c);
    if (p->degree == 0)
        return p->c[0] == 1 ? GF_PLAN_ONE : append(plan, op);
    if (p->degree == 1 && p->c[0] == 0) {
        if (is_unit)
            return p->base;
        op.op = p->c[1] == -1 ? GF_LANE_NEG : GF_LANE_SCALE;
        op.number[0] = p->c[1] == -1 ? 0 : p->c[1];
        op.number[1] = 0;
    } else if (p->degree == 1 && (p->c[1] == 1 || p->c[1] == -1)) {
        op.op = p->c[1] == 1 ? GF_LANE_ADD_NUMBER : GF_LANE_NUMBER_SUB;
        op.number[1] = 0;
    } else if (p->degree <= 3 && is_unit) {
        op.op = p->degree == 2 ? GF_LANE_SQUARE : GF_LANE_CUBE;
        op.number[p->degree] = 0;
    }
    return append(plan, op);
}

gf_poly gf_plan_unary(gf_plan *plan, gf_lane_op op, const gf_poly *p)
{
    return gf_poly_value(
        append(plan, (gf_plan_op){.op = op, .a = gf_plan_emit(plan, p)}));
}

gf_poly gf_plan_binary(gf_plan *plan, gf_lane_op op, const gf_poly *p,
                       const gf_poly *q)
{
    uint32_t a = gf_plan_emit(plan, p), b = gf_plan_emit(plan, q);

    return gf_poly_value(append(plan, (gf_plan_op){.op = op, .a = a, .b = b}));
}

gf_poly gf_plan_call(gf_plan *plan, double (*call1)(double),
                     double (*call2)(double, double), const gf_poly *p,
                     const gf_poly *q)
{
    gf_plan_op op = {.op = call1 ? GF_LANE_CALL1 : GF_LANE_CALL2,
                     .a = gf_plan_emit(plan, p),
                     .b = gf_plan_emit(plan, q),
                     .call1 = call1,
                     .call2 = call2};

    return gf_poly_value(append(plan, op));
}

gf_poly gf_plan_part(gf_plan *plan, gf_lane_op op, const gf_poly *p, int part)
{
    gf_plan_op all = {.op = op, .a = gf_plan_emit(plan, p)};
    gf_plan_op one = {.op = GF_LANE_PART, .number = {part}};

    one.a = append(plan, all);
    return gf_poly_value(append(plan, one));
}

/* --- arithmetic -------------------------------------------------------- */

/* The degree without leading zeros. */
static void trim(gf_poly *p)
{
    while (p->degree > 0 && p->c[p->degree] == 0)
        p->degree--;
}

gf_poly gf_plan_scale(const gf_poly *p, double by)
{
    gf_poly out = *p;

    for (int i = 0; i <= out.degree; i++)
        out.c[i] = p->c[i] == 0 ? 0 : p->c[i] * by;
    trim(&out);
    return out;
}

gf_poly gf_plan_add(gf_plan *plan, const gf_poly *p, const gf_poly *q)
{
    const gf_poly *long_one = p->degree >= q->degree ? p : q;
    const gf_poly *other = p->degree >= q->degree ? q : p;
    gf_poly out = *long_one;

    if (other->degree == 0 || other->base == long_one->base) {
        for (int i = 0; i <= other->degree; i++)
            out.c[i] += other->c[i];
        trim(&out);
        return out;
    }
    if (q->degree == 1 && q->c[0] == 0 && q->c[1] == -1) {
        gf_poly positive = gf_poly_value(q->base);
        return gf_plan_binary(plan, GF_LANE_SUB, p, &positive);
    }
    if (p->degree == 1 && p->c[0] == 0 && p->c[1] == -1) {
        gf_poly positive = gf_poly_value(p->base);
        return gf_plan_binary(plan, GF_LANE_SUB, q, &positive);
    }
    return gf_plan_binary(plan, GF_LANE_ADD, p, q);
}

/* c and m with p = c m, m being a unit where p is a monomial. */
static double take_factor(gf_poly *p)
{
    double c = p->c[p->degree];

    if (!is_monomial(p))
        return 1;
    p->c[p->degree] = 1;
    return c;
}

gf_poly gf_plan_mul(gf_plan *plan, const gf_poly *p, const gf_poly *q)
{
    gf_poly a = *p, b = *q, out = {.base = p->base};

    if (p->degree == 0)
        return gf_plan_scale(q, p->c[0]);
    if (q->degree == 0)
        return gf_plan_scale(p, q->c[0]);
    if (p->base == q->base && is_monomial(p) && is_monomial(q) &&
        p->degree + q->degree <= GF_PLAN_DEGREE) {
        out.degree = p->degree + q->degree;
        out.c[out.degree] = p->c[p->degree] * q->c[q->degree];
        return out;
    }
    double factor = take_factor(&a);
    factor *= take_factor(&b);
    out = gf_plan_binary(plan, GF_LANE_MUL, &a, &b);
    return gf_plan_scale(&out, factor);
}

gf_poly gf_plan_power(gf_plan *plan, const gf_poly *p, uint32_t n)
{
    gf_poly base = *p, out = gf_poly_constant(1);
    double factor = take_factor(&base);

    base = gf_poly_value(gf_plan_emit(plan, &base));
    if (n <= GF_PLAN_DEGREE) {
        out = (gf_poly){.base = base.base, .degree = (int)n};
        out.c[n] = 1;
        for (uint32_t i = 0; i < n; i++)
            out.c[n] *= factor;
        return out;
    }
    base = gf_plan_scale(&base, factor);
    for (; n; n >>= 1) {
        base = gf_poly_value(gf_plan_emit(plan, &base));
        if (n & 1)
            out = gf_plan_mul(plan, &out, &base);
        base = gf_plan_mul(plan, &base, &base);
    }
    return out;
}

gf_poly gf_plan_div(gf_plan *plan, const gf_poly *p, const gf_poly *q,
                    bool is_shared)
{
    gf_poly below = *q, out;
    double factor = take_factor(&below);

    if (q->degree == 0)
        return gf_plan_scale(p, 1 / q->c[0]);
    if (is_monomial(&below) && below.degree > 1) {
        out = gf_poly_value(below.base);
        out = gf_plan_unary(plan, GF_LANE_RECIPROCAL, &out);
        out = gf_plan_power(plan, &out, (uint32_t)below.degree);
        out = gf_plan_mul(plan, p, &out);
    } else if (is_shared || p->degree == 0) {
        out = gf_plan_unary(plan, GF_LANE_RECIPROCAL, &below);
        out = gf_plan_mul(plan, p, &out);
    } else {
        out = gf_plan_binary(plan, GF_LANE_DIV, p, &below);
    }
    return gf_plan_scale(&out, 1 / factor);
}
