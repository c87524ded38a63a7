/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops, for the instruction set that the build names: GF_LANES_SET. */
#include "lab/lanes/toys.h"

#include "motion/lanes/real.h"

#define GLUE2(a, b) a##b
#define GLUE(a, b) GLUE2(a, b)

/* --- the twister ------------------------------------------------------- */

enum { TWIST_SHIFT = 397, TWIST_BACK = GF_TWISTER_WORDS - TWIST_SHIFT };

GF_LANE_INLINE uint32_t twisted(uint32_t here, uint32_t next)
{
    uint32_t y = (here & 0x80000000u) | (next & 0x7fffffffu);

    return (y >> 1) ^ ((0 - (y & 1)) & 0x9908b0dfu);
}

GF_LANE_INLINE uint32_t shown(uint32_t y)
{
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
}

static void run_twist(uint32_t *restrict word, double *restrict uniform)
{
    for (int i = 0; i < TWIST_BACK; i++)
        word[i] = word[i + TWIST_SHIFT] ^ twisted(word[i], word[i + 1]);
    for (int i = TWIST_BACK; i < GF_TWISTER_WORDS - 1; i++)
        word[i] = word[i - TWIST_BACK] ^ twisted(word[i], word[i + 1]);
    word[GF_TWISTER_WORDS - 1] =
        word[TWIST_SHIFT - 1] ^ twisted(word[GF_TWISTER_WORDS - 1], word[0]);
    for (int i = 0; i < GF_TWISTER_UNIFORMS; i++) {
        uint32_t high = shown(word[2 * i]) >> 5;
        uint32_t low = shown(word[2 * i + 1]) >> 6;
        uniform[i] = ((double)high * 0x1p26 + (double)low) * 0x1p-53;
    }
}

/* --- normals ----------------------------------------------------------- */

#define TWO_PI 6.28318530717958647692

static void run_normals(double *restrict cosine, double *restrict sine,
                        const double *restrict turn,
                        const double *restrict height, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pair w = waves(turn[i] * TWO_PI);
        double radius = sqrt(-2 * real_log(1 - height[i]));
        cosine[i] = w.lo * radius;
        sine[i] = w.hi * radius;
    }
}

/* --- probabilities ----------------------------------------------------- */

/* Where the exponential is left to the clamp. */
#define FAR 100

GF_LANE_INLINE double log_of(double x, double c, double d, bool of_rest)
{
    double t = c * x + d, size = fabs(t);
    double e = real_exp(-(size < FAR ? size : FAR));
    double p = (t >= 0 ? 1 : e) / (1 + e);

    p = p > GF_TOY_NEAREST ? p : GF_TOY_NEAREST;
    p = p < 1 - GF_TOY_NEAREST ? p : 1 - GF_TOY_NEAREST;
    return real_log(of_rest ? 1 - p : p);
}

static void run_logs(double *restrict out, const double *restrict x,
                     size_t count, double c, double d, bool of_rest)
{
    if (of_rest)
        for (size_t i = 0; i < count; i++)
            out[i] = log_of(x[i], c, d, true);
    else
        for (size_t i = 0; i < count; i++)
            out[i] = log_of(x[i], c, d, false);
}

const gf_toy_lanes GLUE(gf_toy_lanes_, GF_LANES_SET) = {
    .twist = run_twist, .normals = run_normals, .logs = run_logs};
