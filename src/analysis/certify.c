/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Krawczyk's operator [moore2009, ch. 8]: with m the middle of a box X and Y
 * an approximate inverse of J(m),
 *
 *     K = m - Y f(m) + (1 - Y J(X)) (X - m)
 *
 * inside X proves that X has one zero and no more, and that it lies in K.
 */
#include <math.h>
#include <stdlib.h>

#include "analysis/planar.h"
#include "expr/tape.h"

/* The approximate inverse of J(m), from its lower ends. */
static bool inverse(gf_interval y[4], const gf_interval j[4])
{
    double a = j[0].lo, b = j[1].lo, c = j[2].lo, d = j[3].lo;
    double det = a * d - b * c;

    if (!(fabs(det) > 0) || !isfinite(det))
        return false;
    y[0] = gf_interval_point(d / det);
    y[1] = gf_interval_point(-b / det);
    y[2] = gf_interval_point(-c / det);
    y[3] = gf_interval_point(a / det);
    return true;
}

/* Gives K and J(X); true if K lies inside X. */
static bool krawczyk(gf_interval k[2], gf_interval j[4], const gf_tape *tape,
                     gf_interval *work, gf_vec2 m, double radius)
{
    gf_interval x[2], at[6], over[6], point[2], y[4];
    gf_interval r =
        gf_interval_make(-radius * 1.0000001, radius * 1.0000001, false);

    for (int i = 0; i < 2; i++) {
        double c = i ? m.y : m.x;
        point[i] = gf_interval_point(c);
        x[i] = gf_interval_make(c - radius, c + radius, false);
    }
    gf_tape_interval(at, tape, point, work);
    gf_tape_interval(over, tape, x, work);
    if (!inverse(y, at + 2))
        return false;
    for (int i = 0; i < 4; i++)
        j[i] = over[2 + i];
    for (int i = 0; i < 2; i++) {
        gf_interval step =
            gf_interval_add(gf_interval_mul(y[2 * i], at[0]),
                            gf_interval_mul(y[2 * i + 1], at[1]));
        k[i] = gf_interval_sub(point[i], step);
        for (int l = 0; l < 2; l++) {
            gf_interval e =
                gf_interval_add(gf_interval_mul(y[2 * i], j[l]),
                                gf_interval_mul(y[2 * i + 1], j[2 + l]));
            e = gf_interval_sub(gf_interval_point(i == l ? 1 : 0), e);
            k[i] = gf_interval_add(k[i], gf_interval_mul(e, r));
        }
        if (!(k[i].defined && k[i].lo > x[i].lo && k[i].hi < x[i].hi))
            return false;
    }
    return true;
}

static void ball_of(arb_t out, gf_interval x)
{
    arf_t lo, hi;

    arf_init(lo);
    arf_init(hi);
    arf_set_d(lo, x.lo);
    arf_set_d(hi, x.hi);
    arb_set_interval_arf(out, lo, hi, 64);
    arf_clear(lo);
    arf_clear(hi);
}

/* The farthest that x may be from what lies in k. */
static double distance(gf_interval k, double x)
{
    gf_interval d = gf_interval_sub(k, gf_interval_point(x));

    return fmax(fabs(d.lo), fabs(d.hi));
}

gf_status gf_zero_certify(bool *proved, double *error, gf_jacobian *jacobian,
                          const gf_local *local, gf_vec2 at)
{
    gf_expr root[6];
    gf_interval k[2], j[4], *work;
    gf_tape *tape;
    gf_status status;

    *proved = false;
    for (int i = 0; i < 2; i++) {
        root[i] = local->velocity[i];
        for (int l = 0; l < 2; l++)
            root[2 + 2 * i + l] =
                gf_expr_derive(local->graph, root[i], local->axis[l]);
    }
    status = gf_tape_new(&tape, local->graph, root, 6, local->axis, 2, NULL);
    if (status)
        return status;
    work = malloc(gf_tape_slots(tape) * sizeof *work);
    for (double r = 1e-13; work && !*proved && r < 1e-3; r *= 10)
        *proved =
            krawczyk(k, j, tape, work, at, r * fmax(1, hypot(at.x, at.y)));
    if (*proved) {
        *error = fmax(distance(k[0], at.x), distance(k[1], at.y));
        for (int i = 0; i < 4; i++)
            ball_of(&jacobian->ball[i], j[i]);
    }
    gf_tape_free(tape);
    status = work ? GF_OK : GF_MEMORY;
    free(work);
    return status;
}
