/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Probability distributions on the line: a mixture of densities and of point
 * masses (atoms), from a text.
 *
 *     gf_distribution *p;
 *     status = gf_distribution_read(&p, "mixture(0.5*normal(-2,0.35), "
 *                                       "0.5*normal(2,0.35))", &error);
 *     double density = gf_distribution_density(p, 0.3);
 *     gf_distribution_free(p);
 *
 *     normal(m, s)         mean m, standard deviation s > 0
 *     uniform(a, b)        a < b
 *     laplace(m, s)        exp(-|x - m|/s)/(2 s)
 *     logistic(m, s)       sech((x - m)/(2 s))^2/(4 s)
 *     cauchy(m, s)         1/(pi s (1 + ((x - m)/s)^2))
 *     exponential(m, s)    exp(-(x - m)/s)/s for x > m
 *     point(x)             all mass at x
 *     density(EXPR, a, b)  a density in x on (a, b), checked to integrate to 1;
 *                          more pieces follow as EXPR, a, b
 *     shape(EXPR, a, b)    the same, divided by its integral
 *     mixture(w*DIST, ...) weights that sum to 1; none: equal ones
 *     noise(DIST, s)       DIST + normal(0, s), independent
 *     samples(FILE)        equal masses at the numbers in the first column of a
 *                          file; a second column: their weights
 *     histogram(FILE)      constant on bins: columns low, high, weight
 *
 * and samples:FILE, histogram:FILE as the whole text. Numbers may be constant
 * expressions, as 1/3 or sqrt(2); scales are from 1e-50 to 1e50. Columns are
 * separated by commas or blanks;
 * '#' begins a comment, and a first line without numbers is a heading.
 */
#ifndef GANFIELD_DISTRIBUTION_H
#define GANFIELD_DISTRIBUTION_H

#include <ganfield/status.h>

#include <stdbool.h>

typedef struct gf_distribution gf_distribution;

/* Limits; past them the status is GF_LIMIT. */
#define GF_DISTRIBUTION_PARTS_MAX 5000
#define GF_DISTRIBUTION_ATOMS_MAX 5000000
#define GF_DISTRIBUTION_DEPTH_MAX 20

/* Reads a text. GF_SYNTAX, GF_NAME, GF_ARGUMENT (a number out of range, weights
 * or a density that do not sum to 1, a density that is negative), all with the
 * place and a caret; GF_READ for a file, with its line; GF_LIMIT, GF_MEMORY.
 * The caller frees *out; it is NULL after a failure. */
GF_PUBLIC GF_CHECKED gf_status gf_distribution_read(gf_distribution **out,
                                                    const char *text,
                                                    gf_error *error);
GF_PUBLIC void gf_distribution_free(gf_distribution *d);

/* The text that it was read from. */
GF_PUBLIC const char *gf_distribution_text(const gf_distribution *d);

/* The density of the part without atoms, and its logarithm (which does not
 * underflow in a tail). */
GF_PUBLIC double gf_distribution_density(const gf_distribution *d, double x);
GF_PUBLIC double gf_distribution_log_density(const gf_distribution *d,
                                             double x);

/* P(X <= x) and P(X > x), each to full relative precision in its tail. */
GF_PUBLIC double gf_distribution_below(const gf_distribution *d, double x);
GF_PUBLIC double gf_distribution_above(const gf_distribution *d, double x);

/* E max(x - X, 0), the integral of P(X <= t) over t < x; infinite where the
 * left tail has no mean. */
GF_PUBLIC double gf_distribution_ramp(const gf_distribution *d, double x);

/* The least x with P(X <= x) >= u; above is 1 - u, given beside it for
 * precision where u is near 1. */
GF_PUBLIC double gf_distribution_quantile(const gf_distribution *d, double u,
                                          double above);

/* Turns numbers that are uniform between 0 and 1 into samples, one each; u may
 * be out. Fast where all parts are named families or points. */
GF_PUBLIC void gf_distribution_draw(double *out, const gf_distribution *d,
                                    const double *u, size_t count);

/* NaN or infinite where there is none. */
GF_PUBLIC double gf_distribution_mean(const gf_distribution *d);
GF_PUBLIC double gf_distribution_variance(const gf_distribution *d);

/* The atoms, from left to right, and the mass that they have together. */
typedef struct gf_atom {
    double at, mass;
} gf_atom;

GF_PUBLIC size_t gf_distribution_atoms(const gf_atom **out,
                                       const gf_distribution *d);
GF_PUBLIC double gf_distribution_atom_mass(const gf_distribution *d);

#endif
