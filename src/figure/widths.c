/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text measured by the widths of Times and Helvetica, which most fonts that
 * stand in for them share. */
#include "figure/character.h"
#include "figure/rich.h"

#include <stdbool.h>
#include <string.h>

enum { UPRIGHT, ITALIC, BOLD, FACES };

static const struct width {
    uint32_t code;
    unsigned short width[2 * FACES]; /* thousandths: serif, then sans */
} widths[] = {
#include "widths.inc"
};

/* Heights above and below the baseline as parts of the font size: [serif,
 * sans]. They are the font's, the same for every text. */
static const double ascents[] = {0.683, 0.729}, descents[] = {0.217, 0.212};

/* Wide characters (ideographs and the like), and all others. */
static double guess(uint32_t code)
{
    bool wide = (code >= 0x1100 && code <= 0x115f) ||
                (code >= 0x2e80 && code <= 0xa4cf) ||
                (code >= 0xac00 && code <= 0xd7a3) ||
                (code >= 0xf900 && code <= 0xfaff) ||
                (code >= 0xff00 && code <= 0xff60) || code >= 0x1f000;
    bool combining = (code >= 0x300 && code <= 0x36f) ||
                     (code >= 0x20d0 && code <= 0x20ff) ||
                     (code >= 0xfe00 && code <= 0xfe0f);

    if (combining)
        return 0;
    return wide ? 1 : 0.55;
}

static double width_of(uint32_t code, size_t face)
{
    size_t low = 0, high = sizeof widths / sizeof *widths;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (widths[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < sizeof widths / sizeof *widths && widths[low].code == code)
        return widths[low].width[face] / 1000.0;
    return guess(code);
}

static gf_extent measure(size_t sans, const char *utf8, size_t length,
                         unsigned style, double size)
{
    size_t face = style & GF_BOLD ? BOLD : style & GF_ITALIC ? ITALIC : UPRIGHT;
    size_t bytes;
    double width = 0;

    for (size_t at = 0; at < length; at += bytes)
        width += width_of(gf_character(&bytes, utf8 + at, length - at),
                          sans * FACES + face);
    return (gf_extent){width * size, ascents[sans] * size,
                       descents[sans] * size};
}

static gf_extent measure_serif(const gf_typesetter *self, const char *utf8,
                               size_t length, unsigned style, double size)
{
    (void)self;
    return measure(0, utf8, length, style, size);
}

static gf_extent measure_sans(const gf_typesetter *self, const char *utf8,
                              size_t length, unsigned style, double size)
{
    (void)self;
    return measure(1, utf8, length, style, size);
}

const gf_typesetter *gf_typesetter_builtin(const char *family)
{
    static const gf_typesetter serif = {measure_serif, NULL},
                               sans = {measure_sans, NULL};

    return strcmp(family, GF_SANS) == 0 ? &sans : &serif;
}
