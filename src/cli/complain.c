/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int gf_complain(const gf_call *call, int exit_status, const char *format, ...)
{
    va_list arguments;

    fprintf(call->err, "%s: ", call->name);
    va_start(arguments, format);
    vfprintf(call->err, format, arguments);
    va_end(arguments);
    fputc('\n', call->err);
    return exit_status;
}

int gf_complain_error(const gf_call *call, int exit_status,
                      const gf_error *error)
{
    enum { INDENT = 4 };
    bool has_file = error->file[0] &&
                    (error->line > 0 || !strstr(error->message, error->file));

    fprintf(call->err, "%s: ", call->name);
    if (has_file)
        fprintf(call->err, "'%s': ", error->file);
    if (has_file && error->line > 0)
        fprintf(call->err, "line %zu, column %zu: ", error->line,
                error->column);
    fprintf(call->err, "%s\n", error->message);
    if (error->column > 0 && error->text[0])
        fprintf(call->err, "%*s%s\n%*s^\n", INDENT, "", error->text,
                INDENT + (int)error->caret, "");
    return exit_status;
}

int gf_exit_of(gf_status status, int otherwise)
{
    switch (status) {
    case GF_OK:
        return GF_EXIT_ANSWERED;
    case GF_READ:
    case GF_WRITE:
        return GF_EXIT_FILE;
    case GF_MEMORY:
    case GF_INTERNAL:
        return GF_EXIT_FAILED;
    default:
        return otherwise;
    }
}

int gf_exit_of_run(gf_status status)
{
    switch (status) {
    case GF_DOMAIN:
        return GF_EXIT_FIELD;
    case GF_ARGUMENT:
    case GF_NAME:
        return GF_EXIT_USAGE;
    default:
        return gf_exit_of(status, GF_EXIT_FAILED);
    }
}
