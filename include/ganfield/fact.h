/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facts about distances and gradients that papers on adversarial training argue
 * from, computed: each a table to draw, and numbers found in two ways.
 *
 *     gf_fact fact;
 *     status = gf_fact_find(&fact, "parallel-lines", NULL, NULL, 0, &error);
 *     ... fact.cell[row * fact.columns + column] ...
 *     gf_fact_clear(&fact);
 *
 *     discriminator    D* = p/(p + q), V(D*) = 2 JS - 2 log 2 [goodfellow2014]
 *     parallel-lines   two points: W1 = |theta|, JS = log 2, KL = inf, TV = 1
 *                      off theta = 0 [arjovsky2017]
 *     vanishing        gradients of three generators against the distance of
 *                      N(0,1) from N(theta,1) [arjovsky2017a]
 *     near-optimal     |gradient| <= M e/(1 - e) for |D - D*| < e
 *                      [arjovsky2017a, thm 2.4]
 *     log-d            E[-grad log D*] = grad (KL(Q|P) - 2 JS)
 *                      [arjovsky2017a, thm 2.5]
 *     noise            the distances of two points with added noise
 *     saturation       |d/ds log(1 - sigmoid s)| and |d/ds log sigmoid s|
 *     disjoint         a critic where there are no fakes, over time
 *     metric           the root of JS is a metric, JS is not: random triples
 *     f-gan            E_P T - E_Q f*(T) against the divergence [nowozin2016]
 *     response         how the optimal critic follows the generator, -d_u log
 * p, and a critic of a few parameters otto             the gradient field that
 * moves a density as a parameter does, -d_u F/p [otto2001] holonomy parallel
 * transport of normals round a loop, by its area [takatsu2011]
 *
 * JS is the half sum, log natural.
 */
#ifndef GANFIELD_FACT_H
#define GANFIELD_FACT_H

#include <ganfield/divergence.h>

enum { GF_FACT_COLUMNS = 8, GF_FACT_NOTES = 14 };

/* A number, and what it is to agree with (NaN: nothing). */
typedef struct gf_fact_note {
    char label[48], against[48];
    double value, other;
} gf_fact_note;

typedef struct gf_fact {
    const char *name, *title, *source;
    size_t rows, columns;
    const char
        *column[GF_FACT_COLUMNS]; /* their names; the first is the axis */
    double *cell;                 /* rows x columns; NaN: none */
    gf_fact_note note[GF_FACT_NOTES];
    size_t notes;
    size_t drawn; /* the first column of those in the figure */
    bool log_x, log_y;
    size_t jump_row; /* where the columns of the mask jump to and back */
    unsigned jump_columns;
} gf_fact;

/* The names and titles, in order; NULL beyond the last. */
GF_PUBLIC const char *gf_fact_name(size_t i);
GF_PUBLIC const char *gf_fact_title(size_t i);

/* Finds a fact. p and q are used by discriminator, and may be NULL; the seed
 * by metric. GF_NAME with the nearest name; GF_MEMORY. *fact is to be cleared
 * after success. */
GF_PUBLIC GF_CHECKED gf_status gf_fact_find(gf_fact *fact, const char *name,
                                            const gf_distribution *p,
                                            const gf_distribution *q,
                                            unsigned long seed,
                                            gf_error *error);
GF_PUBLIC void gf_fact_clear(gf_fact *fact);

#endif
