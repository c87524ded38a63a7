/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sort.h"

#include <stdint.h>
#include <string.h>

enum { BITS = 11, BUCKETS = 1 << BITS, DIGITS = 6, FEW = 48 };

static void insert(double *x, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        double here = x[i];
        size_t k = i;
        for (; k > 0 && x[k - 1] > here; k--)
            x[k] = x[k - 1];
        x[k] = here;
    }
}

/* Whole numbers in the order of the doubles. */
static uint64_t key_of(double x)
{
    uint64_t i;

    memcpy(&i, &x, sizeof i);
    return i ^ ((0 - (i >> 63)) | UINT64_C(0x8000000000000000));
}

static size_t digit(double x, int place)
{
    return (size_t)(key_of(x) >> (BITS * place)) % BUCKETS;
}

/* From x to out, by one digit whose numbers are counted. */
static void deal(double *out, const double *x, size_t count, int place,
                 uint32_t *of)
{
    uint32_t below = 0;

    for (size_t i = 0; i < BUCKETS; i++) {
        uint32_t here = of[i];
        of[i] = below;
        below += here;
    }
    for (size_t i = 0; i < count; i++)
        out[of[digit(x[i], place)]++] = x[i];
}

void gf_sort_numbers(double *x, double *work, size_t count)
{
    uint32_t of[DIGITS][BUCKETS] = {{0}};
    double *from = x, *to = work;

    if (count < FEW) {
        insert(x, count);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t key = key_of(x[i]);
        for (int place = 0; place < DIGITS; place++)
            of[place][(key >> (BITS * place)) % BUCKETS]++;
    }
    for (int place = 0; place < DIGITS; place++) {
        if (of[place][digit(x[0], place)] == count)
            continue;
        deal(to, from, count, place, of[place]);
        double *other = from;
        from = to;
        to = other;
    }
    if (from != x)
        memcpy(x, from, count * sizeof *x);
}
