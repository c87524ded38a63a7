/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axes of a sweep: their text, and their values. */
#include <ganfield/sweep.h>

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

static const char form[] = "NAME=FROM:TO:COUNT or NAME=log:FROM:TO:COUNT";

/* One end, up to a colon; *text moves behind it. */
static gf_status read_end(double *out, const char **text, const char *whole,
                          gf_error *error)
{
    size_t length = strcspn(*text, ":");
    char *part = strndup(*text, length);
    gf_status status = GF_OK;

    if (!part)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    if (gf_number_read(out, part))
        status = gf_expr_read_value(out, part, error);
    if (!status && !isfinite(*out))
        status = gf_error_set(error, GF_ARGUMENT,
                              "'%s': '%s' is no finite number", whole, part);
    free(part);
    *text += length + ((*text)[length] == ':');
    return status;
}

static gf_status read_count(size_t *out, const char *text, const char *whole,
                            gf_error *error)
{
    double count;

    if (gf_number_read(&count, text) || !(count >= 1) || count != floor(count))
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s': the number of values, '%s', must be a whole "
                            "number > 0",
                            whole, text);
    /* two such axes must not overflow a product of sizes */
    if (count > 1e15)
        return gf_error_set(error, GF_LIMIT, "'%s': too many values", whole);
    *out = (size_t)count;
    return GF_OK;
}

static gf_status check(const gf_sweep_axis *axis, const char *whole,
                       gf_error *error)
{
    if (axis->log && !(axis->from > 0 && axis->to > 0))
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s': a logarithmic axis must be > 0", whole);
    if (axis->count > 1 && axis->from == axis->to)
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s': FROM and TO are the same", whole);
    return GF_OK;
}

static size_t count_colons(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += *text == ':';
    return count;
}

gf_status gf_sweep_axis_parse(gf_sweep_axis *out, const char *text,
                              gf_error *error)
{
    const char *mark = strchr(text, '='), *rest = mark ? mark + 1 : text;
    size_t length = mark ? (size_t)(mark - text) : 0;

    *out = (gf_sweep_axis){.count = 0};
    if (mark && strncmp(rest, "log:", 4) == 0) {
        out->log = true;
        rest += 4;
    }
    if (length == 0 || length >= sizeof out->name || count_colons(rest) != 2)
        return gf_error_set(error, GF_SYNTAX, "'%s': expected %s", text, form);
    memcpy(out->name, text, length);
    out->name[length] = '\0';
    gf_status status = read_end(&out->from, &rest, text, error);
    if (!status)
        status = read_end(&out->to, &rest, text, error);
    if (!status)
        status = read_count(&out->count, rest, text, error);
    return status ? status : check(out, text, error);
}

/* The decimal of few places that a value was to be: 0.7, not its neighbour. */
static double plain(double x)
{
    static const double places = 1e9, near = 4 * DBL_EPSILON;
    double scaled = x * places, whole = nearbyint(scaled);

    if (fabs(whole) < 0x1p53 && fabs(scaled - whole) <= near * fabs(scaled))
        return whole / places;
    return x;
}

double gf_sweep_axis_at(const gf_sweep_axis *axis, size_t i)
{
    if (i == 0)
        return axis->from;
    if (i + 1 == axis->count)
        return axis->to;
    double last = (double)(axis->count - 1), behind = (double)i;
    if (axis->log)
        return axis->from * pow(axis->to / axis->from, behind / last);
    return plain((axis->from * (last - behind) + axis->to * behind) / last);
}
