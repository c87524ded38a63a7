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

#include <ganfield/optimizer.h>
#include <stdio.h>

#include "figure/level.h"
#include "figure/separatrix.h"
#include "figure/streamline.h"
#include "figure/view.h"

/* The layers of a portrait: name in options and recipes, on unless asked
   otherwise, what it is. */
#define GF_FEATURE_LIST(X)                                                     \
    X(UNPHYSICAL, "unphysical", 1, "p_g < 0 hatched, outside the domain grey") \
    X(STREAMLINES, "streamlines", 1, "evenly spaced streamlines")              \
    X(SPEED, "speed", 0, "how fast the state moves, as their colour")          \
    X(ENERGY, "energy", 0, "level sets of the energy")                         \
    X(REGION, "region", 0, "the boundary of the proved region of attraction")  \
    X(REGION_F, "region-f", 0, "the same of the distance F")                   \
    X(REGION_V, "region-v", 0, "the same of the quadratic energy V")           \
    X(NULLCLINES, "nullclines", 1, "where one coordinate stands still")        \
    X(SEPARATRICES, "separatrices", 1, "the curves that end in saddles")       \
    X(TRAJECTORIES, "trajectories", 1, "runs from the starts")                 \
    X(ITERATIONS, "iterations", 1, "steps of optimizers from the starts")      \
    X(EIGEN, "eigen", 0, "directions of real eigenvectors")                    \
    X(REST, "rest", 1, "rest points, a marker for each type")                  \
    X(LABELS, "labels", 1, "coordinates and eigenvalues of rest points")       \
    X(LEGEND, "legend", 1, "what the lines and markers mean")                  \
    X(CAPTION, "caption", 0, "what is proved, in words below the panels")      \
    X(STAMP, "stamp", 0, "parameters, method and tolerance, small, below")

#define GF_FEATURE_ENUM(name, text, on, about) GF_FEATURE_##name,
typedef enum gf_feature {
    GF_FEATURE_LIST(GF_FEATURE_ENUM) GF_FEATURE_COUNT
} gf_feature;

/* A set of layers has bit 1 << layer. */
unsigned gf_features_default(void);
const char *gf_feature_name(gf_feature layer);
/* GF_FEATURE_COUNT if there is none of the name. */
gf_feature gf_feature_find(const char *name);

/* An optimizer, and how it steps from each start. */
typedef struct gf_portrait_map {
    gf_optimizer optimizer;
    gf_map_options options; /* at most GF_PORTRAIT_STEPS steps */
} gf_portrait_map;

enum { GF_PORTRAIT_MAPS = 4, GF_PORTRAIT_STEPS = 100000 };

/* Of more iterates than that only every k-th has a marker. */
enum { GF_PORTRAIT_RINGS = 200 };
size_t gf_portrait_every(const gf_portrait_map *map);

/* How curves are computed (trace.h). */
#define GF_CURVE_METHOD "Dormand-Prince 5(4)"
#define GF_CURVE_ERROR 1e-5 /* pt of the page, per step */
#define GF_CURVE_ERROR_TEXT "1e-5"

typedef struct gf_portrait_plan {
    const gf_classification *c;
    gf_range window[2];
    gf_box box; /* inside of the frame */
    unsigned layers;
    double separation; /* of streamlines, in points */
    double marker;     /* radius of a rest point's marker */
    const gf_vec2 *start;
    size_t start_count;
    const gf_portrait_map *map; /* at most GF_PORTRAIT_MAPS */
    size_t map_count;
} gf_portrait_plan;

/* The iterates of one map; the curve goes through them. */
typedef struct gf_portrait_steps {
    gf_curve curve;
    size_t every; /* of its points has a marker */
    gf_stop stop;
} gf_portrait_steps;

typedef struct gf_portrait_run {
    gf_curves part; /* what is seen of it */
    gf_vec2 from;   /* the state that it starts from, ... */
    gf_vec2 start;  /* ... on the page */
    gf_run_end end;
    gf_heads heads;
    gf_portrait_steps steps[GF_PORTRAIT_MAPS];
} gf_portrait_run;

enum { GF_PORTRAIT_LEVELS = 7, GF_PORTRAIT_SIDES = 4 };

typedef struct gf_portrait {
    gf_view view;
    const gf_classification *c;
    unsigned layers;
    gf_box unphysical; /* empty (x0 > x1) if none is seen */
    gf_curves streamlines, nullcline[2], stable, unstable, energy, region;
    gf_curves form[2];                /* boundaries of the regions of F and V */
    gf_heads heads;                   /* on streamlines */
    double level[GF_PORTRAIT_LEVELS]; /* of the energy, ascending; ... */
    size_t levels, level_first[GF_PORTRAIT_LEVELS + 1]; /* ... its curves */
    gf_box outside[GF_PORTRAIT_SIDES];                  /* of the domain */
    size_t outside_count;
    gf_path flat[2]; /* areas on all of which a coordinate stands still */
    gf_portrait_run *trajectory;
    size_t trajectory_count;
    const gf_portrait_map *map;
    size_t map_count;
    gf_vec2 *rest;      /* page, of the rest points that are seen ... */
    size_t *rest_index; /* ... and which of the classification they are */
    size_t rest_count;
} gf_portrait;

/* GF_MEMORY; GF_ARGUMENT for a window or a box without size, a window in which
   the field is nowhere defined, or a start outside of its domain.  The
   classification and the maps must outlive the p.  On failure nothing is left
   to clear. */
GF_CHECKED gf_status gf_portrait_make(gf_portrait *p,
                                      const gf_portrait_plan *plan,
                                      gf_error *error);
void gf_portrait_clear(gf_portrait *p);

/* --- parts ------------------------------------------------------------- */

/* Does a portrait have the layer? */
bool gf_portrait_has(const gf_portrait *p, gf_feature layer);
/* The runs from the starts, as gf_portrait_make. */
GF_CHECKED gf_status gf_portrait_run_all(gf_portrait *p,
                                         const gf_portrait_plan *plan,
                                         gf_error *error);
void gf_portrait_run_clear(gf_portrait_run *run);

/* Every curve as rows "panel,layer,curve,point,X,Y" in coordinates. */
void gf_portrait_write_csv(const gf_portrait *p, const char *name, FILE *file);

#endif
