/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile while it is drawn. */
#ifndef GF_FIGURE_PROFILE_DRAWING_H
#define GF_FIGURE_PROFILE_DRAWING_H

#include "figure/profile.h"

enum { GF_PROFILE_KINDS = 8 };

typedef struct gf_profile_drawing {
    const gf_profile *profile;
    gf_scene *scene;
    gf_page *page;
    bool log[GF_PROFILE_CURVES];  /* the curve's own axis */
    size_t present[GF_MAP_WORDS]; /* words that there are, in their order */
    size_t count;
    const char *kind[GF_PROFILE_KINDS]; /* the names of rules */
    size_t kinds;
} gf_profile_drawing;

gf_stroke gf_profile_rule_stroke(const gf_theme *theme, size_t kind);
/* Which of the kinds a rule is of. */
size_t gf_profile_kind(const gf_profile_drawing *d, size_t rule);
/* The colour of a word's bands. */
gf_colour gf_profile_colour(const gf_profile_drawing *d, size_t word);

/* Adds the groups of panel i to the scene. */
void gf_profile_draw_panel(gf_profile_drawing *d, size_t i);

#endif
