/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recursive descent over
 *
 *     sum     = product { (+ | -) product }
 *     product = signed { (* | /) signed }
 *     signed  = { + | - } power
 *     power   = primary [ ^ signed ]
 *     primary = number | name | name { ' } ( sum { , sum } ) | ( sum )
 *
 * Depth is counted, so that no text can exhaust the stack.
 */
#include "expr/parse.h"

#include <ctype.h>
#include <string.h>

#include "expr/decimal.h"

static gf_expr parse_signed(gf_parser *p);

void gf_skip_blanks(gf_parser *p)
{
    p->at += strspn(p->at, " \t\r\n");
}

gf_expr gf_parse_fail_at(gf_parser *p, gf_status status, const char *where)
{
    if (p->status == GF_OK) {
        p->status = status;
        gf_error_place(p->error, p->source.text, p->source.length,
                       (size_t)(where - p->source.text));
    }
    return GF_EXPR_NONE;
}

static bool too_deep(gf_parser *p)
{
    if (p->depth <= GF_EXPR_DEPTH_MAX)
        return false;
    FAIL(p, p->at, GF_LIMIT, "more than %d nested operations",
         GF_EXPR_DEPTH_MAX);
    return true;
}

/* What is said of a character that has no place where it stands. */
static gf_expr refuse_character(gf_parser *p, const char *wanted)
{
    unsigned char c = (unsigned char)*p->at;

    if (c >= 0x80)
        return FAIL(p, p->at, GF_SYNTAX,
                    "unexpected character; write operators and names in "
                    "ASCII");
    if (!isprint(c))
        return FAIL(p, p->at, GF_SYNTAX, "unexpected control character");
    return FAIL(p, p->at, GF_SYNTAX,
                *wanted ? "expected %s, not '%c'" : "unexpected %s'%c'", wanted,
                c);
}

/* After a complete primary: `2 D` and `D (1 - D)` lack a sign. */
static void refuse_implicit_product(gf_parser *p)
{
    gf_skip_blanks(p);
    if (*p->at == '.' && p->at > p->source.text &&
        (isdigit((unsigned char)p->at[-1]) || p->at[-1] == '.'))
        FAIL(p, p->at, GF_SYNTAX, "a number has one point");
    else if (isalnum((unsigned char)*p->at) || *p->at == '_' || *p->at == '.' ||
             *p->at == '(')
        FAIL(p, p->at, GF_SYNTAX,
             "missing operator: for a product write '*' here");
    else if (*p->at == '*' && p->at[1] == '*')
        FAIL(p, p->at, GF_SYNTAX, "write '^' for a power, not '**'");
}

static gf_expr parse_number(gf_parser *p)
{
    fmpq_t q;
    bool in_range;
    size_t length;
    gf_expr e;

    fmpq_init(q);
    length = gf_decimal_read(q, p->at, &in_range);
    if (length == 0)
        e = FAIL(p, p->at, GF_SYNTAX, "a lone '.' is no number");
    else if (!in_range)
        e = FAIL(p, p->at, GF_SYNTAX, "number out of the range of a double");
    else
        e = gf_number_q(p->graph, q);
    fmpq_clear(q);
    p->at += length;
    return e;
}

static gf_expr parse_primary(gf_parser *p)
{
    gf_expr e;

    gf_skip_blanks(p);
    if (isdigit((unsigned char)*p->at) || *p->at == '.') {
        e = parse_number(p);
    } else if (*p->at == '(') {
        p->at++;
        e = gf_parse_sum(p);
        gf_skip_blanks(p);
        if (p->status == GF_OK && *p->at != ')')
            return FAIL(p, p->at, GF_SYNTAX,
                        *p->at ? "expected ')' or an operator" : "missing ')'");
        if (p->status == GF_OK)
            p->at++;
    } else if (gf_name_length(p->at)) {
        e = gf_parse_name(p);
    } else if (*p->at == '\0') {
        return FAIL(p, p->at, GF_SYNTAX,
                    "expected a number, a name or '(' before the end");
    } else {
        return refuse_character(p, "a number, a name or '('");
    }
    if (p->status == GF_OK && p->graph->failure)
        gf_parse_fail_at(p, gf_graph_check(p->graph, p->error), p->at);
    if (p->status)
        return GF_EXPR_NONE;
    refuse_implicit_product(p);
    return e;
}

static gf_expr parse_power(gf_parser *p)
{
    gf_expr base = parse_primary(p), exponent;

    gf_skip_blanks(p);
    if (p->status || *p->at != '^')
        return base;
    p->at++;
    p->depth++;
    exponent = parse_signed(p);
    p->depth--;
    return gf_pow(p->graph, base, exponent);
}

static gf_expr parse_signed(gf_parser *p)
{
    bool negative = false;
    gf_expr e;

    if (too_deep(p))
        return GF_EXPR_NONE;
    gf_skip_blanks(p);
    while (*p->at == '-' || *p->at == '+') {
        negative ^= *p->at == '-';
        p->at++;
        gf_skip_blanks(p);
    }
    e = parse_power(p);
    return negative ? gf_expr_negative(p->graph, e) : e;
}

static gf_expr parse_product(gf_parser *p)
{
    gf_expr minus_one = gf_expr_rational(p->graph, -1, 1), e;
    gf_list factors;

    gf_list_init(&factors);
    gf_list_add(&factors, p->graph, parse_signed(p));
    gf_skip_blanks(p);
    while (p->status == GF_OK && (*p->at == '*' || *p->at == '/')) {
        bool divide = *p->at++ == '/';
        e = parse_signed(p);
        if (divide)
            e = gf_pow(p->graph, e, minus_one);
        gf_list_add(&factors, p->graph, e);
        gf_skip_blanks(p);
    }
    e = factors.count == 1 ? factors.item[0]
                           : gf_mul(p->graph, factors.item, factors.count);
    gf_list_clear(&factors);
    return e;
}

gf_expr gf_parse_sum(gf_parser *p)
{
    gf_list terms;
    gf_expr e;

    p->depth++;
    if (too_deep(p))
        return GF_EXPR_NONE;
    gf_list_init(&terms);
    gf_list_add(&terms, p->graph, parse_product(p));
    gf_skip_blanks(p);
    while (p->status == GF_OK && (*p->at == '+' || *p->at == '-')) {
        bool subtract = *p->at++ == '-';
        e = parse_product(p);
        if (subtract)
            e = gf_expr_negative(p->graph, e);
        gf_list_add(&terms, p->graph, e);
        gf_skip_blanks(p);
    }
    e = terms.count == 1 ? terms.item[0]
                         : gf_add(p->graph, terms.item, terms.count);
    gf_list_clear(&terms);
    p->depth--;
    return e;
}

/* After a complete sum: what is left. */
static void refuse_rest(gf_parser *p)
{
    if (*p->at == ')')
        FAIL(p, p->at, GF_SYNTAX, "')' without '('");
    else if (*p->at == ',' && isdigit((unsigned char)p->at[1]) &&
             p->at > p->source.text && isdigit((unsigned char)p->at[-1]))
        FAIL(p, p->at, GF_SYNTAX, "unexpected ','; a decimal point is '.'");
    else
        refuse_character(p, "");
}

gf_status gf_expr_parse_source(gf_expr *out, const gf_scope *scope,
                               gf_source source, gf_error *error)
{
    gf_parser p = {.scope = scope,
                   .graph = scope->graph,
                   .source = source,
                   .at = source.text + source.begin,
                   .error = error};
    gf_status status;
    bool outermost;

    *out = GF_EXPR_NONE;
    if (source.length - source.begin > GF_EXPR_TEXT_MAX)
        return gf_error_set(error, GF_LIMIT, "expression longer than %d bytes",
                            GF_EXPR_TEXT_MAX);
    outermost = p.graph->calls == 0;
    gf_enter(p.graph);
    if (outermost)
        p.graph->steps = p.graph->text_steps;
    *out = gf_parse_sum(&p);
    if (outermost)
        p.graph->text_steps = p.graph->steps;
    gf_leave(p.graph);
    gf_skip_blanks(&p);
    if (p.status == GF_OK && *p.at)
        refuse_rest(&p);
    if (p.status == GF_OK) {
        status = gf_graph_check(p.graph, error);
        if (status)
            gf_parse_fail_at(&p, status, source.text + source.begin);
    }
    if (p.status)
        *out = GF_EXPR_NONE;
    return p.status;
}

gf_status gf_expr_parse(gf_expr *out, const gf_scope *scope, const char *text,
                        gf_error *error)
{
    return gf_expr_parse_source(out, scope, (gf_source){text, strlen(text), 0},
                                error);
}

gf_status gf_expr_read_value(double *out, const char *text, gf_error *error)
{
    gf_graph *graph = gf_graph_new();
    gf_expr e = GF_EXPR_NONE;
    gf_scope scope;

    if (!graph)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gf_scope_init(&scope, graph);
    gf_status status = gf_expr_parse(&e, &scope, text, error);
    if (!status)
        *out = gf_expr_value(graph, e);
    gf_scope_clear(&scope);
    gf_graph_free(graph);
    return status;
}
