/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/picture.h"

#include "base/number.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define VALUE(name, code, help, what) \
    {name, '\0', POPT_ARG_STRING, NULL, code, help, what}

const struct poptOption gf_picture_table[] = {
    VALUE("size", GF_OPTION_SIZE,
          "a venue (neurips, icml, ieee, slides, ...) or WxH in pt, in, mm or "
          "cm; default icml", "SIZE"),
    VALUE("theme", GF_OPTION_THEME,
          "paper, slides or dark", "NAME"),
    VALUE("dpi", GF_OPTION_DPI,
          "dots per inch of a PNG; default 300", "N"),
    {"equal", '\0', POPT_ARG_NONE, NULL, GF_OPTION_EQUAL,
     "one scale for both axes: circles are circles", NULL},
    VALUE("columns", GF_OPTION_COLUMNS,
          "panels in a row", "N"),
    VALUE("window", GF_OPTION_WINDOW,
          "what is seen, as '0:1,-0.2:1.2'", "X:X,Y:Y"),
    VALUE("start", GF_OPTION_START,
          "draw the trajectory from here instead of the field's starts; "
          "repeatable", "X,Y"),
    VALUE("optimizer", GF_OPTION_OPTIMIZER,
          "draw the steps of an optimizer from each start too, as sgd; "
          "repeatable", "RULE"),
    VALUE("step", GF_OPTION_STEP,
          "of the optimizers", "H"),
    VALUE("steps", GF_OPTION_STEPS,
          "how many of them; default 200", "N"),
    VALUE("order", GF_OPTION_ORDER,
          "of the players: simultaneous (the default) or alternating",
          "ORDER"),
    VALUE("critic-steps", GF_OPTION_CRITIC_STEPS,
          "alternating: steps of the critic for one of the generator; "
          "default 1", "K"),
    VALUE("show", GF_OPTION_SHOW,
          "draw a layer too: speed, energy, region, eigen, caption, "
          "stamp; repeatable", "LAYER"),
    VALUE("hide", GF_OPTION_HIDE,
          "leave a layer out: streamlines, nullclines, rest, labels, "
          "separatrices, trajectories, iterations, unphysical, legend; "
          "repeatable", "LAYER"),
    VALUE("axes", GF_OPTION_AXES,
          "names of the axes, as 'output $D$,density $p_g$'", "X,Y"),
    {"transparent", '\0', POPT_ARG_NONE, NULL, GF_OPTION_TRANSPARENT,
     "no ground under the figure", NULL},
    VALUE("title", GF_OPTION_TITLE,
          "a title on the page; $...$ is mathematics", "TEXT"),
    VALUE("author", GF_OPTION_AUTHOR,
          "the author in the file's metadata", "TEXT"),
    {"outlines", '\0', POPT_ARG_NONE, NULL, GF_OPTION_OUTLINES,
     "SVG: letters as outlines, alike on every machine", NULL},
    VALUE("data", GF_OPTION_DATA,
          "write every curve that is drawn to FILE, as CSV", "FILE"),
    POPT_TABLEEND
};
/* clang-format on */

/* --- the look ---------------------------------------------------------- */

int gf_picture_look(gf_plate *plate, const gf_call *call)
{
    const gf_options *options = call->options;
    const char *size = gf_options_value(options, GF_OPTION_SIZE);
    const char *theme = gf_options_value(options, GF_OPTION_THEME);
    const char *columns = gf_options_value(options, GF_OPTION_COLUMNS);
    gf_size read;
    const gf_theme *found;
    gf_error error;
    double number = 0;

    gf_error_clear(&error);
    if (gf_size_read(&read, size ? size : "icml", &error) ||
        gf_theme_find(&found, theme ? theme : read.theme, &error))
        return gf_complain_error(call, GF_EXIT_USAGE, &error);
    if (columns && (gf_number_read(&number, columns) ||
                    !(number >= 1 && number <= GF_PAGE_PANELS) ||
                    number != (double)(size_t)number))
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--columns %s': must be a whole number from 1 to "
                           "%d",
                           columns, GF_PAGE_PANELS);
    gf_plate_init(plate, &read, found);
    plate->columns = (size_t)number;
    plate->equal = gf_options_count(options, GF_OPTION_EQUAL) > 0;
    plate->transparent = gf_options_count(options, GF_OPTION_TRANSPARENT) > 0;
    plate->title = gf_options_value(options, GF_OPTION_TITLE);
    plate->author = gf_options_value(options, GF_OPTION_AUTHOR);
    return GF_EXIT_ANSWERED;
}
