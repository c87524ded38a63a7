/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/region.h"

#include <math.h>
#include <stdlib.h>

#include "figure/curve.h"

/* Sides of squares are numbered; every side that an outline crosses is the
   beginning of exactly one of its segments, which keep the inside on the left.
   A rim of nodes that are below surrounds the lattice. */
#define NONE ((size_t)-1)

/* Points: how far a curve may be from its chords. */
static const double flat = 0.04;

enum { LONGEST = 64 }; /* points that one chord may stand for */

typedef enum side { BOTTOM, RIGHT, TOP, LEFT } side;

typedef struct trace {
    const gf_lattice *lattice;
    double level;
    size_t columns, rows; /* of squares, the rim's included */
    size_t *next;         /* of each side, NONE where it is not crossed */
    gf_path *out;
} trace;

/* Node (i, j), counted from the rim's. */
static bool is_rim(const trace *t, size_t i, size_t j)
{
    return i == 0 || j == 0 || i == t->columns || j == t->rows;
}

static double value_at(const trace *t, size_t i, size_t j)
{
    if (is_rim(t, i, j))
        return NAN;
    return t->lattice->value[(i - 1) * t->lattice->count[1] + (j - 1)];
}

static bool is_in(const trace *t, size_t i, size_t j)
{
    return value_at(t, i, j) >= t->level;
}

static double place(const double *at, size_t count, size_t i, double beyond)
{
    double way = count > 1 && at[count - 1] < at[0] ? -1 : 1;

    if (i == 0)
        return at[0] - way * beyond;
    if (i == count + 1)
        return at[count - 1] + way * beyond;
    return at[i - 1];
}

static gf_vec2 node(const trace *t, size_t i, size_t j)
{
    const gf_lattice *l = t->lattice;

    return (gf_vec2){place(l->x, l->count[0], i, l->beyond),
                     place(l->y, l->count[1], j, l->beyond)};
}

/* The number of a side of square (i, j): along, then up. */
static size_t side_index(const trace *t, size_t i, size_t j, side s)
{
    size_t along = t->columns * (t->rows + 1);

    switch (s) {
    case BOTTOM:
        return j * t->columns + i;
    case TOP:
        return (j + 1) * t->columns + i;
    case LEFT:
        return along + i * t->rows + j;
    default:
        return along + (i + 1) * t->rows + j;
    }
}

static gf_vec2 crossing(const trace *t, size_t index)
{
    size_t along = t->columns * (t->rows + 1);
    bool is_along = index < along;
    size_t i = is_along ? index % t->columns : (index - along) / t->rows;
    size_t j = is_along ? index / t->columns : (index - along) % t->rows;
    size_t k = is_along ? i + 1 : i, m = is_along ? j : j + 1;
    double a = value_at(t, i, j), b = value_at(t, k, m);
    gf_vec2 p = node(t, i, j), q = node(t, k, m);
    double part = (t->level - a) / (b - a);

    if (is_rim(t, i, j))
        return p;
    if (is_rim(t, k, m))
        return q;
    if (!isfinite(part))
        part = 0.5;
    return gf_vec2_along(p, fmin(fmax(part, 0), 1), gf_vec2_less(q, p));
}

static void link(trace *t, size_t i, size_t j, side from, side to)
{
    t->next[side_index(t, i, j, from)] = side_index(t, i, j, to);
}

/* Opposite corners are in: does the middle join them? */
static bool is_joined(const trace *t, size_t i, size_t j)
{
    return value_at(t, i, j) + value_at(t, i + 1, j) +
               value_at(t, i + 1, j + 1) + value_at(t, i, j + 1) >=
           4 * t->level;
}

static void cross_saddle(trace *t, size_t i, size_t j, bool first)
{
    bool joined = is_joined(t, i, j);

    if (first == joined) {
        link(t, i, j, first ? BOTTOM : RIGHT, first ? RIGHT : BOTTOM);
        link(t, i, j, first ? TOP : LEFT, first ? LEFT : TOP);
    } else {
        link(t, i, j, first ? BOTTOM : LEFT, first ? LEFT : BOTTOM);
        link(t, i, j, first ? TOP : RIGHT, first ? RIGHT : TOP);
    }
}

static void cross_square(trace *t, size_t i, size_t j)
{
    static const struct {
        side from, to;
    } way[16] = {{0, 0},        {BOTTOM, LEFT},  {RIGHT, BOTTOM}, {RIGHT, LEFT},
                 {TOP, RIGHT},  {0, 0},          {TOP, BOTTOM},   {TOP, LEFT},
                 {LEFT, TOP},   {BOTTOM, TOP},   {0, 0},          {RIGHT, TOP},
                 {LEFT, RIGHT}, {BOTTOM, RIGHT}, {LEFT, BOTTOM},  {0, 0}};
    unsigned in = (unsigned)is_in(t, i, j) | (unsigned)is_in(t, i + 1, j) << 1 |
                  (unsigned)is_in(t, i + 1, j + 1) << 2 |
                  (unsigned)is_in(t, i, j + 1) << 3;

    if (in == 5 || in == 10)
        cross_saddle(t, i, j, in == 5);
    else if (in != 0 && in != 15)
        link(t, i, j, way[in].from, way[in].to);
}

/* --- outlines ---------------------------------------------------------- */

/* Do all points between stand near the chord of the first and the last? */
static bool is_flat(const gf_curve *curve, size_t first, size_t last)
{
    for (size_t i = first + 1; i < last; i++) {
        if (gf_segment_far(curve->at[i], curve->at[first], curve->at[last]) >
            flat)
            return false;
    }
    return true;
}

static void add_outline(gf_path *out, const gf_curve *curve)
{
    size_t from = 0;

    if (curve->count < 3)
        return;
    gf_path_move(out, curve->at[0]);
    for (size_t i = 2; i < curve->count; i++) {
        if (i - from < LONGEST && is_flat(curve, from, i))
            continue;
        from = i - 1;
        gf_path_line(out, curve->at[from]);
    }
    gf_path_line(out, curve->at[curve->count - 1]);
    gf_path_close(out);
}

static void follow(trace *t, size_t first)
{
    gf_curve curve;
    size_t index = first;

    gf_curve_init(&curve);
    do {
        size_t next = t->next[index];
        gf_curve_add(&curve, crossing(t, index));
        t->next[index] = NONE;
        index = next;
    } while (index != first && index != NONE);
    if (curve.failed)
        t->out->failed = true;
    else
        add_outline(t->out, &curve);
    gf_curve_clear(&curve);
}

void gf_region_trace(gf_path *out, const gf_lattice *lattice, double level)
{
    trace t = {.lattice = lattice,
               .level = level,
               .columns = lattice->count[0] + 1,
               .rows = lattice->count[1] + 1,
               .out = out};
    size_t sides = t.columns * (t.rows + 1) + t.rows * (t.columns + 1);

    t.next = malloc(sides * sizeof *t.next);
    if (!t.next) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < sides; i++)
        t.next[i] = NONE;
    for (size_t i = 0; i < t.columns; i++)
        for (size_t j = 0; j < t.rows; j++)
            cross_square(&t, i, j);
    for (size_t i = 0; i < sides; i++) {
        if (t.next[i] != NONE)
            follow(&t, i);
    }
    free(t.next);
}
