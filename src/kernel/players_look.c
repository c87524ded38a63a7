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

/* sum a b f over so many places d, for one of f1, f2 and f3. */
static double gain_of(const gf_players *p, size_t which, const double *d,
                      const double *a, const double *b, size_t count)
{
    double sum = 0;

    gf_gains_at(p->pull, &p->gains, which, 0, d, count, 1);
    for (size_t i = 0; i < count; i++)
        sum += (a ? a[i] : 1) * (b ? b[i] : 1) * p->pull[i];
    return sum;
}

static void add_gains(gf_players_view *view, const gf_players *p)
{
    const double *w = p->weight, *d = view->d;
    size_t n = p->count, m = p->particles;

    view->critic_gain = gain_of(p, GF_GAIN_DATA, d, w, p->density, n);
    if (m > 0) {
        double share = 1 / (double)m;
        view->critic_gain +=
            share * gain_of(p, GF_GAIN_FAKES, d + n, NULL, NULL, m);
        view->generator_gain =
            share * gain_of(p, GF_GAIN_GENERATOR, d + n, NULL, NULL, m);
        view->mass = 1;
        return;
    }
    view->critic_gain += gain_of(p, GF_GAIN_FAKES, d, w, view->p, n);
    view->generator_gain = gain_of(p, GF_GAIN_GENERATOR, d, w, view->p, n);
    view->mass = 0;
    for (size_t i = 0; i < n; i++)
        view->mass += w[i] * view->p[i];
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
    add_gains(view, p);
    gf_players_compare(&view->apart, p, view->p, view->mass);
}
