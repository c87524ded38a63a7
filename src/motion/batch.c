/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/batch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "motion/turns.h"

/* --- batches ----------------------------------------------------------- */

void gf_batch_clear(gf_batch *b)
{
    gf_mover_free(b->mover);
    gf_lane_game_clear(&b->game);
    free(b->noise);
    free(b->who);
    free(b->stay);
    free(b->left_at);
    free(b->before);
    free(b->then);
}

static void bound(gf_batch *b)
{
    const gf_field *field = b->e->field;

    gf_lane_box_set(&b->physical, 0,
                    (gf_range){-INFINITY, INFINITY, true, true});
    gf_lane_box_set(&b->physical, 1, field->physical);
    for (size_t i = 0; i < 2; i++) {
        gf_lane_box_set(&b->domain, i, field->domain[i]);
        b->domain.lo[i] = fmax(b->domain.lo[i], -GF_BATCH_LARGEST);
        b->domain.hi[i] = fmin(b->domain.hi[i], GF_BATCH_LARGEST);
        b->box.lo[i] = b->e->box[i].lo;
        b->box.hi[i] = b->e->box[i].hi;
    }
}

static bool is_wide(const gf_ensemble *e)
{
    return gf_lane_game_fits(e->options.optimizer->rule);
}

gf_status gf_batch_init(gf_batch *b, const gf_ensemble *e, gf_error *error)
{
    const gf_ensemble_options *options = &e->options;
    const gf_optimizer_rule *rule = options->optimizer->rule;
    size_t targets = options->target_count > 0 ? options->target_count : 1;

    *b = (gf_batch){.e = e};
    gf_status status = gf_lane_game_init(
        &b->game, e->field, is_wide(e) ? &e->plan : NULL, e->lanes, error);
    if (status)
        return status;
    b->most = is_wide(e) ? GF_BATCH : 1;
    b->period = gf_turns_period(options->optimizer);
    bound(b);
    b->vectors = 1 + rule->memory;
    gf_game game = gf_lane_game_of(&b->game, b->most);
    status = gf_mover_new(&b->mover, &game, options->optimizer, options->order,
                          options->critic_steps, error);
    if (status)
        return status;
    b->mover->is_blind = true;
    b->who = calloc(b->most, sizeof *b->who);
    b->stay = calloc(b->most * targets, sizeof *b->stay);
    b->left_at = calloc(b->most, sizeof *b->left_at);
    b->before = calloc(2 * b->most, sizeof *b->before);
    b->then = calloc(2 * b->vectors * b->most, sizeof *b->then);
    if (options->noise > 0)
        b->noise = calloc(b->most, sizeof *b->noise);
    if (!b->who || !b->stay || !b->left_at || !b->before || !b->then ||
        (options->noise > 0 && !b->noise))
        return gf_error_set(error, GF_MEMORY, "out of memory");
    return status;
}

/* --- who is in it ------------------------------------------------------ */

void gf_batch_shrink(gf_batch *b)
{
    size_t step = gf_lane_game_step(&b->game), old = b->lanes;
    size_t lanes = (b->live + step - 1) / step * step;
    gf_mover *m = b->mover;

    if (lanes == old || lanes == 0)
        return;
    for (size_t v = 0; v < gf_mover_vectors(b->e->options.optimizer->rule); v++)
        memmove(m->vector[v] + lanes, m->vector[v] + old,
                lanes * sizeof(double));
    memmove(b->before + lanes, b->before + old, lanes * sizeof(double));
    m->game = gf_lane_game_of(&b->game, lanes);
    m->size[0] = NAN; /* the steps are laid out anew */
    b->lanes = lanes;
}

void gf_batch_drop(gf_batch *b, size_t i)
{
    size_t last = --b->live, n = b->lanes;
    size_t targets = b->e->options.target_count;

    for (size_t v = 0; v < gf_mover_vectors(b->e->options.optimizer->rule);
         v++) {
        double *x = b->mover->vector[v];
        x[i] = x[last];
        x[n + i] = x[n + last];
    }
    b->before[i] = b->before[last];
    b->before[n + i] = b->before[n + last];
    for (size_t v = 0; v < 2 * b->vectors && b->is_ending; v++)
        b->then[v * n + i] = b->then[v * n + last];
    for (size_t t = 0; t < targets; t++)
        b->stay[t * b->most + i] = b->stay[t * b->most + last];
    if (b->noise)
        b->noise[i] = b->noise[last];
    b->who[i] = b->who[last];
    b->left_at[i] = b->left_at[last];
}

/* Puts a start into the next lane. */
static void begin_lane(gf_batch *b, size_t start)
{
    const gf_ensemble_job *job = b->job;
    const gf_field *field = b->e->field;
    double *x = b->mover->vector[0] + b->live, *y = x + b->lanes;

    *x = job->start[start].x;
    *y = job->start[start].y;
    if (b->e->is_kept)
        b->game.watch->put_inside(x, y, 1, &b->box);
    bool is_physical =
        !field->has_physical || gf_range_has(field->physical, *y);
    b->left_at[b->live] = is_physical ? INFINITY : 0;
    if (b->noise)
        b->noise[b->live] = gf_noise_from(
            gf_ensemble_seed(b->e->options.seed, job->first + start));
    b->who[b->live++] = start;
}

static void begin_batch(gf_batch *b)
{
    gf_mover *m = b->mover;

    b->lanes = b->most;
    b->live = b->made = 0;
    b->time = 0;
    b->step = b->e->options.step;
    b->is_ending = false;
    m->game = gf_lane_game_of(&b->game, b->lanes);
    gf_mover_reset(m, b->e->options.noise, 0);
    if (b->noise)
        gf_mover_noises(m, b->noise);
    m->size[0] = NAN;
    memset(b->stay, 0, b->most * b->e->options.target_count * sizeof *b->stay);
}

void gf_batch_fill(gf_batch *b, size_t first, size_t count)
{
    const gf_ensemble_job *job = b->job;
    double *z = b->mover->vector[0];

    begin_batch(b);
    for (size_t i = first; i < first + count; i++) {
        gf_vec2 at = job->start[i];
        if (gf_ensemble_inside(b->e->field, at.x, at.y))
            begin_lane(b, i);
        else
            job->out[i] = (gf_fate){.label = GF_FATE_LEFT_DOMAIN,
                                    .target = b->e->options.target_count,
                                    .left_physical_at = NAN,
                                    .at = at};
    }
    for (size_t i = b->live; i < b->lanes && b->live > 0; i++) {
        z[i] = z[0];
        z[b->lanes + i] = z[b->lanes];
        if (b->noise)
            b->noise[i] = b->noise[0];
    }
}
