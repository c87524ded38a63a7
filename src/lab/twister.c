/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/twister.h"

#include <math.h>
#include <string.h>

#define UPPER 0x80000000u
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
    t->next = GF_TWISTER_UNIFORMS;
    t->has_normal = false;
    t->normal = 0;
}

static void refill(gf_twister *t)
{
    gf_toy_lanes_best()->twist(t->word, t->uniform);
    t->next = 0;
}

double gf_twister_uniform(gf_twister *t)
{
    if (t->next == GF_TWISTER_UNIFORMS)
        refill(t);
    return t->uniform[t->next++];
}

static void fill_uniforms(double *out, gf_twister *t, size_t count)
{
    while (count > 0) {
        if (t->next == GF_TWISTER_UNIFORMS)
            refill(t);
        size_t left = (size_t)(GF_TWISTER_UNIFORMS - t->next);
        size_t n = count < left ? count : left;
        memcpy(out, t->uniform + t->next, n * sizeof *out);
        t->next += (int)n;
        out += n;
        count -= n;
    }
}

/* First all uniform numbers in their order, then what is made of them. */
void gf_twister_normals(double *out, double *coin, gf_twister *t, size_t count)
{
    double uniform[3 * GF_TWISTER_BLOCK], turn[GF_TWISTER_BLOCK];
    double height[GF_TWISTER_BLOCK];
    double normal[2][GF_TWISTER_BLOCK];
    size_t first = t->has_normal && count > 0, pairs = (count - first + 1) / 2;
    const double *u = uniform;

    fill_uniforms(uniform, t, 2 * pairs + (coin ? count : 0));
    if (coin && first)
        coin[0] = *u++;
    for (size_t k = 0; k < pairs; k++, u += 2) {
        size_t i = first + 2 * k;
        if (coin)
            coin[i] = *u++;
        turn[k] = u[0];
        height[k] = u[1];
        if (coin && i + 1 < count)
            coin[i + 1] = *(u++ + 2);
    }
    gf_toy_lanes_best()->normals(normal[0], normal[1], turn, height, pairs);
    if (first)
        out[0] = t->normal;
    for (size_t i = first; i < count; i++)
        out[i] = normal[(i - first) % 2][(i - first) / 2];
    t->has_normal = (count - first) % 2 == 1;
    if (t->has_normal)
        t->normal = normal[1][pairs - 1];
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
