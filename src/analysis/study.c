/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study.h"

#include <math.h>
#include <stdlib.h>

#include "expr/polish.h"
#include "expr/tape.h"

/* Bits of a D0 without a name. */
enum { NEAR = 200 };

/* D0 as a rational so near that no double can tell: used only where D0 has no
   exact name. */
static gf_expr nearest_rational(gf_graph *graph, const arb_t ball)
{
    gf_expr e;
    fmpq_t q;

    fmpq_init(q);
    arf_get_fmpq(q, arb_midref(ball));
    e = gf_number_q(graph, q);
    fmpq_clear(q);
    return e;
}

/* Encloses D0; without an exact name it counts as known only if it is known to
   many digits. */
static gf_status place_d0(gf_study *s)
{
    const gf_study_piece *home = gf_study_home(s);
    gf_smooth f;
    gf_status status = gf_smooth_init(&f, s->graph, home ? home->balance : s->x,
                                      s->x, s->error);

    if (status == GF_OK)
        gf_root_ball(s->d0_ball, &f, &s->d0);
    gf_smooth_clear(&f);
    if (s->d0_expr || status)
        return status;
    s->d0_expr = nearest_rational(s->graph, s->d0_ball);
    for (size_t i = 0; i < s->count; i++)
        if (arb_rel_accuracy_bits(s->d0_ball) < NEAR)
            s->piece[i].has_d0 = s->complete = s->covered = false;
    return GF_OK;
}

static void derive_piece(const gf_study *s, gf_study_piece *p)
{
    gf_graph *graph = s->graph;

    p->d1 = gf_expr_derive(graph, p->f1, s->x);
    p->d2 = gf_expr_derive(graph, p->f2, s->x);
    p->d3 = gf_expr_derive(graph, p->f3, s->x);
    p->balance = gf_expr_simplify(graph, gf_expr_sum(graph, p->d1, p->d2));
}

gf_status gf_study_chart(gf_chart *chart, const gf_study *s,
                         const gf_study_piece *p, gf_expr e, int order)
{
    gf_root known = s->d0;

    known.order = order;
    return gf_chart_make(chart, s->graph, e, s->x, p->lo, p->hi, &known,
                         order && p->has_d0 ? 1 : 0, s->budget, s->error);
}

static gf_status chart_piece(gf_study *s, gf_study_piece *p)
{
    gf_status status;

    p->g = gf_expr_simplify(s->graph,
                            gf_expr_difference(s->graph, p->f3, s->level));
    status = gf_study_chart(&p->chart_g, s, p, p->g, 1);
    if (status == GF_OK)
        status = gf_study_chart(&p->chart_s, s, p, p->balance, 1);
    if (status == GF_OK)
        status = gf_study_chart(&p->chart_d2, s, p, p->d2, 0);
    return status;
}

static gf_status make_pieces(gf_study *s)
{
    const gf_field *field = s->field;
    gf_expr f[GF_PIECE_EXPRS];
    gf_pieces pieces;
    gf_status status;

    for (size_t i = 0; i < GF_PIECE_EXPRS; i++)
        f[i] = gf_field_bind(field, field->f[i]);
    gf_pieces_init(&pieces);
    status = gf_pieces_make(&pieces, s->graph, f, s->x, field->domain[0].lo,
                            field->domain[0].hi, s->budget, s->error);
    s->complete = s->covered = pieces.complete;
    s->piece = calloc(pieces.count ? pieces.count : 1, sizeof *s->piece);
    if (status == GF_OK && !s->piece)
        status = gf_error_set(s->error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i < pieces.count && status == GF_OK; i++) {
        const gf_piece *from = &pieces.item[i];
        gf_study_piece *to = &s->piece[s->count++];
        *to = (gf_study_piece){.lo = from->lo,
                               .hi = from->hi,
                               .lo_exact = from->lo_exact,
                               .hi_exact = from->hi_exact,
                               .f1 = from->e[0],
                               .f2 = from->e[1],
                               .f3 = from->e[2]};
        gf_chart_init(&to->chart_g);
        gf_chart_init(&to->chart_s);
        gf_chart_init(&to->chart_d2);
        to->has_d0 = s->d0.lo > to->lo && s->d0.hi < to->hi;
        derive_piece(s, to);
    }
    gf_pieces_clear(&pieces);
    return status;
}

gf_status gf_study_init(gf_study *s, const gf_field *field, gf_budget *budget,
                        gf_error *error)
{
    const gf_equilibrium *eq = &field->equilibrium;
    gf_status status;

    *s = (gf_study){.field = field,
                    .graph = field->graph,
                    .x = field->axis[0],
                    .p_d = field->parameter[field->p_d].value,
                    .p_d_number = field->parameter[field->p_d].number,
                    .a = field->speed[0],
                    .b = field->speed[1],
                    .d0 = {.value = eq->d0,
                           .lo = eq->d0_lo,
                           .hi = eq->d0_hi,
                           .exact = eq->exact,
                           .order = 1},
                    .d0_expr = eq->exact,
                    .budget = budget,
                    .error = error};
    arb_init(s->d0_ball);
    status = make_pieces(s);
    if (status == GF_OK)
        status = place_d0(s);
    if (status == GF_OK) {
        s->level = gf_expr_substitute(
            s->graph, gf_field_bind(field, field->f[2]), s->x, s->d0_expr);
        for (size_t i = 0; i < s->count && status == GF_OK; i++) {
            status = chart_piece(s, &s->piece[i]);
            s->complete = s->complete && s->piece[i].chart_g.complete &&
                          s->piece[i].chart_s.complete &&
                          s->piece[i].chart_d2.complete;
        }
    }
    return status ? status : gf_graph_check(s->graph, error);
}

void gf_study_clear(gf_study *s)
{
    for (size_t i = 0; i < s->count; i++) {
        gf_chart_clear(&s->piece[i].chart_g);
        gf_chart_clear(&s->piece[i].chart_s);
        gf_chart_clear(&s->piece[i].chart_d2);
    }
    free(s->piece);
    arb_clear(s->d0_ball);
    *s = (gf_study){.field = NULL};
}

const gf_study_piece *gf_study_home(const gf_study *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->piece[i].has_d0)
            return &s->piece[i];
    return NULL;
}

gf_sign gf_study_sign(double *value, const gf_study *s, gf_expr e)
{
    gf_expr at = gf_study_at_d0(s, e);
    gf_sign sign = GF_SIGN_UNKNOWN;
    gf_tape *tape;
    arb_t y;

    *value = gf_expr_value(s->graph, at);
    if (s->d0.exact)
        return gf_sign_of(s->graph, at);
    if (gf_tape_new(&tape, s->graph, &e, 1, &s->x, 1, NULL) != GF_OK)
        return GF_SIGN_UNKNOWN;
    arb_init(y);
    if (gf_tape_ball(y, tape, s->d0_ball, GF_TAPE_PRECISION) == GF_OK)
        sign = gf_sign_of_ball(y);
    arb_clear(y);
    gf_tape_free(tape);
    return sign;
}

gf_expr gf_study_at_d0(const gf_study *s, gf_expr e)
{
    return gf_expr_substitute(s->graph, e, s->x, s->d0_expr);
}
