/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/lyapunov.h"

#include <math.h>

#include "report/record.h"

static void record_flow(gf_json *json, const gf_lyapunov_options *flow)
{
    double until = flow->until > 0 ? flow->until : GF_LYAPUNOV_UNTIL;

    gf_record_number(json, "until", until);
    gf_record_number(json, "rtol", flow->rtol > 0 ? flow->rtol : GF_FLOW_RTOL);
    gf_record_number(json, "atol", flow->atol > 0 ? flow->atol : GF_FLOW_ATOL);
    gf_record_number(json, "clip", flow->clip > 0 ? flow->clip : NAN);
    gf_record_bool(json, "project", flow->project);
}

static void record_numbers(gf_json *json, const char *key, const double *x,
                           size_t count)
{
    gf_json_key(json, key);
    gf_json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        gf_json_number(json, x[i]);
    gf_json_end_array(json);
}

static void record_map(gf_json *json, const gf_behaviour *b)
{
    const gf_map_options *map = b->map;

    gf_record_optimizer(json, b->optimizer, map->order, map->critic_steps);
    gf_record_number(json, "step", map->schedule ? NAN : map->step);
    gf_record_string(json, "schedule",
                     map->schedule ? gf_schedule_text(map->schedule) : NULL);
    gf_record_integer(json, "steps", map->steps);
    gf_record_bool(json, "project", map->project);
}

static void record_run(gf_json *json, const gf_exponents *e)
{
    gf_json_begin_object(json);
    gf_record_pair(json, "start", e->start.x, e->start.y);
    record_numbers(json, "exponents", e->value, e->count);
    record_numbers(json, "bars", e->bar, e->count);
    gf_record_bool(json, "merges", isinf(e->value[e->count - 1]));
    gf_record_number(json, "finite_time", e->finite);
    gf_record_string(json, "stop", gf_stop_name(e->stop));
    gf_record_number(json, "stop_time", e->time);
    gf_record_number(json, "slide_time", e->slide_time);
    gf_record_pair(json, "end", e->end.x, e->end.y);
    gf_record_integer(json, "steps", e->steps);
    gf_record_integer(json, "evaluations", e->evaluations);
    gf_json_end_object(json);
}

static void record_form(gf_json *json, const char *key, const gf_form *f)
{
    gf_json_key(json, key);
    gf_json_begin_object(json);
    gf_record_verdict(json, "proved", f->proved);
    gf_record_pair(json, "centre", f->centre.x, f->centre.y);
    gf_record_mat2(json, "matrix", (gf_mat2){f->xx, f->xy, f->xy, f->yy});
    gf_record_string(json, "region",
                     f->proved != GF_YES ? "none"
                     : isinf(f->level)   ? "whole domain"
                                         : "level");
    gf_record_number(json, "level", f->level);
    gf_record_number(json, "most", f->most);
    gf_record_bool(json, "ends_with_domain", f->is_domain);
    gf_record_integer(json, "boxes", f->boxes);
    gf_json_end_object(json);
}

static void record_energy(gf_json *json, const gf_classification *c)
{
    const gf_energy *e = &c->energy;

    gf_json_key(json, "energy");
    if (!c->has_energy) {
        gf_json_null(json);
        return;
    }
    gf_json_begin_object(json);
    gf_record_verdict(json, "well", e->well);
    gf_record_verdict(json, "decay", e->decay);
    gf_record_verdict(json, "first_integral", e->first_integral);
    gf_record_string(json, "region", gf_region_name(e->region));
    gf_record_number(json, "level",
                     e->region == GF_REGION_LEVEL ? e->region_level : NAN);
    gf_json_end_object(json);
}

static void record_cycle(gf_json *json, const gf_cycle *cycle)
{
    gf_json_begin_object(json);
    gf_record_pair(json, "at", cycle->at.x, cycle->at.y);
    gf_record_pair(json, "round", cycle->round.x, cycle->round.y);
    gf_record_number(json, "period", cycle->period);
    gf_record_number(json, "multiplier", cycle->multiplier);
    gf_record_number(json, "error", cycle->error);
    gf_record_bool(json, "attracts", cycle->multiplier < 1);
    gf_record_bool(json, "filled", cycle->fills);
    gf_record_number(json, "slide_time", cycle->slide_time);
    gf_record_box(json, "box", cycle->box);
    gf_json_end_object(json);
}

static void record_cycles(gf_json *json, const gf_cycles *cycles)
{
    gf_json_key(json, "cycles");
    gf_json_begin_object(json);
    gf_record_string(json, "absent_by", gf_absence_name(cycles->absence));
    gf_record_string(json, "absent_where",
                     cycles->absence == GF_ABSENCE_NONE ? "nowhere"
                     : cycles->while_physical           ? "physical range"
                                                        : "whole domain");
    gf_record_bool(json, "searched", cycles->searched);
    gf_record_number(json, "closed", cycles->closed);
    gf_json_key(json, "found");
    gf_json_begin_array(json);
    for (size_t i = 0; i < cycles->count; i++)
        record_cycle(json, &cycles->cycle[i]);
    gf_json_end_array(json);
    gf_json_end_object(json);
}

void gf_lyapunov_record(gf_json *json, const gf_behaviour *b)
{
    gf_json_begin_object(json);
    gf_record_string(json, "schema", "ganfield/lyapunov/1");
    gf_record_field(json, b->c->field);
    if (b->flow)
        record_flow(json, b->flow);
    else
        record_map(json, b);
    gf_json_key(json, "runs");
    gf_json_begin_array(json);
    for (size_t i = 0; i < b->count; i++)
        record_run(json, &b->run[i]);
    gf_json_end_array(json);
    if (b->flow)
        record_energy(json, b->c);
    if (b->regions) {
        record_form(json, "distance", &b->regions->distance);
        record_form(json, "quadratic", &b->regions->quadratic);
    }
    if (b->cycles)
        record_cycles(json, b->cycles);
    gf_json_end_object(json);
}
