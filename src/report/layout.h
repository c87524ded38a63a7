/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines of at most 80 characters for people.
 *
 *     gf_layout_to(out, 2, "conditions");
 *     gf_layout_words(out, 14, "equilibrium yes · damping yes (-8)");
 *     gf_layout_right(out, "proved");
 *     gf_layout_end(out);
 *
 * Everything is added to the last line of *out; what does not fit goes on below
 * at the indentation given. A column counts characters, from 0.
 */
#ifndef GANFIELD_REPORT_LAYOUT_H
#define GANFIELD_REPORT_LAYOUT_H

#include "base/text.h"

#include <ganfield/expr.h>
#include <stddef.h>

enum {
    GF_LAYOUT_COLUMNS = 80,
    GF_LAYOUT_RIGHT = 50,  /* where notes at the right stand */
    GF_LAYOUT_DIGITS = 10, /* of numbers for people */
    GF_LAYOUT_FIGURE = 32  /* room for one of them */
};

/* Characters of a string; of the last line of *out. */
size_t gf_layout_width(const char *string);
size_t gf_layout_column(const gf_text *out);

/* Spaces up to the column (one where the line is already past it), then the
 * string. */
void gf_layout_to(gf_text *out, size_t column, const char *string);

/* A sentence, broken at blanks. A '~' is a blank that is not broken. */
void gf_layout_words(gf_text *out, size_t indent, const char *words);

/* The same for LaTeX, where a '~' stays. */
void gf_layout_source(gf_text *out, const char *words);

/* A formula, broken before a + or - (or after a comma) that stands inside as
 * few parentheses as possible, or else before a *. */
void gf_layout_formula(gf_text *out, size_t indent, const char *formula);

/* A note at the right of the line, or of a line of its own where the present
 * one is too long. */
void gf_layout_right(gf_text *out, const char *note);

/* Ends the line, without blanks at its end. */
void gf_layout_end(gf_text *out);

/* A number with so many digits at most, in its shortest form; 0 for -0. */
void gf_layout_number(gf_text *out, double x, int digits);

/* The same with GF_LAYOUT_DIGITS, as a string for printf. */
const char *gf_layout_figure(char out[static GF_LAYOUT_FIGURE], double x);

/* The text of an expression. */
void gf_layout_expr(gf_text *out, const gf_graph *graph, gf_expr e);

/* Releases a text that was made on the way; where it had failed, *out has. */
void gf_layout_drop(gf_text *out, gf_text *text);

#endif
