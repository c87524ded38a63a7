/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A whole figure: one portrait or a row of them, with axes, letters, legend,
 * alt text and the table of its curves.
 *
 *     gf_plate plate;
 *     gf_plate_init(&plate, &size, theme);
 *     gf_plate_panel *panel = gf_plate_add(&plate, &classification);
 *     ...
 *     status = gf_plate_compose(&scene, &plate, painter.typesetter, NULL,
 *                               error);
 */
#ifndef GF_FIGURE_PLATE_H
#define GF_FIGURE_PLATE_H

#include "figure/portrait_draw.h"

/* A run that comes from elsewhere, in the coordinates of a panel. */
typedef struct gf_plate_track {
    const gf_vec2 *at; /* not finite: a gap */
    size_t count;
    const char *name; /* markup, in the legend; NULL: not there */
    size_t series;
} gf_plate_track;

enum { GF_PLATE_TRACKS = 8 };

typedef struct gf_plate_panel {
    const gf_classification *c; /* must outlive the plate */
    gf_range window[2];         /* the field's, unless changed */
    unsigned layers;            /* the usual ones, unless changed */
    const gf_vec2 *start;       /* the field's, unless changed */
    size_t start_count;
    const gf_portrait_map *map; /* iterations from the starts */
    size_t map_count;
    gf_plate_track track[GF_PLATE_TRACKS];
    size_t tracks;
    bool equal;          /* one scale for both axes, in this panel alone */
    const char *title;   /* markup; NULL: the field's name beside others */
    const char *axis[2]; /* markup; NULL: the coordinates' names */
} gf_plate_panel;

typedef struct gf_plate {
    gf_size size;
    const gf_theme *theme;
    gf_plate_panel panel[GF_PAGE_PANELS];
    size_t count, columns; /* columns 0: chosen */
    bool equal;            /* one scale for both axes */
    bool transparent;      /* no ground under the figure */
    double separation;     /* of streamlines; 0: the size's */
    const char *title;     /* markup; NULL: none on the page */
    const char *author;    /* NULL: not told */
    const char *command;   /* the command line that asked for it */
} gf_plate;

void gf_plate_init(gf_plate *plate, const gf_size *size, const gf_theme *theme);
/* One more panel, or NULL beyond GF_PAGE_PANELS. */
gf_plate_panel *gf_plate_add(gf_plate *plate, const gf_classification *c);

/* What else is told of a figure; each may be NULL. */
typedef struct gf_plate_also {
    FILE *table;      /* a stream for the curves as CSV */
    gf_text *json;    /* the document ganfield/portrait/1 is added to it ... */
    const char *file; /* ... with the name of the figure's file */
} gf_plate_also;

/* Makes the scene, which the caller clears also after a failure; also: NULL:
   nothing.  Errors of gf_portrait_make and gf_page_lay. */
GF_CHECKED gf_status gf_plate_compose(gf_scene *scene, const gf_plate *plate,
                                      const gf_typesetter *typesetter,
                                      const gf_plate_also *also,
                                      gf_error *error);

/* --- parts ------------------------------------------------------------- */

/* Fills the legend from what the panels show (portraits[i] of panel i, or
   NULL before they are made: then from what they may show). */
void gf_plate_legend(gf_page *page, const gf_plate *plate);
/* Draws the tracks of panel i over all else, each with a dot at its start and a
   disc at its end; and their entries of the legend, once for each name. */
void gf_plate_draw_tracks(gf_scene *scene, const gf_page *page,
                          const gf_plate *plate, size_t i);
void gf_plate_legend_tracks(gf_page *page, const gf_plate *plate);
/* Gives the page a bar where panels show speeds as colours.  GF_MEMORY. */
GF_CHECKED gf_status gf_plate_speed(gf_page *page, const gf_plate *plate,
                                    gf_error *error);
/* Gives the page the captions that are asked for: what is proved of each field,
   in words; and the same and more as alt text. */
void gf_plate_caption(gf_page *page, const gf_plate *plate);
/* Gives the page the stamp that is asked for. */
void gf_plate_stamp(gf_page *page, const gf_plate *plate);
void gf_plate_describe(gf_text *out, const gf_plate *plate,
                       const gf_portrait *portraits);
/* The settings behind the figure: method and tolerance, parameters, and a hash
   of each field's text. */
void gf_plate_settings(gf_text *out, const gf_plate *plate);
void gf_plate_record(gf_text *out, const gf_plate *plate,
                     const gf_portrait *portraits, const gf_scene *scene,
                     const char *file);

#endif
