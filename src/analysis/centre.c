/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rest points that the linearisation leaves open.
 *
 * Trace zero, determinant w^2 > 0: the energy decides, else the first Lyapunov
 * coefficient [guckenheimer1983, eq. 3.4.11] in the frame x = u - u*,
 * y = -(J11 x + J12 (v - v*))/w, in which x' = -w y + f, y' = w x + g:
 *
 *   16 l1 = fxxx + fxyy + gxxy + gyyy
 *         + (fxy (fxx + fyy) - gxy (gxx + gyy) - fxx gxx + fyy gyy)/w
 *
 * and r' = l1 r^3.  Determinant zero: the flow on the centre manifold
 * [carr1981, thm 2].
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/rest.h"
#include "expr/ops.h"
#include "expr/tape.h"

enum { PRECISION = 200 };

/* All partial derivatives of both velocities up to third order:
   D[c][i][j], c the component, i and j the orders in u and v. */
typedef struct jet {
    arb_struct d[2][4][4];
} jet;

static void jet_init(jet *t)
{
    for (int c = 0; c < 2; c++)
        for (int i = 0; i < 4; i++)
            for (int k = 0; k < 4; k++)
                arb_init(&t->d[c][i][k]);
}

static void jet_clear(jet *t)
{
    for (int c = 0; c < 2; c++)
        for (int i = 0; i < 4; i++)
            for (int k = 0; k < 4; k++)
                arb_clear(&t->d[c][i][k]);
}

/* Derivatives of the velocity at an exact point. */
static gf_status jet_make(jet *t, const gf_local *local,
                          const gf_rest_point *point)
{
    gf_graph *graph = local->graph;

    for (int c = 0; c < 2; c++) {
        gf_expr in_u = local->velocity[c];
        for (int i = 0; i < 4; i++) {
            gf_expr e = in_u;
            for (int k = 0; i + k < 4; k++) {
                gf_expr at = gf_expr_substitute(graph, e, local->axis[0],
                                                point->exact[0]);
                at = gf_expr_substitute(graph, at, local->axis[1],
                                        point->exact[1]);
                gf_expr_ball(&t->d[c][i][k], graph, at, PRECISION);
                e = gf_expr_derive(graph, e, local->axis[1]);
            }
            in_u = gf_expr_derive(graph, in_u, local->axis[0]);
        }
    }
    return gf_graph_check(graph, NULL);
}

/* The chain rule for u = x, v = -(w y + J11 x)/J12: d/dx acts as
   d_u + r d_v, d/dy as q d_v.  The (n, m) derivative in (x, y) of component c
   of the velocity. */
static void mixed(arb_t out, const jet *t, int c, int n, int m, const arb_t r,
                  const arb_t q)
{
    static const long choose[4][4] = {
        {1, 0, 0, 0}, {1, 1, 0, 0}, {1, 2, 1, 0}, {1, 3, 3, 1}};
    arb_t term;

    arb_init(term);
    arb_zero(out);
    for (int i = 0; i <= n; i++) { /* d_u^(n-i) (r d_v)^i (q d_v)^m */
        arb_pow_ui(term, r, (ulong)i, PRECISION);
        arb_mul(term, term, &t->d[c][n - i][i + m], PRECISION);
        arb_mul_si(term, term, choose[n][i], PRECISION);
        arb_add(out, out, term, PRECISION);
    }
    arb_pow_ui(term, q, (ulong)m, PRECISION);
    arb_mul(out, out, term, PRECISION);
    arb_clear(term);
}

/* f = x-component; g = -(J11 f_u + J12 f_v)/w of the y-component. */
static void frame(arb_t f, arb_t g, const jet *t, int n, int m, arb_srcptr s)
{
    arb_t v;

    /* s: r, q, J11, J12, w */
    arb_init(v);
    mixed(f, t, 0, n, m, s, s + 1);
    mixed(v, t, 1, n, m, s, s + 1);
    arb_mul(v, v, s + 3, PRECISION);
    arb_mul(g, f, s + 2, PRECISION);
    arb_add(g, g, v, PRECISION);
    arb_div(g, g, s + 4, PRECISION);
    arb_neg(g, g);
    arb_clear(v);
}

static void product_add(arb_t sum, const arb_t a, const arb_t b, int sign)
{
    if (sign > 0)
        arb_addmul(sum, a, b, PRECISION);
    else
        arb_submul(sum, a, b, PRECISION);
}

static void coefficient(arb_t l1, const jet *t, arb_srcptr s)
{
    arb_ptr f = _arb_vec_init(10), g = _arb_vec_init(10);
    enum { XX, XY, YY, XXX, XXY, XYY, YYY };
    static const int order[7][2] = {{2, 0}, {1, 1}, {0, 2}, {3, 0},
                                    {2, 1}, {1, 2}, {0, 3}};

    for (int i = 0; i < 7; i++)
        frame(f + i, g + i, t, order[i][0], order[i][1], s);
    arb_add(f + 7, f + XX, f + YY, PRECISION);
    arb_add(g + 7, g + XX, g + YY, PRECISION);
    arb_zero(l1);
    product_add(l1, f + XY, f + 7, 1);
    product_add(l1, g + XY, g + 7, -1);
    product_add(l1, f + XX, g + XX, -1);
    product_add(l1, f + YY, g + YY, 1);
    arb_div(l1, l1, s + 4, PRECISION);
    arb_add(l1, l1, f + XXX, PRECISION);
    arb_add(l1, l1, f + XYY, PRECISION);
    arb_add(l1, l1, g + XXY, PRECISION);
    arb_add(l1, l1, g + YYY, PRECISION);
    arb_mul_2exp_si(l1, l1, -4);
    _arb_vec_clear(f, 10);
    _arb_vec_clear(g, 10);
}

/* l1 as a ball; indeterminate where J12 = 0. */
static gf_status lyapunov_coefficient(arb_t l1, const gf_local *local,
                                      const gf_rest_point *point)
{
    arb_ptr s = _arb_vec_init(5);
    gf_status status;
    arb_t p;
    jet t;

    jet_init(&t);
    arb_init(p);
    status = jet_make(&t, local, point);
    if (status == GF_OK) {
        arb_set(s + 2, &t.d[0][1][0]);
        arb_set(s + 3, &t.d[0][0][1]);
        /* w^2 = det = J11 J22 - J12 J21 */
        arb_mul(s + 4, s + 2, &t.d[1][0][1], PRECISION);
        arb_mul(p, s + 3, &t.d[1][1][0], PRECISION);
        arb_sub(s + 4, s + 4, p, PRECISION);
        arb_sqrt(s + 4, s + 4, PRECISION);
        arb_div(s, s + 2, s + 3, PRECISION); /* r = -J11/J12 */
        arb_neg(s, s);
        arb_div(s + 1, s + 4, s + 3, PRECISION); /* q = -w/J12 */
        arb_neg(s + 1, s + 1);
        coefficient(l1, &t, s);
    }
    arb_clear(p);
    jet_clear(&t);
    _arb_vec_clear(s, 5);
    return status;
}

static gf_status judge_by_coefficient(gf_rest_point *point,
                                      const gf_local *local)
{
    gf_status status;
    gf_sign sign;
    arb_t l1;

    if (!point->exact[0] || !point->exact[1])
        return GF_OK;
    arb_init(l1);
    status = lyapunov_coefficient(l1, local, point);
    sign = status ? GF_SIGN_UNKNOWN : gf_sign_of_ball(l1);
    if (sign != GF_SIGN_UNKNOWN)
        point->lyapunov = arf_get_d(arb_midref(l1), ARF_RND_NEAR);
    arb_clear(l1);
    if (abs(sign) != 1)
        return status == GF_MEMORY ? status : GF_OK;
    point->evidence = GF_EVIDENCE_LYAPUNOV_COEFFICIENT;
    point->type =
        sign < 0 ? GF_TYPE_STABLE_WEAK_FOCUS : GF_TYPE_UNSTABLE_WEAK_FOCUS;
    point->stability =
        sign < 0 ? GF_STABILITY_ASYMPTOTICALLY_STABLE : GF_STABILITY_UNSTABLE;
    return GF_OK;
}

gf_status gf_judge_centre(gf_rest_point *point, const gf_local *local,
                          const gf_study *study)
{
    bool well = false;
    gf_decay_nearby decay =
        study ? gf_energy_nearby(study, &well) : GF_DECAY_UNKNOWN;

    if (!well || decay == GF_DECAY_UNKNOWN)
        return judge_by_coefficient(point, local);
    if (decay == GF_DECAY_NONE) {
        point->type = GF_TYPE_CENTER;
        point->stability = GF_STABILITY_STABLE;
        point->evidence = GF_EVIDENCE_FIRST_INTEGRAL;
        return GF_OK;
    }
    point->evidence = GF_EVIDENCE_ENERGY;
    point->type = decay == GF_DECAY_STRICT ? GF_TYPE_STABLE_WEAK_FOCUS
                                           : GF_TYPE_UNSTABLE_WEAK_FOCUS;
    point->stability = decay == GF_DECAY_STRICT
                           ? GF_STABILITY_ASYMPTOTICALLY_STABLE
                           : GF_STABILITY_UNSTABLE;
    return GF_OK;
}

/* q = p_g - p_g*: on the centre manifold D - D* = slope q + ..., slope =
   -J12/J11, and q' = b f3^(k)(D*)/k! (slope q)^k + ... */
void gf_judge_degenerate(gf_rest_point *point, gf_sign trace,
                         const gf_study *study, const gf_study_piece *piece,
                         int order)
{
    const gf_mat2 *j = &point->spectrum.jacobian;
    gf_graph *graph = study->graph;
    gf_expr e = piece->f3;
    gf_sign sign;
    double slope;
    bool falls;

    if (order < 2 || !point->exact[0] || trace != GF_SIGN_NEGATIVE) {
        snprintf(point->note, sizeof point->note,
                 "an eigenvalue is zero: the linearisation decides nothing");
        return;
    }
    for (int k = 0; k < order; k++)
        e = gf_expr_derive(graph, e, study->x);
    sign = gf_sign_of(graph,
                      gf_expr_substitute(graph, e, study->x, point->exact[0]));
    slope = -j->xy / j->xx;
    if (abs(sign) != 1 || !(fabs(slope) > 0))
        return;
    point->evidence = GF_EVIDENCE_CENTRE_MANIFOLD;
    if (order % 2 == 0) {
        point->stability = GF_STABILITY_UNSTABLE;
        snprintf(point->note, sizeof point->note,
                 "attracts only from p_g %s p_g*, loses what comes to the "
                 "other side",
                 sign < 0 ? ">" : "<");
        return;
    }
    falls = (sign > 0) == (slope < 0);
    point->stability =
        falls ? GF_STABILITY_ASYMPTOTICALLY_STABLE : GF_STABILITY_UNSTABLE;
    snprintf(point->note, sizeof point->note,
             "an eigenvalue is zero: %s algebraically slowly along the "
             "centre manifold",
             falls ? "converges" : "leaves");
}
