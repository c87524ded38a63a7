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

#include "analysis/locus.h"

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

/* f2'(D*) = 0: a line if p_d f1'(D*) = 0 too, else no rest point. */
static gf_status add_line(gf_classification *c, const gf_locus *site)
{
    gf_rest_point point;
    gf_sign drift = gf_sign_of(site->s->graph, site->s->p_d);

    if (drift != GF_SIGN_ZERO)
        drift = gf_locus_sign(site, site->piece->d1);
    if (drift == GF_SIGN_UNKNOWN)
        c->complete = GF_UNKNOWN;
    if (drift != GF_SIGN_ZERO)
        return GF_OK;
    point = gf_locus_place(site);
    point.at.y = site->s->p_d_number;
    point.line = true;
    point.along = (gf_vec2){0, 1};
    point.type = GF_TYPE_LINE;
    point.wanted = GF_NO;
    point.physical = GF_UNKNOWN;
    snprintf(point.note, sizeof point.note,
             "every p_g is at rest on this line: f1' = f2' = 0 there");
    return gf_rest_add(c, &point, site->s->error);
}

static gf_status add_root(gf_classification *c, const gf_study *s,
                          const gf_study_piece *piece, const gf_root *root)
{
    gf_rest_point point;
    gf_sign slope;
    gf_locus site;
    gf_status status = gf_locus_init(&site, s, piece, root);

    if (status == GF_OK) {
        slope = gf_locus_sign(&site, piece->d2);
        if (slope == GF_SIGN_UNKNOWN)
            c->complete = GF_UNKNOWN;
        else if (slope == GF_SIGN_ZERO)
            status = add_line(c, &site);
        else
            status = gf_locus_find_p(&site);
        if (status == GF_OK && abs(slope) == 1) {
            point = gf_locus_place(&site);
            status = gf_locus_judge(&point, &site);
            if (status == GF_OK)
                status = gf_rest_add(c, &point, s->error);
        }
    }
    gf_locus_clear(&site);
    return status;
}

/* --- g identically zero, kinks ----------------------------------------- */

/* f3 constant on a piece: the curve p_g = pi(D) is at rest. */
static gf_status add_curve(gf_classification *c, const gf_study *s,
                           const gf_study_piece *piece)
{
    gf_rest_point point = gf_rest_empty();

    if (!piece->has_d0) {
        c->complete = GF_UNKNOWN;
        return GF_OK;
    }
    point.at = (gf_vec2){s->d0.value, s->p_d_number};
    point.d = gf_field_d(s->field, point.at.x);
    point.line = true;
    point.type = GF_TYPE_LINE;
    point.wanted = GF_YES;
    point.along = (gf_vec2){1, NAN};
    snprintf(point.note, sizeof point.note,
             "f3 is constant here: every point of the curve "
             "p_g = -p_d f1'(D)/f2'(D) is at rest");
    return gf_rest_add(c, &point, s->error);
}

static void one_sided(gf_mat2 *out, const gf_study *s,
                      const gf_study_piece *piece, gf_expr at, double p)
{
    gf_graph *graph = s->graph;
    gf_expr d11 = gf_expr_derive(graph, piece->d1, s->x);
    gf_expr d22 = gf_expr_derive(graph, piece->d2, s->x);
    double f11, f22, f2, f3;

    f11 = gf_expr_value(graph, gf_expr_substitute(graph, d11, s->x, at));
    f22 = gf_expr_value(graph, gf_expr_substitute(graph, d22, s->x, at));
    f2 = gf_expr_value(graph, gf_expr_substitute(graph, piece->d2, s->x, at));
    f3 = gf_expr_value(graph, gf_expr_substitute(graph, piece->d3, s->x, at));
    *out = (gf_mat2){s->a * (s->p_d_number * f11 + p * f22) + 0.0,
                     s->a * f2 + 0.0, s->b * f3 + 0.0, 0};
}

/* A kink between two pieces at which f3(D) = f3(D0). */
static gf_status add_kink(gf_classification *c, const gf_study *s,
                          const gf_study_piece *left,
                          const gf_study_piece *right)
{
    gf_graph *graph = s->graph;
    gf_expr at = left->hi_exact, side[2];
    gf_rest_point point = gf_rest_empty();
    const gf_study_piece *piece[2] = {left, right};
    double slope;

    if (!at) {
        if (!(left->chart_g.count && right->chart_g.count))
            c->complete = GF_UNKNOWN;
        return GF_OK;
    }
    for (int i = 0; i < 2; i++)
        side[i] = gf_expr_substitute(graph, piece[i]->g, s->x, at);
    if (gf_sign_of(graph, side[0]) != GF_SIGN_ZERO &&
        gf_sign_of(graph, side[1]) != GF_SIGN_ZERO)
        return GF_OK;
    point.at.x = gf_expr_value(graph, at);
    point.d = gf_field_d(s->field, point.at.x);
    point.exact[0] = at;
    point.wanted = fabs(point.at.x - s->d0.value) <= 1e-15 * fabs(s->d0.value)
                       ? GF_YES
                       : GF_NO;
    point.at.y = s->p_d_number;
    for (int i = 0; i < 2 && point.wanted == GF_NO; i++) {
        gf_expr d1 = gf_expr_substitute(graph, piece[i]->d1, s->x, at);
        gf_expr d2 = gf_expr_substitute(graph, piece[i]->d2, s->x, at);
        slope = gf_expr_value(graph, d2);
        if (slope == 0)
            continue;
        point.at.y = -s->p_d_number * gf_expr_value(graph, d1) / slope;
        break;
    }
    point.physical = !s->field->has_physical                        ? GF_UNKNOWN
                     : gf_range_has(s->field->physical, point.at.y) ? GF_YES
                                                                    : GF_NO;
    point.smooth = false;
    point.type = GF_TYPE_NON_SMOOTH;
    for (int i = 0; i < 2; i++)
        one_sided(&point.one_sided[i], s, piece[i], at, point.at.y);
    snprintf(point.note, sizeof point.note,
             "on a kink of f1, f2 or f3: no Jacobian, only one from either "
             "side");
    return gf_rest_add(c, &point, s->error);
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
    gf_status status = GF_OK;

    c->complete = s->complete ? GF_YES : GF_UNKNOWN;
    for (size_t i = 0; i < s->count && status == GF_OK; i++) {
        const gf_study_piece *piece = &s->piece[i];
        if (piece->chart_g.zero)
            status = add_curve(c, s, piece);
        for (size_t k = 0; k < piece->chart_g.count && status == GF_OK; k++)
            if (piece->chart_g.cell[k].is_root)
                status = add_root(c, s, piece, &piece->chart_g.cell[k].root);
        if (i + 1 < s->count && status == GF_OK)
            status = add_kink(c, s, piece, piece + 1);
    }
    if (c->count)
        qsort(c->point, c->count, sizeof *c->point, by_coordinate);
    return status;
}
