/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dominant term of a sum on an unbounded stretch; see smooth.h. */
#ifndef GF_EXPR_DOMINANCE_H
#define GF_EXPR_DOMINANCE_H

#include "expr/smooth.h"

/* smooth.c */
/* A tape over an interval, its work counted. */
void gf_smooth_read(gf_interval *out, gf_smooth *f, const gf_tape *tape,
                    gf_interval x);
gf_tape *gf_smooth_compile(gf_smooth *f, gf_expr e);
gf_expr gf_tail_form(gf_graph *graph, gf_expr e, gf_expr symbol);

/* Prepares f->far[m] for the terms of e; leaves it NULL where e is no short
   sum. */
void gf_dominance_make(gf_smooth *f, int m, gf_expr e);
void gf_dominance_free(gf_dominance *d, size_t count);
/* The enclosure over an unbounded x. */
gf_interval gf_dominance_at(gf_smooth *f, int m, gf_interval x);

#endif
