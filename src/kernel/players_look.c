/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a state of two players looks like. */
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
    gf_players_compare(&view->apart, p, view->p, view->mass);
}
