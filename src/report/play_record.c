/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/play.h"

#include <math.h>
#include <stddef.h>

#include "report/record.h"

#define COLUMN(name, member)                                                   \
    {                                                                          \
        name, offsetof(gf_course_row, member)                                  \
    }

const gf_play_column gf_play_columns[] = {
    COLUMN("t", t),
    COLUMN("gap", gap),
    COLUMN("w1", apart.w1),
    COLUMN("d_gap", d_gap),
    COLUMN("mass", mass),
    COLUMN("critic_gain", critic_gain),
    COLUMN("generator_gain", generator_gain),
    COLUMN("critic_speed", critic_speed),
    COLUMN("generator_speed", generator_speed),
    COLUMN("distance", distance),
    COLUMN("dual", dual),
    COLUMN("kl", apart.kl),
    COLUMN("kl_reverse", apart.kl_reverse),
    COLUMN("js", apart.js),
    COLUMN("tv", apart.tv),
    COLUMN("hellinger", apart.hellinger),
    COLUMN("pearson", apart.pearson),
    COLUMN("neyman", apart.neyman),
    COLUMN("energy_distance", apart.energy),
    COLUMN("js_histogram", apart.js_histogram),
    COLUMN("tv_histogram", apart.tv_histogram),
};
const size_t gf_play_column_count =
    sizeof gf_play_columns / sizeof *gf_play_columns;

double gf_play_cell(const gf_course_row *row, const gf_play_column *column)
{
    return *(const double *)((const char *)row + column->offset);
}

static void record_count(gf_json *json, const char *key, size_t n)
{
    gf_json_key(json, key);
    gf_json_integer(json, (long long)n);
}

static void record_net(gf_json *json, const char *key,
                       const gf_net_shape *shape, size_t parameters)
{
    gf_json_key(json, key);
    gf_json_begin_object(json);
    gf_json_key(json, "sizes");
    gf_json_begin_array(json);
    for (size_t i = 0; i <= shape->layers; i++)
        gf_json_integer(json, (long long)shape->size[i]);
    gf_json_end_array(json);
    gf_json_key(json, "activations");
    gf_json_begin_array(json);
    for (size_t i = 0; i + 1 < shape->layers; i++)
        gf_json_string(json, shape->activation[i]->name);
    gf_json_end_array(json);
    gf_record_string(json, "norm", gf_norm_name(shape->norm));
    gf_record_string(json, "head", gf_head_name(shape->head));
    gf_record_string(json, "init", gf_init_rule_name(shape->init));
    record_count(json, "seed", (size_t)shape->seed);
    record_count(json, "parameters", parameters);
    gf_json_end_object(json);
}

static void record_counts(gf_json *json, const gf_modes *m)
{
    record_count(json, "zero", m->zero);
    record_count(json, "unstable", m->unstable);
    record_count(json, "undamped", m->undamped);
    record_count(json, "spiral", m->spiral);
    record_count(json, "node", m->node);
}

static void record_values(gf_json *json, const gf_modes *m)
{
    gf_json_key(json, "eigenvalues");
    gf_json_begin_array(json);
    for (size_t i = 0; i < m->count; i++) {
        gf_json_begin_array(json);
        gf_json_number(json, m->mode[i].re);
        gf_json_number(json, m->mode[i].im);
        gf_json_end_array(json);
    }
    gf_json_end_array(json);
}

/* Of the field at the points, without nets. */
static void record_ideal(gf_json *json, const gf_modes *m)
{
    gf_json_key(json, "ideal_modes");
    if (m->count == 0) {
        gf_json_null(json);
        return;
    }
    gf_json_begin_object(json);
    record_counts(json, m);
    record_values(json, m);
    gf_json_end_object(json);
}

static void record_modes(gf_json *json, const gf_play *play)
{
    const gf_modes *m = &play->modes;

    gf_json_key(json, "modes");
    if (!play->has_modes) {
        gf_json_null(json);
        return;
    }
    gf_json_begin_object(json);
    record_count(json, "critic_rank", m->rank_d);
    record_count(json, "generator_rank", m->rank_g);
    record_counts(json, m);
    gf_record_number(json, "rotation", m->rotation);
    record_values(json, m);
    gf_record_number(json, "mismatch", play->mismatch);
    gf_json_end_object(json);
}

static void record_column(gf_json *json, const gf_course *course,
                          const gf_play_column *column)
{
    gf_json_key(json, column->name);
    gf_json_begin_array(json);
    for (size_t i = 0; i < course->count; i++)
        gf_json_number(json, gf_play_cell(&course->row[i], column));
    gf_json_end_array(json);
}

static void record_course(gf_json *json, const gf_course *c)
{
    gf_json_key(json, "course");
    if (c->count == 0) {
        gf_json_null(json);
        return;
    }
    gf_json_begin_object(json);
    gf_record_string(json, "verdict", gf_course_end_name(c->end));
    gf_record_string(json, "with_step", gf_course_end_name(c->alone[0]));
    gf_record_string(json, "with_half_step", gf_course_end_name(c->alone[1]));
    gf_record_bool(json, "frozen", c->is_frozen);
    gf_record_number(json, "step", c->step);
    gf_record_number(json, "fastest_rate", c->rate);
    gf_record_bool(json, "stiff", c->is_stiff);
    gf_record_number(json, "gap_apart", c->gap_apart);
    record_count(json, "maxima", c->maxima);
    gf_record_number(json, "decrement", c->decrement);
    gf_record_number(json, "period", c->period);
    gf_record_pair(json, "drift", c->drift[0], c->drift[1]);
    for (size_t i = 0; i < gf_play_column_count; i++)
        record_column(json, c, &gf_play_columns[i]);
    gf_json_end_object(json);
}

void gf_play_record(gf_text *out, const gf_play *play)
{
    const gf_play_setup *s = &play->setup;
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_record_string(&json, "schema", "ganfield/kernel-field/1");
    gf_record_field(&json, s->field);
    record_net(&json, "critic", &s->critic, play->parameters[0]);
    record_net(&json, "generator", &s->generator, play->parameters[1]);
    gf_record_string(&json, "representation",
                     gf_representation_name(s->representation));
    gf_record_string(&json, "data", gf_play_data_name(s->data));
    gf_record_bool(&json, "same_scale", s->same_scale);
    gf_record_number(&json, "scale", play->scale);
    gf_record_number(&json, "data_mass", play->data_mass);
    gf_json_key(&json, "points");
    gf_json_begin_array(&json);
    for (size_t i = 0; i < s->count; i++)
        gf_json_number(&json, s->x[i]);
    gf_json_end_array(&json);
    record_count(&json, "particles", s->particles);
    record_modes(&json, play);
    record_ideal(&json, &play->ideal);
    record_course(&json, &play->course);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}
