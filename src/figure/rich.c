/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/rich.h"

#include "figure/character.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 4 };

/* Sub- and superscripts: their size, and the drop of a subscript and the rise
 * of a superscript, each as a part of the font size. */
static const double SMALL = 0.7, DROP = 0.2, RISE = 0.36;

void gf_rich_init(gf_rich *rich)
{
    *rich = (gf_rich){.run = NULL};
    gf_text_init(&rich->text);
}

void gf_rich_clear(gf_rich *rich)
{
    gf_text_clear(&rich->text);
    free(rich->run);
    gf_rich_init(rich);
}

/* A run for the text from start on; the last one where its style is the same.
 */
static void add_run(gf_rich *rich, size_t start, unsigned style)
{
    size_t length = rich->text.length - start;

    if (rich->text.failed || rich->failed || length == 0)
        return;
    if (rich->runs > 0 && rich->run[rich->runs - 1].style == style) {
        rich->run[rich->runs - 1].length += length;
        return;
    }
    if (rich->runs == rich->room) {
        size_t room = rich->room > 0 ? 2 * rich->room : FIRST_ROOM;
        gf_run *grown = realloc(rich->run, room * sizeof *grown);
        if (!grown) {
            rich->failed = true;
            return;
        }
        rich->run = grown;
        rich->room = room;
    }
    rich->run[rich->runs++] = (gf_run){start, length, style};
}

void gf_rich_add_n(gf_rich *rich, unsigned style, const char *utf8,
                   size_t length)
{
    size_t start = rich->text.length;

    if (start < GF_RICH_MOST)
        gf_sanitise(&rich->text, utf8, length, GF_RICH_MOST - start);
    add_run(rich, start, style);
}

void gf_rich_add(gf_rich *rich, unsigned style, const char *utf8)
{
    gf_rich_add_n(rich, style, utf8, strlen(utf8));
}

void gf_rich_addf(gf_rich *rich, const char *format, ...)
{
    char text[512];
    va_list arguments;

    va_start(arguments, format);
    int n = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (n > 0)
        gf_rich_add(rich, GF_UPRIGHT, text);
}

void gf_rich_append(gf_rich *rich, const gf_rich *other)
{
    if (other->failed || other->text.failed)
        rich->failed = true;
    for (size_t i = 0; i < other->runs; i++) {
        const gf_run *run = &other->run[i];
        size_t start = rich->text.length;
        gf_text_add_n(&rich->text, other->text.data + run->start, run->length);
        add_run(rich, start, run->style);
    }
}

const char *gf_rich_plain(const gf_rich *rich)
{
    return gf_text_string(&rich->text);
}

double gf_run_size(const gf_run *run, double size)
{
    bool small = run->style & (GF_SUBSCRIPT | GF_SUPERSCRIPT);

    return small ? SMALL * size : size;
}

double gf_run_drop(const gf_run *run, double size)
{
    if (run->style & GF_SUBSCRIPT)
        return DROP * size;
    return run->style & GF_SUPERSCRIPT ? -RISE * size : 0;
}

gf_extent gf_rich_measure(const gf_rich *rich, double size,
                          const gf_typesetter *typesetter)
{
    gf_extent all = {0, 0, 0};

    for (size_t i = 0; i < rich->runs; i++) {
        const gf_run *run = &rich->run[i];
        double drop = gf_run_drop(run, size);
        gf_extent one = typesetter->measure(
            typesetter, rich->text.data + run->start, run->length, run->style,
            gf_run_size(run, size));
        all.width += one.width;
        all.ascent = fmax(all.ascent, one.ascent - drop);
        all.descent = fmax(all.descent, one.descent + drop);
    }
    return all;
}
