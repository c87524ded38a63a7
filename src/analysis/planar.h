/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search for the zeros of a planar field: by elimination, where that is a
   proof that they are all, and in the window. */
#ifndef GF_ANALYSIS_PLANAR_H
#define GF_ANALYSIS_PLANAR_H

#include "analysis/rest.h"
#include "expr/interval.h"

typedef struct gf_zero {
    gf_vec2 at;
    gf_expr exact[2]; /* GF_EXPR_NONE where not recognised */
    bool line;        /* a point of a line of zeros */
    gf_vec2 along;
    int proof; /* number of the proof that found it; 0: a search did */
} gf_zero;

/* So many are looked for and no more. */
enum { GF_ZEROS_MAX = 64, GF_CURVES_MAX = 24 };

typedef struct gf_zeros {
    const gf_local *local; /* the field, for its axes */
    gf_zero *item;
    size_t count, capacity;
    bool complete;
    bool blurred; /* one proof found two that cannot be told apart */
    gf_expr curve[GF_CURVES_MAX]; /* functions that vanish on lines of zeros */
    bool shown[GF_CURVES_MAX];    /* a point of it is among the items */
    size_t curve_count;
    bool lost_curve;
} gf_zeros;

/* The factors that both velocities share: each vanishes on a line of zeros.
   They are taken out of the velocities, where that can be. */
GF_CHECKED gf_status gf_zeros_common(gf_zeros *zeros, gf_local *local,
                                     gf_error *error);
/* Adds a zero unless it is there already (the same name, or where one has
   none, nearer than 1e-9) or on a line that is; the first on a line stands
   for it. */
GF_CHECKED gf_status gf_zeros_add(gf_zeros *zeros, const gf_zero *zero,
                                  gf_error *error);
/* Adds the line curve = 0 by the first of two points on it, unless it is there
   already, and drops what lies on it. */
GF_CHECKED gf_status gf_zeros_add_line(gf_zeros *zeros, const gf_zero two[2],
                                       gf_expr curve, gf_error *error);
/* Finds a point on every line that has none yet; lost_curve where it cannot. */
GF_CHECKED gf_status gf_zeros_show(gf_zeros *zeros, const gf_range domain[2],
                                   gf_budget *budget, gf_error *error);
/* The interval of e over the whole domain. */
GF_CHECKED gf_status gf_over_domain(gf_interval *out, const gf_local *local,
                                    const gf_range domain[2], gf_expr e,
                                    gf_error *error);
/* Zeros of both velocities over the domain by elimination of one variable:
   complete only if every step was one that loses no zero. */
GF_CHECKED gf_status gf_zeros_eliminate(gf_zeros *zeros, const gf_local *local,
                                        const gf_range domain[2],
                                        gf_budget *budget, gf_error *error);
/* Zeros in the window: cells in which both velocities change sign, polished
   by GSL's hybrid solver with the exact Jacobian. */
GF_CHECKED gf_status gf_zeros_march(gf_zeros *zeros, const gf_local *local,
                                    const gf_range window[2], gf_error *error);

/* Is there one zero next to `at`?  Then *error bounds its distance in either
   coordinate and the Jacobian's balls enclose it there. */
GF_CHECKED gf_status gf_zero_certify(bool *proved, double *error,
                                     gf_jacobian *jacobian,
                                     const gf_local *local, gf_vec2 at);

/* A planar field while its rest points are judged. */
typedef struct gf_scene {
    gf_classification *c;
    const gf_field *field;
    gf_graph *graph;
    gf_local local;  /* with kinks */
    size_t unproved; /* zeros that were found and not proved */
    gf_error *error;
} gf_scene;

gf_expr gf_scene_at(const gf_scene *scene, gf_expr e, const gf_expr exact[2]);
/* Judges the rest point at a zero that is no line: point->at, exact and wanted
   are set.  *drop: it is none, the field has no value there, or nothing proves
   it and enough such are listed. */
GF_CHECKED gf_status gf_scene_judge(gf_rest_point *point, bool *drop,
                                    gf_scene *scene, const gf_zero *zero);

#endif
