/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shortest decimal of a double v = c 2^q [giulietti2021].
 *
 * All decimals that read back to v form an interval round it. With 10^k <= the
 * interval's width < 10^(k+1), it holds at least one multiple of 10^k and at
 * most one multiple of 10^(k+1); the latter, if there, is the shortest, and
 * else the nearest of the former is. So three numbers decide, 4 v 10^-k and
 * the same for the interval's two ends, and of these only the integer part and
 * whether anything is left over. That is read off a product with the 128 bits
 * g of 10^-k in tools/powers, which also proves that the error of g is too
 * small to matter.
 */
#include "base/number.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

struct power {
    uint64_t high, low;
};

#include "powers.inc"

/* A positive decimal: digits 10^exponent. */
struct decimal {
    uint64_t digits;
    int exponent;
};

/* floor(a / 2^n), also for a < 0. */
static int floor_shift(int a, int n)
{
    int divisor = 1 << n;

    return a >= 0 ? a / divisor : -((divisor - 1 - a) / divisor);
}

static int log10_of_width(int q, bool irregular)
{
    return floor_shift(q * 1262611 - (irregular ? 524031 : 0), 22);
}

static int log2_of_power(int k)
{
    return floor_shift(k * 1741647, 19);
}

/* floor(n g / 2^128) with its last bit set where something is left over. What
 * is below 2^-68 is the error of g and stands for nothing. */
static uint64_t product(uint64_t n, struct power g)
{
    wide low = (wide)n * g.low;
    wide high = (wide)n * g.high + (uint64_t)(low >> 64);
    bool rest = (uint64_t)high > 0 || (uint64_t)low >> 60 > 0;

    return (uint64_t)(high >> 64) | rest;
}

/* Of c 2^q, where `irregular` says that the next smaller double is nearer than
 * the next larger one. */
static struct decimal shortest(uint64_t c, int q, bool irregular)
{
    int k = log10_of_width(q, irregular);
    int shift = q + log2_of_power(-k) + 1;
    struct power g = powers[-k - LOWEST_POWER];
    uint64_t odd = c & 1; /* the interval has its ends where c is even */

    uint64_t low = product((4 * c - (irregular ? 1 : 2)) << shift, g) + odd;
    uint64_t v = product((4 * c) << shift, g);
    uint64_t high = product((4 * c + 2) << shift, g) - odd;

    uint64_t s = v / 4, tens = s / 10;
    bool down = low <= 40 * tens, up = 40 * tens + 40 <= high;
    if (s >= 10 && down != up)
        return (struct decimal){tens + up, k + 1};
    down = low <= 4 * s;
    up = 4 * s + 4 <= high;
    if (down && up) {
        uint64_t middle = 4 * s + 2;
        up = v > middle || (v == middle && s % 2 == 1);
    }
    return (struct decimal){s + up, k};
}

static struct decimal decimal_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);

    uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
    int field = (int)(bits >> 52 & 0x7ff);
    struct decimal d = field == 0
                           ? shortest(fraction, -1074, false)
                           : shortest(fraction | UINT64_C(1) << 52,
                                      field - 1075, fraction == 0 && field > 1);
    while (d.digits % 10 == 0) {
        d.digits /= 10;
        d.exponent++;
    }
    return d;
}

static char *put(char *out, const char *bytes, size_t n)
{
    memcpy(out, bytes, n);
    return out + n;
}

static char *put_zeros(char *out, int n)
{
    for (int i = 0; i < n; i++)
        *out++ = '0';
    return out;
}

/* The digits of n in buffer, which ends at end. */
static char *digits_before(char *end, uint64_t n)
{
    do {
        *--end = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    return end;
}

static char *put_exponent(char *out, int exponent)
{
    char buffer[20], *end = buffer + sizeof buffer;
    char *first = digits_before(end, (uint64_t)abs(exponent));

    *out++ = 'e';
    if (exponent < 0)
        *out++ = '-';
    return put(out, first, (size_t)(end - first));
}

static char *put_decimal(char *out, struct decimal d)
{
    char buffer[20], *end = buffer + sizeof buffer;
    char *first = digits_before(end, d.digits);
    int count = (int)(end - first);
    int whole = count + d.exponent; /* digits before the point */

    if (whole < -5 || whole > 16) {
        out = put(out, first, 1);
        if (count > 1)
            *out++ = '.';
        out = put(out, first + 1, (size_t)count - 1);
        return put_exponent(out, whole - 1);
    }
    if (d.exponent >= 0)
        return put_zeros(put(out, first, (size_t)count), d.exponent);
    if (whole <= 0) {
        out = put_zeros(put(out, "0.", 2), -whole);
        return put(out, first, (size_t)count);
    }
    out = put(out, first, (size_t)whole);
    *out++ = '.';
    return put(out, first + whole, (size_t)(count - whole));
}

size_t gf_number_write(char out[static GF_NUMBER_SIZE], double x)
{
    char *end = out;

    if (isnan(x)) {
        end = put(end, "nan", 3);
    } else {
        if (signbit(x))
            *end++ = '-';
        if (isinf(x))
            end = put(end, "inf", 3);
        else if (x == 0)
            *end++ = '0';
        else
            end = put_decimal(end, decimal_of(x));
    }
    *end = '\0';
    return (size_t)(end - out);
}
