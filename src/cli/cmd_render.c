/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/picture.h"
#include "cli/recipe.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const struct poptOption own_options[] = {
    {"dpi", '\0', POPT_ARG_STRING, NULL, GF_OPTION_DPI,
     "dots per inch of a PNG; default 300", "N"},
    {"outlines", '\0', POPT_ARG_NONE, NULL, GF_OPTION_OUTLINES,
     "SVG: letters as outlines, alike on every machine", NULL},
    {"data", '\0', POPT_ARG_STRING, NULL, GF_OPTION_DATA,
     "write every curve that is drawn to FILE, as CSV", "FILE"},
    POPT_TABLEEND
};

const struct poptOption gf_render_table[] = {
    GF_INCLUDE(own_options, "The figure:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

/* What a figure is drawn from; lives until it is written. */
typedef struct kitchen {
    gf_recipe recipe;
    gf_plate plate;
    gf_choice choice[GF_RECIPE_PANELS];
    gf_picture_room room[GF_RECIPE_PANELS];
    size_t count;
} kitchen;

/* The section as if it were a command line. */
static gf_options options_of(gf_recipe_part *part)
{
    return (gf_options){.use = part->use, .count = part->count};
}

static int add_panel(kitchen *k, const gf_call *call, size_t i)
{
    gf_options options = options_of(&k->recipe.panel[i]);
    gf_command portrait = *call->command;
    gf_call part = *call;
    gf_plate_panel *panel;
    char name[64];
    int exit_status;

    snprintf(name, sizeof name, "%s: panel %zu", call->name, i + 1);
    part.name = name;
    part.options = &options;
    portrait.options = gf_portrait_table; /* whose options the keys are */
    part.command = &portrait;
    k->count++;
    exit_status = gf_choose(&k->choice[i], &part);
    if (exit_status)
        return exit_status;
    if (k->choice[i].count != 1)
        return gf_complain(&part, GF_EXIT_USAGE, "a panel has one field");
    panel = gf_plate_add(&k->plate, k->choice[i].all[0]);
    panel->title = k->recipe.panel[i].title;
    return gf_picture_panel(panel, &k->room[i], &part);
}

/* The command of a recipe with the recipe's options and render's own. */
static int run_command(gf_recipe *recipe, const gf_call *call)
{
    const gf_recipe_part *figure = &recipe->figure, *part = &recipe->panel[0];
    const gf_options *own = call->options;
    size_t count = figure->count + part->count;
    gf_call inner = *call;
    char name[64];

    if (gf_options_count(own, GF_OPTION_OUTPUT) == 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "a figure of %s needs -o FILE.svg, .pdf or .png",
                           recipe->command->name);
    for (size_t i = 0; i < own->count; i++)
        if (!gf_option_row(recipe->command->options, NULL,
                           own->use[i].option) ||
            own->use[i].option == GF_OPTION_DATA)
            return gf_complain(call, GF_EXIT_USAGE,
                               "'--%s' is of portraits, not of %s",
                               gf_options_name(call, own->use[i].option),
                               recipe->command->name);
    gf_use *use = calloc(count + own->count, sizeof *use);
    if (!use)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    memcpy(use, figure->use, figure->count * sizeof *use);
    memcpy(use + figure->count, part->use, part->count * sizeof *use);
    memcpy(use + count, own->use, own->count * sizeof *use);
    gf_options options = {.use = use, .count = count + own->count};
    snprintf(name, sizeof name, "ganfield %s", recipe->command->name);
    inner.name = name;
    inner.options = &options;
    inner.command = recipe->command;
    int exit_status = recipe->command->run(&inner);
    free(use);
    return exit_status;
}

static int cook(kitchen *k, const gf_call *call)
{
    const char *path = call->options->argument[0];
    gf_call figure = *call;
    gf_options options;
    gf_error error;
    gf_status status;
    int exit_status;

    gf_error_clear(&error);
    status = gf_recipe_read(&k->recipe, path, &error);
    if (status)
        return gf_complain_error(call, gf_exit_of(status, GF_EXIT_FIELD),
                                 &error);
    if (k->recipe.command)
        return run_command(&k->recipe, call);
    options = options_of(&k->recipe.figure);
    figure.options = &options;
    exit_status = gf_picture_look(&k->plate, &figure);
    for (size_t i = 0; i < k->recipe.count && !exit_status; i++)
        exit_status = add_panel(k, call, i);
    return exit_status ? exit_status : gf_picture_write(&k->plate, call);
}

int gf_cmd_render(const gf_call *call)
{
    kitchen *k;
    int exit_status;

    if (call->options->argument_count == 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "which recipe? 'ganfield render RECIPE.ini'");
    k = calloc(1, sizeof *k);
    if (!k)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    exit_status = cook(k, call);
    for (size_t i = 0; i < k->count; i++) {
        gf_choice_clear(&k->choice[i]);
        gf_picture_room_clear(&k->room[i]);
    }
    gf_recipe_clear(&k->recipe);
    free(k);
    return exit_status;
}
