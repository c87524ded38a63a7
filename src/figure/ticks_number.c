/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers at ticks, and the ticks of logarithmic axes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figure/ticks.h"

#define MINUS "\xe2\x88\x92"
#define TIMES "\xc3\x97"

enum { MOST_DECIMALS = 12, MOST_DECADES = 6, PLAIN = 3 };

/* --- logarithmic axes -------------------------------------------------- */

static void add_tick(gf_ticks *out, double at, double low, double high)
{
    if (at >= low - 1e-9 && at <= high + 1e-9 && out->count < GF_TICKS_MOST)
        out->at[out->count++] = at;
}

gf_status gf_ticks_find_log(gf_ticks *out, double low, double high,
                            const gf_ticks_room *room, gf_error *error)
{
    double from = log10(low), to = log10(high);
    double lines = room->length / (1.6 * room->size);
    double decades = floor(to + 1e-9) - ceil(from - 1e-9) + 1, skip = 1;

    *out = (gf_ticks){.log = true};
    if (!(low > 0) || !isfinite(from) || !isfinite(to) || !(to > from))
        return gf_error_set(error, GF_ARGUMENT,
                            "a logarithmic axis from %g to %g has no length",
                            low, high);
    while (decades / skip > fmin(MOST_DECADES, lines))
        skip++;
    for (double d = floor(from); d <= to; d++) {
        if (skip == 1 || fmod(d, skip) == 0)
            add_tick(out, d, from, to);
        if (decades <= 2 && 3 * (to - from) < lines) {
            add_tick(out, d + log10(2), from, to);
            add_tick(out, d + log10(5), from, to);
        }
    }
    return GF_OK;
}

/* Is the number, of a logarithmic axis, written with a power of ten? */
static bool is_power(const gf_ticks *ticks, size_t i, int *exponent)
{
    *exponent = ticks->log ? (int)floor(ticks->at[i] + 1e-9) : 0;
    return abs(*exponent) > PLAIN;
}

/* --- numbers ----------------------------------------------------------- */

static int digit_at(double at)
{
    return (int)lround(pow(10, at - floor(at + 1e-9)));
}

/* 1, 2 or 5 times a power of ten. */
static void spell_log(char out[static GF_TICKS_NUMBER], double at)
{
    double whole = floor(at + 1e-9);

    if (whole >= 0)
        snprintf(out, GF_TICKS_NUMBER, "%.0f", digit_at(at) * pow(10, whole));
    else
        snprintf(out, GF_TICKS_NUMBER, "0.%0*d", (int)-whole, digit_at(at));
}

/* 10, or 2 x 10, before its power. */
static const char *base_of(double at)
{
    int digit = digit_at(at);

    return digit == 1 ? "10" : digit == 2 ? "2" TIMES "10" : "5" TIMES "10";
}

void gf_ticks_spell(char out[static GF_TICKS_NUMBER], const gf_ticks *ticks,
                    size_t i)
{
    double unit = pow(10, ticks->power), grid = pow(10, ticks->decimals);
    long long n = llround(ticks->at[i] / unit * grid);
    long long whole = llabs(n) / (long long)grid;
    long long part = llabs(n) % (long long)grid;
    const char *sign = n < 0 ? MINUS : "";
    int exponent;

    if (is_power(ticks, i, &exponent))
        snprintf(out, GF_TICKS_NUMBER, "%s%s%d", base_of(ticks->at[i]),
                 exponent < 0 ? MINUS : "", abs(exponent));
    else if (ticks->log)
        spell_log(out, ticks->at[i]);
    else if (ticks->decimals > 0 && ticks->decimals <= MOST_DECIMALS)
        snprintf(out, GF_TICKS_NUMBER, "%s%lld.%0*lld", sign, whole,
                 ticks->decimals, part);
    else
        snprintf(out, GF_TICKS_NUMBER, "%s%lld", sign, whole);
}

double gf_ticks_width(const gf_ticks *ticks, size_t i, double size,
                      const gf_typesetter *typesetter)
{
    char number[GF_TICKS_NUMBER];

    gf_ticks_spell(number, ticks, i);
    return typesetter
        ->measure(typesetter, number, strlen(number), GF_UPRIGHT, size)
        .width;
}

void gf_ticks_number(gf_rich *rich, const gf_ticks *ticks, size_t i)
{
    char number[GF_TICKS_NUMBER];
    int exponent;

    gf_ticks_spell(number, ticks, i);
    if (is_power(ticks, i, &exponent)) {
        const char *base = base_of(ticks->at[i]);
        gf_rich_add(rich, GF_UPRIGHT, base);
        gf_rich_add(rich, GF_SUPERSCRIPT, number + strlen(base));
    } else {
        gf_rich_add(rich, GF_UPRIGHT, number);
    }
}
