/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/amount.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int gf_amount_read_text(double *out, const gf_call *call, int option,
                        const char *text)
{
    gf_error error;

    if (gf_number_read(out, text) == GF_OK)
        return GF_EXIT_ANSWERED;
    gf_error_clear(&error);
    gf_status status = gf_expr_read_value(out, text, &error);
    if (status == GF_MEMORY)
        return gf_complain_error(call, GF_EXIT_FAILED, &error);
    if (status)
        return gf_complain(call, GF_EXIT_USAGE, "'--%s %s': %s",
                           gf_options_name(call, option), text, error.message);
    if (isnan(*out))
        return gf_complain(call, GF_EXIT_USAGE, "'--%s %s': is no number",
                           gf_options_name(call, option), text);
    return GF_EXIT_ANSWERED;
}

int gf_amount_read(double *out, const gf_call *call, int option)
{
    const char *text = gf_options_value(call->options, option);

    return text ? gf_amount_read_text(out, call, option, text)
                : GF_EXIT_ANSWERED;
}

int gf_amount_read_positive(double *out, const gf_call *call, int option)
{
    const char *text = gf_options_value(call->options, option);
    double x = 0;

    if (!text)
        return GF_EXIT_ANSWERED;
    int exit_status = gf_amount_read_text(&x, call, option, text);
    if (exit_status)
        return exit_status;
    if (!(x > 0) || !isfinite(x))
        return gf_complain(call, GF_EXIT_USAGE, "'--%s %s': must be > 0",
                           gf_options_name(call, option), text);
    *out = x;
    return GF_EXIT_ANSWERED;
}

int gf_amount_read_count(size_t *out, const gf_call *call, int option,
                         size_t most)
{
    const char *text = gf_options_value(call->options, option);
    double x = 0;

    if (!text)
        return GF_EXIT_ANSWERED;
    int exit_status = gf_amount_read_text(&x, call, option, text);
    if (exit_status)
        return exit_status;
    if (!(x >= 1) || x != floor(x))
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--%s %s': must be a whole number > 0",
                           gf_options_name(call, option), text);
    if (x > (double)most)
        return gf_complain(call, GF_EXIT_USAGE, "'--%s %s': at most %zu",
                           gf_options_name(call, option), text, most);
    *out = (size_t)x;
    return GF_EXIT_ANSWERED;
}

/* The length of a list's first item: up to a comma outside of parentheses. */
static size_t item_length(const char *text)
{
    size_t length = 0;
    int depth = 0;

    for (; text[length]; length++) {
        char c = text[length];
        depth += (c == '(') - (c == ')');
        if (c == ',' && depth <= 0)
            break;
    }
    return length;
}

static int read_item(double *out, const gf_call *call, int option,
                     const char *text, size_t length)
{
    char *item = strndup(text, length);

    if (!item)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    int exit_status = gf_amount_read_text(out, call, option, item);
    free(item);
    return exit_status;
}

int gf_amount_read_list(double **out, size_t *count, const gf_call *call,
                        int option, const char *text)
{
    size_t most = 1;
    int exit_status = GF_EXIT_ANSWERED;

    for (const char *c = text; *c; c++)
        most += *c == ',';
    *count = 0;
    *out = calloc(most, sizeof **out);
    if (!*out)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    for (size_t length = item_length(text);; length = item_length(text)) {
        exit_status =
            read_item(&(*out)[(*count)++], call, option, text, length);
        if (exit_status || text[length] == '\0')
            return exit_status;
        text += length + 1;
    }
}
