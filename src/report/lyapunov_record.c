/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/lyapunov.h"

#include <math.h>

#include "report/record.h"

static void record_integer(gf_json *json, const char *key, size_t n)
{
    gf_json_key(json, key);
    gf_json_integer(json, (long long)n);
}

static void record_flow(gf_json *json, const gf_lyapunov_options *flow)
{
    double until = flow->until > 0 ? flow->until : GF_LYAPUNOV_UNTIL;

    gf_record_number(json, "until", until);
    gf_record_number(json, "rtol", flow->rtol > 0 ? flow->rtol : GF_FLOW_RTOL);
    gf_record_number(json, "atol", flow->atol > 0 ? flow->atol : GF_FLOW_ATOL);
    gf_record_number(json, "clip", flow->clip > 0 ? flow->clip : NAN);
    gf_record_bool(json, "project", flow->project);
}

static void record_run(gf_json *json, const gf_exponents *e)
{
    gf_json_begin_object(json);
    gf_record_pair(json, "start", e->start.x, e->start.y);
    gf_record_pair(json, "exponents", e->value[0], e->value[1]);
    gf_record_pair(json, "bars", e->bar[0], e->bar[1]);
    gf_record_bool(json, "merges", isinf(e->value[1]));
    gf_record_number(json, "finite_time", e->finite);
    gf_record_string(json, "stop", gf_stop_name(e->stop));
    gf_record_number(json, "stop_time", e->time);
    gf_record_number(json, "slide_time", e->slide_time);
    gf_record_pair(json, "end", e->end.x, e->end.y);
    record_integer(json, "steps", e->steps);
    record_integer(json, "evaluations", e->evaluations);
    gf_json_end_object(json);
}

void gf_lyapunov_record(gf_json *json, const gf_behaviour *b)
{
    gf_json_begin_object(json);
    gf_record_string(json, "schema", "ganfield/lyapunov/1");
    gf_record_field(json, b->c->field);
    record_flow(json, b->flow);
    gf_json_key(json, "runs");
    gf_json_begin_array(json);
    for (size_t i = 0; i < b->count; i++)
        record_run(json, &b->run[i]);
    gf_json_end_array(json);
    gf_json_end_object(json);
}
