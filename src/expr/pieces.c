/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/pieces.h"

#include <stdlib.h>
#include <string.h>

enum { CUTS_MAX = 12, PIECES_MAX = 128 };

typedef struct cutting {
    gf_pieces *pieces;
    gf_graph *graph;
    gf_expr x;
    gf_budget *budget;
    gf_error *error;
    bool apart; /* the next piece does not continue the last one */
} cutting;

void gf_pieces_init(gf_pieces *pieces)
{
    *pieces = (gf_pieces){.complete = true};
}

void gf_pieces_clear(gf_pieces *pieces)
{
    free(pieces->item);
    gf_pieces_init(pieces);
}

/* Two pieces with the same functions meet at no kink. */
static bool continues(const gf_piece *left, const gf_piece *right)
{
    return memcmp(left->e, right->e, sizeof left->e) == 0;
}

static gf_status add_piece(cutting *c, const gf_piece *piece)
{
    gf_pieces *pieces = c->pieces;

    if (pieces->count && !c->apart &&
        continues(&pieces->item[pieces->count - 1], piece) &&
        pieces->item[pieces->count - 1].hi_exact == piece->lo_exact) {
        pieces->item[pieces->count - 1].hi = piece->hi;
        pieces->item[pieces->count - 1].hi_exact = piece->hi_exact;
        return GF_OK;
    }
    if (pieces->count >= PIECES_MAX) {
        pieces->complete = false;
        return GF_OK;
    }
    if (pieces->count == pieces->capacity) {
        size_t wanted = pieces->capacity ? pieces->capacity * 2 : 4;
        gf_piece *moved = realloc(pieces->item, wanted * sizeof *moved);
        if (!moved)
            return gf_error_set(c->error, GF_MEMORY, "out of memory");
        pieces->item = moved;
        pieces->capacity = wanted;
    }
    pieces->item[pieces->count++] = *piece;
    c->apart = false;
    return GF_OK;
}

/* The innermost kinked node below e that depends on x; nodes are older than
   what contains them, so the smallest number is innermost. */
static gf_expr first_kink(const cutting *c, gf_expr e)
{
    for (gf_expr i = 1; i <= e; i++)
        if (gf_is_kinked(gf_op_of(c->graph, i)) &&
            gf_expr_depends(c->graph, i, c->x) &&
            gf_expr_depends(c->graph, e, i))
            return i;
    return GF_EXPR_NONE;
}

gf_expr gf_kink_switch(gf_graph *graph, gf_expr node)
{
    gf_expr a = gf_arg(graph, node, 0);

    if (gf_arg_count(graph, node) == 1)
        return a;
    return gf_expr_simplify(
        graph, gf_expr_difference(graph, a, gf_arg(graph, node, 1)));
}

gf_expr gf_kink_branch(gf_graph *graph, gf_expr node, int sign)
{
    gf_expr a = gf_arg(graph, node, 0);

    switch (gf_op_of(graph, node)) {
    case GF_OP_ABS:
        return sign < 0 ? gf_expr_negative(graph, a) : a;
    case GF_OP_SIGN:
        return gf_expr_rational(graph, sign, 1);
    case GF_OP_STEP:
        return gf_expr_rational(graph, sign + 1, 2);
    case GF_OP_MIN:
        return sign < 0 ? a : gf_arg(graph, node, 1);
    default:
        return sign < 0 ? gf_arg(graph, node, 1) : a;
    }
}

static gf_status cut(cutting *c, gf_piece piece, int depth);

static gf_status cut_side(cutting *c, gf_piece piece, gf_expr node, int sign,
                          int depth)
{
    gf_expr value = gf_kink_branch(c->graph, node, sign);

    for (size_t i = 0; i < GF_PIECE_EXPRS; i++)
        piece.e[i] = gf_expr_substitute(c->graph, piece.e[i], node, value);
    return cut(c, piece, depth + 1);
}

static bool is_jump(gf_op op)
{
    return op == GF_OP_SIGN || op == GF_OP_STEP;
}

static gf_status cut_at(cutting *c, gf_piece piece, gf_expr node, int depth)
{
    gf_chart chart;
    gf_piece part = piece;
    gf_status status;

    gf_chart_init(&chart);
    status =
        gf_chart_make(&chart, c->graph, gf_kink_switch(c->graph, node), c->x,
                      piece.lo, piece.hi, NULL, 0, c->budget, c->error);
    if (status == GF_OK && chart.zero)
        status = cut_side(c, piece, node, 0, depth);
    for (size_t i = 0; i < chart.count && status == GF_OK; i++) {
        const gf_cell *cell = &chart.cell[i];
        if (cell->is_root) { /* where a jump has a value of its own */
            c->apart = c->apart || is_jump(gf_op_of(c->graph, node));
            continue;
        }
        if (cell->sign == 0) {
            c->pieces->complete = false;
            c->apart = true;
            continue;
        }
        part.lo = cell->lo;
        part.hi = cell->hi;
        part.lo_exact = i ? chart.cell[i - 1].root.exact : piece.lo_exact;
        part.hi_exact =
            i + 1 < chart.count ? chart.cell[i + 1].root.exact : piece.hi_exact;
        status = cut_side(c, part, node, cell->sign, depth);
    }
    gf_chart_clear(&chart);
    return status;
}

static gf_status cut(cutting *c, gf_piece piece, int depth)
{
    gf_expr node = GF_EXPR_NONE;

    if (c->graph->failure)
        return gf_graph_check(c->graph, c->error);
    for (size_t i = 0; i < GF_PIECE_EXPRS && !node; i++)
        node = first_kink(c, piece.e[i]);
    if (!node)
        return add_piece(c, &piece);
    if (depth >= CUTS_MAX) {
        c->pieces->complete = false;
        c->apart = true;
        return GF_OK;
    }
    return cut_at(c, piece, node, depth);
}

gf_status gf_pieces_make(gf_pieces *pieces, gf_graph *graph,
                         const gf_expr e[GF_PIECE_EXPRS], gf_expr x, double lo,
                         double hi, gf_budget *budget, gf_error *error)
{
    cutting c = {.pieces = pieces,
                 .graph = graph,
                 .x = x,
                 .budget = budget,
                 .error = error};
    gf_piece whole = {.lo = lo, .hi = hi};

    gf_pieces_clear(pieces);
    for (size_t i = 0; i < GF_PIECE_EXPRS; i++)
        whole.e[i] = gf_expr_simplify(graph, e[i]);
    return cut(&c, whole, 0);
}
