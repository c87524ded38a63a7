/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/status.h>

#include "base/utf8.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* How a long line is shown: this many characters before the place at most, and
 * this many in all (the "..." not counted). */
enum { SHOWN_BEFORE = 36, SHOWN = 66 };

static const struct row {
    const char *name, *text;
} rows[] = {
#define GF_STATUS_ROW(name, text) {"GF_" #name, text},
    GF_STATUS_LIST(GF_STATUS_ROW)
#undef GF_STATUS_ROW
};

static const struct row *row_of(gf_status status)
{
    static const struct row unknown = {"unknown status", "unknown status"};
    size_t i = (size_t)status;

    return i < sizeof rows / sizeof *rows ? &rows[i] : &unknown;
}

const char *gf_status_name(gf_status status)
{
    return row_of(status)->name;
}

const char *gf_status_text(gf_status status)
{
    return row_of(status)->text;
}

void gf_error_clear(gf_error *error)
{
    if (error)
        *error = (gf_error){.status = GF_OK};
}

/* Makes a terminated string valid UTF-8: a sequence cut at the end of a full
 * buffer goes, and any other broken byte becomes '?'. */
static void mend(char *text, bool cut)
{
    size_t length = strlen(text);

    for (size_t i = 0; i < length; i += gf_utf8_step(text + i, length - i)) {
        if (gf_utf8_size(text + i, length - i) > 0)
            continue;
        if (cut && length - i < 4) {
            text[i] = '\0';
            return;
        }
        text[i] = '?';
    }
}

gf_status gf_error_set(gf_error *error, gf_status status, const char *format,
                       ...)
{
    if (!error)
        return status;

    /* The arguments may point into *error, so it is written last. */
    gf_error fresh = {.status = status};
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(fresh.message, sizeof fresh.message, format, arguments);
    va_end(arguments);
    mend(fresh.message, n >= (int)sizeof fresh.message);
    *error = fresh;
    return status;
}

/* The part of a line that is shown, being built. */
struct shown {
    char *out;
    size_t used, size;
};

static bool show(struct shown *s, const char *from, size_t bytes)
{
    if (s->used + bytes + sizeof "..." > s->size)
        return false;
    memcpy(s->out + s->used, from, bytes);
    s->used += bytes;
    s->out[s->used] = '\0';
    return true;
}

static bool show_character(struct shown *s, const char *from, size_t left)
{
    size_t bytes = gf_utf8_size(from, left);
    unsigned char c = (unsigned char)*from;

    if (c == '\t')
        return show(s, " ", 1);
    if (bytes == 0 || c < 0x20 || c == 0x7f ||
        (bytes == 2 && c == 0xc2 && (unsigned char)from[1] < 0xa0))
        return show(s, "?", 1);
    return show(s, from, bytes);
}

/* Characters that begin before the given byte of a text. */
static size_t characters(const char *text, size_t length, size_t before)
{
    size_t count = 0;

    for (size_t i = 0; i < before; count++) {
        i += gf_utf8_step(text + i, length - i);
        if (i > before)
            break;
    }
    return count;
}

static void show_line(gf_error *error, const char *line, size_t length)
{
    struct shown s = {error->text, 0, sizeof error->text};
    size_t before = error->column - 1;
    size_t all = characters(line, length, length);
    size_t skip =
        all > SHOWN && before > SHOWN_BEFORE ? before - SHOWN_BEFORE : 0;

    error->text[0] = '\0';
    error->caret = before - skip;
    if (skip > 0) {
        memcpy(error->text, "...", sizeof "...");
        s.used = 3;
        error->caret += 3;
    }
    size_t at = 0;
    for (size_t i = 0; i < skip; i++)
        at += gf_utf8_step(line + at, length - at);
    for (size_t i = 0; i < SHOWN && at < length; i++) {
        if (!show_character(&s, line + at, length - at))
            break;
        at += gf_utf8_step(line + at, length - at);
    }
    if (at < length)
        memcpy(error->text + s.used, "...", sizeof "...");
}

void gf_error_place(gf_error *error, const char *text, size_t length,
                    size_t offset)
{
    if (!error)
        return;
    if (offset > length)
        offset = length;

    size_t line = 1, start = 0, end = offset;
    for (size_t i = 0; i < offset; i++) {
        if (text[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    while (end < length && text[end] != '\n')
        end++;
    if (end > offset && text[end - 1] == '\r')
        end--;

    error->line = line;
    error->column = 1 + characters(text + start, end - start, offset - start);
    show_line(error, text + start, end - start);
}
