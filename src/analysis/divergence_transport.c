/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Wasserstein-2 by quantiles: W2^2 = int_0^1 (Q_p(u) - Q_q(u))^2 du
 * [villani2003, thm 2.18]. The line of u is cut where either distribution goes
 * from an atom to a density or passes one of its cuts. Where both are atoms the
 * integrand is constant; where one is a density the integral is taken in its x,
 * int (x - T(x))^2 p(x) dx with T = Q_q o F_p.
 */
#include "analysis/divergence.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A stretch of u on which a distribution is one atom, or a density. */
typedef struct stretch {
    double below, above; /* u and 1 - u at its upper end */
    double from, to;     /* places; equal for an atom */
} stretch;

typedef struct course {
    const gf_distribution *d;
    stretch *item;
    size_t count;
} course;

/* Mass that is not worth a quadrature. */
#define NEGLIGIBLE 1e-200

static void add_stretch(course *c, double from, double to, double atoms,
                        double atoms_left)
{
    const gf_distribution *d = c->d;
    double below = atoms, above = atoms_left;

    for (size_t i = 0; i < d->parts; i++) {
        const gf_part *part = &d->part[i];
        below += part->weight * (isinf(to) ? 1 : part->family->below(part, to));
        above += isinf(to) ? 0 : part->weight * part->family->above(part, to);
    }
    c->item[c->count++] = (stretch){below, above, from, to};
}

/* The stretches of one distribution, from the left. */
static gf_status lay(course *c, const gf_distribution *d, gf_error *error)
{
    double all = d->atom_below[d->atoms];
    size_t k = 0;

    *c = (course){.d = d};
    c->item = malloc((d->cuts + d->atoms + 3) * sizeof *c->item);
    if (!c->item)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    for (size_t i = 0; i <= d->cuts; i++) {
        double from = i == 0 ? -INFINITY : d->cut[i - 1];
        double to = i == d->cuts ? INFINITY : d->cut[i];
        double middle = isinf(from) ? to - 1
                        : isinf(to) ? from + 1
                                    : from + (to - from) / 2;
        bool is_open =
            (i > 0 || d->left_open) && (i < d->cuts || d->right_open);
        if (is_open && gf_distribution_covers(d, middle))
            add_stretch(c, from, to, d->atom_below[k], all - d->atom_below[k]);
        if (k < d->atoms && i < d->cuts && d->atom[k].at == to) {
            k++;
            add_stretch(c, to, to, d->atom_below[k], all - d->atom_below[k]);
        }
    }
    return GF_OK;
}

/* --- one stretch of u -------------------------------------------------- */

typedef struct transport {
    const gf_distribution *d, *other; /* in x of d */
    double low, high;                 /* where the other is */
    double noise;                     /* a part of x that does not count */
} transport;

/* (x - T(x))^2 p(x). */
static double cost(double x, void *ctx)
{
    const transport *t = ctx;
    double density = gf_distribution_density(t->d, x), to;

    if (density < 1e-280)
        return 0;
    if (t->low == t->high)
        to = t->low;
    else
        to = gf_distribution_quantile(t->other, gf_distribution_below(t->d, x),
                                      gf_distribution_above(t->d, x));
    to = fmin(fmax(to, t->low), t->high);
    if (fabs(x - to) < t->noise * fabs(x))
        return 0;
    return (x - to) * (x - to) * density;
}

/* The place where a course passes u, inside of one of its stretches. */
static double place(const course *c, const stretch *s, double u, double above)
{
    if (u == s->below && above == s->above)
        return s->to;
    return fmin(fmax(gf_distribution_quantile(c->d, u, above), s->from), s->to);
}

static gf_status add_cost(gf_integral *sum, const course *in, double from,
                          double to, const course *other, const stretch *at,
                          gf_error *error)
{
    transport t = {in->d, other->d, at->from, at->to, 1e-13};
    double cut[2];
    size_t cuts = 0;

    if (isfinite(from))
        cut[cuts++] = from;
    if (isfinite(to) && to > from)
        cut[cuts++] = to;
    return gf_integrate_line(sum, cost, &t, cut, cuts, isinf(from), isinf(to),
                             error);
}

/* --- all of them ------------------------------------------------------- */

static bool is_atom(const stretch *s)
{
    return s->from == s->to;
}

static double nearer_difference(double below, double above, double below2,
                                double above2)
{
    return below2 < 0.5 ? below2 - below : above - above2;
}

static gf_status merge(gf_integral *sum, const course *p, const course *q,
                       gf_error *error)
{
    size_t i = 0, k = 0;
    double below = 0, above = 1, at_p = -INFINITY, at_q = -INFINITY;
    gf_status status = GF_OK;

    while (i < p->count && k < q->count && !status) {
        const stretch *s = &p->item[i], *t = &q->item[k];
        bool p_first =
            s->below < 0.5 ? s->below <= t->below : s->above >= t->above;
        bool q_first =
            s->below < 0.5 ? t->below <= s->below : t->above >= s->above;
        double u = p_first ? s->below : t->below;
        double left = p_first ? s->above : t->above;
        double mass = nearer_difference(below, above, u, left);
        double to_p = p_first ? s->to : place(p, s, u, left);
        double to_q = q_first ? t->to : place(q, t, u, left);
        at_p = fmax(at_p, s->from);
        at_q = fmax(at_q, t->from);
        if (mass > NEGLIGIBLE && is_atom(s) && is_atom(t))
            sum->value += mass * (s->to - t->to) * (s->to - t->to);
        else if (mass > NEGLIGIBLE && !is_atom(s))
            status = add_cost(sum, p, at_p, to_p, q, t, error);
        else if (mass > NEGLIGIBLE)
            status = add_cost(sum, q, at_q, to_q, p, s, error);
        below = u;
        above = left;
        at_p = to_p;
        at_q = to_q;
        i += p_first;
        k += q_first;
    }
    return status;
}

/* Does (x - T(x))^2 p(x) fall no faster than 1/x in a tail of d? */
static bool is_heavy(const gf_distribution *d, const gf_distribution *other)
{
    transport t = {d, other, -INFINITY, INFINITY, 1e-6};
    double first = d->cut[0], last = d->cut[d->cuts - 1];
    double reach = 1e2 * fmax(last - first, 1e-100);
    double near[2], far[2];

    if (d->parts == 0)
        return false;
    near[0] = d->left_open ? cost(first - reach, &t) : 0;
    far[0] = d->left_open ? cost(first - 10 * reach, &t) : 0;
    near[1] = d->right_open ? cost(last + reach, &t) : 0;
    far[1] = d->right_open ? cost(last + 10 * reach, &t) : 0;
    for (int i = 0; i < 2; i++)
        if (far[i] > 1e-250 && log10(far[i] / near[i]) > -1.01)
            return true;
    return false;
}

gf_status gf_divergence_w2(gf_divergence *out, const gf_pair *pair,
                           size_t *evaluations, gf_error *error)
{
    double fine = 1e-13 * pair->width;
    gf_integral sum = {.least = fine * fine};
    course p = {.item = NULL}, q = {.item = NULL};
    gf_status status = GF_OK;

    if (is_heavy(pair->p, pair->q) || is_heavy(pair->q, pair->p)) {
        out->value = INFINITY;
        out->how = GF_HOW_QUADRATURE;
        snprintf(out->reason, sizeof out->reason,
                 "a tail has no variance: the cost diverges");
        return GF_OK;
    }
    status = lay(&p, pair->p, error);
    if (!status)
        status = lay(&q, pair->q, error);
    if (!status)
        status = merge(&sum, &p, &q, error);
    free(p.item);
    free(q.item);
    *evaluations += sum.evaluations;
    out->value = sqrt(sum.value);
    out->error =
        (sum.value > 0 ? sum.error / (2 * out->value) : sqrt(sum.error)) +
        1e-15 * out->value;
    out->how =
        pair->p->parts + pair->q->parts > 0 ? GF_HOW_QUADRATURE : GF_HOW_SUM;
    return status;
}
