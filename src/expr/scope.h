/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_EXPR_SCOPE_H
#define GF_EXPR_SCOPE_H

#include "expr/node.h"

/* How many definitions a text may have, and how long a name may be. */
enum { GF_SCOPE_MAX = 256, GF_NAME_MAX = 63 };

typedef struct gf_scope_entry {
    char name[GF_NAME_MAX + 1];
    gf_expr value;     /* of a symbol, or a function's body */
    gf_expr parameter; /* a function's bound symbol; GF_EXPR_NONE if none */
} gf_scope_entry;

const gf_scope_entry *gf_scope_find(const gf_scope *scope, const char *name);
/* The known name nearest to `name`, or NULL. */
const char *gf_scope_nearest(const gf_scope *scope, const char *name);
/* Length of the name at the start of text, 0 if none. */
size_t gf_name_length(const char *text);

/* A stretch of a longer text: errors are placed in the whole. */
typedef struct gf_source {
    const char *text;
    size_t length;
    size_t begin; /* where the expression starts */
} gf_source;

gf_status gf_expr_parse_source(gf_expr *out, const gf_scope *scope,
                               gf_source source, gf_error *error) GF_CHECKED;

/* E f(mean + spread xi), xi standard normal: f's body with its parameter. */
gf_expr gf_gauss(gf_graph *graph, gf_expr body, gf_expr parameter, gf_expr mean,
                 gf_expr spread);
/* e with symbol replaced by value, not simplified. */
gf_expr gf_replace(gf_graph *graph, gf_expr e, gf_expr symbol, gf_expr value);

#endif
