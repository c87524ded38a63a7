/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large figures are: the text and column widths of venues, and sizes of
 * one's own. */
#include "base/number.h"
#include "base/text.h"
#include "figure/theme.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A figure is drawn at its final size; its text is a point smaller than the
 * body of the venue, and no text is below 6 points. */
const gf_size gf_sizes[] = {
    {"neurips", 397, 0, 9, 7.5, 8, "paper"},
    {"iclr", 397, 0, 9, 7.5, 8, "paper"},
    {"icml", 234, 0, 8, 7, 6, "paper"},
    {"icml-wide", 486, 0, 8, 7, 8, "paper"},
    {"aistats", 234, 0, 8, 7, 6, "paper"},
    {"uai", 234, 0, 8, 7, 6, "paper"},
    {"aaai", 237, 0, 8, 7, 6, "paper"},
    {"aaai-wide", 502, 0, 8, 7, 8, "paper"},
    {"cvpr", 237, 0, 8, 7, 6, "paper"},
    {"cvpr-wide", 497, 0, 8, 7, 8, "paper"},
    {"eccv", 346, 0, 8, 7, 7, "paper"},
    {"ieee", 252, 0, 9, 8, 6, "paper"},
    {"ieee-wide", 516, 0, 9, 8, 8, "paper"},
    {"jmlr", 432, 0, 10, 8, 8, "paper"},
    {"tmlr", 468, 0, 9, 7.5, 8, "paper"},
    {"slides", 720, 405, 18, 15, 14, "slides"},
};
const size_t gf_size_count = sizeof gf_sizes / sizeof *gf_sizes;

static const double SMALLEST = 36, LARGEST = 14400, WIDE = 300;

/* Points in a unit of that name; 0 where there is none. */
static double unit_of(const char *name, size_t length)
{
    static const struct {
        const char *name;
        double points;
    } units[] = {{"pt", 1}, {"in", 72}, {"mm", 72 / 25.4}, {"cm", 720 / 25.4}};

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i].name) == length &&
            memcmp(units[i].name, name, length) == 0)
            return units[i].points;
    return 0;
}

/* Reads a length: a number and perhaps a unit (else *points is the number and
 * *unit 0). Returns the bytes taken; 0 where none is. */
static size_t scan_length(double *points, double *unit, const char *text)
{
    size_t n = gf_number_scan(points, text, strlen(text));

    if (n == 0)
        return 0;
    size_t letters =
        strspn(text + n, "abcdefghijklmnopqrstuvwyz"); /* no x: WxH */
    *unit = unit_of(text + n, letters);
    if (letters > 0 && *unit == 0)
        return 0;
    return n + letters;
}

static bool scan_size(double *width, double *height, const char *text)
{
    double width_unit, height_unit;
    size_t n = scan_length(width, &width_unit, text);

    if (n == 0)
        return false;
    text += n;
    size_t cross = text[0] == 'x' ? 1 : strncmp(text, "\xc3\x97", 2) ? 0 : 2;
    if (cross == 0)
        return false;
    text += cross;
    n = scan_length(height, &height_unit, text);
    if (n == 0 || text[n] != '\0')
        return false;
    /* A unit at the end is that of both. */
    if (height_unit == 0)
        height_unit = width_unit > 0 ? width_unit : 1;
    *width *= width_unit > 0 ? width_unit : height_unit;
    *height *= height_unit;
    return true;
}

static void list(gf_text *out)
{
    for (size_t i = 0; i < gf_size_count; i++)
        gf_text_addf(out, "%s%s", i == 0 ? "" : " ", gf_sizes[i].name);
}

gf_status gf_size_read(gf_size *out, const char *text, gf_error *error)
{
    double width, height;

    for (size_t i = 0; i < gf_size_count; i++) {
        if (strcmp(gf_sizes[i].name, text) == 0) {
            *out = gf_sizes[i];
            return GF_OK;
        }
    }
    if (!scan_size(&width, &height, text)) {
        gf_text names;
        gf_text_init(&names);
        list(&names);
        gf_status status = gf_error_set(
            error, GF_NAME,
            "unknown size '%s': write WxH with pt, in, mm or cm, or one of %s",
            text, gf_text_string(&names));
        gf_text_clear(&names);
        return status;
    }
    if (!(width >= SMALLEST && width <= LARGEST && height >= SMALLEST &&
          height <= LARGEST))
        return gf_error_set(error, GF_ARGUMENT,
                            "a figure of '%s' is too %s: a side has %g to %g "
                            "points",
                            text,
                            fmin(width, height) < SMALLEST ? "small" : "large",
                            SMALLEST, LARGEST);
    *out = (gf_size){"",
                     width,
                     height,
                     width < WIDE ? 8 : 9,
                     width < WIDE ? 7 : 7.5,
                     width < WIDE ? 6 : 8,
                     "paper"};
    return GF_OK;
}
