/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Functions of one variable cut at their kinks: on every piece each abs, min,
 * max, sign and step is replaced by the branch that holds there, so that the
 * piece is smooth and may be differentiated at its ends from inside.
 */
#ifndef GF_EXPR_PIECES_H
#define GF_EXPR_PIECES_H

#include "expr/chart.h"

enum { GF_PIECE_EXPRS = 3 };

typedef struct gf_piece {
    double lo, hi;              /* inner bounds */
    gf_expr lo_exact, hi_exact; /* the kink there, if it is one and named */
    gf_expr e[GF_PIECE_EXPRS];
} gf_piece;

typedef struct gf_pieces {
    gf_piece *item; /* from left to right */
    size_t count, capacity;
    bool complete; /* they cover all but the kinks between them */
} gf_pieces;

/* What decides the branch of a kinked node: its sign; and the branch. */
gf_expr gf_kink_switch(gf_graph *graph, gf_expr node);
gf_expr gf_kink_branch(gf_graph *graph, gf_expr node, int sign);

void gf_pieces_init(gf_pieces *pieces);
void gf_pieces_clear(gf_pieces *pieces);
/* Cuts e[0..2], functions of x alone, on (lo, hi). */
gf_status gf_pieces_make(gf_pieces *pieces, gf_graph *graph,
                         const gf_expr e[GF_PIECE_EXPRS], gf_expr x, double lo,
                         double hi, gf_budget *budget,
                         gf_error *error) GF_CHECKED;

#endif
