/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A map while it is drawn. */
#ifndef GF_FIGURE_MAP_DRAWING_H
#define GF_FIGURE_MAP_DRAWING_H

#include "figure/map.h"
#include "figure/region.h"

/* Steps of colour of a map of numbers. */
enum { GF_MAP_BANDS = 48 };

typedef struct gf_map_drawing {
    const gf_map *map;
    gf_scene *scene;
    gf_page *page;
    const gf_frame *frame;
    double *x, *y; /* of the lattice, on the page */
    double *value; /* as it is shown: logarithms on a logarithmic scale */
    size_t cells;
    gf_lattice lattice;
    size_t present[GF_MAP_WORDS]; /* words that there are, in their order */
    size_t count;
} gf_map_drawing;

/* The i-th of the pale colours of areas, or a deeper variant of it. */
gf_colour gf_map_tint(const gf_theme *theme, size_t i, bool is_deep);
/* Makes room round values that are all one, or as good as one. */
void gf_map_widen(double *low, double *high);
/* Names an axis: a long name without an index is a word, not a symbol. */
void gf_map_name_axis(gf_rich *rich, const char *name);

/* What the file of any such figure says of where it comes from. */
void gf_map_sign(gf_scene *scene, const char *author, const char *keywords,
                 const char *command);

/* The pale colour of the k-th word that there is. */
gf_colour gf_map_colour(const gf_map_drawing *d, size_t k);
gf_stroke gf_map_edge_stroke(const gf_theme *theme, size_t i);
gf_stroke gf_map_curve_stroke(const gf_theme *theme, size_t i);

/* Each adds its groups to the scene. */
void gf_map_draw_numbers(gf_map_drawing *d);
/* Numbers as even squares. */
void gf_map_draw_cells(gf_map_drawing *d);
void gf_map_draw_words(gf_map_drawing *d);
/* Is the n-th rest point a point in the window? */
bool gf_map_shows_rest(const gf_map *map, size_t n);
void gf_map_draw_rest(gf_map_drawing *d);
void gf_map_draw_edges(gf_map_drawing *d);
void gf_map_draw_curves(gf_map_drawing *d);

#endif
