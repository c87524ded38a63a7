/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A figure of quantities over one axis: a panel for each that is a number, one
 * above the other, over bands of colour that say which word holds where; rules
 * where a boundary is known exactly, with its value beside it.
 *
 *     gf_profile profile = {.size = size, .theme = theme, ...};
 *     status = gf_profile_compose(&scene, &profile, typesetter, error);
 */
#ifndef GF_FIGURE_PROFILE_H
#define GF_FIGURE_PROFILE_H

#include "figure/map.h"

enum { GF_PROFILE_CURVES = 6, GF_PROFILE_RULES = 32 };

/* A quantity at the values of the axis. */
typedef struct gf_profile_curve {
    const char *name;    /* markup */
    const char *plain;   /* the same without markup */
    const double *value; /* not finite: a gap */
    bool has_level;      /* a line across at a value that means something */
    double level;
} gf_profile_curve;

/* A word from one value of the axis to another. */
typedef struct gf_profile_band {
    double from, to;
    size_t word;
} gf_profile_band;

typedef struct gf_profile_rule {
    double at;
    const char *name; /* markup; rules of one name look alike */
} gf_profile_rule;

typedef struct gf_profile {
    gf_size size;
    const gf_theme *theme;
    gf_map_axis axis; /* the values ascending or descending */
    gf_profile_curve curve[GF_PROFILE_CURVES];
    size_t curves;               /* 0: bands alone */
    const gf_profile_band *band; /* NULL: none */
    size_t bands;
    const char *const *word;
    size_t words; /* at most GF_MAP_WORDS */
    bool fixed;   /* a word's colour is its own, whichever there are */
    gf_profile_rule rule[GF_PROFILE_RULES];
    size_t rules;
    const char *title; /* markup; NULL: none on the page */
    const char *about; /* of what: "classic" */
    const char *author, *command;
} gf_profile;

/* Makes the scene, which the caller clears also after a failure.  GF_ARGUMENT
   where there is nothing to draw, or the page is too small; GF_MEMORY. */
GF_CHECKED gf_status gf_profile_compose(gf_scene *scene,
                                        const gf_profile *profile,
                                        const gf_typesetter *typesetter,
                                        gf_error *error);

#endif
