/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include "base/number.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 64 };

void gf_text_init(gf_text *text)
{
    *text = (gf_text){NULL, 0, 0, false};
}

void gf_text_clear(gf_text *text)
{
    free(text->data);
    gf_text_init(text);
}

/* Makes room for n more bytes and the final NUL. */
static bool reserve(gf_text *text, size_t n)
{
    if (text->failed)
        return false;
    if (n < text->capacity - text->length)
        return true;
    if (n >= SIZE_MAX / 2 - text->length) {
        text->failed = true;
        return false;
    }

    size_t capacity = text->capacity > 0 ? text->capacity : FIRST_CAPACITY;
    while (capacity - text->length <= n)
        capacity *= 2;
    char *data = realloc(text->data, capacity);
    if (!data) {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->capacity = capacity;
    text->data[text->length] = '\0';
    return true;
}

void gf_text_add_n(gf_text *text, const char *bytes, size_t n)
{
    if (n == 0 || !reserve(text, n))
        return;
    memcpy(text->data + text->length, bytes, n);
    text->length += n;
    text->data[text->length] = '\0';
}

void gf_text_add(gf_text *text, const char *string)
{
    gf_text_add_n(text, string, strlen(string));
}

void gf_text_add_char(gf_text *text, char c)
{
    gf_text_add_n(text, &c, 1);
}

void gf_text_addf(gf_text *text, const char *format, ...)
{
    va_list arguments, again;

    va_start(arguments, format);
    va_copy(again, arguments);
    int n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (n < 0) {
        text->failed = true;
    } else if (reserve(text, (size_t)n)) {
        vsnprintf(text->data + text->length, (size_t)n + 1, format, again);
        text->length += (size_t)n;
    }
    va_end(again);
}

void gf_text_add_number(gf_text *text, double x)
{
    char number[GF_NUMBER_SIZE];
    size_t n = gf_number_write(number, x);

    gf_text_add_n(text, number, n);
}

void gf_text_cut(gf_text *text, size_t length)
{
    if (length >= text->length)
        return;
    text->length = length;
    text->data[length] = '\0';
}

const char *gf_text_string(const gf_text *text)
{
    return text->data ? text->data : "";
}

char *gf_text_take(gf_text *text)
{
    char *data = NULL;

    if (reserve(text, 0)) {
        data = text->data;
        text->data = NULL;
    }
    gf_text_clear(text);
    return data;
}
