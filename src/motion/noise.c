/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/noise.h"

#include <math.h>

/* splitmix64 [steele2014]: a stride, and a mixture of bits. */
#define STRIDE UINT64_C(0x9e3779b97f4a7c15)

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* In (0, 1). */
static double uniform(gf_noise *noise)
{
    uint64_t z = mix(noise->seed += STRIDE);

    return ((double)(z >> 11) + 0.5) * 0x1p-53;
}

gf_noise gf_noise_from(uint64_t seed)
{
    return (gf_noise){seed, NAN};
}

uint64_t gf_noise_seed_of(uint64_t seed, uint64_t row)
{
    return mix(mix(seed + STRIDE) + (row + 1) * STRIDE);
}

/* Two at a time, from a point in a circle [marsaglia1964]. */
double gf_noise_next(gf_noise *noise)
{
    double x = noise->spare, y, r;

    noise->spare = NAN;
    if (!isnan(x))
        return x;
    do {
        x = 2 * uniform(noise) - 1;
        y = 2 * uniform(noise) - 1;
        r = x * x + y * y;
    } while (r >= 1 || r == 0);
    r = sqrt(-2 * log(r) / r);
    noise->spare = y * r;
    return x * r;
}
