/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A board: panels of curves, bands between curves, histograms and areas over
 * numbers, with one legend or a key in each panel, and a bar where colours are
 * numbers; under the marks of a panel there may be a portrait.
 *
 *     gf_board board;
 *     gf_board_init(&board, &size, theme);
 *     gf_board_panel *panel = gf_board_add(&board, "step", "$W_1$");
 *     gf_mark *mark = gf_board_mark(panel, GF_MARK_CURVE, x, y, count);
 *     mark->name = "adam";
 *     gf_board_scale(panel);
 *     status = gf_board_compose(&scene, &board, typesetter, error);
 *     gf_board_clear(&board);
 *
 * Texts are markup ($...$ is mathematics). They and the numbers are not copied:
 * they must stay until the board is composed, as those that it owns do.
 */
#ifndef GF_FIGURE_BOARD_H
#define GF_FIGURE_BOARD_H

#include <ganfield/classify.h>

#include "figure/page.h"

enum { GF_BOARD_MARKS = 64 };

typedef enum gf_mark_kind {
    GF_MARK_CURVE, /* y over x; not finite: a gap */
    GF_MARK_BAND,  /* between y and to, over x, faint and without a line */
    GF_MARK_BARS,  /* a histogram: y[i] from x[i] to x[i + 1], i < count */
    GF_MARK_DOTS,  /* points */
    GF_MARK_RULE,  /* a line at x[0] from the bottom to the top */
    GF_MARK_RUN    /* a curve with a dot at its start and heads along it */
} gf_mark_kind;

typedef struct gf_mark {
    gf_mark_kind kind;
    const double *x, *y, *to;
    size_t count;
    size_t stride;    /* of x and y, but of bands and bars; 0: 1 */
    const char *name; /* in the legend, once for each name; NULL: not there */
    size_t series;    /* its colour and dashes ... */
    double number;    /* ... or, where the board has a scale, by its bar */
    bool by_number;
    bool is_thin;     /* half as wide */
    gf_stroke stroke; /* of a width above 0: this one instead */
    gf_marker marker; /* of a radius above 0: this one instead of a dot, but for
                         its place */
} gf_mark;

typedef struct gf_board_panel {
    const char *title; /* NULL: none */
    const char *x_name, *y_name;
    bool log_x, log_y;
    bool from_zero;         /* y begins at 0 */
    const char *const *row; /* words on the y axis, at 0, 1, ...; NULL: numbers
                             */
    size_t rows;
    gf_range x, y; /* windows; empty (lo >= hi): what the marks need */
    gf_mark *mark;
    size_t marks;
    const gf_classification *c; /* a portrait under the marks, with the run of
                                   the field from start; NULL: none */
    gf_vec2 start;
} gf_board_panel;

typedef struct gf_board {
    gf_size size;
    const gf_theme *theme;
    const char *title;               /* NULL: none on the page */
    const char *note;                /* below the panels; NULL: none */
    const char *about, *description; /* for the metadata */
    const char *subject, *command, *settings, *author;
    bool transparent;
    bool has_keys; /* each panel its own key, where it covers nothing */
    const char *run, *ideal; /* the legend of portraits: what their first mark
                                is, and what the field's run */
    gf_board_panel panel[GF_PAGE_PANELS];
    size_t panels, columns; /* columns 0: chosen */
    size_t abreast;         /* panels that belong side by side; 0: any */
    /* Colours of numbers: their ends and what they are; name NULL: none. */
    double low, high;
    const char *scale_name;
    void **owned; /* numbers and texts */
    size_t owned_count;
    bool failed; /* out of memory */
} gf_board;

void gf_board_init(gf_board *board, const gf_size *size, const gf_theme *theme);
void gf_board_clear(gf_board *board);

/* One more panel, NULL beyond GF_PAGE_PANELS or without memory. */
gf_board_panel *gf_board_add(gf_board *board, const char *x_name,
                             const char *y_name);
/* One more mark, painted over those before; never NULL: one too many is
 * dropped. */
gf_mark *gf_board_mark(gf_board_panel *panel, gf_mark_kind kind,
                       const double *x, const double *y, size_t count);

/* Makes y logarithmic where the positive values of the marks so far span a
 * decade or more: on less such an axis has hardly a tick. */
void gf_board_scale(gf_board_panel *panel);

/* Where a few values of y, the least and the highest hundredths, would flatten
 * all others, gives the panel a window without them. *whole: what all values
 * lie between. *is_cut false: nothing is left out, the window is not changed.
 * GF_MEMORY. */
GF_CHECKED gf_status gf_board_trim(bool *is_cut, gf_range *whole,
                                   gf_board_panel *panel, gf_error *error);

/* So many numbers, all 0, and a copy of a text, which live until the board is
 * cleared. NULL without memory, which composing then tells. */
double *gf_board_numbers(gf_board *board, size_t count);
const char *gf_board_text(gf_board *board, const char *text);

/* Makes the scene, which the caller clears also after a failure. GF_ARGUMENT
 * where a panel has nothing finite to draw; GF_MEMORY; errors of gf_page_lay.
 */
GF_CHECKED gf_status gf_board_compose(gf_scene *scene, const gf_board *board,
                                      const gf_typesetter *typesetter,
                                      gf_error *error);

#endif
