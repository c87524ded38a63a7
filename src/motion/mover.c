/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Movers: whose turn it is, boxes, noise. */
#include "motion/mover.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- life -------------------------------------------------------------- */

static gf_status check(const gf_game *game, const gf_optimizer_rule *rule,
                       gf_error *error)
{
    const char *trouble = NULL;

    if ((rule->needs & GF_NEEDS_METRIC) && !game->metric)
        trouble = "needs the Fisher metric, which there is only where D is a "
                  "probability: domain (0, 1), no link";
    else if (((rule->needs & GF_NEEDS_PRODUCT) && !game->product) ||
             ((rule->needs & GF_NEEDS_TRANSPOSED) && !game->transposed))
        trouble = "needs products with the Jacobian, and the game has none";
    return trouble ? gf_error_set(error, GF_ARGUMENT, "'%s' %s", rule->name,
                                  trouble)
                   : GF_OK;
}

static size_t count_vectors(const gf_optimizer_rule *rule)
{
    bool solves = rule->needs & GF_NEEDS_PRODUCT;

    return 1 + rule->memory + rule->scratch +
           (solves ? GF_SOLVE_VECTORS + 2 : 1);
}

static bool allocate(gf_mover *m)
{
    size_t count = count_vectors(m->optimizer.rule), n = m->game.size;

    if (n > SIZE_MAX / sizeof(double) / (count + 1))
        return false;
    m->vector = calloc(count, sizeof *m->vector);
    m->block = calloc((count + 1) * n, sizeof *m->block);
    if (!m->vector || !m->block)
        return false;
    for (size_t i = 0; i < count; i++)
        m->vector[i] = m->block + i * n;
    m->step = m->block + count * n;
    return true;
}

gf_status gf_mover_new(gf_mover **out, const gf_game *game,
                       const gf_optimizer *optimizer, gf_order order,
                       size_t critic_steps, gf_error *error)
{
    *out = NULL;
    gf_status status = check(game, optimizer->rule, error);
    if (status)
        return status;
    gf_mover *m = calloc(1, sizeof *m);
    if (m) {
        m->game = *game;
        m->optimizer = *optimizer;
        m->order = order;
        m->critic_steps = critic_steps > 0 ? critic_steps : 1;
        m->move.machine = &gf_mover_machine;
        m->move.number = m->optimizer.number;
    }
    if (!m || !allocate(m)) {
        gf_mover_free(m);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    gf_mover_reset(m, 0, 0);
    *out = m;
    return GF_OK;
}

void gf_mover_free(gf_mover *m)
{
    if (!m)
        return;
    free(m->vector);
    free(m->block);
    free(m);
}

void gf_mover_reset(gf_mover *m, double noise, uint64_t seed)
{
    for (size_t i = 1; i <= m->optimizer.rule->memory; i++)
        memset(m->vector[i], 0, m->game.size * sizeof(double));
    m->made[0] = m->made[1] = m->move.round = 0;
    m->evaluations = 0;
    m->noise = noise;
    m->seed = seed;
    m->spare = NAN;
}

double *gf_mover_state(gf_mover *m)
{
    return m->vector[0];
}

const double *gf_mover_reported(const gf_mover *m)
{
    /* before the first step the mean is the start */
    return m->vector[m->move.round > 0 ? m->optimizer.rule->reported : 0];
}

void gf_mover_box(gf_mover *m, const gf_range *box)
{
    m->box = box;
}

size_t gf_mover_evaluations(const gf_mover *m)
{
    return m->evaluations;
}

/* --- noise ------------------------------------------------------------- */

/* splitmix64 [steele2014]: in (0, 1). */
static double uniform(gf_mover *m)
{
    uint64_t z = m->seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    z ^= z >> 31;
    return ((double)(z >> 11) + 0.5) * 0x1p-53;
}

/* Two at a time, from a point in a circle [marsaglia1964]. */
double gf_mover_deviate(gf_mover *m)
{
    double x = m->spare, y, r;

    m->spare = NAN;
    if (!isnan(x))
        return x;
    do {
        x = 2 * uniform(m) - 1;
        y = 2 * uniform(m) - 1;
        r = x * x + y * y;
    } while (r >= 1 || r == 0);
    r = sqrt(-2 * log(r) / r);
    m->spare = y * r;
    return x * r;
}

void gf_mover_velocity(gf_mover *m, double *v, const double *z, size_t begin,
                       size_t end)
{
    m->evaluations++;
    m->game.velocity(v, z, begin, end, m->game.ctx);
    for (size_t i = begin; i < end && m->noise > 0; i++)
        v[i] += m->noise * gf_mover_deviate(m);
}

/* --- steps ------------------------------------------------------------- */

static void put_into_box(gf_mover *m)
{
    double *z = m->vector[0];

    for (size_t i = m->begin; i < m->end && m->box; i++)
        z[i] = fmin(fmax(z[i], m->box[i].lo), m->box[i].hi);
}

static bool is_finite(const gf_mover *m)
{
    const double *z = m->vector[0];
    double sum = 0;

    for (size_t i = m->begin; i < m->end; i++)
        sum += 0 * z[i];
    return sum == 0;
}

static void aim(gf_mover *m, size_t begin, size_t end)
{
    m->begin = begin;
    m->end = end;
}

/* One player moves: 0 the critic, 1 the generator; 2: both. */
static bool turn(gf_mover *m, size_t player)
{
    size_t first = m->game.first;
    bool is_first = player == (m->game.critic_second ? 1 : 0);

    if (player == 2)
        aim(m, 0, m->game.size);
    else
        aim(m, is_first ? 0 : first, is_first ? first : m->game.size);
    m->move.time = m->made[player % 2];
    m->optimizer.rule->step(&m->move);
    m->made[player % 2]++;
    bool is_good = is_finite(m);
    if (is_good)
        put_into_box(m);
    return is_good;
}

static void begin_round(gf_mover *m, const double step[2])
{
    const gf_optimizer_rule *rule = m->optimizer.rule;

    for (size_t i = 1; i <= rule->memory && m->move.round == 0; i++)
        if (rule->copies & (1u << i))
            memcpy(m->vector[i], m->vector[0], m->game.size * sizeof(double));
    if (m->move.round > 0 && step[0] == m->size[0] && step[1] == m->size[1])
        return;
    m->size[0] = step[0];
    m->size[1] = step[1];
    for (size_t i = 0; i < m->game.size; i++)
        m->step[i] = step[gf_game_player(&m->game, i)];
}

bool gf_mover_step_while(gf_mover *m, const double step[2],
                         gf_mover_look goes_on, const void *ctx)
{
    const gf_optimizer_rule *rule = m->optimizer.rule;
    bool is_turned = m->order == GF_ALTERNATING;
    size_t turns = is_turned ? m->critic_steps + 1 : 1;

    begin_round(m, step);
    for (size_t i = 0; i < turns; i++) {
        size_t player = !is_turned ? 2 : i + 1 < turns ? 0 : 1;
        if (!turn(m, player))
            return false;
        if (goes_on && !goes_on(m->vector[0], ctx))
            return false;
    }
    aim(m, 0, m->game.size);
    if (rule->settle)
        rule->settle(&m->move);
    m->move.round++;
    return true;
}

bool gf_mover_step(gf_mover *m, const double step[2])
{
    return gf_mover_step_while(m, step, NULL, NULL);
}
