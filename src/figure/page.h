/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page of panels: where their frames are, and what stands round them.
 *
 *     gf_page page;
 *     gf_page_init(&page, &size, theme, typesetter);
 *     status = gf_page_add(&page, x_window, y_window, error);
 *     gf_rich_markup(&page.panel[0].x.name, "$D$");
 *     gf_entry *entry = gf_page_entry(&page);   (as many as there are)
 *     gf_rich_add(&page.stamp, GF_UPRIGHT, "rk8pd, 1e-10");
 *     status = gf_page_lay(&page, error);       (now the frames are known)
 *
 *     gf_scene_init(&scene, page.width, page.height);
 *     gf_page_start(&scene, &page);
 *     for each panel:
 *         curves in page points by gf_frame_page(&panel->frame, ...),
 *         in groups clipped to panel->frame.box
 *     gf_page_finish(&scene, &page);            (axes, letters, legend, stamp)
 *     gf_page_clear(&page);
 *
 * Panels fill rows from the left. Where all panels of a column or row have the
 * same window and the same name, the axis is labelled once. The groups are
 * axes-1 ..., legend, caption, stamp; a page of one panel has axes.
 */
#ifndef GANFIELD_FIGURE_PAGE_H
#define GANFIELD_FIGURE_PAGE_H

#include "figure/theme.h"
#include "figure/ticks.h"

/* A window of the plane and the box of the page that shows it. */
typedef struct gf_frame {
    gf_box box;
    gf_vec2 low, high; /* low is at the lower left */
} gf_frame;

/* From the plane to the page and back; and a direction. */
gf_vec2 gf_frame_page(const gf_frame *frame, gf_vec2 point);
gf_vec2 gf_frame_plane(const gf_frame *frame, gf_vec2 page);
gf_vec2 gf_frame_way(const gf_frame *frame, gf_vec2 way);

typedef struct gf_axis {
    gf_rich name;
    bool log; /* the frame's windows are decimal logarithms */
    /* Of a vertical axis: words at 0, 1, ... in place of numbers; not copied.
     * NULL: none. */
    const char *const *word;
    size_t words;
    /* From gf_page_lay. */
    gf_ticks ticks;
    gf_rich label; /* the name, and a power of ten where the ticks have one */
    bool labelled; /* has numbers and label here */
} gf_axis;

typedef struct gf_panel {
    gf_frame frame; /* windows from the start, the box from gf_page_lay */
    bool equal;     /* one scale for both axes, in this panel alone */
    gf_axis x, y;
    gf_rich title;   /* stands after the letter; may be empty */
    gf_rich caption; /* a paragraph below the panels; may be empty */
} gf_panel;

/* A line of the legend: a sample and what it stands for. */
typedef enum gf_sample {
    GF_SAMPLE_LINE,
    GF_SAMPLE_ARROW,  /* a line with a head */
    GF_SAMPLE_START,  /* a line with a head and the marker at its start */
    GF_SAMPLE_STEPS,  /* a line with markers */
    GF_SAMPLE_MARKER, /* a marker alone */
    GF_SAMPLE_AREA
} gf_sample;

typedef struct gf_entry {
    gf_sample sample;
    gf_stroke stroke;
    gf_marker marker; /* its place is not looked at */
    gf_fill fill;
    gf_rich text;
} gf_entry;

enum { GF_PAGE_PANELS = 24, GF_PAGE_ENTRIES = 12 };

/* Where the legend stands. */
typedef enum gf_place {
    GF_PLACE_ABOVE, /* in lines above the panels */
    GF_PLACE_RIGHT, /* in a column beside them */
    GF_PLACE_INSIDE /* in the frame of the first panel, at legend_at */
} gf_place;

/* Colours for numbers: a bar beside the panels. */
typedef struct gf_scale {
    bool shown, log;
    double low, high;
    bool cut; /* there are numbers beyond both ends, in the colours of those */
    gf_rich name;
} gf_scale;

/* Where a number stands between low and high, from 0 to 1. */
double gf_scale_part(const gf_scale *scale, double x);

typedef struct gf_page {
    const gf_theme *theme;
    const gf_typesetter *typesetter;
    double width, height;
    bool free_height;    /* the height is chosen when it is laid */
    double large, small; /* sizes of text */

    gf_panel panel[GF_PAGE_PANELS];
    size_t panels, columns; /* columns 0: chosen */
    bool equal;             /* one scale for both axes */
    gf_entry entry[GF_PAGE_ENTRIES];
    size_t entries;
    gf_place place;
    gf_vec2
        legend_at; /* its upper left corner; GF_PLACE_INSIDE: the caller's */
    gf_scale scale;
    gf_rich title; /* of the whole page; empty: none */
    gf_rich note;  /* a paragraph after the captions; empty: none */
    gf_rich stamp; /* small, below everything; empty: none */

    gf_box legend; /* from gf_page_lay */
    gf_rich *line; /* of the captions */
    size_t lines;
    gf_box bar;
    gf_ticks bar_ticks;
    gf_vec2 stamp_at; /* the left ends of baselines */
    double title_line;
} gf_page;

/* An empty page of that size. */
void gf_page_init(gf_page *page, const gf_size *size, const gf_theme *theme,
                  const gf_typesetter *typesetter);
void gf_page_clear(gf_page *page);

/* One more panel; its window must be finite and have an area: else
 * GF_ARGUMENT. GF_LIMIT beyond GF_PAGE_PANELS. */
GF_CHECKED gf_status gf_page_add(gf_page *page, gf_vec2 low, gf_vec2 high,
                                 gf_error *error);

/* One more entry of the legend, empty; NULL beyond GF_PAGE_ENTRIES. */
gf_entry *gf_page_entry(gf_page *page);

/* Gives every frame its box and every axis its ticks, and the page a height
 * where it had none. GF_ARGUMENT where the page is too small for what stands on
 * it; GF_MEMORY. May be called again after a change. */
GF_CHECKED gf_status gf_page_lay(gf_page *page, gf_error *error);

/* The extent of the legend: of its column where it stands inside or right. */
gf_vec2 gf_page_legend_size(const gf_page *page);

/* Sets the scene's ground and family. */
void gf_page_start(gf_scene *scene, const gf_page *page);

/* Adds frames, ticks, names, letters, legend, bar and stamp, over everything
 * that was added before. */
void gf_page_finish(gf_scene *scene, const gf_page *page);

#endif
