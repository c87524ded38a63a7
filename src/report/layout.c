/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/layout.h"

#include "base/number.h"
#include "base/utf8.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t width_of(const char *bytes, size_t length)
{
    size_t width = 0;

    for (size_t i = 0; i < length; i += gf_utf8_step(bytes + i, length - i))
        width++;
    return width;
}

size_t gf_layout_width(const char *string)
{
    return width_of(string, strlen(string));
}

size_t gf_layout_column(const gf_text *out)
{
    size_t start = out->length;

    while (start > 0 && out->data[start - 1] != '\n')
        start--;
    return start < out->length
               ? width_of(out->data + start, out->length - start)
               : 0;
}

static void add_spaces(gf_text *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        gf_text_add_char(out, ' ');
}

void gf_layout_to(gf_text *out, size_t column, const char *string)
{
    size_t now = gf_layout_column(out);

    if (now < column)
        add_spaces(out, column - now);
    else if (now > column)
        gf_text_add_char(out, ' ');
    gf_text_add(out, string);
}

void gf_layout_end(gf_text *out)
{
    size_t length = out->length;

    while (length > 0 && out->data[length - 1] == ' ')
        length--;
    gf_text_cut(out, length);
    gf_text_add_char(out, '\n');
}

static void break_line(gf_text *out, size_t indent)
{
    gf_layout_end(out);
    add_spaces(out, indent);
}

static void add_word(gf_text *out, const char *word, size_t length, char tie)
{
    for (size_t i = 0; i < length; i++)
        gf_text_add_char(out, word[i] == '~' ? tie : word[i]);
}

static void wrap(gf_text *out, size_t indent, const char *words, char tie)
{
    bool is_first = true;

    for (words += strspn(words, " "); *words; words += strspn(words, " ")) {
        size_t length = strcspn(words, " ");
        size_t column = gf_layout_column(out);
        size_t end = column + !is_first + width_of(words, length);

        if (end > GF_LAYOUT_COLUMNS && column > indent) {
            break_line(out, indent);
            is_first = true;
        }
        if (!is_first)
            gf_text_add_char(out, ' ');
        add_word(out, words, length, tie);
        words += length;
        is_first = false;
    }
}

void gf_layout_words(gf_text *out, size_t indent, const char *words)
{
    wrap(out, indent, words, ' ');
}

void gf_layout_source(gf_text *out, const char *words)
{
    wrap(out, 0, words, '~');
}

enum { NO_BREAK = 1000 };

/* The price of a break before the byte at i, inside so many parentheses. */
static size_t price(const char *formula, size_t i, size_t depth)
{
    bool is_after_blank = i > 1 && formula[i - 1] == ' ';

    if (is_after_blank && formula[i - 2] == ',')
        return 2 * depth;
    if (is_after_blank && (formula[i] == '+' || formula[i] == '-') &&
        formula[i + 1] == ' ')
        return 2 * depth;
    return i > 0 && formula[i] == '*' ? 2 * depth + 1 : NO_BREAK;
}

/* Bytes of the formula that go into `room` characters: all, at no cost, or up
 * to the last of the cheapest breaks. */
static size_t formula_part(size_t *cost, const char *formula, size_t room)
{
    size_t best = 0, depth = 0, width = 0, i = 0;

    *cost = NO_BREAK;
    for (i = 0; formula[i]; i++) {
        size_t here = price(formula, i, depth);
        /* A short line costs more than a deeper break. */
        if (here > 0 && width < room / 3)
            here += 2;
        if (here <= *cost && here < NO_BREAK) {
            best = i;
            *cost = here;
        }
        if (formula[i] == '(')
            depth++;
        else if (formula[i] == ')' && depth > 0)
            depth--;
        width += ((unsigned char)formula[i] & 0xc0) != 0x80;
        if (width > room)
            return best;
    }
    *cost = 0;
    return i;
}

static size_t room_from(size_t column)
{
    return column < GF_LAYOUT_COLUMNS ? GF_LAYOUT_COLUMNS - column : 1;
}

void gf_layout_formula(gf_text *out, size_t indent, const char *formula)
{
    while (*formula) {
        size_t column = gf_layout_column(out), cost = 0, cost_below = 0;
        size_t length = formula_part(&cost, formula, room_from(column));
        size_t below = formula_part(&cost_below, formula, room_from(indent));

        if (column > indent && below > length && cost_below < cost) {
            break_line(out, indent);
            length = below;
        }
        if (length == 0)
            length = strlen(formula);
        gf_text_add_n(out, formula, length);
        formula += length;
        if (*formula)
            break_line(out, indent);
    }
}

void gf_layout_right(gf_text *out, const char *note)
{
    size_t width = gf_layout_width(note), column = gf_layout_column(out);

    if (width == 0)
        return;
    size_t target = GF_LAYOUT_RIGHT;
    if (column + 2 > target && column + 2 + width <= GF_LAYOUT_COLUMNS)
        target = GF_LAYOUT_COLUMNS - width;
    if (target + width > GF_LAYOUT_COLUMNS)
        target = width < GF_LAYOUT_COLUMNS ? GF_LAYOUT_COLUMNS - width : 0;
    if (column + 2 > target)
        gf_layout_end(out);
    gf_layout_to(out, target, "");
    add_word(out, note, strlen(note), ' ');
}

/* x with so many digits at most, and without the sign of a zero. */
static double rounded(double x, int digits)
{
    char text[64];
    double y = x;

    if (!isfinite(x))
        return x;
    snprintf(text, sizeof text, "%.*g", digits, x);
    if (gf_number_read(&y, text))
        return x;
    return y == 0 ? 0 : y;
}

void gf_layout_number(gf_text *out, double x, int digits)
{
    gf_text_add_number(out, rounded(x, digits));
}

const char *gf_layout_figure(char out[static GF_LAYOUT_FIGURE], double x)
{
    gf_number_write(out, rounded(x, GF_LAYOUT_DIGITS));
    return out;
}

void gf_layout_expr(gf_text *out, const gf_graph *graph, gf_expr e)
{
    char *string = gf_expr_text(graph, e);

    if (string)
        gf_text_add(out, string);
    else
        out->failed = true;
    free(string);
}

void gf_layout_drop(gf_text *out, gf_text *text)
{
    out->failed = out->failed || text->failed;
    gf_text_clear(text);
}
