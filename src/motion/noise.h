/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Normal deviates in a row from a seed. */
#ifndef GF_MOTION_NOISE_H
#define GF_MOTION_NOISE_H

#include <stdint.h>

typedef struct gf_noise {
    uint64_t seed;
    double spare; /* a deviate not used yet, or NaN */
} gf_noise;

gf_noise gf_noise_from(uint64_t seed);
double gf_noise_next(gf_noise *noise);
/* A seed for one of many rows of a seed: no two are near each other. */
uint64_t gf_noise_seed_of(uint64_t seed, uint64_t row);

#endif
