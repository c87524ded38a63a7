/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a portrait's curves to a scene: everything inside of the frame. */
#ifndef GF_FIGURE_PORTRAIT_DRAW_H
#define GF_FIGURE_PORTRAIT_DRAW_H

#include "figure/page.h"
#include "figure/portrait.h"

/* Adds the layers in groups with ids that begin with `id` ("" or "a-"), all
   clipped to the frame; size: of the labels' type.  GF_MEMORY. */
GF_CHECKED gf_status gf_portrait_draw(gf_scene *scene,
                                      const gf_portrait *portrait,
                                      const gf_theme *theme, const char *id,
                                      double size,
                                      const gf_typesetter *typesetter,
                                      gf_error *error);

/* What stands for a type of rest point. */
gf_marker_kind gf_marker_of(gf_type type);
/* The strokes that portraits have and themes have not. */
gf_stroke gf_run_stroke(const gf_theme *theme, size_t i);
gf_stroke gf_energy_stroke(const gf_theme *theme);
gf_stroke gf_region_stroke(const gf_theme *theme);

/* Adds the labels of the rest points where there is room for them. */
GF_CHECKED gf_status gf_rest_labels_draw(gf_scene *scene,
                                         const gf_portrait *portrait,
                                         const gf_theme *theme, double size,
                                         const gf_typesetter *typesetter,
                                         gf_error *error);

#endif
