/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trainings: making one, and its steps. */
#include "lab/training.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 2000, ROWS = 100 };

/* The batch of all rows is one that no turn comes to. */
#define LOOK_BATCH (UINT64_C(1) << 62)
/* Batches of one turn are this far apart. */
#define REDRAWN (UINT64_C(1) << 40)

/* --- making ------------------------------------------------------------ */

static gf_status check(const gf_training_setup *s, gf_error *error)
{
    static const char *const who[] = {"critic", "generator"};

    for (size_t i = 0; i < 2; i++)
        if (!(s->step[i] > 0) || !isfinite(s->step[i]))
            return gf_error_set(error, GF_ARGUMENT,
                                "a step of %g for the %s; it must be finite "
                                "and above 0",
                                s->step[i], who[i]);
    if (s->steps == 0 || s->steps > GF_TRAINING_STEPS_MAX)
        return gf_error_set(error, GF_ARGUMENT, "%zu steps; give from 1 to %d",
                            s->steps, GF_TRAINING_STEPS_MAX);
    if (!(s->clip >= 0) || !isfinite(s->clip))
        return gf_error_set(error, GF_ARGUMENT,
                            "weights clipped to %g; give a bound above 0",
                            s->clip);
    if (s->pictures == 1 || s->pictures > GF_TRAINING_PICTURES_MAX)
        return gf_error_set(error, GF_ARGUMENT,
                            "%zu states to keep; give from 2 to %d",
                            s->pictures, GF_TRAINING_PICTURES_MAX);
    if (s->steps / s->every >= GF_TRAINING_ROWS_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "%zu rows of measurements; at most %d are kept, so "
                            "take them less often",
                            s->steps / s->every, GF_TRAINING_ROWS_MAX);
    return GF_OK;
}

static void fill_in(gf_training_setup *s)
{
    if (s->every == 0)
        s->every = s->steps > ROWS ? s->steps / ROWS : 1;
    if (s->samples == 0)
        s->samples = SAMPLES;
    if (s->critic_steps == 0)
        s->critic_steps = 1;
    if (s->is_joint)
        s->rule[1] = s->rule[0];
}

/* Velocities of the duel, on a new batch where they are asked for again. */
static void velocity(double *v, const double *z, size_t begin, size_t end,
                     const void *ctx)
{
    gf_training *const *at = ctx;
    gf_training *t = *at;
    size_t part[3] = {begin, begin < t->game.first ? t->game.first : end, end};

    if (t->setup.redraw && t->evaluation > 0)
        gf_duel_deal(t->duel, t->turn + REDRAWN * t->evaluation);
    t->evaluation++;
    if (part[1] > end)
        part[1] = end;
    if (!t->natural[0] && !t->natural[1]) {
        gf_duel_velocity(v, t->duel, z, begin, end);
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        size_t player = part[i] < t->game.first ? GF_CRITIC : GF_GENERATOR;
        if (part[i] == part[i + 1])
            continue;
        gf_duel_velocity(v, t->duel, z, part[i], part[i + 1]);
        if (t->natural[player])
            gf_training_turn_natural(v + part[i], t, player, z);
    }
}

static void product(double *out, const double *z, const double *d,
                    const void *ctx)
{
    gf_training *const *t = ctx;

    (*t)->game.product(out, z, d, (*t)->game.ctx);
}

static void transposed(double *out, const double *z, const double *d,
                       const void *ctx)
{
    gf_training *const *t = ctx;

    (*t)->game.transposed(out, z, d, (*t)->game.ctx);
}

static void deal(size_t turns, void *ctx)
{
    gf_training *t = ctx;

    t->turn = turns;
    t->evaluation = 0;
    if (!t->setup.duel.is_full || turns == 0)
        gf_duel_deal(t->duel, turns);
}

static gf_status make_mover(gf_training *t, gf_error *error)
{
    const gf_training_rule *rule = t->setup.rule;
    const gf_optimizer both[2] = {rule[0].optimizer, rule[1].optimizer};
    bool is_natural = t->natural[0] || t->natural[1];
    gf_game game;
    gf_status status;

    t->game = gf_duel_game(t->duel);
    game = (gf_game){.size = t->game.size,
                     .first = t->game.first,
                     .velocity = velocity,
                     .product = t->game.product && !is_natural ? product : NULL,
                     .transposed =
                         t->game.transposed && !is_natural ? transposed : NULL,
                     .ctx = &t->self};
    status = t->setup.is_joint
                 ? gf_mover_new(&t->mover, &game, both, t->setup.order,
                                t->setup.critic_steps, error)
                 : gf_mover_new_pair(&t->mover, &game, both, t->setup.order,
                                     t->setup.critic_steps, error);
    if (status)
        return status;
    gf_duel_start(gf_mover_state(t->mover), t->duel);
    gf_mover_deals(t->mover, deal, t);
    if (t->box)
        gf_mover_box(t->mover, t->box);
    return GF_OK;
}

static bool allocate(gf_training *t)
{
    size_t size = gf_duel_size(t->duel), first = gf_duel_first(t->duel);

    t->rows_most = t->setup.steps / t->setup.every + 2;
    t->row = calloc(t->rows_most, sizeof *t->row);
    if (t->setup.pictures > 0)
        t->picture = calloc(t->setup.pictures * size, sizeof *t->picture);
    t->sample = calloc(t->setup.samples, sizeof *t->sample);
    t->gradient = calloc(size, sizeof *t->gradient);
    t->weight = calloc(2 * t->setup.duel.batch, sizeof *t->weight);
    if (t->setup.clip > 0)
        t->box = calloc(size, sizeof *t->box);
    for (size_t i = 0; i < size && t->box; i++) {
        double bound = i < first ? t->setup.clip : INFINITY;
        t->box[i] = (gf_range){-bound, bound, true, true};
    }
    return t->row && (t->picture || t->setup.pictures == 0) && t->sample &&
           t->gradient && t->weight && (t->box || !(t->setup.clip > 0));
}

static gf_status make(gf_training *t, gf_error *error)
{
    gf_status status = gf_duel_new(&t->duel, &t->setup.duel, error);

    if (!status)
        status = gf_census_new(&t->census, t->setup.duel.data, t->setup.samples,
                               error);
    if (!status && !allocate(t))
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < 2 && !status; i++)
        if (t->setup.rule[i].is_natural)
            status = gf_training_make_natural(t, i, error);
    if (!status)
        status = gf_drift_init(&t->drift, t->duel, error);
    return status ? status : make_mover(t, error);
}

gf_status gf_training_new(gf_training **out, const gf_training_setup *setup,
                          gf_error *error)
{
    gf_training *t = calloc(1, sizeof *t);
    gf_status status;

    *out = NULL;
    if (!t)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    t->setup = *setup;
    t->self = t;
    fill_in(&t->setup);
    status = check(&t->setup, error);
    if (!status)
        status = make(t, error);
    if (status)
        gf_training_free(t);
    else
        *out = t;
    return status;
}

void gf_training_free(gf_training *t)
{
    if (!t)
        return;
    gf_mover_free(t->mover);
    gf_natural_free(t->natural[0]);
    gf_natural_free(t->natural[1]);
    gf_census_free(t->census);
    gf_duel_free(t->duel);
    gf_drift_clear(&t->drift);
    free(t->picture);
    free(t->row);
    free(t->sample);
    free(t->gradient);
    free(t->weight);
    free(t->work);
    free(t->box);
    free(t);
}

/* --- steps ------------------------------------------------------------- */

static gf_status look(gf_training *t, gf_error *error)
{
    gf_duel_deal(t->duel, LOOK_BATCH);
    return gf_training_measure(t, error);
}

gf_status gf_training_go(gf_training *t, size_t until,
                         bool (*goes_on)(size_t step, void *ctx), void *ctx,
                         gf_error *error)
{
    const gf_training_setup *s = &t->setup;
    gf_status status = t->rows == 0 ? look(t, error) : GF_OK;

    gf_training_take_picture(t);
    while (!status && !gf_training_is_over(t) && t->step < until) {
        t->is_broken = !gf_mover_step(t->mover, s->step);
        if (t->status) {
            if (error)
                *error = t->error;
            return t->status;
        }
        t->step++;
        gf_training_take_picture(t);
        if (t->step % s->every == 0 || gf_training_is_over(t))
            status = look(t, error);
        if (goes_on && !goes_on(t->step, ctx))
            break;
    }
    return status;
}

const gf_training_setup *gf_training_setup_of(const gf_training *t)
{
    return &t->setup;
}

size_t gf_training_step(const gf_training *t)
{
    return t->step;
}

bool gf_training_is_over(const gf_training *t)
{
    return t->is_broken || t->step >= t->setup.steps;
}

size_t gf_training_rows(const gf_training_row **out, const gf_training *t)
{
    *out = t->row;
    return t->rows;
}

gf_duel *gf_training_duel(gf_training *t)
{
    return t->duel;
}

const double *gf_training_state(const gf_training *t)
{
    return gf_mover_reported(t->mover);
}

size_t gf_training_evaluations(const gf_training *t)
{
    return gf_mover_evaluations(t->mover);
}
