/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loops of the smallest training (toy.h), compiled once for each
 * instruction set from the same source without contraction, so that all give
 * the same bits.
 */
#ifndef GF_LAB_LANES_TOYS_H
#define GF_LAB_LANES_TOYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GF_TWISTER_WORDS = 624, GF_TWISTER_UNIFORMS = GF_TWISTER_WORDS / 2 };

/* No probability is nearer to 0 or 1 in a logarithm. */
#define GF_TOY_NEAREST 1e-8

typedef struct gf_toy_lanes {
    /* The next words of a Mersenne Twister, and the uniform numbers in [0, 1)
     * of 53 bits that two words each show. */
    void (*twist)(uint32_t *word, double *uniform);
    /* Uniform numbers (turn, height), whole pairs of them, become pairs of
     * independent normals [box1958]: by the cosine, by the sine. */
    void (*normals)(double *cosine, double *sine, const double *turn,
                    const double *height, size_t count);
    /* out = log p, or log(1 - p), p = sigmoid(c x + d) kept away from 0 and
     * 1. */
    void (*logs)(double *out, const double *x, size_t count, double c, double d,
                 bool of_rest);
} gf_toy_lanes;

extern const gf_toy_lanes gf_toy_lanes_v2, gf_toy_lanes_v3, gf_toy_lanes_v4;

/* The best of this processor. */
const gf_toy_lanes *gf_toy_lanes_best(void);

#endif
