/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/record.h"

#include "report/layout.h"

void gf_record_string(gf_json *json, const char *key, const char *value)
{
    gf_json_key(json, key);
    gf_json_string(json, value);
}

void gf_record_number(gf_json *json, const char *key, double value)
{
    gf_json_key(json, key);
    gf_json_number(json, value == 0 ? 0 : value);
}

void gf_record_integer(gf_json *json, const char *key, size_t value)
{
    gf_json_key(json, key);
    gf_json_integer(json, (long long)value);
}

void gf_record_bool(gf_json *json, const char *key, bool value)
{
    gf_json_key(json, key);
    gf_json_bool(json, value);
}

static void add_pair(gf_json *json, double first, double second)
{
    gf_json_begin_array(json);
    gf_json_number(json, first == 0 ? 0 : first);
    gf_json_number(json, second == 0 ? 0 : second);
    gf_json_end_array(json);
}

void gf_record_pair(gf_json *json, const char *key, double first, double second)
{
    gf_json_key(json, key);
    add_pair(json, first, second);
}

void gf_record_box(gf_json *json, const char *key, const gf_range box[2])
{
    gf_json_key(json, key);
    gf_json_begin_array(json);
    for (size_t i = 0; i < 2; i++) {
        gf_json_begin_array(json);
        gf_json_number(json, box[i].lo);
        gf_json_number(json, box[i].hi);
        gf_json_end_array(json);
    }
    gf_json_end_array(json);
}

void gf_record_verdict(gf_json *json, const char *key, gf_verdict value)
{
    gf_record_string(json, key, gf_verdict_name(value));
}

void gf_record_mat2(gf_json *json, const char *key, gf_mat2 m)
{
    gf_json_key(json, key);
    gf_json_begin_array(json);
    add_pair(json, m.xx, m.xy);
    add_pair(json, m.yx, m.yy);
    gf_json_end_array(json);
}

void gf_record_item(gf_json *json, const gf_graph *graph, gf_expr e)
{
    gf_text text;

    gf_text_init(&text);
    if (e != GF_EXPR_NONE)
        gf_layout_expr(&text, graph, e);
    gf_json_string(json, text.length > 0 ? gf_text_string(&text) : NULL);
    gf_layout_drop(json->out, &text);
}

void gf_record_expr(gf_json *json, const char *key, const gf_graph *graph,
                    gf_expr e)
{
    gf_json_key(json, key);
    gf_record_item(json, graph, e);
}

static void add_texts(gf_json *json, const gf_field *field)
{
    static const char *const f[] = {"f1", "f2", "f3"};
    static const char *const velocity[] = {"du", "dv"};

    if (field->kind == GF_POINTWISE) {
        for (size_t i = 0; i < 3; i++)
            gf_record_string(json, f[i], field->f_text[i]);
    } else {
        for (size_t i = 0; i < 2; i++)
            gf_record_string(json, velocity[i], field->velocity_text[i]);
    }
}

/* What the functions above are written with. */
static void add_definitions(gf_json *json, const gf_field *field)
{
    if (field->kind == GF_PLANAR)
        gf_record_string(json, "critic", field->axis_name[field->critic]);
    else
        gf_record_string(json, "link", field->link_text);
    gf_json_key(json, "let");
    gf_json_begin_array(json);
    for (size_t i = 0; i < field->let_count; i++)
        gf_json_string(json, field->let_text[i]);
    gf_json_end_array(json);
}

/* The domain of the coordinates; p_g's is the physical range. */
static void add_domain(gf_json *json, const gf_field *field)
{
    const gf_range *x = field->domain;

    gf_json_key(json, "domain");
    gf_json_begin_object(json);
    gf_record_pair(json, field->axis_name[0], x[0].lo, x[0].hi);
    if (field->link_text)
        gf_record_pair(json, "D", field->d_domain.lo, field->d_domain.hi);
    if (field->has_physical)
        gf_record_pair(json, field->axis_name[1], field->physical.lo,
                       field->physical.hi);
    else
        gf_record_pair(json, field->axis_name[1], x[1].lo, x[1].hi);
    gf_json_end_object(json);
}

void gf_record_field(gf_json *json, const gf_field *field)
{
    gf_json_key(json, "field");
    gf_json_begin_object(json);
    gf_record_string(json, "name", field->name);
    gf_record_string(json, "kind",
                     field->kind == GF_POINTWISE ? "pointwise" : "planar");
    add_texts(json, field);
    gf_json_key(json, "coordinates");
    gf_json_begin_array(json);
    gf_json_string(json, field->axis_name[0]);
    gf_json_string(json, field->axis_name[1]);
    gf_json_end_array(json);
    gf_json_key(json, "parameters");
    gf_json_begin_object(json);
    for (size_t i = 0; i < field->parameter_count; i++)
        gf_record_number(json, field->parameter[i].name,
                         field->parameter[i].number);
    gf_json_end_object(json);
    gf_record_pair(json, "speed", field->speed[0], field->speed[1]);
    add_domain(json, field);
    gf_record_string(json, "title", field->title[0] ? field->title : NULL);
    gf_record_string(json, "source", field->source[0] ? field->source : NULL);
    add_definitions(json, field);
    gf_json_end_object(json);
}

void gf_record_d0(gf_json *json, const gf_field *field)
{
    const gf_equilibrium *eq = &field->equilibrium;

    gf_json_key(json, "d0");
    if (field->kind == GF_PLANAR) {
        gf_json_null(json);
        return;
    }
    gf_json_begin_object(json);
    gf_json_key(json, "values");
    gf_json_begin_array(json);
    for (size_t i = 0; i < eq->count; i++)
        gf_json_number(json, eq->value[i]);
    gf_json_end_array(json);
    gf_record_verdict(json, "unique", eq->unique);
    gf_record_bool(json, "arbitrary", eq->arbitrary);
    if (eq->has_interval) {
        gf_record_pair(json, "interval", eq->interval.lo, eq->interval.hi);
    } else {
        gf_json_key(json, "interval");
        gf_json_null(json);
    }
    gf_record_number(json, "value", gf_field_d(field, eq->d0));
    gf_record_expr(json, "exact", field->graph,
                   field->link_text ? GF_EXPR_NONE : eq->exact);
    gf_record_bool(json, "gauge", eq->chosen);
    gf_json_end_object(json);
}

void gf_record_optimizer(gf_json *json, const gf_optimizer *optimizer,
                         gf_order order, size_t critic_steps)
{
    const gf_optimizer_rule *rule = optimizer->rule;

    gf_record_string(json, "optimizer", rule->name);
    gf_json_key(json, "numbers");
    gf_json_begin_object(json);
    for (size_t i = 0; i < gf_optimizer_numbers(rule); i++)
        gf_record_number(json, rule->number[i].name, optimizer->number[i]);
    gf_json_end_object(json);
    gf_record_string(json, "order", gf_order_name(order));
    gf_record_integer(json, "critic_steps",
                      critic_steps > 0 ? critic_steps : 1);
}
