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

/* Multiples of a step, in a window of less than a decade. */
static void add_even(gf_ticks *out, double low, double high,
                     const gf_ticks_room *room)
{
    gf_ticks_room room_above = *room;
    gf_ticks even;

    /* as much room as there is where logarithms are the most crowded */
    room_above.length *= (1 - low / high) / log(high / low);
    if (gf_ticks_find(&even, low, high, &room_above, NULL) ||
        even.count <= out->count)
        return;
    *out = even;
    out->log = out->even = true;
    for (size_t i = 0; i < out->count; i++)
        out->at[i] = log10(even.at[i]);
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
    if (out->count < 2 && high < 10 * low)
        add_even(out, low, high, room);
    return GF_OK;
}

static int exponent_of(double at)
{
    return (int)floor(at + 1e-9);
}

/* Are the numbers of a logarithmic axis written with powers of ten?  All are
   where one must. */
static bool has_powers(const gf_ticks *ticks)
{
    bool has = false;

    for (size_t i = 0; i < ticks->count && ticks->log && !ticks->even; i++)
        has = has || abs(exponent_of(ticks->at[i])) > PLAIN;
    return has;
}

/* --- numbers ----------------------------------------------------------- */

static int digit_at(double at)
{
    return (int)lround(pow(10, at - floor(at + 1e-9)));
}

/* 1, 2 or 5 times a power of ten. */
static void spell_log(char out[static GF_TICKS_NUMBER], double at)
{
    int whole = exponent_of(at);

    if (whole >= 0)
        snprintf(out, GF_TICKS_NUMBER, "%.0f", digit_at(at) * pow(10, whole));
    else
        snprintf(out, GF_TICKS_NUMBER, "0.%0*d", -whole, digit_at(at));
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
    double at = ticks->at[i], value = ticks->even ? pow(10, at) : at;
    long long n = llround(value / unit * grid);
    long long whole = llabs(n) / (long long)grid;
    long long part = llabs(n) % (long long)grid;
    const char *sign = n < 0 ? MINUS : "";

    if (has_powers(ticks))
        snprintf(out, GF_TICKS_NUMBER, "%s%s%d", base_of(at),
                 exponent_of(at) < 0 ? MINUS : "", abs(exponent_of(at)));
    else if (ticks->log && !ticks->even)
        spell_log(out, at);
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

    gf_ticks_spell(number, ticks, i);
    if (has_powers(ticks)) {
        const char *base = base_of(ticks->at[i]);
        gf_rich_add(rich, GF_UPRIGHT, base);
        gf_rich_add(rich, GF_SUPERSCRIPT, number + strlen(base));
    } else {
        gf_rich_add(rich, GF_UPRIGHT, number);
    }
}
