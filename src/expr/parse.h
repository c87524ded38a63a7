/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two files of the parser share. */
#ifndef GF_EXPR_PARSE_H
#define GF_EXPR_PARSE_H

#include "expr/scope.h"

typedef struct gf_parser {
    const gf_scope *scope;
    gf_graph *graph;
    gf_source source;
    const char *at;
    int depth;
    gf_status status;
    gf_error *error;
} gf_parser;

void gf_skip_blanks(gf_parser *p);
/* Fails once, with the place; the message is already in p->error. */
gf_expr gf_parse_fail_at(gf_parser *p, gf_status status, const char *where);

#define FAIL(p, where, status_, ...)                                           \
    ((p)->status == GF_OK                                                      \
         ? gf_parse_fail_at(                                                   \
               (p), gf_error_set((p)->error, (status_), __VA_ARGS__), (where)) \
         : GF_EXPR_NONE)

gf_expr gf_parse_sum(gf_parser *p);
/* A name at p->at and what belongs to it: a constant, a symbol, a call. */
gf_expr gf_parse_name(gf_parser *p);

#endif
