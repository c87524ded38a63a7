/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Spectrum of a 2x2 Jacobian in ball arithmetic, and the types that follow
 * from proved signs of trace, determinant and discriminant tr^2 - 4 det
 * (Hartman and Grobman; [guckenheimer1983, sec. 1.3-1.4]).
 */
#include "analysis/spectrum.h"

#include <math.h>

#include "expr/interval.h"
#include "expr/ops.h"
#include "expr/tape.h"

enum { PRECISION = 200 };

gf_sign gf_sign_of_ball(const arb_t x)
{
    if (!arb_is_finite(x))
        return GF_SIGN_UNKNOWN;
    if (arb_is_zero(x))
        return GF_SIGN_ZERO;
    return arb_is_positive(x)   ? GF_SIGN_POSITIVE
           : arb_is_negative(x) ? GF_SIGN_NEGATIVE
                                : GF_SIGN_UNKNOWN;
}

gf_sign gf_sign_of(gf_graph *graph, gf_expr e)
{
    gf_sign sign;
    arb_t x;

    e = gf_expr_simplify(graph, e);
    if (!e)
        return GF_SIGN_UNKNOWN;
    arb_init(x);
    gf_expr_ball(x, graph, e, GF_TAPE_PRECISION);
    sign = gf_sign_of_ball(x);
    arb_clear(x);
    if (sign == GF_SIGN_UNKNOWN && gf_expr_is_zero(graph, e) == GF_YES)
        return GF_SIGN_ZERO;
    return sign;
}

void gf_jacobian_init(gf_jacobian *j)
{
    for (int i = 0; i < 4; i++) {
        arb_init(&j->ball[i]);
        j->exact[i] = GF_EXPR_NONE;
    }
}

void gf_jacobian_clear(gf_jacobian *j)
{
    for (int i = 0; i < 4; i++)
        arb_clear(&j->ball[i]);
}

/* gauss() is a quadrature with nodes and weights in doubles: what it gives is
   exact arithmetic on numbers good to about 1e-14, and no more is claimed. */
static void blur(gf_jacobian *j)
{
    double most = 0;

    for (int i = 0; i < 4; i++)
        most =
            fmax(most, fabs(arf_get_d(arb_midref(&j->ball[i]), ARF_RND_NEAR)));
    for (int i = 0; i < 4; i++) {
        mag_t error;
        mag_init(error);
        mag_set_d(error, most * 0x1p-44);
        arb_add_error_mag(&j->ball[i], error);
        mag_clear(error);
        j->exact[i] = GF_EXPR_NONE;
    }
}

void gf_jacobian_from_exact(gf_jacobian *j, const gf_graph *graph)
{
    for (int i = 0; i < 4; i++)
        gf_expr_ball(&j->ball[i], graph, j->exact[i], PRECISION);
    if (graph->approximate)
        blur(j);
}

static gf_expr exact_trace(const gf_jacobian *j, gf_graph *graph)
{
    return gf_expr_sum(graph, j->exact[0], j->exact[3]);
}

static gf_expr exact_determinant(const gf_jacobian *j, gf_graph *graph)
{
    return gf_expr_difference(graph,
                              gf_expr_product(graph, j->exact[0], j->exact[3]),
                              gf_expr_product(graph, j->exact[1], j->exact[2]));
}

/* (xx - yy)^2 + 4 xy yx, which does not cancel as tr^2 - 4 det does */
static gf_expr exact_discriminant(const gf_jacobian *j, gf_graph *graph)
{
    gf_expr d = gf_expr_difference(graph, j->exact[0], j->exact[3]);
    gf_expr p = gf_expr_product(graph, j->exact[1], j->exact[2]);

    return gf_expr_sum(
        graph, gf_expr_product(graph, d, d),
        gf_expr_product(graph, gf_expr_rational(graph, 4, 1), p));
}

static double middle(const arb_t x)
{
    return arb_is_finite(x) ? arf_get_d(arb_midref(x), ARF_RND_NEAR) : NAN;
}

static double radius(const arb_t x)
{
    return arb_is_finite(x) ? mag_get_d(arb_radref(x)) : INFINITY;
}

/* trace, determinant, discriminant of the balls */
static void ball_invariants(arb_ptr t, const gf_jacobian *j)
{
    arb_t p;

    arb_init(p);
    arb_mul(p, &j->ball[1], &j->ball[2], PRECISION);
    arb_add(t, &j->ball[0], &j->ball[3], PRECISION);
    arb_mul(t + 1, &j->ball[0], &j->ball[3], PRECISION);
    arb_sub(t + 1, t + 1, p, PRECISION);
    arb_sub(t + 2, &j->ball[0], &j->ball[3], PRECISION);
    arb_sqr(t + 2, t + 2, PRECISION);
    arb_mul_2exp_si(p, p, 2);
    arb_add(t + 2, t + 2, p, PRECISION);
    arb_clear(p);
}

/* An eigenvector of a real eigenvalue: the larger row of J - lambda. */
static gf_vec2 eigenvector(gf_mat2 j, double lambda)
{
    gf_vec2 p = {-j.xy, j.xx - lambda}, q = {j.yy - lambda, -j.yx}, e;
    double size = hypot(p.x, p.y), other = hypot(q.x, q.y);

    e = size >= other ? p : q;
    size = fmax(size, other);
    if (!(size > 0))
        return (gf_vec2){0, 0};
    if (e.x < 0 || (e.x == 0 && e.y < 0))
        size = -size;
    /* + 0.0 turns -0 into 0 */
    return (gf_vec2){e.x / size + 0.0, e.y / size + 0.0};
}

static void real_eigenvalues(gf_spectrum *s, arb_ptr t, arb_t root)
{
    arb_t big, small;

    arb_init(big);
    arb_init(small);
    /* the half-sum that does not cancel, then det over it */
    if (arf_sgn(arb_midref(t)) >= 0)
        arb_add(big, t, root, PRECISION);
    else
        arb_sub(big, t, root, PRECISION);
    arb_mul_2exp_si(big, big, -1);
    if (arb_contains_zero(big))
        arb_neg(small, big);
    else
        arb_div(small, t + 1, big, PRECISION);
    /* the slower one first */
    s->re[0] = middle(small) + 0.0;
    s->re[1] = middle(big) + 0.0;
    s->error = fmax(radius(small), radius(big));
    s->im[0] = s->im[1] = 0;
    s->eigenvector[0] = eigenvector(s->jacobian, s->re[0]);
    s->eigenvector[1] = eigenvector(s->jacobian, s->re[1]);
    arb_clear(big);
    arb_clear(small);
}

static void eigenvalues(gf_spectrum *s, arb_ptr t, gf_sign discriminant)
{
    arb_t root;

    arb_init(root);
    arb_abs(root, t + 2);
    if (discriminant == GF_SIGN_ZERO)
        arb_zero(root);
    arb_sqrtpos(root, root, PRECISION);
    if (arf_sgn(arb_midref(t + 2)) < 0 && discriminant != GF_SIGN_ZERO) {
        s->re[0] = s->re[1] = middle(t) / 2 + 0.0;
        s->im[0] = middle(root) / 2;
        s->im[1] = -s->im[0];
        s->error = fmax(radius(t), radius(root)) / 2;
    } else {
        real_eigenvalues(s, t, root);
    }
    arb_clear(root);
}

gf_signs gf_spectrum_make(gf_spectrum *s, const gf_jacobian *j, gf_graph *graph)
{
    bool exact = j->exact[0] && j->exact[1] && j->exact[2] && j->exact[3];
    arb_ptr t = _arb_vec_init(3);
    gf_signs signs;

    *s = (gf_spectrum){.jacobian = {middle(&j->ball[0]), middle(&j->ball[1]),
                                    middle(&j->ball[2]), middle(&j->ball[3])}};
    ball_invariants(t, j);
    signs.trace =
        exact ? gf_sign_of(graph, exact_trace(j, graph)) : gf_sign_of_ball(t);
    signs.determinant = exact ? gf_sign_of(graph, exact_determinant(j, graph))
                              : gf_sign_of_ball(t + 1);
    signs.discriminant = exact ? gf_sign_of(graph, exact_discriminant(j, graph))
                               : gf_sign_of_ball(t + 2);
    signs.scalar = exact && gf_sign_of(graph, j->exact[1]) == GF_SIGN_ZERO &&
                   gf_sign_of(graph, j->exact[2]) == GF_SIGN_ZERO &&
                   signs.discriminant == GF_SIGN_ZERO;
    if (signs.trace == GF_SIGN_ZERO)
        arb_zero(t);
    if (signs.determinant == GF_SIGN_ZERO)
        arb_zero(t + 1);
    s->trace = middle(t) + 0.0;
    s->determinant = middle(t + 1) + 0.0;
    eigenvalues(s, t, signs.discriminant);
    /* and the rounding to doubles */
    s->error +=
        fmax(hypot(s->re[0], s->im[0]), hypot(s->re[1], s->im[1])) * 0x1p-53;
    _arb_vec_clear(t, 3);
    return signs;
}

static gf_type node_or_focus(const gf_signs *signs, bool stable)
{
    switch (signs->discriminant) {
    case GF_SIGN_NEGATIVE:
        return stable ? GF_TYPE_STABLE_FOCUS : GF_TYPE_UNSTABLE_FOCUS;
    case GF_SIGN_POSITIVE:
        return stable ? GF_TYPE_STABLE_NODE : GF_TYPE_UNSTABLE_NODE;
    case GF_SIGN_ZERO:
        if (signs->scalar)
            return stable ? GF_TYPE_STABLE_STAR : GF_TYPE_UNSTABLE_STAR;
        return stable ? GF_TYPE_STABLE_DEGENERATE_NODE
                      : GF_TYPE_UNSTABLE_DEGENERATE_NODE;
    default:
        return GF_TYPE_UNDECIDED;
    }
}

void gf_spectrum_judge(gf_rest_point *p, const gf_signs *signs)
{
    const gf_spectrum *s = &p->spectrum;

    p->margin = fmin(fabs(s->re[0]), fabs(s->re[1]));
    p->type = GF_TYPE_UNDECIDED;
    p->stability = GF_STABILITY_UNKNOWN;
    p->evidence = GF_EVIDENCE_NONE;
    if (signs->determinant == GF_SIGN_ZERO) {
        p->type = GF_TYPE_DEGENERATE;
        p->margin = 0;
        if (signs->trace == GF_SIGN_POSITIVE) {
            p->stability = GF_STABILITY_UNSTABLE;
            p->evidence = GF_EVIDENCE_LINEARISATION;
        }
        return;
    }
    if (signs->determinant == GF_SIGN_NEGATIVE) {
        p->type = GF_TYPE_SADDLE;
        p->stability = GF_STABILITY_UNSTABLE;
        p->evidence = GF_EVIDENCE_LINEARISATION;
        return;
    }
    if (signs->determinant != GF_SIGN_POSITIVE ||
        signs->trace == GF_SIGN_UNKNOWN)
        return;
    if (signs->trace == GF_SIGN_ZERO) {
        p->margin = 0;
        return;
    }
    p->type = node_or_focus(signs, signs->trace == GF_SIGN_NEGATIVE);
    p->stability = signs->trace == GF_SIGN_NEGATIVE
                       ? GF_STABILITY_ASYMPTOTICALLY_STABLE
                       : GF_STABILITY_UNSTABLE;
    p->evidence = GF_EVIDENCE_LINEARISATION;
}
