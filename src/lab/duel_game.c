/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The game of a duel: gains, gradients and how those change, on the present
 * batch. One function gives the gradient of a player's gain by both players'
 * parameters, and one its derivative along a direction; products with the
 * Jacobian of the velocity and its transpose are parts and sums of those:
 *
 *     J d  = (d dJ/dphi, d dI/dtheta) along d
 *     J' d = d grad J along (d_phi, 0) + d grad I along (0, d_theta)
 */
#include "lab/duel.h"

#include <math.h>
#include <string.h>

/* --- forward ----------------------------------------------------------- */

void gf_duel_make_fakes(gf_duel *d, const double *z)
{
    gf_duel_set(d, z);
    memcpy(d->x + d->count, gf_maker_forward(&d->maker, d->z, d->count),
           d->count * sizeof *d->x);
}

const double *gf_duel_judge(gf_duel *d, bool fakes_alone)
{
    gf_batch both = {
        .x = d->x, .count = 2 * d->count, .groups = 2, .group_size = d->group};
    gf_batch fakes = {.x = d->x + d->count, .count = d->count};
    const double *out = NULL;

    if (!fakes_alone)
        (void)gf_duel_data(d);
    /* a batch that fits cannot fail */
    if (gf_pass_forward(&out, d->pass, fakes_alone ? &fakes : &both, NULL))
        return NULL;
    return out;
}

/* The derivative of this order of what a player gains by each output of the
   critic; returns where among the outputs the fakes begin. */
static size_t pull(double *out, const gf_duel *d, size_t player, size_t order,
                   const double *u)
{
    size_t n = d->count;
    double share = 1 / (double)n;

    if (player == GF_GENERATOR) {
        gf_gains_at(out, &d->gains, GF_GAIN_GENERATOR, order, u, n, share);
        return 0;
    }
    gf_gains_at(out, &d->gains, GF_GAIN_DATA, order, u, n, share);
    gf_gains_at(out + n, &d->gains, GF_GAIN_FAKES, order, u + n, n, share);
    return n;
}

static double sum(const double *x, size_t count)
{
    double all = 0;

    for (size_t i = 0; i < count; i++)
        all += x[i];
    return all;
}

void gf_duel_gains(double gain[2], gf_duel *d, const double *z)
{
    const double *u;

    gf_duel_make_fakes(d, z);
    u = gf_duel_judge(d, false);
    pull(d->pull, d, GF_CRITIC, 0, u);
    gain[GF_CRITIC] = sum(d->pull, 2 * d->count);
    pull(d->pull, d, GF_GENERATOR, 0, u + d->count);
    gain[GF_GENERATOR] = sum(d->pull, d->count);
}

/* --- gradients --------------------------------------------------------- */

/* Of a player's gain by phi and by theta (NULL: not wanted); the fakes are
   made. */
static void gradient(double *by_phi, double *by_theta, gf_duel *d,
                     size_t player)
{
    size_t fakes =
        pull(d->pull, d, player, 1, gf_duel_judge(d, player == GF_GENERATOR));

    gf_pass_backward(by_phi, by_theta ? d->slope : NULL, d->pass, d->pull);
    if (by_theta)
        gf_maker_backward(by_theta, &d->maker, d->slope + fakes);
}

void gf_duel_gradient(double *out, gf_duel *d, size_t player, const double *z)
{
    gf_duel_make_fakes(d, z);
    gradient(out, out + d->first, d, player);
}

/* Central differences of the gains in the parameters from begin to end. */
static void differences(double *v, gf_duel *d, const double *z, size_t begin,
                        size_t end)
{
    double h = d->setup.difference;

    memcpy(d->spare, z, d->size * sizeof *z);
    for (size_t i = begin; i < end; i++) {
        size_t player = i < d->first ? GF_CRITIC : GF_GENERATOR;
        double gain[2][2];
        for (int side = 0; side < 2; side++) {
            d->spare[i] = side ? z[i] - h : z[i] + h;
            gf_duel_gains(gain[side], d, d->spare);
        }
        d->spare[i] = z[i];
        v[i] = (gain[0][player] - gain[1][player]) / (2 * h);
    }
}

void gf_duel_velocity_whole(double *v, gf_duel *d, const double *z,
                            size_t begin, size_t end)
{
    if (d->setup.difference > 0) {
        differences(v, d, z, begin, end);
        return;
    }
    gf_duel_make_fakes(d, z);
    if (begin < d->first)
        gradient(v, NULL, d, GF_CRITIC);
    if (end > d->first)
        gradient(NULL, v + d->first, d, GF_GENERATOR);
}

/* --- how they change --------------------------------------------------- */

static void add(double *to, const double *from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        to[i] += from[i];
}

/* The critic goes forward, along with its rates; leaves first derivatives of
   the gain in pull and what becomes of them in pull_rate. Returns where the
   fakes begin. */
static size_t move(gf_duel *d, size_t player, const double *phi_rate,
                   const double *theta_rate)
{
    bool alone = player == GF_GENERATOR;
    size_t fakes = alone ? 0 : d->count, n = fakes + d->count;
    const double *u = gf_duel_judge(d, alone);

    memset(d->rate, 0, n * sizeof *d->rate);
    if (theta_rate)
        gf_maker_tangent(d->rate + fakes, &d->maker, theta_rate);
    gf_pass_tangent(d->more, d->pass, phi_rate, d->rate);
    pull(d->pull, d, player, 1, u);
    pull(d->pull_rate, d, player, 2, u);
    for (size_t i = 0; i < n; i++)
        d->pull_rate[i] *= d->more[i];
    return fakes;
}

/* How the gradient of a player's gain changes along the two rates (NULL: 0).
   by_phi and by_theta may be NULL; the fakes are made. */
static gf_status gradient_rate(double *by_phi, double *by_theta, gf_duel *d,
                               size_t player, const double *phi_rate,
                               const double *theta_rate, gf_error *error)
{
    size_t fakes = move(d, player, phi_rate, theta_rate);
    size_t n = fakes + d->count;
    gf_status status =
        gf_pass_backward_rate(by_phi, d->slope_rate, d->pass, d->pull, error);

    if (status)
        return status;
    gf_pass_backward(by_phi ? d->spare : NULL, d->more, d->pass, d->pull_rate);
    if (by_phi)
        add(by_phi, d->spare, d->first);
    if (!by_theta)
        return GF_OK;
    add(d->slope_rate, d->more, n);
    gf_pass_backward(NULL, d->slope, d->pass, d->pull);
    gf_maker_backward(by_theta, &d->maker, d->slope_rate + fakes);
    if (!theta_rate)
        return GF_OK;
    status =
        gf_maker_backward_rate(d->spare, &d->maker, d->slope + fakes, error);
    if (!status)
        add(by_theta, d->spare, d->size - d->first);
    return status;
}

gf_status gf_duel_hessian(double *out, gf_duel *d, size_t player,
                          const double *z, const double *direction,
                          gf_error *error)
{
    gf_duel_make_fakes(d, z);
    return gradient_rate(out, out + d->first, d, player, direction,
                         direction + d->first, error);
}

gf_status gf_duel_own_hessian(double *out, gf_duel *d, size_t player,
                              const double *z, const double *direction,
                              gf_error *error)
{
    gf_duel_make_fakes(d, z);
    if (player == GF_CRITIC)
        return gradient_rate(out, NULL, d, player, direction, NULL, error);
    return gradient_rate(NULL, out, d, player, NULL, direction, error);
}

gf_status gf_duel_product(double *out, gf_duel *d, const double *z,
                          const double *direction, gf_error *error)
{
    gf_status status;

    gf_duel_make_fakes(d, z);
    status = gradient_rate(out, NULL, d, GF_CRITIC, direction,
                           direction + d->first, error);
    if (status)
        return status;
    return gradient_rate(NULL, out + d->first, d, GF_GENERATOR, direction,
                         direction + d->first, error);
}

gf_status gf_duel_transposed(double *out, gf_duel *d, const double *z,
                             const double *direction, gf_error *error)
{
    gf_status status;

    gf_duel_make_fakes(d, z);
    status = gradient_rate(out, out + d->first, d, GF_CRITIC, direction, NULL,
                           error);
    if (status)
        return status;
    memcpy(d->sum, out, d->size * sizeof *out);
    status = gradient_rate(out, out + d->first, d, GF_GENERATOR, NULL,
                           direction + d->first, error);
    add(out, d->sum, d->size);
    return status;
}

/* --- for movers -------------------------------------------------------- */

static void game_velocity(double *v, const double *z, size_t begin, size_t end,
                          const void *ctx)
{
    gf_duel *const *d = ctx;

    gf_duel_velocity(v, *d, z, begin, end);
}

/* Those that can fail are not offered. */
static void spoil(double *out, const gf_duel *d, gf_status status)
{
    for (size_t i = 0; i < d->size && status; i++)
        out[i] = NAN;
}

static void game_product(double *out, const double *z, const double *direction,
                         const void *ctx)
{
    gf_duel *const *d = ctx;

    spoil(out, *d, gf_duel_product(out, *d, z, direction, NULL));
}

static void game_transposed(double *out, const double *z,
                            const double *direction, const void *ctx)
{
    gf_duel *const *d = ctx;

    spoil(out, *d, gf_duel_transposed(out, *d, z, direction, NULL));
}

gf_game gf_duel_game(gf_duel *d)
{
    gf_game game = {.size = d->size,
                    .first = d->first,
                    .velocity = game_velocity,
                    .ctx = &d->self};

    if (d->net.shape.norm == GF_NORM_SN ||
        d->maker.net.shape.norm == GF_NORM_SN)
        return game;
    game.product = game_product;
    game.transposed = game_transposed;
    return game;
}
