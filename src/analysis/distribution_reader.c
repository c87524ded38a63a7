/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places, failures and numbers in the text of a distribution. */
#include "analysis/distribution_read.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* --- places and failures ----------------------------------------------- */

gf_status gf_reader_fail(gf_reader *r, gf_status status, const char *where,
                         const char *format, ...)
{
    char message[400];
    va_list list;

    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    gf_error_set(r->error, status, "%s", message);
    gf_error_place(r->error, r->text, strlen(r->text),
                   (size_t)(where - r->text));
    return status;
}

/* Gives a failure inside of an argument its place in the whole text. */
gf_status gf_reader_fail_inside(gf_reader *r, gf_status status,
                                const char *argument)
{
    size_t length = strlen(r->text), offset = 0;
    gf_error *error = r->error;

    if (!error)
        return status;
    if (error->line == 0)
        gf_error_place(error, r->text, length, (size_t)(argument - r->text));
    if (error->line != 1)
        return status;
    for (size_t i = 1; i < error->column && offset < length; i++)
        offset += gf_utf8_step(r->text + offset, length - offset);
    gf_error_place(error, r->text, length, offset);
    return status;
}

void gf_reader_skip(gf_reader *r)
{
    r->at += strspn(r->at, " \t\r\n");
}

gf_status gf_reader_expect(gf_reader *r, char wanted)
{
    gf_reader_skip(r);
    if (*r->at == wanted) {
        r->at++;
        return GF_OK;
    }
    if (*r->at == '\0')
        return gf_reader_fail(r, GF_SYNTAX, r->at, "missing '%c'", wanted);
    return gf_reader_fail(r, GF_SYNTAX, r->at, "expected '%c'", wanted);
}

/* --- expressions ------------------------------------------------------- */

/* The bytes up to a ',' or ')' outside of parentheses. */
size_t gf_argument_length(const char *text)
{
    size_t length = 0;
    int depth = 0;

    for (; text[length]; length++) {
        char c = text[length];
        if (depth == 0 && (c == ',' || c == ')'))
            break;
        depth += (c == '(') - (c == ')');
    }
    return length;
}

/* The expression in the next bytes of the text. */
gf_status gf_reader_expr(gf_expr *out, gf_reader *r, const gf_scope *scope,
                         size_t length)
{
    size_t begin = (size_t)(r->at - r->text);
    char *copy = strndup(r->text, begin + length);
    gf_status status;

    if (!copy)
        return gf_error_set(r->error, GF_MEMORY, "out of memory");
    status = gf_expr_parse_source(
        out, scope, (gf_source){copy, strlen(copy), begin}, r->error);
    free(copy);
    if (status)
        return gf_reader_fail_inside(r, status, r->at);
    r->at += length;
    return GF_OK;
}

/* A constant expression of so many bytes; infinite ones too. */
gf_status gf_reader_constant(double *out, gf_reader *r, size_t length)
{
    gf_graph *graph = gf_graph_new();
    gf_expr e = GF_EXPR_NONE;
    const char *begin = r->at;
    gf_scope scope;
    gf_status status;

    if (!graph)
        return gf_error_set(r->error, GF_MEMORY, "out of memory");
    gf_scope_init(&scope, graph);
    status = gf_reader_expr(&e, r, &scope, length);
    if (!status)
        *out = gf_expr_value(graph, e);
    if (!status && isnan(*out))
        status = gf_reader_fail(r, GF_ARGUMENT, begin + strspn(begin, " \t"),
                                "this is no number");
    gf_scope_clear(&scope);
    gf_graph_free(graph);
    return status;
}

gf_status gf_reader_number(double *out, gf_reader *r)
{
    gf_reader_skip(r);
    return gf_reader_constant(out, r, gf_argument_length(r->at));
}

gf_status gf_reader_finite(double *out, gf_reader *r)
{
    const char *begin;
    gf_status status;

    gf_reader_skip(r);
    begin = r->at;
    status = gf_reader_number(out, r);
    if (!status && !isfinite(*out))
        return gf_reader_fail(r, GF_ARGUMENT, begin, "must be finite");
    return status;
}
