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

size_t gf_mover_vectors(const gf_optimizer_rule *rule)
{
    bool solves = rule->needs & GF_NEEDS_PRODUCT;

    return 1 + rule->memory + rule->scratch +
           (solves ? GF_SOLVE_VECTORS + 2 : 1);
}

/* The tables of vectors, z first, from *at on. */
static bool set_table(double ***out, gf_mover *m, size_t player, double **at)
{
    size_t count = gf_mover_vectors(m->rule[player].rule);
    double **table = calloc(count, sizeof *table);

    *out = table;
    if (!table)
        return false;
    table[0] = m->block;
    for (size_t i = 1; i < count; i++, *at += m->game.size)
        table[i] = *at;
    return true;
}

static bool allocate(gf_mover *m)
{
    size_t n = m->game.size, tables = m->is_mixed ? 2 : 1, count = 3;
    double *at;

    for (size_t i = 0; i < tables; i++)
        count += gf_mover_vectors(m->rule[i].rule) - 1;
    if (n > SIZE_MAX / sizeof(double) / count)
        return false;
    m->block = calloc(count * n, sizeof *m->block);
    if (!m->block)
        return false;
    m->step = m->block + n;
    m->held = m->block + 2 * n;
    at = m->block + 3 * n;
    for (size_t i = 0; i < tables; i++)
        if (!set_table(&m->table[i], m, i, &at))
            return false;
    if (!m->is_mixed)
        m->table[1] = m->table[0];
    return true;
}

/* From now on it is this player's rule that moves. */
static void hand_over(gf_mover *m, size_t player)
{
    m->optimizer = m->rule[player];
    m->vector = m->table[player];
}

static gf_status make(gf_mover **out, const gf_game *game,
                      const gf_optimizer *const rule[2], gf_order order,
                      size_t critic_steps, gf_error *error)
{
    gf_status status = check(game, rule[0]->rule, error);
    gf_mover *m;

    *out = NULL;
    if (!status)
        status = check(game, rule[1]->rule, error);
    if (status)
        return status;
    m = calloc(1, sizeof *m);
    if (m) {
        m->game = *game;
        m->rule[0] = *rule[0];
        m->rule[1] = *rule[1];
        m->is_mixed = rule[0] != rule[1];
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

gf_status gf_mover_new(gf_mover **out, const gf_game *game,
                       const gf_optimizer *optimizer, gf_order order,
                       size_t critic_steps, gf_error *error)
{
    const gf_optimizer *const rule[2] = {optimizer, optimizer};

    return make(out, game, rule, order, critic_steps, error);
}

gf_status gf_mover_new_pair(gf_mover **out, const gf_game *game,
                            const gf_optimizer rules[2], gf_order order,
                            size_t critic_steps, gf_error *error)
{
    const gf_optimizer *const rule[2] = {&rules[0], &rules[1]};

    return make(out, game, rule, order, critic_steps, error);
}

void gf_mover_free(gf_mover *m)
{
    if (!m)
        return;
    free(m->table[0]);
    if (m->is_mixed)
        free(m->table[1]);
    free(m->block);
    free(m);
}

void gf_mover_reset(gf_mover *m, double noise, uint64_t seed)
{
    for (size_t p = 0; p < 2; p++)
        for (size_t i = 1; i <= m->rule[p].rule->memory; i++)
            memset(m->table[p][i], 0, m->game.size * sizeof(double));
    hand_over(m, 0);
    m->made[0] = m->made[1] = m->move.round = m->turns = 0;
    m->evaluations = 0;
    m->noise = noise;
    m->row = gf_noise_from(seed);
    m->each = NULL;
}

double *gf_mover_state(gf_mover *m)
{
    return m->block;
}

const double *gf_mover_reported(const gf_mover *m)
{
    const double *of[2];

    /* before the first step the mean is the start */
    for (size_t p = 0; p < 2; p++)
        of[p] = m->table[p][m->move.round > 0 ? m->rule[p].rule->reported : 0];
    if (of[0] == of[1])
        return of[0];
    for (size_t i = 0; i < m->game.size; i++)
        m->held[i] = of[gf_game_player(&m->game, i)][i];
    return m->held;
}

void gf_mover_deals(gf_mover *m, gf_mover_deal deal, void *ctx)
{
    m->deal = deal;
    m->deal_ctx = ctx;
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

void gf_mover_noises(gf_mover *m, gf_noise *each)
{
    m->each = each;
}

/* A row of deviates for all numbers, or one for each game. */
static void add_noise(gf_mover *m, double *v, size_t begin, size_t end)
{
    size_t games = m->game.first;

    for (size_t i = begin; i < end; i++) {
        gf_noise *row = m->each ? &m->each[i < games ? i : i - games] : &m->row;
        v[i] += m->noise * gf_noise_next(row);
    }
}

void gf_mover_velocity(gf_mover *m, double *v, const double *z, size_t begin,
                       size_t end)
{
    m->evaluations++;
    m->game.velocity(v, z, begin, end, m->game.ctx);
    if (m->noise > 0)
        add_noise(m, v, begin, end);
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

/* Aims at a player's numbers, 0 the critic's, 1 the generator's; 2: at all. */
static void aim_at(gf_mover *m, size_t player)
{
    size_t first = m->game.first;
    bool is_first = player == (m->game.critic_second ? 1 : 0);

    if (player == 2)
        aim(m, 0, m->game.size);
    else
        aim(m, is_first ? 0 : first, is_first ? first : m->game.size);
}

/* One player moves, or both by one rule (2). */
static bool turn(gf_mover *m, size_t player)
{
    hand_over(m, player % 2);
    aim_at(m, player);
    m->move.time = m->made[player % 2];
    m->optimizer.rule->step(&m->move);
    m->made[player % 2]++;
    bool is_good = m->is_blind || is_finite(m);
    if (is_good)
        put_into_box(m);
    return is_good;
}

static void exchange(double *a, double *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double x = a[i];
        a[i] = b[i];
        b[i] = x;
    }
}

/* Both move from one state, each by its own rule. */
static bool turn_apart(gf_mover *m)
{
    memcpy(m->held, m->block, m->game.size * sizeof *m->held);
    if (!turn(m, 0))
        return false;
    size_t begin = m->begin, count = m->end - m->begin;
    exchange(m->block + begin, m->held + begin, count);
    bool is_good = turn(m, 1);
    exchange(m->block + begin, m->held + begin, count);
    return is_good;
}

/* What a rule that copies the start has to know. */
static void begin_memory(gf_mover *m, size_t player)
{
    const gf_optimizer_rule *rule = m->rule[player].rule;

    for (size_t i = 1; i <= rule->memory; i++)
        if (rule->copies & (1u << i))
            memcpy(m->table[player][i], m->block,
                   m->game.size * sizeof(double));
}

static void begin_round(gf_mover *m, const double step[2])
{
    for (size_t player = 0; player < 2 && m->move.round == 0; player++)
        begin_memory(m, player);
    if (m->move.round > 0 && step[0] == m->size[0] && step[1] == m->size[1])
        return;
    m->size[0] = step[0];
    m->size[1] = step[1];
    for (size_t i = 0; i < m->game.size; i++)
        m->step[i] = step[gf_game_player(&m->game, i)];
}

static void settle(gf_mover *m)
{
    for (size_t player = 0; player < (m->is_mixed ? 2 : 1); player++) {
        hand_over(m, player);
        aim_at(m, m->is_mixed ? player : 2);
        if (m->optimizer.rule->settle)
            m->optimizer.rule->settle(&m->move);
    }
    m->move.round++;
}

bool gf_mover_step_while(gf_mover *m, const double step[2],
                         gf_mover_look goes_on, const void *ctx)
{
    bool is_turned = m->order == GF_ALTERNATING;
    size_t turns = is_turned ? m->critic_steps + 1 : 1;

    begin_round(m, step);
    for (size_t i = 0; i < turns; i++) {
        size_t player = !is_turned ? 2 : i + 1 < turns ? 0 : 1;
        if (m->deal)
            m->deal(m->turns, m->deal_ctx);
        m->turns++;
        if (!(player == 2 && m->is_mixed ? turn_apart(m) : turn(m, player)))
            return false;
        if (goes_on && !goes_on(m->block, ctx))
            return false;
    }
    settle(m);
    return true;
}

bool gf_mover_step(gf_mover *m, const double step[2])
{
    return gf_mover_step_while(m, step, NULL, NULL);
}
