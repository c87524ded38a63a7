/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/corner.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "expr/polish.h"

size_t gf_corner_count(const gf_study *s)
{
    return s->count + 1;
}

bool gf_corner_at(gf_corner *c, const gf_study *s, size_t i)
{
    gf_range domain = s->field->domain[0];
    const gf_study_piece *left = i > 0 ? &s->piece[i - 1] : NULL;
    const gf_study_piece *right = i < s->count ? &s->piece[i] : NULL;

    *c = (gf_corner){.side = {left, right}};
    if (left && right) {
        c->lo = left->hi;
        c->hi = right->lo;
        c->exact =
            left->hi_exact == right->lo_exact ? left->hi_exact : GF_EXPR_NONE;
    } else if (right && domain.lo_closed && right->lo == domain.lo) {
        c->lo = c->hi = domain.lo;
        c->exact = gf_expr_number(s->graph, domain.lo);
    } else if (left && domain.hi_closed && left->hi == domain.hi) {
        c->lo = c->hi = domain.hi;
        c->exact = gf_expr_number(s->graph, domain.hi);
    } else {
        return false;
    }
    c->has_d0 = s->d0.lo <= c->hi && s->d0.hi >= c->lo;
    return true;
}

gf_status gf_corner_sign(int *sign, const gf_study *s, const gf_corner *c,
                         gf_expr e)
{
    gf_interval y;
    gf_smooth f;
    gf_status status = gf_smooth_init(&f, s->graph, e, s->x, s->error);

    *sign = 0;
    if (status == GF_OK) {
        y = gf_smooth_at(&f, gf_interval_make(c->lo, c->hi, false), 0);
        *sign = gf_interval_positive(y) ? 1 : gf_interval_negative(y) ? -1 : 0;
        status = f.status;
    }
    gf_smooth_clear(&f);
    return status;
}

gf_sign gf_corner_value(const gf_study *s, const gf_corner *c, gf_expr e)
{
    if (!c->exact)
        return GF_SIGN_UNKNOWN;
    return gf_sign_of(s->graph,
                      gf_expr_substitute(s->graph, e, s->x, c->exact));
}

/* --- rest points ------------------------------------------------------- */

/* Is there no root of g in the enclosure besides the corner itself, seen from
   this side?  zero: g vanishes in the corner. */
static gf_status is_alone(bool *alone, const gf_study *s, const gf_corner *c,
                          const gf_study_piece *side, bool zero)
{
    int sign;
    gf_status status;

    *alone = true;
    if (c->exact && c->lo == c->hi)
        return GF_OK;
    status = gf_corner_sign(&sign, s, c, side->g);
    if (status == GF_OK && sign == 0 && zero &&
        gf_corner_value(s, c, side->g) == GF_SIGN_ZERO)
        status = gf_corner_sign(&sign, s, c, side->d3);
    *alone = sign != 0;
    return status;
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

static gf_expr slope_at(const gf_study *s, const gf_corner *c, int side,
                        bool critic_on_fakes)
{
    const gf_study_piece *piece = c->side[side];

    return gf_expr_substitute(s->graph, critic_on_fakes ? piece->d2 : piece->d1,
                              s->x, c->exact);
}

/* Do both sides give the same p_g* = -p_d f1'/f2'?  Where f1' or f2' jumps they
   do not, and a whole stretch of p_g may be at rest in Filippov's sense. */
static bool sides_agree(const gf_study *s, const gf_corner *c)
{
    gf_graph *graph = s->graph;

    if (!c->side[0] || !c->side[1])
        return true;
    return gf_expr_is_zero(
               graph, gf_expr_difference(
                          graph,
                          gf_expr_product(graph, slope_at(s, c, 0, false),
                                          slope_at(s, c, 1, true)),
                          gf_expr_product(graph, slope_at(s, c, 1, false),
                                          slope_at(s, c, 0, true)))) == GF_YES;
}

/* p_g* = -p_d f1'/f2' from the first side that gives one; NaN if none does. */
static double height(const gf_study *s, const gf_corner *c)
{
    gf_graph *graph = s->graph;
    double p = NAN;

    if (c->has_d0)
        return s->p_d_number;
    for (int i = 0; i < 2 && isnan(p); i++) {
        double slope;
        if (!c->side[i])
            continue;
        slope = gf_expr_value(graph, slope_at(s, c, i, true));
        if (slope != 0)
            p = -s->p_d_number *
                    gf_expr_value(graph, slope_at(s, c, i, false)) / slope +
                0.0;
    }
    return p;
}

static gf_status add_corner(gf_classification *classification,
                            const gf_study *s, const gf_corner *c)
{
    const gf_study_piece *left = c->side[0] ? c->side[0] : c->side[1];
    const gf_study_piece *right = c->side[1] ? c->side[1] : c->side[0];
    gf_rest_point point = gf_rest_empty();
    bool agree = sides_agree(s, c);

    point.at = (gf_vec2){gf_expr_value(s->graph, c->exact), height(s, c)};
    if (!agree)
        classification->complete = GF_UNKNOWN;
    if (!isfinite(point.at.y) || (!agree && !c->has_d0)) {
        classification->complete = GF_UNKNOWN;
        return GF_OK;
    }
    point.d = gf_field_d(s->field, point.at.x);
    point.exact[0] = c->exact;
    point.wanted = c->has_d0 ? GF_YES : GF_NO;
    point.physical = !s->field->has_physical                        ? GF_UNKNOWN
                     : gf_range_has(s->field->physical, point.at.y) ? GF_YES
                                                                    : GF_NO;
    point.smooth = false;
    point.type = GF_TYPE_NON_SMOOTH;
    one_sided(&point.one_sided[0], s, left, c->exact, point.at.y);
    one_sided(&point.one_sided[1], s, right, c->exact, point.at.y);
    snprintf(point.note, sizeof point.note,
             left == right ? "at the end of the domain: the Jacobian is that "
                             "from inside"
                           : "on a kink of f1, f2 or f3: no Jacobian, only "
                             "one from either side");
    return gf_rest_add(classification, &point, s->error);
}

gf_status gf_rest_corner(gf_classification *classification, const gf_study *s,
                         const gf_corner *c)
{
    gf_expr g = gf_expr_difference(
        s->graph, gf_field_bind(s->field, s->field->f[2]), s->level);
    gf_sign value = gf_corner_value(s, c, gf_expr_simplify(s->graph, g));
    bool alone = true;
    gf_status status = GF_OK;

    if (value == GF_SIGN_UNKNOWN && !(c->exact && c->lo == c->hi)) {
        /* no name: nothing is at rest if g keeps one sign */
        int sign[2] = {0, 0};
        for (int i = 0; i < 2 && c->side[i] && status == GF_OK; i++)
            status = gf_corner_sign(&sign[i], s, c, c->side[i]->g);
        alone = sign[0] * sign[1] > 0;
        value = alone ? GF_SIGN_POSITIVE : value;
    }
    for (int i = 0; i < 2 && alone && status == GF_OK; i++)
        if (c->side[i])
            status = is_alone(&alone, s, c, c->side[i], value == GF_SIGN_ZERO);
    if (value == GF_SIGN_UNKNOWN || !alone)
        classification->complete = GF_UNKNOWN;
    if (status == GF_OK && value == GF_SIGN_ZERO)
        status = add_corner(classification, s, c);
    return status;
}
