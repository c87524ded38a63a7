/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a portrait's curves to a scene: everything inside of the frame. */
#ifndef GF_FIGURE_PORTRAIT_DRAW_H
#define GF_FIGURE_PORTRAIT_DRAW_H

#include "figure/page.h"
#include "figure/portrait.h"

/* How a portrait is drawn. */
typedef struct gf_portrait_look {
    const gf_theme *theme;
    const char *id; /* ids of groups begin so: "" or "a-" */
    double size;    /* of the labels' type */
    const gf_typesetter *typesetter;
    const gf_scale *speed; /* colours of speeds */
} gf_portrait_look;

/* Adds the layers in groups, all clipped to the frame.  GF_MEMORY. */
GF_CHECKED gf_status gf_portrait_draw(gf_scene *scene,
                                      const gf_portrait *portrait,
                                      const gf_portrait_look *look,
                                      gf_error *error);

/* What stands for a type of rest point. */
gf_marker_kind gf_marker_of(gf_type type);
/* "disc", "ring", ... */
const char *gf_marker_name(gf_marker_kind kind);
/* The strokes and markers that portraits have and themes have not.  Of several
   maps each has a colour and a marker of its own; of a single one the colour
   is that of the run. */
gf_stroke gf_run_stroke(const gf_theme *theme, size_t i, size_t maps);
gf_stroke gf_steps_stroke(const gf_theme *theme, size_t run, size_t map,
                          size_t maps);
gf_marker gf_steps_marker(const gf_theme *theme, size_t map,
                          const gf_stroke *stroke, gf_vec2 at);
gf_stroke gf_energy_stroke(const gf_theme *theme);
gf_stroke gf_region_stroke(const gf_theme *theme);
/* 0: of F, 1: of V */
gf_stroke gf_form_stroke(const gf_theme *theme, int form);
/* Where a nullcline fills an area. */
gf_fill gf_flat_fill(const gf_theme *theme, int axis);

#endif
