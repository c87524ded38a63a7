/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/motion.h"

#include "cli/amount.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- what goes together ------------------------------------------------ */

static const int of_flows[] = {GF_OPTION_METHOD,  GF_OPTION_UNTIL,
                               GF_OPTION_RTOL,    GF_OPTION_ATOL,
                               GF_OPTION_SECTION, GF_OPTION_MAX_STEPS};
static const int of_maps[] = {GF_OPTION_STEPS, GF_OPTION_ORDER,
                              GF_OPTION_CRITIC_STEPS, GF_OPTION_NOISE,
                              GF_OPTION_BOX};
static const int of_adaptive_flows[] = {GF_OPTION_RTOL, GF_OPTION_ATOL,
                                        GF_OPTION_MAX_STEPS};
static const int of_rows[] = {GF_OPTION_AT, GF_OPTION_EVERY, GF_OPTION_SECTION};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int refuse(const gf_call *call, const int *option, size_t count,
                  const char *why)
{
    for (size_t i = 0; i < count; i++)
        if (gf_options_count(call->options, option[i]) > 0)
            return gf_complain(call, GF_EXIT_USAGE, "'--%s' %s",
                               gf_options_name(call, option[i]), why);
    return GF_EXIT_ANSWERED;
}

static int refuse_both(const gf_call *call)
{
    int first = 0;

    for (size_t i = 0; i < COUNT(of_rows); i++) {
        if (gf_options_count(call->options, of_rows[i]) == 0)
            continue;
        if (first)
            return gf_complain(call, GF_EXIT_USAGE,
                               "--%s and --%s exclude each other",
                               gf_options_name(call, first),
                               gf_options_name(call, of_rows[i]));
        first = of_rows[i];
    }
    return GF_EXIT_ANSWERED;
}

int gf_motion_check(const gf_call *call)
{
    if (gf_options_count(call->options, GF_OPTION_OPTIMIZER) > 0)
        return refuse(call, of_flows, COUNT(of_flows),
                      "does not go with an optimizer");
    return refuse(call, of_maps, COUNT(of_maps), "goes with --optimizer only");
}

static int check_together(const gf_call *call, bool is_map)
{
    const gf_options *options = call->options;
    bool has_step = gf_options_count(options, GF_OPTION_STEP) > 0;
    int exit_status = refuse_both(call);

    if (exit_status)
        return exit_status;
    if (is_map && !(has_step && gf_options_count(options, GF_OPTION_STEPS)))
        return gf_complain(call, GF_EXIT_USAGE,
                           "an optimizer needs --step H and --steps N");
    exit_status = gf_motion_check(call);
    if (!exit_status && !is_map && has_step)
        exit_status = refuse(call, of_adaptive_flows, COUNT(of_adaptive_flows),
                             "does not go with --step, which fixes the steps");
    return exit_status;
}

/* --- values ------------------------------------------------------------ */

static int library_exit(const gf_call *call, gf_status status,
                        const gf_error *error)
{
    if (!status)
        return GF_EXIT_ANSWERED;
    return gf_complain_error(
        call, status == GF_MEMORY ? GF_EXIT_FAILED : GF_EXIT_USAGE, error);
}

static int read_times(gf_motion *motion, const gf_call *call, size_t *count)
{
    const char *text = gf_options_value(call->options, GF_OPTION_AT);

    *count = 0;
    if (!text)
        return GF_EXIT_ANSWERED;
    return gf_amount_read_list(&motion->at, count, call, GF_OPTION_AT, text);
}

/* The rest points round which a run may stop. */
static int find_rest(gf_motion *motion, const gf_call *call,
                     const gf_field *field, size_t *count)
{
    gf_classification c;
    gf_error error;

    *count = 0;
    if (gf_options_count(call->options, GF_OPTION_STOP_AT_REST) == 0)
        return GF_EXIT_ANSWERED;
    gf_error_clear(&error);
    gf_classification_init(&c);
    gf_status status = gf_classify(&c, field, NULL, &error);
    if (!status) {
        motion->rest = calloc(c.count + 1, sizeof *motion->rest);
        if (!motion->rest)
            status = gf_error_set(&error, GF_MEMORY, "out of memory");
    }
    for (; !status && *count < c.count; ++*count)
        motion->rest[*count] = c.point[*count].at;
    gf_classification_clear(&c);
    return status ? gf_complain_error(call, GF_EXIT_FAILED, &error)
                  : GF_EXIT_ANSWERED;
}

static int read_section(gf_motion *motion, const gf_call *call,
                        const gf_field *field)
{
    const char *text = gf_options_value(call->options, GF_OPTION_SECTION);
    gf_error error;

    if (!text)
        return GF_EXIT_ANSWERED;
    gf_error_clear(&error);
    gf_status status = gf_section_new(&motion->section, field, text, &error);
    motion->flow.section = motion->section;
    return library_exit(call, status, &error);
}

int gf_motion_read_order(gf_order *order, size_t *critic_steps,
                         const gf_call *call)
{
    const char *text = gf_options_value(call->options, GF_OPTION_ORDER);

    *order = GF_SIMULTANEOUS;
    if (text && strcmp(text, gf_order_name(GF_ALTERNATING)) == 0)
        *order = GF_ALTERNATING;
    else if (text && strcmp(text, gf_order_name(GF_SIMULTANEOUS)) != 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--order %s': must be simultaneous or alternating",
                           text);
    return gf_amount_read_count(critic_steps, call, GF_OPTION_CRITIC_STEPS,
                                GF_MAP_STEPS_MAX);
}

/* Does an expression use the name of one letter? */
static bool uses(const char *text, char name)
{
    for (const char *c = text; *c; c++) {
        bool begins = c == text || !(isalnum((unsigned char)c[-1]) ||
                                     c[-1] == '_' || c[-1] == '.');
        bool ends = !(isalnum((unsigned char)c[1]) || c[1] == '_');
        if (*c == name && begins && ends)
            return true;
    }
    return false;
}

/* A number, or a schedule. */
static int read_step(gf_motion *motion, const gf_call *call)
{
    const char *text = gf_options_value(call->options, GF_OPTION_STEP);
    gf_error error;

    if (!text)
        return GF_EXIT_ANSWERED;
    if (!uses(text, 't') && !uses(text, 'n'))
        return gf_amount_read_positive(&motion->map.step, call, GF_OPTION_STEP);
    gf_error_clear(&error);
    gf_status status = gf_schedule_new(&motion->schedule, text, &error);
    motion->map.schedule = motion->schedule;
    return library_exit(call, status, &error);
}

static int read_box(gf_motion *motion, const gf_call *call)
{
    const char *text = gf_options_value(call->options, GF_OPTION_BOX);
    double end[4];
    char after;

    if (!text)
        return GF_EXIT_ANSWERED;
    int count = sscanf(text, "%lf:%lf,%lf:%lf%c", &end[0], &end[1], &end[2],
                       &end[3], &after);
    if (count != 4 || !(end[0] <= end[1]) || !(end[2] <= end[3]))
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--box %s': must be two ranges, as "
                           "-0.01:0.01,0:inf",
                           text);
    motion->box[0] = (gf_range){end[0], end[1], true, true};
    motion->box[1] = (gf_range){end[2], end[3], true, true};
    motion->map.box = motion->box;
    return GF_EXIT_ANSWERED;
}

static int read_noise(gf_motion *motion, const gf_call *call)
{
    const char *seed = gf_options_value(call->options, GF_OPTION_SEED);

    if (seed)
        motion->map.seed = strtoull(seed, NULL, 10);
    return gf_amount_read_positive(&motion->map.noise, call, GF_OPTION_NOISE);
}

/* --- the two kinds ----------------------------------------------------- */

static int read_flow(gf_motion *motion, const gf_call *call)
{
    gf_flow_options *flow = &motion->flow;
    const gf_options *options = call->options;

    flow->method = gf_options_value(options, GF_OPTION_METHOD);
    int exit_status = read_times(motion, call, &flow->at_count);
    if (exit_status)
        return exit_status;
    flow->at = motion->at;
    if (flow->at_count > 0)
        flow->until = flow->at[flow->at_count - 1];
    else if (gf_options_count(options, GF_OPTION_UNTIL) == 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "how long? give the end by --until T");
    exit_status = gf_amount_read(&flow->until, call, GF_OPTION_UNTIL);
    if (!exit_status)
        exit_status =
            gf_amount_read_positive(&flow->rtol, call, GF_OPTION_RTOL);
    if (!exit_status)
        exit_status =
            gf_amount_read_positive(&flow->atol, call, GF_OPTION_ATOL);
    if (!exit_status)
        exit_status =
            gf_amount_read_positive(&flow->step, call, GF_OPTION_STEP);
    if (!exit_status)
        exit_status =
            gf_amount_read_positive(&flow->every, call, GF_OPTION_EVERY);
    if (!exit_status)
        exit_status = gf_amount_read_count(&flow->most_attempts, call,
                                           GF_OPTION_MAX_STEPS, SIZE_MAX / 2);
    return exit_status;
}

int gf_motion_read_map(gf_motion *motion, const gf_call *call)
{
    gf_map_options *map = &motion->map;
    const gf_options *options = call->options;
    const char *rule = gf_options_value(options, GF_OPTION_OPTIMIZER);
    gf_error error;

    motion->is_map = true;
    map->project = gf_options_count(options, GF_OPTION_PROJECT) > 0;
    gf_error_clear(&error);
    if (rule && gf_optimizer_parse(&motion->optimizer, rule, &error))
        return gf_complain_error(call, GF_EXIT_USAGE, &error);
    int exit_status =
        gf_motion_read_order(&map->order, &map->critic_steps, call);
    if (!exit_status)
        exit_status = read_times(motion, call, &map->at_count);
    map->at = motion->at;
    if (!exit_status)
        exit_status = read_step(motion, call);
    if (!exit_status)
        exit_status = read_box(motion, call);
    if (!exit_status)
        exit_status = read_noise(motion, call);
    if (!exit_status)
        exit_status = gf_amount_read_count(&map->steps, call, GF_OPTION_STEPS,
                                           GF_MAP_STEPS_MAX);
    if (!exit_status)
        exit_status = gf_amount_read_count(&map->every, call, GF_OPTION_EVERY,
                                           GF_MAP_STEPS_MAX);
    return exit_status;
}

/* What both kinds have. */
static int read_shared(gf_motion *motion, const gf_call *call,
                       const gf_field *field)
{
    const gf_options *options = call->options;
    gf_flow_options *flow = &motion->flow;
    gf_map_options *map = &motion->map;
    double radius = 0;

    int exit_status =
        gf_amount_read_positive(&radius, call, GF_OPTION_STOP_AT_REST);
    if (!exit_status)
        exit_status = find_rest(motion, call, field, &flow->rest_count);
    if (exit_status)
        return exit_status;
    map->rest_count = flow->rest_count;
    map->rest = flow->rest = motion->rest;
    map->rest_radius = flow->rest_radius = radius;
    flow->project = gf_options_count(options, GF_OPTION_PROJECT) > 0;
    if (gf_options_count(options, GF_OPTION_STOP_AT_WINDOW) > 0)
        map->window = flow->window = field->window;
    return GF_EXIT_ANSWERED;
}

int gf_motion_read(gf_motion *motion, const gf_call *call,
                   const gf_field *field)
{
    *motion = (gf_motion){.section = NULL};
    motion->is_map = gf_options_count(call->options, GF_OPTION_OPTIMIZER) > 0;
    int exit_status = check_together(call, motion->is_map);
    if (!exit_status)
        exit_status = motion->is_map ? gf_motion_read_map(motion, call)
                                     : read_flow(motion, call);
    if (!exit_status)
        exit_status = read_shared(motion, call, field);
    return exit_status ? exit_status : read_section(motion, call, field);
}

gf_status gf_motion_run(gf_trajectory *run, const gf_motion *motion,
                        const gf_field *field, gf_vec2 start, gf_error *error)
{
    if (motion->is_map)
        return gf_optimizer_run(run, field, start, &motion->optimizer,
                                &motion->map, error);
    return gf_flow_run(run, field, start, &motion->flow, error);
}

void gf_motion_clear(gf_motion *motion)
{
    gf_section_free(motion->section);
    gf_schedule_free(motion->schedule);
    free(motion->at);
    free(motion->rest);
    *motion = (gf_motion){.section = NULL};
}
