/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The geometry of the game of a duel (duel.h) at a state z = (phi, theta), on
 * one batch: nothing is drawn anew between two evaluations, and second
 * derivatives are products with exact Hessians, never differences
 * (docs/theory.md, section 5c).
 *
 *     gf_geometry_slice slice = {.kind = GF_SLICE_TOP, .player = GF_GENERATOR};
 *     gf_geometry_plane plane;
 *     gf_geometry_plane_init(&plane);
 *     status = gf_geometry_plane_find(&plane, duel, z, &slice, NULL, &error);
 *     ... plane.loss, plane.hessian ...
 *     gf_geometry_plane_clear(&plane);
 *
 * A loss is the negative of what its player gains: -J of the critic, -I of the
 * generator. Matrices are stored by rows.
 */
#ifndef GANFIELD_GEOMETRY_H
#define GANFIELD_GEOMETRY_H

#include <ganfield/duel.h>
#include <ganfield/krylov.h>

/* --- directions ---------------------------------------------------------- */

typedef enum gf_slice_kind {
    GF_SLICE_PARAMETERS, /* along two parameters */
    GF_SLICE_RANDOM,     /* normal deviates, each row of a weight matrix scaled
                            to the length of the net's own, biases and norms
                            left alone [li2018] */
    GF_SLICE_TOP,        /* along the eigenvectors of the loss's Hessian with
                            the largest |eigenvalue| */
    GF_SLICE_GIVEN
} gf_slice_kind;

/* Two directions in the parameters of one player; made orthonormal. */
typedef struct gf_geometry_slice {
    gf_slice_kind kind;
    size_t player;           /* GF_CRITIC or GF_GENERATOR */
    size_t parameter[2];     /* numbers from 0 */
    const double *direction; /* given: 2 x the player's parameters */
    uint64_t seed;
} gf_geometry_slice;

/* "parameters", "random", "top", "given". */
GF_PUBLIC const char *gf_slice_kind_name(gf_slice_kind kind);

/* Fills u and v, with v NULL: u alone. *unit (may be NULL) is a length to look
 * at: that of a random direction before it is made one, else 1. GF_ARGUMENT for
 * parameters that the player has not, for directions that are parallel or 0,
 * and for a player of a single parameter; errors of gf_krylov_find. */
GF_PUBLIC GF_CHECKED gf_status gf_geometry_slice_find(
    double *u, double *v, double *unit, gf_duel *duel, const double *z,
    const gf_geometry_slice *slice, gf_error *error);

/* --- a loss on a plane ---------------------------------------------------- */

typedef struct gf_geometry_plane_options {
    size_t count[2]; /* places along u and v; 0: 25 */
    double reach[2]; /* from -reach to reach along each; 0: the slice's unit */
    size_t values;   /* eigenvalues of the whole Hessian from each end; 0: 3 */
} gf_geometry_plane_options;

/* L(theta + a u + b v) and its 2 x 2 Hessian at each place of a grid. */
typedef struct gf_geometry_plane {
    gf_slice_kind kind;
    size_t player, parameters, count[2], parameter[2];
    double *direction;        /* 2 x parameters */
    double *at[2];            /* a, b of the grid */
    double *loss;             /* (i, k) at i count[1] + k, as all below */
    double *hessian;          /* uu, uv, vv each */
    double *curvature;        /* its two eigenvalues each, the larger first */
    double least, most;       /* loss */
    double loss_here;         /* at z itself, as the three below */
    double gradient[2];       /* along u and v */
    double hessian_here[3];   /* uu, uv, vv */
    double curvature_here[2]; /* its eigenvalues */
    double asymmetry;    /* largest |u'(H v) - v'(H u)| found: rounding alone */
    double size;         /* largest |2 x 2 Hessian| found */
    gf_krylov high, low; /* of the whole Hessian at z: from the largest and the
                            least; with all of them in high, low is empty */
    double trace;        /* of the whole Hessian: the sum of all in high, or NaN
                            where these are not all */
} gf_geometry_plane;

GF_PUBLIC void gf_geometry_plane_init(gf_geometry_plane *plane);
GF_PUBLIC void gf_geometry_plane_clear(gf_geometry_plane *plane);

/* Fills an empty *plane; options may be NULL. Errors of gf_geometry_slice_find
 * and of gf_duel_hessian; GF_DOMAIN where the loss at z is not finite. */
GF_PUBLIC GF_CHECKED gf_status gf_geometry_plane_find(
    gf_geometry_plane *plane, gf_duel *duel, const double *z,
    const gf_geometry_slice *slice, const gf_geometry_plane_options *options,
    gf_error *error);

/* --- the game's Jacobian -------------------------------------------------- */

/* A game of so many parameters has its whole Jacobian and all eigenvalues. */
#define GF_GEOMETRY_DENSE_MAX 3000

typedef struct gf_geometry_game_options {
    size_t dense_most; /* parameters; 0: 600; at most GF_GEOMETRY_DENSE_MAX */
    size_t values;     /* eigenvalues beyond that, from each end; 0: 6 */
    size_t probes;     /* random directions beyond that, for norms; 0: 200 */
    uint64_t seed;
    const gf_geometry_slice *slice; /* critic's and generator's plane, both of
                                       this kind; NULL: no projection */
} gf_geometry_game_options;

/* J = dv/dz of the velocity v = (dJ/dphi, dI/dtheta), S = (J + J')/2 and
 * A = (J - J')/2 [balduzzi2018]. Norms are Frobenius's. */
typedef struct gf_geometry_game {
    size_t size, first; /* parameters of both, of the critic */
    bool is_dense;      /* else norms are estimates, E |J x|^2 for random x */
    double *jacobian;   /* size x size where is_dense, else NULL */
    double norm, symmetric, antisymmetric; /* |J|, |S|, |A| */
    double norm_error;     /* standard error of |J|; 0 where it is dense */
    double rotation;       /* |A|/|J|: 0 a potential game, 1 rotation alone */
    double rotation_error; /* its standard error */
    double block[2][2];    /* |d v_i/d z_j| of the players; NaN unless dense */
    double trace;          /* NaN unless dense */
    double velocity;       /* |v| at z: 0 at rest */
    gf_krylov values;      /* of J: all where dense, else from the right ... */
    gf_krylov large;       /* ... and the largest; empty where dense */
    double push[2];        /* the largest and the least eigenvalue of S */
    double plane[4][4];    /* e_i' J e_j for the critic's u and v and then the
                              generator's; NaN without a slice */
    double plane_rotation; /* |A|/|J| of that */
} gf_geometry_game;

GF_PUBLIC void gf_geometry_game_init(gf_geometry_game *game);
GF_PUBLIC void gf_geometry_game_clear(gf_geometry_game *game);

/* Fills an empty *game; options may be NULL. Errors of gf_duel_product and of
 * gf_krylov_find. */
GF_PUBLIC GF_CHECKED gf_status
gf_geometry_game_find(gf_geometry_game *game, gf_duel *duel, const double *z,
                      const gf_geometry_game_options *options, gf_error *error);

/* --- the best critic -------------------------------------------------------
 */

typedef struct gf_geometry_best {
    double gain;     /* J - damping |phi|^2/2 */
    double gradient; /* the length of its gradient */
    double curve;    /* the largest eigenvalue of its Hessian: < 0 at a strict
                        maximum; NaN where it was not asked for */
    size_t steps, products;
    bool is_best; /* the gradient is below the tolerance */
} gf_geometry_best;

/* Moves the critic's part of z to where J - damping |phi|^2/2 is largest, by
 * damped Newton steps with products alone; a maximum near where it begins. With
 * has_curve its Hessian is asked for the largest eigenvalue. GF_DOMAIN where
 * the gain is not finite; GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_geometry_best_find(gf_geometry_best *best,
                                                     double *z, gf_duel *duel,
                                                     double damping,
                                                     bool has_curve,
                                                     gf_error *error);

#endif
