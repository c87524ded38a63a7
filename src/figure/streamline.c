/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/streamline.h"

#include <math.h>
#include <stdlib.h>

#include "figure/growth.h"

enum { EVALUATIONS = 20000, FILL_PASSES = 2, PROBES = 3 };

static const double least_step = 0.7;   /* pt */
static const double fill = 0.75;        /* of d_sep: what counts as a gap */
static const double same = 0.15;        /* of d_sep: the same line again */
static const double roomy = 0.76;       /* of d_sep: a line's mean distance */
static const double margin = 0.4;       /* of d_sep: from the frame */
static const double largest_page = 2e4; /* pt */

typedef struct placement {
    const gf_stream_plan *plan;
    gf_ground ground;
    gf_grid refused; /* points of lines that were not taken */
    gf_curves *lines;
    bool *used;   /* lines whose sides have been tried */
    size_t first; /* of lines: the first that is ours */
    size_t used_capacity;
    bool failed;
} placement;

double gf_stream_test(const gf_stream_plan *plan)
{
    return 0.5 * plan->separation;
}

double gf_stream_own(const gf_stream_plan *plan)
{
    return 0.35 * plan->separation;
}

double gf_stream_least(const gf_stream_plan *plan)
{
    return 2 * plan->separation;
}

/* --- one line ---------------------------------------------------------- */

static bool is_free(const placement *p, gf_vec2 seed, double distance)
{
    double again = same * p->plan->separation;

    return gf_box_has(p->plan->box, seed) &&
           !gf_growth_is_at_rest(p->plan, seed) &&
           gf_grid_nearest(&p->refused, seed, again, again) >= again &&
           gf_grid_nearest(&p->ground.grid, seed, distance, distance) >=
               distance;
}

static void grow_line(gf_growth *out, placement *p, gf_vec2 seed)
{
    gf_growth_grow(out, &p->ground, seed, (uint32_t)p->lines->count + 1);
}

/* Is it long enough, and not for the most part close to others? */
static bool is_good(const placement *p, const gf_growth *growth)
{
    double least = growth->line.closed ? 3 * gf_stream_own(p->plan)
                                       : gf_stream_least(p->plan);

    return growth->length >= least &&
           growth->room >= roomy * p->plan->separation;
}

/* More lines only leave less room, so what is refused once stays so: seeds on
   it need not be tried. */
static void refuse(placement *p, gf_growth *growth)
{
    double apart = same * p->plan->separation / 2;
    size_t stride = (size_t)fmax(1, apart / p->ground.tracer.step);

    for (size_t i = 0; i < growth->line.count; i += stride)
        gf_grid_add(&p->refused, growth->line.at[i], 0, 0);
    gf_growth_clear(growth);
}

/* Adds the line through the seed if it is good. */
static void try_seed(placement *p, gf_vec2 seed, double distance)
{
    size_t before = p->ground.grid.count;
    gf_growth growth;

    if (!is_free(p, seed, distance))
        return;
    grow_line(&growth, p, seed);
    if (is_good(p, &growth)) {
        gf_curves_take(p->lines, &growth.line);
        return;
    }
    gf_grid_cut(&p->ground.grid, before);
    refuse(p, &growth);
}

/* --- all lines --------------------------------------------------------- */

/* The point at a distance beside point i of a curve. */
static gf_vec2 beside(const gf_curve *curve, size_t i, double distance)
{
    size_t next = i + 1 < curve->count ? i + 1 : i, last = i > 0 ? i - 1 : i;
    gf_vec2 along =
        gf_vec2_unit(gf_vec2_less(curve->at[next], curve->at[last]));

    return gf_vec2_along(curve->at[i], distance, (gf_vec2){-along.y, along.x});
}

/* The longest of some lines on one side, first. */
static void try_best(placement *p, const gf_curve *curve, double distance)
{
    size_t before = p->ground.grid.count;
    gf_growth best = {.length = 0};

    for (size_t k = 1; k < 2 * PROBES; k += 2) {
        gf_vec2 seed = beside(curve, curve->count * k / (2 * PROBES), distance);
        gf_growth growth;
        if (!is_free(p, seed, p->plan->separation))
            continue;
        grow_line(&growth, p, seed);
        gf_grid_cut(&p->ground.grid, before);
        if (!is_good(p, &growth)) {
            refuse(p, &growth);
        } else if (growth.length > best.length) {
            gf_growth_clear(&best);
            best = growth;
        } else {
            gf_growth_clear(&growth);
        }
    }
    for (size_t i = 0; i < best.line.count; i++)
        gf_grid_add(&p->ground.grid, best.line.at[i],
                    (uint32_t)p->lines->count + 1, 0);
    if (best.line.count > 0)
        gf_curves_take(p->lines, &best.line);
}

/* Tries seeds beside a curve: the best of a few, then from its middle
   outwards. */
static void try_sides(placement *p, const gf_curve *curve)
{
    double apart = p->plan->separation, off = 1.001 * apart;
    size_t stride = (size_t)fmax(1, apart / p->ground.tracer.step),
           count = curve->count;
    size_t middle = count / 2;

    try_best(p, curve, off);
    try_best(p, curve, -off);
    for (size_t k = 0; k <= middle + stride; k += stride)
        for (int side = -1; side <= 1; side += 2) {
            if (k <= middle)
                try_seed(p, beside(curve, middle - k, side * off), apart);
            if (k > 0 && middle + k < count)
                try_seed(p, beside(curve, middle + k, side * off), apart);
        }
}

static bool mark_used(placement *p, size_t line)
{
    if (p->used_capacity < p->lines->count) {
        size_t capacity = 2 * p->lines->count;
        bool *used = realloc(p->used, capacity * sizeof *used);
        if (!used) {
            p->failed = true;
            return false;
        }
        for (size_t i = p->used_capacity; i < capacity; i++)
            used[i] = false;
        p->used = used;
        p->used_capacity = capacity;
    }
    if (line < p->lines->count)
        p->used[line] = true;
    return true;
}

/* The longest line not yet used, or the count. */
static size_t longest_line(const placement *p)
{
    size_t best = p->lines->count;
    size_t most = 0;

    for (size_t i = p->first; i < p->lines->count; i++)
        if (!p->used[i] && p->lines->item[i].count > most) {
            most = p->lines->item[i].count;
            best = i;
        }
    return best;
}

static void spread(placement *p)
{
    for (;;) {
        size_t line;
        gf_curve copy;
        if (p->failed || !mark_used(p, p->lines->count))
            return;
        line = longest_line(p);
        if (line == p->lines->count)
            return;
        p->used[line] = true;
        copy = p->lines->item[line]; /* its points stay where they are */
        try_sides(p, &copy);
        p->failed =
            p->lines->failed || p->ground.grid.failed || p->refused.failed;
    }
}

/* Seeds round each rest point, so that what it does is seen. */
static void try_rings(placement *p)
{
    const gf_stream_plan *plan = p->plan;

    for (size_t i = 0; i < plan->rest_count; i++)
        for (int k = 0; k < 8; k++) {
            double angle = 2 * M_PI * k / 8 + 0.3;
            double far = plan->clear + plan->separation / 2;
            gf_vec2 way = {cos(angle), sin(angle)};
            try_seed(p, gf_vec2_along(plan->rest[i], far, way),
                     0.95 * plan->separation);
        }
}

typedef struct gap {
    gf_vec2 at;
    double room;
} gap;

static int by_room(const void *a, const void *b)
{
    double x = ((const gap *)a)->room, y = ((const gap *)b)->room;

    return (x < y) - (x > y);
}

/* The middles of gaps, the widest first, each with its line. */
static void fill_gaps(placement *p)
{
    double apart = p->plan->separation, side = apart / 3;
    gf_box inner = gf_box_grow(p->plan->box, -margin * apart);
    size_t columns = (size_t)fmax(0, (inner.x1 - inner.x0) / side) + 1;
    size_t rows = (size_t)fmax(0, (inner.y1 - inner.y0) / side) + 1;
    size_t count = 0;
    gap *gaps = malloc(columns * rows * sizeof *gaps);

    if (!gaps) {
        p->failed = true;
        return;
    }
    for (size_t y = 0; y < rows; y++)
        for (size_t x = 0; x < columns; x++) {
            gf_vec2 at = {inner.x0 + (double)x * side,
                          inner.y0 + (double)y * side};
            double room =
                gf_grid_nearest(&p->ground.grid, at, 1.3 * apart, fill * apart);
            if (room >= fill * apart)
                gaps[count++] = (gap){at, room};
        }
    qsort(gaps, count, sizeof *gaps, by_room);
    for (size_t i = 0; i < count; i++)
        try_seed(p, gaps[i].at, fill * apart);
    free(gaps);
}

static void add_others(placement *p)
{
    const gf_curves *others = p->plan->others;

    for (size_t i = 0; others && i < others->count; i++) {
        const gf_curve *curve = &others->item[i];
        for (size_t k = 0; k < curve->count; k++)
            gf_grid_add(&p->ground.grid, curve->at[k], 0, 0);
    }
    for (size_t i = 0; others && i < others->count; i++)
        try_sides(p, &others->item[i]);
}

gf_status gf_streamlines_place(gf_curves *lines, const gf_stream_plan *plan,
                               gf_error *error)
{
    gf_box box = plan->box;
    gf_tracer tracer = {plan->wind, box, least_step, EVALUATIONS};
    placement p = {.plan = plan,
                   .ground = {.plan = plan, .tracer = tracer},
                   .lines = lines,
                   .first = lines->count};

    if (!(box.x1 - box.x0 > 0 && box.y1 - box.y0 > 0 &&
          box.x1 - box.x0 <= largest_page && box.y1 - box.y0 <= largest_page &&
          plan->separation >= 1))
        return gf_error_set(error, GF_ARGUMENT,
                            "no streamlines on such a page");
    p.ground.tracer.step = fmax(least_step, plan->separation / 14);
    gf_grid_init(&p.ground.grid, box, plan->separation);
    gf_grid_init(&p.refused, box, plan->separation / 2);
    add_others(&p);
    try_rings(&p);
    spread(&p);
    for (int i = 0; i < FILL_PASSES && !p.failed; i++) {
        fill_gaps(&p);
        spread(&p);
    }
    p.failed = p.failed || p.ground.grid.failed || p.refused.failed ||
               gf_curves_failed(lines);
    free(p.used);
    gf_grid_clear(&p.ground.grid);
    gf_grid_clear(&p.refused);
    if (p.failed)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    return GF_OK;
}
