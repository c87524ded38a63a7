/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/prose.h"

#include "report/layout.h"
#include "report/prose_math.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FORMULA_INDENT = 4,
    LONGEST_ROW = 140 /* of a matrix in LaTeX, in its bytes */
};

void gf_prose_init(gf_prose *prose, gf_text *out, const gf_graph *graph,
                   bool is_latex)
{
    *prose = (gf_prose){.out = out, .graph = graph, .is_latex = is_latex};
    gf_text_init(&prose->pending);
}

void gf_prose_clear(gf_prose *prose)
{
    gf_layout_drop(prose->out, &prose->pending);
}

void gf_prose_title(gf_prose *prose, const char *name, const char *title,
                    const char *source)
{
    gf_text words;

    gf_text_init(&words);
    gf_text_add(&words, title[0] ? title : name);
    if (source[0])
        gf_text_addf(&words, " [%s]", source);
    if (prose->is_latex) {
        gf_text_add(prose->out, "\\subsection*{");
        gf_prose_escape(prose->out, gf_text_string(&words));
        gf_text_add(prose->out, "}");
    } else {
        gf_layout_words(prose->out, 0, gf_text_string(&words));
    }
    gf_layout_end(prose->out);
    gf_layout_drop(prose->out, &words);
}

static void close_formulas(gf_prose *prose)
{
    if (prose->is_open)
        gf_text_add(prose->out, "\n\\end{align*}\n");
    prose->is_open = false;
}

/* Lays out what was said since the last formula. */
static void flush(gf_prose *prose)
{
    const char *said = gf_text_string(&prose->pending);
    gf_text latex;

    if (prose->pending.length == 0)
        return;
    close_formulas(prose);
    if (prose->is_latex) {
        gf_text_init(&latex);
        gf_prose_words(&latex, said);
        gf_layout_source(prose->out, gf_text_string(&latex));
        gf_layout_drop(prose->out, &latex);
    } else {
        if (prose->has_formula)
            gf_text_add_char(prose->out, '\n');
        gf_layout_words(prose->out, 0, said);
    }
    gf_layout_end(prose->out);
    gf_text_cut(&prose->pending, 0);
    prose->has_formula = false;
}

void gf_prose_begin(gf_prose *prose, const char *heading)
{
    gf_text_add_char(prose->out, '\n');
    prose->has_formula = false;
    if (prose->is_latex)
        gf_text_addf(prose->out, "\\paragraph{%s.}\n", heading);
    else
        gf_text_addf(&prose->pending, "%s.", heading);
}

void gf_prose_end(gf_prose *prose)
{
    flush(prose);
    close_formulas(prose);
}

/* Words without the braces; what stands in them is not broken if short. */
static void add_plain(gf_text *out, const char *words)
{
    enum { SHORT = 26 };
    bool is_tied = false;

    for (const char *w = words; *w; w++) {
        if (*w == '{')
            is_tied = strcspn(w, "}") <= SHORT;
        else if (*w == '}')
            is_tied = false;
        else
            gf_text_add_char(out, *w == ' ' && is_tied ? '~' : *w);
    }
}

void gf_prose_add(gf_prose *prose, const char *format, ...)
{
    char *words = NULL;
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length > 0)
        words = malloc((size_t)length + 1);
    if (!words) {
        prose->pending.failed = prose->pending.failed || length > 0;
        return;
    }
    va_start(arguments, format);
    vsnprintf(words, (size_t)length + 1, format, arguments);
    va_end(arguments);
    if (prose->pending.length > 0 && !strchr(".,;:)", words[0]))
        gf_text_add_char(&prose->pending, ' ');
    if (prose->is_latex)
        gf_text_add(&prose->pending, words);
    else
        add_plain(&prose->pending, words);
    free(words);
}

/* A side of an equation, as mathematics of the prose's kind. */
static void add_math(gf_prose *prose, const char *text)
{
    if (prose->is_latex)
        gf_prose_math(prose->out, text, strlen(text));
    else
        gf_text_add(prose->out, text);
}

/* A line of its own for a formula, set off by a blank line from words. */
static void begin_formula(gf_prose *prose, const char *left)
{
    flush(prose);
    if (!prose->is_latex && !prose->has_formula)
        gf_text_add_char(prose->out, '\n');
    if (!prose->is_latex)
        gf_layout_to(prose->out, FORMULA_INDENT, "");
    else
        gf_text_add(prose->out,
                    prose->is_open ? " \\\\\n  " : "\\begin{align*}\n  ");
    prose->is_open = prose->is_latex;
    prose->has_formula = true;
    if (!left)
        return;
    add_math(prose, left);
    gf_text_add(prose->out, prose->is_latex ? " &= " : " = ");
}

static void end_formula(gf_prose *prose)
{
    if (!prose->is_latex)
        gf_layout_end(prose->out);
}

/* LaTeX, broken before outermost signs where it is long. */
static void add_broken(gf_text *out, const char *latex)
{
    enum { LONG = 130 };
    int depth = 0;
    size_t since = 0;

    for (const char *l = latex; *l; l++, since++) {
        bool is_sign = (*l == '+' || *l == '-') && l > latex && l[-1] == ' ';
        if (strchr("{(", *l) || strncmp(l, "\\left", 5) == 0)
            depth++;
        if (strchr("})", *l) || strncmp(l, "\\right", 6) == 0)
            depth--;
        if (is_sign && depth == 0 && since > LONG) {
            gf_text_add(out, "\\\\\n    &\\quad ");
            since = 0;
        }
        gf_text_add_char(out, *l);
    }
}

/* An expression, after " = " where a middle part stands before it. */
static void add_expr(gf_prose *prose, gf_expr e, bool with_middle)
{
    gf_text formula;

    if (prose->is_latex) {
        if (with_middle)
            gf_text_add(prose->out, " \\\\\n    &= ");
        gf_text_init(&formula);
        gf_prose_expr(prose, &formula, e);
        add_broken(prose->out, gf_text_string(&formula));
        gf_layout_drop(prose->out, &formula);
        return;
    }
    gf_text_init(&formula);
    gf_layout_expr(&formula, prose->graph, e);
    if (with_middle) {
        size_t end = gf_layout_column(prose->out) + 3 + formula.length;
        if (end > GF_LAYOUT_COLUMNS) {
            gf_layout_end(prose->out);
            gf_layout_to(prose->out, FORMULA_INDENT + 2, "= ");
        } else {
            gf_text_add(prose->out, " = ");
        }
    }
    gf_layout_formula(prose->out, FORMULA_INDENT + 4, gf_text_string(&formula));
    gf_layout_drop(prose->out, &formula);
}

void gf_prose_equation(gf_prose *prose, const char *left, const char *middle,
                       gf_expr e)
{
    begin_formula(prose, left);
    if (middle)
        add_math(prose, middle);
    if (e != GF_EXPR_NONE)
        add_expr(prose, e, middle != NULL);
    end_formula(prose);
}

void gf_prose_quote(gf_prose *prose, const char *left, const char *text)
{
    begin_formula(prose, left);
    if (prose->is_latex) {
        gf_text_add(prose->out,
                    left ? "\\text{\\ttfamily " : "&\\text{\\ttfamily ");
        gf_prose_escape(prose->out, text);
        gf_text_add(prose->out, "}");
    } else {
        gf_layout_formula(prose->out, FORMULA_INDENT + 4, text);
    }
    end_formula(prose);
}

/* Four entries as lines of a matrix in text; aligned in columns. */
static void add_rows(gf_text *out, gf_text entry[2][2])
{
    size_t column = gf_layout_column(out), width[2];

    for (size_t j = 0; j < 2; j++) {
        size_t above = gf_layout_width(gf_text_string(&entry[0][j]));
        size_t below = gf_layout_width(gf_text_string(&entry[1][j]));
        width[j] = above > below ? above : below;
    }
    for (size_t i = 0; i < 2; i++) {
        if (i > 0)
            gf_layout_end(out);
        gf_layout_to(out, column, "[");
        gf_layout_to(out, column + 2, gf_text_string(&entry[i][0]));
        gf_layout_to(out, column + 5 + width[0], gf_text_string(&entry[i][1]));
        gf_layout_to(out, column + 6 + width[0] + width[1], "]");
    }
}

static void add_pmatrix(gf_text *out, gf_text entry[2][2])
{
    gf_text_addf(out, "\\begin{pmatrix} %s & %s \\\\ %s & %s \\end{pmatrix}",
                 gf_text_string(&entry[0][0]), gf_text_string(&entry[0][1]),
                 gf_text_string(&entry[1][0]), gf_text_string(&entry[1][1]));
}

static void add_matrix(gf_prose *prose, const char *left, gf_text entry[2][2])
{
    begin_formula(prose, left);
    (prose->is_latex ? add_pmatrix : add_rows)(prose->out, entry);
    end_formula(prose);
    for (size_t i = 0; i < 4; i++)
        gf_layout_drop(prose->out, &entry[i / 2][i % 2]);
}

void gf_prose_matrix(gf_prose *prose, const char *left, gf_expr e[2][2])
{
    gf_text entry[2][2];
    size_t longest[2] = {0, 0};

    for (size_t i = 0; i < 4; i++) {
        gf_text *t = &entry[i / 2][i % 2];
        gf_text_init(t);
        gf_prose_expr(prose, t, e[i / 2][i % 2]);
        longest[i % 2] =
            t->length > longest[i % 2] ? t->length : longest[i % 2];
    }
    size_t most = prose->is_latex ? LONGEST_ROW : GF_LAYOUT_COLUMNS - 16;
    if (longest[0] + longest[1] <= most) {
        add_matrix(prose, left, entry);
        return;
    }
    for (size_t i = 0; i < 4; i++) {
        gf_text name;
        gf_text_init(&name);
        gf_text_addf(&name, prose->is_latex ? "%s_{%zu%zu}" : "%s%zu%zu", left,
                     i / 2 + 1, i % 2 + 1);
        gf_prose_equation(prose, gf_text_string(&name), NULL, e[i / 2][i % 2]);
        gf_layout_drop(prose->out, &name);
        gf_layout_drop(prose->out, &entry[i / 2][i % 2]);
    }
}

void gf_prose_numbers(gf_prose *prose, const char *left, gf_mat2 m)
{
    const double value[4] = {m.xx, m.xy, m.yx, m.yy};
    gf_text entry[2][2];

    for (size_t i = 0; i < 4; i++) {
        gf_text_init(&entry[i / 2][i % 2]);
        gf_layout_number(&entry[i / 2][i % 2], value[i], GF_LAYOUT_DIGITS);
    }
    add_matrix(prose, left, entry);
}

void gf_prose_expr(const gf_prose *prose, gf_text *out, gf_expr e)
{
    char *string = prose->is_latex ? gf_expr_latex(prose->graph, e)
                                   : gf_expr_text(prose->graph, e);

    if (string)
        gf_text_add(out, string);
    else
        prose->out->failed = true;
    free(string);
}
