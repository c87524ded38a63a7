/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Planar fields: zeros by Newton from many starts. */
#include "brute.h"

#include <math.h>

#include "expr/tape.h"
#include "harness.h"

enum { PRECISION = 200 };

/* A zero by damped Newton steps in doubles. */
static bool newton(gf_vec2 *z, const gf_field *f)
{
    for (int i = 0; i < 60; i++) {
        gf_vec2 v = gf_field_at(*z, f);
        gf_mat2 j = gf_field_jacobian(*z, f);
        double det = j.xx * j.yy - j.xy * j.yx, share = 1;
        gf_vec2 step = {(j.yy * v.x - j.xy * v.y) / det,
                        (j.xx * v.y - j.yx * v.x) / det};
        if (!isfinite(step.x + step.y))
            return false;
        if (hypot(step.x, step.y) <= 1e-13 * fmax(1, hypot(z->x, z->y)))
            return fabs(det) > 1e-6 * (j.xx * j.xx + j.xy * j.xy + j.yx * j.yx +
                                       j.yy * j.yy);
        if (hypot(step.x, step.y) > 1)
            share = 1 / hypot(step.x, step.y);
        z->x -= share * step.x;
        z->y -= share * step.y;
    }
    return false;
}

static bool is_listed(const brute *b, gf_vec2 z)
{
    for (size_t i = 0; i < b->c->count; i++) {
        const gf_rest_point *p = &b->c->point[i];
        double scale = fmax(1, hypot(z.x, z.y));
        if (p->line || hypot(p->at.x - z.x, p->at.y - z.y) < 1e-8 * scale)
            return true;
    }
    return false;
}

static void look_for_more(brute *b)
{
    const gf_field *f = b->field;

    for (size_t i = 0; i < b->samples; i++) {
        gf_vec2 z = {random_between(&b->seed, -6, 6),
                     random_between(&b->seed, -6, 6)};
        if (!gf_range_has(f->domain[0], z.x) ||
            !gf_range_has(f->domain[1], z.y) || !newton(&z, f) ||
            !gf_range_has(f->domain[0], z.x) ||
            !gf_range_has(f->domain[1], z.y))
            continue;
        if (b->c->complete == GF_YES && !is_listed(b, z))
            brute_complain(b, "complete, but (%.17g, %.17g) is at rest", z.x,
                           z.y);
    }
}

/* The velocity at a proved rest point is zero within its error. */
static void check_rest(brute *b, const gf_rest_point *p)
{
    arb_ptr z = _arb_vec_init(2), v = _arb_vec_init(6);
    const double at[2] = {p->at.x, p->at.y};

    for (int i = 0; i < 2; i++) {
        arb_set_d(z + i, at[i]);
        mag_set_d(arb_radref(z + i), p->error);
        if (p->exact[0])
            gf_expr_ball(z + i, b->field->graph, p->exact[i], PRECISION);
    }
    if (gf_tape_ball(v, b->field->velocity_tape, z, PRECISION) != GF_OK ||
        !arb_is_finite(v) || !arb_is_finite(v + 1) || !arb_contains_zero(v) ||
        !arb_contains_zero(v + 1))
        brute_complain(b, "no rest point at (%.17g, %.17g)", p->at.x, p->at.y);
    _arb_vec_clear(z, 2);
    _arb_vec_clear(v, 6);
}

/* d/dt of the quadratic is 0 near its rest point. */
static void check_quadratic(brute *b, const gf_rest_point *p)
{
    const gf_quadratic *q = &b->c->quadratic;

    for (int i = 0; i < 20; i++) {
        double x = random_between(&b->seed, -1e-3, 1e-3);
        double y = random_between(&b->seed, -1e-3, 1e-3);
        gf_vec2 v = gf_field_at((gf_vec2){p->at.x + x, p->at.y + y}, b->field);
        double one = 2 * (q->xx * x + q->xy * y) * v.x;
        double two = 2 * (q->xy * x + q->yy * y) * v.y;
        if (fabs(one + two) > 1e-9 * (fabs(one) + fabs(two)))
            brute_complain(b, "the quadratic is not conserved");
    }
}

void brute_planar(brute *b)
{
    const gf_classification *c = b->c;

    for (size_t i = 0; i < c->count; i++)
        if (c->point[i].smooth && !c->point[i].line &&
            isfinite(c->point[i].error))
            check_rest(b, &c->point[i]);
    if (c->quadratic.conserved && c->wanted < c->count)
        check_quadratic(b, &c->point[c->wanted]);
    look_for_more(b);
}
