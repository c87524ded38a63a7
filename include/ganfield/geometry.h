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
    bool is_best; /* the gradient is below the tolerance, and where the curve
                     was asked for it is no saddle */
    bool is_flat; /* it is, and curve is above -1e-8 and < 0: parameters may do
                     the same, or data and fakes lie apart and none is best */
} gf_geometry_best;

/* Moves the critic's part of z to where J - damping |phi|^2/2 is largest, by
 * damped Newton steps with products alone; a maximum near where it begins. With
 * has_curve its Hessian is asked for the largest eigenvalue, and saddles are
 * left. GF_DOMAIN where
 * the gain is not finite; GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status gf_geometry_best_find(gf_geometry_best *best,
                                                     double *z, gf_duel *duel,
                                                     double damping,
                                                     bool has_curve,
                                                     gf_error *error);

/* --- how the best critic follows -------------------------------------------
 */

typedef struct gf_geometry_connection_options {
    double damping;  /* of the best critic; >= 0 */
    const double *x; /* where to look; ascending */
    size_t count;
} gf_geometry_connection_options;

/*
 * The generator moves along u, and its density p with it. The optimal critic,
 * p_d f1'(s) + p f2'(s) = 0 at each x, follows by
 *
 *     A_u = -f2'(s) d_u p / (p_d f1''(s) + p f2''(s))       (in the logit of
 *                                                  classic: -d_u log p)
 *
 * and a critic of finitely many parameters by s_phi(x) dphi with
 *
 *     (-J_phi,phi + damping) dphi = J_phi,theta u.
 *
 * Where its optimum is the optimal critic, the second is the nearest to the
 * first of all s_phi(x) dphi under the weight w = -(p_d f1'' + p f2''); that
 * one is `nearest`, w integrated over x. The Otto connection is the velocity
 * that carries p along u, -d_u F/p with F the distribution function [otto2001].
 * p is known for linear and piecewise generators; what is not known is NaN.
 * Where a line of a piecewise one ends p jumps, and as the jump moves it leaves
 * or takes a mass at a point, which this critic feels and A_u has not.
 */
typedef struct gf_geometry_connection {
    size_t count;
    gf_geometry_best best;
    double damping;
    double *block;              /* of all that follows: count numbers each */
    double *x, *data, *density; /* p_d, p */
    double *optimal, *critic;   /* coordinates of the optimal and of this one */
    struct gf_geometry_way {
        double *optimal, *follow, *nearest, *otto;
        double length;    /* the root of the integral of w A_u^2 */
        double off;       /* follow - A_u, in the same sense, over length */
        double least_off; /* the same of nearest */
        gf_krylov_solution solution; /* of dphi */
    } way[2];                        /* along u and v */
    double *direction;               /* u, v: 2 x the generator's parameters */
} gf_geometry_connection;

GF_PUBLIC void gf_geometry_connection_init(gf_geometry_connection *c);
GF_PUBLIC void gf_geometry_connection_clear(gf_geometry_connection *c);

/* Moves the critic's part of z to its best and fills an empty *c; slice: of the
 * generator's parameters. GF_ARGUMENT for a critic with batch norm, whose
 * output at x depends on more than x; errors of gf_geometry_slice_find and
 * gf_geometry_best_find. */
GF_PUBLIC GF_CHECKED gf_status gf_geometry_connection_find(
    gf_geometry_connection *c, gf_duel *duel, double *z,
    const gf_geometry_slice *slice,
    const gf_geometry_connection_options *options, gf_error *error);

/* --- hysteresis -------------------------------------------------------------
 */

/* So many steps at a place: until the critic is at its best. */
#define GF_GEOMETRY_TO_THE_BEST SIZE_MAX

typedef struct gf_geometry_loop_options {
    const double *radius; /* each > 0 */
    size_t radii;
    const size_t *steps; /* of the critic at each place */
    size_t counts;
    size_t places;  /* of the loop; 0: 64 */
    double step;    /* of the critic's gradient ascent; 0: one over the largest
                       curvature of its loss at its best */
    double damping; /* of the best critic; >= 0 */
    bool is_line;   /* out along u and back, not round */
    /* Called after each place of each loop; false: stop. May be NULL. */
    bool (*progress)(size_t done, size_t total, void *ctx);
    void *progress_ctx;
} gf_geometry_loop_options;

/* The generator goes round theta + r ((cos t - 1) u + sin t v), or out to
 * theta + r u and back, and the critic, at its best where it begins, is trained
 * by so many steps at each place. What is left of the way at its end is the
 * root mean square of D_end - D_start over the data and the fakes of the batch.
 */
typedef struct gf_geometry_loop {
    size_t radii, counts, places;
    double *radius;
    size_t *steps;
    double step, damping;
    bool is_line;
    gf_geometry_best best; /* where the loop begins */
    double *gap;           /* radii x counts */
    double *reverse;       /* the same, the other way round */
    double *swing;         /* radii: how far from D_start the best critic comes
                              at most; NaN where it is not followed */
    double *direction;     /* u, v: 2 x the generator's parameters */
} gf_geometry_loop;

GF_PUBLIC void gf_geometry_loop_init(gf_geometry_loop *loop);
GF_PUBLIC void gf_geometry_loop_clear(gf_geometry_loop *loop);

/* Fills an empty *loop; z is the place where loops begin, its critic moved to
 * its best. A gap that is not finite is NaN: the steps were too long, or, of
 * the best critic, it was not found where loops begin. Where progress said
 * stop: GF_OK, and *loop is empty. Errors as of gf_geometry_connection_find. */
GF_PUBLIC GF_CHECKED gf_status
gf_geometry_loop_find(gf_geometry_loop *loop, gf_duel *duel, double *z,
                      const gf_geometry_slice *slice,
                      const gf_geometry_loop_options *options, gf_error *error);

#endif
