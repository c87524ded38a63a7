/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "brute.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "expr/tape.h"
#include "harness.h"

enum { PRECISION = 200 };

void brute_complain(brute *b, const char *format, ...)
{
    va_list args;

    if (b->text[0])
        return;
    va_start(args, format);
    vsnprintf(b->text, sizeof b->text, format, args);
    va_end(args);
}

double brute_point(uint64_t *seed, gf_range r, double at)
{
    double near = pow(10, random_between(seed, -12, 1));
    double x, way = random_bits(seed) & 1 ? 1 : -1;

    switch (random_bits(seed) % 5) {
    case 0:
        x = at + way * near * fmax(fabs(at), 1e-3);
        break;
    case 1:
        x = isfinite(r.lo) ? r.lo + near * fmax(fabs(r.lo), 1) : -1 / near;
        break;
    case 2:
        x = isfinite(r.hi) ? r.hi - near * fmax(fabs(r.hi), 1) : 1 / near;
        break;
    case 3:
        x = at + random_between(seed, -5, 5);
        break;
    default:
        x = isfinite(r.hi - r.lo) ? random_between(seed, r.lo, r.hi)
                                  : tan(random_between(seed, -1.57, 1.57));
    }
    if (x > r.lo && x < r.hi)
        return x;
    x = at + 1e-3 * way * fmin(1, fmin(at - r.lo, r.hi - at));
    return x > r.lo && x < r.hi ? x : at;
}

/* --- signs at a point -------------------------------------------------- */

typedef struct probe {
    gf_tape *tape; /* f1', f2', f3 */
    arb_t d0, level, p_d;
    double d0_lo, d0_hi;
} probe;

typedef struct signs {
    double x;
    int g, s, d2, a, b; /* of g, S, f2', A, B; 0 unknown */
    bool known;         /* all finite */
    double size;        /* |g| */
} signs;

static int sign_of(const arb_t x)
{
    return arb_is_positive(x) ? 1 : arb_is_negative(x) ? -1 : 0;
}

static bool probe_init(probe *p, const gf_field *f)
{
    const gf_equilibrium *eq = &f->equilibrium;
    gf_expr e[3];
    arf_t lo, hi;
    arb_ptr y = _arb_vec_init(3);

    for (int i = 0; i < 3; i++)
        e[i] = gf_field_bind(f, f->f[i]);
    for (int i = 0; i < 2; i++)
        e[i] = gf_expr_derive(f->graph, e[i], f->axis[0]);
    arb_init(p->d0), arb_init(p->level), arb_init(p->p_d);
    arf_init(lo), arf_init(hi);
    arf_set_d(lo, p->d0_lo = eq->d0_lo);
    arf_set_d(hi, p->d0_hi = eq->d0_hi);
    arb_set_interval_arf(p->d0, lo, hi, PRECISION);
    if (eq->exact)
        gf_expr_ball(p->d0, f->graph, eq->exact, PRECISION);
    gf_expr_ball(p->p_d, f->graph, f->parameter[f->p_d].value, PRECISION);
    arf_clear(lo), arf_clear(hi);
    if (gf_tape_new(&p->tape, f->graph, e, 3, f->axis, 1, NULL) != GF_OK ||
        gf_tape_ball(y, p->tape, p->d0, PRECISION) != GF_OK) {
        _arb_vec_clear(y, 3);
        return false;
    }
    arb_set(p->level, y + 2);
    _arb_vec_clear(y, 3);
    return true;
}

static void probe_clear(probe *p)
{
    gf_tape_free(p->tape);
    arb_clear(p->d0), arb_clear(p->level), arb_clear(p->p_d);
}

/* A = (D - D0) f1' - g, B = (D - D0) f2' + g */
static signs probe_at(const probe *p, double x)
{
    signs s = {.x = x};
    arb_ptr y = _arb_vec_init(6);
    arb_t away;

    arb_init(away);
    arb_set_d(y + 3, x);
    if (gf_tape_ball(y, p->tape, y + 3, PRECISION) == GF_OK) {
        arb_sub(y + 2, y + 2, p->level, PRECISION);
        arb_sub(away, y + 3, p->d0, PRECISION);
        arb_add(y + 3, y, y + 1, PRECISION);
        arb_mul(y + 4, away, y, PRECISION);
        arb_sub(y + 4, y + 4, y + 2, PRECISION);
        arb_mul(y + 5, away, y + 1, PRECISION);
        arb_add(y + 5, y + 5, y + 2, PRECISION);
        s.d2 = sign_of(y + 1);
        s.g = sign_of(y + 2);
        s.s = sign_of(y + 3);
        s.a = sign_of(y + 4);
        s.b = sign_of(y + 5);
        s.size = fabs(arf_get_d(arb_midref(y + 2), ARF_RND_NEAR));
        s.known =
            arb_is_finite(y) && arb_is_finite(y + 1) && arb_is_finite(y + 2);
    }
    arb_clear(away);
    _arb_vec_clear(y, 6);
    return s;
}

/* --- claims about the whole domain ------------------------------------- */

typedef struct witness {
    double well, decay, moves, a, b, g_below; /* where; NaN if nowhere */
} witness;

static void keep(double *at, bool seen, double x)
{
    if (seen && isnan(*at))
        *at = x;
}

static void look(witness *w, const probe *p, const signs *s)
{
    int side = s->x > p->d0_hi ? 1 : s->x < p->d0_lo ? -1 : 0;
    bool still = arb_is_zero(p->p_d);

    if (!side || !s->known)
        return;
    keep(&w->well, side * s->g * s->d2 > 0, s->x);
    keep(&w->decay, !still && s->g * s->s * s->d2 < 0, s->x);
    keep(&w->moves, !still && s->g * s->s * s->d2 != 0, s->x);
    keep(&w->a, s->a > 0, s->x);
    keep(&w->b, s->b > 0, s->x);
    keep(&w->g_below, s->g < 0, s->x);
}

static void compare(brute *b, const char *what, gf_verdict claim, double at)
{
    if (claim == GF_YES && !isnan(at))
        brute_complain(b, "%s yes, but not at %.17g", what, at);
    if (claim == GF_NO && isnan(at) && b->generic)
        brute_complain(b, "%s no, but no sample shows it", what);
}

static void check_whole(brute *b, const witness *w)
{
    const gf_classification *c = b->c;
    bool has_range = b->field->has_physical && b->field->physical.lo == 0;

    compare(b, "decay", c->energy.decay, w->decay);
    compare(b, "A", c->distance.a, w->a);
    compare(b, "B", c->distance.b, w->b);
    compare(b, "first integral", c->energy.first_integral, w->moves);
    if (c->energy.well == GF_YES)
        compare(b, "well", GF_YES, w->well);
    if (c->distance.conserved == GF_YES && !(isnan(w->a) && isnan(w->b)))
        brute_complain(b, "F conserved, but A or B > 0");
    if (!has_range)
        return;
    if (c->leaves_physical == GF_NO && !isnan(w->g_below))
        brute_complain(b, "p_g stays, but g < 0 at %.17g", w->g_below);
    if (c->leaves_physical == GF_YES && isnan(w->g_below) && b->generic)
        brute_complain(b, "p_g leaves, but g < 0 nowhere in the sample");
}

/* Inside the interval both conditions hold. */
static void check_interval(brute *b, const probe *p, const signs *s)
{
    const gf_energy *e = &b->c->energy;
    int side = s->x > p->d0_hi ? 1 : s->x < p->d0_lo ? -1 : 0;

    if (!side || !(s->x > e->interval.lo && s->x < e->interval.hi))
        return;
    if (s->known && side * s->g * s->d2 > 0)
        brute_complain(b, "no well at %.17g inside the interval", s->x);
    if (e->conserved_nearby ? s->s != 0 && !arb_is_zero(p->p_d)
                            : s->g * s->s * s->d2 < 0)
        brute_complain(b, "no decay at %.17g inside the interval", s->x);
}

/* --- rest points ------------------------------------------------------- */

static bool is_listed(const brute *b, double lo, double hi)
{
    for (size_t i = 0; i < b->c->count; i++) {
        const gf_rest_point *p = &b->c->point[i];
        double hair = 1e-12 * fmax(fabs(p->at.x), 1e-300);
        if (p->at.x >= lo - hair && p->at.x <= hi + hair)
            return true;
    }
    return false;
}

/* A change of sign of g between neighbours is a rest point, if it is no pole
   (or jump) and f2' keeps its sign. */
static void check_between(brute *b, const probe *p, signs l, signs r)
{
    double lo = l.x, hi = r.x, size = fmin(l.size, r.size);

    if (b->c->complete != GF_YES || l.g * r.g >= 0 || l.d2 * r.d2 <= 0 ||
        !l.known || !r.known || is_listed(b, l.x, r.x))
        return;
    for (int i = 0; i < 200; i++) {
        double mid = l.x / 2 + r.x / 2;
        signs m = probe_at(p, mid);
        if (!(mid > l.x && mid < r.x) || !m.g)
            break;
        if (!m.known || m.d2 != l.d2)
            return;
        if (m.g == l.g)
            l = m;
        else
            r = m;
    }
    if (fmin(l.size, r.size) < 1e-6 * size)
        brute_complain(b, "complete, but g changes sign at %.17g (%g .. %g)",
                       l.x, lo, hi);
}

/* The velocity at a rest point is a zero within its error. */
static void check_rest(brute *b, const probe *p, const gf_rest_point *q)
{
    arb_ptr y = _arb_vec_init(5);
    double e =
        fmax(fmin(q->error, 1e-12 * fabs(q->at.x)), 4e-16 * fabs(q->at.x));

    arb_set_d(y + 3, q->at.x);
    mag_set_d(arb_radref(y + 3), q->exact[0] ? 0 : e);
    if (q->exact[0])
        gf_expr_ball(y + 3, b->field->graph, q->exact[0], PRECISION);
    arb_set_d(y + 4, q->at.y);
    mag_set_d(arb_radref(y + 4), fmax(q->error, 4e-16 * fabs(q->at.y)));
    if (gf_tape_ball(y, p->tape, y + 3, PRECISION) == GF_OK && q->smooth) {
        arb_sub(y + 2, y + 2, p->level, PRECISION);
        arb_mul(y, y, p->p_d, PRECISION);
        arb_addmul(y, y + 1, y + 4, PRECISION);
        if (!arb_is_finite(y) || !arb_contains_zero(y) ||
            !arb_contains_zero(y + 2))
            brute_complain(b, "no rest point at (%.17g, %.17g)", q->at.x,
                           q->at.y);
    }
    _arb_vec_clear(y, 5);
}

static int by_x(const void *a, const void *b)
{
    const signs *s = a, *t = b;

    return (s->x > t->x) - (s->x < t->x);
}

static void sample_all(brute *b, const probe *p)
{
    witness w = {NAN, NAN, NAN, NAN, NAN, NAN};
    const gf_classification *c = b->c;
    signs *s = malloc(b->samples * sizeof *s);

    for (size_t i = 0; s && i < b->samples; i++) {
        double at = c->count && i % 3 ? c->point[i % c->count].at.x
                                      : b->field->equilibrium.d0;
        s[i] = probe_at(p, brute_point(&b->seed, b->field->domain[0], at));
        look(&w, p, &s[i]);
        check_interval(b, p, &s[i]);
    }
    if (s) {
        qsort(s, b->samples, sizeof *s, by_x);
        for (size_t i = 0; i + 1 < b->samples; i++)
            check_between(b, p, s[i], s[i + 1]);
    }
    free(s);
    check_whole(b, &w);
    for (size_t i = 0; i < c->count; i++)
        if (!c->point[i].line)
            check_rest(b, p, &c->point[i]);
}

void brute_sample(brute *b)
{
    probe p;

    if (probe_init(&p, b->field))
        sample_all(b, &p);
    else
        brute_complain(b, "no tape");
    probe_clear(&p);
}
