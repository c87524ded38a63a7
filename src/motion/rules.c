/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules themselves (docs/theory.md, section 3).  Each function is the
 * update of the player or players that move; Z is z, and the names that follow
 * it are the rule's memory and then its scratch.
 */
#include "motion/rules.h"

#include <math.h>

enum { Z = 0 };

/* --- gradient steps and momentum --------------------------------------- */

void gf_rule_sgd(gf_move *move)
{
    enum { V = 1 };

    gf_move_velocity(move, V, Z);
    gf_move_advance(move, Z, 1, 1, V);
}

/* A momentum for each player. */
static void momenta(double beta[2], const gf_move *move)
{
    beta[0] = move->number[0];
    beta[1] = isnan(move->number[1]) ? beta[0] : move->number[1];
}

void gf_rule_heavy_ball(gf_move *move)
{
    enum { M = 1, V };
    double beta[2];

    momenta(beta, move);
    gf_move_velocity(move, V, Z);
    gf_move_scale(move, M, beta);
    gf_move_add(move, M, 1, V);
    gf_move_advance(move, Z, 1, 1, M);
}

void gf_rule_nesterov(gf_move *move)
{
    enum { M = 1, V, AHEAD };
    double beta[2];

    momenta(beta, move);
    gf_move_scale(move, M, beta);
    gf_move_copy_all(move, AHEAD, Z);
    gf_move_advance(move, AHEAD, 1, 1, M);
    gf_move_velocity(move, V, AHEAD);
    gf_move_add(move, M, 1, V);
    gf_move_advance(move, Z, 1, 1, M);
}

/* --- steps that are normalized ----------------------------------------- */

void gf_rule_rmsprop(gf_move *move)
{
    enum { S = 1, V, D };
    static const double as_it_is[2] = {1, 1};
    const double rho = move->number[0], eps = move->number[1];

    gf_move_velocity(move, V, Z);
    gf_move_square(move, S, rho, V);
    gf_move_normalize(move, D, V, S, as_it_is, eps);
    gf_move_advance(move, Z, 1, 1, D);
}

/* What turns the averages m and s, 0 at first, into unbiased ones. */
static void unbiased(double scale[2], const gf_move *move)
{
    double n = (double)move->time + 1;

    scale[0] = 1 / (1 - pow(move->number[0], n));
    scale[1] = 1 / (1 - pow(move->number[1], n));
}

enum { ADAM_M = 1, ADAM_S };

static void average(gf_move *move, size_t v)
{
    gf_move_velocity(move, v, Z);
    gf_move_blend(move, ADAM_M, move->number[0], v);
    gf_move_square(move, ADAM_S, move->number[1], v);
}

void gf_rule_adam(gf_move *move)
{
    enum { V = ADAM_S + 1 };
    double scale[2];

    average(move, V);
    unbiased(scale, move);
    gf_move_normalize(move, V, ADAM_M, ADAM_S, scale, move->number[2]);
    gf_move_advance(move, Z, 1, 1, V);
}

void gf_rule_amsgrad(gf_move *move)
{
    enum { PEAK = ADAM_S + 1, V };
    double scale[2];

    average(move, V);
    unbiased(scale, move);
    gf_move_peak(move, PEAK, ADAM_S);
    gf_move_normalize(move, V, ADAM_M, PEAK, scale, move->number[2]);
    gf_move_advance(move, Z, 1, 1, V);
}

void gf_rule_optimistic_adam(gf_move *move)
{
    enum { LAST = ADAM_S + 1, V };
    double scale[2];

    average(move, V);
    unbiased(scale, move);
    gf_move_normalize(move, V, ADAM_M, ADAM_S, scale, move->number[2]);
    gf_move_advance(move, Z, 2, 1, V);
    gf_move_advance(move, Z, -1, 1, LAST);
    gf_move_copy(move, LAST, V);
}

/* --- looking ahead ----------------------------------------------------- */

void gf_rule_extragradient(gf_move *move)
{
    enum { V = 1, AHEAD };

    gf_move_velocity(move, V, Z);
    gf_move_copy_all(move, AHEAD, Z);
    gf_move_advance(move, AHEAD, 1, 1, V);
    gf_move_velocity(move, V, AHEAD);
    gf_move_advance(move, Z, 1, 1, V);
}

/* The first of these two begins with one step of sgd more, the second with
   one of sgd: before the start is the start. */
void gf_rule_past_extragradient(gf_move *move)
{
    enum { PAST = 1, AHEAD };

    if (move->time == 0)
        gf_move_velocity(move, PAST, Z);
    gf_move_copy_all(move, AHEAD, Z);
    gf_move_advance(move, AHEAD, 1, 1, PAST);
    gf_move_velocity(move, PAST, AHEAD);
    gf_move_advance(move, Z, 1, 1, PAST);
}

void gf_rule_optimistic(gf_move *move)
{
    enum { PAST = 1, V };

    gf_move_velocity(move, V, Z);
    if (move->time > 0) {
        gf_move_advance(move, Z, 2, 1, V);
        gf_move_advance(move, Z, -1, 1, PAST);
    } else {
        gf_move_advance(move, Z, 1, 1, V);
    }
    gf_move_copy(move, PAST, V);
}

enum { SLOW = 1 };

/* sgd, with something to remember. */
void gf_rule_slow(gf_move *move)
{
    enum { V = SLOW + 1 };

    gf_move_velocity(move, V, Z);
    gf_move_advance(move, Z, 1, 1, V);
}

void gf_settle_lookahead(gf_move *move)
{

    if ((move->round + 1) % (size_t)move->number[0] != 0)
        return;
    gf_move_blend(move, Z, move->number[1], SLOW);
    gf_move_copy(move, SLOW, Z);
}

void gf_settle_averaging(gf_move *move)
{
    double n = (double)move->round + 1; /* states in it so far */

    gf_move_blend(move, SLOW, n / (n + 1), Z);
}

/* --- other fields ------------------------------------------------------ */

void gf_rule_consensus(gf_move *move)
{
    enum { V = 1, BACK };

    gf_move_velocity_all(move, V, Z);
    gf_move_transposed(move, BACK, Z, V);
    gf_move_add(move, V, -move->number[0], BACK);
    gf_move_advance(move, Z, 1, 1, V);
}

void gf_rule_sga(gf_move *move)
{
    enum { V = 1, AHEAD, BACK };
    double lambda = move->number[0];

    gf_move_velocity_all(move, V, Z);
    gf_move_product(move, AHEAD, Z, V);
    gf_move_transposed(move, BACK, Z, V);
    gf_move_add(move, V, lambda / 2, AHEAD);
    gf_move_add(move, V, -lambda / 2, BACK);
    gf_move_advance(move, Z, 1, 1, V);
}

void gf_rule_competitive(gf_move *move)
{
    enum { V = 1, D };

    gf_move_velocity(move, V, Z);
    gf_move_untangle(move, D, Z, V);
    gf_move_add(move, Z, 1, D);
}

void gf_rule_natural(gf_move *move)
{
    enum { V = 1 };

    gf_move_velocity(move, V, Z);
    gf_move_metric(move, V, Z);
    gf_move_advance(move, Z, 1, 1, V);
}

void gf_rule_implicit(gf_move *move)
{
    gf_move_implicit(move, Z);
}

/* --- Runge and Kutta --------------------------------------------------- */

void gf_rule_rk2(gf_move *move)
{
    enum { V = 1, W, AT };

    gf_move_velocity(move, V, Z);
    gf_move_copy_all(move, AT, Z);
    gf_move_advance(move, AT, 1, 1, V);
    gf_move_velocity(move, W, AT);
    gf_move_add(move, V, 1, W);
    gf_move_advance(move, Z, 1, 2, V);
}

void gf_rule_rk3(gf_move *move)
{
    enum { V = 1, W, AT };

    gf_move_velocity(move, V, Z);
    gf_move_copy_all(move, AT, Z);
    gf_move_advance(move, AT, 1, 2, V);
    gf_move_velocity(move, W, AT);
    gf_move_copy_all(move, AT, Z);
    gf_move_advance(move, AT, -1, 1, V);
    gf_move_advance(move, AT, 2, 1, W);
    gf_move_add(move, V, 4, W);
    gf_move_velocity(move, W, AT);
    gf_move_add(move, V, 1, W);
    gf_move_advance(move, Z, 1, 6, V);
}

void gf_rule_rk4(gf_move *move)
{
    enum { SUM = 1, V, AT };

    gf_move_velocity(move, SUM, Z);
    gf_move_copy_all(move, AT, Z);
    gf_move_advance(move, AT, 1, 2, SUM);
    gf_move_velocity(move, V, AT);
    gf_move_add(move, SUM, 2, V);
    gf_move_copy_all(move, AT, Z);
    gf_move_advance(move, AT, 1, 2, V);
    gf_move_velocity(move, V, AT);
    gf_move_add(move, SUM, 2, V);
    gf_move_copy_all(move, AT, Z);
    gf_move_advance(move, AT, 1, 1, V);
    gf_move_velocity(move, V, AT);
    gf_move_add(move, SUM, 1, V);
    gf_move_advance(move, Z, 1, 6, SUM);
}
