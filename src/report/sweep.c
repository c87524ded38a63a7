/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweeps: CSV with one row a cell, JSON with the axes and one array a quantity,
   and for people how often each word and between what each number lies. */
#include <ganfield/report.h>

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/layout.h"
#include "report/record.h"

/* --- CSV --------------------------------------------------------------- */

enum {
    COLUMNS = GF_SWEEP_AXES_MAX + GF_SWEEP_QUANTITIES_MAX,
    WORD_SIZE = 40,
    LINE_SIZE = COLUMNS * WORD_SIZE
};

static size_t put_word(char *line, size_t length, const char *word)
{
    size_t n = strlen(word);

    memcpy(line + length, word, n);
    line[length + n] = ',';
    return length + n + 1;
}

static size_t put_number(char *line, size_t length, double x)
{
    length += gf_number_write(line + length, x);
    line[length] = ',';
    return length + 1;
}

/* A column's name, which a script may take for a variable's. */
static void add_name(gf_text *out, const char *name)
{
    for (; *name; name++)
        gf_text_add_char(out, *name == '-' ? '_' : *name);
}

static void write_csv(gf_text *out, const gf_sweep *sweep)
{
    const gf_sweep_plan *plan = &sweep->plan;
    size_t inner = plan->axes > 1 ? plan->axis[1].count : 1, start = 0;
    const double *value = sweep->value;
    char line[LINE_SIZE];

    for (size_t i = 0; i < plan->axes; i++) {
        add_name(out, plan->axis[i].name);
        gf_text_add_char(out, ',');
    }
    for (size_t q = 0; q < plan->quantities; q++) {
        add_name(out, plan->quantity[q]->name);
        gf_text_add_char(out, q + 1 < plan->quantities ? ',' : '\n');
    }
    for (size_t n = 0; n < sweep->cells; n++) {
        /* the first axis changes with every row of the second */
        if (n % inner == 0)
            start = put_number(line, 0,
                               gf_sweep_axis_at(&plan->axis[0], n / inner));
        size_t length = start;
        if (plan->axes > 1)
            length = put_number(line, length,
                                gf_sweep_axis_at(&plan->axis[1], n % inner));
        for (size_t q = 0; q < plan->quantities; q++, value++) {
            const gf_sweep_quantity *quantity = plan->quantity[q];
            length = quantity->word
                         ? put_word(line, length,
                                    gf_sweep_quantity_word(quantity, *value))
                         : put_number(line, length, *value);
        }
        line[length - 1] = '\n';
        gf_text_add_n(out, line, length);
    }
}

/* --- JSON -------------------------------------------------------------- */

static void record_axis(gf_json *json, const gf_sweep_axis *axis)
{
    gf_json_begin_object(json);
    gf_record_string(json, "name", axis->name);
    gf_record_string(json, "spacing", axis->log ? "log" : "linear");
    gf_json_key(json, "values");
    gf_json_begin_array(json);
    for (size_t i = 0; i < axis->count; i++)
        gf_json_number(json, gf_sweep_axis_at(axis, i));
    gf_json_end_array(json);
    gf_json_end_object(json);
}

static void record_value(gf_json *json, const gf_sweep_quantity *quantity,
                         double value)
{
    if (!quantity->word)
        gf_json_number(json, value);
    else if (isnan(value))
        gf_json_null(json);
    else
        gf_json_string(json, gf_sweep_quantity_word(quantity, value));
}

static void record_quantity(gf_json *json, const gf_sweep *sweep, size_t q)
{
    const gf_sweep_plan *plan = &sweep->plan;
    size_t inner = plan->axes > 1 ? plan->axis[1].count : 0;

    gf_json_begin_object(json);
    gf_record_string(json, "name", plan->quantity[q]->name);
    gf_record_string(json, "title", plan->quantity[q]->title);
    gf_json_key(json, "values");
    gf_json_begin_array(json);
    for (size_t n = 0; n < sweep->cells; n++) {
        if (inner && n % inner == 0)
            gf_json_begin_array(json);
        record_value(json, plan->quantity[q],
                     sweep->value[n * plan->quantities + q]);
        if (inner && n % inner == inner - 1)
            gf_json_end_array(json);
    }
    gf_json_end_array(json);
    gf_json_end_object(json);
}

static void record_optimizer(gf_json *json, const gf_sweep_plan *plan)
{
    const gf_optimizer_rule *rule = plan->optimizer.rule;

    gf_record_string(json, "optimizer", rule ? rule->name : NULL);
    if (!rule)
        return;
    gf_json_key(json, "numbers");
    gf_json_begin_object(json);
    for (size_t i = 0; i < GF_OPTIMIZER_NUMBERS_MAX && rule->number[i].name;
         i++)
        gf_record_number(json, rule->number[i].name, plan->optimizer.number[i]);
    gf_json_end_object(json);
    gf_record_string(json, "order", gf_order_name(plan->order));
    gf_record_number(json, "step", plan->step > 0 ? plan->step : NAN);
    gf_record_number(json, "steps",
                     plan->steps > 0 ? (double)plan->steps : NAN);
}

static void record_edges(gf_json *json, const gf_sweep *sweep)
{
    gf_json_key(json, "boundaries");
    gf_json_begin_array(json);
    for (size_t i = 0; i < sweep->edges; i++) {
        const gf_sweep_found *found = &sweep->edge[i];
        gf_json_begin_object(json);
        gf_record_string(json, "quantity", found->edge->quantity);
        gf_record_number(json, "level", found->edge->level);
        gf_record_number(json, sweep->plan.axis[0].name, found->at);
        gf_json_end_object(json);
    }
    gf_json_end_array(json);
}

static void write_json(gf_text *out, const gf_sweep *sweep)
{
    const gf_sweep_plan *plan = &sweep->plan;
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_record_string(&json, "schema", "ganfield/sweep/1");
    gf_record_field(&json, plan->field);
    record_optimizer(&json, plan);
    gf_json_key(&json, "axes");
    gf_json_begin_array(&json);
    for (size_t i = 0; i < plan->axes; i++)
        record_axis(&json, &plan->axis[i]);
    gf_json_end_array(&json);
    gf_json_key(&json, "quantities");
    gf_json_begin_array(&json);
    for (size_t q = 0; q < plan->quantities; q++)
        record_quantity(&json, sweep, q);
    gf_json_end_array(&json);
    record_edges(&json, sweep);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

/* --- text -------------------------------------------------------------- */

static void note_axis(gf_text *out, const gf_sweep_axis *axis)
{
    char from[GF_LAYOUT_FIGURE], to[GF_LAYOUT_FIGURE];

    gf_text_addf(out, "  over %s from %s to %s, %zu values%s", axis->name,
                 gf_layout_figure(from, axis->from),
                 gf_layout_figure(to, axis->to), axis->count,
                 axis->log ? ", logarithmic" : "");
    gf_layout_end(out);
}

/* How many cells hold a word; of none: that have no value. */
static size_t count_word(const gf_sweep *sweep, size_t q, double word)
{
    size_t count = 0;

    for (size_t n = 0; n < sweep->cells; n++) {
        double x = sweep->value[n * sweep->plan.quantities + q];
        bool is_it = isnan(word) ? isnan(x) != 0 : x == word;
        count += is_it;
    }
    return count;
}

static void note_words(gf_text *out, const gf_sweep *sweep, size_t q)
{
    const gf_sweep_quantity *quantity = sweep->plan.quantity[q];
    size_t none = count_word(sweep, q, NAN);

    gf_text_addf(out, "  %s", quantity->name);
    for (size_t w = 0; w < quantity->words; w++) {
        size_t count = count_word(sweep, q, (double)w);
        if (count == 0)
            continue;
        gf_layout_to(out, 20, quantity->word[w]);
        gf_text_addf(out, ": %zu", count);
        gf_layout_end(out);
    }
    if (none > 0) {
        gf_layout_to(out, 20, "none");
        gf_text_addf(out, ": %zu", none);
        gf_layout_end(out);
    }
}

static void note_numbers(gf_text *out, const gf_sweep *sweep, size_t q)
{
    const gf_sweep_quantity *quantity = sweep->plan.quantity[q];
    char low[GF_LAYOUT_FIGURE], high[GF_LAYOUT_FIGURE];
    double least = INFINITY, most = -INFINITY;
    size_t none = count_word(sweep, q, NAN);

    for (size_t n = 0; n < sweep->cells; n++) {
        double x = sweep->value[n * sweep->plan.quantities + q];
        least = fmin(least, x);
        most = fmax(most, x);
    }
    gf_text_addf(out, "  %s", quantity->name);
    gf_layout_to(out, 20, "");
    if (none < sweep->cells)
        gf_text_addf(out, "%s to %s", gf_layout_figure(low, least),
                     gf_layout_figure(high, most));
    if (none > 0)
        gf_text_addf(out, "%snone: %zu", none < sweep->cells ? ", " : "", none);
    gf_layout_end(out);
}

static void write_note(gf_text *out, const gf_sweep *sweep)
{
    const gf_sweep_plan *plan = &sweep->plan;

    gf_text_addf(out, "%s: %zu cells", plan->field->name, sweep->cells);
    gf_layout_end(out);
    for (size_t i = 0; i < plan->axes; i++)
        note_axis(out, &plan->axis[i]);
    for (size_t q = 0; q < plan->quantities; q++) {
        if (plan->quantity[q]->word)
            note_words(out, sweep, q);
        else
            note_numbers(out, sweep, q);
    }
    for (size_t i = 0; i < sweep->edges; i++) {
        const gf_sweep_found *found = &sweep->edge[i];
        char at[GF_LAYOUT_FIGURE], level[GF_LAYOUT_FIGURE];
        gf_text_addf(out, "  %s = %s at %s = %s\n", found->edge->quantity,
                     gf_layout_figure(level, found->edge->level),
                     plan->axis[0].name, gf_layout_figure(at, found->at));
    }
}

gf_status gf_report_sweep(char **out, const gf_sweep *sweep,
                          const gf_report_options *options, gf_error *error)
{
    gf_format format = options ? options->format : GF_FORMAT_TEXT;
    gf_text text;

    if (format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "a sweep has no LaTeX form");
    gf_text_init(&text);
    if (format == GF_FORMAT_CSV)
        write_csv(&text, sweep);
    else if (format == GF_FORMAT_JSON)
        write_json(&text, sweep);
    else
        write_note(&text, sweep);
    *out = gf_text_take(&text);
    return *out ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");
}
