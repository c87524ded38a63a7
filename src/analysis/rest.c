/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rest points of a pointwise field: every root D* of f3(D) = f3(D0) with
 * f2'(D*) != 0 gives p_g* = pi(D*) = -p_d f1'(D*)/f2'(D*); at D0 this is p_d.
 * Where f2'(D*) = 0 and p_d f1'(D*) = 0 every p_g is at rest: a line.
 */
#include "analysis/rest.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/corner.h"
#include "analysis/locus.h"
#include "expr/tape.h"

gf_rest_point gf_rest_empty(void)
{
    gf_rest_point p = {.d = NAN,
                       .margin = NAN,
                       .lyapunov = NAN,
                       .wanted = GF_UNKNOWN,
                       .physical = GF_UNKNOWN,
                       .type = GF_TYPE_UNDECIDED,
                       .stability = GF_STABILITY_UNKNOWN,
                       .evidence = GF_EVIDENCE_NONE,
                       .smooth = true};

    return p;
}

gf_status gf_rest_add(gf_classification *c, const gf_rest_point *point,
                      gf_error *error)
{
    gf_rest_point *moved = realloc(c->point, (c->count + 1) * sizeof *c->point);

    if (!moved)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    c->point = moved;
    c->point[c->count++] = *point;
    return GF_OK;
}

/* A point at p_g = p_d of a line of rest points; along (0, 0): where dD/dt
   stays 0.  Its spectrum is that of the point, its type the line's. */
static gf_status add_on_line(gf_classification *c, gf_locus *site,
                             gf_vec2 along, const char *note)
{
    gf_rest_point point;
    gf_mat2 *j = &point.spectrum.jacobian;
    gf_status status;

    site->p_exact = site->s->p_d;
    gf_expr_ball(site->p, site->s->graph, site->p_exact, 200);
    point = gf_locus_place(site);
    point.line = true;
    status = gf_locus_judge(&point, site);
    if (along.x == 0 && along.y == 0) {
        double size = hypot(j->xx, j->xy);
        along = (gf_vec2){fabs(j->xy) / size,
                          (j->xy < 0 ? j->xx : -j->xx) / size + 0.0};
    }
    point.along = along;
    point.type = GF_TYPE_LINE;
    if (along.x == 0) /* p_g = p_d is one among them, none is singled out */
        point.wanted = GF_NO;
    if (point.evidence != GF_EVIDENCE_LINEARISATION) {
        point.stability = GF_STABILITY_UNKNOWN;
        point.evidence = GF_EVIDENCE_NONE;
    }
    snprintf(point.note, sizeof point.note, "%s", note);
    return status ? status : gf_rest_add(c, &point, site->s->error);
}

/* f2'(D*) = 0: a line if p_d f1'(D*) = 0 too, else no rest point. */
static gf_status add_line(gf_classification *c, gf_locus *site)
{
    gf_sign drift = gf_sign_of(site->s->graph, site->s->p_d);

    if (drift != GF_SIGN_ZERO)
        drift = gf_locus_sign(site, site->piece->d1);
    if (drift == GF_SIGN_UNKNOWN)
        c->complete = GF_UNKNOWN;
    if (drift != GF_SIGN_ZERO)
        return GF_OK;
    if (site->is_d0) /* no single rest point at D0 */
        c->verdict = GF_OUTCOME_NONE;
    return add_on_line(
        c, site, (gf_vec2){0, 1},
        "every p_g is at rest on this line: f1' = f2' = 0 there");
}

/* At rest there with p_g* = pi(D*): not if that is nowhere finite. */
static gf_status add_site(gf_classification *c, gf_locus *site)
{
    gf_rest_point point;
    gf_status status = gf_locus_find_p(site);

    if (status)
        return status;
    point = gf_locus_place(site);
    if (!isfinite(point.at.y)) {
        c->complete = GF_UNKNOWN;
        return GF_OK;
    }
    status = gf_locus_judge(&point, site);
    return status ? status : gf_rest_add(c, &point, site->s->error);
}

static gf_status add_root(gf_classification *c, const gf_study *s,
                          const gf_study_piece *piece, const gf_root *root)
{
    gf_sign slope;
    gf_locus site;
    gf_status status = gf_locus_init(&site, s, piece, root);

    if (status == GF_OK) {
        slope = gf_locus_sign(&site, piece->d2);
        if (slope == GF_SIGN_UNKNOWN)
            c->complete = GF_UNKNOWN;
        if (slope == GF_SIGN_ZERO)
            status = add_line(c, &site);
        else if (site.is_d0 || slope != GF_SIGN_UNKNOWN)
            status = add_site(c, &site);
    }
    gf_locus_clear(&site);
    return status;
}

/* D0 is at rest with p_g = p_d even where the chart of g did not get to it. */
static gf_status add_d0(gf_classification *c, const gf_study *s)
{
    const gf_study_piece *home = gf_study_home(s);
    bool defined;
    arb_t level;

    if (!home || home->chart_g.zero)
        return GF_OK;
    for (size_t i = 0; i < home->chart_g.count; i++) {
        const gf_cell *cell = &home->chart_g.cell[i];
        if (cell->is_root && cell->root.lo <= s->d0.hi &&
            cell->root.hi >= s->d0.lo)
            return GF_OK;
    }
    arb_init(level);
    gf_expr_ball(level, s->graph, s->level, GF_TAPE_PRECISION);
    defined = arb_is_finite(level);
    arb_clear(level);
    return defined ? add_root(c, s, home, &s->d0) : GF_OK;
}

/* --- g identically zero ------------------------------------------------ */

/* f3 constant on a piece: the curve p_g = pi(D) is at rest. */
static gf_status add_curve(gf_classification *c, const gf_study *s,
                           const gf_study_piece *piece)
{
    gf_locus site;
    gf_status status;

    if (!piece->has_d0) {
        c->complete = GF_UNKNOWN;
        return GF_OK;
    }
    status = gf_locus_init(&site, s, piece, &s->d0);
    if (status == GF_OK)
        status = add_on_line(c, &site, (gf_vec2){0, 0},
                             "f3 is constant here: every point of the "
                             "curve p_g = -p_d f1'(D)/f2'(D) is at rest");
    gf_locus_clear(&site);
    return status;
}

static int by_coordinate(const void *a, const void *b)
{
    const gf_rest_point *p = a, *q = b;

    if ((p->wanted == GF_YES) != (q->wanted == GF_YES))
        return p->wanted == GF_YES ? -1 : 1;
    return (p->at.x > q->at.x) - (p->at.x < q->at.x);
}

gf_status gf_rest_pointwise(gf_classification *c, const gf_study *s)
{
    gf_corner corner;
    gf_status status = GF_OK;

    c->complete = s->complete ? GF_YES : GF_UNKNOWN;
    for (size_t i = 0; i < s->count && status == GF_OK; i++) {
        const gf_study_piece *piece = &s->piece[i];
        if (piece->chart_g.zero)
            status = add_curve(c, s, piece);
        for (size_t k = 0; k < piece->chart_g.count && status == GF_OK; k++)
            if (piece->chart_g.cell[k].is_root)
                status = add_root(c, s, piece, &piece->chart_g.cell[k].root);
    }
    for (size_t i = 0; i < gf_corner_count(s) && status == GF_OK; i++)
        if (gf_corner_at(&corner, s, i))
            status = gf_rest_corner(c, s, &corner);
    if (status == GF_OK)
        status = add_d0(c, s);
    if (c->count)
        qsort(c->point, c->count, sizeof *c->point, by_coordinate);
    return status;
}
