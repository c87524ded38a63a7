/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/trace.h"

#include <math.h>

/* A kink is crossed in one or two of the shortest steps; where both sides lead
   to it, there is no end of them. */
enum { STAGES = 7, MOST_FORCED = 6 };

/* Points; radians. */
static const double tolerance = 1e-5, longest = 6, shortest = 1e-3;
static const double most_turn = 0.4;

typedef struct walker {
    const gf_tracer *tracer;
    int sense;
    size_t evaluations;
    gf_vec2 at, way; /* way: the direction at `at` */
    double length, step;
    gf_vec2 k[STAGES], next; /* of the step tried */
    double error;
    int forced; /* steps in a row that were as short as can be */
} walker;

static gf_vec2 direction(walker *w, gf_vec2 p)
{
    const gf_wind *wind = &w->tracer->wind;

    w->evaluations++;
    return gf_vec2_times(w->sense, gf_vec2_unit(wind->at(p, wind->ctx)));
}

/* One step of the pair; false where a stage has no direction. */
static bool try_step(walker *w)
{
    static const double a[STAGES][STAGES - 1] = {
        {0},
        {1. / 5},
        {3. / 40, 9. / 40},
        {44. / 45, -56. / 15, 32. / 9},
        {19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
        {9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
        {35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84}};
    static const double off[STAGES] = {
        71. / 57600,      0,         -71. / 16695, 71. / 1920,
        -17253. / 339200, 22. / 525, -1. / 40};
    gf_vec2 error = {0, 0};

    w->k[0] = w->way;
    for (int i = 1; i < STAGES; i++) {
        gf_vec2 p = w->at;
        for (int j = 0; j < i; j++)
            p = gf_vec2_along(p, w->step * a[i][j], w->k[j]);
        w->k[i] = direction(w, p);
        if (!gf_vec2_finite(w->k[i]))
            return false;
        w->next = p;
    }
    for (int i = 0; i < STAGES; i++)
        error = gf_vec2_along(error, w->step * off[i], w->k[i]);
    w->error = gf_vec2_size(error);
    return true;
}

/* Tries ever shorter steps until one is good: GF_HALT_TAKEN for a good one. */
static gf_halt find_step(walker *w)
{
    for (;;) {
        double agree, factor;
        if (w->evaluations > w->tracer->evaluations)
            return GF_HALT_BUDGET;
        if (!try_step(w)) {
            if (w->step <= shortest)
                return GF_HALT_DOMAIN;
            w->step = fmax(shortest, w->step / 4);
            continue;
        }
        agree = gf_vec2_dot(w->way, w->k[STAGES - 1]);
        if (w->error <= tolerance && agree >= cos(most_turn)) {
            if (w->step > 50 * shortest)
                w->forced = 0;
            return GF_HALT_TAKEN;
        }
        if (w->step <= shortest) {
            w->forced++;
            return agree < -0.5 || w->forced > MOST_FORCED ? GF_HALT_REST
                                                           : GF_HALT_TAKEN;
        }
        factor = 0.9 * pow(tolerance / fmax(w->error, 1e-12), 0.2);
        w->step = fmax(shortest, w->step * fmin(0.5, fmax(0.1, factor)));
    }
}

/* Hermite's cubic on the step, t from 0 to 1. */
static gf_vec2 between(const walker *w, double t)
{
    double u = 1 - t;
    gf_vec2 p = gf_vec2_times(u * u * (1 + 2 * t), w->at);

    p = gf_vec2_along(p, t * t * (3 - 2 * t), w->next);
    p = gf_vec2_along(p, w->step * u * u * t, w->way);
    return gf_vec2_along(p, -w->step * t * t * u, w->k[STAGES - 1]);
}

/* Tells the points of a good step. */
static gf_halt tell_step(walker *w, gf_taker *take, void *ctx)
{
    int parts = (int)ceil(w->step / w->tracer->step - 1e-9);
    gf_vec2 last = w->at;

    for (int i = 1; i <= parts; i++) {
        double t = (double)i / parts;
        gf_vec2 p = i == parts ? w->next : between(w, t);
        if (!gf_box_has(w->tracer->box, p)) {
            p = gf_box_exit(w->tracer->box, last, p);
            take(p, w->length + gf_vec2_far(w->at, p), ctx);
            return GF_HALT_FRAME;
        }
        if (!take(p, w->length + t * w->step, ctx))
            return GF_HALT_TAKEN;
        last = p;
    }
    return GF_HALT_BUDGET;
}

gf_halt gf_trace(const gf_tracer *tracer, gf_vec2 p, int sense, gf_taker *take,
                 void *ctx)
{
    walker w = {.tracer = tracer, .sense = sense, .at = p, .step = 1};

    w.way = direction(&w, p);
    if (!gf_vec2_finite(w.way))
        return GF_HALT_DOMAIN;
    for (;;) {
        gf_halt halt = find_step(&w);
        double factor = 0.9 * pow(tolerance / fmax(w.error, 1e-12), 0.2);
        double turn =
            acos(fmin(1, fmax(0, gf_vec2_dot(w.way, w.k[STAGES - 1]))));
        if (halt != GF_HALT_TAKEN)
            return halt;
        if (turn * factor > 0.8 * most_turn)
            factor = 0.8 * most_turn / turn;
        halt = tell_step(&w, take, ctx);
        if (halt != GF_HALT_BUDGET)
            return halt;
        w.length += w.step;
        w.at = w.next;
        w.way = w.k[STAGES - 1];
        w.step = fmin(longest, w.step * fmin(4, fmax(0.5, factor)));
        w.step = fmax(shortest, w.step);
    }
}
