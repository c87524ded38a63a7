/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of a rule in doubles, on vectors of any length. */
#include <math.h>
#include <string.h>

#include "motion/mover.h"

static gf_mover *mover_of(gf_move *move)
{
    return (gf_mover *)move;
}

static void copy(gf_move *move, size_t to, size_t from, bool all)
{
    gf_mover *m = mover_of(move);
    size_t begin = all ? 0 : m->begin, end = all ? m->game.size : m->end;

    memcpy(m->vector[to] + begin, m->vector[from] + begin,
           (end - begin) * sizeof(double));
}

static void add(gf_move *move, size_t to, double factor, size_t from)
{
    gf_mover *m = mover_of(move);
    double *y = m->vector[to];
    const double *x = m->vector[from];

    for (size_t i = m->begin; i < m->end; i++)
        y[i] += factor * x[i];
}

static void scale(gf_move *move, size_t to, const double factor[2])
{
    gf_mover *m = mover_of(move);
    double *y = m->vector[to];

    for (size_t i = m->begin; i < m->end; i++)
        y[i] *= factor[gf_game_player(&m->game, i)];
}

static void blend(gf_move *move, size_t to, double keep, size_t from)
{
    gf_mover *m = mover_of(move);
    double *y = m->vector[to];
    const double *x = m->vector[from];

    for (size_t i = m->begin; i < m->end; i++)
        y[i] = keep * y[i] + (1 - keep) * x[i];
}

static void advance(gf_move *move, size_t to, double factor, double divisor,
                    size_t from)
{
    gf_mover *m = mover_of(move);
    double *y = m->vector[to];
    const double *x = m->vector[from];

    factor /= divisor;
    for (size_t i = m->begin; i < m->end; i++)
        y[i] += factor * m->step[i] * x[i];
}

static void velocity(gf_move *move, size_t out, size_t at, bool all)
{
    gf_mover *m = mover_of(move);

    gf_mover_velocity(m, m->vector[out], m->vector[at], all ? 0 : m->begin,
                      all ? m->game.size : m->end);
}

static void product(gf_move *move, size_t out, size_t at, size_t d)
{
    gf_mover *m = mover_of(move);

    m->evaluations++;
    m->game.product(m->vector[out], m->vector[at], m->vector[d], m->game.ctx);
}

static void transposed(gf_move *move, size_t out, size_t at, size_t d)
{
    gf_mover *m = mover_of(move);

    m->evaluations++;
    m->game.transposed(m->vector[out], m->vector[at], m->vector[d],
                       m->game.ctx);
}

static void metric(gf_move *move, size_t v, size_t at)
{
    gf_mover *m = mover_of(move);
    double *inverse =
        m->vector[1 + m->optimizer.rule->memory + m->optimizer.rule->scratch];

    m->game.metric(inverse, m->vector[at], m->game.ctx);
    for (size_t i = m->begin; i < m->end; i++)
        m->vector[v][i] *= inverse[i];
}

static void square(gf_move *move, size_t to, double keep, size_t from)
{
    gf_mover *m = mover_of(move);
    double *y = m->vector[to];
    const double *x = m->vector[from];

    for (size_t i = m->begin; i < m->end; i++)
        y[i] = keep * y[i] + (1 - keep) * x[i] * x[i];
}

static void peak(gf_move *move, size_t to, size_t from)
{
    gf_mover *m = mover_of(move);
    double *y = m->vector[to];
    const double *x = m->vector[from];

    for (size_t i = m->begin; i < m->end; i++)
        y[i] = fmax(y[i], x[i]);
}

static void normalize(gf_move *move, size_t out, size_t mean, size_t s,
                      const double factor[2], double eps)
{
    gf_mover *m = mover_of(move);
    const double *x = m->vector[mean], *y = m->vector[s];

    for (size_t i = m->begin; i < m->end; i++)
        m->vector[out][i] = factor[0] * x[i] / (sqrt(factor[1] * y[i]) + eps);
}

static void implicit(gf_move *move, size_t to)
{
    gf_mover *m = mover_of(move);

    gf_mover_solve_implicit(m, m->vector[to]);
}

static void untangle(gf_move *move, size_t out, size_t at, size_t v)
{
    gf_mover *m = mover_of(move);
    double *b =
        m->vector[1 + m->optimizer.rule->memory + m->optimizer.rule->scratch];

    for (size_t i = m->begin; i < m->end; i++)
        b[i] = m->step[i] * m->vector[v][i];
    if (m->begin == 0 && m->end == m->game.size)
        gf_mover_solve(m, m->vector[out], m->vector[at], b, true);
    else
        memcpy(m->vector[out] + m->begin, b + m->begin,
               (m->end - m->begin) * sizeof *b);
}

const gf_machine gf_mover_machine = {
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
