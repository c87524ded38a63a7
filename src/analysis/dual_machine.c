/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of a rule on numbers with derivatives. */
#include "analysis/dual_machine.h"

#include <math.h>
#include <string.h>

enum { NEWTON = 60 };

static gf_dual *dual_of(gf_move *move)
{
    return (gf_dual *)move;
}

/* --- linear ones ------------------------------------------------------- */

/* Number i: y = a y + b x. */
static void combine(const gf_dual *s, gf_dual_vector *y, double a,
                    const gf_dual_vector *x, double b, size_t i)
{
    y->x[i] = a * y->x[i] + b * x->x[i];
    for (size_t k = 0; k < s->size; k++)
        y->d[i][k] = a * y->d[i][k] + b * x->d[i][k];
}

static void copy(gf_move *move, size_t to, size_t from, bool all)
{
    gf_dual *s = dual_of(move);

    for (size_t i = 0; i < 2; i++)
        if (all || s->moves[i])
            combine(s, &s->vector[to], 0, &s->vector[from], 1, i);
}

static void add(gf_move *move, size_t to, double factor, size_t from)
{
    gf_dual *s = dual_of(move);

    for (size_t i = 0; i < 2; i++)
        if (s->moves[i])
            combine(s, &s->vector[to], 1, &s->vector[from], factor, i);
}

static void scale(gf_move *move, size_t to, const double factor[2])
{
    gf_dual *s = dual_of(move);

    for (size_t i = 0; i < 2; i++)
        if (s->moves[i])
            combine(s, &s->vector[to], factor[i == s->field->critic ? 0 : 1],
                    &s->vector[to], 0, i);
}

static void blend(gf_move *move, size_t to, double keep, size_t from)
{
    gf_dual *s = dual_of(move);

    for (size_t i = 0; i < 2; i++)
        if (s->moves[i])
            combine(s, &s->vector[to], keep, &s->vector[from], 1 - keep, i);
}

static void advance(gf_move *move, size_t to, double factor, double divisor,
                    size_t from)
{
    gf_dual *s = dual_of(move);

    factor /= divisor;
    for (size_t i = 0; i < 2; i++)
        if (s->moves[i])
            combine(s, &s->vector[to], 1, &s->vector[from], factor * s->step[i],
                    i);
}

/* --- the field --------------------------------------------------------- */

/* The k-th derivative of entry j of J (by rows). */
static double bend(const double f[GF_BEND_COUNT], const gf_dual_vector *at,
                   size_t j, size_t k)
{
    return f[6 + 2 * j] * at->d[0][k] + f[7 + 2 * j] * at->d[1][k];
}

static void velocity(gf_move *move, size_t out, size_t at, bool all)
{
    gf_dual *s = dual_of(move);
    gf_dual_vector z = s->vector[at], *v = &s->vector[out];
    double f[GF_BEND_COUNT];

    gf_dual_field(f, s, z.x);
    for (size_t i = 0; i < 2; i++) {
        if (!all && !s->moves[i])
            continue;
        v->x[i] = f[i];
        for (size_t k = 0; k < s->size; k++)
            v->d[i][k] = f[2 + 2 * i] * z.d[0][k] + f[3 + 2 * i] * z.d[1][k];
    }
}

/* out = J d or J' d. */
static void multiply(gf_dual *s, size_t out, size_t at, size_t d,
                     bool is_transposed)
{
    gf_dual_vector z = s->vector[at], x = s->vector[d], *y = &s->vector[out];
    double f[GF_BEND_COUNT];

    gf_dual_field(f, s, z.x);
    for (size_t i = 0; i < 2; i++) {
        size_t j[2] = {is_transposed ? i : 2 * i,
                       is_transposed ? 2 + i : 2 * i + 1};
        y->x[i] = f[2 + j[0]] * x.x[0] + f[2 + j[1]] * x.x[1];
        for (size_t k = 0; k < s->size; k++)
            y->d[i][k] = f[2 + j[0]] * x.d[0][k] + f[2 + j[1]] * x.d[1][k] +
                         bend(f, &z, j[0], k) * x.x[0] +
                         bend(f, &z, j[1], k) * x.x[1];
    }
}

static void product(gf_move *move, size_t out, size_t at, size_t d)
{
    multiply(dual_of(move), out, at, d, false);
}

static void transposed(gf_move *move, size_t out, size_t at, size_t d)
{
    multiply(dual_of(move), out, at, d, true);
}

/* D (1 - D) and p_g. */
static void metric(gf_move *move, size_t v, size_t at)
{
    gf_dual *s = dual_of(move);
    const gf_dual_vector z = s->vector[at];
    gf_dual_vector *y = &s->vector[v];
    const double g[2] = {z.x[0] * (1 - z.x[0]), z.x[1]};
    const double slope[2] = {1 - 2 * z.x[0], 1};

    for (size_t i = 0; i < 2; i++) {
        if (!s->moves[i])
            continue;
        for (size_t k = 0; k < s->size; k++)
            y->d[i][k] = g[i] * y->d[i][k] + slope[i] * z.d[i][k] * y->x[i];
        y->x[i] *= g[i];
    }
}

/* --- number by number -------------------------------------------------- */

static void square(gf_move *move, size_t to, double keep, size_t from)
{
    gf_dual *s = dual_of(move);
    gf_dual_vector *y = &s->vector[to];
    const gf_dual_vector *x = &s->vector[from];

    for (size_t i = 0; i < 2; i++) {
        if (!s->moves[i])
            continue;
        for (size_t k = 0; k < s->size; k++)
            y->d[i][k] =
                keep * y->d[i][k] + 2 * (1 - keep) * x->x[i] * x->d[i][k];
        y->x[i] = keep * y->x[i] + (1 - keep) * x->x[i] * x->x[i];
    }
}

static void peak(gf_move *move, size_t to, size_t from)
{
    gf_dual *s = dual_of(move);

    for (size_t i = 0; i < 2; i++)
        if (s->moves[i] && s->vector[from].x[i] > s->vector[to].x[i])
            combine(s, &s->vector[to], 0, &s->vector[from], 1, i);
}

static void normalize(gf_move *move, size_t out, size_t mean, size_t square_of,
                      const double factor[2], double eps)
{
    gf_dual *s = dual_of(move);
    const gf_dual_vector m = s->vector[mean], q = s->vector[square_of];
    gf_dual_vector *y = &s->vector[out];

    for (size_t i = 0; i < 2; i++) {
        if (!s->moves[i])
            continue;
        double root = sqrt(factor[1] * q.x[i]), below = root + eps;
        double slope = root > 0 ? factor[1] / (2 * root) : 0;
        for (size_t k = 0; k < s->size; k++)
            y->d[i][k] = factor[0] *
                         (m.d[i][k] - m.x[i] * slope * q.d[i][k] / below) /
                         below;
        y->x[i] = factor[0] * m.x[i] / below;
    }
}

/* --- equations --------------------------------------------------------- */

/* Solves a x = b in place, for the numbers that move; the others are left. */
static void solve(const gf_dual *s, const double a[4], double b[2])
{
    double det = a[0] * a[3] - a[1] * a[2], first = b[0];

    if (s->moves[0] && s->moves[1]) {
        b[0] = (a[3] * first - a[1] * b[1]) / det;
        b[1] = (a[0] * b[1] - a[2] * first) / det;
    } else {
        size_t i = s->moves[0] ? 0 : 1;
        b[i] /= a[3 * i];
    }
}

/* 1 - H J by rows; `crossed`: with the entries off the diagonal only. */
static void resolvent(double a[4], const gf_dual *s,
                      const double f[GF_BEND_COUNT], bool crossed)
{
    for (size_t i = 0; i < 4; i++) {
        bool is_diagonal = i == 0 || i == 3;
        a[i] = (is_diagonal ? 1 : 0) -
               (crossed && is_diagonal ? 0 : s->step[i / 2] * f[2 + i]);
    }
}

/* z = z0 + H v(z), by Newton's method, and its derivative. */
static void implicit(gf_move *move, size_t to)
{
    gf_dual *s = dual_of(move);
    gf_dual_vector *z = &s->vector[to];
    const gf_dual_vector start = *z;
    double f[GF_BEND_COUNT], a[4];

    for (int n = 0; n < NEWTON; n++) {
        double b[2], far = 0;
        gf_dual_field(f, s, z->x);
        resolvent(a, s, f, false);
        for (size_t i = 0; i < 2; i++)
            b[i] = start.x[i] + s->step[i] * f[i] - z->x[i];
        solve(s, a, b);
        for (size_t i = 0; i < 2; i++) {
            if (!s->moves[i])
                continue;
            z->x[i] += b[i];
            far = fmax(far, fabs(b[i]) / fmax(1, fabs(z->x[i])));
        }
        if (!(far > 1e-15))
            break;
    }
    gf_dual_field(f, s, z->x);
    resolvent(a, s, f, false);
    for (size_t k = 0; k < s->size; k++) {
        double b[2];
        for (size_t i = 0; i < 2; i++) {
            size_t other = 1 - i;
            b[i] = start.d[i][k];
            if (!s->moves[other]) /* what stays is a given */
                b[i] += s->step[i] * f[2 + 2 * i + other] * start.d[other][k];
        }
        solve(s, a, b);
        for (size_t i = 0; i < 2; i++)
            if (s->moves[i])
                z->d[i][k] = b[i];
    }
}

/* out = (1 - H K)^-1 H v */
static void untangle(gf_move *move, size_t out, size_t at, size_t v)
{
    gf_dual *s = dual_of(move);
    const gf_dual_vector z = s->vector[at], x = s->vector[v];
    gf_dual_vector *y = &s->vector[out];
    double f[GF_BEND_COUNT], a[4], b[2];
    bool both = s->moves[0] && s->moves[1];

    gf_dual_field(f, s, z.x);
    resolvent(a, s, f, true);
    for (size_t i = 0; i < 2; i++)
        b[i] = s->step[i] * x.x[i];
    solve(s, a, b);
    for (size_t i = 0; i < 2; i++)
        if (s->moves[i])
            y->x[i] = b[i];
    for (size_t k = 0; k < s->size; k++) {
        for (size_t i = 0; i < 2; i++) {
            size_t j = i == 0 ? 1 : 2; /* of K, in this row */
            b[i] = s->step[i] * x.d[i][k];
            if (both)
                b[i] += s->step[i] * bend(f, &z, j, k) * y->x[1 - i];
        }
        solve(s, a, b);
        for (size_t i = 0; i < 2; i++)
            if (s->moves[i])
                y->d[i][k] = b[i];
    }
}

const gf_machine gf_dual_machine = {
    .copy = copy,
    .add = add,
    .scale = scale,
    .blend = blend,
    .advance = advance,
    .velocity = velocity,
    .product = product,
    .transposed = transposed,
    .metric = metric,
    .square = square,
    .peak = peak,
    .normalize = normalize,
    .implicit = implicit,
    .untangle = untangle,
};
