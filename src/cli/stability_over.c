/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/stability_over.h"

#include "cli/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* Can the axis be gone over: a step, a speed, a number of the rule, once? */
static int check_axis(const gf_call *call, const gf_stability_over *over,
                      size_t i, const gf_optimizer_rule *rule)
{
    const gf_sweep_axis *axis = &over->axis[i];
    bool is_size =
        strcmp(axis->name, "h") == 0 || strcmp(axis->name, "speed") == 0;
    bool is_known = is_size;

    for (size_t k = 0; k < gf_optimizer_numbers(rule); k++)
        is_known = is_known || strcmp(axis->name, rule->number[k].name) == 0;
    if (!is_known)
        return gf_complain(call, GF_EXIT_USAGE,
                           "--over: '%s' is neither h nor speed nor a number "
                           "of '%s'; 'ganfield sweep' goes over parameters of "
                           "the field",
                           axis->name, rule->name);
    if (is_size && !(fmin(axis->from, axis->to) > 0))
        return gf_complain(call, GF_EXIT_USAGE, "--over: '%s' must be > 0",
                           axis->name);
    if (i > 0 && strcmp(axis->name, over->axis[0].name) == 0)
        return gf_complain(call, GF_EXIT_USAGE, "--over: '%s' is given twice",
                           axis->name);
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
    for (size_t k = 0; k < over.axes && !exit_status; k++)
        exit_status = check_axis(call, &over, k, points->optimizer.rule);
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
