/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A figure of a quantity over two axes: numbers as colours with contours and a
 * bar, words as pale areas with their boundaries and a legend; and curves that
 * are known exactly over them.
 *
 *     gf_map map = {.size = size, .theme = theme, ...};
 *     status = gf_map_compose(&scene, &map, painter.typesetter, error);
 */
#ifndef GF_FIGURE_MAP_H
#define GF_FIGURE_MAP_H

#include "figure/page.h"

#include <ganfield/classify.h>

enum { GF_MAP_EDGES = 4, GF_MAP_CURVES = 2, GF_MAP_WORDS = 24 };

/* A curve where a function of the plane is zero. */
typedef struct gf_map_edge {
    const char *name;
    double (*height)(gf_vec2 plane, const void *ctx); /* NaN: none */
    const void *ctx;
    bool has_level; /* of the map's own numbers: no contour is drawn there */
    double level;
} gf_map_edge;

/* A curve given by its points, in the plane; a point not finite is a gap. */
typedef struct gf_map_curve {
    const char *name; /* markup */
    const gf_vec2 *at;
    size_t count;
} gf_map_curve;

typedef struct gf_map_axis {
    const char *name; /* mathematics */
    double low, high; /* of the window; low < high */
    bool log;
    const double *at; /* of the cells, ascending or descending */
    size_t count;
} gf_map_axis;

typedef struct gf_map {
    gf_size size;
    const gf_theme *theme;
    gf_map_axis axis[2];
    const double *value;     /* (i, j) at i * axis[1].count + j; NaN: none */
    const char *const *word; /* NULL: numbers; else value is an index */
    size_t words;            /* at most GF_MAP_WORDS */
    bool fixed;        /* a word's colour is its own, whichever there are */
    bool paired;       /* words 2k and 2k + 1 are one, and a variant of it */
    const char *name;  /* of the quantity, markup */
    const char *plain; /* the same without markup */
    gf_map_edge edge[GF_MAP_EDGES];
    size_t edges;
    gf_map_curve curve[GF_MAP_CURVES];
    size_t curves;
    const gf_classification *rest; /* its rest points, with their numbers from
                                      1; NULL: none */
    bool square;                   /* one scale for both axes */
    bool cells; /* numbers of a table: even squares without contours; `at` are
                   one from another */
    const char *title; /* markup; NULL: none on the page */
    const char *about; /* of what: "classic" */
    const char *author, *command;
} gf_map;

/* Makes the scene, which the caller clears also after a failure.  GF_ARGUMENT
   where nothing of it is a number or a word, or the page is too small;
   GF_MEMORY. */
GF_CHECKED gf_status gf_map_compose(gf_scene *scene, const gf_map *map,
                                    const gf_typesetter *typesetter,
                                    gf_error *error);

#endif
