/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/jet.h"

#include <string.h>

#include "motion/turns.h"

enum { VECTORS = 8, ITERATIONS = 4 };

typedef struct jets {
    gf_move move; /* first: a rule is given its address */
    const gf_jet_game *game;
    gf_jet vector[VECTORS][2];
    double step[2]; /* by coordinate */
    gf_turns turns;
} jets;

static jets *jets_of(gf_move *move)
{
    return (jets *)move;
}

/* --- series ------------------------------------------------------------ */

/* out += f a b */
static void add_product(gf_jet out, double f, const gf_jet a, const gf_jet b)
{
    static const int power[GF_JET_TERMS][2] = {
        {1, 0}, {0, 1}, {2, 0}, {1, 1}, {0, 2}, {3, 0}, {2, 1}, {1, 2}, {0, 3}};
    static const int place[4][4] = {
        {-1, 1, 4, 8}, {0, 3, 7, -1}, {2, 6, -1, -1}, {5, -1, -1, -1}};

    for (int i = 0; i < GF_JET_WWW; i++)
        for (int k = 0; k < GF_JET_WWW; k++) {
            int p = power[i][0] + power[k][0], q = power[i][1] + power[k][1];
            if (p + q <= 3)
                out[place[p][q]] += f * a[i] * b[k];
        }
}

static void add_times(gf_jet out, double complex f, const gf_jet a)
{
    for (int i = 0; i < GF_JET_TERMS; i++)
        out[i] += f * a[i];
}

/* out += (the derivative of v_i by j at x) d, without its constant part where
   is_bent. */
static void add_slope(gf_jet out, const gf_jet_game *g, size_t i, size_t j,
                      gf_jet x[2], const gf_jet d, bool is_bent)
{
    if (!is_bent)
        add_times(out, g->first[i][j], d);
    for (size_t k = 0; k < 2; k++) {
        add_product(out, g->second[i][j][k], x[k], d);
        for (size_t l = 0; l < 2; l++) {
            gf_jet square = {0};
            add_product(square, 1, x[k], x[l]);
            add_product(out, g->third[i][j][k][l] / 2, square, d);
        }
    }
}

static void velocity_of(gf_jet out, const gf_jet_game *g, size_t i, gf_jet x[2])
{
    memset(out, 0, sizeof(gf_jet));
    for (size_t j = 0; j < 2; j++) {
        add_times(out, g->first[i][j], x[j]);
        for (size_t k = 0; k < 2; k++) {
            gf_jet square = {0};
            add_product(square, 1, x[j], x[k]);
            add_times(out, g->second[i][j][k] / 2, square);
            for (size_t l = 0; l < 2; l++)
                add_product(out, g->third[i][j][k][l] / 6, square, x[l]);
        }
    }
}

/* --- operations -------------------------------------------------------- */

static void copy(gf_move *move, size_t to, size_t from, bool all)
{
    jets *e = jets_of(move);

    for (size_t i = all ? 0 : e->turns.begin; i < (all ? 2 : e->turns.end); i++)
        memcpy(e->vector[to][i], e->vector[from][i], sizeof(gf_jet));
}

/* to = keep to + factor (step) from */
static void combine(jets *e, size_t to, double keep, double factor,
                    bool by_step, size_t from)
{
    for (size_t i = e->turns.begin; i < e->turns.end; i++)
        for (int k = 0; k < GF_JET_TERMS; k++)
            e->vector[to][i][k] =
                keep * e->vector[to][i][k] +
                factor * (by_step ? e->step[i] : 1) * e->vector[from][i][k];
}

static void add(gf_move *move, size_t to, double factor, size_t from)
{
    combine(jets_of(move), to, 1, factor, false, from);
}

static void scale(gf_move *move, size_t to, const double factor[2])
{
    jets *e = jets_of(move);

    for (size_t i = e->turns.begin; i < e->turns.end; i++)
        for (int k = 0; k < GF_JET_TERMS; k++)
            e->vector[to][i][k] *= factor[gf_turns_player(&e->turns, i)];
}

static void blend(gf_move *move, size_t to, double keep, size_t from)
{
    combine(jets_of(move), to, keep, 1 - keep, false, from);
}

static void advance(gf_move *move, size_t to, double factor, double divisor,
                    size_t from)
{
    combine(jets_of(move), to, 1, factor / divisor, true, from);
}

static void velocity(gf_move *move, size_t out, size_t at, bool all)
{
    jets *e = jets_of(move);

    for (size_t i = all ? 0 : e->turns.begin; i < (all ? 2 : e->turns.end); i++)
        velocity_of(e->vector[out][i], e->game, i, e->vector[at]);
}

static void apply(gf_move *move, size_t out, size_t at, size_t d,
                  bool is_transposed)
{
    jets *e = jets_of(move);

    for (size_t i = 0; i < 2; i++) {
        memset(e->vector[out][i], 0, sizeof(gf_jet));
        for (size_t j = 0; j < 2; j++)
            add_slope(e->vector[out][i], e->game, is_transposed ? j : i,
                      is_transposed ? i : j, e->vector[at], e->vector[d][j],
                      false);
    }
}

static void product(gf_move *move, size_t out, size_t at, size_t d)
{
    apply(move, out, at, d, false);
}

static void transposed(gf_move *move, size_t out, size_t at, size_t d)
{
    apply(move, out, at, d, true);
}

/* D (1 - D) and p_g round the point. */
static void metric(gf_move *move, size_t v, size_t at)
{
    jets *e = jets_of(move);
    gf_vec2 z = e->game->at;
    gf_jet *x = e->vector[at], square = {0};

    add_product(square, 1, x[0], x[0]);
    for (size_t i = e->turns.begin; i < e->turns.end; i++) {
        gf_jet old;
        memcpy(old, e->vector[v][i], sizeof old);
        for (int k = 0; k < GF_JET_TERMS; k++)
            e->vector[v][i][k] *= i == 0 ? z.x * (1 - z.x) : z.y;
        add_product(e->vector[v][i], i == 0 ? 1 - 2 * z.x : 1, x[i], old);
        if (i == 0)
            add_product(e->vector[v][i], -1, square, old);
    }
}

static void nothing(gf_move *move, size_t to, double keep, size_t from)
{
    (void)move, (void)to, (void)keep, (void)from;
}

static void peak(gf_move *move, size_t to, size_t from)
{
    (void)move, (void)to, (void)from;
}

static void normalize(gf_move *move, size_t out, size_t m, size_t s,
                      const double factor[2], double eps)
{
    (void)s;
    combine(jets_of(move), out, 0, factor[0] / eps, false, m);
}

/* b becomes x of (1 - H K) x = b, K = J between numbers that move (crossed:
   of different players). */
static void solve(const jets *e, gf_jet b[2], bool crossed)
{
    double a[2][2] = {{1, 0}, {0, 1}};

    for (size_t i = e->turns.begin; i < e->turns.end; i++)
        for (size_t j = e->turns.begin; j < e->turns.end; j++)
            if (!(crossed && i == j))
                a[i][j] -= e->step[i] * e->game->first[i][j];
    double det = a[0][0] * a[1][1] - a[0][1] * a[1][0];
    for (int k = 0; k < GF_JET_TERMS; k++) {
        double complex p = b[0][k], q = b[1][k];
        b[0][k] = (a[1][1] * p - a[0][1] * q) / det;
        b[1][k] = (a[0][0] * q - a[1][0] * p) / det;
    }
}

/* Newton's method with the slope at the point: an order more each time. */
static void implicit(gf_move *move, size_t to)
{
    jets *e = jets_of(move);
    gf_jet z[2], *x = e->vector[to];

    memcpy(z, x, sizeof z);
    for (int n = 0; n < ITERATIONS; n++) {
        gf_jet r[2] = {{0}, {0}}, v;
        for (size_t i = e->turns.begin; i < e->turns.end; i++) {
            velocity_of(v, e->game, i, x);
            add_times(r[i], 1, z[i]);
            add_times(r[i], -1, x[i]);
            add_times(r[i], e->step[i], v);
        }
        solve(e, r, false);
        for (size_t i = e->turns.begin; i < e->turns.end; i++)
            add_times(x[i], 1, r[i]);
    }
}

static void untangle(gf_move *move, size_t out, size_t at, size_t v)
{
    jets *e = jets_of(move);
    bool both = e->turns.begin == 0 && e->turns.end == 2;
    gf_jet x[2] = {{0}, {0}}, b[2];

    for (int n = 0; n < ITERATIONS; n++) {
        memset(b, 0, sizeof b);
        for (size_t i = e->turns.begin; i < e->turns.end; i++) {
            add_times(b[i], e->step[i], e->vector[v][i]);
            gf_jet bent = {0};
            if (both)
                add_slope(bent, e->game, i, 1 - i, e->vector[at], x[1 - i],
                          true);
            add_times(b[i], e->step[i], bent);
        }
        if (both)
            solve(e, b, true);
        memcpy(x, b, sizeof x);
    }
    for (size_t i = e->turns.begin; i < e->turns.end; i++)
        memcpy(e->vector[out][i], x[i], sizeof(gf_jet));
}

static const gf_machine machine = {
    .copy = copy,
    .add = add,
    .scale = scale,
    .blend = blend,
    .advance = advance,
    .velocity = velocity,
    .product = product,
    .transposed = transposed,
    .metric = metric,
    .square = nothing,
    .peak = peak,
    .normalize = normalize,
    .implicit = implicit,
    .untangle = untangle,
};

/* --- maps -------------------------------------------------------------- */

bool gf_jet_map(gf_jet state[GF_JET_STATE_MAX], const gf_jet_game *game,
                const gf_optimizer *optimizer, gf_order order,
                size_t critic_steps, const double step[2])
{
    const gf_optimizer_rule *rule = optimizer->rule;
    size_t critic = game->critic_second ? 1 : 0, row = 0;
    jets e = {.move = {.machine = &machine, .number = optimizer->number},
              .game = game,
              .turns = gf_turns_of(optimizer, order, critic_steps, 1, 2,
                                   game->critic_second)};

    if (rule->through_eps || 1 + rule->memory + rule->scratch > VECTORS)
        return false;
    e.step[critic] = step[0];
    e.step[1 - critic] = step[1];
    for (size_t v = 0; v <= rule->memory; v++) {
        bool is_copy = rule->copies & (1u << v);
        for (size_t i = 0; i < 2; i++)
            memcpy(e.vector[v][i], state[is_copy ? i : row++], sizeof(gf_jet));
    }
    for (size_t n = 0; n < e.turns.period; n++)
        gf_turns_round(&e.turns, &e.move);
    row = 0;
    for (size_t v = 0; v <= rule->memory; v++)
        for (size_t i = 0; i < 2 && !(rule->copies & (1u << v)); i++)
            memcpy(state[row++], e.vector[v][i], sizeof(gf_jet));
    return true;
}
