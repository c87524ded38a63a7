/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Players: a critic net and a generator net in the game of a variant.
 *
 * On points x_i with weights w_i and data densities p_d(x_i) the critic, with
 * parameters phi, ascends J and the generator, with theta, ascends I
 * (theory: docs/theory.md, section 4):
 *
 *     J = sum_i w_i (p_d(x_i) f1(D_i) + p_i f2(D_i))
 *     I = sum_i w_i p_i (f3(D_i) - f3(D0))                D_i = D(x_i; phi)
 *
 * The generator's density is p_i = net(x_i; theta) (GF_DENSITY), or with the
 * softmax head exp(s_i)/sum_j w_j exp(s_j) of mass 1 (GF_SOFTMAX). Or it moves
 * particles y_k = net(z_k; theta) of weight 1/m (GF_PUSHFORWARD):
 *
 *     J = sum_i w_i p_d(x_i) f1(D(x_i)) + (1/m) sum_k f2(D(y_k))
 *     I = (1/m) sum_k f3(D(y_k))
 *
 * What the critic's net gives is the field's coordinate: D, or u with a link.
 * The state z is phi, then theta; velocities are those for speeds 1.
 *
 *     gf_players *p;
 *     status = gf_players_new(&p, &setup, &error);
 *     gf_game game = gf_players_game(p);
 *     gf_players_free(p);
 */
#ifndef GANFIELD_PLAYERS_H
#define GANFIELD_PLAYERS_H

#include <ganfield/coupled.h>
#include <ganfield/game.h>
#include <ganfield/kernel.h>

typedef enum gf_representation {
    GF_DENSITY,
    GF_SOFTMAX,
    GF_PUSHFORWARD
} gf_representation;

/* "density", "softmax", "pushforward". */
GF_PUBLIC const char *gf_representation_name(gf_representation r);

/* Which points share the statistics of a batch norm in the critic, where there
 * are particles: data and particles apart, all together, all together for the
 * critic's step and the particles alone for the generator's, or the present
 * statistics as constants. */
typedef enum gf_bn_mode {
    GF_BN_SEPARATE,
    GF_BN_JOINT,
    GF_BN_GSEP,
    GF_BN_EVAL
} gf_bn_mode;

/* "separate", "joint", "gsep", "eval". */
GF_PUBLIC const char *gf_bn_mode_name(gf_bn_mode mode);

typedef struct gf_players_setup {
    const gf_field *field;      /* pointwise */
    gf_net *critic, *generator; /* one output each; their theta is moved */
    gf_representation representation;
    gf_bn_mode bn;
    gf_cloud cloud;  /* weights and data densities of the points ... */
    const double *x; /* ... and where they are: count x critic's inputs */
    const double *z; /* pushforward: particles x generator's inputs */
    size_t particles;
    double pace; /* of the critic, beside the field's speed a; 0: 1 */
} gf_players_setup;

typedef struct gf_players gf_players;

/* Copies numbers; field and nets must outlive *out. GF_DOMAIN for a planar
 * field; GF_ARGUMENT for nets whose inputs do not fit each other or the points;
 * GF_LIMIT, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_players_new(gf_players **out,
                                              const gf_players_setup *setup,
                                              gf_error *error);
GF_PUBLIC void gf_players_free(gf_players *p);

/* Parameters of the critic, of both. */
GF_PUBLIC size_t gf_players_first(const gf_players *p);
GF_PUBLIC size_t gf_players_size(const gf_players *p);
/* The nets' parameters as they are. */
GF_PUBLIC void gf_players_state(double *z, const gf_players *p);

/* The velocity v(z), or its part from begin to end. NaN where a D is outside of
 * the field's domain. One thread at a time. */
GF_PUBLIC void gf_players_velocity(double *v, gf_players *p, const double *z,
                                   size_t begin, size_t end);
/* The game for gf_mover: velocities only. */
GF_PUBLIC gf_game gf_players_game(gf_players *p);

/* How far the generator's measure Q is from the data's, P: masses w_i p_d(x_i)
 * and w_i p_i at the points, each divided by its sum, and the sums over points
 * of divergence.h's integrals. Where a p_i is negative only tv, w1 and energy
 * have a meaning. Particles have no density: w1 and energy are those of their
 * equal masses, tv and js those of a histogram whose cells are the points' (to
 * the middle between neighbours, the outer ones without end), in one dimension.
 * NaN: none. */
typedef struct gf_discrepancy {
    double kl, kl_reverse, js, tv, hellinger, pearson, neyman;
    double js_histogram, tv_histogram;
    double w1, energy; /* in one dimension */
} gf_discrepancy;

/* What a state looks like. */
typedef struct gf_players_view {
    size_t count, particles;
    double *d;        /* D at the points, then at the particles */
    double *p;        /* p_i; pushforward: none */
    double *particle; /* y_k */
    double critic_gain, generator_gain; /* J and I (without f3(D0)) */
    double mass;                        /* sum w p; particles: 1 */
    gf_discrepancy apart;
} gf_players_view;

/* Room for a view of these players; GF_MEMORY. To be cleared in either case. */
GF_PUBLIC GF_CHECKED gf_status gf_players_view_init(gf_players_view *view,
                                                    const gf_players *p,
                                                    gf_error *error);
GF_PUBLIC void gf_players_view_clear(gf_players_view *view);
/* Fills it at a state. */
GF_PUBLIC void gf_players_look(gf_players_view *view, gf_players *p,
                               const double *z);

/* --- kernels ------------------------------------------------------------ */

/* The Jacobians of D and of the density at the points by the parameters:
 * count x first and count x (size - first). Not for particles: GF_DOMAIN. */
GF_PUBLIC GF_CHECKED gf_status gf_players_slopes(double *critic,
                                                 double *generator,
                                                 gf_players *p, const double *z,
                                                 gf_error *error);

/* The spectrum in the space of the parameters, as if D were D0 and the
 * generator right: of the size x size matrix
 *
 *     phi' = -A dphi + f2' B dtheta      A = -(f1'' + f2'') sum w p_d g g'
 *     theta' = f3' B' dphi               B = sum w g g_P'
 *
 * with g = dD/dphi and g_P = dp/dtheta at the points; its nonzero part is that
 * of gf_coupled_modes. Particles: B = (1/m) sum dg/dy dy/dtheta', A with the
 * data at the particles. It is found in the directions that the slopes span;
 * all others are zeros, which are counted by size. GF_LIMIT for more parameters
 * than GF_PLAYERS_SPECTRUM_MAX; GF_ARGUMENT for particles and spectral norm;
 * GF_DOMAIN where data and particles share a batch norm. */
#define GF_PLAYERS_SPECTRUM_MAX 20000
GF_PUBLIC GF_CHECKED gf_status gf_players_modes(gf_modes *modes, gf_players *p,
                                                const double *z,
                                                gf_error *error);

#endif
