/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sign chart in the making: what chart.c, cells.c and divide.c share. */
#ifndef GF_EXPR_CHARTING_H
#define GF_EXPR_CHARTING_H

#include "expr/chart.h"
#include "expr/smooth.h"

enum { GF_CHART_KNOWN_MAX = 64 };

typedef struct gf_box {
    double lo, hi;
    int depth; /* divisions that made it */
} gf_box;

typedef struct gf_charting {
    gf_chart *chart;
    gf_smooth f; /* h and its derivatives, compiled */
    gf_root known[GF_CHART_KNOWN_MAX];
    size_t known_count;
    gf_box *pending;
    size_t count, capacity;     /* of boxes pending */
    size_t boxes, roots, tries; /* boxes: left */
    double work;                /* left */
    double focus;               /* what lies near is settled first */
    double scale; /* the size that a box usually has: 1, or less */
    gf_status status;
} gf_charting;

/* --- cells.c ----------------------------------------------------------- */

void gf_cells_add_sign(gf_charting *c, double lo, double hi, int sign);
void gf_cells_add_root(gf_charting *c, gf_box b, gf_root root, int left,
                       int right);
/* From left to right, neighbours of one sign joined. */
void gf_cells_assemble(gf_chart *chart);

/* --- divide.c ---------------------------------------------------------- */

/* The known root, else the middle, else what is nearest to 0. */
double gf_chart_focus(const gf_charting *c);
/* Puts both parts of the box among the pending ones; false if it is too narrow
   to be divided. */
bool gf_chart_divide(gf_charting *c, gf_box b);
void gf_chart_add_box(gf_charting *c, gf_box b);
/* Takes the next one off the pending ones. */
gf_box gf_chart_next(gf_charting *c);

#endif
