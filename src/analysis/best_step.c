/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The least spectral radius over an interval of steps: a scan, then bisection
 * on the sign of its slope, which is exact for smooth minima and for the kinks
 * where another multiplier becomes the largest.  The slope is that of the root
 * of p(mu, h): mu' = -p_h/p_mu.
 */
#include "analysis/best_step.h"

#include <complex.h>
#include <math.h>

#include "analysis/critical.h"

enum { SCAN = 64, BISECTIONS = 60, PRECISION = 128 };

/* The step at u in (0, 1). */
static double step_at(gf_steps interval, double u)
{
    double lo = interval.lo;

    if (isfinite(interval.hi))
        return lo + (interval.hi - lo) * u;
    return lo + (lo > 0 ? lo : 1) * exp(23 * (2 * u - 1));
}

/* p_h and p_mu at a multiplier. */
static void slopes(acb_t by_h, acb_t by_mu, const gf_multiplier_poly *p,
                   const acb_t mu, const fmpq_t h)
{
    fmpz_poly_t derived;
    fmpq_t c;
    acb_t term;

    fmpz_poly_init(derived);
    fmpq_init(c);
    acb_init(term);
    acb_zero(by_h);
    acb_zero(by_mu);
    for (size_t k = p->degree + 1; k-- > 0;) {
        fmpz_poly_derivative(derived, &p->coef[k]);
        fmpz_poly_evaluate_fmpq(c, derived, h);
        acb_set_fmpq(term, c, PRECISION);
        acb_mul(by_h, by_h, mu, PRECISION);
        acb_add(by_h, by_h, term, PRECISION);
        if (k == 0)
            break;
        fmpz_poly_evaluate_fmpq(c, &p->coef[k], h);
        acb_set_fmpq(term, c, PRECISION);
        acb_mul_ui(term, term, k, PRECISION);
        acb_mul(by_mu, by_mu, mu, PRECISION);
        acb_add(by_mu, by_mu, term, PRECISION);
    }
    fmpz_poly_clear(derived);
    fmpq_clear(c);
    acb_clear(term);
}

static double complex middle(const acb_t x)
{
    return arf_get_d(arb_midref(acb_realref(x)), ARF_RND_NEAR) +
           I * arf_get_d(arb_midref(acb_imagref(x)), ARF_RND_NEAR);
}

/* d|mu|/dh of the largest multiplier; the radius. */
static double slope(double *radius, const gf_multiplier_poly *p, double h)
{
    gf_multipliers m = {.root = NULL};
    double most = -INFINITY;
    acb_t by_h, by_mu;
    fmpq_t at;

    fmpq_init(at);
    acb_init(by_h);
    acb_init(by_mu);
    gf_rational_of(at, h);
    gf_multipliers_at(&m, p, at, PRECISION);
    *radius = 0;
    for (slong i = 0; i < m.count; i++) {
        double complex mu = middle(m.root + i);
        if (cabs(mu) < *radius * (1 - 1e-13))
            break;
        slopes(by_h, by_mu, p, m.root + i, at);
        acb_div(by_h, by_h, by_mu, PRECISION);
        *radius = fmax(*radius, cabs(mu));
        double s = -creal(conj(mu) * middle(by_h)) / cabs(mu);
        if (s > most)
            most = s;
    }
    gf_multipliers_clear(&m);
    acb_clear(by_h);
    acb_clear(by_mu);
    fmpq_clear(at);
    return most;
}

double gf_radius_slope(const gf_multiplier_poly *p, double h)
{
    double radius;

    return slope(&radius, p, h);
}

/* Several polynomials, of which the largest multiplier counts. */
typedef struct set {
    const gf_multiplier_poly *p;
    size_t count;
} set;

static double radius_of(const set *all, double h)
{
    double radius = 0;

    for (size_t i = 0; i < all->count; i++)
        radius = fmax(radius, gf_multipliers_radius(&all->p[i], h));
    return radius;
}

static double slope_of(double *radius, const set *all, double h)
{
    double most = 0;

    *radius = -1;
    for (size_t i = 0; i < all->count; i++) {
        double r, s = slope(&r, &all->p[i], h);
        if (r > *radius) {
            *radius = r;
            most = s;
        }
    }
    return most;
}

/* Between two steps with a minimum in between. */
static double refine(double *radius, const set *all, double lo, double hi,
                     double best)
{
    double least = radius_of(all, best), r = least, mid = best;

    for (int i = 0; i < BISECTIONS; i++) {
        double middle = lo + (hi - lo) / 2;
        if (!(middle > lo && middle < hi))
            break;
        mid = middle;
        double s = slope_of(&r, all, mid);
        if (r < least) {
            least = r;
            best = mid;
        }
        if (s == 0)
            break;
        if (s > 0)
            hi = mid;
        else
            lo = mid;
    }
    /* near a smooth minimum the radius knows the step by half of its digits
       only, the slope by all */
    if (r <= least * (1 + 1e-14))
        best = mid;
    *radius = least;
    return best;
}

/* What the radius tends to as h grows. */
static double far_away(const gf_multiplier_poly *p)
{
    gf_multiplier_poly top = {.degree = p->degree};
    slong most = 0;
    fmpz_t c;

    fmpz_init(c);
    for (size_t i = 0; i <= p->degree; i++)
        if (fmpz_poly_degree(&p->coef[i]) > most)
            most = fmpz_poly_degree(&p->coef[i]);
    top.coef = flint_malloc((top.degree + 1) * sizeof *top.coef);
    for (size_t i = 0; i <= p->degree; i++) {
        fmpz_poly_init(&top.coef[i]);
        fmpz_poly_get_coeff_fmpz(c, &p->coef[i], most);
        fmpz_poly_set_coeff_fmpz(&top.coef[i], 0, c);
    }
    double radius = gf_multipliers_radius(&top, 1);
    gf_multiplier_poly_clear(&top);
    fmpz_clear(c);
    return radius;
}

/* The scan of an interval: steps, radii, and how these go there. */
typedef struct scan {
    double step[SCAN + 1], radius[SCAN + 1], slope[SCAN + 1];
} scan;

static bool is_low(const scan *at, size_t i)
{
    return (i == 0 || at->radius[i] <= at->radius[i - 1]) &&
           (i == SCAN || at->radius[i] <= at->radius[i + 1]);
}

/* A minimum that the radii do not show: between falling and rising. */
static bool is_hidden(const scan *at, size_t i)
{
    return i < SCAN && at->slope[i] < 0 && at->slope[i + 1] > 0 &&
           !is_low(at, i) && !is_low(at, i + 1);
}

static void try(double *radius, double *best, const set *all, double lo,
                double hi, double from)
{
    double least, at = refine(&least, all, lo, hi, from);

    if (least < *radius) {
        *radius = least;
        *best = at;
    }
}

double gf_best_step(double *radius, const gf_multiplier_poly *p, size_t count,
                    gf_steps interval)
{
    double best = NAN;
    set all = {p, count};
    scan at;

    *radius = INFINITY;
    for (size_t i = 0; i <= SCAN; i++) {
        at.step[i] = step_at(interval, ((double)i + 0.5) / (SCAN + 1));
        at.slope[i] = slope_of(&at.radius[i], &all, at.step[i]);
    }
    for (size_t i = 0; i <= SCAN; i++) {
        double lo = i > 0 ? at.step[i - 1] : step_at(interval, 0);
        double hi = i < SCAN ? at.step[i + 1]
                    : isfinite(interval.hi)
                        ? interval.hi
                        : step_at(interval, (SCAN + 1.5) / (SCAN + 1));
        if (is_low(&at, i))
            try(radius, &best, &all, lo, hi, at.step[i]);
        if (is_hidden(&at, i))
            try(radius, &best, &all, at.step[i], hi, at.step[i]);
    }
    double limit = 0;
    for (size_t i = 0; i < count && isinf(interval.hi); i++)
        limit = fmax(limit, far_away(&p[i]));
    if (isinf(interval.hi) && limit < *radius) {
        *radius = limit;
        best = INFINITY;
    }
    return best;
}
