/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/players.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *gf_representation_name(gf_representation r)
{
    static const char *const names[] = {"density", "softmax", "pushforward"};

    return names[r];
}

const char *gf_bn_mode_name(gf_bn_mode mode)
{
    static const char *const names[] = {"separate", "joint", "gsep", "eval"};

    return names[mode];
}

/* --- making ------------------------------------------------------------ */

static gf_status check(const gf_players_setup *s, gf_error *error)
{
    bool has_particles = s->representation == GF_PUSHFORWARD;
    size_t inputs = s->critic->shape.size[0];

    if (s->cloud.count == 0 || (has_particles && s->particles == 0))
        return gf_error_set(error, GF_ARGUMENT,
                            "there are no points; give at least one");
    if (!has_particles && s->generator->shape.size[0] != inputs)
        return gf_error_set(error, GF_ARGUMENT,
                            "the critic takes %zu inputs and the generator's "
                            "density %zu; give both the same",
                            inputs, s->generator->shape.size[0]);
    if (has_particles && inputs != 1)
        return gf_error_set(error, GF_ARGUMENT,
                            "a generator of particles gives one number, and "
                            "the critic takes %zu; give it one input",
                            inputs);
    return GF_OK;
}

static double *copy(const double *from, size_t count, size_t room)
{
    double *to = calloc(room, sizeof *to);

    if (to && from)
        memcpy(to, from, count * sizeof *to);
    return to;
}

static bool fill(gf_players *p)
{
    const gf_players_setup *s = &p->setup;
    size_t inputs = s->critic->shape.size[0];

    p->weight = copy(s->cloud.weight, p->count, p->count);
    p->density = copy(s->cloud.density, p->count, p->count);
    p->x = copy(s->x, p->count * inputs, p->batch * inputs);
    p->z = copy(s->z, p->particles * s->generator->shape.size[0],
                p->particles * s->generator->shape.size[0] + 1);
    p->p = calloc(p->count, sizeof *p->p);
    p->pull = calloc(p->batch, sizeof *p->pull);
    p->slope = calloc(p->batch, sizeof *p->slope);
    return p->weight && p->density && p->x && p->z && p->p && p->pull &&
           p->slope;
}

gf_status gf_players_new(gf_players **out, const gf_players_setup *setup,
                         gf_error *error)
{
    gf_players *p;
    gf_status status = check(setup, error);

    *out = NULL;
    if (status)
        return status;
    p = calloc(1, sizeof *p);
    if (!p)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    p->setup = *setup;
    p->self = p;
    p->count = setup->cloud.count;
    p->particles =
        setup->representation == GF_PUSHFORWARD ? setup->particles : 0;
    p->batch = p->count + p->particles;
    p->group[0] = p->count;
    p->group[1] = p->particles;
    p->first = setup->critic->shape.parameters;
    p->size = p->first + setup->generator->shape.parameters;
    status = fill(p) ? gf_gains_init(&p->gains, setup->field, error)
                     : gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status)
        gf_gains_at(&p->level, &p->gains, GF_GAIN_GENERATOR, 0,
                    &setup->field->equilibrium.d0, 1, 1);
    if (!status)
        status = gf_pass_new(&p->pass[0], setup->critic, p->batch, error);
    if (!status)
        status = gf_pass_new(&p->pass[1], setup->generator,
                             p->particles ? p->particles : p->count, error);
    if (status) {
        gf_players_free(p);
        return status;
    }
    *out = p;
    return GF_OK;
}

void gf_players_free(gf_players *p)
{
    if (!p)
        return;
    gf_pass_free(p->pass[0]);
    gf_pass_free(p->pass[1]);
    gf_gains_clear(&p->gains);
    free(p->weight);
    free(p->density);
    free(p->x);
    free(p->z);
    free(p->p);
    free(p->pull);
    free(p->slope);
    free(p);
}

size_t gf_players_first(const gf_players *p)
{
    return p->first;
}

size_t gf_players_size(const gf_players *p)
{
    return p->size;
}

/* --- states ------------------------------------------------------------ */

void gf_players_state(double *z, const gf_players *p)
{
    memcpy(z, p->setup.critic->theta, p->first * sizeof *z);
    memcpy(z + p->first, p->setup.generator->theta,
           (p->size - p->first) * sizeof *z);
}

void gf_players_set(gf_players *p, const double *z)
{
    memcpy(p->setup.critic->theta, z, p->first * sizeof *z);
    memcpy(p->setup.generator->theta, z + p->first,
           (p->size - p->first) * sizeof *z);
}

/* Passes of a batch that fits cannot fail. */
static const double *forward(gf_pass *pass, const gf_batch *batch)
{
    const double *out = NULL;

    return gf_pass_forward(&out, pass, batch, NULL) == GF_OK ? out : NULL;
}

const double *gf_players_critic(gf_players *p)
{
    gf_batch batch = {.x = p->x, .count = p->batch};

    batch.is_frozen = p->setup.bn == GF_BN_EVAL;
    if (p->particles && p->setup.bn == GF_BN_SEPARATE) {
        batch.groups = 2;
        batch.group_size = p->group;
    }
    return forward(p->pass[0], &batch);
}

/* p = exp(s)/sum w exp(s). */
static void softmax(double *p, const double *s, const double *w, size_t n)
{
    double top = -INFINITY, sum = 0;

    for (size_t i = 0; i < n; i++)
        top = fmax(top, s[i]);
    for (size_t i = 0; i < n; i++) {
        p[i] = exp(s[i] - top);
        sum += w[i] * p[i];
    }
    for (size_t i = 0; i < n; i++)
        p[i] /= sum;
}

void gf_players_generator(gf_players *p)
{
    gf_batch batch = {.x = p->particles ? p->z : p->x,
                      .count = p->particles ? p->particles : p->count};
    const double *out = forward(p->pass[1], &batch);

    if (p->particles)
        memcpy(p->x + p->count, out, p->particles * sizeof *out);
    else if (p->setup.representation == GF_SOFTMAX)
        softmax(p->p, out, p->weight, p->count);
    else
        memcpy(p->p, out, p->count * sizeof *out);
}

/* d sum q p = sum (q_i p_i - w_i p_i sum q p) ds_i */
void gf_players_through_head(double *q, const gf_players *p)
{
    double sum = 0;

    if (p->setup.representation != GF_SOFTMAX)
        return;
    for (size_t i = 0; i < p->count; i++)
        sum += q[i] * p->p[i];
    for (size_t i = 0; i < p->count; i++)
        q[i] = p->p[i] * (q[i] - p->weight[i] * sum);
}

/* --- the velocity ------------------------------------------------------ */

/* dJ/dphi, for D at the points and particles. */
static void critic_velocity(double *v, gf_players *p, const double *d)
{
    size_t n = p->count, m = p->particles;
    double *fake = p->slope;

    gf_gains_at(p->pull, &p->gains, GF_GAIN_DATA, 1, d, n, 1);
    if (m > 0)
        gf_gains_at(p->pull + n, &p->gains, GF_GAIN_FAKES, 1, d + n, m,
                    1 / (double)m);
    else
        gf_gains_at(fake, &p->gains, GF_GAIN_FAKES, 1, d, n, 1);
    for (size_t i = 0; i < n; i++) {
        p->pull[i] = p->weight[i] * p->density[i] * p->pull[i];
        if (m == 0)
            p->pull[i] += p->weight[i] * p->p[i] * fake[i];
    }
    gf_pass_backward(v, NULL, p->pass[0], p->pull);
}

/* dI/dtheta of densities, for D at the points. */
static void density_velocity(double *v, gf_players *p, const double *d)
{
    gf_gains_at(p->pull, &p->gains, GF_GAIN_GENERATOR, 0, d, p->count, 1);
    for (size_t i = 0; i < p->count; i++)
        p->pull[i] = p->weight[i] * (p->pull[i] - p->level);
    gf_players_through_head(p->pull, p);
    gf_pass_backward(v, NULL, p->pass[1], p->pull);
}

/* dI/dtheta of particles, the critic having gone forward: on all of its
 * batch, or for the generator's step on the particles alone. */
static void particle_velocity(double *v, gf_players *p, const double *d)
{
    size_t offset = p->count, m = p->particles;

    if (p->setup.bn == GF_BN_GSEP) {
        gf_batch batch = {.x = p->x + p->count, .count = m};
        d = forward(p->pass[0], &batch);
        offset = 0;
    }
    memset(p->pull, 0, p->batch * sizeof *p->pull);
    gf_gains_at(p->pull + offset, &p->gains, GF_GAIN_GENERATOR, 1, d + offset,
                m, 1 / (double)m);
    gf_pass_backward(NULL, p->slope, p->pass[0], p->pull);
    gf_pass_backward(v, NULL, p->pass[1], p->slope + offset);
}

void gf_players_velocity(double *v, gf_players *p, const double *z,
                         size_t begin, size_t end)
{
    const double *d;

    gf_players_set(p, z);
    gf_players_generator(p);
    d = gf_players_critic(p);
    if (begin < p->first)
        critic_velocity(v, p, d);
    if (end > p->first && p->particles)
        particle_velocity(v + p->first, p, d);
    else if (end > p->first)
        density_velocity(v + p->first, p, d);
}

static void game_velocity(double *v, const double *z, size_t begin, size_t end,
                          const void *ctx)
{
    gf_players *const *p = ctx;

    gf_players_velocity(v, *p, z, begin, end);
}

gf_game gf_players_game(gf_players *p)
{
    return (gf_game){.size = p->size,
                     .first = p->first,
                     .velocity = game_velocity,
                     .ctx = &p->self};
}
