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

#include "expr/ops.h"
#include "expr/polish.h"
#include "expr/tape.h"

enum { PRECISION = 200 };

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
    gf_rest_point *moved =
        realloc(c->point, (c->count + 1) * sizeof *c->point);

    if (!moved)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    c->point = moved;
    c->point[c->count++] = *point;
    return GF_OK;
}

/* --- at one root ------------------------------------------------------- */

typedef struct locus {
    const gf_study *s;
    const gf_study_piece *piece;
    gf_root root;
    bool is_d0;
    gf_expr at; /* exact D*, or GF_EXPR_NONE */
    arb_t d;    /* D* as a ball */
    arb_t p;    /* p_g* as a ball */
    gf_expr p_exact;
} locus;

static void site_clear(locus *site)
{
    arb_clear(site->d);
    arb_clear(site->p);
}

/* e(x) at the root, as a ball. */
static gf_status ball_at(arb_t out, const locus *site, gf_expr e)
{
    gf_graph *graph = site->s->graph;
    gf_expr x = site->s->x;
    gf_tape *tape;
    gf_status status =
        gf_tape_new(&tape, graph, &e, 1, &x, 1, site->s->error);

    if (status)
        return status;
    status = gf_tape_ball(out, tape, site->d, PRECISION);
    gf_tape_free(tape);
    return status;
}

/* The sign of e at the root: symbolic where D* is exact. */
static gf_sign sign_at(const locus *site, gf_expr e)
{
    gf_sign sign = GF_SIGN_UNKNOWN;
    arb_t y;

    if (site->at)
        return gf_sign_of(site->s->graph,
                          gf_expr_substitute(site->s->graph, e, site->s->x,
                                             site->at));
    arb_init(y);
    if (ball_at(y, site, e) == GF_OK)
        sign = gf_sign_of_ball(y);
    arb_clear(y);
    return sign;
}

static gf_status site_init(locus *site, const gf_study *s,
                           const gf_study_piece *piece, const gf_root *root)
{
    gf_smooth f;
    gf_status status;

    *site = (locus){.s = s, .piece = piece, .root = *root};
    site->is_d0 = root->lo <= s->d0.hi && root->hi >= s->d0.lo;
    site->at = root->exact;
    arb_init(site->d);
    arb_init(site->p);
    status = gf_smooth_init(&f, s->graph,
                            site->is_d0 && piece->has_d0 ? piece->balance
                                                         : piece->g,
                            s->x, s->error);
    if (status == GF_OK)
        gf_root_ball(site->d, &f, root);
    gf_smooth_clear(&f);
    return status;
}

/* p_g* = -p_d f1'/f2', p_d itself at D0. */
static gf_status find_p(locus *site)
{
    const gf_study *s = site->s;
    gf_graph *graph = s->graph;
    gf_expr pi = gf_expr_negative(
        graph, gf_expr_product(
                   graph, s->p_d,
                   gf_expr_quotient(graph, site->piece->d1, site->piece->d2)));

    if (site->is_d0)
        site->p_exact = s->p_d;
    else if (site->at)
        site->p_exact = gf_expr_substitute(graph, pi, s->x, site->at);
    if (site->p_exact) {
        gf_expr_ball(site->p, graph, site->p_exact, PRECISION);
        return GF_OK;
    }
    return ball_at(site->p, site, gf_expr_simplify(graph, pi));
}

static gf_verdict physical(const gf_field *field, arb_srcptr p)
{
    gf_interval x = gf_interval_of_ball(p);
    gf_range r = field->physical;
    bool lo_in, hi_in, lo_out, hi_out;

    if (!field->has_physical || !x.defined)
        return GF_UNKNOWN;
    lo_in = x.lo > r.lo || (x.lo == r.lo && r.lo_closed);
    hi_in = x.hi < r.hi || (x.hi == r.hi && r.hi_closed);
    lo_out = x.hi < r.lo || (x.hi == r.lo && !r.lo_closed);
    hi_out = x.lo > r.hi || (x.lo == r.hi && !r.hi_closed);
    return lo_in && hi_in ? GF_YES : lo_out || hi_out ? GF_NO : GF_UNKNOWN;
}

/* J = [[a (p_d f1'' + p f2''), a f2'], [b f3', 0]] at (D*, p*) */
static gf_status jacobian_at(gf_jacobian *j, const locus *site)
{
    const gf_study *s = site->s;
    const gf_study_piece *piece = site->piece;
    gf_graph *graph = s->graph;
    gf_expr p = gf_expr_symbol(graph, "p_g*");
    gf_expr curve = gf_expr_sum(
        graph,
        gf_expr_product(graph, s->p_d,
                        gf_expr_derive(graph, piece->d1, s->x)),
        gf_expr_product(graph, p, gf_expr_derive(graph, piece->d2, s->x)));
    gf_expr entry[4] = {
        gf_expr_product(graph, s->field->speed_exact[0], curve),
        gf_expr_product(graph, s->field->speed_exact[0], piece->d2),
        gf_expr_product(graph, s->field->speed_exact[1], piece->d3),
        gf_expr_rational(graph, 0, 1)};
    gf_expr input[2] = {s->x, p};
    arb_ptr in = _arb_vec_init(2);
    gf_tape *tape;
    gf_status status;

    for (int i = 0; i < 4; i++) {
        entry[i] = gf_expr_simplify(graph, entry[i]);
        if (site->at && site->p_exact)
            j->exact[i] = gf_expr_substitute(
                graph, gf_expr_substitute(graph, entry[i], s->x, site->at),
                p, site->p_exact);
    }
    if (site->at && site->p_exact) {
        gf_jacobian_from_exact(j, graph);
        _arb_vec_clear(in, 2);
        return GF_OK;
    }
    status = gf_tape_new(&tape, graph, entry, 4, input, 2, s->error);
    if (status == GF_OK) {
        arb_set(in, site->d);
        arb_set(in + 1, site->p);
        status = gf_tape_ball(j->ball, tape, in, PRECISION);
        gf_tape_free(tape);
    }
    _arb_vec_clear(in, 2);
    return status;
}

static double near(const arb_t x)
{
    return arf_get_d(arb_midref(x), ARF_RND_NEAR) + 0.0;
}

static double error_of(const arb_t x)
{
    double e = mag_get_d(arb_radref(x));

    return e > 0 ? fmax(e, fabs(near(x)) * 0x1p-53) : 0;
}

/* The field on this piece. */
static gf_local local_field(const locus *site)
{
    const gf_study *s = site->s;
    gf_graph *graph = s->graph;
    gf_expr pull = gf_expr_sum(
        graph, gf_expr_product(graph, s->p_d, site->piece->d1),
        gf_expr_product(graph, s->field->axis[1], site->piece->d2));

    return (gf_local){
        graph,
        {s->x, s->field->axis[1]},
        {gf_expr_product(graph, s->field->speed_exact[0], pull),
         gf_expr_product(graph, s->field->speed_exact[1], site->piece->g)}};
}

static gf_status judge(gf_rest_point *point, const locus *site)
{
    gf_jacobian j;
    gf_signs signs = {.trace = GF_SIGN_UNKNOWN};
    gf_local local;
    gf_status status;

    gf_jacobian_init(&j);
    status = jacobian_at(&j, site);
    if (status == GF_OK) {
        signs = gf_spectrum_make(&point->spectrum, &j, site->s->graph);
        gf_spectrum_judge(point, &signs);
    }
    gf_jacobian_clear(&j);
    if (status || point->evidence == GF_EVIDENCE_LINEARISATION)
        return status;
    if (signs.trace == GF_SIGN_ZERO &&
        signs.determinant == GF_SIGN_POSITIVE) {
        local = local_field(site);
        return gf_judge_centre(point, &local, site->is_d0 ? site->s : NULL);
    }
    if (signs.determinant == GF_SIGN_ZERO)
        gf_judge_degenerate(point, site->s, site->piece, site->root.order);
    return GF_OK;
}

static gf_rest_point place(const locus *site)
{
    gf_rest_point point = gf_rest_empty();

    point.physical = physical(site->s->field, site->p);
    point.at = (gf_vec2){near(site->d), near(site->p)};
    if (site->at)
        point.at.x = gf_expr_value(site->s->graph, site->at) + 0.0;
    point.d = gf_field_d(site->s->field, point.at.x);
    point.error = fmax(error_of(site->d), error_of(site->p));
    point.exact[0] = site->at;
    point.exact[1] = site->p_exact;
    point.wanted = site->is_d0 ? GF_YES : GF_NO;
    return point;
}

/* f2'(D*) = 0: a line if p_d f1'(D*) = 0 too, else no rest point. */
static gf_status add_line(gf_classification *c, const locus *site)
{
    gf_rest_point point;
    gf_sign drift = gf_sign_of(site->s->graph, site->s->p_d);

    if (drift != GF_SIGN_ZERO)
        drift = sign_at(site, site->piece->d1);
    if (drift == GF_SIGN_UNKNOWN)
        c->complete = GF_UNKNOWN;
    if (drift != GF_SIGN_ZERO)
        return GF_OK;
    point = place(site);
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
    locus site;
    gf_status status = site_init(&site, s, piece, root);

    if (status == GF_OK) {
        slope = sign_at(&site, piece->d2);
        if (slope == GF_SIGN_UNKNOWN)
            c->complete = GF_UNKNOWN;
        else if (slope == GF_SIGN_ZERO)
            status = add_line(c, &site);
        else
            status = find_p(&site);
        if (status == GF_OK && abs(slope) == 1) {
            point = place(&site);
            status = judge(&point, &site);
            if (status == GF_OK)
                status = gf_rest_add(c, &point, s->error);
        }
    }
    site_clear(&site);
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
    f2 = gf_expr_value(graph,
                       gf_expr_substitute(graph, piece->d2, s->x, at));
    f3 = gf_expr_value(graph,
                       gf_expr_substitute(graph, piece->d3, s->x, at));
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
    point.wanted = fabs(point.at.x - s->d0.value) <=
                           1e-15 * fabs(s->d0.value)
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
    point.physical = !s->field->has_physical ? GF_UNKNOWN
                     : gf_range_has(s->field->physical, point.at.y)
                         ? GF_YES
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
                status =
                    add_root(c, s, piece, &piece->chart_g.cell[k].root);
        if (i + 1 < s->count && status == GF_OK)
            status = add_kink(c, s, piece, piece + 1);
    }
    if (c->count)
        qsort(c->point, c->count, sizeof *c->point, by_coordinate);
    return status;
}
