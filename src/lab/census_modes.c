/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Modes of a distribution: its density on points between the cuts, which stand
 * round every scale of its parts; maxima there, refined by golden sections. Two
 * neighbours with a valley between them that is less than a tenth lower than
 * the lower one are one mode.
 */
#include <ganfield/census.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/distribution.h"

enum { PARTS = 8, SECTIONS = 100 };

#define VALLEY 0.9
/* exp(-9/2): where a normal density is three standard deviations away */
#define NEAR 0.011108996538242306
#define LEAST_MASS 1e-6

typedef struct spot {
    double x, density;
} spot;

typedef struct survey {
    const gf_distribution *d;
    spot *point;
    size_t points;
    size_t *top; /* indices of points that are maxima */
    size_t tops;
} survey;

static void add_point(survey *s, double x)
{
    s->point[s->points++] = (spot){x, gf_distribution_density(s->d, x)};
}

/* Points on every stretch and on the cuts between; zero beyond the ends. */
static void lay_points(survey *s)
{
    const double *cut = s->d->cut;
    size_t cuts = s->d->cuts;

    s->point[s->points++] = (spot){nextafter(cut[0], -INFINITY), 0};
    for (size_t i = 0; i < cuts; i++) {
        add_point(s, cut[i]);
        for (int k = 0; k < PARTS && i + 1 < cuts; k++)
            add_point(s, cut[i] + (cut[i + 1] - cut[i]) * (k + 0.5) / PARTS);
    }
    s->point[s->points++] = (spot){nextafter(cut[cuts - 1], INFINITY), 0};
}

/* Maxima, a plateau by its middle. */
static void find_tops(survey *s)
{
    for (size_t i = 1; i + 1 < s->points;) {
        double level = s->point[i].density;
        size_t last = i;
        while (last + 1 < s->points && s->point[last + 1].density == level)
            last++;
        if (last + 1 < s->points && s->point[i - 1].density < level &&
            s->point[last + 1].density < level) {
            size_t middle = i + (last - i) / 2;
            s->point[middle].x =
                s->point[i].x + (s->point[last].x - s->point[i].x) / 2;
            s->top[s->tops++] = middle;
        }
        i = last + 1;
    }
}

/* The lowest point between two. */
static size_t valley(const survey *s, size_t from, size_t to)
{
    size_t low = from;

    for (size_t i = from; i <= to; i++)
        if (s->point[i].density < s->point[low].density)
            low = i;
    return low;
}

/* Drops maxima that do not stand out, from the left. */
static void join_tops(survey *s)
{
    size_t kept = 0;

    for (size_t k = 0; k < s->tops; k++) {
        size_t top = s->top[k];
        bool is_new = true;
        while (kept > 0 && is_new) {
            double before = s->point[s->top[kept - 1]].density;
            double here = s->point[top].density;
            double low = s->point[valley(s, s->top[kept - 1], top)].density;
            if (low <= VALLEY * fmin(before, here))
                break;
            if (here > before)
                kept--;
            else
                is_new = false;
        }
        if (is_new)
            s->top[kept++] = top;
    }
    s->tops = kept;
}

/* The highest (sign 1) or lowest (-1) density between the neighbours of a
 * point. */
static double refine(const survey *s, size_t i, double sign)
{
    const double gold = 0.61803398874989485;
    double low = s->point[i - 1].x, high = s->point[i + 1].x;
    double best = s->point[i].x, most = sign * s->point[i].density;

    for (int k = 0; k < SECTIONS && high - low > 1e-15 * fabs(best); k++) {
        double a = high - gold * (high - low), b = low + gold * (high - low);
        double y = sign * gf_distribution_density(s->d, a);
        double z = sign * gf_distribution_density(s->d, b);
        if (fmax(y, z) > most) {
            most = fmax(y, z);
            best = y > z ? a : b;
        }
        if (y > z)
            high = b;
        else
            low = a;
    }
    return best;
}

/* From point i on in steps of `way`, as far as `end`: where the density falls
 * below a level. */
static double descend(const survey *s, size_t i, int way, double end,
                      double level)
{
    double in = s->point[i].x, out;

    while (s->point[i].density >= level && (end - s->point[i].x) * way > 0) {
        in = s->point[i].x;
        i += (size_t)way;
    }
    out = s->point[i].x;
    if ((end - out) * way <= 0)
        out = end;
    if (gf_distribution_density(s->d, out) >= level)
        return out;
    for (int k = 0; k < SECTIONS; k++) {
        double middle = in + (out - in) / 2;
        if (gf_distribution_density(s->d, middle) >= level)
            in = middle;
        else
            out = middle;
    }
    return in;
}

static gf_census_mode mode_of(const survey *s, size_t k)
{
    size_t top = s->top[k];
    double at = refine(s, top, 1);
    double level = NEAR * gf_distribution_density(s->d, at);
    double left = s->point[0].x, right = s->point[s->points - 1].x;
    gf_census_mode mode = {.at = at};

    if (k > 0)
        left = refine(s, valley(s, s->top[k - 1], top), -1);
    if (k + 1 < s->tops)
        right = refine(s, valley(s, top, s->top[k + 1]), -1);
    mode.from = descend(s, top, -1, left, level);
    mode.to = descend(s, top, 1, right, level);
    mode.mass = gf_distribution_below(s->d, mode.to) -
                gf_distribution_below(s->d, mode.from);
    return mode;
}

gf_status gf_census_find_modes(gf_census_mode mode[GF_CENSUS_MODES_MAX],
                               size_t *count, const gf_distribution *d,
                               gf_error *error)
{
    size_t room = d->cuts * (PARTS + 1) + 2;
    survey s = {.d = d};
    gf_status status = GF_OK;

    *count = 0;
    if (d->parts == 0)
        return GF_OK;
    s.point = malloc(room * sizeof *s.point);
    s.top = malloc(room * sizeof *s.top);
    if (s.point && s.top) {
        lay_points(&s);
        find_tops(&s);
        join_tops(&s);
    } else {
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    }
    for (size_t k = 0; k < s.tops && *count < GF_CENSUS_MODES_MAX; k++) {
        mode[*count] = mode_of(&s, k);
        *count += mode[*count].mass > LEAST_MASS;
    }
    free(s.point);
    free(s.top);
    return status;
}
