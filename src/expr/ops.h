/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The operators: one row each.  Parsing, printing, derivatives, evaluation at
 * a point, over an interval and in ball arithmetic all read this table, so a
 * new function is a new row (and its op in node.h).
 */
#ifndef GF_EXPR_OPS_H
#define GF_EXPR_OPS_H

#include "base/arb_headers.h"
#include "expr/interval.h"
#include "expr/node.h"

typedef struct gf_op_row {
    const char *name; /* as in a text; NULL for what has signs instead */
    int arity;        /* -1: any number */
    double (*value)(double x);
    double (*value2)(double x, double y);
    /* partial derivatives, as texts in x and y */
    const char *slope, *slope_y;
    const char *at_zero; /* f(0) as a text, NULL if not worth knowing */
    int parity;          /* -1 odd, 1 even, 0 neither */
    gf_op inverse;       /* f(inverse(x)) = x on all of its domain */
    void (*ball)(arb_t y, const arb_t x, slong precision);
    /* Monotone functions: direction, domain and range (ends not attained
       unless closed); others have `interval`. */
    int direction;
    double domain_lo, domain_hi;
    bool domain_closed;
    double range_lo, range_hi;
    gf_interval (*interval)(gf_interval x);
    bool kinked;
    const char *latex; /* macro before the argument */
} gf_op_row;

const gf_op_row *gf_op_row_of(gf_op op);
/* GF_OP_NONE if there is no function of this name. */
gf_op gf_op_find(const char *name);
/* All function names of the language, aliases included, for suggestions. */
extern const char *const gf_function_names[];
extern const size_t gf_function_name_count;

/* Over an interval, rigorously. */
gf_interval gf_op_interval(const gf_op_row *row, gf_interval x);
/* The tightest interval of doubles round a ball. */
gf_interval gf_interval_of_ball(const arb_t x);

#endif
