/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Duels: the game of a training. A generator makes numbers from latent noise,
 * a critic looks at them and at the data, and both are moved along the
 * gradients of what they gain on a mini-batch (docs/theory.md, section 5a):
 *
 *     J = mean f1(D(x)) + mean f2(D(G(z)))      the critic, phi, ascends
 *     I = mean f3(D(G(z)))                      the generator, theta, ascends
 *
 * with x from the data, z from the latent noise and D the critic's output as
 * the field's coordinate: D itself, or u with a link D = link(u). The density
 * p_d of the field plays no part: the data are where the batch is.
 *
 * The state is one vector, phi and then theta. Velocities are (dJ/dphi,
 * dI/dtheta), exact, by backward passes over the whole batch.
 *
 *     gf_duel *duel;
 *     double *z = ...;
 *     status = gf_duel_new(&duel, &setup, &error);
 *     gf_duel_start(z, duel);
 *     gf_duel_deal(duel, 0);
 *     gf_duel_velocity(v, duel, z, 0, gf_duel_size(duel));
 *     gf_duel_free(duel);
 *
 * A duel is worked on by one thread at a time.
 */
#ifndef GANFIELD_DUEL_H
#define GANFIELD_DUEL_H

#include <ganfield/distribution.h>
#include <ganfield/game.h>
#include <ganfield/net.h>

/* --- players ----------------------------------------------------------- */

enum { GF_CRITIC, GF_GENERATOR };

/* The numbers that a player's text may give: of piecewise. */
#define GF_FIGHTER_NUMBERS_MAX 4

/* One player before it is made. */
typedef struct gf_fighter {
    gf_net_shape net;  /* for piecewise: one layer of one input */
    bool is_piecewise; /* z < 0: a_l z + b_l, else a_r z + b_r; parameters
                          (a_l, b_l, a_r, b_r) */
    bool has_numbers;  /* the parameters to begin with, instead of random
                          ones */
    double number[GF_FIGHTER_NUMBERS_MAX];
    size_t parameters;
} gf_fighter;

/* Reads a net's line (net.h) or a name: for the generator linear (a z + b, the
 * net 1-1:identity) and piecewise, for the critic logistic (c x + d, the same
 * net). A name may be followed by its parameters to begin with, as
 * "linear(0.15,0)". As gf_net_parse; GF_ARGUMENT for a critic of another number
 * of inputs than one. */
GF_PUBLIC GF_CHECKED gf_status gf_fighter_read(gf_fighter *out, size_t player,
                                               const char *text,
                                               gf_error *error);

/* --- duels ------------------------------------------------------------- */

typedef enum gf_latent {
    GF_LATENT_NORMAL, /* each number N(0, 1) */
    GF_LATENT_UNIFORM /* uniform in (-1, 1) */
} gf_latent;

/* "normal", "uniform". */
GF_PUBLIC const char *gf_latent_name(gf_latent latent);

#define GF_DUEL_BATCH_MAX 1000000
#define GF_DUEL_PARAMETERS_MAX 10000000 /* of both players */
#define GF_DUEL_NUMBERS_MAX 3e7         /* points times units of both players */

typedef struct gf_duel_setup {
    const gf_field *field; /* pointwise */
    const gf_distribution *data;
    gf_fighter fighter[2]; /* critic, generator */
    gf_latent latent;
    size_t batch;      /* of the data, and of z */
    bool is_full;      /* always one batch, of quantiles: of the data at
                          (i + 1/2)/n, i < n, and so of z where it is one
                          number; else z is drawn once */
    uint64_t seed;     /* of the parameters to begin with (nets: seed 2 s for
                          the critic, 2 s + 1 for the generator) and of the
                          batches */
    double difference; /* > 0: velocities are central differences of the gains
                          with this step, for teaching; 0: exact */
} gf_duel_setup;

typedef struct gf_duel gf_duel;

/* Copies *setup; field and data must outlive *out. GF_DOMAIN for a planar
 * field; GF_ARGUMENT for a batch of no points, a data set without a finite
 * spread; GF_LIMIT for too many parameters or points; GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_duel_new(gf_duel **out,
                                           const gf_duel_setup *setup,
                                           gf_error *error);
GF_PUBLIC void gf_duel_free(gf_duel *duel);

/* The copy that it made of its setup. */
GF_PUBLIC const gf_duel_setup *gf_duel_setup_of(const gf_duel *duel);
/* Parameters of the critic; of both. */
GF_PUBLIC size_t gf_duel_first(const gf_duel *duel);
GF_PUBLIC size_t gf_duel_size(const gf_duel *duel);
/* The parameters to begin with. */
GF_PUBLIC void gf_duel_start(double *z, const gf_duel *duel);

/* --- batches ----------------------------------------------------------- */

/* Draws the batch of this number: the same for the same seed and number,
 * whatever was drawn before. */
GF_PUBLIC void gf_duel_deal(gf_duel *duel, uint64_t number);

/* The present batch, which the duel owns; the next one takes its place. */
typedef struct gf_duel_batch {
    const double *data;   /* count numbers */
    const double *latent; /* count x inputs */
    size_t count, inputs;
} gf_duel_batch;
GF_PUBLIC gf_duel_batch gf_duel_dealt(const gf_duel *duel);

/* --- the game ---------------------------------------------------------- */

/* On the present batch: the velocity at z or its part from begin to end. NaN
 * where a D is outside of the field's domain. */
GF_PUBLIC void gf_duel_velocity(double *v, gf_duel *duel, const double *z,
                                size_t begin, size_t end);
/* J and I at z. */
GF_PUBLIC void gf_duel_gains(double gain[2], gf_duel *duel, const double *z);
/* Gradient of the gain of `player` by all parameters, its own and the other's.
 */
GF_PUBLIC void gf_duel_gradient(double *out, gf_duel *duel, size_t player,
                                const double *z);
/* How that gradient changes at z along d: the Hessian of the gain times d.
 * GF_ARGUMENT for a net with spectral norm, which has no second derivatives
 * here. */
GF_PUBLIC GF_CHECKED gf_status gf_duel_hessian(double *out, gf_duel *duel,
                                               size_t player, const double *z,
                                               const double *d,
                                               gf_error *error);
/* The block of it by and along the player's own parameters, which is less work:
 * d and out are as long as they are many. */
GF_PUBLIC GF_CHECKED gf_status gf_duel_own_hessian(double *out, gf_duel *duel,
                                                   size_t player,
                                                   const double *z,
                                                   const double *d,
                                                   gf_error *error);
/* J d and J' d, J the Jacobian of the velocity on this batch; GF_ARGUMENT as
 * above. */
GF_PUBLIC GF_CHECKED gf_status gf_duel_product(double *out, gf_duel *duel,
                                               const double *z, const double *d,
                                               gf_error *error);
GF_PUBLIC GF_CHECKED gf_status gf_duel_transposed(double *out, gf_duel *duel,
                                                  const double *z,
                                                  const double *d,
                                                  gf_error *error);
/* All of that for gf_mover. */
GF_PUBLIC gf_game gf_duel_game(gf_duel *duel);

/* --- looking ----------------------------------------------------------- */

/* G at count points of latent noise (count x inputs), D's coordinate at count
 * numbers, for the parameters in z; any count. */
GF_PUBLIC void gf_duel_generate(double *out, gf_duel *duel, const double *z,
                                const double *latent, size_t count);
GF_PUBLIC void gf_duel_criticise(double *out, gf_duel *duel, const double *z,
                                 const double *x, size_t count);
/* count samples of the generator: at the latent quantiles (i + 1/2)/count where
 * z is one number, else drawn apart from all batches, the same for the same
 * number. */
GF_PUBLIC void gf_duel_sample(double *out, gf_duel *duel, const double *z,
                              size_t count, uint64_t number);

/* The density of the generator at count numbers: of linear and piecewise ones
 * in closed form, else from GF_DUEL_LOOK samples. Where z is one number they
 * stand at its quantiles, and each stretch between two neighbours spreads its
 * mass evenly: exact but for the square of a stretch, kinks and jumps of G
 * included. Else a kernel estimate by normal densities of Silverman's width
 * [silverman1986]. A G that stands still on a stretch has a point there, which
 * is no density and left out. GF_MEMORY. */
#define GF_DUEL_LOOK 4000
GF_PUBLIC GF_CHECKED gf_status gf_duel_density(double *out, gf_duel *duel,
                                               const double *z, const double *x,
                                               size_t count, gf_error *error);

/* Are the densities of data and generator both in closed form: is the generator
 * linear or piecewise, and have the data no points? */
GF_PUBLIC bool gf_duel_has_densities(const gf_duel_setup *setup);
/* Then the Jensen-Shannon divergence (at most log 2) of these densities, by
 * adaptive quadrature [piessens1983] to about 1e-12; else NaN, as where a
 * number of the generator is not finite. A line a z + b with |a| <= 1e-9 |b| is
 * a point, whose mass the data lack. GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_duel_js(double *out, const gf_duel *duel,
                                          const double *z, gf_error *error);

/* The net of a player, with theta as last set (NULL: piecewise); sets both
 * players' parameters. */
GF_PUBLIC gf_net *gf_duel_net(gf_duel *duel, size_t player);
GF_PUBLIC void gf_duel_set(gf_duel *duel, const double *z);

#endif
