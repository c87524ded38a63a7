/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the SVG painter. */
#ifndef GANFIELD_FIGURE_SVG_H
#define GANFIELD_FIGURE_SVG_H

#include "base/text.h"
#include "figure/scene.h"

#include <stdio.h>

/* A rule of the style sheet: a class and what it declares. */
typedef struct gf_rule {
    char *name, *css;
} gf_rule;

/* A document on its way: the style sheet stands before the body, and is known
 * only after it. */
typedef struct gf_svg {
    gf_text body;
    gf_rule *rule;
    size_t rules, room;
    const gf_typesetter *typesetter; /* outlines text; NULL: text as text */
    bool failed;
} gf_svg;

/* Adds a number with at most two decimals, in the locale of no one; with a
 * space before it where it needs one. */
void gf_svg_number(gf_text *out, double x);
void gf_svg_next(gf_text *out, double x);

/* Adds the data of a path: relative, to hundredths of a point, the rounding of
 * one step made good by the next. */
void gf_svg_path(gf_text *out, const gf_path *path);

/* Adds text as XML's. */
void gf_svg_escape(gf_text *out, const char *text, size_t length);

/* Adds #rrggbb, and the property's opacity where it is not opaque. */
void gf_svg_colour(gf_text *out, const char *property, gf_colour colour);

/* The class that declares css in a group of a class: GROUP-ROLE, and GROUP-
 * ROLE-2 and so on for what is declared differently there. Takes css over.
 * Never NULL. */
const char *gf_svg_class(gf_svg *svg, const char *group, const char *role,
                         gf_text *css);

/* Adds a label to the body. */
void gf_svg_label(gf_svg *svg, const char *group, const gf_item *item);

/* Writes the whole of a scene that is in order; typesetter as above. */
GF_CHECKED gf_status gf_svg_write(FILE *file, const gf_scene *scene,
                                  const gf_typesetter *typesetter,
                                  gf_error *error);

#endif
