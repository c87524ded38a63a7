/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside of players. */
#ifndef GF_KERNEL_PLAYERS_H
#define GF_KERNEL_PLAYERS_H

#include <ganfield/players.h>

#include "kernel/gains.h"

struct gf_players {
    gf_players_setup setup;
    gf_gains gains;
    double level;                     /* f3(D0) */
    size_t first, size;               /* of the parameters */
    size_t count, particles, batch;   /* batch: of the critic */
    size_t group[2];                  /* of a batch norm */
    double *weight, *density, *x, *z; /* x: points, then particles */
    double *p;                        /* densities */
    double *pull;                     /* weights of a backward pass */
    double *slope;                    /* dI/dy; room */
    gf_pass *pass[2];                 /* critic, generator */
    gf_players *self;                 /* what a game's callbacks are told */
};

/* a, with the pace, or b. */
static inline double gf_players_speed(const gf_players *p, int player)
{
    double pace = player == 0 && p->setup.pace > 0 ? p->setup.pace : 1;

    return p->setup.field->speed[player] * pace;
}

/* Sets the nets' parameters. */
void gf_players_set(gf_players *p, const double *z);
/* D at the points (and particles); the generator must have gone forward. */
const double *gf_players_critic(gf_players *p);
/* p_i or particles. */
void gf_players_generator(gf_players *p);
/* Turns the weights q of p_i into weights of the generator's output. */
void gf_players_through_head(double *q, const gf_players *p);

/* How far the densities, of that mass, or the particles are from the data. */
void gf_players_compare(gf_discrepancy *out, const gf_players *p,
                        const double *density, double mass);

/* The view of D and densities at the points, whatever the nets say. */
void gf_players_look_at(gf_players_view *view, gf_players *p, const double *d,
                        const double *density);

#endif
