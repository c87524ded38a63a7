/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/geometry.h"

#include "base/npy.h"
#include "cli/amount.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
const struct poptOption gf_geometry_table[] = {
    {"state", '\0', POPT_ARG_STRING, NULL, GF_OPTION_STATE,
     "the parameters of the critic, then of the generator, as text or NPY; "
     "default: those of the start", "FILE"},
    POPT_TABLEEND
};
/* clang-format on */

/* --- the duel --------------------------------------------------------------
 */

/* Reads so many numbers; the caller frees *out. */
static int read_numbers(double **out, const gf_call *call, const char *path,
                        size_t rows, size_t columns, const char *what)
{
    gf_matrix matrix = {.at = NULL};
    gf_error error;
    bool fits;

    gf_error_clear(&error);
    if (gf_matrix_read(&matrix, path, &error))
        return gf_complain_error(call, GF_EXIT_FILE, &error);
    fits = rows == 1 ? matrix.rows * matrix.columns == columns
                     : matrix.rows == rows && matrix.columns == columns;
    if (fits) {
        *out = matrix.at;
        return GF_EXIT_ANSWERED;
    }
    free(matrix.at);
    return gf_complain(call, GF_EXIT_FILE,
                       "'%s' holds %zu x %zu numbers; %s are %zu x %zu", path,
                       matrix.rows, matrix.columns, what, rows, columns);
}

int gf_geometry_open(gf_geometry_place *place, const gf_call *call)
{
    const char *path = gf_options_value(call->options, GF_OPTION_STATE);
    gf_error error;
    int exit_status;

    *place = (gf_geometry_place){.duel = NULL};
    gf_error_clear(&error);
    exit_status = gf_duels_choose(&place->choice, call);
    if (exit_status)
        return exit_status;
    if (gf_duel_new(&place->duel, &place->choice.setup, &error))
        return gf_complain_error(call, gf_duels_exit(error.status), &error);
    gf_duel_deal(place->duel, 0);
    if (path)
        return read_numbers(&place->z, call, path, 1, gf_duel_size(place->duel),
                            "the parameters of both players");
    place->z = malloc(gf_duel_size(place->duel) * sizeof *place->z);
    if (!place->z)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    gf_duel_start(place->z, place->duel);
    return GF_EXIT_ANSWERED;
}

void gf_geometry_close(gf_geometry_place *place)
{
    gf_duel_free(place->duel);
    free(place->z);
    free(place->direction);
    gf_duels_clear(&place->choice);
}

gf_duel_report gf_geometry_report(const gf_geometry_place *place)
{
    return (gf_duel_report){place->duel,
                            {place->choice.text[0], place->choice.text[1]}};
}

/* --- planes ------------------------------------------------------------------
 */

/* "I,J": whole numbers. */
static int read_parameters(gf_geometry_slice *slice, const gf_call *call,
                           const char *text)
{
    double *at = NULL;
    size_t count = 0;
    bool are_whole = true;
    int exit_status =
        gf_amount_read_list(&at, &count, call, GF_OPTION_PLANE, text);

    for (size_t i = 0; !exit_status && i < count; i++)
        are_whole =
            are_whole && at[i] >= 0 && at[i] < 1e9 && at[i] == floor(at[i]);
    if (!exit_status && (count != 2 || !are_whole || at[0] == at[1]))
        exit_status = gf_complain(call, GF_EXIT_USAGE,
                                  "'--plane %s': two different parameters, "
                                  "counted from 0, as 0,1",
                                  text);
    for (size_t i = 0; !exit_status && i < 2; i++)
        slice->parameter[i] = (size_t)at[i];
    free(at);
    return exit_status;
}

int gf_geometry_read_slice(gf_geometry_slice *slice, gf_geometry_place *place,
                           const gf_call *call)
{
    const char *text = gf_options_value(call->options, GF_OPTION_PLANE);
    const char *seed = gf_options_value(call->options, GF_OPTION_SEED);
    size_t own = place->choice.setup.fighter[slice->player].parameters;
    int exit_status;

    slice->seed = seed ? strtoull(seed, NULL, 10) : 0;
    slice->kind = GF_SLICE_TOP;
    if (!text || strcmp(text, "top") == 0)
        return GF_EXIT_ANSWERED;
    slice->kind = GF_SLICE_RANDOM;
    if (strcmp(text, "random") == 0)
        return GF_EXIT_ANSWERED;
    slice->kind = GF_SLICE_PARAMETERS;
    if (text[0] >= '0' && text[0] <= '9' && strchr(text, ','))
        return read_parameters(slice, call, text);
    slice->kind = GF_SLICE_GIVEN;
    exit_status =
        read_numbers(&place->direction, call, text, 2, own, "two directions");
    slice->direction = place->direction;
    return exit_status;
}
