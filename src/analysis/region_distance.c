/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The largest level of the distance F below which it falls (region.h): the
 * least value of
 *
 *     h(x) = x^2/(2a) + (p_d x S/B)^2/(2b)
 *
 * on the smooth piece round D0. Near D0, where S and B vanish with orders one
 * and two, Taylor's formula bounds them: S = x S'(.), B = x^2 B''(.)/2, taken
 * anywhere between.
 */
#include <math.h>
#include <stdlib.h>

#include "analysis/region.h"
#include "expr/smooth.h"

/* The search ends this near to a value of h. */
#define NEAR_ENOUGH 1e-4
/* How far values of h are looked for, in powers of two. */
enum { OUTWARD = 60, INWARD = 30 };

typedef struct search {
    const gf_study *study;
    gf_smooth s, b; /* S and B */
    gf_interval x0;
    double p_d, a, bspeed;
    double most;
    gf_region_queue queue;
} search;

static double least_size(gf_interval x)
{
    return !x.defined || gf_interval_has_zero(x) ? 0
                                                 : fmin(fabs(x.lo), fabs(x.hi));
}

static double largest_size(gf_interval x)
{
    return x.defined ? fmax(fabs(x.lo), fabs(x.hi)) : INFINITY;
}

/* The interval of x from D0 out to a box. */
static gf_interval hull(const search *r, gf_interval x)
{
    return gf_interval_hull(r->x0, x);
}

/* A lower bound of |x S/B| over a box (as a coordinate) on one side of D0; 0
   where x S < 0 is not proved. */
static double ratio(search *r, gf_interval at)
{
    gf_interval dx = gf_interval_sub(at, r->x0), all = hull(r, at);
    gf_interval slope = gf_smooth_at(&r->s, all, 1);
    gf_interval bend = gf_smooth_at(&r->b, all, 2);
    double best = 0;

    if (slope.defined && gf_interval_negative(slope) && bend.defined)
        best = 2 * least_size(slope) / largest_size(bend);
    if (gf_interval_has_zero(dx))
        return best;
    gf_interval product = gf_interval_mul(dx, gf_smooth_at(&r->s, at, 0));
    if (!gf_interval_negative(product))
        return best;
    double size = largest_size(gf_smooth_at(&r->b, at, 0));
    double far = largest_size(bend) * pow(largest_size(dx), 2) / 2;
    double top = least_size(product);
    if (slope.defined && gf_interval_negative(slope))
        top = fmax(top, least_size(slope) * pow(least_size(dx), 2));
    return fmax(best, top / fmin(size, far));
}

/* A lower bound of h over a box. */
static double bound(search *r, const gf_region_box *box)
{
    gf_interval at = gf_interval_make(box->lo[0], box->hi[0], false);
    double near = least_size(gf_interval_sub(at, r->x0));
    double y = r->p_d * ratio(r, at);

    return near * near / (2 * r->a) + y * y / (2 * r->bspeed);
}

/* h at a point, as a number. */
static double value(search *r, double at)
{
    gf_interval x = gf_interval_point(at);
    gf_interval s = gf_smooth_at(&r->s, x, 0), b = gf_smooth_at(&r->b, x, 0);
    double dx = at - r->study->d0.value;
    double top = dx * (s.lo + s.hi) / 2, bottom = (b.lo + b.hi) / 2;

    if (!s.defined || !b.defined)
        return INFINITY;
    double y = top < 0 ? r->p_d * top / bottom : 0;
    return dx * dx / (2 * r->a) + y * y / (2 * r->bspeed);
}

/* F at the nearer end of the piece. */
static double end_level(const search *r, const gf_study_piece *p)
{
    double d0 = r->study->d0.value;
    double near = fmin(fabs(p->hi - d0), fabs(d0 - p->lo));

    return near * near / (2 * r->a);
}

/* The least of some values of h: a level that is too high. */
static void look_round(search *r, const gf_study_piece *p)
{
    double d0 = r->study->d0.value, unit = fmax(1, fabs(d0));

    for (int side = -1; side <= 1; side += 2) {
        double end = side < 0 ? p->lo : p->hi;
        for (int i = -INWARD; i < OUTWARD; i++) {
            double step = isfinite(end) ? (end - d0) * (i + INWARD + 1) /
                                              (INWARD + OUTWARD + 1)
                                        : side * unit * pow(2, i / 2.0);
            r->most = fmin(r->most, value(r, d0 + step));
        }
    }
}

static gf_status put(search *r, double lo, double hi)
{
    gf_region_box box = {.lo = {lo}, .hi = {hi}};

    box.key = bound(r, &box);
    r->most = fmin(r->most, value(r, lo / 2 + hi / 2));
    return gf_region_push(&r->queue, box);
}

/* Divides the lowest box until it is near enough to a value of h. */
static gf_status descend(gf_form *form, search *r, size_t most_boxes)
{
    gf_region_box box;
    gf_status status = GF_OK;

    form->level = r->most;
    while (!status && gf_region_pop(&box, &r->queue)) {
        form->level = fmin(box.key, r->most);
        double middle = box.lo[0] / 2 + box.hi[0] / 2;
        if (box.key >= r->most * (1 - NEAR_ENOUGH) ||
            ++form->boxes >= most_boxes ||
            !(middle > box.lo[0] && middle < box.hi[0]))
            break;
        status = put(r, box.lo[0], middle);
        if (!status)
            status = put(r, middle, box.hi[0]);
    }
    form->most = r->most;
    return status ? status : r->s.status ? r->s.status : r->b.status;
}

static gf_status find(gf_form *form, search *r, const gf_study_piece *p,
                      size_t most_boxes)
{
    double d0 = r->study->d0.value, end = end_level(r, p);
    gf_status status = GF_OK;

    r->most = end;
    look_round(r, p);
    double reach = sqrt(2 * r->a * r->most) * (1 + 1e-9);
    if (!isfinite(reach)) /* nothing to bound the search */
        return GF_OK;
    const double lo = fmax(p->lo, d0 - reach), hi = fmin(p->hi, d0 + reach);
    status = put(r, lo, d0);
    if (!status)
        status = put(r, d0, hi);
    if (!status)
        status = descend(form, r, most_boxes);
    form->is_domain = form->most == end;
    form->level = gf_region_level(form->level);
    if (form->level > 0)
        form->proved = GF_YES;
    else
        form->level = NAN;
    return status;
}

/* B = 0 and x S < 0: F falls wherever D is not D0. */
static bool is_free(const gf_study_piece *p, const gf_study *s, gf_expr b)
{
    return gf_expr_is_zero(s->graph, b) == GF_YES &&
           gf_chart_sign(&p->chart_s, p->lo, s->d0.lo) > 0 &&
           gf_chart_sign(&p->chart_s, s->d0.hi, p->hi) < 0;
}

gf_status gf_region_distance(gf_form *form, const gf_study *s,
                             const gf_classification *c, size_t most_boxes)
{
    const gf_study_piece *p = gf_study_home(s);
    gf_graph *graph = s->graph;
    search r = {.study = s,
                .x0 = gf_interval_make(s->d0.lo, s->d0.hi, false),
                .p_d = s->p_d_number,
                .a = s->a,
                .bspeed = s->b,
                .queue = {.error = s->error}};
    gf_status status;

    form->centre = (gf_vec2){s->d0.value, s->p_d_number};
    form->xx = 1 / (2 * s->a);
    form->yy = 1 / (2 * s->b);
    form->xy = 0;
    if (!p || c->restoring.holds != GF_YES || !(s->p_d_number > 0))
        return GF_OK;
    gf_expr b = gf_expr_simplify(
        graph,
        gf_expr_sum(graph,
                    gf_expr_product(graph,
                                    gf_expr_difference(graph, s->x, s->d0_expr),
                                    p->d2),
                    p->g));
    if (is_free(p, s, b)) {
        form->proved = GF_YES;
        form->level = form->most = end_level(&r, p);
        form->is_domain = true;
        return GF_OK;
    }
    status = gf_smooth_init(&r.s, graph, p->balance, s->x, s->error);
    if (!status) {
        status = gf_smooth_init(&r.b, graph, b, s->x, s->error);
        if (!status)
            status = find(form, &r, p, most_boxes);
        gf_smooth_clear(&r.b);
    }
    gf_smooth_clear(&r.s);
    free(r.queue.box);
    return status;
}
