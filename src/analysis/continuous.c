/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the flow near a rest point says about inertia, speeds and Euler's
 * method.
 *
 * With friction c, z'' = -c z' + v has s^2 + c s - lambda = 0 for each lambda;
 * it attracts where c^2 Re lambda + (Im lambda)^2 < 0.  With speeds a : 1 and
 * the diagonal alpha, delta of J, the real part of a focus is (a alpha +
 * delta)/2, and the eigenvalues meet where (a alpha - delta)^2 + 4 a beta gamma
 * = 0, which is quadratic in a.
 */
#include <ganfield/stability.h>

#include <complex.h>
#include <math.h>

#include "expr/node.h"

/* lambda of [[a11, a12], [a21, a22]] */
static void eigenvalues(double complex out[2], double a11, double a12,
                        double a21, double a22)
{
    double half = (a11 - a22) / 2, disc = half * half + a12 * a21;
    double middle = (a11 + a22) / 2;

    if (disc < 0) {
        out[0] = middle + I * sqrt(-disc);
        out[1] = conj(out[0]);
        return;
    }
    double far = middle + copysign(sqrt(disc), middle);
    double det = a11 * a22 - a12 * a21;
    out[0] = far;
    out[1] = far != 0 ? det / far : 0;
}

static void find_inertia(gf_continuous *out)
{
    out->friction = 0;
    for (size_t i = 0; i < 2; i++) {
        double re = out->re[i], im = fabs(out->im[i]);
        double c = re < 0               ? im / sqrt(-re)
                   : re == 0 && im == 0 ? NAN
                                        : INFINITY;
        if (!(c <= out->friction))
            out->friction = c;
    }
    /* c^2 > (Im)^2/|Re|, and m = 1/c^2 in units of time c = 1 */
    out->mass = 1 / (out->friction * out->friction);
}

static void find_best(gf_continuous *out, const double *j)
{
    double p = j[0] * j[0], q = 4 * j[1] * j[2] - 2 * j[0] * j[3],
           r = j[3] * j[3];
    double disc = q * q - 4 * p * r, ratio[2] = {NAN, NAN};

    out->best = (gf_ratio){NAN, INFINITY};
    if (p > 0 && disc >= 0) {
        double far = -(q + copysign(sqrt(disc), q)) / 2;
        ratio[0] = far / p;
        ratio[1] = far != 0 ? r / far : 0;
    }
    for (size_t i = 0; i < 2; i++) {
        /* where the eigenvalues meet each is half of the trace */
        double decay = ratio[i] > 0 ? (ratio[i] * j[0] + j[3]) / 2 : INFINITY;
        if (decay < out->best.decay)
            out->best = (gf_ratio){ratio[i], decay};
    }
    if (!(out->best.decay < 0))
        out->best = (gf_ratio){NAN, NAN};
}

/* trace a alpha + delta < 0 and det > 0 */
static void find_ratios(gf_continuous *out, const double *j)
{
    double det = j[0] * j[3] - j[1] * j[2], turn = -j[3] / j[0];

    out->stable_ratios = (gf_steps){0, 0};
    if (!(det > 0))
        return;
    if (j[0] < 0)
        out->stable_ratios = (gf_steps){fmax(turn, 0), INFINITY};
    else if (j[3] < 0)
        out->stable_ratios = (gf_steps){0, j[0] > 0 ? turn : INFINITY};
}

void gf_continuous_find(gf_continuous *out, const gf_linear *game, double h)
{
    const double a = game->speed[game->critic_second ? 1 : 0];
    const double b = game->speed[game->critic_second ? 0 : 1];
    const double *j = game->jacobian;
    double complex lambda[2];

    *out = (gf_continuous){{NAN, NAN}, {NAN, NAN}, NAN,        NAN,
                           {NAN, NAN}, {NAN, NAN}, {NAN, NAN}, {NAN, NAN}};
    if (game->size != 2 || game->first != 1)
        return;
    const double turned[4] = {j[3], j[2], j[1], j[0]};
    eigenvalues(lambda, a * j[0], a * j[1], b * j[2], b * j[3]);
    for (size_t i = 0; i < 2; i++) {
        double complex e = clog(1 + h * lambda[i]) / h;
        out->re[i] = creal(lambda[i]);
        out->im[i] = cimag(lambda[i]);
        out->euler_re[i] = h > 0 ? creal(e) : NAN;
        out->euler_im[i] = h > 0 ? cimag(e) : NAN;
    }
    find_inertia(out);
    find_best(out, game->critic_second ? turned : j);
    find_ratios(out, game->critic_second ? turned : j);
}

gf_status gf_euler_field(gf_expr out[2], const gf_field *field, double step,
                         gf_error *error)
{
    gf_graph *g = field->graph;
    gf_expr v[2],
        h = step > 0 ? gf_expr_number(g, step) : gf_expr_symbol(g, "h");
    gf_expr half = gf_expr_product(g, gf_expr_rational(g, 1, 2), h);

    for (size_t i = 0; i < 2; i++)
        v[i] = gf_field_bind(field, field->velocity[i]);
    for (size_t i = 0; i < 2; i++) {
        gf_expr turn = gf_expr_sum(
            g,
            gf_expr_product(g, gf_expr_derive(g, v[i], field->axis[0]), v[0]),
            gf_expr_product(g, gf_expr_derive(g, v[i], field->axis[1]), v[1]));
        out[i] = gf_expr_simplify(
            g, gf_expr_difference(g, v[i], gf_expr_product(g, half, turn)));
    }
    return gf_graph_check(g, error);
}
