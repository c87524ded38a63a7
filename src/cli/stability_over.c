/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/stability_over.h"

#include "cli/chart.h"

#include <stdlib.h>

static int read_axes(gf_stability_over *over, const gf_call *call)
{
    const gf_options *options = call->options;
    gf_error error;

    gf_error_clear(&error);
    for (size_t i = 0; i < options->count; i++) {
        if (options->use[i].option != GF_OPTION_OVER)
            continue;
        if (over->axes == GF_SWEEP_AXES_MAX)
            return gf_complain(call, GF_EXIT_USAGE, "--over: at most two axes");
        if (gf_sweep_axis_parse(&over->axis[over->axes++],
                                options->use[i].value, &error))
            return gf_complain(call, GF_EXIT_USAGE, "--over: %s",
                               error.message);
    }
    return GF_EXIT_ANSWERED;
}

static int write_answer(const gf_call *call, const gf_stability_over *over)
{
    gf_report_options how = {.format = GF_FORMAT_CSV};
    char *answer = NULL;
    gf_error error;

    int exit_status = gf_answer_table_format(&how.format, call);
    if (exit_status)
        return exit_status;
    gf_error_clear(&error);
    gf_status status = gf_report_stability_over(&answer, over, &how, &error);
    if (status)
        return gf_complain_error(
            call, status == GF_MEMORY ? GF_EXIT_FAILED : GF_EXIT_USAGE, &error);
    exit_status = gf_answer_write(call, answer);
    free(answer);
    return exit_status;
}

int gf_stability_over_answer(const gf_call *call,
                             const gf_stability_points *points)
{
    const gf_classification *c = points->classification;
    size_t i = c && c->wanted < c->count ? c->wanted : 0;
    gf_linear game = points->game;
    double jacobian[4], metric[2];
    gf_stability_options options = points->options;
    gf_stability_over over;
    gf_error error;

    if (c && (c->count == 0 || !c->point[i].smooth))
        return gf_complain(call, GF_EXIT_USAGE,
                           "--over: '%s' has no rest point with a Jacobian",
                           c->field->name);
    if (c)
        gf_linear_of_point(&game, jacobian, metric, c->field, &c->point[i]);
    gf_stability_over_init(&over);
    int exit_status = read_axes(&over, call);
    gf_error_clear(&error);
    if (!exit_status) {
        /* no map shows best steps, and they take most of the time */
        options.intervals_only = gf_chart_asked(call) && over.axes > 1;
        gf_status status = gf_stability_over_find(
            &over, &game, &points->optimizer, &options, &error);
        if (status)
            exit_status = gf_complain_error(
                call, status == GF_MEMORY ? GF_EXIT_FAILED : GF_EXIT_USAGE,
                &error);
    }
    if (!exit_status)
        exit_status = gf_chart_asked(call)
                          ? gf_chart_stability(call, &over, &game, points)
                          : write_answer(call, &over);
    gf_stability_over_clear(&over);
    return exit_status;
}
