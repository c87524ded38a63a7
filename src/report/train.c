/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trainings: how they went, and all that was measured. */
#include <ganfield/report.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/layout.h"
#include "report/record.h"

enum { RUN = 2, CELL = 10, TITLE = 24, ROWS = 12 };

/* The i-th training of a run. */
static const gf_training *training_of(const gf_trials *s, size_t run, size_t i)
{
    return s->training[run * s->plan.seeds + i];
}

static double last(const gf_training *t, gf_training_column column)
{
    const gf_training_row *row;
    size_t rows = gf_training_rows(&row, t);

    return rows > 0 ? row[rows - 1].value[column] : NAN;
}

/* --- text -------------------------------------------------------------- */

static void add_setup(gf_text *out, const gf_trials *s)
{
    const gf_training_setup *setup = &s->plan.trial[0].setup;
    const gf_duel_setup *duel = &setup->duel;
    const gf_field *field = duel->field;

    gf_text_addf(out, "%s%s%s, data %s\n", field->name,
                 field->link_text ? ", D = " : "",
                 field->link_text ? field->link_text : "",
                 gf_distribution_text(duel->data));
    gf_text_addf(out, "  generator    %s, %zu parameters, latent %s\n",
                 s->plan.fighter[GF_GENERATOR],
                 duel->fighter[GF_GENERATOR].parameters,
                 gf_latent_name(duel->latent));
    gf_text_addf(out, "  critic       %s, %zu parameters\n",
                 s->plan.fighter[GF_CRITIC],
                 duel->fighter[GF_CRITIC].parameters);
    gf_text_addf(out, "  %s of %zu, %zu steps, %s",
                 duel->is_full ? "full batch  " : "batches     ", duel->batch,
                 setup->steps, gf_order_name(setup->order));
    if (setup->order == GF_ALTERNATING && setup->critic_steps > 1)
        gf_text_addf(out, " %zu : 1", setup->critic_steps);
    if (setup->clip > 0)
        gf_text_addf(out, ", clipped to %g", setup->clip);
    gf_layout_end(out);
}

/* With four places, or as many digits where it is large. */
static void add_cell(gf_text *out, size_t column, gf_training_column what,
                     double x)
{
    char text[32];
    bool is_count = what == GF_TRAINING_STEP || what == GF_TRAINING_MODES;

    if (!isfinite(x))
        snprintf(text, sizeof text, "-");
    else
        snprintf(text, sizeof text,
                 is_count        ? "%.0f"
                 : fabs(x) < 1e2 ? "%.4f"
                 : fabs(x) < 1e4 ? "%.2f"
                                 : "%.3g",
                 x);
    gf_layout_to(out, column + CELL - strlen(text), text);
}

static void add_cells(gf_text *out, const double *value,
                      const gf_training_column *column, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_cell(out, i * CELL, column[i], value[column[i]]);
    gf_layout_end(out);
}

/* Some of the rows of one training. */
static void add_rows(gf_text *out, const gf_training *t)
{
    static const gf_training_column column[] = {
        GF_TRAINING_STEP, GF_TRAINING_CRITIC_LOSS, GF_TRAINING_GENERATOR_LOSS,
        GF_TRAINING_MEAN, GF_TRAINING_SD,          GF_TRAINING_W1,
        GF_TRAINING_JS,   GF_TRAINING_MODES};
    static const char *const title[] = {"step", "loss D", "loss G", "mean",
                                        "sd",   "W1",     "JS",     "modes"};
    enum { COLUMNS = sizeof column / sizeof *column };
    const gf_training_row *row;
    size_t rows = gf_training_rows(&row, t);
    size_t every = rows > ROWS ? (rows - 1) / (ROWS - 2) : 1;

    for (size_t i = 0; i < COLUMNS; i++)
        gf_layout_to(out, (i + 1) * CELL - strlen(title[i]), title[i]);
    gf_layout_end(out);
    for (size_t i = 0; i + 1 < rows; i += every)
        add_cells(out, row[i].value, column, COLUMNS);
    if (rows > 0)
        add_cells(out, row[rows - 1].value, column, COLUMNS);
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* "0.05 (0.02 .. 0.1)": median, least and most over the seeds. */
static void add_spread(gf_text *out, size_t column, const gf_trials *s,
                       size_t run, gf_training_column what)
{
    double value[GF_TRIALS_SEEDS_MAX];
    size_t n = 0;

    for (size_t i = 0; i < s->plan.seeds; i++) {
        value[n] = last(training_of(s, run, i), what);
        n += isfinite(value[n]) ? 1 : 0;
    }
    qsort(value, n, sizeof *value, by_size);
    gf_layout_to(out, column, n > 0 ? "" : "-");
    if (n == 0)
        return;
    gf_layout_number(out, (value[(n - 1) / 2] + value[n / 2]) / 2, 3);
    if (n == 1)
        return;
    gf_text_add(out, " (");
    gf_layout_number(out, value[0], 3);
    gf_text_add(out, " .. ");
    gf_layout_number(out, value[n - 1], 3);
    gf_text_add(out, ")");
}

/* "3 converged, 2 orbit" */
static void add_verdicts(gf_text *out, const gf_trials *s, size_t run)
{
    size_t count[GF_TRAINING_VERDICTS] = {0};
    bool has_one = false;

    for (size_t i = 0; i < s->plan.seeds; i++)
        count[gf_training_judge(training_of(s, run, i)).verdict]++;
    for (size_t v = 0; v < GF_TRAINING_VERDICTS; v++) {
        if (count[v] == 0)
            continue;
        gf_text_addf(out, has_one ? ", " : "");
        if (s->plan.seeds > 1)
            gf_text_addf(out, "%zu ", count[v]);
        gf_text_add(out, gf_training_verdict_name((gf_training_verdict)v));
        has_one = true;
    }
}

static void add_run(gf_text *out, const gf_trials *s, size_t run)
{
    const char *label = s->plan.trial[run].label;

    gf_layout_to(out, RUN, label);
    if (strlen(label) > TITLE - RUN - 2)
        gf_layout_end(out);
    add_spread(out, TITLE, s, run, GF_TRAINING_W1);
    add_spread(out, TITLE + 26, s, run, GF_TRAINING_JS);
    gf_layout_end(out);
    gf_layout_to(out, TITLE, "");
    add_verdicts(out, s, run);
    gf_layout_end(out);
}

static void add_evidence(gf_text *line, const gf_judgement *j)
{
    gf_text_addf(line,
                 "%s: in the last %zu rows W1 from %.3g to %.3g, mean %.3g, "
                 "spread from %.3g to %.3g (data %.3g), %g of %g modes; %zu "
                 "times through its average, %.3g to each side",
                 gf_training_verdict_name(j->verdict), j->rows, j->w1_least,
                 j->w1_most, j->w1_mean, j->sd_least, j->sd_most, j->scale,
                 j->modes_most, j->modes_due, j->crossings, j->swing);
    if (isfinite(j->swing_growth))
        gf_text_addf(line, ", later %.3g times as far", j->swing_growth);
}

/* The numbers behind the verdict of one training. */
static void add_judgement(gf_text *out, const gf_training *t)
{
    gf_judgement j = gf_training_judge(t);
    gf_text line;

    gf_text_init(&line);
    if (j.rows < 2)
        gf_text_addf(&line,
                     "%s: there are too few rows to judge by; give a smaller "
                     "--every or more --steps",
                     gf_training_verdict_name(j.verdict));
    else
        add_evidence(&line, &j);
    gf_text_add(out, "  verdict      ");
    gf_layout_words(out, 15, gf_text_string(&line));
    gf_layout_end(out);
    gf_text_clear(&line);
}

static void write_text(gf_text *out, const gf_trials *s)
{
    add_setup(out, s);
    if (s->plan.count * s->plan.seeds == 1) {
        gf_text_addf(out, "  optimizer    %s\n", s->plan.trial[0].label);
        add_rows(out, s->training[0]);
        add_judgement(out, s->training[0]);
        return;
    }
    gf_layout_to(out, RUN, "run");
    gf_layout_to(out, TITLE, "W1");
    gf_layout_to(out, TITLE + 26, "JS");
    gf_layout_end(out);
    for (size_t i = 0; i < s->plan.count; i++)
        add_run(out, s, i);
    gf_text_addf(
        out, "  at the end; median, least and most of %zu seeds from %llu\n",
        s->plan.seeds, (unsigned long long)s->plan.seed);
}

/* --- csv --------------------------------------------------------------- */

static void add_quoted(gf_text *out, const char *text)
{
    gf_text_add_char(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            gf_text_add_char(out, '"');
        gf_text_add_char(out, *text);
    }
    gf_text_add_char(out, '"');
}

static void write_csv(gf_text *out, const gf_trials *s)
{
    gf_text_add(out, "run,seed");
    for (size_t k = 0; k < GF_TRAINING_COLUMNS; k++)
        gf_text_addf(out, ",%s", gf_training_column_name(k));
    gf_text_add_char(out, '\n');
    for (size_t run = 0; run < s->plan.count; run++)
        for (size_t i = 0; i < s->plan.seeds; i++) {
            const gf_training_row *row;
            size_t rows = gf_training_rows(&row, training_of(s, run, i));
            for (size_t r = 0; r < rows; r++) {
                add_quoted(out, s->plan.trial[run].label);
                gf_text_addf(out, ",%llu",
                             (unsigned long long)(s->plan.seed + i));
                for (size_t k = 0; k < GF_TRAINING_COLUMNS; k++) {
                    gf_text_add_char(out, ',');
                    if (isfinite(row[r].value[k]))
                        gf_text_add_number(out, row[r].value[k]);
                }
                gf_text_add_char(out, '\n');
            }
        }
}

/* --- json -------------------------------------------------------------- */

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
        record_training(json, training_of(s, run, i));
    gf_json_end_array(json);
    gf_json_end_object(json);
}

static void write_json(gf_text *out, const gf_trials *s)
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

gf_status gf_report_trials(char **out, const gf_trials *trials,
                           const gf_report_options *options, gf_error *error)
{
    gf_format format = options ? options->format : GF_FORMAT_TEXT;
    gf_text text;

    if (format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "the report has no LaTeX form");
    gf_text_init(&text);
    if (format == GF_FORMAT_JSON)
        write_json(&text, trials);
    else if (format == GF_FORMAT_CSV)
        write_csv(&text, trials);
    else
        write_text(&text, trials);
    if (text.failed) {
        gf_text_clear(&text);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    *out = gf_text_take(&text);
    return GF_OK;
}
