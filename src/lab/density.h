/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Densities of the generators that have one in closed form. */
#ifndef GF_LAB_DENSITY_H
#define GF_LAB_DENSITY_H

#include <ganfield/duel.h>

/* At x, for lines x = a z + b of the noise z. */
typedef struct gf_density {
    double p;                            /* the density */
    double by[GF_FIGHTER_NUMBERS_MAX];   /* its derivatives by the parameters */
    double otto[GF_FIGHTER_NUMBERS_MAX]; /* -d F/p: velocities that carry p as
                                            the parameters do; NaN where p is 0
                                            */
} gf_density;

/* Does the generator have one: is it linear or piecewise? */
bool gf_density_is_known(const gf_fighter *generator);

/* Off the edges, where a piecewise generator's two lines end and p jumps. */
void gf_density_at(gf_density *out, const gf_duel_setup *setup,
                   const double *theta, double x);

#endif
