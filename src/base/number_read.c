/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text to double: the literal is brought to the form DIGITS e EXPONENT, which
 * strtod reads alike in every locale, having no point. At most 768 digits can
 * matter to the nearest double (767 for the middle between two, and one that
 * says whether more follows), so the form has a bounded size.
 */
#include "base/number.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 768, EXPONENT_LIMIT = 1 << 30 };

/* A literal being read. */
struct literal {
    char digits[DIGITS + 32]; /* significant ones, and room for the exponent */
    size_t count;
    long long exponent; /* of the last digit kept */
    bool any;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void take_digit(struct literal *l, char c, bool after_point)
{
    l->any = true;
    if (after_point)
        l->exponent--;
    if (l->count == 0 && c == '0')
        return;
    if (l->count < DIGITS) {
        l->digits[l->count++] = c;
        return;
    }
    l->exponent++;
    if (c != '0')
        l->digits[DIGITS - 1] = '1';
}

/* The exponent part at text, if there is one: its bytes, and its value added
 * to *exponent. */
static size_t take_exponent(long long *exponent, const char *text,
                            size_t length)
{
    size_t i = 1;
    bool negative = length > 1 && text[1] == '-';
    long long value = 0;

    if (length == 0 || (text[0] != 'e' && text[0] != 'E'))
        return 0;
    if (length > 1 && (text[1] == '-' || text[1] == '+'))
        i++;
    if (i == length || !is_digit(text[i]))
        return 0;
    for (; i < length && is_digit(text[i]); i++) {
        if (value < EXPONENT_LIMIT)
            value = 10 * value + (text[i] - '0');
    }
    *exponent += negative ? -value : value;
    return i;
}

static double value_of(struct literal *l)
{
    if (l->count == 0)
        return 0;
    /* 768 digits at most, so the sizes of a double are decided far within. */
    long long e = l->exponent;
    int exponent = e > 9999 ? 9999 : e < -9999 ? -9999 : (int)e;
    snprintf(l->digits + l->count, sizeof l->digits - l->count, "e%d",
             exponent);
    return strtod(l->digits, NULL);
}

size_t gf_number_scan(double *out, const char *text, size_t length)
{
    struct literal l;
    size_t i = 0;

    l.count = 0;
    l.exponent = 0;
    l.any = false;
    for (; i < length && is_digit(text[i]); i++)
        take_digit(&l, text[i], false);
    if (i < length && text[i] == '.') {
        size_t point = i++;
        for (; i < length && is_digit(text[i]); i++)
            take_digit(&l, text[i], true);
        if (!l.any)
            i = point;
    }
    if (!l.any)
        return 0;
    i += take_exponent(&l.exponent, text + i, length - i);
    *out = value_of(&l);
    return i;
}

gf_status gf_number_read(double *out, const char *text)
{
    bool negative = *text == '-';
    double x = 0;

    if (*text == '-' || *text == '+')
        text++;
    if (strcmp(text, "inf") == 0) {
        *out = negative ? -INFINITY : INFINITY;
        return GF_OK;
    }
    size_t length = strlen(text);
    if (length == 0 || gf_number_scan(&x, text, length) != length)
        return GF_SYNTAX;
    if (isinf(x))
        return GF_LIMIT;
    *out = negative ? -x : x;
    return GF_OK;
}
