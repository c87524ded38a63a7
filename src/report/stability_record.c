/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON of `stability`. */
#include "report/stability.h"

#include <math.h>

#include "report/record.h"

void gf_stability_record_steps(gf_json *json, const char *key,
                               const gf_steps_list *list)
{
    gf_json_key(json, key);
    gf_json_begin_array(json);
    for (size_t i = 0; i < list->count; i++) {
        gf_json_begin_array(json);
        gf_json_number(json, list->interval[i].lo);
        gf_json_number(json, list->interval[i].hi);
        gf_json_end_array(json);
    }
    gf_json_end_array(json);
}

static void record_at_step(gf_json *json, const gf_stability_result *s)
{
    bool is_there = isfinite(s->step);

    gf_json_key(json, "multipliers");
    if (is_there) {
        gf_json_begin_array(json);
        for (size_t i = 0; i < s->count; i++) {
            gf_json_begin_array(json);
            gf_json_number(json, s->multiplier[i].re);
            gf_json_number(json, s->multiplier[i].im);
            gf_json_end_array(json);
        }
        gf_json_end_array(json);
    } else {
        gf_json_null(json);
    }
    gf_record_number(json, "spectral_radius", s->radius);
    if (is_there)
        gf_record_verdict(json, "stable", s->is_stable);
    else
        gf_record_string(json, "stable", NULL);
}

static void record_limits(gf_json *json, const gf_stability_result *s)
{
    gf_json_key(json, "limits");
    gf_json_begin_array(json);
    for (size_t i = 0; i < s->limit_count; i++) {
        const gf_limit *limit = &s->limit[i];
        gf_json_begin_object(json);
        gf_record_number(json, "step", limit->step);
        gf_record_string(json, "crossing", gf_crossing_name(limit->crossing));
        gf_record_number(json, "angle", limit->angle);
        gf_record_number(json, "coefficient", limit->coefficient);
        gf_record_pair(json, "amplitude", limit->amplitude[0],
                       limit->amplitude[1]);
        gf_json_key(json, "resonance");
        if (limit->resonance > 0)
            gf_json_integer(json, (long long)limit->resonance);
        else
            gf_json_null(json);
        gf_json_end_object(json);
    }
    gf_json_end_array(json);
}

static void record_continuous(gf_json *json, const gf_continuous *c)
{
    gf_json_key(json, "flow");
    gf_json_begin_object(json);
    gf_json_key(json, "eigenvalues");
    gf_json_begin_array(json);
    for (size_t i = 0; i < 2; i++) {
        gf_json_begin_array(json);
        gf_json_number(json, c->re[i]);
        gf_json_number(json, c->im[i]);
        gf_json_end_array(json);
    }
    gf_json_end_array(json);
    gf_record_number(json, "critical_friction", c->friction);
    gf_record_number(json, "critical_mass", c->mass);
    gf_record_number(json, "best_speed_ratio", c->best.ratio);
    gf_record_number(json, "best_speed_ratio_real_part", c->best.decay);
    gf_record_pair(json, "stable_speed_ratios", c->stable_ratios.lo,
                   c->stable_ratios.hi);
    gf_json_key(json, "euler_eigenvalues");
    gf_json_begin_array(json);
    for (size_t i = 0; i < 2 && !isnan(c->euler_re[i]); i++) {
        gf_json_begin_array(json);
        gf_json_number(json, c->euler_re[i]);
        gf_json_number(json, c->euler_im[i]);
        gf_json_end_array(json);
    }
    gf_json_end_array(json);
    gf_json_end_object(json);
}

static void record_point(gf_json *json, const gf_stability_points *points,
                         size_t i)
{
    const gf_stability_result *s = &points->point[i];
    const gf_classification *c = points->classification;

    gf_json_begin_object(json);
    if (c) {
        const gf_field *field = c->field;
        const gf_rest_point *p = &c->point[i];
        gf_record_number(json, field->axis_name[0], p->at.x);
        if (field->link)
            gf_record_number(json, "D", p->d);
        gf_record_number(json, field->axis_name[1], p->at.y);
        gf_json_key(json, "wanted");
        if (p->wanted == GF_UNKNOWN)
            gf_json_null(json);
        else
            gf_json_bool(json, p->wanted == GF_YES);
    }
    record_at_step(json, s);
    gf_stability_record_steps(json, "stable_steps", &s->stable);
    gf_stability_record_steps(json, "neutral_steps", &s->neutral);
    record_limits(json, s);
    gf_record_number(json, "best_step", s->best_step);
    gf_record_number(json, "best_radius", s->best_radius);
    gf_record_number(json, "radius_per_step", s->radius_per_step);
    gf_record_number(json, "radius_per_evaluation", s->radius_per_evaluation);
    gf_record_integer(json, "state", s->state);
    gf_record_integer(json, "period", s->period);
    gf_record_integer(json, "evaluations", s->evaluations);
    gf_record_string(json, "decided", gf_decided_name(s->decided));
    if (s->state > 0 && (c || points->game.size == 2))
        record_continuous(json, &points->continuous[i]);
    gf_json_end_object(json);
}

static void record_burst(gf_json *json, const gf_burst *burst)
{
    gf_json_key(json, "run");
    gf_json_begin_object(json);
    gf_record_pair(json, "start", burst->start.x, burst->start.y);
    gf_record_integer(json, "steps", GF_BURST_STEPS);
    gf_record_number(json, "nearest", burst->nearest);
    gf_record_integer(json, "nearest_at", burst->nearest_at);
    gf_record_number(json, "furthest_after", burst->furthest);
    gf_record_integer(json, "furthest_at", burst->furthest_at);
    gf_json_end_object(json);
}

static gf_status record_euler(gf_json *json, const gf_stability_points *points,
                              gf_error *error)
{
    const gf_field *field = points->classification->field;
    gf_expr e[2];

    gf_status status = gf_euler_field(e, field, points->options.step, error);
    if (status)
        return status;
    gf_json_key(json, "euler_field");
    gf_json_begin_array(json);
    for (size_t i = 0; i < 2; i++)
        gf_record_item(json, field->graph, e[i]);
    gf_json_end_array(json);
    return GF_OK;
}

gf_status gf_stability_record(gf_json *json, const gf_stability_points *points,
                              gf_error *error)
{
    const gf_optimizer *optimizer = &points->optimizer;
    const gf_classification *c = points->classification;
    const gf_stability_options *options = &points->options;
    const double *speed = c ? c->field->speed : points->game.speed;
    gf_status status = GF_OK;

    gf_json_begin_object(json);
    gf_record_string(json, "schema", "ganfield/stability/1");
    if (c)
        gf_record_field(json, c->field);
    gf_record_optimizer(json, optimizer, options->order, options->critic_steps);
    gf_record_number(json, "step", options->step > 0 ? options->step : NAN);
    gf_record_pair(json, "speed", speed[0], speed[1]);
    gf_record_bool(json, "through_eps", optimizer->rule->through_eps);
    if (points->burst.is_there)
        record_burst(json, &points->burst);
    if (c)
        status = record_euler(json, points, error);
    gf_json_key(json, "rest_points");
    gf_json_begin_array(json);
    for (size_t i = 0; i < points->count; i++)
        record_point(json, points, i);
    gf_json_end_array(json);
    gf_json_end_object(json);
    return status;
}
