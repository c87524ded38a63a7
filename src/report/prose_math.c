/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/prose_math.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static const struct {
    const char *text, *latex;
} symbol[] = {
    {"p_g*", "p_g^*"},
    {"≥", "\\ge "},
    {"≤", "\\le "},
    {"±", "\\pm "},
    {"·", "\\cdot "},
    {"π", "\\pi "},
    {"λ", "\\lambda "},
    {"∫", "\\int "},
    {"∞", "\\infty "},
    {"inf", "\\infty "},
    {"integral", "\\int "},
    {"D0", "D_0"},
    {"f1", "f_1"},
    {"f2", "f_2"},
    {"f3", "f_3"},
    {"l1", "\\ell_1"},
    {"link", "\\mathrm{link}"},
    {"*", "\\,"},
    {"~", " "},
};

/* The row that begins at text, not inside a word; the count of rows if none. */
static size_t find_symbol(const char *text, size_t length, bool in_word)
{
    size_t count = sizeof symbol / sizeof *symbol;

    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(symbol[i].text);
        bool is_word = isalpha((unsigned char)symbol[i].text[0]);
        if (n > length || memcmp(text, symbol[i].text, n) != 0)
            continue;
        if (is_word &&
            (in_word || (n < length && isalnum((unsigned char)text[n]))))
            continue;
        return i;
    }
    return count;
}

void gf_prose_math(gf_text *out, const char *text, size_t length)
{
    bool in_word = false;

    for (size_t i = 0; i < length;) {
        size_t row = find_symbol(text + i, length - i, in_word);
        if (row < sizeof symbol / sizeof *symbol) {
            gf_text_add(out, symbol[row].latex);
            i += strlen(symbol[row].text);
            in_word = false;
            continue;
        }
        in_word = isalpha((unsigned char)text[i]) || text[i] == '\\';
        gf_text_add_char(out, text[i++]);
    }
}

/* Bytes up to the brace that closes the one before text, or to the end. */
static size_t inside(const char *text)
{
    size_t depth = 1, i = 0;

    for (; text[i]; i++) {
        if (text[i] == '{')
            depth++;
        else if (text[i] == '}' && --depth == 0)
            break;
    }
    return i;
}

void gf_prose_words(gf_text *out, const char *words)
{
    while (*words) {
        if (*words != '{') {
            gf_text_add_char(out, *words++);
            continue;
        }
        size_t length = inside(++words);
        gf_text_add_char(out, '$');
        gf_prose_math(out, words, length);
        gf_text_add_char(out, '$');
        words += length;
        words += *words == '}';
    }
}

void gf_prose_escape(gf_text *out, const char *text)
{
    for (; *text; text++) {
        if (strchr("&%$#_{}", *text))
            gf_text_addf(out, "\\%c", *text);
        else if (*text == '~')
            gf_text_add(out, "\\textasciitilde{}");
        else if (*text == '^')
            gf_text_add(out, "\\textasciicircum{}");
        else if (*text == '\\')
            gf_text_add(out, "\\textbackslash{}");
        else
            gf_text_add_char(out, *text);
    }
}
