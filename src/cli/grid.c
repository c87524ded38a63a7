/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/grid.h"

#include "base/number.h"
#include "cli/amount.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int gf_grid_read(size_t out[2], const gf_call *call, double most)
{
    const char *text = gf_options_value(call->options, GF_OPTION_GRID);
    double count[2] = {1, 1};
    char side[2][16];

    if (!text)
        return GF_EXIT_ANSWERED;
    size_t first = strcspn(text, "x");
    const char *second = text + first + (text[first] == 'x');
    snprintf(side[0], sizeof side[0], "%.*s", (int)first, text);
    snprintf(side[1], sizeof side[1], "%s", second);
    for (size_t i = 0; i < 2; i++) {
        if (first > 15 || strlen(second) > 15 ||
            gf_number_read(&count[i], side[i]) || !(count[i] >= 1) ||
            count[i] != floor(count[i]))
            return gf_complain(call, GF_EXIT_USAGE,
                               "'--grid %s': must be NxM, as 1000x1000", text);
    }
    if (count[0] * count[1] > most)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--grid %s': %.3g starts are too many: at most "
                           "%.0f",
                           text, count[0] * count[1], most);
    for (size_t i = 0; i < 2; i++)
        out[i] = (size_t)count[i];
    return GF_EXIT_ANSWERED;
}

/* As a list of four. */
static int read_ends(gf_range window[2], const gf_call *call, const char *text)
{
    char *list = strdup(text);
    double *end = NULL;
    size_t count = 0;

    if (!list)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    for (char *c = list; *c; c++)
        *c = (char)(*c == ':' ? ',' : *c);
    int exit_status =
        gf_amount_read_list(&end, &count, call, GF_OPTION_WINDOW, list);
    if (!exit_status &&
        (count != 4 || !(end[0] < end[1]) || !(end[2] < end[3]) ||
         !isfinite(end[1] - end[0]) || !isfinite(end[3] - end[2])))
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "'--window %s': must be X:X,Y:Y, as "
                                  "0:1,-0.2:1.2",
                                  text);
    for (size_t i = 0; i < 2 && !exit_status; i++)
        window[i] = (gf_range){end[2 * i], end[2 * i + 1], true, true};
    free(end);
    free(list);
    return exit_status;
}

int gf_grid_window(gf_range window[2], const gf_call *call,
                   const gf_field *field)
{
    const char *text = gf_options_value(call->options, GF_OPTION_WINDOW);

    if (text)
        return read_ends(window, call, text);
    memcpy(window, field->window, 2 * sizeof *window);
    return GF_EXIT_ANSWERED;
}
