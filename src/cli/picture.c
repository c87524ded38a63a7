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
    VALUE("euler", GF_OPTION_EULER,
          "draw Euler's method of this step from each start too", "STEP"),
    VALUE("show", GF_OPTION_SHOW,
          "draw a layer too: energy, region, eigen; repeatable", "LAYER"),
    VALUE("hide", GF_OPTION_HIDE,
          "leave a layer out: streamlines, nullclines, rest, labels, "
          "separatrices, trajectories, unphysical, legend; repeatable",
          "LAYER"),
    VALUE("title", GF_OPTION_TITLE,
          "a title on the page; $...$ is mathematics", "TEXT"),
    VALUE("author", GF_OPTION_AUTHOR,
          "the author in the file's metadata", "TEXT"),
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
    plate->title = gf_options_value(options, GF_OPTION_TITLE);
    plate->author = gf_options_value(options, GF_OPTION_AUTHOR);
    return GF_EXIT_ANSWERED;
}

/* --- a panel ----------------------------------------------------------- */

/* Two numbers with a mark between them; cuts the text. */
static bool read_two(double two[2], char *text, char mark)
{
    char *second = strchr(text, mark);

    if (!second)
        return false;
    *second++ = '\0';
    return !gf_number_read(&two[0], text + strspn(text, " (")) &&
           !gf_number_read(&two[1], second + strspn(second, " "));
}

/* A copy without the parentheses and blanks round it. */
static void copy_bare(char out[static 128], const char *text)
{
    size_t length;

    text += strspn(text, " (");
    length = strlen(text);
    while (length > 0 && strchr(" )", text[length - 1]))
        length--;
    snprintf(out, 128, "%.*s", (int)(length < 127 ? length : 127), text);
}

static bool read_window(gf_plate_panel *panel, const char *text)
{
    char copy[128], *comma;
    double x[2], y[2];

    copy_bare(copy, text);
    comma = strchr(copy, ',');
    if (!comma)
        return false;
    *comma++ = '\0';
    if (!read_two(x, copy, ':') || !read_two(y, comma, ':'))
        return false;
    panel->window[0] = (gf_range){x[0], x[1], true, true};
    panel->window[1] = (gf_range){y[0], y[1], true, true};
    return true;
}

static int change_layers(gf_plate_panel *panel, const gf_call *call,
                         const gf_use *use)
{
    gf_feature feature = gf_feature_find(use->value);

    if (feature == GF_FEATURE_COUNT)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'%s': no layer of a portrait; 'ganfield portrait "
                           "-h' names them",
                           use->value);
    if (use->option == GF_OPTION_SHOW)
        panel->layers |= 1U << feature;
    else
        panel->layers &= ~(1U << feature);
    return GF_EXIT_ANSWERED;
}

static int add_start(gf_plate_panel *panel, gf_vec2 *starts,
                     const gf_call *call, const char *text)
{
    char copy[128];
    double p[2];

    if (panel->start != starts) {
        panel->start = starts;
        panel->start_count = 0;
    }
    copy_bare(copy, text);
    if (!read_two(p, copy, ','))
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--start %s': must be two numbers, as 0.25,0.9",
                           text);
    starts[panel->start_count++] = (gf_vec2){p[0], p[1]};
    return GF_EXIT_ANSWERED;
}

int gf_picture_panel(gf_plate_panel *panel, gf_vec2 *starts,
                     const gf_call *call)
{
    const gf_options *options = call->options;
    int exit_status = GF_EXIT_ANSWERED;

    for (size_t i = 0; i < options->count && !exit_status; i++) {
        const gf_use *use = &options->use[i];
        if (use->option == GF_OPTION_WINDOW && !read_window(panel, use->value))
            exit_status = gf_complain(call, GF_EXIT_USAGE,
                                      "'--window %s': must be two ranges, as "
                                      "0:1,-0.2:1.2",
                                      use->value);
        else if (use->option == GF_OPTION_SHOW || use->option == GF_OPTION_HIDE)
            exit_status = change_layers(panel, call, use);
        else if (use->option == GF_OPTION_EULER &&
                 (gf_number_read(&panel->euler, use->value) ||
                  !(panel->euler > 0)))
            exit_status =
                gf_complain(call, GF_EXIT_USAGE,
                            "'--euler %s': must be a step above 0", use->value);
        else if (use->option == GF_OPTION_START)
            exit_status = add_start(panel, starts, call, use->value);
    }
    return exit_status;
}
