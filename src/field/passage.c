/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "field/passage.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

gf_origin *gf_origin_add(gf_origin **list, const char *file, const char *option,
                         const char *text, size_t length)
{
    gf_origin *origin = calloc(1, sizeof *origin);

    if (!origin)
        return NULL;
    origin->text = malloc(2 * (length + 1));
    if (!origin->text) {
        free(origin);
        return NULL;
    }
    origin->cut = origin->text + length + 1;
    memcpy(origin->text, text, length);
    memcpy(origin->cut, text, length);
    origin->text[length] = origin->cut[length] = '\0';
    origin->length = length;
    origin->file = file;
    origin->option = option;
    origin->next = *list;
    *list = origin;
    return origin;
}

void gf_origin_clear(gf_origin **list)
{
    while (*list) {
        gf_origin *next = (*list)->next;
        free((*list)->text);
        free(*list);
        *list = next;
    }
}

/* --- parts ------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

const char *gf_passage_chars(gf_passage p)
{
    return p.origin->text + p.begin;
}

gf_passage gf_passage_part(gf_passage p, size_t begin, size_t end)
{
    const char *chars = gf_passage_chars(p);

    while (begin < end && is_blank(chars[begin]))
        begin++;
    while (end > begin && is_blank(chars[end - 1]))
        end--;
    return (gf_passage){p.origin, p.begin + begin, end - begin};
}

gf_passage gf_passage_all(const gf_origin *origin)
{
    return gf_passage_part((gf_passage){origin, 0, origin->length}, 0,
                           origin->length);
}

const char *gf_passage_text(gf_passage p)
{
    p.origin->cut[p.begin + p.length] = '\0';
    return p.origin->cut + p.begin;
}

bool gf_passage_is(gf_passage p, const char *string)
{
    return p.length == strlen(string) &&
           memcmp(gf_passage_chars(p), string, p.length) == 0;
}

gf_passage gf_passage_line(gf_passage p)
{
    size_t end = p.begin + p.length;
    gf_passage whole = {p.origin, 0, p.origin->length};

    while (p.begin > 0 && p.origin->text[p.begin - 1] != '\n')
        p.begin--;
    return gf_passage_part(whole, p.begin, end);
}

size_t gf_passage_line_number(gf_passage p)
{
    size_t number = 1;

    for (size_t i = 0; i < p.begin; i++)
        number += p.origin->text[i] == '\n';
    return number;
}

size_t gf_passage_find(gf_passage p, char mark)
{
    const char *chars = gf_passage_chars(p);
    size_t depth = 0;

    for (size_t i = 0; i < p.length; i++) {
        if (depth == 0 && chars[i] == mark)
            return i;
        if (chars[i] == '(')
            depth++;
        else if (chars[i] == ')' && depth > 0)
            depth--;
    }
    return p.length;
}

/* --- errors ------------------------------------------------------------ */

void gf_copy_name(char *out, size_t size, const char *name)
{
    size_t length = strlen(name), at = 0, used = 0;

    if (length >= size) {
        memcpy(out, "...", 3);
        used = 3;
        at = length - (size - 4);
        while (((unsigned char)name[at] & 0xc0) == 0x80)
            at++;
    }
    while (at < length) {
        size_t step = gf_utf8_size(name + at, length - at);
        bool shown =
            step > 1 || (step == 1 && name[at] >= ' ' && name[at] < 0x7f);
        if (shown)
            memcpy(out + used, name + at, step);
        else
            out[used] = '?';
        used += shown ? step : 1;
        at += shown ? step : 1;
    }
    out[used] = '\0';
}

static void place(gf_error *error, gf_passage p, size_t at)
{
    if (!error || !p.origin)
        return;
    gf_error_place(error, p.origin->text, p.origin->length, p.begin + at);
    if (p.origin->file)
        gf_copy_name(error->file, sizeof error->file, p.origin->file);
}

gf_status gf_passage_fail(gf_error *error, gf_status status, gf_passage p,
                          size_t at, const char *format, ...)
{
    bool named = p.origin && p.origin->option;
    char message[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    gf_error_set(error, status, "%s%s%s", named ? p.origin->option : "",
                 named ? ": " : "", message);
    place(error, p, at);
    return status;
}

gf_status gf_passage_move(gf_error *error, gf_status status, gf_passage p)
{
    const char *chars = gf_passage_chars(p);
    char message[sizeof error->message];
    size_t at = 0;

    if (!error)
        return status;
    for (size_t line = 1; line < error->line && at < p.length; at++)
        line += chars[at] == '\n';
    for (size_t i = 1; i < error->column && at < p.length; i++)
        at += gf_utf8_step(chars + at, p.length - at);
    memcpy(message, error->message, sizeof message);
    return gf_passage_fail(error, status, p, at, "%s", message);
}
