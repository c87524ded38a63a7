/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The extended search [talbot2010, sections 3 and 4]: over the skip j, the
 * base q, the number of ticks k and the power z, best first, left as soon as no
 * later candidate can be better. Ticks lie inside the window and are multiples
 * of their step: 0.2 0.6 1.0 would cover some windows better, and reads worse.
 */
#include "figure/ticks.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double bases[] = {1, 5, 2, 2.5, 4, 3};
enum {
    BASES = sizeof bases / sizeof *bases,
    TWO_AND_A_HALF = 3,
    MOST_SKIP = 10,
    MOST_DECIMALS = 12
};

static const double SIMPLICITY = 0.25, COVERAGE = 0.2, DENSITY = 0.5,
                    LEGIBILITY = 0.05;

struct search {
    double low, high;
    const gf_ticks_room *room;
    size_t least, most; /* ticks */
    double wanted;
    double score;
    gf_ticks best;
};

/* The candidate being looked at. */
struct candidate {
    int base, skip;
    size_t count;
    double step, first;
};

static double weigh(double simplicity, double coverage, double density,
                    double legibility)
{
    return SIMPLICITY * simplicity + COVERAGE * coverage + DENSITY * density +
           LEGIBILITY * legibility;
}

/* Steps early in the list and ticks that hit 0 are simple. */
static double simplicity(const struct candidate *c)
{
    double last = c->first + c->step * (double)(c->count - 1);
    bool hits = c->first < 0.5 * c->step && last > -0.5 * c->step;

    return 1 - (double)c->base / (BASES - 1) - c->skip + (hits ? 1 : 0);
}

static double coverage(const struct search *s, const struct candidate *c)
{
    double last = c->first + c->step * (double)(c->count - 1);
    double a = s->high - last, b = s->low - c->first;
    double tenth = 0.1 * (s->high - s->low);

    return 1 - 0.5 * (a * a + b * b) / (tenth * tenth);
}

static double density(const struct search *s, const struct candidate *c)
{
    double r = 1 / c->step;
    double wanted = (s->wanted - 1) / (s->high - s->low);

    return 2 - fmax(r / wanted, wanted / r);
}

static double best_density(const struct search *s, size_t count)
{
    return (double)count >= s->wanted
               ? 2 - ((double)count - 1) / (s->wanted - 1)
               : 1;
}

/* The ticks of a candidate as numbers; false where they need too many digits.
 */
static bool spell(gf_ticks *out, const struct candidate *c)
{
    double largest =
        fmax(fabs(c->first), fabs(c->first + c->step * (double)(c->count - 1)));
    int magnitude = (int)floor(log10(largest) + 1e-9);

    out->count = c->count;
    out->log = out->even = false;
    /* far from 0 a power of ten would cost more digits than it saves */
    bool is_far = magnitude < 9 && magnitude - floor(log10(c->step)) > 4;
    out->power = magnitude < -3 || (magnitude >= 5 && !is_far) ? magnitude : 0;
    double unit = pow(10, out->power);
    for (out->decimals = 0; out->decimals <= MOST_DECIMALS; out->decimals++) {
        double grid = pow(10, out->decimals);
        double first = c->first / unit * grid, step = c->step / unit * grid;
        if (fabs(first - round(first)) > 1e-6 ||
            fabs(step - round(step)) > 1e-6 * fmin(1, step))
            continue;
        for (size_t i = 0; i < c->count; i++)
            out->at[i] = (round(first) + (double)i * round(step)) / grid * unit;
        return true;
    }
    return false;
}

/* Do the numbers keep their distance: 1.2 lines, or the width and 1.2 em? */
static bool is_legible(const struct search *s, const gf_ticks *ticks)
{
    double scale = s->room->length / (s->high - s->low);
    double size = s->room->size, before = 0;

    for (size_t i = 0; i < ticks->count; i++) {
        double half = 0.6 * size;
        if (!s->room->upright)
            half += 0.5 * gf_ticks_width(ticks, i, size, s->room->typesetter);
        if (i > 0 && (ticks->at[i] - ticks->at[i - 1]) * scale < before + half)
            return false;
        before = half;
    }
    return true;
}

static void consider(struct search *s, const struct candidate *c)
{
    double slack = 1e-9 * c->step;
    double last = c->first + c->step * (double)(c->count - 1);
    gf_ticks ticks;

    /* All multiples of the step that the window has, and no others. */
    if (c->first < s->low - slack || last > s->high + slack ||
        c->first - c->step >= s->low - slack ||
        last + c->step <= s->high + slack)
        return;
    /* Numbers of one digit more are harder to read. */
    double legible = c->base == TWO_AND_A_HALF ? 0 : 1;
    double score = weigh(simplicity(c), coverage(s, c), density(s, c), legible);
    if (score <= s->score || !spell(&ticks, c) || !is_legible(s, &ticks))
        return;
    s->score = score;
    s->best = ticks;
}

/* All powers of ten for a base, a skip and a count. */
static void try_powers(struct search *s, struct candidate *c)
{
    double range = s->high - s->low;
    double size = c->skip * bases[c->base];
    double delta = range / ((double)c->count + 1) / size;

    for (double z = ceil(log10(delta));
         size * pow(10, z) * (double)(c->count - 1) <= range * (1 + 1e-9);
         z++) {
        c->step = size * pow(10, z);
        c->first = c->step * ceil(s->low / c->step - 1e-9);
        consider(s, c);
    }
}

static void search(struct search *s)
{
    struct candidate c;

    for (c.skip = 1; c.skip <= MOST_SKIP; c.skip++) {
        for (c.base = 0; c.base < BASES; c.base++) {
            double simple = 2 - (double)c.base / (BASES - 1) - c.skip;
            if (weigh(simple, 1, 1, 1) < s->score)
                return;
            for (c.count = s->least; c.count <= s->most; c.count++) {
                if (weigh(simple, 1, best_density(s, c.count), 1) < s->score)
                    break;
                try_powers(s, &c);
            }
        }
    }
}

/* How many ticks an axis of some length wants. */
static void set_wanted(struct search *s)
{
    double length = s->room->length;

    s->wanted = length >= 110 ? 6 : length >= 70 ? 4 : 3;
    s->least = length >= 70 ? 3 : 2;
    s->most = length >= 110 ? 7 : length >= 70 ? 5 : 4;
}

gf_status gf_ticks_find(gf_ticks *out, double low, double high,
                        const gf_ticks_room *room, gf_error *error)
{
    struct search s = {.low = low, .high = high, .room = room};
    double range = high - low;

    if (!isfinite(low) || !isfinite(high) || !isfinite(range) || range <= 0 ||
        range < 1e-10 * fmax(fabs(low), fabs(high)) || range < 1e-290)
        return gf_error_set(error, GF_ARGUMENT,
                            "an axis from %g to %g has no length", low, high);
    s.score = -INFINITY;
    set_wanted(&s);
    search(&s);
    /* Wide numbers on a short axis: fewer of them, and at last none. */
    if (s.best.count == 0) {
        s.least = 2;
        search(&s);
    }
    *out = s.best;
    return GF_OK;
}
