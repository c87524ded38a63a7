/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of nodes during one walk over a graph: a small hash map, so
   that a walk costs what it visits and not what the graph has. */
#ifndef GF_EXPR_MEMO_H
#define GF_EXPR_MEMO_H

#include "expr/node.h"

enum { GF_MEMO_INSIDE = 64 };

typedef struct gf_memo {
    gf_expr *key;    /* GF_EXPR_NONE: a free place */
    uint32_t *value; /* lies behind the keys */
    uint32_t count, capacity;
    gf_expr inside[2 * GF_MEMO_INSIDE];
} gf_memo;

void gf_memo_init(gf_memo *memo);
void gf_memo_clear(gf_memo *memo);
/* The value of e, 0 if it has none. */
uint32_t gf_memo_get(const gf_memo *memo, gf_expr e);
/* Gives e, which has none, a value.  False when memory runs out. */
bool gf_memo_set(gf_memo *memo, gf_expr e, uint32_t value);

#endif
