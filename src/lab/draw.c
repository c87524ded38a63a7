/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The finalizer of splitmix64 [steele2014] over a counter. */
#include "lab/draw.h"

#include "kernel/lanes/vectors.h"

#define STRIDE GF_DRAW_STRIDE

static inline uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

void gf_draw(double *out, size_t count, uint64_t seed, gf_draw_for what,
             uint64_t number)
{
    uint64_t at = mix(seed + STRIDE);

    at = mix((at ^ (uint64_t)what) + STRIDE);
    at = mix((at ^ number) + STRIDE);
    gf_vectors_best()->uniforms(out, count, at);
}
