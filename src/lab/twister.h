/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Mersenne Twister [matsumoto1998] with the numbers that CPython's module
 * `random` makes of it, to the bit: so that a run can be compared with one in
 * Python.
 *
 *     gf_twister twister;
 *     gf_twister_seed(&twister, 21);             (random.seed(21))
 *     double u = gf_twister_uniform(&twister);   (random.random())
 *     double z = gf_twister_normal(&twister, 0, 1);   (random.gauss(0, 1))
 */
#ifndef GF_LAB_TWISTER_H
#define GF_LAB_TWISTER_H

#include "lab/lanes/toys.h"

typedef struct gf_twister {
    uint32_t word[GF_TWISTER_WORDS];
    double uniform[GF_TWISTER_UNIFORMS]; /* that these words show */
    int next;                            /* of those, to be used next */
    bool has_normal;                     /* the sine half of a pair is left */
    double normal;
} gf_twister;

/* So many numbers at once are at most. */
enum { GF_TWISTER_BLOCK = 128 };

/* The state that a whole number of at most 64 bits gives; forgets the half of a
 * pair of normals. */
void gf_twister_seed(gf_twister *twister, uint64_t seed);

/* Uniform in [0, 1), of 53 bits. */
double gf_twister_uniform(gf_twister *twister);

/* mean + spread times a standard normal: by turns the cosine and the sine half
 * of a pair [box1958]. */
double gf_twister_normal(gf_twister *twister, double mean, double spread);

/* Standard normals, count <= GF_TWISTER_BLOCK of them, the same numbers to an
 * ulp or two; coin (NULL: none): a uniform number before each. */
void gf_twister_normals(double *out, double *coin, gf_twister *twister,
                        size_t count);

#endif
