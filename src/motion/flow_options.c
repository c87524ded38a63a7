/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/flow_options.h"

#include <math.h>

#include "base/nearest.h"
#include "motion/method.h"

/* A double does not resolve less in one step. */
#define RTOL_LEAST 1e-15
#define ATTEMPTS 1000000
/* Of fixed steps. */
#define STEPS_MAX 1e9

static gf_status check_method(const gf_flow_options *options, gf_error *error)
{
    const char *names[32];
    size_t count = gf_flow_method_count();

    if (!options->method || gf_flow_method_find(options->method))
        return GF_OK;
    for (size_t i = 0; i < count; i++)
        names[i] = gf_flow_method_row(i)->name;
    return gf_nearest_refuse(error, "method", options->method, names, count);
}

static gf_status check_numbers(const gf_flow_options *options, gf_error *error)
{
    const char *trouble = NULL;

    if (!isfinite(options->until))
        trouble = "the end must be a finite time";
    else if (!(options->rtol == 0 || options->rtol >= RTOL_LEAST) ||
             !(options->rtol < 1))
        trouble = "the relative tolerance must be at least 1e-15 and below 1";
    else if (!(options->atol >= 0) || !isfinite(options->atol))
        trouble = "the absolute tolerance must be > 0";
    else if (!(options->step >= 0) || !isfinite(options->step))
        trouble = "the step must be > 0";
    else if (!(options->rest_radius >= 0))
        trouble = "the distance to a rest point must be > 0";
    else if (!(options->every >= 0) || !isfinite(options->every))
        trouble = "the distance of the times must be > 0";
    return trouble ? gf_error_set(error, GF_ARGUMENT, "%s", trouble) : GF_OK;
}

static gf_status check_step(const gf_flow_options *options, gf_error *error)
{
    const gf_flow_method *method = gf_flow_method_find(options->method);

    if (options->step == 0)
        return GF_OK;
    if (method->order == 0)
        return gf_error_set(error, GF_ARGUMENT,
                            "'%s' chooses its steps itself; fixed steps need "
                            "another method",
                            method->name);
    if (fabs(options->until) / options->step > STEPS_MAX)
        return gf_error_set(error, GF_ARGUMENT,
                            "too many steps: at most a thousand million");
    return GF_OK;
}

static gf_status check_times(const gf_flow_options *options, gf_error *error)
{
    double sign = options->until < 0 ? -1 : 1, last = 0;

    for (size_t i = 0; i < options->at_count; i++) {
        double t = sign * options->at[i];
        if (!isfinite(t) || (i > 0 && t <= last))
            return gf_error_set(error, GF_ARGUMENT, "the times must %s",
                                sign > 0 ? "ascend" : "descend");
        last = t;
    }
    if (options->at_count > 0 &&
        (sign * options->at[0] < 0 || last > sign * options->until))
        return gf_error_set(error, GF_ARGUMENT,
                            "the times must be between 0 and the end");
    if (options->every > 0 &&
        fabs(options->until) / options->every > GF_TRAJECTORY_ROWS_MAX)
        return gf_error_set(error, GF_ARGUMENT, "too many times: at most %d",
                            GF_TRAJECTORY_ROWS_MAX);
    if ((options->at_count > 0) + (options->every > 0) +
            (options->section != NULL) >
        1)
        return gf_error_set(error, GF_ARGUMENT,
                            "times, their distance and a section exclude each "
                            "other");
    return GF_OK;
}

static gf_status check_project(const gf_field *field,
                               const gf_flow_options *options, gf_error *error)
{
    if (!options->project)
        return GF_OK;
    if (!field->has_physical)
        return gf_error_set(error, GF_ARGUMENT,
                            "the field has no physical range to keep");
    if (options->until < 0)
        return gf_error_set(error, GF_ARGUMENT,
                            "sliding has no past: a run that is kept in the "
                            "physical range goes forward in time");
    return GF_OK;
}

gf_status gf_flow_options_settle(gf_flow_options *out, const gf_field *field,
                                 const gf_flow_options *options,
                                 gf_error *error)
{
    *out = *options;
    out->method = out->method ? out->method : gf_flow_method_default()->name;
    gf_status status = check_method(out, error);
    if (!status)
        status = check_numbers(out, error);
    if (!status)
        status = check_step(out, error);
    if (!status)
        status = check_times(out, error);
    if (!status)
        status = check_project(field, out, error);
    out->rtol = out->rtol > 0 ? out->rtol : GF_FLOW_RTOL;
    out->atol = out->atol > 0 ? out->atol : GF_FLOW_ATOL;
    if (out->most_attempts == 0)
        out->most_attempts = out->step > 0 ? SIZE_MAX : ATTEMPTS;
    return status;
}
