/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/streamline.h"

#include <math.h>
#include <stdlib.h>

#include "figure/grid.h"

enum { EVALUATIONS = 20000, FILL_PASSES = 2, PROBES = 3 };

static const double least_step = 0.7;   /* pt */
static const double meets = 0.04;       /* of a step: a line that closes */
static const double fill = 0.75;        /* of d_sep: what counts as a gap */
static const double roomy = 0.76;       /* of d_sep: a line's mean distance */
static const double margin = 0.4;       /* of d_sep: from the frame */
static const double largest_page = 2e4; /* pt */

typedef struct placement {
    const gf_stream_plan *plan;
    gf_tracer tracer;
    double step; /* between points of a line */
    gf_grid grid;
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

typedef struct growth {
    placement *p;
    gf_curve *half;
    gf_vec2 seed, last;
    size_t line;
    int sense;
    double length;
    double meeting; /* where it came near itself; < 0: it has not */
    size_t kept;    /* points up to there */
    double room;    /* sum of the points' distances to other lines */
    bool closed;
} growth;

static bool near_rest(const gf_stream_plan *plan, gf_vec2 p)
{
    for (size_t i = 0; i < plan->rest_count; i++)
        if (gf_vec2_far(p, plan->rest[i]) < plan->clear)
            return true;
    return false;
}

/* A line that came near itself may be about to close: it goes on a little. */
static bool may_close(growth *g, gf_vec2 p, double length, double own)
{
    if (gf_vec2_far(p, g->seed) < 2 * g->p->step &&
        gf_segment_far(g->seed, g->last, p) < meets * g->p->step) {
        g->closed = true;
        return false;
    }
    return g->sense > 0 && length - g->meeting < 2 * own;
}

static bool grow(gf_vec2 p, double length, void *ctx)
{
    growth *g = ctx;
    const gf_stream_plan *plan = g->p->plan;
    double own = gf_stream_own(plan), slack = g->p->step * g->p->step / 4, room;
    double test = sqrt(gf_stream_test(plan) * gf_stream_test(plan) + slack);
    bool meets_itself;

    if (near_rest(plan, p))
        return false;
    room = gf_grid_crowd(&meets_itself, &g->p->grid, p, plan->separation, own,
                         g->line, g->sense * length, 5 * own);
    if (room < test)
        return false;
    if (meets_itself && g->meeting < 0) {
        g->meeting = length;
        g->kept = g->half->count;
    }
    if (g->meeting >= 0 && !may_close(g, p, length, own))
        return false;
    gf_curve_add(g->half, p);
    if (g->meeting < 0)
        g->length = length;
    g->last = p;
    g->room += room;
    gf_grid_add(&g->p->grid, p, g->line, g->sense * length);
    return true;
}

static void grow_half(growth *g, int sense, gf_curve *half)
{
    size_t before = g->p->grid.count;

    g->half = half;
    g->last = g->seed;
    g->sense = sense;
    g->length = 0;
    g->meeting = -1;
    gf_trace(&g->p->tracer, g->seed, sense, grow, g);
    if (g->meeting >= 0 && !g->closed && half->count > g->kept) {
        half->count = g->kept;
        gf_grid_cut(&g->p->grid, before + g->kept);
    }
}

/* Grows a line both ways; its points are in the grid then.  Returns its
   length, and the mean of its distance to others. */
static double grow_line(gf_curve *line, placement *p, gf_vec2 seed,
                        double *room)
{
    gf_curve half[2];
    growth g = {.p = p, .seed = seed, .line = p->lines->count + 1};
    double length = 0;

    gf_grid_add(&p->grid, seed, g.line, 0);
    for (int i = 0; i < 2; i++) {
        gf_curve_init(&half[i]);
        if (!g.closed)
            grow_half(&g, i ? -1 : 1, &half[i]);
        length += i && g.closed ? 0 : g.length;
    }
    for (size_t i = half[1].count; i-- > 0;)
        gf_curve_add(line, half[1].at[i]);
    gf_curve_add(line, seed);
    for (size_t i = 0; i < half[0].count; i++)
        gf_curve_add(line, half[0].at[i]);
    line->closed = g.closed;
    line->failed = line->failed || half[0].failed || half[1].failed;
    *room = g.room / (double)(half[0].count + half[1].count);
    /* the point just before the seed would make a hook of the joint */
    if (g.closed && line->count > 2 &&
        gf_vec2_far(line->at[line->count - 1], seed) < p->step / 4)
        line->count--;
    gf_curve_clear(&half[0]);
    gf_curve_clear(&half[1]);
    return length;
}

static bool is_free(const placement *p, gf_vec2 seed, double distance)
{
    return gf_box_has(p->tracer.box, seed) && !near_rest(p->plan, seed) &&
           gf_grid_nearest(&p->grid, seed, distance, distance) >= distance;
}

/* Adds the line through the seed if it is long enough, and not for the most
   part close to others. */
static bool try_seed(placement *p, gf_vec2 seed, double distance)
{
    const gf_stream_plan *plan = p->plan;
    size_t before = p->grid.count;
    gf_curve line;
    double length, room;

    if (!is_free(p, seed, distance))
        return false;
    gf_curve_init(&line);
    length = grow_line(&line, p, seed, &room);
    if (room < roomy * plan->separation ||
        (line.closed ? length < 3 * gf_stream_own(plan)
                     : length < gf_stream_least(plan))) {
        gf_grid_cut(&p->grid, before);
        gf_curve_clear(&line);
        return false;
    }
    gf_curves_take(p->lines, &line);
    return true;
}

/* The length that the line through a seed would have. */
static double probe(placement *p, gf_vec2 seed)
{
    size_t before = p->grid.count;
    gf_curve line;
    double length, room;

    gf_curve_init(&line);
    length = grow_line(&line, p, seed, &room);
    gf_grid_cut(&p->grid, before);
    gf_curve_clear(&line);
    return length;
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
    gf_vec2 best = {0, 0};
    double longest = 0;

    for (size_t k = 1; k < 2 * PROBES; k += 2) {
        gf_vec2 seed = beside(curve, curve->count * k / (2 * PROBES), distance);
        double length =
            is_free(p, seed, p->plan->separation) ? probe(p, seed) : 0;
        if (length > longest) {
            longest = length;
            best = seed;
        }
    }
    if (longest > 0)
        try_seed(p, best, p->plan->separation);
}

/* Tries seeds beside a curve: the best of a few, then from its middle
   outwards. */
static void try_sides(placement *p, const gf_curve *curve)
{
    double apart = p->plan->separation, off = 1.001 * apart;
    size_t stride = (size_t)fmax(1, apart / p->step), count = curve->count;
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
        p->failed = p->lines->failed || p->grid.failed;
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
                gf_grid_nearest(&p->grid, at, 1.3 * apart, fill * apart);
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
            gf_grid_add(&p->grid, curve->at[k], 0, 0);
    }
    for (size_t i = 0; others && i < others->count; i++)
        try_sides(p, &others->item[i]);
}

gf_status gf_streamlines_place(gf_curves *lines, const gf_stream_plan *plan,
                               gf_error *error)
{
    gf_box box = plan->box;
    placement p = {.plan = plan,
                   .tracer = {plan->wind, box, least_step, EVALUATIONS},
                   .lines = lines,
                   .first = lines->count};

    if (!(box.x1 - box.x0 > 0 && box.y1 - box.y0 > 0 &&
          box.x1 - box.x0 <= largest_page && box.y1 - box.y0 <= largest_page &&
          plan->separation >= 1))
        return gf_error_set(error, GF_ARGUMENT,
                            "no streamlines on such a page");
    p.step = p.tracer.step = fmax(least_step, plan->separation / 14);
    gf_grid_init(&p.grid, box, plan->separation);
    add_others(&p);
    try_rings(&p);
    spread(&p);
    for (int i = 0; i < FILL_PASSES && !p.failed; i++) {
        fill_gaps(&p);
        spread(&p);
    }
    p.failed = p.failed || p.grid.failed || gf_curves_failed(lines);
    free(p.used);
    gf_grid_clear(&p.grid);
    if (p.failed)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    return GF_OK;
}
