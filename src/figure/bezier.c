/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/bezier.h"

#include <math.h>

/* Points of one try; rounds of reparametrisation. */
enum { CHUNK = 64, ROUNDS = 4 };

static const double corner = 0.92; /* cos of 23 degrees */

typedef struct fit {
    gf_path *path;
    const gf_vec2 *at;
    size_t count;
    bool closed;
    double off;
} fit;

typedef struct cubic {
    gf_vec2 p[4];
} cubic;

static gf_vec2 cubic_at(const cubic *c, double t)
{
    double u = 1 - t;
    gf_vec2 p = gf_vec2_times(u * u * u, c->p[0]);

    p = gf_vec2_along(p, 3 * u * u * t, c->p[1]);
    p = gf_vec2_along(p, 3 * u * t * t, c->p[2]);
    return gf_vec2_along(p, t * t * t, c->p[3]);
}

/* --- tangents ---------------------------------------------------------- */

/* Point i of the chain; of a closed one, also from -1 and past the end. */
static gf_vec2 point(const fit *f, size_t i)
{
    return f->at[f->closed ? i % f->count : i];
}

static bool is_end(const fit *f, size_t i)
{
    return !f->closed && (i == 0 || i == f->count - 1);
}

static gf_vec2 step_of(const fit *f, size_t from, size_t to)
{
    return gf_vec2_less(point(f, to), point(f, from));
}

static bool is_corner(const fit *f, size_t i)
{
    size_t last = i == 0 ? f->count - 1 : i - 1;

    if (is_end(f, i))
        return false;
    return gf_vec2_dot(gf_vec2_unit(step_of(f, last, i)),
                       gf_vec2_unit(step_of(f, i, i + 1))) < corner;
}

/* Of the parabola through point i and its two neighbours, at t between the
   first (0) and the last (1), by arc length. */
static gf_vec2 parabola(gf_vec2 a, gf_vec2 b, gf_vec2 c, double t)
{
    double h = gf_vec2_far(a, b), k = gf_vec2_far(b, c), s = t * (h + k);
    gf_vec2 first = gf_vec2_times(1 / h, gf_vec2_less(b, a));
    gf_vec2 second = gf_vec2_times(1 / k, gf_vec2_less(c, b));
    gf_vec2 bend = gf_vec2_times(1 / (h + k), gf_vec2_less(second, first));

    return gf_vec2_unit(gf_vec2_along(first, 2 * s - h, bend));
}

/* The direction in which a piece from `from` to `to` leaves point i, one of
   its ends; forward along the chain. */
static gf_vec2 tangent(const fit *f, size_t i, size_t from, size_t to)
{
    bool first = i == from;

    if (!is_end(f, i) && !is_corner(f, i)) {
        size_t last = i == 0 ? f->count - 1 : i - 1;
        gf_vec2 a = point(f, last), b = point(f, i), c = point(f, i + 1);
        double h = gf_vec2_far(a, b);
        return parabola(a, b, c, h / (h + gf_vec2_far(b, c)));
    }
    if (to - from < 2)
        return gf_vec2_unit(step_of(f, from, to));
    if (first)
        return parabola(point(f, i), point(f, i + 1), point(f, i + 2), 0);
    return parabola(point(f, i - 2), point(f, i - 1), point(f, i), 1);
}

/* --- one piece --------------------------------------------------------- */

typedef struct piece {
    const fit *f;
    size_t from, count; /* points from `from` on */
    gf_vec2 start, end; /* tangents, forward */
    double t[CHUNK + 1];
} piece;

static void by_length(piece *p)
{
    double total = 0;

    p->t[0] = 0;
    for (size_t i = 1; i < p->count; i++) {
        total += gf_vec2_size(step_of(p->f, p->from + i - 1, p->from + i));
        p->t[i] = total;
    }
    for (size_t i = 1; i < p->count; i++)
        p->t[i] /= total;
}

/* The least-squares lengths of the two handles. */
static cubic solve(const piece *p)
{
    gf_vec2 a = point(p->f, p->from), b = point(p->f, p->from + p->count - 1);
    double xx = 0, xy = 0, yy = 0, rx = 0, ry = 0, det, left, right;
    double third = gf_vec2_far(a, b) / 3;
    cubic flat = {{a, a, b, b}};

    for (size_t i = 1; i + 1 < p->count; i++) {
        double t = p->t[i], u = 1 - t;
        gf_vec2 x = gf_vec2_times(3 * u * u * t, p->start);
        gf_vec2 y = gf_vec2_times(-3 * u * t * t, p->end);
        gf_vec2 r = gf_vec2_less(point(p->f, p->from + i), cubic_at(&flat, t));
        xx += gf_vec2_dot(x, x);
        xy += gf_vec2_dot(x, y);
        yy += gf_vec2_dot(y, y);
        rx += gf_vec2_dot(x, r);
        ry += gf_vec2_dot(y, r);
    }
    det = xx * yy - xy * xy;
    left = (rx * yy - ry * xy) / det;
    right = (xx * ry - xy * rx) / det;
    if (!(left > 0.05 * third && right > 0.05 * third && left < 20 * third &&
          right < 20 * third))
        left = right = third;
    return (cubic){{a, gf_vec2_along(a, left, p->start),
                    gf_vec2_along(b, -right, p->end), b}};
}

/* One step of Newton's towards the nearest parameter of each point. */
static void reparametrise(piece *p, const cubic *c)
{
    gf_vec2 d[3], dd[2];

    for (int i = 0; i < 3; i++)
        d[i] = gf_vec2_times(3, gf_vec2_less(c->p[i + 1], c->p[i]));
    for (int i = 0; i < 2; i++)
        dd[i] = gf_vec2_times(2, gf_vec2_less(d[i + 1], d[i]));
    for (size_t i = 1; i + 1 < p->count; i++) {
        double t = p->t[i], u = 1 - t, slope;
        gf_vec2 r = gf_vec2_less(cubic_at(c, t), point(p->f, p->from + i));
        gf_vec2 v = gf_vec2_times(u * u, d[0]), w = gf_vec2_times(u, dd[0]);
        v = gf_vec2_along(gf_vec2_along(v, 2 * u * t, d[1]), t * t, d[2]);
        w = gf_vec2_along(w, t, dd[1]);
        slope = gf_vec2_dot(v, v) + gf_vec2_dot(r, w);
        if (slope > 0)
            p->t[i] = fmin(1, fmax(0, t - gf_vec2_dot(r, v) / slope));
    }
}

/* The largest distance of a point from the cubic, and which. */
static double worst_of(const piece *p, const cubic *c, size_t *worst)
{
    double most = -1;

    *worst = p->count / 2;
    for (size_t i = 1; i + 1 < p->count; i++) {
        double off =
            gf_vec2_far(cubic_at(c, p->t[i]), point(p->f, p->from + i));
        if (off > most) {
            most = off;
            *worst = i;
        }
    }
    return most;
}

static void fit_piece(fit *f, size_t from, size_t to)
{
    piece p = {.f = f,
               .from = from,
               .count = to - from + 1,
               .start = tangent(f, from, from, to),
               .end = tangent(f, to, from, to)};
    size_t worst = 0;
    double off = -1;
    cubic c;

    by_length(&p);
    c = solve(&p);
    for (int i = 0; i < ROUNDS && p.count > 2; i++) {
        off = worst_of(&p, &c, &worst);
        if (off <= f->off || off > 20 * f->off)
            break;
        reparametrise(&p, &c);
        c = solve(&p);
        off = worst_of(&p, &c, &worst);
    }
    if (off <= f->off) {
        gf_path_cubic(f->path, c.p[1], c.p[2], c.p[3]);
        return;
    }
    fit_piece(f, from, from + worst);
    fit_piece(f, from + worst, to);
}

/* From one corner to the next, in chunks of about the same size. */
static void fit_run(fit *f, size_t from, size_t to)
{
    size_t chunks = (to - from + CHUNK - 1) / CHUNK;

    for (size_t i = 0; i < chunks; i++)
        fit_piece(f, from + (to - from) * i / chunks,
                  from + (to - from) * (i + 1) / chunks);
}

/* Points that are the same twice have no direction: they are left out. */
static void copy_distinct(gf_curve *out, const gf_curve *curve)
{
    for (size_t i = 0; i < curve->count; i++)
        if (out->count == 0 ||
            gf_vec2_far(out->at[out->count - 1], curve->at[i]) > 1e-9)
            gf_curve_add(out, curve->at[i]);
    if (curve->closed && out->count > 1 &&
        gf_vec2_far(out->at[0], out->at[out->count - 1]) <= 1e-9)
        out->count--;
    out->closed = curve->closed;
}

void gf_path_fit(gf_path *path, const gf_curve *curve, double off)
{
    gf_curve chain;
    size_t from = 0;
    fit f;

    gf_curve_init(&chain);
    copy_distinct(&chain, curve);
    path->failed = path->failed || chain.failed;
    f = (fit){path, chain.at, chain.count, chain.closed, off};
    if (f.closed && f.count < 3)
        f.closed = false;
    if (!path->failed && f.count > 1) {
        size_t last = f.closed ? f.count : f.count - 1;
        gf_path_move(path, f.at[0]);
        for (size_t i = 1; i <= last; i++)
            if (i == last || is_corner(&f, i)) {
                fit_run(&f, from, i);
                from = i;
            }
        if (f.closed)
            gf_path_close(path);
    }
    gf_curve_clear(&chain);
}
