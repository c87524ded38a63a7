/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of an expression, such that parsing it gives the same node back. */
#include "expr/node.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "expr/decimal.h"
#include "expr/factors.h"
#include "expr/ops.h"

/* Binding strength of what is printed: sum < product < power < atom. */
enum { SUM, PRODUCT, POWER, ATOM };

static void print(gf_text *out, const gf_graph *graph, gf_expr e, int level);

static void print_number(gf_text *out, const fmpq_t q, int level)
{
    bool fraction = !gf_decimal_text(NULL, q);
    bool wrap =
        (fmpq_sgn(q) < 0 && level > SUM) || (fraction && level >= PRODUCT);

    if (wrap)
        gf_text_add(out, "(");
    if (fraction)
        gf_fraction_text(out, q);
    else
        gf_decimal_text(out, q);
    if (wrap)
        gf_text_add(out, ")");
}

static void print_call(gf_text *out, const gf_graph *graph, const char *name,
                       const gf_expr *arg, size_t count)
{
    gf_text_add(out, name);
    gf_text_add(out, "(");
    for (size_t i = 0; i < count; i++) {
        if (i)
            gf_text_add(out, ", ");
        print(out, graph, arg[i], SUM);
    }
    gf_text_add(out, ")");
}

/* base^exponent with the exponent given apart (for denominators). */
static void print_power(gf_text *out, const gf_graph *graph,
                        const gf_factor *factor)
{
    fmpq *r = (fmpq *)&factor->exponent;

    if (factor->whole) {
        print(out, graph, factor->base, POWER);
        return;
    }
    if (fmpq_is_one(r)) {
        print(out, graph, factor->base, POWER);
    } else if (fmpz_is_one(fmpq_numref(r)) &&
               fmpz_equal_si(fmpq_denref(r), 2)) {
        print_call(out, graph, "sqrt", &factor->base, 1);
    } else {
        print(out, graph, factor->base, ATOM);
        gf_text_add(out, "^");
        print_number(out, r, ATOM);
    }
}

/* A product: runs of numerators and denominators in their order, the
   coefficient's denominator with the first run of denominators. */
static void print_product(gf_text *out, const gf_graph *graph, gf_expr e,
                          int level)
{
    gf_factors f;
    size_t i = 0;
    bool open = false, wrap = level > PRODUCT;

    if (!gf_factors_of(&f, graph, e)) {
        out->failed = true;
        return;
    }
    if (wrap || (f.negative && level > SUM))
        gf_text_add(out, "(");
    if (f.negative)
        gf_text_add(out, "-");
    if (f.show_numerator) {
        print_number(out, f.numerator, PRODUCT);
        open = true;
    }
    while (i < f.count || f.show_denominator) {
        size_t end = i;
        size_t inside = f.show_denominator ? 1 : 0;
        for (; i < f.count && !f.factor[i].below; i++) {
            if (open)
                gf_text_add(out, "*");
            print_power(out, graph, &f.factor[i]);
            open = true;
        }
        for (end = i; end < f.count && f.factor[end].below; end++)
            inside++;
        if (inside == 0)
            continue;
        if (!open)
            gf_text_add(out, "1");
        gf_text_add(out, inside > 1 ? "/(" : "/");
        if (f.show_denominator) {
            print_number(out, f.denominator, ATOM);
            if (inside > 1)
                gf_text_add(out, "*");
        }
        f.show_denominator = false;
        for (; i < end; i++) {
            print_power(out, graph, &f.factor[i]);
            if (i + 1 < end)
                gf_text_add(out, "*");
        }
        if (inside > 1)
            gf_text_add(out, ")");
        open = true;
    }
    if (wrap || (f.negative && level > SUM))
        gf_text_add(out, ")");
    gf_factors_clear(&f);
}

static void print_sum(gf_text *out, const gf_graph *graph, gf_expr e, int level)
{
    gf_text term;

    if (level > SUM)
        gf_text_add(out, "(");
    for (size_t i = 0; i < gf_arg_count(graph, e); i++) {
        const char *text;
        gf_text_init(&term);
        print(&term, graph, gf_arg(graph, e, i), SUM);
        text = gf_text_string(&term);
        if (i && text[0] == '-') {
            gf_text_add(out, " - ");
            text++;
        } else if (i) {
            gf_text_add(out, " + ");
        }
        gf_text_add(out, text);
        out->failed = out->failed || term.failed;
        gf_text_clear(&term);
    }
    if (level > SUM)
        gf_text_add(out, ")");
}

static void print(gf_text *out, const gf_graph *graph, gf_expr e, int level)
{
    gf_op op = gf_op_of(graph, e);
    const gf_op_row *row = gf_op_row_of(op);
    const gf_node *node = &graph->node[e];

    if (op == GF_OP_NUMBER) {
        print_number(out, gf_number_of(graph, e), level);
    } else if (op == GF_OP_SYMBOL) {
        gf_text_add(out, gf_name_of(graph, e));
    } else if (op == GF_OP_ADD) {
        print_sum(out, graph, e, level);
    } else if (op == GF_OP_MUL ||
               (op == GF_OP_POW && gf_is_number(graph, gf_arg(graph, e, 1)))) {
        gf_factors f;
        if (op == GF_OP_POW &&
            gf_number_sign(graph, gf_arg(graph, e, 1)) >= 0 &&
            gf_factors_of(&f, graph, e)) {
            bool root = fmpz_equal_si(fmpq_denref(&f.factor[0].exponent), 2) &&
                        fmpz_is_one(fmpq_numref(&f.factor[0].exponent));
            bool wrap = level > POWER && !root;
            gf_text_add(out, wrap ? "(" : "");
            print_power(out, graph, &f.factor[0]);
            gf_text_add(out, wrap ? ")" : "");
            gf_factors_clear(&f);
        } else {
            print_product(out, graph, e, level);
        }
    } else if (op == GF_OP_POW) {
        gf_text_add(out, level > POWER ? "(" : "");
        print(out, graph, gf_arg(graph, e, 0), ATOM);
        gf_text_add(out, "^");
        print(out, graph, gf_arg(graph, e, 1), ATOM);
        gf_text_add(out, level > POWER ? ")" : "");
    } else if (op == GF_OP_EXP &&
               gf_is_rational(graph, gf_arg(graph, e, 0), 1, 1)) {
        gf_text_add(out, "e");
    } else if (node->count == 0) {
        gf_text_add(out, row->name);
    } else {
        print_call(out, graph, row->name, graph->arg + node->first,
                   node->count);
    }
}

char *gf_expr_text(const gf_graph *graph, gf_expr e)
{
    gf_text out;

    gf_text_init(&out);
    if (e != GF_EXPR_NONE)
        print(&out, graph, e, SUM);
    if (out.failed || e == GF_EXPR_NONE) {
        gf_text_clear(&out);
        return NULL;
    }
    return gf_text_take(&out);
}
