/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Panels, for the two files that make them. */
#ifndef GF_ANALYSIS_DISTRIBUTION_STRIPS_H
#define GF_ANALYSIS_DISTRIBUTION_STRIPS_H

#include "analysis/distribution.h"

/* Room for so many panels, all empty; NULL without memory. */
gf_strips *gf_strips_new(size_t room);
/* Makes p->below from p->mass. */
void gf_strips_add_up(gf_strips *p);
/* The panel with x inside, the left one of two; p->count if none. */
size_t gf_strips_at(const gf_strips *p, double x);

/* The mass of panel i between two of its points. */
typedef double (*gf_inside_fn)(const gf_strips *p, size_t i, double from,
                               double to);

/* The mass to the left and to the right of x. */
double gf_strips_below(const gf_strips *p, double x, gf_inside_fn inside);
double gf_strips_above(const gf_strips *p, double x, gf_inside_fn inside);

#endif
