/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where each of two distributions has mass that the other has not. */
#include "analysis/divergence.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* --- stretches --------------------------------------------------------- */

/* The mass of the part without atoms between two points; the densities of a
   pair are bounded by neighbouring cuts. */
static double stretch_mass(const gf_distribution *d, double from, double to)
{
    double sum = 0;

    for (size_t i = 0; i < d->parts; i++) {
        const gf_part *part = &d->part[i];
        double below = part->family->below(part, to);
        double share = below < 0.5 ? below - part->family->below(part, from)
                                   : part->family->above(part, from) -
                                         part->family->above(part, to);
        sum += part->weight * share;
    }
    return sum;
}

typedef struct only {
    double mass;
    double from, to; /* the first stretch, joined with those that follow */
    size_t stretches;
} only;

static void add_only(only *o, const gf_distribution *d, double from, double to)
{
    double mass = stretch_mass(d, from, to);

    if (!(mass > 0))
        return;
    o->mass += mass;
    if (o->stretches > 0 && o->to == from) {
        o->to = to;
        return;
    }
    if (o->stretches++ == 0) {
        o->from = from;
        o->to = to;
    }
}

static void look_at(only both[2], const gf_pair *pair, double from, double to)
{
    double middle = isinf(from) ? to - 1 - fabs(to)
                    : isinf(to) ? from + 1 + fabs(from)
                                : from + (to - from) / 2;
    bool in_p = gf_distribution_covers(pair->p, middle);
    bool in_q = gf_distribution_covers(pair->q, middle);

    if (in_p && !in_q)
        add_only(&both[0], pair->p, from, to);
    if (in_q && !in_p)
        add_only(&both[1], pair->q, from, to);
}

static void say_where(char where[80], const only *o)
{
    if (o->mass > 0)
        snprintf(where, 80, "%s(%.6g, %.6g)",
                 o->stretches > 1 ? "stretches from " : "", o->from, o->to);
}

/* --- atoms ------------------------------------------------------------- */

double gf_pair_atoms(const gf_pair *pair, gf_atom_fn f, const void *ctx)
{
    const gf_distribution *p = pair->p, *q = pair->q;
    size_t i = 0, k = 0;
    double sum = 0;

    while (i < p->atoms || k < q->atoms) {
        bool has_p =
            k == q->atoms || (i < p->atoms && p->atom[i].at <= q->atom[k].at);
        bool has_q =
            i == p->atoms || (k < q->atoms && q->atom[k].at <= p->atom[i].at);
        sum += f(has_p ? p->atom[i].mass : 0, has_q ? q->atom[k].mass : 0, ctx);
        i += has_p;
        k += has_q;
    }
    return sum;
}

static double only_first(double p, double q, const void *ctx)
{
    (void)ctx;
    return q == 0 ? p : 0;
}

static double only_second(double p, double q, const void *ctx)
{
    (void)ctx;
    return p == 0 ? q : 0;
}

/* The first atom of d that other lacks, and the stretches. */
static void say_both(char where[80], const only *o, const gf_distribution *d,
                     const gf_distribution *other)
{
    size_t k = 0;

    for (size_t i = 0; i < d->atoms; i++) {
        while (k < other->atoms && other->atom[k].at < d->atom[i].at)
            k++;
        if (k < other->atoms && other->atom[k].at == d->atom[i].at)
            continue;
        if (o->mass > 0)
            snprintf(where, 80, "the point %.6g and %s(%.6g, %.6g)",
                     d->atom[i].at, o->stretches > 1 ? "stretches from " : "",
                     o->from, o->to);
        else
            snprintf(where, 80, "the point %.6g%s", d->atom[i].at,
                     d->atoms > 1 ? " among others" : "");
        return;
    }
    say_where(where, o);
}

/* --- the pair ---------------------------------------------------------- */

static bool has_expression(const gf_distribution *d)
{
    for (size_t i = 0; i < d->parts; i++)
        if (d->part[i].family == &gf_family_expression)
            return true;
    return false;
}

static double quartiles(const gf_distribution *d)
{
    return gf_distribution_quantile(d, 0.75, 0.25) -
           gf_distribution_quantile(d, 0.25, 0.75);
}

gf_status gf_pair_init(gf_pair *pair, const gf_distribution *p,
                       const gf_distribution *q, gf_error *error)
{
    only both[2] = {{.mass = 0}, {.mass = 0}};
    double atoms_p, atoms_q;
    gf_status status;

    *pair = (gf_pair){.p = p, .q = q};
    pair->left_open = p->left_open || q->left_open;
    pair->right_open = p->right_open || q->right_open;
    pair->width = quartiles(p) + quartiles(q);
    pair->has_expression = has_expression(p) || has_expression(q);
    status = gf_cuts_join(&pair->cut, &pair->cuts, p, q, error);
    if (status)
        return status;
    if (pair->left_open)
        look_at(both, pair, -INFINITY, pair->cut[0]);
    for (size_t i = 0; i + 1 < pair->cuts && p->parts + q->parts > 0; i++)
        look_at(both, pair, pair->cut[i], pair->cut[i + 1]);
    if (pair->right_open)
        look_at(both, pair, pair->cut[pair->cuts - 1], INFINITY);
    atoms_p = gf_pair_atoms(pair, only_first, NULL);
    atoms_q = gf_pair_atoms(pair, only_second, NULL);
    pair->only_p = both[0].mass + atoms_p;
    pair->only_q = both[1].mass + atoms_q;
    say_both(pair->where_p, &both[0], p, q);
    say_both(pair->where_q, &both[1], q, p);
    return GF_OK;
}

void gf_pair_clear(gf_pair *pair)
{
    free(pair->cut);
    *pair = (gf_pair){.cuts = 0};
}
