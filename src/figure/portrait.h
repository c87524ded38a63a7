/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One portrait's curves, on the page, before they are given colours.
 *
 *     gf_portrait p;
 *     status = gf_portrait_make(&p, &plan, error);
 *     ...
 *     gf_portrait_clear(&p);
 */
#ifndef GF_FIGURE_PORTRAIT_H
#define GF_FIGURE_PORTRAIT_H

#include <stdio.h>

#include "figure/level.h"
#include "figure/separatrix.h"
#include "figure/streamline.h"
#include "figure/view.h"

/* The layers of a portrait: name in options and recipes, on unless asked
   otherwise, what it is. */
#define GF_FEATURE_LIST(X)                                                     \
    X(UNPHYSICAL, "unphysical", 1, "the part with p_g < 0, hatched")           \
    X(STREAMLINES, "streamlines", 1, "evenly spaced streamlines")              \
    X(ENERGY, "energy", 0, "level sets of the energy")                         \
    X(REGION, "region", 0, "the boundary of the proved region of attraction")  \
    X(NULLCLINES, "nullclines", 1, "where one coordinate stands still")        \
    X(SEPARATRICES, "separatrices", 1, "the curves that end in saddles")       \
    X(TRAJECTORIES, "trajectories", 1, "runs from the starts")                 \
    X(EIGEN, "eigen", 0, "directions of real eigenvectors")                    \
    X(REST, "rest", 1, "rest points, a marker for each type")                  \
    X(LABELS, "labels", 1, "coordinates and eigenvalues of rest points")       \
    X(LEGEND, "legend", 1, "what the lines and markers mean")

#define GF_FEATURE_ENUM(name, text, on, about) GF_FEATURE_##name,
typedef enum gf_feature {
    GF_FEATURE_LIST(GF_FEATURE_ENUM) GF_FEATURE_COUNT
} gf_feature;

/* A set of layers has bit 1 << layer. */
unsigned gf_features_default(void);
const char *gf_feature_name(gf_feature layer);
const char *gf_feature_about(gf_feature layer);
/* GF_FEATURE_COUNT if there is none of the name. */
gf_feature gf_feature_find(const char *name);

typedef struct gf_portrait_plan {
    const gf_classification *c;
    gf_range window[2];
    gf_box box; /* inside of the frame */
    unsigned layers;
    double separation; /* of streamlines, in points */
    double marker;     /* radius of a rest point's marker */
    const gf_vec2 *start;
    size_t start_count;
    double euler; /* > 0: Euler's iterates too, of this step */
} gf_portrait_plan;

typedef struct gf_portrait_run {
    gf_curves part; /* what is seen of it */
    gf_vec2 start;  /* page */
    gf_run_end end;
    gf_heads heads;
    gf_curves steps; /* Euler's iterates, at most one curve */
} gf_portrait_run;

typedef struct gf_portrait {
    gf_view view;
    const gf_classification *c;
    unsigned layers;
    gf_box unphysical; /* empty (x0 > x1) if none is seen */
    gf_curves streamlines, nullcline[2], stable, unstable, energy, region;
    gf_heads heads; /* on streamlines */
    gf_portrait_run *trajectory;
    size_t trajectory_count;
    gf_vec2 *rest;      /* page, of the rest points that are seen ... */
    size_t *rest_index; /* ... and which of the classification they are */
    size_t rest_count;
} gf_portrait;

/* GF_MEMORY; GF_ARGUMENT for a window or a box without size, or a window in
   which the field is nowhere defined.  The classification must outlive the
   p.  On failure nothing is left to clear. */
GF_CHECKED gf_status gf_portrait_make(gf_portrait *p,
                                      const gf_portrait_plan *plan,
                                      gf_error *error);
void gf_portrait_clear(gf_portrait *p);

/* Every curve as rows "panel,layer,curve,point,X,Y" in coordinates. */
void gf_portrait_write_csv(const gf_portrait *p, const char *name, FILE *file);

#endif
