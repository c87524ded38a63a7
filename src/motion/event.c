/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A step is cut at the extremes of its quantity, so that each piece changes
 * sign at most once; in a piece that does, the root is found by Brent's method
 * [brent1973] on states that the method itself comes to from the step's start.
 */
#include "motion/event.h"

#include <gsl/gsl_errno.h>
#include <math.h>

#include "motion/section.h"

/* A polynomial whose sign is clear by so much of its range over a step is
   believed; anything closer is looked at in the step itself. */
#define CLEAR_MARGIN 0.02
/* How near a root is found, absolutely and relative to the time. */
#define TIME_ERROR 1e-14
#define TIME_ERROR_RELATIVE 1e-15

enum { ROOT_STEPS = 100, POLISH_STEPS = 3 };

/* --- reading ----------------------------------------------------------- */

static gf_reading read_slopes(gf_slopes e, double noise, const gf_node *node)
{
    gf_vec2 v = node->v, a = node->a;

    return (gf_reading){e.value, e.gradient.x * v.x + e.gradient.y * v.y,
                        e.gradient.x * a.x + e.gradient.y * a.y +
                            e.xx * v.x * v.x + 2 * e.xy * v.x * v.y +
                            e.yy * v.y * v.y,
                        noise};
}

static gf_reading read_line(const gf_event *event, const gf_stepper *s,
                            const gf_node *node)
{
    double noise;
    gf_slopes e = gf_side_line(&s->on, event->line, node->at, &noise);
    double terms = fabs(e.gradient.x) * (1 + fabs(node->at.x)) +
                   fabs(e.gradient.y) * (1 + fabs(node->at.y));

    return read_slopes(e, fmax(noise, s->graze * terms), node);
}

/* How hard the velocity on one side of a line leads to it. */
static gf_reading read_push(const gf_event *event, const gf_stepper *s,
                            const gf_node *node)
{
    gf_slopes e = gf_side_push(&s->on, event->line, event->side < 0, node->at);
    double rate = e.gradient.x * node->v.x + e.gradient.y * node->v.y;

    return (gf_reading){event->side * e.value, event->side * rate, NAN, 0};
}

static gf_reading read_ball(const gf_event *event, const gf_node *node)
{
    double x = node->at.x - event->centre.x, y = node->at.y - event->centre.y;
    gf_vec2 v = node->v, a = node->a;

    return (gf_reading){x * x + y * y - event->bound * event->bound,
                        2 * (x * v.x + y * v.y),
                        2 * (v.x * v.x + v.y * v.y + x * a.x + y * a.y), 0};
}

/* How hard the field presses a held coordinate out of its range. */
static gf_reading read_pressure(const gf_event *event, const gf_stepper *s,
                                const gf_node *node)
{
    gf_side free = gf_side_free(&s->on);
    double v = gf_side_velocity(&free, node->at).y;
    gf_mat2 m = gf_side_jacobian(&free, node->at);

    return (gf_reading){-event->side * v, -event->side * m.yx * node->v.x, NAN,
                        0};
}

/* The quantity at a node whose acceleration is known. */
static gf_reading read_event(const gf_event *event, const gf_stepper *s,
                             const gf_node *node)
{
    bool is_first = event->axis == 0;
    double at = is_first ? node->at.x : node->at.y;
    double v = is_first ? node->v.x : node->v.y;
    double a = is_first ? node->a.x : node->a.y;

    switch (event->kind) {
    case GF_EVENT_SECTION:
        return read_slopes(gf_section_at(event->section, node->at), 0, node);
    case GF_EVENT_LINE:
        return read_line(event, s, node);
    case GF_EVENT_PUSH:
        return read_push(event, s, node);
    case GF_EVENT_BALL:
        return read_ball(event, node);
    case GF_EVENT_PRESSURE:
        return read_pressure(event, s, node);
    default:
        return (gf_reading){event->side * (at - event->bound), event->side * v,
                            event->side * a, 0};
    }
}

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

static int sign_at(gf_reading r)
{
    return fabs(r.value) <= r.noise ? 0 : sign(r.value);
}

/* The sign just after a moment; 0 where rounding hides it. */
static int sign_after(gf_reading r)
{
    if (r.value != 0 || r.noise > 0)
        return sign_at(r);
    if (r.slope != 0)
        return sign(r.slope);
    return sign(r.bend);
}

int gf_event_sign(const gf_event *event, const gf_stepper *s,
                  const gf_node *node)
{
    return sign_after(read_event(event, s, node));
}

/* --- the root between two times ---------------------------------------- */

typedef struct search {
    const gf_event *event;
    gf_stepper *stepper;
    const gf_node *from; /* of the step */
} search;

static bool probe(const search *look, gf_node *node, gf_reading *r, double t)
{
    if (!gf_stepper_reach(look->stepper, node, look->from, t))
        return false;
    gf_stepper_complete(look->stepper, node);
    *r = read_event(look->event, look->stepper, node);
    return true;
}

static double value_at(double t, void *params)
{
    gf_node node;
    gf_reading r;

    return probe(params, &node, &r, t) ? r.value : NAN;
}

/* The node at the later end of a bracket that is as small as can be; `to` if
   the step cannot be taken in part. */
static gf_node narrow(search *look, gsl_root_fsolver *solver,
                      const gf_node *from, const gf_node *to)
{
    gsl_function function = {value_at, look};
    gf_node node;
    gf_reading r;
    double lo = from->t, hi = to->t;
    int status = gsl_root_fsolver_set(solver, &function, lo, hi);

    for (int i = 0; i < ROOT_STEPS && status == GSL_SUCCESS; i++) {
        status = gsl_root_fsolver_iterate(solver);
        lo = gsl_root_fsolver_x_lower(solver);
        hi = gsl_root_fsolver_x_upper(solver);
        if (gsl_root_test_interval(lo, hi, TIME_ERROR, TIME_ERROR_RELATIVE) ==
            GSL_SUCCESS)
            break;
    }
    if (!probe(look, &node, &r, hi))
        return *to;
    return node;
}

/* --- the changes of one step ------------------------------------------- */

typedef struct probed {
    gf_node node;
    gf_reading r;
} probed;

/* Moves a time to the extreme next to it, inside of (lo, hi). */
static bool polish(const search *look, probed *out, double t, double lo,
                   double hi)
{
    for (int i = 0;; i++) {
        if (!probe(look, &out->node, &out->r, t))
            return false;
        double better = t - out->r.slope / out->r.bend;
        if (i == POLISH_STEPS || !(better > lo && better < hi))
            return true;
        t = better;
    }
}

/* The ends of a step and its extremes in between: pieces on each of which the
   quantity is monotone. */
static size_t cut(probed out[static GF_CHANGES_MAX], const search *look,
                  const gf_hermite *p, const gf_node *to, gf_reading last)
{
    const gf_node *from = look->from;
    double x[GF_HERMITE_EXTREMES], h = to->t - from->t;
    size_t count = 1, extremes = gf_hermite_extremes(x, p);

    for (size_t i = 0; i < extremes; i++) {
        double lo = out[count - 1].node.t;
        double hi = i + 1 < extremes ? from->t + x[i + 1] * h : to->t;
        if (polish(look, &out[count], from->t + x[i] * h, lo, hi))
            count++;
    }
    out[count] = (probed){*to, last};
    return count + 1;
}

size_t gf_event_find(gf_change out[static GF_CHANGES_MAX], gf_event *event,
                     gf_stepper *s, gsl_root_fsolver *solver,
                     const gf_node *from, const gf_node *to)
{
    search look = {event, s, from};
    probed piece[GF_CHANGES_MAX];
    gf_reading first = read_event(event, s, from);
    gf_reading last = read_event(event, s, to);
    gf_hermite p = gf_hermite_of(first, last, to->t - from->t);
    size_t count = 0;

    if (sign_at(first) == event->sign && sign_at(last) == event->sign &&
        gf_hermite_is_clear(&p, CLEAR_MARGIN))
        return 0;
    piece[0] = (probed){*from, first};
    size_t pieces = cut(piece, &look, &p, to, last);
    /* A change at the very end of a step belongs to the next one. */
    int now = sign_after(first);
    if (now != 0 && now != event->sign)
        out[count++] = (gf_change){event, *from, now};
    now = now ? now : event->sign;
    for (size_t i = 1; i < pieces; i++) {
        int then = sign_at(piece[i].r);
        if (then == 0 || then == now)
            continue;
        if (now != 0) {
            gf_node node =
                narrow(&look, solver, &piece[i - 1].node, &piece[i].node);
            out[count++] = (gf_change){event, node, then};
        }
        now = then;
    }
    event->sign = now;
    return count;
}
