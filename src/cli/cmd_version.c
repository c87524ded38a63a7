/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#include "analysis/eigen.h"
#include "base/text.h"
#include "kernel/tile.h"
#include "report/json.h"

#include <ganfield/init.h>

#include <stdlib.h>

/* What the program was built with; the build names them. */
static const struct {
    const char *name, *version;
} libraries[] = {
    {"GSL", GF_GSL_VERSION},
    {"FLINT", GF_FLINT_VERSION},
    {"popt", GF_POPT_VERSION},
};

enum { LIBRARY_COUNT = sizeof libraries / sizeof *libraries };

static void add_json(gf_text *out)
{
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_json_key(&json, "schema");
    gf_json_string(&json, "ganfield/version/1");
    gf_json_key(&json, "version");
    gf_json_string(&json, gf_version());
    gf_json_key(&json, "libraries");
    gf_json_begin_object(&json);
    for (size_t i = 0; i < LIBRARY_COUNT; i++) {
        gf_json_key(&json, libraries[i].name);
        gf_json_string(&json, libraries[i].version);
    }
    gf_json_end_object(&json);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

/* What matrices are multiplied and decomposed with on this machine. */
static void add_speed(gf_text *out)
{
    const gf_lapack *lapack = NULL;
    gf_error error;

    gf_text_addf(out, "products of matrices by %s\n", gf_tile_best()->name);
    gf_error_clear(&error);
    if (gf_lapack_open(&lapack, &error))
        gf_text_addf(out, "no LAPACK: %s\n", error.message);
    else
        gf_text_addf(out, "eigenvalues by %s,\n  for %s\n", lapack->config(),
                     lapack->core());
}

static void add_text(gf_text *out, bool is_verbose)
{
    gf_text_addf(out, "ganfield %s\n", gf_version());
    if (!is_verbose)
        return;
    for (size_t i = 0; i < LIBRARY_COUNT; i++)
        gf_text_addf(out, "built with %s %s\n", libraries[i].name,
                     libraries[i].version);
    add_speed(out);
}

int gf_cmd_version(const gf_call *call)
{
    gf_format format;
    gf_text answer;

    int exit_status = gf_answer_format(&format, call);
    if (exit_status)
        return exit_status;
    if (format == GF_FORMAT_LATEX)
        return gf_complain(call, GF_EXIT_USAGE,
                           "the version has no LaTeX form");
    gf_text_init(&answer);
    if (format == GF_FORMAT_JSON)
        add_json(&answer);
    else
        add_text(&answer,
                 gf_options_count(call->options, GF_OPTION_VERBOSE) > 0);
    exit_status = answer.failed
                      ? gf_complain(call, GF_EXIT_FAILED, "out of memory")
                      : gf_answer_write(call, gf_text_string(&answer));
    gf_text_clear(&answer);
    return exit_status;
}
