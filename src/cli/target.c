/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/target.h"

#include "base/npy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file's rows x columns numbers. */
static int read_file(double **out, const gf_call *call, const char *path,
                     size_t rows, size_t columns)
{
    gf_matrix m;
    gf_error error;

    gf_error_clear(&error);
    gf_status status = gf_matrix_read(&m, path, &error);
    if (status)
        return gf_complain_error(
            call, status == GF_MEMORY ? GF_EXIT_FAILED : GF_EXIT_FILE, &error);
    if (m.rows != rows || m.columns != columns) {
        free(m.at);
        return gf_complain(call, GF_EXIT_USAGE,
                           "'%s': is %zu x %zu, and must be %zu x %zu", path,
                           m.rows, m.columns, rows, columns);
    }
    *out = m.at;
    return GF_EXIT_ANSWERED;
}

/* --- expressions ------------------------------------------------------------
 */

enum { MOST_INPUTS = 64 };

/* x, or x1, x2, ... */
static gf_status add_inputs(gf_expr *inputs, gf_scope *scope, size_t count,
                            gf_error *error)
{
    char name[16];

    for (size_t i = 0; i < count; i++) {
        snprintf(name, sizeof name, count > 1 ? "x%zu" : "x", i + 1);
        inputs[i] = gf_expr_symbol(scope->graph, name);
        gf_status status = gf_scope_add(scope, name, inputs[i], error);
        if (status)
            return status;
    }
    return GF_OK;
}

static gf_status fill(double *out, const gf_tape *tape, const gf_points *points,
                      gf_error *error)
{
    double *work = malloc(gf_tape_slots(tape) * sizeof *work);

    if (!work)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gf_status status = GF_OK;
    for (size_t i = 0; i < points->count && !status; i++) {
        gf_tape_at(&out[i], tape, points->x + i * points->inputs, work);
        if (!isfinite(out[i]))
            status = gf_error_set(error, GF_DOMAIN,
                                  "is not finite at point %zu", i + 1);
    }
    free(work);
    return status;
}

static gf_status evaluate(double *out, const char *text, gf_graph *graph,
                          const gf_points *points, gf_error *error)
{
    gf_expr inputs[MOST_INPUTS], e = GF_EXPR_NONE;
    gf_tape *tape = NULL;
    gf_scope scope;

    if (points->inputs > MOST_INPUTS)
        return gf_error_set(error, GF_LIMIT,
                            "an expression has at most %d inputs", MOST_INPUTS);
    gf_scope_init(&scope, graph);
    gf_status status = add_inputs(inputs, &scope, points->inputs, error);
    if (!status)
        status = gf_expr_parse(&e, &scope, text, error);
    if (!status)
        status =
            gf_tape_new(&tape, graph, &e, 1, inputs, points->inputs, error);
    if (!status)
        status = fill(out, tape, points, error);
    gf_tape_free(tape);
    gf_scope_clear(&scope);
    return status;
}

int gf_target_read(double **out, const gf_call *call, const gf_points *points)
{
    const char *text = gf_options_value(call->options, GF_OPTION_TARGET);
    gf_error error;

    *out = NULL;
    if (!text)
        return GF_EXIT_ANSWERED;
    if (access(text, F_OK) == 0)
        return read_file(out, call, text, points->count, 1);
    gf_error_clear(&error);
    *out = calloc(points->count, sizeof **out);
    gf_graph *graph = gf_graph_new();
    gf_status status = GF_MEMORY;
    if (*out && graph)
        status = evaluate(*out, text, graph, points, &error);
    else
        gf_error_set(&error, GF_MEMORY, "out of memory");
    gf_graph_free(graph);
    if (status == GF_MEMORY)
        return gf_complain_error(call, GF_EXIT_FAILED, &error);
    if (status)
        return gf_complain(call, GF_EXIT_USAGE, "'--target %s': %s", text,
                           error.message);
    return GF_EXIT_ANSWERED;
}

int gf_other_read(double **out, const gf_call *call, size_t count)
{
    const char *path = gf_options_value(call->options, GF_OPTION_OTHER);

    *out = NULL;
    return path ? read_file(out, call, path, count, count) : GF_EXIT_ANSWERED;
}
