/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The distance F = (D - D0)^2/(2a) + (p_g - p_d)^2/(2b) (docs/theory.md,
 * section 2b): dF/dt = p_d A(D) + p_g B(D),
 *
 *     A = (D - D0) f1' - g        B = (D - D0) f2' + g
 *
 * F never grows while p_g >= 0 if A <= 0 and B <= 0 on the domain.
 */
#include "analysis/corner.h"
#include "analysis/energy.h"

/* Known order of the root of A and B at D0: A' = f1' - f3' and B' = f2' + f3'
   vanish there together, for f1' + f2' = 0. */
static int order_at_d0(const gf_study *s, const gf_study_piece *p)
{
    gf_graph *graph = s->graph;
    gf_expr slope = gf_expr_sum(graph, p->d2, p->d3);

    if (s->field->equilibrium.exact)
        return 1; /* the chart finds the rest symbolically */
    return gf_expr_is_zero(graph, slope) == GF_YES ? 2 : 1;
}

typedef struct finding {
    bool positive, open, zero;
} finding;

static gf_status judge(finding *f, const gf_study *s, const gf_study_piece *p,
                       gf_expr e)
{
    gf_chart chart;
    gf_status status;

    gf_chart_init(&chart);
    status = gf_study_chart(&chart, s, p, e, order_at_d0(s, p));
    f->zero = f->zero && chart.zero;
    for (size_t i = 0; i < chart.count; i++) {
        f->positive = f->positive || chart.cell[i].sign > 0;
        f->open =
            f->open || (!chart.cell[i].is_root && chart.cell[i].sign == 0);
    }
    gf_chart_clear(&chart);
    return status;
}

static gf_verdict verdict(const finding *f)
{
    return f->positive ? GF_NO : f->open ? GF_UNKNOWN : GF_YES;
}

/* A, or B, on a piece. */
static gf_expr form(const gf_study *s, const gf_study_piece *p, bool is_a)
{
    gf_graph *graph = s->graph;
    gf_expr away = gf_expr_difference(graph, s->x, s->d0_expr);
    gf_expr e = gf_expr_product(graph, away, is_a ? p->d1 : p->d2);

    e = is_a ? gf_expr_difference(graph, e, p->g) : gf_expr_sum(graph, e, p->g);
    return gf_expr_simplify(graph, e);
}

/* The gap that the enclosure of a kink leaves between two pieces. */
static gf_status judge_gap(finding *f, const gf_study *s, const gf_corner *c,
                           bool is_a)
{
    gf_status status = GF_OK;

    for (int i = 0; i < 2 && c->lo < c->hi && status == GF_OK; i++) {
        gf_expr e = c->side[i] ? form(s, c->side[i], is_a) : GF_EXPR_NONE;
        int sign;
        if (!e || gf_expr_is_zero(s->graph, e) == GF_YES)
            continue;
        status = gf_corner_sign(&sign, s, c, e);
        f->open = f->open || sign >= 0;
    }
    return status;
}

static gf_status judge_all(finding *f, const gf_study *s, bool is_a)
{
    gf_corner corner;
    gf_status status = GF_OK;

    *f = (finding){.zero = true, .open = !s->covered};
    for (size_t i = 0; i < s->count && status == GF_OK; i++)
        status = judge(f, s, &s->piece[i], form(s, &s->piece[i], is_a));
    for (size_t i = 0; i < gf_corner_count(s) && status == GF_OK; i++)
        if (gf_corner_at(&corner, s, i))
            status = judge_gap(f, s, &corner, is_a);
    return status;
}

gf_status gf_distance_make(gf_distance *d, const gf_study *s)
{
    finding a, b;
    gf_status status = judge_all(&a, s, true);

    if (status == GF_OK)
        status = judge_all(&b, s, false);
    if (status)
        return status;
    d->a = verdict(&a);
    d->b = verdict(&b);
    d->conserved = a.zero && b.zero && s->covered ? GF_YES
                   : a.open || b.open             ? GF_UNKNOWN
                                                  : GF_NO;
    d->decided = a.zero && b.zero ? GF_DECIDED_SYMBOLIC
                 : d->a != GF_UNKNOWN || d->b != GF_UNKNOWN
                     ? GF_DECIDED_INTERVAL
                     : GF_DECIDED_NONE;
    return GF_OK;
}
