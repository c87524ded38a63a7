/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One rest point of a pointwise field, at a root of g = f3 - f3(D0). */
#include "analysis/locus.h"

#include <math.h>

#include "expr/ops.h"
#include "expr/polish.h"
#include "expr/tape.h"

enum { PRECISION = 200 };

void gf_locus_clear(gf_locus *site)
{
    arb_clear(site->d);
    arb_clear(site->p);
}

/* e(x) at the root, as a ball. */
static gf_status ball_at(arb_t out, const gf_locus *site, gf_expr e)
{
    gf_graph *graph = site->s->graph;
    gf_expr x = site->s->x;
    gf_tape *tape;
    gf_status status = gf_tape_new(&tape, graph, &e, 1, &x, 1, site->s->error);

    if (status)
        return status;
    status = gf_tape_ball(out, tape, site->d, PRECISION);
    gf_tape_free(tape);
    return status;
}

/* The sign of e at the root: symbolic where D* is exact. */
gf_sign gf_locus_sign(const gf_locus *site, gf_expr e)
{
    gf_sign sign = GF_SIGN_UNKNOWN;
    arb_t y;

    if (site->at)
        return gf_sign_of(
            site->s->graph,
            gf_expr_substitute(site->s->graph, e, site->s->x, site->at));
    arb_init(y);
    if (ball_at(y, site, e) == GF_OK)
        sign = gf_sign_of_ball(y);
    arb_clear(y);
    return sign;
}

gf_status gf_locus_init(gf_locus *site, const gf_study *s,
                        const gf_study_piece *piece, const gf_root *root)
{
    gf_smooth f;
    gf_status status;

    *site = (gf_locus){.s = s, .piece = piece, .root = *root};
    site->is_d0 = root->lo <= s->d0.hi && root->hi >= s->d0.lo;
    site->at = root->exact;
    arb_init(site->d);
    arb_init(site->p);
    status = gf_smooth_init(
        &f, s->graph, site->is_d0 && piece->has_d0 ? piece->balance : piece->g,
        s->x, s->error);
    if (status == GF_OK)
        gf_root_ball(site->d, &f, root);
    gf_smooth_clear(&f);
    return status;
}

/* p_g* = -p_d f1'/f2', p_d itself at D0. */
gf_status gf_locus_find_p(gf_locus *site)
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
static gf_status jacobian_at(gf_jacobian *j, const gf_locus *site)
{
    const gf_study *s = site->s;
    const gf_study_piece *piece = site->piece;
    gf_graph *graph = s->graph;
    gf_expr p = gf_expr_symbol(graph, "p_g*");
    gf_expr curve = gf_expr_sum(
        graph,
        gf_expr_product(graph, s->p_d, gf_expr_derive(graph, piece->d1, s->x)),
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
                graph, gf_expr_substitute(graph, entry[i], s->x, site->at), p,
                site->p_exact);
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
static gf_local local_field(const gf_locus *site)
{
    const gf_study *s = site->s;
    gf_graph *graph = s->graph;
    gf_expr pull =
        gf_expr_sum(graph, gf_expr_product(graph, s->p_d, site->piece->d1),
                    gf_expr_product(graph, s->field->axis[1], site->piece->d2));

    return (gf_local){
        graph,
        {s->x, s->field->axis[1]},
        {gf_expr_product(graph, s->field->speed_exact[0], pull),
         gf_expr_product(graph, s->field->speed_exact[1], site->piece->g)}};
}

gf_status gf_locus_judge(gf_rest_point *point, const gf_locus *site)
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
    if (signs.trace == GF_SIGN_ZERO && signs.determinant == GF_SIGN_POSITIVE) {
        local = local_field(site);
        return gf_judge_centre(point, &local, site->is_d0 ? site->s : NULL);
    }
    if (signs.determinant == GF_SIGN_ZERO)
        gf_judge_degenerate(point, signs.trace, site->s, site->piece,
                            site->root.order);
    return GF_OK;
}

gf_rest_point gf_locus_place(const gf_locus *site)
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
