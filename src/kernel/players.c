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

/* --- making ------------------------------------------------------------ */

static gf_status compile(gf_players *p, gf_error *error)
{
    const gf_field *field = p->setup.field;
    gf_graph *graph = field->graph;
    gf_expr root[GF_GAME_COUNT], x = field->axis[0];
    double at[GF_GAME_COUNT];
    gf_status status;

    for (int i = 0; i < 3; i++) {
        root[GF_GAME_F1 + i] = gf_field_bind(field, field->f[i]);
        root[GF_GAME_F1X + i] = gf_expr_derive(graph, root[GF_GAME_F1 + i], x);
    }
    root[GF_GAME_F1XX] = gf_expr_derive(graph, root[GF_GAME_F1X], x);
    root[GF_GAME_F2XX] = gf_expr_derive(graph, root[GF_GAME_F2X], x);
    status = gf_tape_new(&p->tape, graph, root, GF_GAME_COUNT, &x, 1, error);
    if (status)
        return status;
    p->work = malloc(gf_tape_slots(p->tape) * sizeof *p->work);
    if (!p->work)
        return gf_error_set(error, GF_MEMORY, "no memory for a tape");
    gf_players_functions(at, p, field->equilibrium.d0);
    p->level = at[GF_GAME_F3];
    return GF_OK;
}

static gf_status check(const gf_players_setup *s, gf_error *error)
{
    bool has_particles = s->representation == GF_PUSHFORWARD;
    size_t inputs = s->critic->shape.size[0];

    if (s->field->kind != GF_POINTWISE)
        return gf_error_set(error, GF_DOMAIN,
                            "%s is a planar field; nets play a pointwise one, "
                            "of f1, f2 and f3",
                            s->field->name);
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
    status = fill(p) ? compile(p, error)
                     : gf_error_set(error, GF_MEMORY, "out of memory");
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
    gf_tape_free(p->tape);
    free(p->work);
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

void gf_players_functions(double out[GF_GAME_COUNT], const gf_players *p,
                          double d)
{
    if (gf_range_has(p->setup.field->domain[0], d))
        gf_tape_at(out, p->tape, &d, p->work);
    else
        for (int i = 0; i < GF_GAME_COUNT; i++)
            out[i] = NAN;
}

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

const double *gf_players_critic_alone(gf_players *p, size_t *offset)
{
    gf_batch batch = {.x = p->x + p->count, .count = p->particles};

    *offset = p->count;
    if (!p->particles || p->setup.bn != GF_BN_GSEP)
        return gf_players_critic(p);
    *offset = 0;
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

/* dJ/dphi */
static void critic_velocity(double *v, gf_players *p)
{
    const double *d = gf_players_critic(p);
    double f[GF_GAME_COUNT];

    for (size_t i = 0; i < p->count; i++) {
        gf_players_functions(f, p, d[i]);
        p->pull[i] = p->weight[i] * p->density[i] * f[GF_GAME_F1X];
        if (!p->particles)
            p->pull[i] += p->weight[i] * p->p[i] * f[GF_GAME_F2X];
    }
    for (size_t k = p->count; k < p->batch; k++) {
        gf_players_functions(f, p, d[k]);
        p->pull[k] = f[GF_GAME_F2X] / (double)p->particles;
    }
    gf_pass_backward(v, NULL, p->pass[0], p->pull);
}

/* dI/dtheta */
static void generator_velocity(double *v, gf_players *p)
{
    size_t offset = p->count;
    const double *d = p->particles ? gf_players_critic_alone(p, &offset)
                                   : gf_players_critic(p);
    double f[GF_GAME_COUNT];

    if (!p->particles) {
        for (size_t i = 0; i < p->count; i++) {
            gf_players_functions(f, p, d[i]);
            p->pull[i] = p->weight[i] * (f[GF_GAME_F3] - p->level);
        }
        gf_players_through_head(p->pull, p);
        gf_pass_backward(v, NULL, p->pass[1], p->pull);
        return;
    }
    memset(p->pull, 0, p->batch * sizeof *p->pull);
    for (size_t k = 0; k < p->particles; k++) {
        gf_players_functions(f, p, d[offset + k]);
        p->pull[offset + k] = f[GF_GAME_F3X] / (double)p->particles;
    }
    gf_pass_backward(NULL, p->slope, p->pass[0], p->pull);
    gf_pass_backward(v, NULL, p->pass[1], p->slope + offset);
}

void gf_players_velocity(double *v, gf_players *p, const double *z,
                         size_t begin, size_t end)
{
    gf_players_set(p, z);
    gf_players_generator(p);
    if (begin < p->first)
        critic_velocity(v, p);
    if (end > p->first)
        generator_velocity(v + p->first, p);
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
