/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Coupled fields: a pointwise field at many points at once, its velocities
 * passed through the frozen kernels of the two players.
 *
 * On points x_1 .. x_n with weights w_i (sum_i w_i h(x_i) stands for the
 * integral of h) and data densities p_d(x_i), with D_i the critic's coordinate
 * and p_i the generator's density (theory: docs/theory.md, section 4),
 *
 *     dD_i/dt = a sum_j K_D(i,j) w_j (p_d(x_j) f1'(D_j) + p_j f2'(D_j))
 *     dp_i/dt = b sum_j K_G(i,j) w_j (f3(D_j) - f3(D0))
 *
 * The kernel diag(1/w) gives n copies of the pointwise field. A state is 2n
 * numbers: D_1 .. D_n, then p_1 .. p_n.
 *
 *     gf_coupled *c;
 *     status = gf_coupled_new(&c, field, &points, kernel_d, kernel_g, &error);
 *     status = gf_coupled_modes(&modes, c, &error);
 *     gf_coupled_free(c);
 */
#ifndef GANFIELD_COUPLED_H
#define GANFIELD_COUPLED_H

#include <ganfield/field.h>

/* Most points of a coupled field: its spectrum costs (2n)^3. */
#define GF_COUPLED_POINTS_MAX 2000

typedef struct gf_coupled gf_coupled;

/* The measure that the points stand for. */
typedef struct gf_cloud {
    size_t count;
    const double *weight;  /* > 0 */
    const double *density; /* p_d there, >= 0 */
} gf_cloud;

/* The field must be pointwise and outlive *out, which copies the rest. Kernels
 * are count x count, symmetric; NULL stands for diag(1/w). GF_ARGUMENT for
 * numbers that are not finite or out of range and for a kernel that is not
 * symmetric to 1e-10 of its largest entry; GF_DOMAIN for a planar field;
 * GF_LIMIT, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status
gf_coupled_new(gf_coupled **out, const gf_field *field, const gf_cloud *cloud,
               const double *kernel_d, const double *kernel_g, gf_error *error);
GF_PUBLIC void gf_coupled_free(gf_coupled *c);

/* The velocity, 2n numbers, at a state; NaN where a D_i is outside of the
 * domain. A handle serves one thread at a time. */
GF_PUBLIC void gf_coupled_velocity(double *velocity, gf_coupled *c,
                                   const double *state);

/* Its Jacobian, 2n x 2n by rows. */
GF_PUBLIC void gf_coupled_jacobian(double *jacobian, gf_coupled *c,
                                   const double *state);

/* --- the linearisation at the equilibrium ------------------------------- */

/* lambda of one mode. */
typedef struct gf_mode {
    double re, im;
    double damping;    /* -re/|lambda|: 0 a circle, 1 no turn at all */
    double period;     /* 2 pi/|im|; infinite where im = 0 */
    double decay_time; /* -1/re; infinite where re = 0 */
} gf_mode;

/* With u = D - D0 a mass-damper-spring system,
 *
 *     (1/a) K_D^-1 u'' + W h u' + b kappa W K_G W u = 0
 *     h = -(f1'' + f2'')(D0) p_d,  kappa = -f2'(D0) f3'(D0)
 *
 * The kernels' null directions never move: they are zeros, counted and taken
 * out before the spectrum is computed, so that what is left has no Jordan
 * blocks at 0. |lambda| <= 1e-10 of the largest counts as zero, re > 1e-10 of
 * it as unstable, |damping| < 1e-3 as undamped, im != 0 as a spiral. */
typedef struct gf_modes {
    gf_mode *mode; /* those that are no zeros, by falling re, then im */
    size_t count;
    size_t zero, unstable, undamped, spiral, node; /* zero + the rest: 2n */
    size_t rank_d, rank_g;                         /* of the kernels */
    double rotation; /* |J_A|/|J| (Frobenius) in orthonormal coordinates of the
                        parameters, J_A the antisymmetric part; NaN if J = 0 */
} gf_modes;

GF_PUBLIC void gf_modes_init(gf_modes *modes);
GF_PUBLIC void gf_modes_clear(gf_modes *modes);
/* Replaces what *modes held. GF_DOMAIN where f2'(D0) or another derivative is
 * not finite; GF_MEMORY; GF_INTERNAL where an eigenvalue iteration fails. */
GF_PUBLIC GF_CHECKED gf_status gf_coupled_modes(gf_modes *modes, gf_coupled *c,
                                                gf_error *error);

/* The same of the ideal field, kernels diag(1/w): the two modes of the
 * pointwise field at each point, lambda^2 + a h(x) lambda + a b kappa = 0, in
 * no time. rank_d and rank_g are n, rotation is NaN. Errors as above. */
GF_PUBLIC GF_CHECKED gf_status gf_coupled_ideal_modes(gf_modes *modes,
                                                      gf_coupled *c,
                                                      gf_error *error);

/* --- energies ----------------------------------------------------------- */

/* F = <D-D0, K_D^+ (D-D0)>/(2a) + <p-p_d, K_G^+ (p-p_d)>/(2b), which never
 * grows where A <= 0, B <= 0 (classify's distance) and p >= 0; K^+ is the
 * inverse on the range. *outside is how far D - D0 and p - p_d are from the
 * ranges, relatively (0: F is all that there is). GF_MEMORY, GF_INTERNAL at the
 * first call. */
GF_PUBLIC GF_CHECKED gf_status gf_coupled_distance(double *f, double *outside,
                                                   gf_coupled *c,
                                                   const double *state,
                                                   gf_error *error);

/* (a/2) <p-p_d, W K_D W (p-p_d)> k_p + (b/2) <D-D0, W K_G W (D-D0)> k_d with
 * k_p = -f2'(D0), k_d = f3'(D0): conserved where f1', f2', f3' are constants
 * and f1' + f2' = 0, as for WGAN. */
GF_PUBLIC double gf_coupled_dual(gf_coupled *c, const double *state);

/* --- runs --------------------------------------------------------------- */

typedef struct gf_coupled_options {
    double until;      /* > 0 */
    double rtol, atol; /* 0: 1e-10, 1e-12 */
    double step;       /* > 0: fixed steps of rk4; 0: adaptive, rk8pd */
    double every;      /* > 0: rows so far apart; 0: all accepted states */
    size_t most_steps; /* 0: a million */
} gf_coupled_options;

typedef struct gf_coupled_run {
    size_t count, size; /* rows; numbers of a state */
    double *t;          /* count */
    double *state;      /* count x size */
    const char *stop;   /* "reached the end", "left the domain", "budget" */
    double least_p;     /* the least p on the way ... */
    double least_p_at;  /* ... and when */
    size_t steps, capacity;
} gf_coupled_run;

GF_PUBLIC void gf_coupled_run_init(gf_coupled_run *run);
GF_PUBLIC void gf_coupled_run_clear(gf_coupled_run *run);
/* Runs from a start, 2n numbers; replaces what *run held. A run that cannot go
 * on is no failure: its rows end there. GF_ARGUMENT for bad options, GF_DOMAIN
 * for a start outside of the domain, GF_MEMORY. */
GF_PUBLIC GF_CHECKED gf_status
gf_coupled_follow(gf_coupled_run *run, gf_coupled *c, const double *start,
                  const gf_coupled_options *options, gf_error *error);

#endif
