/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Divergences: what their files share. */
#ifndef GF_ANALYSIS_DIVERGENCE_H
#define GF_ANALYSIS_DIVERGENCE_H

#include <ganfield/divergence.h>

#include "analysis/distribution.h"

/* --- divergence_integral.c --------------------------------------------- */

/* Integrals over the line, cut into stretches. */
typedef struct gf_integral {
    double value, error;
    size_t evaluations;
    bool overflow; /* the integrand was not finite somewhere */
    double least;  /* in: an error that does not matter */
} gf_integral;

typedef double (*gf_integrand)(double x, void *ctx);

/* The cuts of both distributions; the caller frees *out. */
gf_status gf_cuts_join(double **out, size_t *count, const gf_distribution *p,
                       const gf_distribution *q, gf_error *error) GF_CHECKED;

/* Adds the integral over the stretches between the cuts, and beyond the
   outermost ones where that is open, to *out. */
gf_status gf_integrate_line(gf_integral *out, gf_integrand f, void *ctx,
                            const double *cut, size_t cuts, bool left_open,
                            bool right_open, gf_error *error) GF_CHECKED;

/* --- divergence_pair.c ------------------------------------------------- */

/* Two distributions seen together. */
typedef struct gf_pair {
    const gf_distribution *p, *q;
    double *cut;
    size_t cuts;
    bool left_open, right_open;
    /* the mass that one has where the other has none, and where that is */
    double only_p, only_q;
    char where_p[80], where_q[80];
    double width;        /* of both, between quartiles */
    bool has_expression; /* a density that may have a singular end */
} gf_pair;

gf_status gf_pair_init(gf_pair *pair, const gf_distribution *p,
                       const gf_distribution *q, gf_error *error) GF_CHECKED;
void gf_pair_clear(gf_pair *pair);

/* Sums over atoms: each point where one of them has one. */
typedef double (*gf_atom_fn)(double p, double q, const void *ctx);
double gf_pair_atoms(const gf_pair *pair, gf_atom_fn f, const void *ctx);

/* --- divergence_f.c ---------------------------------------------------- */

/* An f-divergence: q f(p/q) of two densities given by their logarithms, either
   of which may be -infinity. */
typedef struct gf_generator {
    double (*at)(double log_p, double log_q, const struct gf_generator *g);
    bool needs_p, needs_q; /* infinite where Q has mass and P none; the other */
    double number;         /* alpha */
    const void *ctx;
} gf_generator;

gf_generator gf_generator_of(gf_divergence_kind kind, double alpha);

/* The divergence of a generator. */
gf_status gf_divergence_integrate(gf_divergence *out, const gf_pair *pair,
                                  const gf_generator *g, size_t *evaluations,
                                  gf_error *error) GF_CHECKED;

/* --- divergence_expression.c ------------------------------------------- */

gf_status gf_divergence_by_expression(gf_divergence *out, const gf_pair *pair,
                                      const char *f, size_t *evaluations,
                                      gf_error *error) GF_CHECKED;

/* --- divergence_transport.c, divergence_kernel.c, divergence_cdf.c ------ */

gf_status gf_divergence_w1(gf_divergence *out, const gf_pair *pair,
                           size_t *evaluations, gf_error *error) GF_CHECKED;
gf_status gf_divergence_w2(gf_divergence *out, const gf_pair *pair,
                           size_t *evaluations, gf_error *error) GF_CHECKED;
gf_status gf_divergence_energy(gf_divergence *out, const gf_pair *pair,
                               size_t *evaluations, gf_error *error) GF_CHECKED;
gf_status gf_divergence_ks(gf_divergence *out, const gf_pair *pair,
                           size_t *evaluations, gf_error *error) GF_CHECKED;
gf_status gf_divergence_mmd2(gf_divergence *out, const gf_pair *pair,
                             const gf_divergence_options *options,
                             size_t *evaluations, gf_error *error) GF_CHECKED;

#endif
