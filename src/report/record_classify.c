/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/record.h"

#include <math.h>

static void add_null(gf_json *json, const char *key)
{
    gf_json_key(json, key);
    gf_json_null(json);
}

static void add_condition(gf_json *json, const char *key,
                          const gf_condition *condition)
{
    gf_json_key(json, key);
    gf_json_begin_object(json);
    gf_record_number(json, "value", condition->value);
    gf_record_verdict(json, "holds", condition->holds);
    gf_record_string(json, "decided", gf_decided_name(condition->decided));
    gf_json_end_object(json);
}

static void add_conditions(gf_json *json, const gf_classification *c)
{
    if (!c->has_conditions) {
        add_null(json, "conditions");
        return;
    }
    gf_json_key(json, "conditions");
    gf_json_begin_object(json);
    add_condition(json, "equilibrium", &c->equilibrium);
    add_condition(json, "damping", &c->damping);
    add_condition(json, "restoring", &c->restoring);
    gf_json_end_object(json);
}

/* true, false, or null where nobody can say. */
static void add_truth(gf_json *json, const char *key, gf_verdict verdict)
{
    if (verdict == GF_UNKNOWN)
        add_null(json, key);
    else
        gf_record_bool(json, key, verdict == GF_YES);
}

static void add_spectrum(gf_json *json, const gf_rest_point *p)
{
    const gf_spectrum *s = &p->spectrum;

    if (!p->smooth) {
        add_null(json, "jacobian");
        add_null(json, "trace");
        add_null(json, "determinant");
        add_null(json, "eigenvalues");
        return;
    }
    gf_record_mat2(json, "jacobian", s->jacobian);
    gf_record_number(json, "trace", s->trace);
    gf_record_number(json, "determinant", s->determinant);
    gf_record_mat2(json, "eigenvalues",
                   (gf_mat2){s->re[0], s->im[0], s->re[1], s->im[1]});
}

static void add_exact(gf_json *json, const gf_field *field,
                      const gf_rest_point *p)
{
    if (p->exact[0] == GF_EXPR_NONE && p->exact[1] == GF_EXPR_NONE) {
        add_null(json, "exact");
        return;
    }
    gf_json_key(json, "exact");
    gf_json_begin_object(json);
    for (size_t i = 0; i < 2; i++)
        gf_record_expr(json, field->axis_name[i], field->graph, p->exact[i]);
    gf_json_end_object(json);
}

/* What the contract does not name stands last. */
static void add_more(gf_json *json, const gf_field *field,
                     const gf_rest_point *p)
{
    gf_record_number(json, "error", p->error);
    if (p->smooth)
        gf_record_number(json, "eigenvalue_error", p->spectrum.error);
    else
        add_null(json, "eigenvalue_error");
    gf_record_number(json, "lyapunov", p->lyapunov);
    add_exact(json, field, p);
    if (p->line)
        gf_record_pair(json, "along", p->along.x, p->along.y);
    else
        add_null(json, "along");
    gf_json_key(json, "one_sided");
    if (p->smooth) {
        gf_json_null(json);
    } else {
        gf_json_begin_object(json);
        gf_record_mat2(json, "below", p->one_sided[0]);
        gf_record_mat2(json, "above", p->one_sided[1]);
        gf_json_end_object(json);
    }
    gf_record_string(json, "note", p->note[0] ? p->note : NULL);
}

static void add_point(gf_json *json, const gf_field *field,
                      const gf_rest_point *p)
{
    gf_json_begin_object(json);
    gf_record_number(json, field->axis_name[0], p->at.x);
    gf_record_number(json, field->axis_name[1], p->at.y);
    if (field->link_text)
        gf_record_number(json, "D", p->d);
    add_truth(json, "wanted", p->wanted);
    add_truth(json, "physical", p->physical);
    add_spectrum(json, p);
    gf_record_string(json, "type", gf_type_name(p->type));
    gf_record_string(json, "stability", gf_stability_name(p->stability));
    gf_record_string(json, "evidence", gf_evidence_name(p->evidence));
    gf_record_number(json, "margin", p->margin);
    add_more(json, field, p);
    gf_json_end_object(json);
}

static void add_energy(gf_json *json, const gf_classification *c)
{
    const gf_energy *e = &c->energy;

    if (!c->has_energy) {
        add_null(json, "energy");
        return;
    }
    gf_json_key(json, "energy");
    gf_json_begin_object(json);
    gf_record_verdict(json, "well", e->well);
    gf_record_verdict(json, "decay", e->decay);
    gf_record_verdict(json, "first_integral", e->first_integral);
    gf_record_string(json, "decided", gf_decided_name(e->decided));
    gf_record_string(json, "region", gf_region_name(e->region));
    gf_record_number(json, "region_level", e->region_level);
    gf_record_bool(json, "conserved_nearby", e->conserved_nearby);
    gf_record_pair(json, "interval", e->interval.lo, e->interval.hi);
    gf_record_pair(json, "levels", e->level_lo, e->level_hi);
    gf_record_expr(json, "w", c->field->graph, e->w);
    gf_json_end_object(json);
}

static void add_distance(gf_json *json, const gf_classification *c)
{
    if (!c->has_energy) {
        add_null(json, "distance");
        return;
    }
    gf_json_key(json, "distance");
    gf_json_begin_object(json);
    gf_record_verdict(json, "a", c->distance.a);
    gf_record_verdict(json, "b", c->distance.b);
    gf_record_string(json, "decided", gf_decided_name(c->distance.decided));
    gf_record_verdict(json, "conserved", c->distance.conserved);
    gf_json_end_object(json);
}

static void add_quadratic(gf_json *json, const gf_quadratic *q)
{
    if (!q->conserved) {
        add_null(json, "quadratic");
        return;
    }
    gf_json_key(json, "quadratic");
    gf_json_begin_object(json);
    gf_record_number(json, "xx", q->xx);
    gf_record_number(json, "xy", q->xy);
    gf_record_number(json, "yy", q->yy);
    gf_json_end_object(json);
}

void gf_record_classification(gf_json *json, const gf_classification *c)
{
    gf_json_begin_object(json);
    gf_record_string(json, "schema", "ganfield/classify/1");
    gf_record_field(json, c->field);
    gf_record_d0(json, c->field);
    add_conditions(json, c);
    gf_record_verdict(json, "complete", c->complete);
    gf_json_key(json, "rest_points");
    gf_json_begin_array(json);
    for (size_t i = 0; i < c->count; i++)
        add_point(json, c->field, &c->point[i]);
    gf_json_end_array(json);
    add_energy(json, c);
    add_distance(json, c);
    gf_record_string(json, "verdict", gf_outcome_name(c->verdict));
    gf_record_verdict(json, "leaves_physical", c->leaves_physical);
    add_quadratic(json, &c->quadratic);
    gf_json_end_object(json);
}
