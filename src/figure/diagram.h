/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Curves over an axis: a frame, a legend, and axes that may be logarithmic.
 *
 *     gf_diagram diagram = {.size = size, .theme = theme, .x = x, ...};
 *     status = gf_diagram_compose(&scene, &diagram, typesetter, error);
 */
#ifndef GF_FIGURE_DIAGRAM_H
#define GF_FIGURE_DIAGRAM_H

#include "figure/page.h"

enum { GF_DIAGRAM_SERIES = 7 };

typedef struct gf_diagram {
    gf_size size;
    const gf_theme *theme;
    const char *title; /* markup; NULL: none */
    const char *about; /* what the figure shows, for its metadata */
    const char *command;
    const char *x_name; /* markup, as all names */
    const char *y_name; /* NULL: that of the only series, or none */
    const double *x;    /* stride apart, as the series are */
    size_t count, stride;
    struct {
        const char *name;
        const double *y; /* not finite: a gap */
    } series[GF_DIAGRAM_SERIES];
    size_t series_count;
    bool log_x, log_y;
    bool dots;   /* on the lines: nothing is known between the few points */
    size_t jump; /* a point where some series jump to and back */
    unsigned jump_series; /* a bit for each of them */
} gf_diagram;

/* Makes the scene, which the caller clears also after a failure. GF_ARGUMENT
 * where nothing finite is to be drawn; errors of gf_page_lay. */
GF_CHECKED gf_status gf_diagram_compose(gf_scene *scene,
                                        const gf_diagram *diagram,
                                        const gf_typesetter *typesetter,
                                        gf_error *error);

#endif
