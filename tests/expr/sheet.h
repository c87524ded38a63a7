/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A graph with the symbols x, y, z to write on.
 *
 *     sheet s;
 *     sheet_init(&s);
 *     gf_expr e = sheet_read(&s, "log(1 - x)");
 *     ck_assert_str_eq(sheet_text(&s, gf_expr_derive(s.graph, e, s.x)), ...);
 *     sheet_clear(&s);
 */
#ifndef GANFIELD_TESTS_SHEET_H
#define GANFIELD_TESTS_SHEET_H

#include "expr/node.h"
#include "expr/scope.h"
#include "expr/tape.h"

enum { SHEET_SYMBOLS = 3, SHEET_PRECISION = 200 };

typedef struct sheet {
    gf_graph *graph;
    gf_scope scope;
    gf_expr x, y, z;
    gf_expr symbol[SHEET_SYMBOLS]; /* the same */
    char *text;
} sheet;

void sheet_init(sheet *s);
void sheet_clear(sheet *s);

/* The expression of a text; the test fails if it cannot be read. */
gf_expr sheet_read(sheet *s, const char *text);
/* The same, simplified. */
gf_expr sheet_simple(sheet *s, const char *text);
/* NAME(x) = EXPR */
void sheet_let(sheet *s, const char *text);

/* The text, or the LaTeX, of an expression; valid until the next call. */
const char *sheet_text(sheet *s, gf_expr e);
const char *sheet_latex(sheet *s, gf_expr e);

/* The value at a point: by a tape of doubles, by a ball. */
double sheet_at(const sheet *s, gf_expr e, const double at[SHEET_SYMBOLS]);
void sheet_ball(arb_t out, const sheet *s, gf_expr e,
                const double at[SHEET_SYMBOLS]);
/* Over a box. */
gf_interval sheet_interval(const sheet *s, gf_expr e,
                           const gf_interval in[SHEET_SYMBOLS]);

#endif
