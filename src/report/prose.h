/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sentences and formulas, written once and read as text or as LaTeX.
 *
 *     gf_prose_begin(&prose, "The rest point");
 *     gf_prose_add(&prose, "{p_g = p_d} is at rest where");
 *     gf_prose_equation(&prose, "f1'(D) + f2'(D)", NULL, slope);
 *     gf_prose_add(&prose, "vanishes.");
 *     gf_prose_end(&prose);
 *
 * What stands in braces is mathematics: plain text drops the braces, LaTeX
 * turns f1' to f_1', D0 to D_0, ≥ to \ge and so on. A '~' is a blank that is
 * not broken. The text is wrapped to 80 columns; the LaTeX needs amsmath.
 */
#ifndef GANFIELD_REPORT_PROSE_H
#define GANFIELD_REPORT_PROSE_H

#include "base/text.h"

#include <ganfield/expr.h>
#include <ganfield/plane.h>
#include <stdbool.h>

typedef struct gf_prose {
    gf_text *out;
    const gf_graph *graph;
    bool is_latex;
    bool has_formula; /* the last that was laid out */
    bool is_open;     /* LaTeX: an align* waits for more formulas */
    gf_text pending;  /* sentences not yet laid out */
} gf_prose;

void gf_prose_init(gf_prose *prose, gf_text *out, const gf_graph *graph,
                   bool is_latex);
/* Releases what *prose holds; what was said is in *out. */
void gf_prose_clear(gf_prose *prose);

/* A heading of the whole. */
void gf_prose_title(gf_prose *prose, const char *name, const char *title,
                    const char *source);

/* A paragraph with its heading, NULL for none. */
void gf_prose_begin(gf_prose *prose, const char *heading);
void gf_prose_end(gf_prose *prose);

/* Adds to the present paragraph, with a blank before it where one is needed. */
void gf_prose_add(gf_prose *prose, const char *format, ...) GF_PRINTF(2, 3);

/* On lines of its own: left = middle = e, where middle may be NULL and e
 * GF_EXPR_NONE. left and middle are mathematics as above, without braces; a
 * formula that does not fit goes on below. */
void gf_prose_equation(gf_prose *prose, const char *left, const char *middle,
                       gf_expr e);
/* left = text, a formula as the user wrote it; left may be NULL. */
void gf_prose_quote(gf_prose *prose, const char *left, const char *text);
/* left = a matrix of formulas; of numbers. */
void gf_prose_matrix(gf_prose *prose, const char *left, gf_expr e[2][2]);
void gf_prose_numbers(gf_prose *prose, const char *left, gf_mat2 m);

/* An expression as mathematics, added to *out. */
void gf_prose_expr(const gf_prose *prose, gf_text *out, gf_expr e);

#endif
