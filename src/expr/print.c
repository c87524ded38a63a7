/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of an expression, such that parsing it gives the same node back. */
#include "expr/node.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "expr/decimal.h"
#include "expr/factors.h"
#include "expr/ops.h"

/* Binding strength of what is printed: sum < product < power < atom.  UNSIGNED
   is a term of a sum whose sign has been written. */
enum { SUM, UNSIGNED, PRODUCT, POWER, ATOM };

static void print(gf_text *out, const gf_graph *graph, gf_expr e, int level);

static void print_number(gf_text *out, const fmpq_t q, int level)
{
    bool fraction = !gf_decimal_text(NULL, q);
    bool wrap = level >= PRODUCT && (fraction || fmpq_sgn(q) < 0);
    fmpq_t size;

    fmpq_init(size);
    fmpq_abs(size, q);
    if (wrap)
        gf_text_add(out, "(");
    if (fmpq_sgn(q) < 0 && level != UNSIGNED)
        gf_text_add(out, "-");
    if (fraction)
        gf_fraction_text(out, size);
    else
        gf_decimal_text(out, size);
    if (wrap)
        gf_text_add(out, ")");
    fmpq_clear(size);
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

/* A factor of a product, its exponent without the sign. */
static void print_power(gf_text *out, const gf_graph *graph,
                        const gf_factor *factor)
{
    fmpq *r = (fmpq *)&factor->exponent;

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
    bool open = false, wrap;

    if (!gf_factors_of(&f, graph, e)) {
        out->failed = true;
        return;
    }
    wrap = level > PRODUCT || (f.negative && level == PRODUCT);
    if (wrap)
        gf_text_add(out, "(");
    if (f.negative && level != UNSIGNED)
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
    if (wrap)
        gf_text_add(out, ")");
    gf_factors_clear(&f);
}

static bool is_negative_term(const gf_graph *graph, gf_expr e)
{
    if (gf_op_of(graph, e) == GF_OP_MUL)
        e = gf_arg(graph, e, 0);
    return gf_is_number(graph, e) && gf_number_sign(graph, e) < 0;
}

static void print_sum(gf_text *out, const gf_graph *graph, gf_expr e, int level)
{
    if (level > SUM)
        gf_text_add(out, "(");
    for (size_t i = 0; i < gf_arg_count(graph, e); i++) {
        gf_expr term = gf_arg(graph, e, i);
        if (i)
            gf_text_add(out, is_negative_term(graph, term) ? " - " : " + ");
        print(out, graph, term, i ? UNSIGNED : SUM);
    }
    if (level > SUM)
        gf_text_add(out, ")");
}

/* base^exponent with any exponent, above the bar. */
static void print_plain_power(gf_text *out, const gf_graph *graph, gf_expr e,
                              int level)
{
    bool root = gf_is_rational(graph, gf_arg(graph, e, 1), 1, 2);

    if (root) {
        print_call(out, graph, "sqrt", (gf_expr[]){gf_arg(graph, e, 0)}, 1);
        return;
    }
    gf_text_add(out, level > POWER ? "(" : "");
    print(out, graph, gf_arg(graph, e, 0), ATOM);
    gf_text_add(out, "^");
    print(out, graph, gf_arg(graph, e, 1), ATOM);
    gf_text_add(out, level > POWER ? ")" : "");
}

static bool is_below(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_POW &&
           gf_is_number(graph, gf_arg(graph, e, 1)) &&
           gf_number_sign(graph, gf_arg(graph, e, 1)) < 0;
}

static void print(gf_text *out, const gf_graph *graph, gf_expr e, int level)
{
    gf_op op = gf_op_of(graph, e);
    const gf_op_row *row = gf_op_row_of(op);
    const gf_node *node = &graph->node[e];

    if (out->length > GF_EXPR_PRINT_MAX)
        out->failed = true;
    if (out->failed)
        return;
    if (op == GF_OP_NUMBER) {
        print_number(out, gf_number_of(graph, e), level);
    } else if (op == GF_OP_SYMBOL) {
        gf_text_add(out, gf_name_of(graph, e));
    } else if (op == GF_OP_ADD) {
        print_sum(out, graph, e, level);
    } else if (op == GF_OP_MUL || is_below(graph, e)) {
        print_product(out, graph, e, level);
    } else if (op == GF_OP_POW) {
        print_plain_power(out, graph, e, level);
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
