/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Otto connection on plane normals N(0, C) [takatsu2011]. The gradient
 * field that moves C by a symmetric U is x -> A x with A symmetric and
 *
 *     A C + C A = U;      F(U,V) = D_U A_V - D_V A_U - [A_U, A_V],
 *
 * which is -[U,V]/4 at C = I: unlike the line, the plane is curved. Round the
 * loop C = I + r (cos t U + sin t V), U = diag(1,-1), V = [[0,1],[1,0]], X' = A
 * X ends as a rotation by pi (1 - sqrt(1 - r^2)): half the area for small
 * loops.
 */
#include "analysis/fact.h"

#include <math.h>

/* A symmetric matrix [[a, b], [b, c]]. */
typedef struct symmetric {
    double a, b, c;
} symmetric;

/* A of A C + C A = U, in closed form for two rows and columns. */
static symmetric solve(symmetric c, symmetric u)
{
    double trace = c.a + c.c, det = c.a * c.c - c.b * c.b;
    /* A = (U + det C^-1 U C^-1)/(2 trace) for 2 x 2 matrices */
    double p = c.c, q = -c.b, r = c.a; /* det C^-1 */
    double x = p * u.a + q * u.b, y = p * u.b + q * u.c;
    double z = q * u.a + r * u.b, w = q * u.b + r * u.c;
    symmetric s = {x * p + y * q, x * q + y * r, z * q + w * r};

    return (symmetric){(u.a + s.a / det) / (2 * trace),
                       (u.b + s.b / det) / (2 * trace),
                       (u.c + s.c / det) / (2 * trace)};
}

typedef struct square {
    double a, b, c, d;
} square;

static square apply(symmetric a, square x)
{
    return (square){a.a * x.a + a.b * x.c, a.a * x.b + a.b * x.d,
                    a.b * x.a + a.c * x.c, a.b * x.b + a.c * x.d};
}

static square add(square x, square y, double h)
{
    return (square){x.a + h * y.a, x.b + h * y.b, x.c + h * y.c, x.d + h * y.d};
}

/* The field of the loop at time t. */
static symmetric along(double t, double r)
{
    symmetric c = {1 + r * cos(t), r * sin(t), 1 - r * cos(t)};
    symmetric u = {-r * sin(t), r * cos(t), r * sin(t)};

    return solve(c, u);
}

/* The angle by which a loop turns. */
static double holonomy(double r)
{
    enum { STEPS = 4000 };
    const double h = 2 * acos(-1) / STEPS;
    square x = {1, 0, 0, 1};
    double stretch = sqrt((1 - r) / (1 + r));

    for (int i = 0; i < STEPS; i++) {
        double t = i * h;
        symmetric a = along(t, r), b = along(t + h / 2, r), c = along(t + h, r);
        square k1 = apply(a, x);
        square k2 = apply(b, add(x, k1, h / 2));
        square k3 = apply(b, add(x, k2, h / 2));
        square k4 = apply(c, add(x, k3, h));
        x = add(x, k1, h / 6);
        x = add(x, k2, h / 3);
        x = add(x, k3, h / 3);
        x = add(x, k4, h / 6);
    }
    /* C^-1/2 X C^1/2 is a rotation; C = diag(1 + r, 1 - r) where it begins */
    return atan2(x.c / stretch, x.a);
}

/* The lower left entry of F(U,V) at I, by differences of the connection. */
static double curvature(symmetric u, symmetric v)
{
    const double h = 1e-5;
    symmetric unit = {1, 0, 1};
    symmetric a_u = solve(unit, u), a_v = solve(unit, v), side[4];
    double product[2];

    for (int i = 0; i < 4; i++) {
        double s = i % 2 ? -h : h;
        symmetric way = i < 2 ? u : v;
        symmetric at = {1 + s * way.a, s * way.b, 1 + s * way.c};
        side[i] = solve(at, i < 2 ? v : u);
    }
    product[0] = a_u.b * a_v.a + a_u.c * a_v.b;
    product[1] = a_v.b * a_u.a + a_v.c * a_u.b;
    return (side[0].b - side[1].b - side[2].b + side[3].b) / (2 * h) -
           (product[0] - product[1]);
}

gf_status gf_fact_holonomy(gf_fact *fact, const gf_fact_call *call)
{
    static const char *const names[] = {"radius", "angle", "angle/area",
                                        "closed form", NULL};
    static const double radius[] = {
        0.01, 0.02,  0.05, 0.1,   0.15, 0.2,   0.25,  0.3, 0.35,
        0.4,  0.45,  0.5,  0.55,  0.6,  0.65,  0.675, 0.7, 0.725,
        0.75, 0.775, 0.8,  0.825, 0.85, 0.875, 0.9};
    enum { ROWS = sizeof radius / sizeof *radius };
    const symmetric u = {1, 0, -1}, v = {0, 1, 0}, s = {0.3, -1.2, 0.7},
                    w = {2, 0.4, -0.5};
    gf_status status = gf_fact_table(fact, ROWS, call->error, names);

    for (size_t i = 0; i < ROWS && !status; i++) {
        double *row = gf_fact_row(fact, i), r = radius[i];
        row[0] = r;
        row[1] = holonomy(r);
        row[2] = row[1] / (acos(-1) * r * r);
        row[3] = (1 - sqrt(1 - r * r)) / (r * r);
    }
    if (status)
        return status;
    fact->drawn = 2;
    gf_fact_add(fact, "angle/area at radius 0.2", gf_fact_row(fact, 5)[2],
                "(1 - sqrt(1 - r^2))/r^2", gf_fact_row(fact, 5)[3]);
    gf_fact_add(fact, "angle/area at radius 0.1", gf_fact_row(fact, 3)[2],
                "(1 - sqrt(1 - r^2))/r^2", gf_fact_row(fact, 3)[3]);
    gf_fact_add(fact, "angle/area at radius 0.05", gf_fact_row(fact, 2)[2],
                "(1 - sqrt(1 - r^2))/r^2", gf_fact_row(fact, 2)[3]);
    /* [U,V] of symmetric ones: lower left u.b v.a + u.c v.b - (v.b u.a + ...)
     */
    gf_fact_add(fact, "F(U,V) at I, lower left", curvature(u, v), "-[U,V]/4",
                -(u.b * v.a + u.c * v.b - v.b * u.a - v.c * u.b) / 4);
    gf_fact_add(fact, "the same of two others", curvature(s, w), "-[U,V]/4",
                -(s.b * w.a + s.c * w.b - w.b * s.a - w.c * s.b) / 4);
    return GF_OK;
}
