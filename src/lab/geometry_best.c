/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The best critic by Newton's steps with a damping mu that falls where a step
 * gains and rises where it does not [levenberg1944]:
 *
 *     (-J_phi,phi + damping + mu) d = J_phi - damping phi.
 *
 * Where that ends at a saddle, it goes on along the direction in which the gain
 * curves upwards most.
 */
#include "lab/geometry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = 200, PRODUCTS = 20000 };
static const double TOLERANCE = 1e-11; /* of a gradient */
/* A best critic whose gradient is that small is known to 1e-3 from here on. */
static const double FLAT = 1e-8;
static const double UPWARDS = 1e-7; /* a curvature that is no rounding */
static const double MU_FIRST = 1e-3, MU_LEAST = 1e-12, MU_MOST = 1e12;

typedef struct climb {
    gf_duel_map map;
    double *z, *tried; /* size */
    double *gradient, *step;
    double damping, mu;
} climb;

static double gain_of(const climb *c, const double *z)
{
    double gain[2], square = gf_vector_dot(z, z, c->map.stretch.count);

    gf_duel_gains(gain, c->map.duel, z);
    return gain[GF_CRITIC] - c->damping * square / 2;
}

static double slope_at(climb *c)
{
    size_t n = c->map.stretch.count;

    gf_duel_gradient(c->map.out, c->map.duel, GF_CRITIC, c->z);
    memcpy(c->gradient, c->map.out, n * sizeof *c->gradient);
    gf_vector_add(c->gradient, -c->damping, c->z, n);
    return gf_vector_length(c->gradient, n);
}

/* A step that gains, or false where none does. */
static gf_status step(bool *has_gained, gf_geometry_best *best, climb *c,
                      gf_error *error)
{
    size_t n = c->map.stretch.count;
    gf_operator hessian = gf_duel_map_loss(&c->map);
    gf_krylov_options options = {.most = 2 * n < 400 ? 2 * n + 20 : 400,
                                 .tolerance = 1e-10};
    gf_krylov_solution s;

    *has_gained = false;
    for (; !*has_gained && c->mu < MU_MOST; c->mu *= *has_gained ? 1 : 10) {
        double promised, gain;
        gf_status status = gf_krylov_solve(&s, c->step, &hessian, c->mu,
                                           c->gradient, &options, error);
        if (status)
            return status;
        best->products += s.products;
        promised = gf_vector_dot(c->gradient, c->step, n);
        if (!(promised > 0))
            continue;
        gf_vector_add(memcpy(c->tried, c->z, n * sizeof *c->z), 1, c->step, n);
        gain = gain_of(c, c->tried);
        /* what is promised may be less than the rounding of a gain */
        *has_gained = gain > best->gain ||
                      (promised < 1e-12 * (1 + fabs(best->gain)) &&
                       gain >= best->gain - 1e-14 * (1 + fabs(best->gain)));
        if (*has_gained) {
            memcpy(c->z, c->tried, n * sizeof *c->z);
            best->gain = gain;
        }
    }
    c->mu = fmax(c->mu / 10, MU_LEAST);
    return GF_OK;
}

static gf_status climb_up(gf_geometry_best *best, climb *c, gf_error *error)
{
    double target = TOLERANCE * (1 + fabs(best->gain));
    bool goes_on = true;
    gf_status status = GF_OK;

    best->gradient = slope_at(c);
    while (!status && goes_on && best->gradient > target &&
           best->steps < STEPS && best->products < PRODUCTS) {
        status = step(&goes_on, best, c, error);
        best->steps++;
        if (!status)
            best->gradient = slope_at(c);
    }
    best->is_best = best->gradient <= 100 * target;
    return status;
}

/* The largest eigenvalue, and its direction to c->step. */
static gf_status find_curve(gf_geometry_best *best, climb *c, gf_error *error)
{
    gf_operator hessian = gf_duel_map_loss(&c->map);
    gf_krylov_options options = {
        .is_symmetric = true, .end = GF_KRYLOV_LEFT, .count = 1};
    gf_status status;
    gf_krylov k;

    gf_krylov_init(&k);
    status = gf_krylov_find(&k, &hessian, &options, error);
    if (!status) {
        best->curve = -k.re[0];
        memcpy(c->step, k.vector, c->map.stretch.count * sizeof *c->step);
    }
    best->is_flat = best->is_best && best->curve < 0 && best->curve > -FLAT;
    gf_krylov_clear(&k);
    return status;
}

/* Off a saddle along c->step, to a side and as far as the gain is a good
   part of what the curvature promises. */
static bool leave_saddle(gf_geometry_best *best, climb *c)
{
    enum { HALVINGS = 30 };
    size_t n = c->map.stretch.count;

    for (int k = 0; k < HALVINGS; k++)
        for (int side = -1; side <= 1; side += 2) {
            double t = ldexp(1, -k), gain;
            memcpy(c->tried, c->z, n * sizeof *c->z);
            gf_vector_add(c->tried, side * t, c->step, n);
            gain = gain_of(c, c->tried);
            if (!(gain - best->gain > best->curve * t * t / 4))
                continue;
            memcpy(c->z, c->tried, n * sizeof *c->z);
            best->gain = gain;
            c->mu = MU_FIRST;
            return true;
        }
    return false;
}

/* Climbs to a maximum; without has_curve a saddle may be where it ends. */
static gf_status climb_off(gf_geometry_best *best, climb *c, bool has_curve,
                           gf_error *error)
{
    gf_status status = climb_up(best, c, error);

    while (!status && has_curve) {
        status = find_curve(best, c, error);
        if (status || !(best->curve > UPWARDS))
            break;
        if (best->steps >= STEPS || best->products >= PRODUCTS ||
            !leave_saddle(best, c)) {
            best->is_best = false;
            break;
        }
        status = climb_up(best, c, error);
    }
    return status;
}

gf_status gf_geometry_best_find(gf_geometry_best *best, double *z,
                                gf_duel *duel, double damping, bool has_curve,
                                gf_error *error)
{
    size_t size = gf_duel_size(duel), n = gf_duel_first(duel);
    climb c = {.z = z, .damping = damping, .mu = MU_FIRST};
    gf_status status = gf_duel_map_init(&c.map, duel, z, GF_CRITIC, error);

    *best = (gf_geometry_best){.curve = NAN};
    c.map.shift = damping;
    c.tried = malloc((size + 2 * n) * sizeof *c.tried);
    if (!status && !c.tried)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status) {
        c.gradient = c.tried + size;
        c.step = c.gradient + n;
        memcpy(c.tried, z, size * sizeof *z);
        best->gain = gain_of(&c, z);
        if (!isfinite(best->gain))
            status = gf_error_set(error, GF_DOMAIN,
                                  "the critic's gain is not finite where it "
                                  "begins");
    }
    if (!status)
        status = climb_off(best, &c, has_curve, error);
    free(c.tried);
    gf_duel_map_clear(&c.map);
    return status;
}
