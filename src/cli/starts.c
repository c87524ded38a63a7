/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/starts.h"

#include "cli/amount.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STARTS_MAX = 1000000, SIDE_DIGITS = 6 };

static int make(gf_starts *starts, const gf_call *call, size_t most)
{
    starts->at = calloc(most > 0 ? most : 1, sizeof *starts->at);
    if (starts->at)
        return GF_EXIT_ANSWERED;
    return gf_complain(call, GF_EXIT_FAILED, "out of memory");
}

/* One "D,P_G". */
static int add_start(gf_starts *starts, const gf_call *call, const char *text)
{
    double *number = NULL;
    size_t count = 0;

    int exit_status =
        gf_amount_read_list(&number, &count, call, GF_OPTION_START, text);
    if (!exit_status && count != 2)
        exit_status = gf_complain(
            call, GF_EXIT_USAGE,
            "'--start %s': a start is two numbers, as 0.25,0.9", text);
    if (!exit_status)
        starts->at[starts->count++] = (gf_vec2){number[0], number[1]};
    free(number);
    return exit_status;
}

static int add_given(gf_starts *starts, const gf_call *call)
{
    const gf_options *options = call->options;
    int exit_status = make(starts, call, options->count);

    for (size_t i = 0; i < options->count && !exit_status; i++)
        if (options->use[i].option == GF_OPTION_START)
            exit_status = add_start(starts, call, options->use[i].value);
    return exit_status;
}

/* "grid:NxM" */
static bool read_sides(size_t side[2], const char *text)
{
    static const char digits[] = "0123456789";

    if (strncmp(text, "grid:", 5) != 0)
        return false;
    text += 5;
    for (size_t i = 0; i < 2; i++) {
        size_t length = strspn(text, digits);
        if (length == 0 || length > SIDE_DIGITS)
            return false;
        side[i] = strtoul(text, NULL, 10);
        text += length;
        if (i == 0 && *text++ != 'x')
            return false;
    }
    return *text == '\0' && side[0] > 0 && side[1] > 0;
}

/* What of a field's window runs may begin in. */
static gf_range begin_range(const gf_call *call, const gf_field *field,
                            size_t axis)
{
    gf_range range = field->window[axis], domain = field->domain[axis];

    range.lo = fmax(range.lo, domain.lo);
    range.hi = fmin(range.hi, domain.hi);
    if (axis == 1 && field->has_physical &&
        gf_options_count(call->options, GF_OPTION_PROJECT) > 0) {
        range.lo = fmax(range.lo, field->physical.lo);
        range.hi = fmin(range.hi, field->physical.hi);
    }
    return range;
}

static double middle(gf_range range, size_t i, size_t count)
{
    double x = ((double)i + 0.5) / (double)count;

    return range.lo + x * (range.hi - range.lo);
}

static int add_grid(gf_starts *starts, const gf_call *call,
                    const gf_field *field, const char *text)
{
    gf_range x = begin_range(call, field, 0), y = begin_range(call, field, 1);
    size_t side[2];

    if (!read_sides(side, text))
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--starts %s': must be grid:NxM, as grid:20x20",
                           text);
    if (side[0] * side[1] > STARTS_MAX)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--starts %s': too many runs: at most %d", text,
                           STARTS_MAX);
    int exit_status = make(starts, call, side[0] * side[1]);
    if (exit_status)
        return exit_status;
    for (size_t k = 0; k < side[1]; k++)
        for (size_t i = 0; i < side[0]; i++)
            starts->at[starts->count++] =
                (gf_vec2){middle(x, i, side[0]), middle(y, k, side[1])};
    return GF_EXIT_ANSWERED;
}

static int add_own(gf_starts *starts, const gf_call *call,
                   const gf_field *field)
{
    if (field->start_count == 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "no start is given, and the field has none of its "
                           "own; give one by --start %s,%s",
                           field->axis_name[0], field->axis_name[1]);
    int exit_status = make(starts, call, field->start_count);
    if (exit_status)
        return exit_status;
    starts->count = field->start_count;
    memcpy(starts->at, field->start, starts->count * sizeof *starts->at);
    return GF_EXIT_ANSWERED;
}

int gf_starts_read(gf_starts *starts, const gf_call *call,
                   const gf_field *field)
{
    const gf_options *options = call->options;
    const char *grid = gf_options_value(options, GF_OPTION_STARTS);
    bool has_start = gf_options_count(options, GF_OPTION_START) > 0;

    *starts = (gf_starts){.count = 0};
    if (grid && has_start)
        return gf_complain(call, GF_EXIT_USAGE,
                           "--start and --starts exclude each other");
    if (grid)
        return add_grid(starts, call, field, grid);
    return has_start ? add_given(starts, call) : add_own(starts, call, field);
}

void gf_starts_clear(gf_starts *starts)
{
    free(starts->at);
    *starts = (gf_starts){.count = 0};
}
