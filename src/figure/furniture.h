/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands round the frames of a page, for laying out and for drawing. */
#ifndef GANFIELD_FIGURE_FURNITURE_H
#define GANFIELD_FIGURE_FURNITURE_H

#include "figure/page.h"

/* Distances in points, before the theme's scale. */
#define GF_TICK_LENGTH 3.0
#define GF_NUMBER_GAP 2.0 /* from a tick to its number */
#define GF_NAME_GAP 3.5   /* from the numbers to the axis's name */
#define GF_TITLE_GAP 3.5  /* from the frame to the letter above it */
#define GF_PANEL_GAP 9.0  /* between panels, beside what they need */
#define GF_PAD 1.5        /* from everything to the edge of the page */
#define GF_BAR_WIDTH 7.0
#define GF_BAR_GAP 8.0 /* from the frames to the bar */
#define GF_BAR_TIP 6.0 /* beyond the ends of a bar that is cut */

/* The height of a digit as a part of the font size. */
#define GF_DIGIT 0.676

/* Lines of small text are so many font sizes apart. */
#define GF_LINE 1.35

/* Makes the axis's label: its name with the power of ten that its numbers leave
 * out. False without memory. */
GF_CHECKED bool gf_axis_set_label(gf_axis *axis);

/* Is the label of a vertical axis so short that it need not be turned? */
bool gf_axis_is_short(const gf_page *page, const gf_axis *axis);

/* What the label takes beside the numbers, its gap included. */
double gf_axis_label_room(const gf_page *page, const gf_axis *axis,
                          bool vertical);

/* The width of the widest number of an axis. */
double gf_axis_widest(const gf_page *page, const gf_ticks *ticks);
/* The same of an axis, which may have words in place of numbers. */
double gf_axis_room(const gf_page *page, const gf_axis *axis);

/* How far the first and last number of the horizontal axis reach beyond a
 * frame of that width; negative where they do not. */
void gf_axis_overhang(double over[2], const gf_page *page,
                      const gf_panel *panel, double width);

/* Says which axes have text: each row and column whose axes are alike has it
 * once. */
void gf_axis_share(gf_page *page, size_t columns);

/* Does a panel have a letter, or a title? */
bool gf_panel_is_titled(const gf_page *page, const gf_panel *panel);

/* Cuts a text to a width, with an ellipsis; the texts of a page to what they
 * may take of it; those of a panel to its frame. */
void gf_rich_fit(gf_rich *rich, double size, double width,
                 const gf_typesetter *typesetter);
void gf_page_fit(gf_page *page);
void gf_panel_fit(gf_page *page, gf_panel *panel);

/* Where the entries of a legend in lines stand: their left ends and lines.
 * Returns the number of lines. */
size_t gf_legend_flow(double left[], size_t line[], const gf_page *page,
                      double width);

/* The sides of a frame that have ticks. */
typedef enum gf_side { GF_SIDE_BELOW, GF_SIDE_LEFT, GF_SIDE_RIGHT } gf_side;

/* Adds the ticks of an axis, outward, and its numbers where it is labelled. */
void gf_axis_numbers(gf_scene *scene, const gf_page *page, const gf_axis *axis,
                     const gf_frame *frame, gf_side side);

/* Breaks the captions of all panels into the lines of a page; false without
 * memory. What room they take below the panels. */
GF_CHECKED bool gf_caption_break(gf_page *page);
void gf_caption_clear(gf_page *page);
double gf_caption_room(const gf_page *page);
void gf_caption_draw(gf_scene *scene, const gf_page *page);

void gf_legend_draw(gf_scene *scene, const gf_page *page);
void gf_bar_draw(gf_scene *scene, const gf_page *page);

#endif
