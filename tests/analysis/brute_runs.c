/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quadratures and runs against the claims of a classification. */
#include "brute.h"

#include <math.h>
#include <stdlib.h>

#include <ganfield/plane.h>

#include "harness.h"

/* --- W by tanh-sinh quadrature ----------------------------------------- */

typedef struct curve {
    gf_tape *tape; /* W' */
    double work[4096];
} curve;

static bool curve_init(curve *w, const gf_classification *c)
{
    return gf_tape_new(&w->tape, c->field->graph, &c->energy.slope, 1,
                       &c->field->axis[0], 1, NULL) == GF_OK &&
           gf_tape_slots(w->tape) <= 4096;
}

static double slope_at(curve *w, double x)
{
    double y;

    gf_tape_at(&y, w->tape, &x, w->work);
    return y;
}

/* The integral of W' from a to b by tanh-sinh: ends may be singular. */
static double panel(curve *w, double a, double b)
{
    double h = 1.0 / 16, sum = 0, half = (b - a) / 2;

    for (int i = -96; i <= 96; i++) {
        double t = i * h, u = M_PI_2 * sinh(t);
        double y = exp(-fabs(u)) / cosh(u); /* from the end, in halves */
        double weight = M_PI_2 * cosh(t) / (cosh(u) * cosh(u));
        double at = u < 0 ? a + half * y : b - half * y, f;
        if (!(weight > 1e-280) || at == a || at == b)
            continue;
        f = slope_at(w, at);
        if (isfinite(f))
            sum += weight * f;
    }
    return sum * half * h;
}

static double halved(curve *w, double a, double b, double whole, int depth)
{
    double m = a / 2 + b / 2, left = panel(w, a, m), right = panel(w, m, b);

    if (depth == 0 || fabs(left + right - whole) <= 1e-11 * fabs(whole))
        return left + right;
    return halved(w, a, m, left, depth - 1) + halved(w, m, b, right, depth - 1);
}

static double well_at(curve *w, double d0, double x)
{
    return halved(w, d0, x, panel(w, d0, x), 12);
}

static double energy_at(curve *w, const gf_classification *c, gf_vec2 p)
{
    const gf_field *f = c->field;
    double height = p.y - f->parameter[f->p_d].number;

    return height * height / (2 * f->speed[1]) +
           well_at(w, f->equilibrium.d0, p.x);
}

/* W on the way to an end, at steps that double (or at an eighth of the
   distance each time), as far as doubles reach; gives their number. */
static size_t climb(double *grown, size_t most, curve *w, double d0, double end)
{
    size_t n = 0;

    for (; n < most; n++) {
        double x =
            isfinite(end)
                ? end + (d0 - end) * ldexp(1, -3 * (int)n - 1)
                : d0 + copysign(fmax(1, fabs(d0)) * ldexp(1, (int)n), end);
        double size = fabs(slope_at(w, x));
        if (x == end || !(size > 1e-200 && size < 1e200))
            break;
        grown[n] = well_at(w, d0, x);
    }
    return n;
}

static void check_end(brute *b, curve *w, double end, double level)
{
    double grown[12], step, before, limit;
    size_t n = climb(grown, 12, w, b->field->equilibrium.d0, end);

    if (n < 4 || isnan(level))
        return;
    step = grown[n - 1] - grown[n - 2];
    before = grown[n - 2] - grown[n - 3];
    limit = step < 0.9 * before ? grown[n - 1] + step * step / (before - step)
                                : INFINITY;
    if (isinf(level) ? step < 0.2 * before && step < 1e-6 * grown[n - 1]
                     : level > limit * (1 + (isfinite(end) ? 1e-6 : 1e-3)))
        brute_complain(b, "W(%g) is %.12g, not %.12g", end, limit, level);
}

void brute_levels(brute *b)
{
    const gf_classification *c = b->c;
    const gf_energy *e = &c->energy;
    curve *w = calloc(1, sizeof *w);

    if (w && c->has_energy && e->slope && curve_init(w, c)) {
        check_end(b, w, e->interval.lo, e->level_lo);
        check_end(b, w, e->interval.hi, e->level_hi);
        if (e->region == GF_REGION_LEVEL &&
            !(e->region_level <= fmin(e->level_lo, e->level_hi)))
            brute_complain(b, "a region above its border");
        for (int i = 0; i < 4; i++) {
            double d0 = b->field->equilibrium.d0;
            gf_range inside = {fmax(e->interval.lo, d0 - 3),
                               fmin(e->interval.hi, d0 + 3), false, false};
            gf_vec2 p = {random_between(&b->seed, inside.lo, inside.hi),
                         random_between(&b->seed, -1, 1)};
            double got = gf_energy_at(c, p), want = energy_at(w, c, p);
            if (fabs(got - want) > 1e-7 * fmax(fabs(want), 1e-3))
                brute_complain(b, "E(%g, %g) is %.12g, not %.12g", p.x, p.y,
                               want, got);
        }
    }
    if (w)
        gf_tape_free(w->tape);
    free(w);
}

/* --- runs -------------------------------------------------------------- */

static gf_vec2 plus(gf_vec2 a, double h, gf_vec2 b)
{
    return (gf_vec2){a.x + h * b.x, a.y + h * b.y};
}

/* One step of the fourth order; its size adapts by halving it. */
static gf_vec2 rk4(const gf_field *f, gf_vec2 z, double h)
{
    gf_vec2 k1 = gf_field_at(z, f), k2, k3, k4;

    k2 = gf_field_at(plus(z, h / 2, k1), f);
    k3 = gf_field_at(plus(z, h / 2, k2), f);
    k4 = gf_field_at(plus(z, h, k3), f);
    z.x += h / 6 * (k1.x + 2 * k2.x + 2 * k3.x + k4.x);
    z.y += h / 6 * (k1.y + 2 * k2.y + 2 * k3.y + k4.y);
    return z;
}

static double apart(gf_vec2 a, gf_vec2 b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

typedef struct run {
    gf_vec2 z;
    double t;
    size_t steps;
    bool left; /* the domain, or is not finite */
} run;

/* Runs until t, or for so many steps, or out of the circle round `at`. */
static run go(const gf_field *f, gf_vec2 z, double until, gf_vec2 at,
              double circle)
{
    run r = {.z = z};
    double h = 1e-3 * until, scale = apart(z, at);

    while (r.t < until && r.steps++ < 20000 && !r.left) {
        gf_vec2 one, two;
        double error;
        if (r.t + h > until)
            h = until - r.t;
        one = rk4(f, r.z, h);
        two = rk4(f, rk4(f, r.z, h / 2), h / 2);
        error = apart(one, two);
        if (!isfinite(two.x + two.y) ||
            !(error <= 1e-9 * fmax(scale, apart(r.z, at)))) {
            h /= 2;
            r.left = h < 1e-20 * until;
            continue;
        }
        r.t += h;
        r.z = two;
        h *= error < 1e-11 * scale ? 2 : 1;
        if (apart(r.z, at) > circle)
            break;
    }
    return r;
}

/* How far round the point nothing else disturbs: other rest points, ends. */
static double room(const brute *b, const gf_rest_point *p)
{
    const gf_range *d = b->field->domain;
    double space = fmax(1, hypot(p->at.x, p->at.y));

    for (size_t i = 0; i < b->c->count; i++)
        if (&b->c->point[i] != p)
            space = fmin(space, apart(p->at, b->c->point[i].at));
    space = fmin(space, fmin(p->at.x - d[0].lo, d[0].hi - p->at.x));
    return fmin(space, fmin(p->at.y - d[1].lo, d[1].hi - p->at.y));
}

static double rate_of(const gf_rest_point *p)
{
    double least = INFINITY;

    for (int i = 0; i < 2; i++)
        if (p->spectrum.re[i] != 0)
            least = fmin(least, fabs(p->spectrum.re[i]));
    return least;
}

/* By linearisation: small starts shrink, or grow. */
static void run_near(brute *b, const gf_rest_point *p)
{
    double r = 1e-4 * room(b, p), angle = random_between(&b->seed, 0, 6.3);
    gf_vec2 start = {p->at.x + r * cos(angle), p->at.y + r * sin(angle)};
    double rate = rate_of(p),
           size = hypot(p->spectrum.im[0], p->spectrum.re[1]);
    const gf_mat2 *j = &p->spectrum.jacobian;
    gf_vec2 v = gf_field_at(start, b->field), d = plus(start, -1, p->at);
    gf_vec2 line = {j->xx * d.x + j->xy * d.y, j->yx * d.x + j->yy * d.y};
    run end;

    if (apart(v, line) > 1e-2 * rate * r)
        return; /* not so near */

    if (!(r > 1e-9 * fmax(1, hypot(p->at.x, p->at.y))) || !(rate > 1e-3 * size))
        return;
    if (p->stability == GF_STABILITY_ASYMPTOTICALLY_STABLE) {
        end = go(b->field, start, 12 / rate, p->at, 1e300);
        if (end.t * rate > 11.9 && apart(end.z, p->at) > 0.1 * r)
            brute_complain(b, "stable at (%g, %g), but a run does not settle",
                           p->at.x, p->at.y);
    } else if (p->stability == GF_STABILITY_UNSTABLE) {
        end = go(b->field, start, 40 / rate, p->at, 20 * r);
        if (end.t * rate > 39 && apart(end.z, p->at) < 2 * r)
            brute_complain(b, "unstable at (%g, %g), but a run stays", p->at.x,
                           p->at.y);
    }
}

/* From a start with E < level E decreases, inside of the interval; a run may be
   too stiff to be followed. */
static void run_region(brute *b, curve *w, const gf_rest_point *p)
{
    const gf_energy *e = &b->c->energy;
    double level = e->region == GF_REGION_LEVEL ? e->region_level : INFINITY;
    double d0 = b->field->equilibrium.d0, start, end, rate = p->margin;
    gf_range inside = {fmax(e->interval.lo, d0 - 10),
                       fmin(e->interval.hi, d0 + 10), false, false};
    gf_vec2 z;
    run r;

    for (int i = 0; i < 100; i++) {
        z.x = random_between(&b->seed, inside.lo, inside.hi);
        z.y = p->at.y + random_between(&b->seed, -1, 1) *
                            sqrt(2 * b->field->speed[1] * fmin(level, 10));
        start = energy_at(w, b->c, z);
        if (start < 0.999 * level && start >= 0)
            break;
        start = NAN;
    }
    if (isnan(start))
        return;
    r = go(b->field, z, rate > 0 ? fmin(1000 / rate, 1e5) : 100, p->at, 1e300);
    end = energy_at(w, b->c, r.z);
    if ((r.steps < 20000 && !(end < start)) ||
        !(r.z.x > e->interval.lo && r.z.x < e->interval.hi))
        brute_complain(b,
                       "(%g, %g) of the region comes to (%g, %g), E %g to %g",
                       z.x, z.y, r.z.x, r.z.y, start, end);
    else if (r.t * rate > 999 && end > 1e-3 * start)
        brute_complain(b, "(%g, %g) of the region is at (%g, %g) after %g", z.x,
                       z.y, r.z.x, r.z.y, r.t);
}

void brute_runs(brute *b)
{
    const gf_classification *c = b->c;
    curve *w = calloc(1, sizeof *w);

    for (size_t i = 0; i < c->count; i++)
        if (c->point[i].evidence == GF_EVIDENCE_LINEARISATION)
            run_near(b, &c->point[i]);
    if (w && c->has_energy && c->energy.region != GF_REGION_NONE &&
        c->wanted < c->count && curve_init(w, c))
        run_region(b, w, &c->point[c->wanted]);
    if (w)
        gf_tape_free(w->tape);
    free(w);
}

/* --- Jacobians --------------------------------------------------------- */

/* The k-th column of the Jacobian by differences; NaN where two steps do not
   agree on it. */
static gf_vec2 column(const brute *b, const gf_rest_point *p, int k)
{
    double scale = fmax(1, hypot(p->at.x, p->at.y));
    double h = fmax(1e-6 * fmin(1, room(b, p)), 1e-9 * scale);
    gf_vec2 way = {k == 0, k == 1}, d[2];

    for (int i = 0; i < 2; i++, h *= 2) {
        gf_vec2 up = gf_field_at(plus(p->at, h, way), b->field);
        gf_vec2 down = gf_field_at(plus(p->at, -h, way), b->field);
        d[i] = (gf_vec2){(up.x - down.x) / (2 * h), (up.y - down.y) / (2 * h)};
    }
    return apart(d[0], d[1]) <= 1e-4 * hypot(d[0].x, d[0].y)
               ? d[0]
               : (gf_vec2){NAN, NAN};
}

static void check_jacobian(brute *b, const gf_rest_point *p)
{
    const gf_spectrum *s = &p->spectrum;
    const gf_mat2 *j = &s->jacobian;
    double size = fabs(j->xx) + fabs(j->xy) + fabs(j->yx) + fabs(j->yy);
    double tr = s->re[0] + s->re[1];
    double det = s->re[0] * s->re[1] - s->im[0] * s->im[1];
    double slack = 1e-9 * size + 4 * s->error;

    if (!(size > 1e-140 && size < 1e140))
        return;
    for (int k = 0; k < 2 && fabs(p->at.y) < 1e8; k++) {
        gf_vec2 want = column(b, p, k);
        gf_vec2 got = k ? (gf_vec2){j->xy, j->yy} : (gf_vec2){j->xx, j->yx};
        if (apart(got, want) > 1e-3 * hypot(want.x, want.y) + 1e-9 * size)
            brute_complain(b, "J at (%g, %g), column %d: %g %g, not %g %g",
                           p->at.x, p->at.y, k, got.x, got.y, want.x, want.y);
    }
    if (fabs(tr - (j->xx + j->yy)) > slack ||
        fabs(det - (j->xx * j->yy - j->xy * j->yx)) > slack * size)
        brute_complain(b, "eigenvalues at (%g, %g)", p->at.x, p->at.y);
}

bool brute_agrees(brute *b, const gf_classification *c, uint64_t seed,
                  size_t samples)
{
    *b = (brute){.c = c,
                 .field = c->field,
                 .seed = seed,
                 .samples = samples,
                 .generic = b->generic};
    for (size_t i = 0; i < c->count; i++)
        if (c->point[i].smooth && !c->point[i].line &&
            c->point[i].type != GF_TYPE_UNDECIDED)
            check_jacobian(b, &c->point[i]);
    if (c->field->kind == GF_POINTWISE) {
        brute_sample(b);
        brute_levels(b);
    } else {
        brute_planar(b);
    }
    brute_runs(b);
    return b->text[0] == '\0';
}
