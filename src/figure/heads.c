/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrowheads on streamlines: by arc length, where nothing is in the way. */
#include <math.h>
#include <stdlib.h>

#include "figure/grid.h"
#include "figure/streamline.h"

static const double first = 0.35; /* of a line's length */
static const double half = 2.2;   /* pt: a head's half length, with some air */
static const double shift = 0.8;  /* pt: a try's distance from the last */
enum { TRIES = 15 };

typedef struct decoration {
    gf_heads *heads;
    const gf_head_plan *plan;
    gf_grid busy; /* points, curves and heads so far */
} decoration;

static void add_head(gf_heads *heads, gf_head head)
{
    if (heads->count == heads->capacity && !heads->failed) {
        size_t capacity = heads->capacity ? 2 * heads->capacity : 64;
        gf_head *item = realloc(heads->item, capacity * sizeof *item);
        if (item) {
            heads->item = item;
            heads->capacity = capacity;
        } else {
            heads->failed = true;
        }
    }
    if (!heads->failed)
        heads->item[heads->count++] = head;
}

void gf_heads_clear(gf_heads *heads)
{
    free(heads->item);
    *heads = (gf_heads){0};
}

/* The point at an arc length, and the direction there. */
static gf_head head_at(const gf_curve *line, double length)
{
    double so_far = 0;
    size_t n = line->count, segments = line->closed ? n : n - 1;

    for (size_t i = 0; i < segments; i++) {
        gf_vec2 p = line->at[i], q = line->at[(i + 1) % n];
        double part = gf_vec2_far(p, q);
        if (so_far + part >= length && part > 0)
            return (gf_head){
                gf_vec2_along(p, (length - so_far) / part, gf_vec2_less(q, p)),
                gf_vec2_unit(gf_vec2_less(q, p))};
        so_far += part;
    }
    return (gf_head){line->at[n - 1], {NAN, NAN}};
}

static bool has_room(const decoration *d, gf_head head)
{
    double clear = d->plan->clear, room = clear + half / 2;

    return gf_vec2_finite(head.way) &&
           gf_box_depth(d->plan->box, head.at) >= clear &&
           gf_grid_nearest(&d->busy, head.at, room, room) >= room;
}

/* A head at the length, or as near it as there is room. */
static bool try_head(decoration *d, const gf_curve *line, double total,
                     double length, double *found)
{
    for (int i = 0; i < 2 * TRIES; i++) {
        double at = length + (i % 2 ? -1 : 1) * ((i + 1) / 2) * shift;
        gf_head head;
        if (line->closed)
            at = fmod(at + total, total);
        else if (at < 2 * half || at > total - half)
            continue;
        head = head_at(line, at);
        if (!has_room(d, head))
            continue;
        add_head(d->heads, head);
        gf_grid_add(&d->busy, head.at, 0, 0);
        *found = at;
        return true;
    }
    return false;
}

static void decorate(decoration *d, const gf_curve *line)
{
    double total = gf_curve_length(line), every = d->plan->every;
    double at = first * total, found = at;
    double end = line->closed ? at + total - every / 2 : total;

    try_head(d, line, total, at, &found);
    if (!line->closed)
        for (double s = found - every; s > every / 4; s -= every)
            try_head(d, line, total, s, &at);
    for (double s = found + every; s < end; s += every)
        try_head(d, line, total, s, &at);
}

void gf_heads_place(gf_heads *heads, const gf_curves *lines,
                    const gf_head_plan *plan)
{
    decoration d = {.heads = heads, .plan = plan};

    gf_grid_init(&d.busy, plan->box, plan->clear + half);
    for (size_t i = 0; i < plan->point_count; i++)
        gf_grid_add(&d.busy, plan->points[i], 0, 0);
    for (size_t i = 0; plan->curves && i < plan->curves->count; i++) {
        const gf_curve *curve = &plan->curves->item[i];
        for (size_t k = 0; k < curve->count; k++) {
            gf_vec2 p = curve->at[k], q = curve->at[k ? k - 1 : 0];
            int parts = (int)fmin(2000, ceil(gf_vec2_far(p, q) / 0.7)) + 1;
            for (int j = 0; j < parts; j++)
                gf_grid_add(
                    &d.busy,
                    gf_vec2_along(p, (double)j / parts, gf_vec2_less(q, p)), 0,
                    0);
        }
    }
    for (size_t i = 0; i < lines->count; i++)
        decorate(&d, &lines->item[i]);
    heads->failed = heads->failed || d.busy.failed;
    gf_grid_clear(&d.busy);
}
