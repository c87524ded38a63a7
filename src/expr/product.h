/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A product being simplified, taken apart. */
#ifndef GF_EXPR_PRODUCT_H
#define GF_EXPR_PRODUCT_H

#include "expr/terms.h"

typedef struct gf_product {
    gf_graph *graph;
    fmpq_t number;
    gf_terms powers;   /* bases with exponents */
    gf_list exponents; /* terms of the exponent of e */
} gf_product;

/* Number, pi, and products and powers of such. */
bool gf_is_positive_constant(const gf_graph *graph, gf_expr e);
/* Takes the exponents off a power, as far as they may be multiplied.
   restricted: the power was defined for a base >= 0 only. */
gf_expr gf_split_power(fmpq_t exponent, bool *restricted, const gf_graph *graph,
                       gf_expr e);
/* base^c for base >= 0 only: where c is an integer, sqrt(base)^(2 c). */
gf_expr gf_restricted_power(gf_graph *graph, gf_expr base, const fmpq_t c);
/* v, if e is the sum 1 + exp(v); else GF_EXPR_NONE. */
gf_expr gf_logistic_argument(const gf_graph *graph, gf_expr e);
/* A power that is one of another base: (1 + exp(v))^-n = sigmoid(-v)^n,
   abs(v)^2 = v^2, cbrt(v)^3 = v; else GF_EXPR_NONE. */
gf_expr gf_changed_power(gf_graph *graph, gf_expr base, const fmpq_t exponent);

/* Merges sigmoid(u), sigmoid(-u) and exp(u). */
void gf_merge_logistic(gf_product *p);
/* Adds up the exponents of e; GF_EXPR_NONE if there are none. */
gf_expr gf_sum_exponents(gf_product *p);

/* Joins roots of positive constants of equal exponents: sqrt(2)*sqrt(pi) is
   sqrt(2*pi).  Were there some? */
bool gf_join_roots(gf_graph *graph, gf_list *factors);
/* Moves what the number shares with such a root there: 2/sqrt(2) = sqrt(2),
   sqrt(2)/2 = 1/sqrt(2). */
void gf_share_roots(gf_product *p, gf_list *factors);
/* Has e, as a product, a root of a positive constant? */
bool gf_has_root(const gf_graph *graph, gf_expr e);
/* e with its square roots of rationals as such of integers; the coefficient
   takes up the rest.  By it terms find their like. */
gf_expr gf_root_key(gf_graph *graph, fmpq_t coefficient, gf_expr e);
/* b^r for a positive rational b and a broken r: b^n c^(q f) d^f with r = n + f,
   b = c^q d; d = 1 means no root is left. */
gf_expr gf_root_of_number(gf_graph *graph, gf_expr base, gf_expr exponent);

#endif
