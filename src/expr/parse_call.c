/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names in a text: constants, symbols, functions of the table, functions
   defined by let, gauss. */
#include "expr/parse.h"

#include <string.h>
#include <strings.h>

#include "expr/ops.h"

/* --- other spellings of what the graph already has ---------------------- */

static gf_expr make_sqrt(gf_graph *graph, gf_expr x, gf_expr y)
{
    (void)y;
    return gf_pow(graph, x, gf_expr_rational(graph, 1, 2));
}

static gf_expr make_log1p(gf_graph *graph, gf_expr x, gf_expr y)
{
    (void)y;
    return gf_call1(graph, GF_OP_LOG,
                    gf_expr_sum(graph, gf_expr_rational(graph, 1, 1), x));
}

static gf_expr make_expm1(gf_graph *graph, gf_expr x, gf_expr y)
{
    (void)y;
    return gf_expr_sum(graph, gf_call1(graph, GF_OP_EXP, x),
                       gf_expr_rational(graph, -1, 1));
}

static gf_expr log_to(gf_graph *graph, gf_expr x, long base)
{
    return gf_expr_quotient(
        graph, gf_call1(graph, GF_OP_LOG, x),
        gf_call1(graph, GF_OP_LOG, gf_expr_rational(graph, base, 1)));
}

static gf_expr make_log2(gf_graph *graph, gf_expr x, gf_expr y)
{
    (void)y;
    return log_to(graph, x, 2);
}

static gf_expr make_log10(gf_graph *graph, gf_expr x, gf_expr y)
{
    (void)y;
    return log_to(graph, x, 10);
}

static gf_expr make_relu(gf_graph *graph, gf_expr x, gf_expr y)
{
    (void)y;
    return gf_call2(graph, GF_OP_MAX, x, gf_expr_rational(graph, 0, 1));
}

typedef struct spelling {
    const char *name;
    int arity;
    gf_expr (*make)(gf_graph *graph, gf_expr x, gf_expr y);
} spelling;

static const spelling spellings[] = {
    {"sqrt", 1, make_sqrt}, {"log1p", 1, make_log1p}, {"expm1", 1, make_expm1},
    {"log2", 1, make_log2}, {"log10", 1, make_log10}, {"relu", 1, make_relu},
    {"pow", 2, gf_pow},
};

/* --- calls -------------------------------------------------------------- */

/* Reads "(a, b, ...)"; returns the number of arguments. */
static size_t parse_arguments(gf_parser *p, gf_expr *arg, size_t most)
{
    size_t count = 0;

    p->at++; /* the parenthesis */
    for (;;) {
        gf_expr e = gf_parse_sum(p);
        if (p->status)
            return 0;
        if (count < most)
            arg[count] = e;
        count++;
        gf_skip_blanks(p);
        if (*p->at == ',') {
            p->at++;
            continue;
        }
        if (*p->at != ')') {
            FAIL(p, p->at, GF_SYNTAX,
                 *p->at ? "expected ',' or ')'" : "missing ')'");
            return 0;
        }
        p->at++;
        return count;
    }
}

static gf_expr apply(gf_parser *p, const gf_scope_entry *function, int primes,
                     gf_expr argument)
{
    gf_expr body = function->value;

    for (int i = 0; i < primes; i++)
        body = gf_expr_derive(p->graph, body, function->parameter);
    return gf_replace(p->graph, body, function->parameter, argument);
}

/* gauss(f, m, s): f is a function's name, primes allowed. */
static gf_expr parse_gauss(gf_parser *p)
{
    char name[GF_NAME_MAX + 1];
    const gf_scope_entry *function;
    gf_expr arg[2], body, parameter;
    size_t length, primes;
    const char *start;

    p->at++;
    gf_skip_blanks(p);
    start = p->at;
    length = gf_name_length(p->at);
    if (length == 0 || length > GF_NAME_MAX)
        return FAIL(p, p->at, GF_SYNTAX,
                    "gauss(f, m, s) takes the name of a function first");
    memcpy(name, p->at, length);
    name[length] = '\0';
    p->at += length;
    primes = strspn(p->at, "'");
    p->at += primes;
    function = gf_scope_find(p->scope, name);
    if (function && function->parameter) {
        body = function->value;
        parameter = function->parameter;
    } else if (!function && gf_op_find(name) != GF_OP_NONE &&
               gf_op_row_of(gf_op_find(name))->arity == 1) {
        parameter = gf_expr_symbol(p->graph, "x#");
        body = gf_call1(p->graph, gf_op_find(name), parameter);
    } else {
        return FAIL(p, start, GF_NAME,
                    "'%s' is not a function of one variable; define it "
                    "with let",
                    name);
    }
    for (size_t i = 0; i < primes && i < GF_EXPR_DEPTH_MAX; i++)
        body = gf_expr_derive(p->graph, body, parameter);
    gf_skip_blanks(p);
    if (*p->at != ',')
        return FAIL(p, p->at, GF_SYNTAX, "expected ',' in gauss(f, m, s)");
    if (parse_arguments(p, arg, 2) != 2)
        return FAIL(p, start, GF_SYNTAX,
                    "gauss(f, m, s) takes a function, a mean and a spread");
    return gf_gauss(p->graph, body, parameter, arg[0], arg[1]);
}

/* A call of a function of the table or of another spelling. */
static gf_expr parse_known_call(gf_parser *p, const char *name,
                                const char *start)
{
    gf_op op = gf_op_find(name);
    const spelling *other = NULL;
    gf_expr arg[2] = {GF_EXPR_NONE, GF_EXPR_NONE};
    size_t arity, count;

    if (strcmp(name, "gauss") == 0)
        return parse_gauss(p);
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        if (strcmp(spellings[i].name, name) == 0)
            other = &spellings[i];
    arity = (size_t)(other ? other->arity : gf_op_row_of(op)->arity);
    count = parse_arguments(p, arg, 2);
    if (p->status)
        return GF_EXPR_NONE;
    if (count != arity)
        return FAIL(p, start, GF_SYNTAX, "%s takes %zu argument%s, not %zu",
                    name, arity, arity == 1 ? "" : "s", count);
    if (other)
        return other->make(p->graph, arg[0], arg[1]);
    return gf_node_make(p->graph, op, arg, arity);
}

static gf_expr constant_named(gf_parser *p, const char *name)
{
    if (strcmp(name, "pi") == 0)
        return gf_node_make(p->graph, GF_OP_PI, NULL, 0);
    if (strcmp(name, "inf") == 0)
        return gf_node_make(p->graph, GF_OP_INF, NULL, 0);
    if (strcmp(name, "e") == 0)
        return gf_call1(p->graph, GF_OP_EXP, gf_expr_rational(p->graph, 1, 1));
    return GF_EXPR_NONE;
}

static bool is_function(const char *name)
{
    for (size_t i = 0; i < gf_function_name_count; i++)
        if (strcmp(gf_function_names[i], name) == 0)
            return true;
    return false;
}

static gf_expr unknown_name(gf_parser *p, const char *name, const char *start)
{
    const char *near = gf_scope_nearest(p->scope, name);

    if (strcasecmp(name, "nan") == 0)
        return FAIL(p, start, GF_NAME,
                    "'%s' is no number: it must be a finite one", name);
    if (near)
        return FAIL(p, start, GF_NAME, "unknown name '%s'; did you mean '%s'?",
                    name, near);
    return FAIL(p, start, GF_NAME, "unknown name '%s'", name);
}

static gf_expr parse_user_call(gf_parser *p, const gf_scope_entry *function,
                               size_t primes, const char *start)
{
    gf_expr arg;
    size_t count = parse_arguments(p, &arg, 1);

    if (p->status)
        return GF_EXPR_NONE;
    if (count != 1)
        return FAIL(p, start, GF_SYNTAX, "%s takes 1 argument, not %zu",
                    function->name, count);
    return apply(p, function, (int)primes, arg);
}

gf_expr gf_parse_name(gf_parser *p)
{
    char name[GF_NAME_MAX + 1];
    const gf_scope_entry *entry;
    const char *start = p->at;
    size_t length = gf_name_length(p->at), primes;
    gf_expr constant;

    if (length > GF_NAME_MAX)
        return FAIL(p, start, GF_LIMIT, "name longer than %d characters",
                    GF_NAME_MAX);
    memcpy(name, p->at, length);
    name[length] = '\0';
    p->at += length;
    primes = strspn(p->at, "'");
    entry = gf_scope_find(p->scope, name);
    if (primes && (!entry || !entry->parameter))
        return FAIL(p, p->at, GF_SYNTAX,
                    "a prime differentiates a function defined by let, and "
                    "'%s' is none",
                    name);
    if (primes > 16)
        return FAIL(p, p->at, GF_LIMIT, "more than 16 primes");
    p->at += primes;
    gf_skip_blanks(p);
    if (entry && !entry->parameter) {
        if (*p->at == '(')
            return FAIL(p, p->at, GF_SYNTAX,
                        "'%s' is not a function; for a product write '*' "
                        "here",
                        name);
        return entry->value;
    }
    constant = entry ? GF_EXPR_NONE : constant_named(p, name);
    if (constant || p->graph->failure)
        return constant;
    if (!entry && !is_function(name))
        return unknown_name(p, name, start);
    if (*p->at != '(')
        return FAIL(p, p->at, GF_SYNTAX, "expected '(' after the function %s",
                    name);
    return entry ? parse_user_call(p, entry, primes, start)
                 : parse_known_call(p, name, start);
}
