/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an answer goes: stdout, or the file of -o. */
#include "base/output.h"
#include "cli/options.h"
#include "figure/paint.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
    const char *extension;
    gf_format format;
} formats[] = {
    {".txt", GF_FORMAT_TEXT},
    {".json", GF_FORMAT_JSON},
    {".tex", GF_FORMAT_LATEX},
    {".csv", GF_FORMAT_CSV},
};

/* What an answer may be: a note or a table. */
typedef struct answer_kind {
    gf_format usual, never;
    const char *extensions;
} answer_kind;

static const answer_kind note = {GF_FORMAT_TEXT, GF_FORMAT_CSV,
                                 ".txt, .json or .tex"};
static const answer_kind table = {GF_FORMAT_CSV, GF_FORMAT_LATEX,
                                  ".csv, .json or .txt"};

static const answer_kind totals = {GF_FORMAT_TEXT, GF_FORMAT_LATEX,
                                   ".txt, .json, .csv, .h5, .svg, .pdf or "
                                   ".png"};
static const answer_kind cells = {GF_FORMAT_CSV, GF_FORMAT_LATEX,
                                  ".csv, .json, .txt, .h5, .svg, .pdf or "
                                  ".png"};

static const answer_kind list = {GF_FORMAT_TEXT, GF_FORMAT_LATEX,
                                 ".txt, .json or .csv"};
static const answer_kind drawn_note = {GF_FORMAT_TEXT, GF_FORMAT_CSV,
                                       ".txt, .json, .tex, .svg, .pdf or "
                                       ".png"};
static const answer_kind drawn_list = {GF_FORMAT_TEXT, GF_FORMAT_LATEX,
                                       ".txt, .json, .csv, .svg, .pdf or "
                                       ".png"};

/* Something that is there and no regular file, as /dev/null or a pipe. */
static bool is_device(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && !S_ISREG(status.st_mode) &&
           !S_ISDIR(status.st_mode);
}

/* The format of a file by its name. */
static int by_name(gf_format *format, const gf_call *call, const char *path,
                   const answer_kind *kind, bool is_asked)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash ? slash : path, '.');
    bool is_other = is_asked && dot && dot[1] && strstr(kind->extensions, dot);

    for (size_t i = 0; dot && i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(dot, formats[i].extension) != 0 ||
            formats[i].format == kind->never)
            continue;
        if (!is_asked)
            *format = formats[i].format;
        if (*format == formats[i].format)
            return GF_EXIT_ANSWERED;
    }
    if (is_device(path))
        return GF_EXIT_ANSWERED;
    if (is_other)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'%s': --json or --latex asks for another format",
                           path);
    return gf_complain(call, GF_EXIT_USAGE, "'%s': the extension must be %s",
                       path, kind->extensions);
}

static int find_format(gf_format *format, const gf_call *call,
                       const answer_kind *kind)
{
    const gf_options *options = call->options;
    bool is_json = gf_options_count(options, GF_OPTION_JSON) > 0;
    bool is_latex = gf_options_count(options, GF_OPTION_LATEX) > 0;
    const char *path = gf_options_value(options, GF_OPTION_OUTPUT);

    if (is_json && is_latex)
        return gf_complain(call, GF_EXIT_USAGE,
                           "--json and --latex exclude each other");
    *format = is_json    ? GF_FORMAT_JSON
              : is_latex ? GF_FORMAT_LATEX
                         : kind->usual;
    if (!path)
        return GF_EXIT_ANSWERED;
    return by_name(format, call, path, kind, is_json || is_latex);
}

int gf_answer_format(gf_format *format, const gf_call *call)
{
    return find_format(format, call, &note);
}

int gf_answer_table_format(gf_format *format, const gf_call *call)
{
    return find_format(format, call, &table);
}

int gf_answer_grid_format(gf_format *format, const gf_call *call, bool is_note)
{
    const char *path = gf_options_value(call->options, GF_OPTION_OUTPUT);
    gf_paint_kind kind;

    if (gf_answer_is_hdf5(call) ||
        (path && gf_options_count(call->options, GF_OPTION_JSON) == 0 &&
         gf_paint_kind_of(&kind, path, NULL) == GF_OK))
        return GF_EXIT_ANSWERED;
    return find_format(format, call, is_note ? &totals : &cells);
}

int gf_answer_list_format(gf_format *format, const gf_call *call)
{
    return find_format(format, call, &list);
}

int gf_answer_drawn_format(gf_format *format, const gf_call *call, bool is_note)
{
    return find_format(format, call, is_note ? &drawn_note : &drawn_list);
}

bool gf_answer_is_hdf5(const gf_call *call)
{
    const char *path = gf_options_value(call->options, GF_OPTION_OUTPUT);
    const char *dot = path ? strrchr(path, '.') : NULL;

    return dot && (strcmp(dot, ".h5") == 0 || strcmp(dot, ".hdf5") == 0) &&
           gf_options_count(call->options, GF_OPTION_JSON) == 0;
}

int gf_answer_check(const gf_call *call)
{
    bool is_bad = ferror(call->out);

    errno = 0;
    if (fflush(call->out) == 0 && !is_bad)
        return GF_EXIT_ANSWERED;
    return gf_complain(call, GF_EXIT_FILE, "cannot write to stdout: %s",
                       errno ? strerror(errno) : "the write failed");
}

/* Writes the file, or leaves it as it was if a signal comes. */
int gf_answer_stream(const gf_call *call,
                     gf_status (*write)(FILE *out, const void *ctx,
                                        gf_error *error),
                     const void *ctx)
{
    const char *path = gf_options_value(call->options, GF_OPTION_OUTPUT);
    gf_output output = {.file = call->out};
    gf_error error;

    gf_error_clear(&error);
    gf_interrupt_hold();
    gf_status status = path ? gf_output_open(&output, path, &error) : GF_OK;
    errno = 0;
    if (!status)
        status = write(output.file, ctx, &error);
    /* the reason, before it is lost */
    if (output.file && ferror(output.file) && errno)
        status = gf_error_set(&error, GF_WRITE, "cannot write %s%s%s: %s",
                              path ? "'" : "to ", path ? path : "stdout",
                              path ? "'" : "", strerror(errno));
    if (path && (status || gf_interrupt_came()))
        gf_output_abandon(&output);
    else if (path)
        status = gf_output_close(&output, &error);
    int number = gf_interrupt_release();
    if (number)
        return number;
    if (status)
        return gf_complain_error(call, gf_exit_of(status, GF_EXIT_FAILED),
                                 &error);
    return path ? GF_EXIT_ANSWERED : gf_answer_check(call);
}

static gf_status write_text(FILE *out, const void *ctx, gf_error *error)
{
    (void)error;
    fputs(ctx, out);
    return GF_OK;
}

int gf_answer_write(const gf_call *call, const char *answer)
{
    if (!gf_options_value(call->options, GF_OPTION_OUTPUT) &&
        gf_options_count(call->options, GF_OPTION_QUIET) > 0)
        return GF_EXIT_ANSWERED;
    return gf_answer_stream(call, write_text, answer);
}
