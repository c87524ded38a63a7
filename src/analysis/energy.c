/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The energy E = (p_g - p_d)^2/(2b) + W(D) (docs/theory.md, section 2): from
 * the sign charts of g, S = f1' + f2' and f2',
 *
 *     well   (D - D0) g (-f2') > 0        decay   g S f2' >= 0 (p_d > 0)
 *
 * LaSalle's principle [khalil2002, thm 4.4] makes the component of {E < c},
 * c the lower of W at both ends of the interval where both hold, a region of
 * attraction.
 */
#include "analysis/energy.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/rest.h"

typedef struct stretch {
    double lo, hi; /* between neighbouring breaks */
    int g, s, d2;  /* signs, 0 unknown */
} stretch;

static bool is_conserved(const gf_study *s, const gf_study_piece *p)
{
    return p->chart_s.zero || s->p_d_number == 0;
}

static int well_sign(const gf_study *s, const stretch *t)
{
    int side = t->lo >= s->d0.value ? 1 : -1;

    return -side * t->g * t->d2;
}

static int decay_sign(const gf_study *s, const gf_study_piece *p,
                      const stretch *t)
{
    return is_conserved(s, p) ? 0 : t->g * t->s * t->d2;
}

/* The width of an enclosed root is no stretch. */
static bool is_hair(const stretch *t)
{
    return isfinite(t->lo) && t->hi - t->lo <= 1e-14 * fabs(t->lo);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* All cell ends of the three charts of a piece, sorted. */
static double *breaks_of(const gf_study_piece *p, size_t *count)
{
    const gf_chart *chart[3] = {&p->chart_g, &p->chart_s, &p->chart_d2};
    size_t most = 2;
    double *x;

    for (int i = 0; i < 3; i++)
        most += 2 * chart[i]->count;
    x = malloc(most * sizeof *x);
    if (!x)
        return NULL;
    x[0] = p->lo;
    x[1] = p->hi;
    *count = 2;
    for (int i = 0; i < 3; i++)
        for (size_t k = 0; k < chart[i]->count; k++) {
            x[(*count)++] = chart[i]->cell[k].lo;
            x[(*count)++] = chart[i]->cell[k].hi;
        }
    qsort(x, *count, sizeof *x, by_value);
    return x;
}

static int sign_between(const gf_chart *chart, double lo, double hi)
{
    return chart->zero ? 0 : gf_chart_sign(chart, lo, hi);
}

static stretch stretch_of(const gf_study_piece *p, double lo, double hi)
{
    return (stretch){lo, hi, sign_between(&p->chart_g, lo, hi),
                     sign_between(&p->chart_s, lo, hi),
                     sign_between(&p->chart_d2, lo, hi)};
}

/* --- the whole domain -------------------------------------------------- */

typedef struct tally {
    bool well_fails, well_open, decay_fails, decay_open, moves;
} tally;

/* A zero of g away from D0, or of f2' anywhere, spoils the well. */
static void tally_roots(tally *t, const gf_study *s, const gf_study_piece *p)
{
    for (size_t i = 0; i < p->chart_g.count; i++) {
        const gf_cell *cell = &p->chart_g.cell[i];
        if (cell->is_root &&
            (cell->root.hi < s->d0.lo || cell->root.lo > s->d0.hi))
            t->well_fails = true;
    }
    for (size_t i = 0; i < p->chart_d2.count; i++)
        t->well_fails = t->well_fails || p->chart_d2.cell[i].is_root;
    t->well_fails = t->well_fails || p->chart_g.zero || p->chart_d2.zero;
}

static void tally_stretch(tally *t, const gf_study *s, const gf_study_piece *p,
                          const stretch *part)
{
    int well = well_sign(s, part), decay = decay_sign(s, p, part);
    bool flat = is_conserved(s, p) || p->chart_g.zero || p->chart_d2.zero;

    t->well_fails = t->well_fails || well < 0;
    t->well_open = t->well_open || well == 0;
    t->decay_fails = t->decay_fails || decay < 0 || p->chart_d2.zero;
    t->decay_open = t->decay_open || (decay == 0 && !flat);
    t->moves = t->moves || decay != 0;
}

static gf_status tally_piece(tally *t, const gf_study *s,
                             const gf_study_piece *p)
{
    size_t count;
    double *x = breaks_of(p, &count);

    if (!x)
        return gf_error_set(s->error, GF_MEMORY, "out of memory");
    tally_roots(t, s, p);
    for (size_t i = 0; i + 1 < count; i++) {
        stretch part = stretch_of(p, x[i], x[i + 1]);
        if (x[i] < x[i + 1] && !(is_hair(&part) && well_sign(s, &part) == 0))
            tally_stretch(t, s, p, &part);
    }
    free(x);
    return GF_OK;
}

static gf_verdict verdict(bool fails, bool open)
{
    return fails ? GF_NO : open ? GF_UNKNOWN : GF_YES;
}

/* --- the interval round D0 --------------------------------------------- */

/* Walks from D0 to one side while well and decay hold. */
static double walk(const gf_study *s, const gf_study_piece *p, const double *x,
                   size_t count, int side)
{
    double end = s->d0.value;
    size_t n = count;

    for (size_t k = 0; k + 1 < n; k++) {
        size_t i = side > 0 ? k : n - 2 - k;
        stretch part = stretch_of(p, x[i], x[i + 1]);
        bool beyond = side > 0 ? part.lo >= s->d0.lo : part.hi <= s->d0.hi;
        bool inside = part.lo >= s->d0.lo && part.hi <= s->d0.hi;
        bool touches_root = false;
        if (!beyond || inside || part.lo == part.hi)
            continue;
        if (is_hair(&part)) {
            /* inside the enclosure of a root of S only: E is still there */
            touches_root = part.g && part.d2;
        }
        if (!touches_root &&
            (well_sign(s, &part) <= 0 ||
             (decay_sign(s, p, &part) <= 0 && !is_conserved(s, p))))
            return end;
        end = side > 0 ? part.hi : part.lo;
    }
    return end;
}

/* A root of g or f2' strictly inside the walk ends it: find the first. */
static double stop_at_roots(const gf_study *s, const gf_chart *chart,
                            double end, int side)
{
    for (size_t i = 0; i < chart->count; i++) {
        const gf_cell *cell = &chart->cell[i];
        if (!cell->is_root ||
            (cell->root.lo <= s->d0.hi && cell->root.hi >= s->d0.lo))
            continue;
        if (side > 0 && cell->root.lo > s->d0.hi)
            end = fmin(end, cell->root.value);
        if (side < 0 && cell->root.hi < s->d0.lo)
            end = fmax(end, cell->root.value);
    }
    return end;
}

static gf_status find_interval(gf_energy *e, const gf_study *s,
                               const gf_study_piece *p)
{
    size_t count;
    double *x = breaks_of(p, &count);

    if (!x)
        return gf_error_set(s->error, GF_MEMORY, "out of memory");
    for (int side = -1; side <= 1; side += 2) {
        double end = walk(s, p, x, count, side);
        end = stop_at_roots(s, &p->chart_g, end, side);
        end = stop_at_roots(s, &p->chart_d2, end, side);
        if (side < 0)
            e->interval.lo = end;
        else
            e->interval.hi = end;
    }
    free(x);
    return GF_OK;
}

gf_decay_nearby gf_energy_nearby(const gf_study *s, bool *well)
{
    const gf_study_piece *p = gf_study_home(s);
    gf_decay_nearby found = GF_DECAY_UNKNOWN;
    double *x;
    size_t count;

    *well = false;
    x = p ? breaks_of(p, &count) : NULL;
    if (!x)
        return GF_DECAY_UNKNOWN;
    for (size_t i = 0; i + 1 < count; i++) {
        stretch left, right;
        int a, b;
        if (!(x[i] <= s->d0.lo && x[i + 1] >= s->d0.lo && x[i] < s->d0.lo))
            continue;
        left = stretch_of(p, x[i], x[i + 1]);
        for (i++; i + 1 < count && x[i + 1] <= s->d0.hi; i++)
            ;
        if (i + 1 >= count)
            break;
        right = stretch_of(p, x[i], x[i + 1]);
        *well = well_sign(s, &left) > 0 && well_sign(s, &right) > 0;
        a = decay_sign(s, p, &left);
        b = decay_sign(s, p, &right);
        found = is_conserved(s, p) ? GF_DECAY_NONE
                : a > 0 && b > 0   ? GF_DECAY_STRICT
                : a < 0 && b < 0   ? GF_DECAY_GROWTH
                                   : GF_DECAY_UNKNOWN;
        break;
    }
    free(x);
    return found;
}

/* --- the energy -------------------------------------------------------- */

gf_expr gf_energy_integrand(const gf_study *s, const gf_study_piece *p)
{
    gf_graph *graph = s->graph;
    gf_expr slope = gf_expr_product(graph, s->field->speed_exact[0], p->d2);

    return gf_expr_simplify(
        graph, gf_expr_negative(graph, gf_expr_quotient(graph, p->g, slope)));
}

/* W with W(D0) = 0, where the integral is elementary. */
static gf_expr antiderivative(const gf_study *s, const gf_study_piece *p)
{
    gf_expr w = gf_expr_integrate(s->graph, gf_energy_integrand(s, p), s->x,
                                  s->d0.value);

    if (!w)
        return GF_EXPR_NONE;
    return gf_expr_simplify(
        s->graph, gf_expr_difference(s->graph, w, gf_study_at_d0(s, w)));
}

static gf_expr exact_end(const gf_study_piece *p, double end)
{
    const gf_chart *chart[2] = {&p->chart_g, &p->chart_d2};

    if (p->lo_exact && end == p->lo)
        return p->lo_exact;
    if (p->hi_exact && end == p->hi)
        return p->hi_exact;
    for (int i = 0; i < 2; i++)
        for (size_t k = 0; k < chart[i]->count; k++)
            if (chart[i]->cell[k].is_root &&
                chart[i]->cell[k].root.value == end)
                return chart[i]->cell[k].root.exact;
    return GF_EXPR_NONE;
}

static gf_status find_region(gf_energy *e, const gf_study *s,
                             const gf_study_piece *p)
{
    gf_range r = e->interval, whole = s->field->domain[0];
    gf_status status;

    if (!(r.lo < s->d0.lo && r.hi > s->d0.hi))
        return GF_OK;
    e->slope = gf_energy_integrand(s, p);
    e->w = antiderivative(s, p);
    status = gf_energy_level(&e->level_lo, s, e->w, r.lo, exact_end(p, r.lo));
    if (status == GF_OK)
        status =
            gf_energy_level(&e->level_hi, s, e->w, r.hi, exact_end(p, r.hi));
    if (status || e->conserved_nearby)
        return status;
    e->region_level = fmin(e->level_lo, e->level_hi);
    if (!(e->region_level > 0))
        e->region_level = NAN;
    else if (isinf(e->region_level) && r.lo == whole.lo && r.hi == whole.hi)
        e->region = GF_REGION_WHOLE;
    else
        e->region = GF_REGION_LEVEL;
    return GF_OK;
}

gf_status gf_energy_make(gf_energy *e, const gf_study *s)
{
    const gf_study_piece *home = gf_study_home(s);
    bool conserved = s->count > 0, symbolic = true;
    tally t = {.well_open = !s->complete, .decay_open = !s->complete};
    gf_status status = GF_OK;

    *e = (gf_energy){.region_level = NAN,
                     .level_lo = NAN,
                     .level_hi = NAN,
                     .interval = {s->d0.value, s->d0.value, true, true}};
    for (size_t i = 0; i < s->count && status == GF_OK; i++) {
        status = tally_piece(&t, s, &s->piece[i]);
        conserved = conserved && is_conserved(s, &s->piece[i]);
        symbolic = symbolic && is_conserved(s, &s->piece[i]);
    }
    if (status)
        return status;
    e->well = verdict(t.well_fails, t.well_open);
    e->decay = verdict(t.decay_fails, t.decay_open && !conserved);
    e->first_integral = conserved && s->complete ? GF_YES
                        : t.moves                ? GF_NO
                                                 : GF_UNKNOWN;
    e->conserved_nearby = home && is_conserved(s, home);
    e->decided = symbolic && e->well != GF_UNKNOWN ? GF_DECIDED_SYMBOLIC
                 : e->well != GF_UNKNOWN || e->decay != GF_UNKNOWN
                     ? GF_DECIDED_INTERVAL
                     : GF_DECIDED_NONE;
    if (!home)
        return GF_OK;
    status = find_interval(e, s, home);
    e->interval.lo_closed = e->interval.hi_closed = false;
    return status ? status : find_region(e, s, home);
}
