/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/trajectory.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>

#define STOP_TEXT(name, text) text,
static const char *const stop_text[] = {GF_STOP_LIST(STOP_TEXT)};

const char *gf_stop_name(gf_stop stop)
{
    size_t count = sizeof stop_text / sizeof *stop_text;

    return (size_t)stop < count ? stop_text[stop] : "unknown";
}

#define TURN_TEXT(name, text) text,
static const char *const turn_text[] = {GF_TURN_LIST(TURN_TEXT)};

const char *gf_turn_name(gf_turn_kind kind)
{
    size_t count = sizeof turn_text / sizeof *turn_text;

    return (size_t)kind < count ? turn_text[kind] : "unknown";
}

void gf_trajectory_init(gf_trajectory *run)
{
    *run = (gf_trajectory){.method = "", .left_physical_at = NAN};
}

void gf_trajectory_clear(gf_trajectory *run)
{
    free(run->row);
    free(run->turn);
    gf_trajectory_init(run);
}

/* A block of so many items at most; where it cannot be made smaller it stays
   as it is. */
static void *trim(void *block, size_t *capacity, size_t count, size_t size)
{
    void *smaller;

    if (*capacity == count || count == 0)
        return block;
    smaller = realloc(block, count * size);
    if (!smaller)
        return block;
    *capacity = count;
    return smaller;
}

void gf_trajectory_trim(gf_trajectory *run)
{
    run->row = trim(run->row, &run->capacity, run->count, sizeof *run->row);
    run->turn = trim(run->turn, &run->turn_capacity, run->turn_count,
                     sizeof *run->turn);
}

void gf_trajectory_begin(gf_trajectory *run, gf_vec2 start, const char *method)
{
    gf_trajectory old = *run;

    gf_trajectory_init(run);
    run->row = old.row;
    run->capacity = old.capacity;
    run->turn = old.turn;
    run->turn_capacity = old.turn_capacity;
    run->start = start;
    run->method = method;
}

static gf_status grow(gf_trajectory *run, gf_error *error)
{
    enum { FIRST = 64 };
    size_t capacity = run->capacity ? 2 * run->capacity : FIRST;

    if (run->count >= GF_TRAJECTORY_ROWS_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "the trajectory has more than %d states; fewer "
                            "can be kept by asking for times",
                            GF_TRAJECTORY_ROWS_MAX);
    gf_row *row = realloc(run->row, capacity * sizeof *row);
    if (!row)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    run->row = row;
    run->capacity = capacity;
    return GF_OK;
}

gf_status gf_trajectory_add(gf_trajectory *run, gf_row row, gf_error *error)
{
    if (run->count == run->capacity || run->count >= GF_TRAJECTORY_ROWS_MAX) {
        gf_status status = grow(run, error);
        if (status)
            return status;
    }
    run->row[run->count++] = row;
    return GF_OK;
}

gf_status gf_trajectory_turn(gf_trajectory *run, gf_turn turn, gf_error *error)
{
    enum { FIRST = 16 };

    if (run->turn_count >= GF_TRAJECTORY_ROWS_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "the trajectory turns more than %d times",
                            GF_TRAJECTORY_ROWS_MAX);
    if (run->turn_count == run->turn_capacity) {
        size_t capacity = run->turn_capacity ? 2 * run->turn_capacity : FIRST;
        gf_turn *grown = realloc(run->turn, capacity * sizeof *grown);
        if (!grown)
            return gf_error_set(error, GF_MEMORY, "out of memory");
        run->turn = grown;
        run->turn_capacity = capacity;
    }
    run->turn[run->turn_count++] = turn;
    return GF_OK;
}

bool gf_trajectory_ends_at(const gf_trajectory *run, double t)
{
    return run->count > 0 && run->row[run->count - 1].t == t;
}

/* Complains of one coordinate that is not in its range. */
static gf_status complain(const char *name, double x, gf_range range,
                          const char *what, gf_error *error)
{
    char at[GF_NUMBER_SIZE], lo[GF_NUMBER_SIZE], hi[GF_NUMBER_SIZE];

    gf_number_write(at, x);
    gf_number_write(lo, range.lo);
    gf_number_write(hi, range.hi);
    return gf_error_set(error, GF_DOMAIN,
                        "the start %s = %s is outside of the %s, %c%s, %s%c",
                        name, at, what, range.lo_closed ? '[' : '(', lo, hi,
                        range.hi_closed ? ']' : ')');
}

gf_status gf_start_check(const gf_field *field, gf_vec2 start, bool physical,
                         gf_error *error)
{
    const double x[2] = {start.x, start.y};

    for (size_t i = 0; i < 2; i++) {
        if (!isfinite(x[i]))
            return gf_error_set(error, GF_DOMAIN, "the start's %s is no number",
                                field->axis_name[i]);
        if (!gf_range_has(field->domain[i], x[i]))
            return complain(field->axis_name[i], x[i], field->domain[i],
                            "domain", error);
    }
    if (physical && !gf_range_has(field->physical, x[1]))
        return complain(field->axis_name[1], x[1], field->physical,
                        "physical range", error);
    gf_vec2 v = gf_field_at(start, field);
    if (!isfinite(v.x) || !isfinite(v.y))
        return gf_error_set(error, GF_DOMAIN,
                            "the field has no value at the start");
    return GF_OK;
}
