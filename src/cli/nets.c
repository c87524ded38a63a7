/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/nets.h"

#include "base/nearest.h"
#include "base/npy.h"
#include "base/number.h"
#include "base/output.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
const struct poptOption gf_net_table[] = {
    {"net", '\0', POPT_ARG_STRING, NULL, GF_OPTION_NET,
     "SIZES:ACTIVATION[,OPTION...], as 2-64-64-1:tanh,ln,residual", "NET"},
    {"init", '\0', POPT_ARG_STRING, NULL, GF_OPTION_INIT,
     "first weights: he (the default), lecun, xavier, normal:SIGMA, orthogonal "
     "or reference", "RULE"},
    {"weights", '\0', POPT_ARG_STRING, NULL, GF_OPTION_WEIGHTS,
     "read the net's numbers from a text or NPY file", "FILE"},
    {"save-weights", '\0', POPT_ARG_STRING, NULL, GF_OPTION_SAVE_WEIGHTS,
     "write them, as NPY where FILE ends in .npy", "FILE"},
    POPT_TABLEEND
};

const struct poptOption gf_points_table[] = {
    {"points", '\0', POPT_ARG_STRING, NULL, GF_OPTION_POINTS,
     "grid:LO:HI:N, data:DIST:N (quantiles), data:DIST:N:seed=S (a sample), or a file with a point a line or "
     "NPY", "POINTS"},
    {"fakes", '\0', POPT_ARG_STRING, NULL, GF_OPTION_FAKES,
     "more points, a batch of their own for batch norm", "POINTS"},
    {"bn", '\0', POPT_ARG_STRING, NULL, GF_OPTION_BN,
     "statistics of batch norm: separate (the default: points and fakes "
     "apart), joint, gsep (for the critic: joint) or eval (constants)", "MODE"},
    POPT_TABLEEND
};
/* clang-format on */

/* --- nets ------------------------------------------------------------------
 */

int gf_nets_read_shape(gf_net_shape *out, const gf_call *call, const char *line)
{
    const char *init = gf_options_value(call->options, GF_OPTION_INIT);
    const char *seed = gf_options_value(call->options, GF_OPTION_SEED);
    gf_error error;

    gf_error_clear(&error);
    gf_status status = gf_net_parse(out, line, &error);
    if (!status && init)
        status = gf_net_parse_init(out, init, &error);
    if (status)
        return gf_complain_error(call, gf_exit_of(status, GF_EXIT_USAGE),
                                 &error);
    if (seed)
        out->seed = strtoull(seed, NULL, 10);
    return GF_EXIT_ANSWERED;
}

int gf_nets_make(gf_net *out, const gf_call *call, const gf_net_shape *shape)
{
    const char *path = gf_options_value(call->options, GF_OPTION_WEIGHTS);
    gf_error error;

    gf_error_clear(&error);
    gf_net_init(out);
    gf_status status = gf_net_make(out, shape, &error);
    if (!status && path)
        status = gf_net_read(out, path, &error);
    if (status)
        return gf_complain_error(
            call, path ? GF_EXIT_FILE : gf_exit_of(status, GF_EXIT_USAGE),
            &error);
    return GF_EXIT_ANSWERED;
}

int gf_nets_save(const gf_call *call, const gf_net *net)
{
    const char *path = gf_options_value(call->options, GF_OPTION_SAVE_WEIGHTS);
    gf_output output;
    gf_error error;

    if (!path)
        return GF_EXIT_ANSWERED;
    gf_error_clear(&error);
    gf_status status = gf_output_open(&output, path, &error);
    if (status)
        return gf_complain_error(call, GF_EXIT_FILE, &error);
    status = gf_net_write(output.file, net, gf_npy_is_name(path), &error);
    if (status)
        gf_output_abandon(&output);
    else
        status = gf_output_close(&output, &error);
    if (status)
        return gf_complain_error(call, GF_EXIT_FILE, &error);
    return GF_EXIT_ANSWERED;
}

/* --- points ----------------------------------------------------------------
 */

static int read_mode(gf_nets_points *out, const gf_call *call)
{
    static const char *const modes[] = {"separate", "joint", "gsep", "eval"};
    const char *said = gf_options_value(call->options, GF_OPTION_BN);

    out->bn = modes[0];
    for (size_t i = 0; said && i < 4; i++)
        if (strcmp(said, modes[i]) == 0) {
            out->bn = modes[i];
            return GF_EXIT_ANSWERED;
        }
    if (!said)
        return GF_EXIT_ANSWERED;
    const char *near = gf_nearest_name(said, modes, 4);
    return gf_complain(call, GF_EXIT_USAGE,
                       near ? "'--bn %s': did you mean '%s'?"
                            : "'--bn %s': must be separate, joint, gsep or "
                              "eval",
                       said, near);
}

static int read_some(gf_points *out, const gf_call *call, const char *text,
                     size_t inputs)
{
    gf_error error;

    gf_error_clear(&error);
    gf_status status = gf_points_read(out, text, inputs, &error);
    if (status)
        return gf_complain_error(
            call,
            error.file[0] ? GF_EXIT_FILE : gf_exit_of(status, GF_EXIT_USAGE),
            &error);
    return GF_EXIT_ANSWERED;
}

/* Takes the second points over behind the first. */
static int join(gf_points *out, const gf_call *call, gf_points *more)
{
    size_t before = out->count * out->inputs,
           count = more->count * more->inputs;
    double *x = realloc(out->x, (before + count) * sizeof *x);

    if (x) {
        out->x = x;
        memcpy(x + before, more->x, count * sizeof *x);
        out->count += more->count;
    }
    free(more->x);
    if (!x)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    return GF_EXIT_ANSWERED;
}

int gf_nets_points_read(gf_nets_points *out, const gf_call *call, size_t inputs)
{
    const char *points = gf_options_value(call->options, GF_OPTION_POINTS);
    const char *fakes = gf_options_value(call->options, GF_OPTION_FAKES);
    gf_points more = {.count = 0};

    *out = (gf_nets_points){.bn = NULL};
    if (!points)
        return gf_complain(call, GF_EXIT_USAGE,
                           "needs --points, as --points grid:-2:2:9");
    int exit_status = read_mode(out, call);
    if (!exit_status)
        exit_status = read_some(&out->all, call, points, inputs);
    out->size[0] = out->all.count;
    if (!exit_status && fakes)
        exit_status = read_some(&more, call, fakes, inputs);
    out->size[1] = more.count;
    if (!exit_status && fakes)
        exit_status = join(&out->all, call, &more);
    out->batch = (gf_batch){.x = out->all.x, .count = out->all.count};
    bool is_apart = fakes && (strcmp(out->bn, "separate") == 0 ||
                              strcmp(out->bn, "eval") == 0);
    out->batch.groups = is_apart ? 2 : 0;
    out->batch.is_frozen = out->bn && strcmp(out->bn, "eval") == 0;
    if (is_apart)
        out->batch.group_size = out->size;
    return exit_status;
}

void gf_nets_points_clear(gf_nets_points *points)
{
    free(points->all.x);
    points->all.x = NULL;
}
