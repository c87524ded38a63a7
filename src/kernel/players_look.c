/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a state of two players looks like. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/players.h"

gf_status gf_players_view_init(gf_players_view *view, const gf_players *p,
                               gf_error *error)
{
    *view = (gf_players_view){.count = p->count, .particles = p->particles};
    view->d = calloc(p->batch, sizeof *view->d);
    view->p = calloc(p->count, sizeof *view->p);
    view->particle = calloc(p->particles + 1, sizeof *view->particle);
    if (view->d && view->p && view->particle)
        return GF_OK;
    gf_players_view_clear(view);
    return gf_error_set(error, GF_MEMORY, "out of memory");
}

void gf_players_view_clear(gf_players_view *view)
{
    free(view->d);
    free(view->p);
    free(view->particle);
    *view = (gf_players_view){0};
}

/* --- W1 ---------------------------------------------------------------- */

typedef struct parcel {
    double at, mass; /* the generator's, less the data's */
} parcel;

static int by_place(const void *a, const void *b)
{
    const parcel *p = a, *q = b;

    return (p->at > q->at) - (p->at < q->at);
}

/* The integral of |F - G|, F and G the shares below. */
static double integrate(parcel *list, size_t count)
{
    double below = 0, sum = 0;

    qsort(list, count, sizeof *list, by_place);
    for (size_t i = 0; i + 1 < count; i++) {
        below += list[i].mass;
        sum += fabs(below) * (list[i + 1].at - list[i].at);
    }
    return sum;
}

static double wasserstein(const gf_players *p, const double *density,
                          double mass)
{
    double data = 0, w1;
    parcel *list;

    if (p->setup.critic->shape.size[0] != 1 || !(mass > 0))
        return NAN;
    list = malloc(p->batch * sizeof *list);
    if (!list)
        return NAN;
    for (size_t i = 0; i < p->count; i++)
        data += p->weight[i] * p->density[i];
    for (size_t i = 0; i < p->count; i++) {
        double share = p->particles ? 0 : p->weight[i] * density[i] / mass;
        list[i].at = p->x[i];
        list[i].mass = share - p->weight[i] * p->density[i] / data;
    }
    for (size_t k = p->count; k < p->batch; k++)
        list[k] = (parcel){p->x[k], 1 / (double)p->particles};
    w1 = integrate(list, p->batch);
    free(list);
    return w1;
}

/* --- the view ---------------------------------------------------------- */

static void add_gains(gf_players_view *view, const gf_players *p)
{
    double f[GF_GAME_COUNT];

    for (size_t i = 0; i < p->count; i++) {
        gf_players_functions(f, p, view->d[i]);
        view->critic_gain += p->weight[i] * p->density[i] * f[GF_GAME_F1];
        if (p->particles)
            continue;
        view->critic_gain += p->weight[i] * view->p[i] * f[GF_GAME_F2];
        view->generator_gain += p->weight[i] * view->p[i] * f[GF_GAME_F3];
        view->mass += p->weight[i] * view->p[i];
    }
    for (size_t k = p->count; k < p->batch; k++) {
        gf_players_functions(f, p, view->d[k]);
        view->critic_gain += f[GF_GAME_F2] / (double)p->particles;
        view->generator_gain += f[GF_GAME_F3] / (double)p->particles;
    }
    if (p->particles)
        view->mass = 1;
}

void gf_players_look(gf_players_view *view, gf_players *p, const double *z)
{
    gf_players_set(p, z);
    gf_players_generator(p);
    gf_players_look_at(view, p, gf_players_critic(p), p->p);
}

void gf_players_look_at(gf_players_view *view, gf_players *p, const double *d,
                        const double *density)
{
    memcpy(view->d, d, p->batch * sizeof *view->d);
    memcpy(view->p, density, p->count * sizeof *view->p);
    memcpy(view->particle, p->x + p->count,
           p->particles * sizeof *view->particle);
    view->critic_gain = view->generator_gain = view->mass = 0;
    add_gains(view, p);
    view->wasserstein = wasserstein(p, view->p, view->mass);
}
