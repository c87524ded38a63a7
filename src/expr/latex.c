/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LaTeX of an expression: quotients as fractions, functions by their macros. */
#include "expr/latex.h"

#include <ctype.h>
#include <string.h>

#include "expr/decimal.h"
#include "expr/factors.h"
#include "expr/ops.h"

/* Binding strength of what is written; UNSIGNED is a term of a sum whose sign
   has been written. */
enum { SUM, UNSIGNED, PRODUCT, POWER, ATOM };

/* An exponent of e longer than this is written exp(...). */
enum { SHORT_EXPONENT = 24 };

static void write(gf_text *out, const gf_graph *graph, gf_expr e, int level);

/* --- numbers ----------------------------------------------------------- */

static bool is_scientific(const char *text)
{
    return strchr(text, 'e') != NULL;
}

/* A decimal, 1.5e-9 as 1.5 \cdot 10^{-9}. */
static void write_decimal(gf_text *out, const char *text)
{
    size_t digits = strcspn(text, "e");

    if (!text[digits]) {
        gf_text_add(out, text);
        return;
    }
    if (digits != 1 || text[0] != '1') {
        gf_text_add_n(out, text, digits);
        gf_text_add(out, " \\cdot ");
    }
    gf_text_addf(out, "10^{%s}", text + digits + 1);
}

static void write_number(gf_text *out, const fmpq_t q, int level)
{
    fmpq_t size;
    gf_text text;
    bool fraction, wrap;
    char *part;

    fmpq_init(size);
    fmpq_abs(size, q);
    gf_text_init(&text);
    fraction = !gf_decimal_text(&text, size);
    wrap =
        (fmpq_sgn(q) < 0 && level >= PRODUCT) ||
        (level >= POWER && (fraction || is_scientific(gf_text_string(&text))));
    gf_text_add(out, wrap ? "\\left(" : "");
    gf_text_add(out, fmpq_sgn(q) < 0 && level != UNSIGNED ? "-" : "");
    if (fraction && !fmpz_is_one(fmpq_denref(size))) {
        part = fmpz_get_str(NULL, 10, fmpq_numref(size));
        gf_text_addf(out, "\\frac{%s}", part);
        flint_free(part);
        part = fmpz_get_str(NULL, 10, fmpq_denref(size));
        gf_text_addf(out, "{%s}", part);
        flint_free(part);
    } else if (fraction) {
        gf_fraction_text(out, size);
    } else {
        write_decimal(out, gf_text_string(&text));
    }
    gf_text_add(out, wrap ? "\\right)" : "");
    out->failed = out->failed || text.failed;
    gf_text_clear(&text);
    fmpq_clear(size);
}

/* --- functions --------------------------------------------------------- */

static void write_between(gf_text *out, const gf_graph *graph, gf_expr e,
                          const char *left, const char *right)
{
    gf_text_add(out, left);
    for (size_t i = 0; i < gf_arg_count(graph, e); i++) {
        gf_text_add(out, i ? ", " : "");
        write(out, graph, gf_arg(graph, e, i), SUM);
    }
    gf_text_add(out, right);
}

/* e^{u} where u is short and has no fraction, else exp(u). */
static void write_exp(gf_text *out, const gf_graph *graph, gf_expr u, int level)
{
    gf_text inner;
    const char *text;
    bool is_short, wrap;

    gf_text_init(&inner);
    write(&inner, graph, u, SUM);
    text = gf_text_string(&inner);
    is_short = inner.length <= SHORT_EXPONENT && !strstr(text, "\\frac");
    wrap = level == ATOM && !gf_is_rational(graph, u, 1, 1);
    gf_text_add(out, wrap ? "\\left(" : "");
    if (gf_is_rational(graph, u, 1, 1))
        gf_text_add(out, "e");
    else
        gf_text_addf(out, is_short ? "e^{%s}" : "\\exp\\left(%s\\right)", text);
    gf_text_add(out, wrap ? "\\right)" : "");
    out->failed = out->failed || inner.failed;
    gf_text_clear(&inner);
}

/* A call; power is "" or what comes between name and argument. */
static void write_call(gf_text *out, const gf_graph *graph, gf_expr e,
                       const char *power)
{
    gf_op op = gf_op_of(graph, e);
    const gf_op_row *row = gf_op_row_of(op);

    if (op == GF_OP_ABS) {
        write_between(out, graph, e, "\\left|", "\\right|");
        gf_text_add(out, power);
        return;
    }
    gf_text_add(out, row->latex);
    if (op == GF_OP_CBRT) {
        write_between(out, graph, e, "{", "}");
        return;
    }
    gf_text_add(out, power);
    if (row->arity == 2)
        write_between(out, graph, e, "\\left\\{", "\\right\\}");
    else
        write_between(out, graph, e, "\\left(", "\\right)");
}

/* --- powers ------------------------------------------------------------ */

/* Is e a function that may bear its exponent behind its name? */
static bool bears_power(const gf_graph *graph, gf_expr e)
{
    gf_op op = gf_op_of(graph, e);

    return gf_op_row_of(op)->name && gf_arg_count(graph, e) == 1 &&
           op != GF_OP_EXP && op != GF_OP_CBRT;
}

/* base^exponent with a positive exponent. */
static void write_factor(gf_text *out, const gf_graph *graph,
                         const gf_factor *factor, int level)
{
    fmpq *r = (fmpq *)&factor->exponent;
    gf_text power;

    if (fmpq_is_one(r)) {
        write(out, graph, factor->base, level);
        return;
    }
    if (fmpz_is_one(fmpq_numref(r)) && fmpz_equal_si(fmpq_denref(r), 2)) {
        gf_text_add(out, "\\sqrt{");
        write(out, graph, factor->base, SUM);
        gf_text_add(out, "}");
        return;
    }
    gf_text_init(&power);
    gf_text_add(&power, "^{");
    if (gf_is_fraction(r))
        gf_fraction_text(&power, r);
    else
        write_number(&power, r, SUM);
    gf_text_add(&power, "}");
    if (fmpz_is_one(fmpq_denref(r)) && bears_power(graph, factor->base)) {
        write_call(out, graph, factor->base, gf_text_string(&power));
    } else {
        write(out, graph, factor->base, ATOM);
        gf_text_add(out, gf_text_string(&power));
    }
    out->failed = out->failed || power.failed;
    gf_text_clear(&power);
}

/* base^exponent that is no factor with a numeric exponent. */
static void write_power(gf_text *out, const gf_graph *graph, gf_expr e,
                        int level)
{
    bool wrap = level == ATOM;

    gf_text_add(out, wrap ? "\\left(" : "");
    write(out, graph, gf_arg(graph, e, 0), ATOM);
    gf_text_add(out, "^{");
    write(out, graph, gf_arg(graph, e, 1), SUM);
    gf_text_add(out, wrap ? "}\\right)" : "}");
}

/* --- products ---------------------------------------------------------- */

/* What stands before a factor: a sign before a digit, a little space else. */
static const char *between(const gf_graph *graph, const gf_factor *factor,
                           bool after_number)
{
    gf_op op = gf_op_of(graph, factor->base);

    if (op == GF_OP_POW)
        op = gf_op_of(graph, gf_arg(graph, factor->base, 0));
    if (op == GF_OP_NUMBER)
        return " \\cdot ";
    return after_number || op == GF_OP_ADD ? " " : " \\, ";
}

/* The number and the factors of one side of the bar. */
static void write_side(gf_text *out, const gf_graph *graph, const gf_factors *f,
                       bool below, bool braced)
{
    bool numbered = below ? f->show_denominator : f->show_numerator;
    size_t count = numbered, written = 0;

    for (size_t i = 0; i < f->count; i++)
        count += f->factor[i].below == below;
    if (count == 0)
        gf_text_add(out, "1");
    if (numbered) {
        write_number(out, below ? f->denominator : f->numerator, SUM);
        written++;
    }
    for (size_t i = 0; i < f->count; i++) {
        if (f->factor[i].below != below)
            continue;
        if (written)
            gf_text_add(
                out, between(graph, &f->factor[i], written == 1 && numbered));
        write_factor(out, graph, &f->factor[i],
                     count == 1 && braced ? SUM : POWER);
        written++;
    }
}

static void write_product(gf_text *out, const gf_graph *graph, gf_expr e,
                          int level)
{
    gf_factors f;
    bool below, wrap;

    if (!gf_factors_of(&f, graph, e)) {
        out->failed = true;
        return;
    }
    below = f.show_denominator;
    for (size_t i = 0; i < f.count; i++)
        below = below || f.factor[i].below;
    wrap = level == ATOM || (level == POWER && !below) ||
           (level >= PRODUCT && f.negative);
    if (!below && !f.negative && !f.show_numerator && f.count == 1)
        wrap = level == ATOM && !fmpq_is_one(&f.factor[0].exponent);
    gf_text_add(out, wrap ? "\\left(" : "");
    gf_text_add(out, f.negative && level != UNSIGNED ? "-" : "");
    gf_text_add(out, below ? "\\frac{" : "");
    write_side(out, graph, &f, false, below);
    if (below) {
        gf_text_add(out, "}{");
        write_side(out, graph, &f, true, true);
        gf_text_add(out, "}");
    }
    gf_text_add(out, wrap ? "\\right)" : "");
    gf_factors_clear(&f);
}

/* --- the walk ---------------------------------------------------------- */

static bool is_negative_term(const gf_graph *graph, gf_expr e)
{
    if (gf_op_of(graph, e) == GF_OP_MUL)
        e = gf_arg(graph, e, 0);
    return gf_is_number(graph, e) && gf_number_sign(graph, e) < 0;
}

static void write_sum(gf_text *out, const gf_graph *graph, gf_expr e, int level)
{
    bool wrap = level >= PRODUCT;

    gf_text_add(out, wrap ? "\\left(" : "");
    for (size_t i = 0; i < gf_arg_count(graph, e); i++) {
        gf_expr term = gf_arg(graph, e, i);
        if (i)
            gf_text_add(out, is_negative_term(graph, term) ? " - " : " + ");
        write(out, graph, term, i ? UNSIGNED : SUM);
    }
    gf_text_add(out, wrap ? "\\right)" : "");
}

static void write(gf_text *out, const gf_graph *graph, gf_expr e, int level)
{
    gf_op op = gf_op_of(graph, e);

    if (out->length > GF_EXPR_PRINT_MAX)
        out->failed = true;
    if (out->failed)
        return;
    if (op == GF_OP_NUMBER)
        write_number(out, gf_number_of(graph, e), level);
    else if (op == GF_OP_SYMBOL)
        gf_latex_name(out, gf_name_of(graph, e));
    else if (op == GF_OP_ADD)
        write_sum(out, graph, e, level);
    else if (op == GF_OP_MUL ||
             (op == GF_OP_POW && gf_is_number(graph, gf_arg(graph, e, 1))))
        write_product(out, graph, e, level);
    else if (op == GF_OP_POW)
        write_power(out, graph, e, level);
    else if (op == GF_OP_EXP)
        write_exp(out, graph, gf_arg(graph, e, 0), level);
    else if (gf_arg_count(graph, e) == 0)
        gf_text_add(out, gf_op_row_of(op)->latex);
    else
        write_call(out, graph, e, "");
}

char *gf_expr_latex(const gf_graph *graph, gf_expr e)
{
    gf_text out;

    gf_text_init(&out);
    if (e != GF_EXPR_NONE)
        write(&out, graph, e, SUM);
    if (out.failed || e == GF_EXPR_NONE) {
        gf_text_clear(&out);
        return NULL;
    }
    return gf_text_take(&out);
}
