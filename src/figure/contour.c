/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/contour.h"

#include <math.h>
#include <stdlib.h>

enum { BISECTIONS = 40, DEEPEST = 12, FINEST = 1000 };

/* A value so many times a corner's is on its way to infinity. */
static const double infinite = 1e4;
/* Points: how far a chord may be from the zero set. */
static const double exact = 0.05;

#define NONE ((size_t)-1)

/* A side of a square that the zero set crosses. */
typedef struct crossing {
    gf_vec2 at;
    size_t link[2]; /* crossings that follow in one square and the other */
    bool there, told;
} crossing;

typedef struct march {
    gf_box box;
    size_t columns, rows; /* of squares */
    gf_height *height;
    const void *ctx;
    double *value;   /* of the corners */
    crossing *cross; /* right of each corner, then below each corner */
    gf_curves *out;
} march;

static gf_vec2 corner(const march *m, double x, double y)
{
    double u = x / (double)m->columns, v = y / (double)m->rows;

    return (gf_vec2){(1 - u) * m->box.x0 + u * m->box.x1,
                     (1 - v) * m->box.y0 + v * m->box.y1};
}

static size_t corner_index(const march *m, size_t x, size_t y)
{
    return y * (m->columns + 1) + x;
}

static size_t right_of(const march *m, size_t x, size_t y)
{
    return corner_index(m, x, y);
}

static size_t below(const march *m, size_t x, size_t y)
{
    return (m->columns + 1) * (m->rows + 1) + corner_index(m, x, y);
}

static void find_crossing(march *m, size_t index, gf_vec2 p, gf_vec2 q,
                          double at_p, double at_q)
{
    double most = fmax(fabs(at_p), fabs(at_q)), middle = 0;
    bool sign = at_p >= 0;
    gf_vec2 r = p;

    /* !(a != b) is not a == b for NaN */
    if (isnan(at_p) || isnan(at_q) || sign == (at_q >= 0))
        return;
    for (int i = 0; i < BISECTIONS; i++) {
        r = gf_vec2_times(0.5, gf_vec2_sum(p, q));
        middle = m->height(r, m->ctx);
        if (isnan(middle))
            return;
        if ((middle >= 0) == sign)
            p = r;
        else
            q = r;
    }
    if (fabs(middle) > infinite * most)
        return; /* through infinity */
    m->cross[index] = (crossing){r, {NONE, NONE}, true, false};
}

static bool sample(march *m)
{
    size_t corners = (m->columns + 1) * (m->rows + 1);

    m->value = malloc(corners * sizeof *m->value);
    m->cross = calloc(2 * corners, sizeof *m->cross);
    if (!m->value || !m->cross)
        return false;
    for (size_t y = 0; y <= m->rows; y++)
        for (size_t x = 0; x <= m->columns; x++)
            m->value[corner_index(m, x, y)] =
                m->height(corner(m, (double)x, (double)y), m->ctx);
    for (size_t y = 0; y <= m->rows; y++)
        for (size_t x = 0; x <= m->columns; x++) {
            double here = m->value[corner_index(m, x, y)];
            gf_vec2 p = corner(m, (double)x, (double)y);
            if (x < m->columns)
                find_crossing(m, right_of(m, x, y), p,
                              corner(m, (double)x + 1, (double)y), here,
                              m->value[corner_index(m, x + 1, y)]);
            if (y < m->rows)
                find_crossing(m, below(m, x, y), p,
                              corner(m, (double)x, (double)y + 1), here,
                              m->value[corner_index(m, x, y + 1)]);
        }
    return true;
}

static void join(march *m, size_t a, size_t b)
{
    size_t pair[2] = {a, b};

    for (int i = 0; i < 2; i++) {
        crossing *c = &m->cross[pair[i]];
        c->link[c->link[0] != NONE] = pair[1 - i];
    }
}

static void join_square(march *m, size_t x, size_t y)
{
    size_t side[4] = {right_of(m, x, y), below(m, x + 1, y),
                      right_of(m, x, y + 1), below(m, x, y)};
    size_t found[4], count = 0;
    double centre;
    bool sign;

    for (int i = 0; i < 4; i++)
        if (m->cross[side[i]].there)
            found[count++] = side[i];
    if (count == 2)
        join(m, found[0], found[1]);
    if (count < 4)
        return;
    centre = m->height(corner(m, (double)x + 0.5, (double)y + 0.5), m->ctx);
    sign = m->value[corner_index(m, x, y)] >= 0;
    if ((centre >= 0) == sign) { /* the first corner's side is one piece */
        join(m, side[0], side[1]);
        join(m, side[2], side[3]);
    } else {
        join(m, side[3], side[0]);
        join(m, side[1], side[2]);
    }
}

/* The zero nearest to p along a direction, within reach; false if none. */
static bool find_zero(const march *m, gf_vec2 *p, gf_vec2 way, double reach)
{
    double last[2], here = m->height(*p, m->ctx);

    last[0] = last[1] = here;
    for (double far = exact; far <= reach && !isnan(here); far += exact)
        for (int side = 0; side < 2; side++) {
            double sign = side ? -1 : 1, a = far - exact, b = far;
            double next = m->height(gf_vec2_along(*p, sign * far, way), m->ctx);
            if (isnan(next) || (next >= 0) == (last[side] >= 0)) {
                last[side] = next;
                continue;
            }
            for (int i = 0; i < BISECTIONS; i++) {
                double c = (a + b) / 2;
                gf_vec2 q = gf_vec2_along(*p, sign * c, way);
                if ((m->height(q, m->ctx) >= 0) == (next >= 0))
                    b = c;
                else
                    a = c;
            }
            *p = gf_vec2_along(*p, sign * b, way);
            return true;
        }
    return false;
}

/* Adds what lies between two neighbouring crossings, then the second. */
static void tell_between(const march *m, gf_curve *curve, gf_vec2 a, gf_vec2 b,
                         int depth)
{
    double far = gf_vec2_far(a, b);
    gf_vec2 way = gf_vec2_unit(gf_vec2_less(b, a));
    gf_vec2 middle = gf_vec2_times(0.5, gf_vec2_sum(a, b)), p = middle;

    if (depth > 0 && far > exact &&
        find_zero(m, &p, (gf_vec2){-way.y, way.x}, far + exact) &&
        gf_vec2_far(p, middle) > exact) {
        tell_between(m, curve, a, p, depth - 1);
        tell_between(m, curve, p, b, depth - 1);
    } else {
        gf_curve_add(curve, b);
    }
}

/* From a crossing along its links to the end, or once round. */
static void tell_chain(march *m, size_t from)
{
    size_t last = NONE, at = from;
    gf_curve curve;

    gf_curve_init(&curve);
    for (;;) {
        crossing *c = &m->cross[at];
        size_t next;
        c->told = true;
        if (last == NONE)
            gf_curve_add(&curve, c->at);
        else
            tell_between(m, &curve, m->cross[last].at, c->at, DEEPEST);
        next = c->link[0] != last ? c->link[0] : c->link[1];
        if (c->link[0] == c->link[1])
            next = c->link[0] == last ? NONE : c->link[0];
        if (next == from && last != NONE) {
            curve.closed = true;
            tell_between(m, &curve, c->at, m->cross[from].at, DEEPEST);
            curve.count -= !curve.failed;
        }
        if (next == NONE || m->cross[next].told)
            break;
        last = at;
        at = next;
    }
    gf_curves_take(m->out, &curve);
}

static void tell_chains(march *m)
{
    size_t count = 2 * (m->columns + 1) * (m->rows + 1);

    for (int open = 1; open >= 0; open--)
        for (size_t i = 0; i < count; i++) {
            crossing *c = &m->cross[i];
            if (c->there && !c->told && (!open || c->link[1] == NONE))
                tell_chain(m, i);
        }
}

void gf_contour(gf_curves *out, gf_box box, double side, gf_height *height,
                const void *ctx)
{
    march m = {.box = box, .height = height, .ctx = ctx, .out = out};

    side = fmax(side, sqrt((box.x1 - box.x0) * (box.y1 - box.y0)) / FINEST);
    m.columns = (size_t)fmax(1, ceil((box.x1 - box.x0) / side));
    m.rows = (size_t)fmax(1, ceil((box.y1 - box.y0) / side));
    if (sample(&m)) {
        for (size_t y = 0; y < m.rows; y++)
            for (size_t x = 0; x < m.columns; x++)
                join_square(&m, x, y);
        tell_chains(&m);
    } else {
        out->failed = true;
    }
    free(m.value);
    free(m.cross);
}
