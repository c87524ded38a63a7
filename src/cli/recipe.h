/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recipe: a figure described in a file.
 *
 *     ; two objectives side by side
 *     [figure]
 *     size = neurips
 *     [panel]
 *     variant = classic
 *     start = (0.25, 0.9)
 *     [panel]
 *     variant = wgan
 *     equal = yes
 *
 * The keys of a panel are the options of `portrait` that choose a field and
 * change a panel; those of the figure are the others. `equal` may stand in
 * both: one scale for all panels, or for both axes of one. A flag is yes or no.
 *
 * Instead of panels there may be one section that is named by another command
 * that draws, as [kernel field]; its keys are that command's options.
 */
#ifndef GANFIELD_CLI_RECIPE_H
#define GANFIELD_CLI_RECIPE_H

#include "cli/options.h"
#include "field/passage.h"

enum { GF_RECIPE_PANELS = 24, GF_RECIPE_KEYS = 256 };

/* A section: its keys as options. */
typedef struct gf_recipe_part {
    gf_use use[GF_RECIPE_KEYS];
    size_t count;
    const char *title; /* of a panel; NULL: none given */
} gf_recipe_part;

typedef struct gf_recipe {
    gf_origin *origins;
    gf_recipe_part figure;
    gf_recipe_part *panel;
    size_t count;
    const gf_command *command; /* of the only "panel"; NULL: portraits */
} gf_recipe;

/* Reads a file. GF_READ; GF_SYNTAX,
 * GF_NAME, GF_LIMIT with their place. *recipe is to be cleared in either case;
 * path must live as long. */
GF_CHECKED gf_status gf_recipe_read(gf_recipe *recipe, const char *path,
                                    gf_error *error);
void gf_recipe_clear(gf_recipe *recipe);

/* The row of an option by its name or its code (name NULL) in a table or those
 * that it includes; NULL if there is none. */
const struct poptOption *gf_option_row(const struct poptOption *table,
                                       const char *name, int code);

#endif
