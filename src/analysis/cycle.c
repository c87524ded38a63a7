/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Limit cycles by the return map to a ray from a rest point [guckenheimer1983,
 * sec. 1.5]. A closed trajectory round a point crosses every ray from it.
 */
#include "analysis/cycle.h"

#include <math.h>

#include "analysis/lyapunov.h"

/* A return this near to where it began, by the distance on the ray, closes. */
#define CLOSES 1e-8
/* Cycles this near to each other are one. */
#define SAME 1e-6
/* How far the ray goes, in windows. */
#define BEYOND 4

enum { PLACES = 96, POLISH = 100, STEPS_MAX = 100000, LEAST_LEG = 8 };

static const char *const absence_text[] = {
#define ABSENCE_TEXT(name, text) text,
    GF_ABSENCE_LIST(ABSENCE_TEXT)};

const char *gf_absence_name(gf_absence absence)
{
    size_t count = sizeof absence_text / sizeof *absence_text;

    return (size_t)absence < count ? absence_text[absence] : "unknown";
}

typedef struct hunt {
    gf_cycles *out;
    const gf_classification *c;
    gf_mode_set *modes;
    gf_lyapunov_options options;
    gf_vec2 round; /* the rest point */
    size_t axis;   /* that the ray is along */
    gf_error *error;
} hunt;

/* One way round. */
typedef struct tour {
    double gain; /* of the distance on the ray; infinite: it goes away;
                    NaN: it does not come back in time */
    double time, slide_time;
    double growth; /* of areas */
    gf_range box[2];
} tour;

static void widen(tour *way, const double *y)
{
    for (size_t i = 0; i < 2; i++) {
        way->box[i].lo = fmin(way->box[i].lo, y[i]);
        way->box[i].hi = fmax(way->box[i].hi, y[i]);
    }
}

/* Of the ray, at a distance from the rest point. */
static gf_vec2 place(const hunt *h, double s)
{
    gf_vec2 at = h->round;

    *(h->axis == 0 ? &at.x : &at.y) += s;
    return at;
}

/* Follows a trajectory back to the ray, crossed the same way. */
static gf_status go_round(tour *out, const hunt *h, double s, double tighter)
{
    gf_tangent_options how = {.rtol = h->options.rtol * tighter,
                              .atol = h->options.atol * tighter,
                              .most_steps = STEPS_MAX};
    gf_vec2 start = place(h, s);
    double from = h->axis == 0 ? h->round.x : h->round.y;
    gf_leg leg = GF_LEG_STEP;
    gf_tangent t;
    gf_status status;

    *out = (tour){.gain = NAN,
                  .box = {{start.x, start.x, true, true},
                          {start.y, start.y, true, true}}};
    status = gf_tangent_init(&t, h->modes, &how, h->error);
    if (!status)
        status = gf_tangent_begin(&t, start, 0);
    if (status == GF_DOMAIN) {
        gf_tangent_clear(&t);
        return GF_OK;
    }
    if (!status)
        gf_tangent_watch(&t, h->round,
                         h->axis == 0 ? (gf_vec2){0, 1} : (gf_vec2){1, 0});
    int side = t.section_side;
    while (!status && leg != GF_LEG_STOP && t.t < h->options.until) {
        status = gf_tangent_advance(&leg, &t, h->options.until);
        widen(out, t.y);
        if (leg == GF_LEG_SECTION && t.section_side == side &&
            t.y[h->axis] > from)
            break;
    }
    if (!status && leg == GF_LEG_STOP &&
        (t.stop == GF_STOP_LEFT_DOMAIN || t.stop == GF_STOP_BLEW_UP))
        out->gain = INFINITY;
    if (!status && leg == GF_LEG_SECTION) {
        out->gain = t.y[h->axis] - (h->axis == 0 ? start.x : start.y);
        out->time = t.t;
        out->slide_time = t.slide_time;
        out->growth = t.growth[0] + t.growth[1];
    }
    gf_tangent_clear(&t);
    return status;
}

static bool is_closed(const tour *way, double s)
{
    return fabs(way->gain) <= CLOSES * s;
}

/* --- what a place of the ray tells ------------------------------------- */

static bool is_known(const gf_cycles *all, const gf_cycle *cycle)
{
    for (size_t i = 0; i < all->count; i++) {
        const gf_cycle *other = &all->cycle[i];
        double size = cycle->box[0].hi - cycle->box[0].lo;
        if (fabs(other->box[0].hi - cycle->box[0].hi) < SAME * size &&
            fabs(other->box[0].lo - cycle->box[0].lo) < SAME * size &&
            fabs(other->period - cycle->period) < SAME * cycle->period)
            return true;
    }
    return false;
}

/* Takes the cycle at s down. */
static gf_status note(hunt *h, double s, bool fills, const tour *outside)
{
    tour once, again;
    gf_status status = go_round(&once, h, s, 1);

    if (!status)
        status = go_round(&again, h, s, 0.5);
    if (status || !isfinite(once.gain) || !isfinite(again.gain))
        return status;
    gf_cycle cycle = {.at = place(h, s),
                      .round = h->round,
                      .period = again.time,
                      .multiplier = exp(again.growth),
                      .slide_time = again.slide_time,
                      .fills = fills,
                      .box = {again.box[0], again.box[1]}};
    cycle.error = 2 * fabs(cycle.multiplier - exp(once.growth)) +
                  1e-12 * fmax(1, cycle.multiplier);
    if (fills) {
        cycle.multiplier = exp(outside->growth);
        cycle.error = NAN;
        if (cycle.multiplier == 0)
            cycle.error = 0;
    }
    if (h->out->count < GF_CYCLES_MAX && !is_known(h->out, &cycle))
        h->out->cycle[h->out->count++] = cycle;
    return GF_OK;
}

/* A fixed point between two places whose gains have different signs. */
static gf_status polish(hunt *h, double lo, double hi, double at_lo,
                        double at_hi)
{
    for (int i = 0; i < POLISH && hi - lo > 1e-14 * hi; i++) {
        double s = lo + (hi - lo) * at_lo / (at_lo - at_hi);
        tour t;
        if (i % 3 == 2 || !(s > lo && s < hi))
            s = lo / 2 + hi / 2;
        gf_status status = go_round(&t, h, s, 1);
        if (status || isnan(t.gain))
            return status;
        if ((t.gain > 0) == (at_lo > 0)) {
            lo = s;
            at_lo = t.gain;
        } else {
            hi = s;
            at_hi = t.gain;
        }
        if (t.gain == 0 || !(s > lo || s < hi))
            break;
    }
    if (isinf(at_lo) && isinf(at_hi))
        return GF_OK;
    return note(h, fabs(at_lo) < fabs(at_hi) ? lo : hi, false, NULL);
}

/* The end of closed trajectories between a place where they close and one
   where they do not. */
static gf_status find_brim(hunt *h, double closed, double open)
{
    tour outside = {.gain = NAN};

    while (fabs(open - closed) > 1e-12 * fabs(open)) {
        double s = closed / 2 + open / 2;
        tour t;
        if (s == closed || s == open)
            break;
        gf_status status = go_round(&t, h, s, 1);
        if (status)
            return status;
        if (is_closed(&t, s)) {
            closed = s;
        } else {
            open = s;
            outside = t;
        }
    }
    h->out->closed = fmax(h->out->closed, closed);
    if (!isfinite(outside.gain))
        return GF_OK;
    /* where all land on one trajectory, that is the brim, to all digits */
    double brim = isinf(outside.growth) ? open + outside.gain : closed;
    return note(h, brim, true, &outside);
}

/* --- the ray ----------------------------------------------------------- */

static double reach(const hunt *h)
{
    double from = h->axis == 0 ? h->round.x : h->round.y, far = 0;

    for (int i = 0; i < 2; i++) { /* a cycle may be wider than it is high */
        gf_range w = h->c->field->window[i];
        far = fmax(far, (w.hi - w.lo) / 2);
    }
    return fmin(BEYOND * far, h->modes->range[h->axis].hi - from);
}

static gf_status search_ray(hunt *h)
{
    double far = reach(h), before = 0;
    tour last = {.gain = NAN};
    bool was_closed = false;

    if (!(far > 0) || !isfinite(far))
        return GF_OK;
    for (int i = 0; i < PLACES; i++) {
        double s = far * pow(0.003, 1 - (i + 0.618) / PLACES);
        tour now;
        gf_status status = go_round(&now, h, s, 1);
        bool closes = is_closed(&now, s);
        if (status)
            return status;
        if (closes)
            h->out->closed = fmax(h->out->closed, s);
        if (before > 0 && !isnan(last.gain) && !isnan(now.gain)) {
            if (was_closed && !closes)
                status = find_brim(h, before, s);
            else if (!was_closed && closes)
                status = find_brim(h, s, before);
            else if (!closes && (last.gain > 0) != (now.gain > 0))
                status = polish(h, before, s, last.gain, now.gain);
        }
        if (status)
            return status;
        before = s;
        last = now;
        was_closed = closes;
    }
    return GF_OK;
}

static gf_status search_all(hunt *h)
{
    for (size_t i = 0; i < h->c->count; i++) {
        const gf_rest_point *point = &h->c->point[i];
        if (point->line || point->type == GF_TYPE_SADDLE)
            continue;
        h->round = point->at;
        gf_status status = search_ray(h);
        if (status)
            return status;
    }
    return GF_OK;
}

gf_status gf_cycles_find(gf_cycles *out, const gf_classification *c,
                         const gf_lyapunov_options *options, gf_error *error)
{
    gf_mode_set modes;
    hunt h = {.out = out, .c = c, .modes = &modes, .error = error};
    gf_status status = gf_lyapunov_settle(&h.options, options, error);

    *out = (gf_cycles){.absence = GF_ABSENCE_NONE};
    if (status)
        return status;
    gf_walls walls = {h.options.clip, h.options.project};
    bool has_walls = walls.clip > 0 || walls.project;
    if (walls.clip > 0) /* to begin where a trajectory may reach the wall */
        h.axis = c->field->kind == GF_POINTWISE ? 1 : 1 - c->field->critic;
    if (!has_walls)
        status = gf_cycle_exclude(out, c, error);
    if (status || (out->absence != GF_ABSENCE_NONE && !out->while_physical))
        return status;
    status = gf_mode_set_init(&modes, c->field, &walls, error);
    out->searched = true;
    if (!status)
        status = search_all(&h);
    gf_mode_set_clear(&modes);
    return status;
}
