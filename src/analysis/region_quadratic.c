/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The quadratic energy V = w^T P w, J^T P + P J = -1 [khalil2002, thm 4.6], and
 * the largest level below which it falls along the whole field.
 *
 * In the plane, for trace < 0 < det,
 *
 *     P = (det + adj(J)^T adj(J))/(-2 trace det)
 *
 * Boxes are parts of sectors, w = r u(angle) with V = r^2. Over one of them V'
 * is bounded in two ways: as 2 (P w).v, and by the mean value as w^T M w with
 * M = P J + J^T P and J the interval of the Jacobian from the rest point to the
 * box; the second decides near the rest point, where the first is 0/0.
 */
#include <math.h>
#include <stdlib.h>

#include "analysis/region.h"
#include "expr/node.h"
#include "expr/tape.h"
#include "field/kink.h"

#define NEAR_ENOUGH 1e-3

enum { SECTORS = 16, RAYS = 96 };

static const double two_pi = 6.283185307179586;

typedef struct search {
    const gf_field *field;
    gf_vec2 at;
    gf_interval place[2]; /* of the rest point */
    double p[3];          /* xx xy yy */
    double frame[3];      /* w = (frame0 c + frame1 s, frame2 s) r */
    double most;          /* of r */
    gf_interval *work;
    gf_region_queue queue;
} search;

/* --- the form ---------------------------------------------------------- */

static void make_form(gf_form *form, gf_mat2 j)
{
    double trace = j.xx + j.yy, det = j.xx * j.yy - j.xy * j.yx;
    double scale = -1 / (2 * trace * det);

    /* adj = (yy, -xy; -yx, xx) */
    form->xx = scale * (det + j.yy * j.yy + j.yx * j.yx);
    form->xy = scale * (-j.yy * j.xy - j.yx * j.xx);
    form->yy = scale * (det + j.xy * j.xy + j.xx * j.xx);
}

static void make_frame(search *s)
{
    double l11 = sqrt(s->p[0]), l21 = s->p[1] / l11;
    double l22 = sqrt(s->p[2] - l21 * l21);

    s->frame[0] = 1 / l11;
    s->frame[1] = -l21 / (l11 * l22);
    s->frame[2] = 1 / l22;
}

/* --- numbers, for where to look ---------------------------------------- */

/* V' at a point; NaN outside the domain. */
static double growth(const search *s, double r, double angle)
{
    double x = r * (s->frame[0] * cos(angle) + s->frame[1] * sin(angle));
    double y = r * s->frame[2] * sin(angle);
    gf_vec2 v = gf_field_at((gf_vec2){s->at.x + x, s->at.y + y}, s->field);

    return (s->p[0] * x + s->p[1] * y) * v.x +
           (s->p[1] * x + s->p[2] * y) * v.y;
}

/* The least r, over some rays, at which V does not fall or the domain ends. */
static void look_round(search *s)
{
    for (int k = 0; k < RAYS; k++) {
        double angle = two_pi * (k + 0.37) / RAYS, lo = 0, hi;
        for (hi = 1e-3; hi < s->most; hi *= 1.1) {
            if (!(growth(s, hi, angle) < 0))
                break;
            lo = hi;
        }
        if (hi >= s->most)
            continue;
        for (int i = 0; i < 40; i++) {
            double middle = lo / 2 + hi / 2;
            if (growth(s, middle, angle) < 0)
                lo = middle;
            else
                hi = middle;
        }
        s->most = fmin(s->most, hi);
    }
}

/* r of the level that touches the nearest end of the domain. */
static double end_radius(const search *s)
{
    double det = s->p[0] * s->p[2] - s->p[1] * s->p[1], least = INFINITY;
    const double at[2] = {s->at.x, s->at.y};
    const double across[2] = {s->p[2], s->p[0]};

    for (size_t i = 0; i < 2; i++) {
        gf_range d = s->field->domain[i];
        double near = fmin(at[i] - d.lo, d.hi - at[i]);
        least = fmin(least, near * sqrt(det / across[i]));
    }
    return least;
}

/* --- proofs ------------------------------------------------------------ */

static gf_interval times(double a, gf_interval x)
{
    return gf_interval_mul(gf_interval_point(a), x);
}

static gf_interval direction(const search *s, int axis, gf_interval angle)
{
    gf_interval y = gf_interval_sin(angle);

    if (axis == 1)
        return times(s->frame[2], y);
    return gf_interval_add(times(s->frame[0], gf_interval_cos(angle)),
                           times(s->frame[1], y));
}

/* M over the box, by rows xx, xy, yy. */
static void mean_form(gf_interval m[3], const search *s, const gf_interval *j)
{
    const double *p = s->p;

    m[0] = times(2, gf_interval_add(times(p[0], j[0]), times(p[1], j[2])));
    m[2] = times(2, gf_interval_add(times(p[1], j[1]), times(p[2], j[3])));
    m[1] =
        gf_interval_add(gf_interval_add(times(p[0], j[1]), times(p[1], j[3])),
                        gf_interval_add(times(p[1], j[0]), times(p[2], j[2])));
}

/* u^T M u < 0? */
static bool is_negative_form(const gf_interval m[3], const gf_interval u[2])
{
    gf_interval e = gf_interval_mul(gf_interval_powi(u[0], 2), m[0]);

    e = gf_interval_add(
        e, times(2, gf_interval_mul(gf_interval_mul(u[0], u[1]), m[1])));
    e = gf_interval_add(e, gf_interval_mul(gf_interval_powi(u[1], 2), m[2]));
    return gf_interval_negative(e);
}

static bool evaluate(gf_interval out[6], const search *s,
                     const gf_interval in[2])
{
    for (size_t i = 0; i < 2; i++) {
        gf_range d = s->field->domain[i];
        if (!(in[i].lo > d.lo && in[i].hi < d.hi))
            return false;
    }
    gf_tape_interval(out, s->field->tape, in, s->work);
    return true;
}

/* Does V fall all over the box (the rest point apart)? */
static bool falls(const search *s, const gf_region_box *box)
{
    gf_interval r = gf_interval_make(box->lo[0], box->hi[0], false);
    gf_interval angle = gf_interval_make(box->lo[1], box->hi[1], false);
    gf_interval reach = gf_interval_make(0, box->hi[0], false);
    gf_interval u[2], at[2], from[2], out[6], m[3];

    for (int i = 0; i < 2; i++) {
        u[i] = direction(s, i, angle);
        at[i] = gf_interval_add(s->place[i], gf_interval_mul(r, u[i]));
        from[i] = gf_interval_add(s->place[i], gf_interval_mul(reach, u[i]));
    }
    if (evaluate(out, s, from)) {
        mean_form(m, s, out + 2);
        if (is_negative_form(m, u))
            return true;
    }
    if (box->lo[0] == 0 || !evaluate(out, s, at))
        return false;
    gf_interval e = gf_interval_mul(
        gf_interval_add(times(s->p[0], u[0]), times(s->p[1], u[1])), out[0]);
    e = gf_interval_add(e,
                        gf_interval_mul(gf_interval_add(times(s->p[1], u[0]),
                                                        times(s->p[2], u[1])),
                                        out[1]));
    return gf_interval_negative(e);
}

static gf_status put(search *s, gf_region_box box)
{
    box.key = box.lo[0];
    return gf_region_push(&s->queue, box);
}

static gf_status divide(search *s, const gf_region_box *box)
{
    gf_region_box half[2] = {*box, *box};
    double turn = box->hi[1] - box->lo[1];
    int i = box->hi[0] - box->lo[0] > turn * box->hi[0] ? 0 : 1;
    double middle = box->lo[i] / 2 + box->hi[i] / 2;

    half[0].hi[i] = half[1].lo[i] = middle;
    double r = half[0].hi[0], angle = half[0].hi[1];
    if (!(growth(s, r, angle) < 0))
        s->most = fmin(s->most, r);
    gf_status status = put(s, half[0]);
    return status ? status : put(s, half[1]);
}

static gf_status descend(gf_form *form, search *s, size_t most_boxes)
{
    double reached = s->most;
    gf_region_box box;
    gf_status status = GF_OK;

    for (int k = 0; k < SECTORS && !status; k++)
        status = put(
            s, (gf_region_box){.lo = {0, two_pi * k / SECTORS},
                               .hi = {s->most, two_pi * (k + 1) / SECTORS}});
    while (!status && gf_region_pop(&box, &s->queue)) {
        reached = fmin(box.key, s->most);
        if (box.key >= s->most * (1 - NEAR_ENOUGH) ||
            ++form->boxes >= most_boxes)
            break;
        reached = s->most;
        if (!falls(s, &box))
            status = divide(s, &box);
    }
    form->level = gf_region_level(reached * reached);
    form->most = s->most * s->most;
    return status;
}

/* V falls on the whole domain: M is negative definite all over it. */
static bool falls_everywhere(const search *s)
{
    gf_interval in[2], out[6], m[3];

    for (size_t i = 0; i < 2; i++) {
        gf_range d = s->field->domain[i];
        in[i] = gf_interval_make(d.lo, d.hi, true);
    }
    gf_tape_interval(out, s->field->tape, in, s->work);
    mean_form(m, s, out + 2);
    gf_interval det =
        gf_interval_sub(gf_interval_mul(m[0], m[2]), gf_interval_powi(m[1], 2));
    return gf_interval_negative(m[0]) && gf_interval_positive(det);
}

gf_status gf_region_quadratic(gf_form *form, const gf_classification *c,
                              size_t most_boxes, gf_error *error)
{
    const gf_rest_point *point = &c->point[c->wanted];
    search s = {.field = c->field, .at = point->at, .queue = {.error = error}};
    gf_status status = GF_OK;

    if (!point->smooth || point->line || gf_field_has_kinks(c->field) ||
        point->stability != GF_STABILITY_ASYMPTOTICALLY_STABLE ||
        point->evidence != GF_EVIDENCE_LINEARISATION)
        return GF_OK;
    make_form(form, point->spectrum.jacobian);
    form->centre = point->at;
    s.p[0] = form->xx;
    s.p[1] = form->xy;
    s.p[2] = form->yy;
    for (int i = 0; i < 2; i++) {
        double x = i ? point->at.y : point->at.x;
        s.place[i] =
            gf_interval_make(x - point->error, x + point->error, false);
    }
    s.work = malloc(gf_tape_slots(c->field->tape) * sizeof *s.work);
    if (!s.work)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    make_frame(&s);
    double end = end_radius(&s);
    if (falls_everywhere(&s)) {
        form->level = form->most =
            isfinite(end) ? gf_region_level(end * end) : INFINITY;
        form->is_domain = true;
    } else {
        s.most = fmin(end, 1e6);
        look_round(&s);
        status = descend(form, &s, most_boxes);
        form->is_domain = s.most == end;
    }
    form->proved = form->level > 0 ? GF_YES : GF_UNKNOWN;
    if (form->proved != GF_YES)
        form->level = NAN;
    free(s.work);
    free(s.queue.box);
    return status;
}
