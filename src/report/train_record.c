/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON document of trainings. */
#include <math.h>

#include "report/record.h"
#include "report/train.h"

static void record_whole(gf_json *json, const char *key, size_t n)
{
    gf_json_key(json, key);
    gf_json_integer(json, (long long)n);
}

static void record_judgement(gf_json *json, const gf_training *t)
{
    gf_judgement j = gf_training_judge(t);

    gf_record_string(json, "verdict", gf_training_verdict_name(j.verdict));
    gf_json_key(json, "evidence");
    gf_json_begin_object(json);
    record_whole(json, "rows", j.rows);
    gf_record_number(json, "scale", j.scale);
    gf_record_pair(json, "w1", j.w1_least, j.w1_most);
    gf_record_number(json, "w1_mean", j.w1_mean);
    gf_record_pair(json, "sd", j.sd_least, j.sd_most);
    gf_record_number(json, "modes", j.modes_most);
    gf_record_number(json, "modes_due", j.modes_due);
    gf_record_string(json, "swings", j.is_spread ? "sd" : "mean");
    record_whole(json, "crossings", j.crossings);
    gf_record_number(json, "swing", j.swing);
    gf_record_number(json, "swing_growth", j.swing_growth);
    gf_record_number(json, "drift", j.drift);
    gf_json_end_object(json);
}

static void record_training(gf_json *json, const gf_training *t)
{
    const gf_training_row *row;
    size_t rows = gf_training_rows(&row, t);

    gf_json_begin_object(json);
    record_whole(json, "seed", gf_training_setup_of(t)->duel.seed);
    record_whole(json, "steps", gf_training_step(t));
    gf_record_bool(json, "is_over", gf_training_is_over(t));
    record_whole(json, "evaluations", gf_training_evaluations(t));
    record_judgement(json, t);
    gf_json_key(json, "rows");
    gf_json_begin_object(json);
    for (size_t k = 0; k < GF_TRAINING_COLUMNS; k++) {
        gf_json_key(json, gf_training_column_name(k));
        gf_json_begin_array(json);
        for (size_t i = 0; i < rows; i++)
            gf_json_number(json, row[i].value[k]);
        gf_json_end_array(json);
    }
    gf_json_end_object(json);
    gf_json_end_object(json);
}

static void record_run(gf_json *json, const gf_trials *s, size_t run)
{
    const gf_trial *trial = &s->plan.trial[run];

    gf_json_begin_object(json);
    gf_record_string(json, "label", trial->label);
    gf_record_string(json, "critic_optimizer", trial->rule[GF_CRITIC]);
    gf_record_string(json, "generator_optimizer", trial->rule[GF_GENERATOR]);
    gf_record_pair(json, "step", trial->setup.step[GF_CRITIC],
                   trial->setup.step[GF_GENERATOR]);
    gf_json_key(json, "trainings");
    gf_json_begin_array(json);
    for (size_t i = 0; i < s->plan.seeds; i++)
        record_training(json, s->training[run * s->plan.seeds + i]);
    gf_json_end_array(json);
    gf_json_end_object(json);
}

void gf_trials_record(gf_text *out, const gf_trials *s)
{
    const gf_training_setup *setup = &s->plan.trial[0].setup;
    const gf_duel_setup *duel = &setup->duel;
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_record_string(&json, "schema", "ganfield/train/1");
    gf_record_field(&json, duel->field);
    gf_record_string(&json, "data", gf_distribution_text(duel->data));
    gf_record_string(&json, "generator", s->plan.fighter[GF_GENERATOR]);
    gf_record_string(&json, "critic", s->plan.fighter[GF_CRITIC]);
    gf_json_key(&json, "parameters");
    gf_json_begin_array(&json);
    gf_json_integer(&json, (long long)duel->fighter[GF_CRITIC].parameters);
    gf_json_integer(&json, (long long)duel->fighter[GF_GENERATOR].parameters);
    gf_json_end_array(&json);
    gf_record_string(&json, "latent", gf_latent_name(duel->latent));
    record_whole(&json, "batch", duel->batch);
    gf_record_bool(&json, "full_batch", duel->is_full);
    record_whole(&json, "steps", setup->steps);
    gf_record_string(&json, "order", gf_order_name(setup->order));
    record_whole(&json, "critic_steps",
                 setup->critic_steps ? setup->critic_steps : 1);
    gf_record_number(&json, "clip", setup->clip > 0 ? setup->clip : NAN);
    gf_json_key(&json, "runs");
    gf_json_begin_array(&json);
    for (size_t i = 0; i < s->plan.count; i++)
        record_run(&json, s, i);
    gf_json_end_array(&json);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}
