/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A quantity over one step: the polynomial with its values and derivatives at
 * both ends, as Bernstein coefficients over [0, 1].
 */
#ifndef GF_MOTION_HERMITE_H
#define GF_MOTION_HERMITE_H

#include <stdbool.h>
#include <stddef.h>

/* A quantity with its derivatives by time; the second is NaN where unknown. */
typedef struct gf_reading {
    double value, slope, bend;
    double noise; /* what is no larger counts as zero */
} gf_reading;

enum { GF_HERMITE_DEGREE = 5, GF_HERMITE_EXTREMES = GF_HERMITE_DEGREE - 1 };

typedef struct gf_hermite {
    size_t degree; /* 5, or 3 without second derivatives */
    double b[GF_HERMITE_DEGREE + 1];
} gf_hermite;

/* h: the length of the step. */
gf_hermite gf_hermite_of(gf_reading from, gf_reading to, double h);
double gf_hermite_at(const gf_hermite *p, double x);
/* Proof that the polynomial keeps the sign of its start, by a margin of so
   much of its whole range. */
bool gf_hermite_is_clear(const gf_hermite *p, double margin);
/* Where inside (0, 1) it has an extreme, ascending; returns how many. */
size_t gf_hermite_extremes(double out[static GF_HERMITE_EXTREMES],
                           const gf_hermite *p);

#endif
