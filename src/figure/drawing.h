/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of drawing a portrait into a scene. */
#ifndef GF_FIGURE_DRAWING_H
#define GF_FIGURE_DRAWING_H

#include "figure/portrait_draw.h"
#include "figure/tag.h"

typedef struct gf_drawing {
    gf_scene *scene;
    const gf_portrait *p;
    const gf_portrait_look *look;
    const gf_theme *theme; /* the look's */
    gf_tags tags;          /* the labels inside of the frame */
} gf_drawing;

/* Opens a group that is clipped to the frame; its id is name after the look's.
 */
void gf_drawing_open(const gf_drawing *d, const char *name, const char *class,
                     const char *title);
/* Strokes curves as cubics. */
void gf_drawing_stroke(const gf_drawing *d, const gf_curves *curves,
                       const gf_stroke *stroke);
/* Adds a curve to a path. */
void gf_drawing_fit(const gf_drawing *d, gf_path *path, const gf_curve *curve);
/* One arrowhead. */
void gf_drawing_head(const gf_drawing *d, gf_head head, double length,
                     gf_colour colour);
/* Would a head of the streamlines lie under a label? */
bool gf_drawing_covers(const gf_drawing *d, gf_head head);

/* The layers of runs: casings, curves, heads, iterations, starts and ends. */
void gf_drawing_runs(const gf_drawing *d);
/* Streamlines in the colours of how fast the state moves. */
void gf_drawing_speed(const gf_drawing *d);

#endif
