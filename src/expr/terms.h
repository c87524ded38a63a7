/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sum or a product collects: nodes with rational coefficients (or
   exponents), like ones added up. */
#ifndef GF_EXPR_TERMS_H
#define GF_EXPR_TERMS_H

#include "expr/node.h"

typedef struct gf_term {
    gf_expr rest;
    gf_expr whole; /* the term as it came, if it met no other */
    fmpq_t coefficient;
    bool restricted; /* a power that was defined for rest >= 0 only */
} gf_term;

typedef struct gf_terms {
    gf_term *item;
    size_t count, capacity;
} gf_terms;

void gf_terms_init(gf_terms *t);
void gf_terms_clear(gf_terms *t);
/* The new term, or NULL when memory runs out. */
gf_term *gf_terms_add(gf_terms *t, gf_graph *graph, gf_expr rest,
                      const fmpq_t coefficient);
/* Adds up the coefficients of equal rests; zero ones go, unless restricted. */
void gf_terms_merge(gf_terms *t, gf_graph *graph);

/* Sorts nodes, keeping the order of equals. */
void gf_sort(gf_expr *item, size_t count, gf_graph *graph,
             int (*order)(const gf_graph *, gf_expr, gf_expr));

#endif
