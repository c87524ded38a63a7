/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A classification against brute force: nothing that it claims may be
 * contradicted by a sample, a quadrature or a run.  The sample's signs are
 * those of balls (Arb), so a contradiction is one.
 */
#ifndef GANFIELD_TESTS_BRUTE_H
#define GANFIELD_TESTS_BRUTE_H

#include <ganfield/classify.h>

#include <stddef.h>
#include <stdint.h>

typedef struct brute {
    const gf_classification *c;
    const gf_field *field;
    uint64_t seed;
    size_t samples;
    bool generic;   /* a "no" must show itself in the sample, too */
    char text[400]; /* the first contradiction, "" if none */
} brute;

/* Takes the first contradiction only. */
void brute_complain(brute *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Pointwise fields: conditions, well, decay, interval, A, B, completeness,
   rest points, Jacobians. */
void brute_sample(brute *b);
/* The levels, by a quadrature of its own; E. */
void brute_levels(brute *b);
/* Runs from near the rest points and from the region (any field). */
void brute_runs(brute *b);
/* Planar fields: rest points, Jacobians, the conserved quadratic. */
void brute_planar(brute *b);
/* All that apply; true if nothing is contradicted. */
bool brute_agrees(brute *b, const gf_classification *c, uint64_t seed,
                  size_t samples);

/* Numbers that crowd where it matters: near `at`, the ends, and anywhere. */
double brute_point(uint64_t *seed, gf_range range, double at);

#endif
