/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a figure looks like: colours and strokes by purpose (a theme), and how
 * large it is for a place (a size). Colours of lines are those of Okabe and
 * Ito, which colour-blind readers tell apart [okabe2008]; each has a dash
 * pattern of its own beside it for print without colour.
 */
#ifndef GANFIELD_FIGURE_THEME_H
#define GANFIELD_FIGURE_THEME_H

#include "figure/scene.h"

enum { GF_THEME_HUES = 7 };

typedef struct gf_theme {
    const char *name;
    const char *family; /* of fonts */
    gf_colour ground;   /* the page */
    gf_colour ink;      /* text, frame, markers */
    gf_colour muted;    /* streamlines, the stamp */
    gf_colour faint;    /* hatching, hairlines */
    gf_colour area;     /* an even area under everything */
    gf_colour null[2];  /* the nullclines of the first and second axis */
    gf_colour hue[GF_THEME_HUES]; /* trajectories and the like, in order */
    double ramp[2]; /* the part of the colours for numbers that shows */
    double scale;   /* of strokes, markers and heads: 1 on paper */
} gf_theme;

/* The themes: paper, slides, dark. */
extern const gf_theme gf_themes[];
extern const size_t gf_theme_count;

/* GF_NAME with the names there are. */
GF_CHECKED gf_status gf_theme_find(const gf_theme **out, const char *name,
                                   gf_error *error);

/* Strokes by purpose, in points at final size and scaled by the theme. */
gf_stroke gf_theme_frame(const gf_theme *theme);          /* 0.6, mitred */
gf_stroke gf_theme_tick(const gf_theme *theme);           /* 0.5 */
gf_stroke gf_theme_hairline(const gf_theme *theme);       /* 0.3: poles */
gf_stroke gf_theme_stream(const gf_theme *theme);         /* 0.45 */
gf_stroke gf_theme_null(const gf_theme *theme, int axis); /* 0.9, dashed */
gf_stroke gf_theme_orbit(const gf_theme *theme, size_t i);
/* 1.1; the colours in turn, all solid: what is direction, heads say */
gf_stroke gf_theme_series(const gf_theme *theme, size_t i);
/* the same with dashes: for curves that a legend tells apart */
gf_stroke gf_theme_steps(const gf_theme *theme, size_t i); /* 0.35: steps */
gf_stroke gf_theme_separatrix(const gf_theme *theme, bool stable);
/* 1.3: stable solid, unstable dashed */
gf_stroke gf_theme_contour(const gf_theme *theme); /* 0.4 */
gf_fill gf_theme_hatch(const gf_theme *theme);     /* what is not physical */

/* A marker at a point, radius 2.6 with its halo (dots 1.5, steps 0.9). */
gf_marker gf_theme_marker(const gf_theme *theme, gf_marker_kind kind,
                          gf_vec2 at);

/* A label in ink at a size of gf_size. */
gf_label gf_theme_label(const gf_theme *theme, gf_vec2 at, double size);

/* The colour of a number, t from 0 to 1, dark blue to yellow: those of cividis,
 * even to the eye and to colour-blind ones [nunez2018], but for the end that
 * the theme's ground would swallow. */
gf_colour gf_theme_ramp(const gf_theme *theme, double t);

/* How large, and the sizes of its text: names of axes, letters and legend; and
 * numbers, labels and the stamp. All in points. */
typedef struct gf_size {
    const char *name;
    double width, height; /* height 0: as the panels need */
    double large, small;
    double separation; /* of streamlines */
    const char *theme; /* unless another is asked for */
} gf_size;

/* The sizes with a name: neurips iclr icml icml-wide ... slides. */
extern const gf_size gf_sizes[];
extern const size_t gf_size_count;

/* Reads the name of a size, or WxH in points or with in, mm, cm or pt, such as
 * 3.25inx2.4in, 85x60mm, 400x300. GF_NAME, GF_SYNTAX, GF_ARGUMENT where a side
 * is below 36 points or above 14400. */
GF_CHECKED gf_status gf_size_read(gf_size *out, const char *text,
                                  gf_error *error);

#endif
