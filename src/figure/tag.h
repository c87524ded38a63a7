/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels inside of a frame: what they say and where they stand. */
#ifndef GF_FIGURE_TAG_H
#define GF_FIGURE_TAG_H

#include "figure/ink.h"
#include "figure/portrait.h"
#include "figure/theme.h"

enum { GF_TAG_LINES = 2, GF_TAGS_MOST = 24 };

typedef struct gf_tag {
    gf_rich line[GF_TAG_LINES];
    gf_extent extent[GF_TAG_LINES];
    size_t lines;
    gf_vec2 size; /* of its box */
    double leading;
    gf_box box;
    bool leads; /* a hairline leads to the point that it belongs to, if far */
    gf_vec2 of;
} gf_tag;

typedef struct gf_tags {
    gf_tag item[GF_TAGS_MOST];
    size_t count;
} gf_tags;

void gf_tags_clear(gf_tags *tags);

/* Finds room for the labels of the rest points and of the levels of the
   energy; what has no room is left out, so that none covers a marker or another
   label.  GF_MEMORY; *tags is to be cleared in either case. */
GF_CHECKED gf_status gf_tags_place(gf_tags *tags, const gf_portrait *p,
                                   const gf_theme *theme, double size,
                                   const gf_typesetter *typesetter,
                                   gf_error *error);

/* Does a label touch the box? */
bool gf_tags_touch(const gf_tags *tags, gf_box box);

/* The paper under the labels, to be drawn over streamlines and hatching and
   under all else; and the labels themselves. */
void gf_tags_draw_ground(gf_scene *scene, const gf_tags *tags,
                         const gf_theme *theme);
void gf_tags_draw(gf_scene *scene, const gf_tags *tags, const gf_theme *theme,
                  double size);

/* --- parts ------------------------------------------------------------- */

/* Sets sizes from the lines of a tag. */
void gf_tag_measure(gf_tag *tag, double size, const gf_typesetter *typesetter);
void gf_tag_clear(gf_tag *tag);
/* All that is drawn, for finding room. */
void gf_portrait_spill(gf_ink *ink, const gf_portrait *p, double marker,
                       const gf_tags *tags);
/* Is a box clear of markers and of the labels so far? */
bool gf_tags_free(const gf_tags *tags, const gf_portrait *p, double marker,
                  gf_box box);
/* Adds the labels of the levels of the energy. */
GF_CHECKED gf_status gf_tags_levels(gf_tags *tags, const gf_portrait *p,
                                    const gf_theme *theme, double size,
                                    const gf_typesetter *typesetter,
                                    gf_error *error);

#endif
