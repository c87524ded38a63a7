/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/twister.h"

#include <math.h>

enum { SHIFT = 397 };

#define UPPER 0x80000000u
#define LOWER 0x7fffffffu
#define TWO_PI 6.28318530717958647692

static void fill(gf_twister *t, uint32_t seed)
{
    t->word[0] = seed;
    for (uint32_t i = 1; i < GF_TWISTER_WORDS; i++) {
        uint32_t last = t->word[i - 1];
        t->word[i] = 1812433253u * (last ^ (last >> 30)) + i;
    }
}

/* Initialisation by an array: the words of the seed, the lowest first. */
void gf_twister_seed(gf_twister *t, uint64_t seed)
{
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    uint32_t count = key[1] ? 2 : 1, i = 1, k = 0;
    uint32_t *word = t->word;

    fill(t, 19650218u);
    for (int n = 0; n < GF_TWISTER_WORDS; n++) {
        uint32_t last = word[i - 1];
        word[i] = (word[i] ^ ((last ^ (last >> 30)) * 1664525u)) + key[k] + k;
        k = (k + 1) % count;
        if (++i == GF_TWISTER_WORDS) {
            word[0] = word[GF_TWISTER_WORDS - 1];
            i = 1;
        }
    }
    for (int n = 1; n < GF_TWISTER_WORDS; n++) {
        uint32_t last = word[i - 1];
        word[i] = (word[i] ^ ((last ^ (last >> 30)) * 1566083941u)) - i;
        if (++i == GF_TWISTER_WORDS) {
            word[0] = word[GF_TWISTER_WORDS - 1];
            i = 1;
        }
    }
    word[0] = UPPER;
    t->next = GF_TWISTER_WORDS;
    t->has_normal = false;
    t->normal = 0;
}

static void twist(gf_twister *t)
{
    for (int i = 0; i < GF_TWISTER_WORDS; i++) {
        uint32_t y = (t->word[i] & UPPER) |
                     (t->word[(i + 1) % GF_TWISTER_WORDS] & LOWER);
        t->word[i] = t->word[(i + SHIFT) % GF_TWISTER_WORDS] ^ (y >> 1) ^
                     (y & 1 ? 0x9908b0dfu : 0);
    }
    t->next = 0;
}

uint32_t gf_twister_bits(gf_twister *t)
{
    uint32_t y;

    if (t->next == GF_TWISTER_WORDS)
        twist(t);
    y = t->word[t->next++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
}

double gf_twister_uniform(gf_twister *t)
{
    uint32_t high = gf_twister_bits(t) >> 5, low = gf_twister_bits(t) >> 6;

    return (high * 67108864.0 + low) / 9007199254740992.0;
}

double gf_twister_normal(gf_twister *t, double mean, double spread)
{
    double angle, radius;

    if (t->has_normal) {
        t->has_normal = false;
        return mean + t->normal * spread;
    }
    angle = gf_twister_uniform(t) * TWO_PI;
    radius = sqrt(-2 * log(1 - gf_twister_uniform(t)));
    t->normal = sin(angle) * radius;
    t->has_normal = true;
    return mean + cos(angle) * radius * spread;
}
