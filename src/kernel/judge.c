/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a series of gaps to an end. */
#include <math.h>

#include "kernel/course.h"

enum { MAXIMA = 5 };
static const double BLIND = 1e-7, SLOW = 0.1, CLOSED = 1e-2, STILL = 1e-3;
static const double SWING = 0.1, LASTING = 0.2;

static const char *const names[] = {
#define NAME(name, text) text,
    GF_COURSE_LIST(NAME)
#undef NAME
};

const char *gf_course_end_name(gf_course_end end)
{
    return names[end];
}

static bool is_blind(const gf_lap *lap)
{
    for (size_t i = 0; i < gf_lap_rows(lap); i++)
        if (!(gf_lap_row(lap, i)->generator_speed <=
              BLIND * fmax(gf_lap_row(lap, i)->critic_speed, SLOW)))
            return false;
    return true;
}

/* Maxima of the gap, from a fifth on. */
static gf_ring ring_of(const gf_lap *lap)
{
    gf_ring ring = {0, NAN, NAN};
    const gf_course_row *first = NULL, *last = NULL;
    size_t count = gf_lap_rows(lap);

    for (size_t i = count / 5 + 1; i + 1 < count; i++) {
        const gf_course_row *row = gf_lap_row(lap, i);
        if (!(row->gap > gf_lap_row(lap, i - 1)->gap &&
              row->gap >= gf_lap_row(lap, i + 1)->gap))
            continue;
        if (!first)
            first = row;
        last = row;
        ring.maxima++;
    }
    if (ring.maxima > 1) {
        double turns = (double)(ring.maxima - 1);
        ring.decrement = log(first->gap / last->gap) / turns;
        ring.period = (last->t - first->t) / turns;
    }
    return ring;
}

/* The largest gap between two shares of the rows, and the least. */
static void extremes(double *most, double *least, const gf_lap *lap,
                     double from, double to)
{
    double count = (double)gf_lap_rows(lap);

    *most = 0;
    *least = INFINITY;
    for (size_t i = (size_t)(from * count); i < (size_t)(to * count); i++) {
        *most = fmax(*most, gf_lap_row(lap, i)->gap);
        *least = fmin(*least, gf_lap_row(lap, i)->gap);
    }
}

/* Does it swing as far at the end as in the middle? */
static bool is_orbit(const gf_lap *lap, const gf_ring *ring)
{
    double most[2], least[2], swing;

    extremes(&most[0], &least[0], lap, 0.2, 0.6);
    extremes(&most[1], &least[1], lap, 0.6, 1);
    swing = most[1] - least[1];
    return ring->maxima >= MAXIMA && fabs(ring->decrement) < CLOSED &&
           swing > SWING * most[1] &&
           fabs(most[1] - most[0]) < LASTING * swing &&
           fabs(least[1] - least[0]) < LASTING * swing;
}

gf_course_end gf_lap_judge(gf_ring *ring, const gf_lap *lap, double enough)
{
    double most, least, first = lap->row[0].gap;
    double last = gf_lap_row(lap, gf_lap_rows(lap) - 1)->gap;

    *ring = ring_of(lap);
    if (lap->is_broken || !isfinite(last) || (last > 1 && last > 10 * first))
        return GF_COURSE_DIVERGED;
    extremes(&most, &least, lap, 0.9, 1);
    if (most <= enough)
        return GF_COURSE_CONVERGED;
    if (is_blind(lap))
        return GF_COURSE_BLIND;
    if (is_orbit(lap, ring))
        return GF_COURSE_ORBIT;
    extremes(&most, &least, lap, 0.8, 1);
    if (ring->maxima == 0 && most - least < STILL * most)
        return GF_COURSE_STALLED;
    return GF_COURSE_UNDECIDED;
}
