/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The elementary functions of one double without a branch, so that a loop over
 * lanes becomes vector code.  Each is right to less than 1 ulp between the
 * bounds of the table in kernels.c; outside of them the kernels ask the C
 * library.  Arguments are reduced as in [muller2016, ch. 11]; the polynomials
 * are minimax ones, relative to the function (tests/reference/minimax.py).
 */
#ifndef GF_MOTION_LANES_REAL_H
#define GF_MOTION_LANES_REAL_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define GF_LANE_INLINE static inline __attribute__((always_inline))

/* An unevaluated sum. */
typedef struct pair {
    double hi, lo;
} pair;

#define LN2_HI 0x1.62e42fefa2000p-1 /* 40 bits */
#define LN2_LO 0x1.9ef35793c7673p-41
#define LOG2_E 0x1.71547652b82fep+0
#define SHIFT 0x1.8p52 /* added and subtracted: rounds to an integer */

GF_LANE_INLINE int64_t bits_of(double x)
{
    int64_t i;

    memcpy(&i, &x, sizeof i);
    return i;
}

GF_LANE_INLINE double of_bits(int64_t i)
{
    double x;

    memcpy(&x, &i, sizeof x);
    return x;
}

GF_LANE_INLINE double shifted_left(uint64_t i, int by)
{
    return of_bits((int64_t)(i << by));
}

/* a + b for |a| >= |b| or a = 0. */
GF_LANE_INLINE pair fast_sum(double a, double b)
{
    double hi = a + b;

    return (pair){hi, (a - hi) + b};
}

GF_LANE_INLINE pair sum_of(double a, double b)
{
    double hi = a + b, part = hi - a;

    return (pair){hi, (a - (hi - part)) + (b - part)};
}

GF_LANE_INLINE double one_of(double p, double q, int64_t mask)
{
    return of_bits((bits_of(p) & ~mask) | (bits_of(q) & mask));
}

/* --- logarithms -------------------------------------------------------- */

/* x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2). */
typedef struct scaled {
    double k, f;
    uint64_t exponent; /* k in the place of a double's exponent */
} scaled;

GF_LANE_INLINE scaled scaled_of(double x)
{
    const uint64_t half_root = 0x3fe6a09e667f3bcd, bias = 0x3ff;
    const uint64_t exponents = 0xfff0000000000000, magic = 0x4330000000000000;
    uint64_t i = (uint64_t)bits_of(x), part = i - half_root;
    uint64_t k = (part + (bias << 52)) >> 52;
    scaled s;

    s.exponent = part & exponents;
    s.k = of_bits((int64_t)(k | magic)) - (0x1p52 + 0x3ff);
    s.f = of_bits((int64_t)(i - s.exponent)) - 1;
    return s;
}

/* (log(1 + f) - f + f^2/2)/f^3 */
GF_LANE_INLINE double log_tail(double f)
{
    double f2 = f * f, f4 = f2 * f2, f8 = f4 * f4;
    double a0 = fma(f, -0x1.fffffffffef4fp-3, 0x1.5555555555534p-2);
    double a2 = fma(f, -0x1.55555556687d4p-3, 0x1.999999999f510p-3);
    double a4 = fma(f, -0x1.ffffff2d8181ep-4, 0x1.24924922ae9bfp-3);
    double a6 = fma(f, -0x1.9999c231f1618p-4, 0x1.c71c71dd8860ap-4);
    double a8 = fma(f, -0x1.5550f324811bap-4, 0x1.745d3f2fd5745p-4);
    double a10 = fma(f, -0x1.24d716b06e868p-4, 0x1.3b0b8bc3e48f7p-4);
    double a12 = fma(f, -0x1.fba48c29a05bap-5, 0x1.11ccba2402d6fp-4);
    double a14 = fma(f, -0x1.d1185648e11e4p-5, 0x1.d05f8fbe26d3dp-5);
    double a16 = fma(f, -0x1.ea060c94bc4fep-5, 0x1.0a5896b0d4e2bp-4);
    double b0 = fma(f2, a2, a0), b4 = fma(f2, a6, a4);
    double b8 = fma(f2, a10, a8), b12 = fma(f2, a14, a12);
    double b16 = fma(f2, 0x1.ac91569b2c63dp-6, a16);
    double c0 = fma(f4, b4, b0), c8 = fma(f4, b12, b8);

    return fma(f8, fma(f8, b16, c8), c0);
}

GF_LANE_INLINE double real_log(double x)
{
    scaled s = scaled_of(x);
    double f2 = s.f * s.f;
    double rest = fma(f2 * s.f, log_tail(s.f), s.k * LN2_LO);

    return fma(s.k, LN2_HI, s.f + fma(-0.5, f2, rest));
}

/* log(u + c), c below an ulp of u; u >= 1/2 or so. */
GF_LANE_INLINE pair log_of_sum(double u, double c)
{
    scaled s = scaled_of(u);
    double low = c * of_bits((int64_t)(0x3ff0000000000000 - s.exponent));
    double f2 = s.f * s.f;
    double rest = fma(f2 * s.f, log_tail(s.f), s.k * LN2_LO);
    pair top = fast_sum(s.k * LN2_HI, s.f);

    rest = fma(low, (1 - s.f) + f2, rest);
    return (pair){top.hi, top.lo + fma(-0.5, f2, rest)};
}

GF_LANE_INLINE double real_log1p(double x)
{
    pair u = sum_of(1, x), l = log_of_sum(u.hi, u.lo);

    return l.hi + l.lo;
}

/* --- exponentials ------------------------------------------------------ */

/* x = k log 2 + r + low, |r| <= log(2)/2 */
typedef struct reduced {
    double r, low;
    double scale; /* 2^k */
} reduced;

GF_LANE_INLINE reduced reduced_of(double x, double low)
{
    double shifted = fma(x, LOG2_E, SHIFT), k = shifted - SHIFT;
    double high = fma(-k, LN2_HI, x), part = fma(-k, LN2_LO, low);
    reduced e;

    e.r = high + part;
    e.low = (high - e.r) + part;
    e.scale = shifted_left((uint64_t)bits_of(shifted) + 0x3ff, 52);
    return e;
}

/* (exp(r) - 1 - r)/r^2 */
GF_LANE_INLINE double exp_tail(double r)
{
    double r2 = r * r, r4 = r2 * r2;
    double a0 = fma(r, 0x1.555555555555bp-3, 0x1.0000000000000p-1);
    double a2 = fma(r, 0x1.111111110ebc9p-7, 0x1.555555555555ep-5);
    double a4 = fma(r, 0x1.a01a01b3b408ep-13, 0x1.6c16c16c135d0p-10);
    double a6 = fma(r, 0x1.71ddefa2bf003p-19, 0x1.a01a01b440adep-16);
    double a8 = fma(r, 0x1.af6cb6501f418p-26, 0x1.27e4bf5a88384p-22);
    double b0 = fma(r2, a2, a0), b4 = fma(r2, a6, a4);
    double b8 = fma(r2, 0x1.1f9db2d021e01p-29, a8);

    return fma(r4, fma(r4, b8, b4), b0);
}

GF_LANE_INLINE double real_exp(double x)
{
    double shifted = fma(x, LOG2_E, SHIFT), k = shifted - SHIFT;
    double r = fma(-k, LN2_LO, fma(-k, LN2_HI, x));
    double p = fma(r * r, exp_tail(r), r);
    double scale = shifted_left((uint64_t)bits_of(shifted) + 0x3ff, 52);

    return fma(p, scale, scale);
}

/* exp(x + low) */
GF_LANE_INLINE pair exp_of_sum(double x, double low)
{
    reduced e = reduced_of(x, low);
    pair top = fast_sum(1, e.r);
    double rest = fma(e.r * e.r, exp_tail(e.r), fma(e.low, e.r, e.low));

    top = fast_sum(top.hi, top.lo + rest);
    return (pair){top.hi * e.scale, top.lo * e.scale};
}

/* exp(x) - 1 */
GF_LANE_INLINE pair expm1_of(double x)
{
    reduced e = reduced_of(x, 0);
    double rest = fma(e.r * e.r, exp_tail(e.r), fma(e.low, e.r, e.low));
    pair unit = fast_sum(e.scale, -1);
    pair top = fast_sum(unit.hi, e.scale * e.r);

    return fast_sum(top.hi, fma(e.scale, rest, top.lo + unit.lo));
}

GF_LANE_INLINE double real_expm1(double x)
{
    return expm1_of(x).hi;
}

/* (n.hi + n.lo)/(d.hi + d.lo) */
GF_LANE_INLINE double quotient(pair n, pair d)
{
    double inverse = 1 / d.hi, q = n.hi * inverse;
    double left = fma(-q, d.hi, n.hi) + fma(-q, d.lo, n.lo);

    return fma(left, inverse, q);
}

GF_LANE_INLINE double real_tanh(double x)
{
    double size = fabs(x);
    pair t = expm1_of(2 * (size < 20 ? size : 20));
    pair d = sum_of(2, t.hi);

    d.lo += t.lo;
    return copysign(quotient(t, d), x);
}

/* sigmoid and softplus of x and of -x: `large` and `small` of |x|. */
typedef struct logistic {
    double large, small, plus_large, plus_small;
} logistic;

GF_LANE_INLINE logistic logistic_of(double x, bool has_log)
{
    double size = fabs(x);
    pair e = exp_of_sum(-size, 0), d = fast_sum(1, e.hi), one = {1, 0};
    logistic out = {.large = 0};

    d.lo += e.lo;
    out.large = quotient(one, d);
    out.small = quotient(e, d);
    if (has_log) {
        pair l = log_of_sum(d.hi, d.lo);
        bool is_small = e.hi < 0x1p-30; /* then log(1 + e) = e - e^2/2 */
        l.hi = is_small ? e.hi : l.hi;
        l.lo = is_small ? fma(-0.5 * e.hi, e.hi, e.lo) : l.lo;
        pair top = sum_of(size, l.hi);
        out.plus_small = l.hi + l.lo;
        out.plus_large = top.hi + (top.lo + l.lo);
    }
    return out;
}

GF_LANE_INLINE double real_sigmoid(double x)
{
    pair e = exp_of_sum(-fabs(x), 0), d = fast_sum(1, e.hi), n;

    d.lo += e.lo;
    n.hi = x < 0 ? e.hi : 1;
    n.lo = x < 0 ? e.lo : 0;
    return quotient(n, d);
}

GF_LANE_INLINE double real_softplus(double x)
{
    logistic l = logistic_of(x, true);

    return x > 0 ? l.plus_large : l.plus_small;
}

/* --- sine and cosine --------------------------------------------------- */

/* Turned over where the second bit is set. */
GF_LANE_INLINE double with_sign(double x, int64_t turn)
{
    return of_bits(bits_of(x) ^ (int64_t)((uint64_t)(turn & 2) << 62));
}

/* sin(x) and cos(x), in this order */
GF_LANE_INLINE pair waves(double x)
{
    double shifted = fma(x, 0x1.45f306dc9c883p-1, SHIFT), k = shifted - SHIFT;
    double first = fma(-k, 0x1.921fb54442d18p+0, x);
    double r = fma(-k, 0x1.1a62633145c07p-54, first);
    double low = fma(-k, 0x1.1a62633145c07p-54, first - r);
    double z = r * r, z2 = z * z, half = 0.5 * z, one = 1 - half;
    double s0 = fma(z, 0x1.111111110f8d1p-7, -0x1.5555555555549p-3);
    double s2 = fma(z, 0x1.71de357e3bd45p-19, -0x1.a01a019c1a766p-13);
    double s4 = fma(z, 0x1.5d94259e9db64p-33, -0x1.ae5e6aac581f2p-26);
    double c0 = fma(z, -0x1.6c16c16c15543p-10, 0x1.555555555554ep-5);
    double c2 = fma(z, -0x1.27e4f83e82a41p-22, 0x1.a01a019d0395dp-16);
    double c4 = fma(z, -0x1.8fbdef83be6afp-37, 0x1.1eea0c39d2df9p-29);
    int64_t turn = bits_of(shifted), is_odd = -(turn & 1);

    low = fma(k, 0x1.f1976b7ed8fbcp-110, low);
    s0 = fma(z2, fma(z2, s4, s2), s0);
    c0 = fma(z2, fma(z2, c4, c2), c0);
    double sine = r + fma(r * z, s0, fma(-low, half, low));
    double cosine = one + (((1 - one) - half) + fma(z2, c0, -r * low));

    return (pair){
        with_sign(one_of(sine, cosine, is_odd), turn),
        with_sign(one_of(cosine, sine, is_odd), (turn & 3) + 1),
    };
}

GF_LANE_INLINE double real_sin(double x)
{
    return waves(x).hi;
}

GF_LANE_INLINE double real_cos(double x)
{
    return waves(x).lo;
}

/* --- powers ------------------------------------------------------------ */

/* log(x) to about 68 bits: with s = f/(2 + f),
   log(1 + f) = 2 s + 2/3 s^3 + s^5 Q(s^2). */
GF_LANE_INLINE pair long_log(double x)
{
    scaled e = scaled_of(x);
    double d = 2 + e.f, d_low = e.f - (d - 2), inverse = 1 / d;
    double s = e.f * inverse;
    double s_low = fma(-s, d_low, fma(-s, d, e.f)) * inverse;
    double z = s * s, z2 = z * z, z4 = z2 * z2;
    double z_low = fma(2 * s, s_low, fma(s, s, -z));
    double q0 = fma(z, 0x1.2492492492b75p-2, 0x1.9999999999998p-2);
    double q2 = fma(z, 0x1.745d17ffb3f41p-3, 0x1.c71c71c5fa648p-3);
    double q4 = fma(z, 0x1.111f1c371b2a8p-3, 0x1.3b136e9b82662p-3);
    double q6 = fma(z, 0x1.e95251d781058p-4, 0x1.de6e2fc8f564fp-4);
    double tail = fma(z4, fma(z2, q6, q4), fma(z2, q2, q0));
    /* 2/3 + z tail, times z */
    pair m = fast_sum(0x1.5555555555555p-1, z * tail);
    double m_low = m.lo + 0x1.5555555555555p-55, p = z * m.hi;
    double p_low = fma(z, m.hi, -p) + fma(z, m_low, z_low * m.hi);
    /* times s */
    double t = s * p, t_low = fma(s, p, -t) + fma(s, p_low, s_low * p);
    pair top = fast_sum(e.k * LN2_HI, 2 * s), rest = sum_of(top.hi, t);

    rest.lo += top.lo + (fma(e.k, LN2_LO, 2 * s_low) + t_low);
    return fast_sum(rest.hi, rest.lo);
}

GF_LANE_INLINE double real_pow(double x, double y)
{
    pair l = long_log(x);
    double high = y * l.hi, low = fma(y, l.lo, fma(y, l.hi, -high));
    pair e = exp_of_sum(high, low);

    return e.hi;
}

#endif
