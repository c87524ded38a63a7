/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mathematics of a text: names, numbers, signs, lowered and raised. */
#include "figure/rich.h"

#include "base/utf8.h"

#include <string.h>

struct sign {
    const char *name, *utf8;
    unsigned style;
};

/* Names that become another character. Capital Greek letters are upright, as
 * in TeX. */
static const struct sign signs[] = {
    {"alpha", "\xce\xb1", GF_ITALIC},   {"beta", "\xce\xb2", GF_ITALIC},
    {"gamma", "\xce\xb3", GF_ITALIC},   {"delta", "\xce\xb4", GF_ITALIC},
    {"epsilon", "\xce\xb5", GF_ITALIC}, {"zeta", "\xce\xb6", GF_ITALIC},
    {"eta", "\xce\xb7", GF_ITALIC},     {"theta", "\xce\xb8", GF_ITALIC},
    {"iota", "\xce\xb9", GF_ITALIC},    {"kappa", "\xce\xba", GF_ITALIC},
    {"lambda", "\xce\xbb", GF_ITALIC},  {"mu", "\xce\xbc", GF_ITALIC},
    {"nu", "\xce\xbd", GF_ITALIC},      {"xi", "\xce\xbe", GF_ITALIC},
    {"pi", "\xcf\x80", GF_ITALIC},      {"rho", "\xcf\x81", GF_ITALIC},
    {"sigma", "\xcf\x83", GF_ITALIC},   {"tau", "\xcf\x84", GF_ITALIC},
    {"phi", "\xcf\x86", GF_ITALIC},     {"chi", "\xcf\x87", GF_ITALIC},
    {"psi", "\xcf\x88", GF_ITALIC},     {"omega", "\xcf\x89", GF_ITALIC},
    {"Gamma", "\xce\x93", GF_UPRIGHT},  {"Delta", "\xce\x94", GF_UPRIGHT},
    {"Theta", "\xce\x98", GF_UPRIGHT},  {"Lambda", "\xce\x9b", GF_UPRIGHT},
    {"Xi", "\xce\x9e", GF_UPRIGHT},     {"Pi", "\xce\xa0", GF_UPRIGHT},
    {"Sigma", "\xce\xa3", GF_UPRIGHT},  {"Phi", "\xce\xa6", GF_UPRIGHT},
    {"Psi", "\xce\xa8", GF_UPRIGHT},    {"Omega", "\xce\xa9", GF_UPRIGHT},
};

/* Names that need their backslash. */
static const struct sign commands[] = {
    {"pm", "\xc2\xb1", GF_UPRIGHT},
    {"cdot", "\xc2\xb7", GF_UPRIGHT},
    {"times", "\xc3\x97", GF_UPRIGHT},
    {"le", "\xe2\x89\xa4", GF_UPRIGHT},
    {"ge", "\xe2\x89\xa5", GF_UPRIGHT},
    {"ne", "\xe2\x89\xa0", GF_UPRIGHT},
    {"approx", "\xe2\x89\x88", GF_UPRIGHT},
    {"to", "\xe2\x86\x92", GF_UPRIGHT},
    {"infty", "\xe2\x88\x9e", GF_UPRIGHT},
    {"partial", "\xe2\x88\x82", GF_ITALIC},
};

/* Names that are set upright. */
static const char *const functions[] = {
    "arg",      "cos",  "cosh", "det",     "erf",  "exp", "log",
    "logit",    "max",  "min",  "sigmoid", "sign", "sin", "sinh",
    "softplus", "sqrt", "tan",  "tanh",    "tr",
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const struct sign *find(const struct sign *sign, size_t count,
                               const char *name, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(sign[i].name) == length &&
            memcmp(sign[i].name, name, length) == 0)
            return &sign[i];
    return NULL;
}

static bool is_function(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strlen(functions[i]) == length &&
            memcmp(functions[i], name, length) == 0)
            return true;
    return false;
}

/* Adds a name of letters; shift is the flag of a sub- or superscript. A word
 * that is lowered (p_data) is upright, a letter is a variable. */
static void add_name(gf_rich *rich, const char *name, size_t length,
                     unsigned shift)
{
    const struct sign *sign =
        find(signs, sizeof signs / sizeof *signs, name, length);

    if (sign)
        gf_rich_add(rich, sign->style | shift, sign->utf8);
    else if (is_function(name, length) || (shift && length > 1))
        gf_rich_add_n(rich, GF_UPRIGHT | shift, name, length);
    else
        gf_rich_add_n(rich, GF_ITALIC | shift, name, length);
}

/* Adds the command after a backslash; returns the bytes it takes. */
static size_t add_command(gf_rich *rich, const char *text, size_t length,
                          unsigned shift)
{
    size_t n = 0;

    while (n < length && is_letter(text[n]))
        n++;
    const struct sign *sign =
        find(commands, sizeof commands / sizeof *commands, text, n);
    if (sign)
        gf_rich_add(rich, sign->style | shift, sign->utf8);
    else if (n > 0)
        add_name(rich, text, n, shift);
    else
        gf_rich_add(rich, shift, "\\");
    return n;
}

/* The bytes of an exponent as e-08, which C writes; 0: there is none. */
static size_t exponent_length(const char *text, size_t length)
{
    size_t n = 2;

    if (length < 3 || text[0] != 'e' || (text[1] != '-' && text[1] != '+'))
        return 0;
    while (n < length && is_digit(text[n]))
        n++;
    return n > 2 ? n : 0;
}

/* Adds a number, its exponent as a power of ten; returns the bytes it takes,
   0 where there is none. */
static size_t add_number(gf_rich *rich, const char *text, size_t length,
                         unsigned shift)
{
    size_t n = 0;

    while (n < length && (is_digit(text[n]) || (n > 0 && text[n] == '.')))
        n++;
    gf_rich_add_n(rich, GF_UPRIGHT | shift, text, n);
    size_t more = n > 0 && !shift ? exponent_length(text + n, length - n) : 0;
    if (more > 0) {
        const char *digit = text + n + 2, *end = text + n + more;
        while (digit + 1 < end && *digit == '0')
            digit++;
        gf_rich_add(rich, GF_UPRIGHT, " \xc3\x97 10");
        if (text[n + 1] == '-')
            gf_rich_add(rich, GF_SUPERSCRIPT, "\xe2\x88\x92");
        gf_rich_add_n(rich, GF_SUPERSCRIPT, digit, (size_t)(end - digit));
    }
    return n + more;
}

/* Adds one name, number or sign; returns the bytes it takes. length > 0. */
static size_t add_atom(gf_rich *rich, const char *text, size_t length,
                       unsigned shift)
{
    size_t n = 0;

    while (n < length && is_letter(text[n]))
        n++;
    if (n > 0) {
        add_name(rich, text, n, shift);
        return n;
    }
    n = add_number(rich, text, length, shift);
    if (n > 0)
        return n;
    if (text[0] == '\\')
        return 1 + add_command(rich, text + 1, length - 1, shift);
    if (text[0] == '-')
        gf_rich_add(rich, GF_UPRIGHT | shift, "\xe2\x88\x92");
    else if (text[0] == '\'')
        gf_rich_add(rich, GF_UPRIGHT | shift, "\xe2\x80\xb2");
    else
        gf_rich_add_n(rich, GF_UPRIGHT | shift, text,
                      gf_utf8_step(text, length));
    return gf_utf8_step(text, length);
}

/* Adds what follows _ or ^; returns the bytes it takes. */
static size_t add_shifted(gf_rich *rich, const char *text, size_t length,
                          unsigned shift)
{
    if (length == 0)
        return 0;
    if (text[0] != '{')
        return add_atom(rich, text, length, shift);
    size_t at = 1;
    while (at < length && text[at] != '}')
        at += add_atom(rich, text + at, length - at, shift);
    return at < length ? at + 1 : at;
}

static void add_math(gf_rich *rich, const char *math, size_t length)
{
    for (size_t at = 0; at < length;) {
        const char *text = math + at;
        size_t left = length - at;
        if (text[0] == '_')
            at += 1 + add_shifted(rich, text + 1, left - 1, GF_SUBSCRIPT);
        else if (text[0] == '^')
            at += 1 + add_shifted(rich, text + 1, left - 1, GF_SUPERSCRIPT);
        else if (text[0] == '{' || text[0] == '}')
            at++;
        else
            at += add_atom(rich, text, left, 0);
    }
}

void gf_rich_math(gf_rich *rich, const char *math)
{
    add_math(rich, math, strlen(math));
}

void gf_rich_markup(gf_rich *rich, const char *markup)
{
    for (const char *dollar = strchr(markup, '$'); dollar;
         dollar = strchr(markup, '$')) {
        const char *end = strchr(dollar + 1, '$');
        if (!end)
            break;
        gf_rich_add_n(rich, GF_UPRIGHT, markup, (size_t)(dollar - markup));
        add_math(rich, dollar + 1, (size_t)(end - dollar - 1));
        markup = end + 1;
    }
    gf_rich_add(rich, GF_UPRIGHT, markup);
}
