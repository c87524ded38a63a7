/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nets side by side. */
#include <ganfield/report.h>

#include <math.h>
#include <string.h>

#include "report/layout.h"
#include "report/record.h"

enum { NET = 2, SCALE = 33 };
/* A damping that is rounding. */
static const double NOTHING = 1e-6;

/* "3 converged, 2 orbit" */
static void add_ends(gf_text *out, const gf_compared *net)
{
    bool has_one = false;

    for (int end = 0; end <= GF_COURSE_BLIND; end++) {
        if (net->ends[end] == 0)
            continue;
        gf_text_addf(out, "%s%zu %s", has_one ? ", " : "", net->ends[end],
                     gf_course_end_name((gf_course_end)end));
        has_one = true;
    }
}

static void add_figure(gf_text *out, size_t column, double x)
{
    gf_layout_to(out, column, "");
    if (isfinite(x))
        gf_layout_number(out, x, 3);
    else
        gf_text_add(out, "-");
}

/* "1-16-1:relu,bn-pre", ", joint" */
static void add_name(gf_text *out, const gf_compared *row,
                     const gf_comparison_setup *setup, const char *const *name)
{
    gf_text_add(out, name[row->critic]);
    if (row->has_mode && setup->bn_count > 1)
        gf_text_addf(out, ", %s", gf_bn_mode_name(setup->bn[row->mode]));
}

/* A block of rows of one data, where all critics begin with the same gap. */
static void add_heads(gf_text *out, const gf_comparison_setup *setup,
                      const gf_compared *first)
{
    const gf_distribution *data = setup->data[first->data];

    if (setup->variants > 1)
        gf_text_addf(out, "%s, ", setup->field[first->variant]->name);
    gf_text_addf(out, "data %s%s, a gap of %.3g at first\n",
                 gf_play_data_name(data),
                 data ? "" : " (realizable: a net of the generator's shape)",
                 first->first_gap);
    gf_layout_to(out, NET, "critic");
    gf_layout_to(out, SCALE, "tr K/n");
    gf_layout_to(out, SCALE + 9, "zeros");
    gf_layout_to(out, SCALE + 16, "damping");
    gf_layout_to(out, SCALE + 26, "last gap");
    gf_layout_to(out, SCALE + 36, "swing");
    gf_layout_end(out);
}

static void add_row(gf_text *out, const gf_compared *row,
                    const gf_comparison_setup *setup, const char *const *name)
{
    size_t before = out->length;

    gf_layout_to(out, NET, "");
    add_name(out, row, setup, name);
    if (out->length - before > SCALE - 2)
        gf_layout_end(out);
    add_figure(out, SCALE, row->scale);
    add_figure(out, SCALE + 9, row->zero);
    add_figure(out, SCALE + 16,
               fabs(row->damping) < NOTHING ? 0 : row->damping);
    add_figure(out, SCALE + 26, row->last_gap);
    add_figure(out, SCALE + 36, row->swing);
    gf_layout_end(out);
    gf_layout_to(out, NET + 2, "");
    add_ends(out, row);
    if (row->stiff > 0)
        gf_text_addf(out, "; %zu stiff", row->stiff);
    if (row->split > 0)
        gf_text_addf(out, "; %zu by the step", row->split);
    if (row->unstable > 0)
        gf_text_addf(out, "; %zu unstable", row->unstable);
    if (row->undamped > 0)
        gf_text_addf(out, "; %zu undamped", row->undamped);
    gf_layout_end(out);
}

static void write_text(gf_text *out, const gf_comparison_setup *setup,
                       const char *const *name, const gf_comparison *all)
{
    const gf_play_setup *play = setup->play;
    size_t stiff = 0;
    double least = INFINITY;

    if (setup->variants > 1)
        gf_text_addf(out, "%zu variants", setup->variants);
    else
        gf_text_add(out, setup->field[0]->name);
    gf_text_addf(out, ", %s, kernels %s%s, to t = %.6g, %zu seed%s a row\n",
                 gf_representation_name(play->representation),
                 play->course.frozen ? "frozen" : "moving",
                 play->same_scale ? " of one scale" : "", play->course.until,
                 all->seeds, all->seeds == 1 ? "" : "s");
    for (size_t i = 0; i < all->count; i++) {
        const gf_compared *row = &all->row[i];
        stiff += row->stiff;
        least = fmin(least, row->step);
        if (i == 0 || row->data != row[-1].data ||
            row->variant != row[-1].variant)
            add_heads(out, setup, row);
        add_row(out, row, setup, name);
    }
    gf_text_add(out,
                "  medians over the seeds; damping: the least of a mode, "
                "its zeros taken out;\n  swing: the gap's range in the last "
                "two fifths; by the step, unstable,\n  undamped: seeds "
                "whose two steps do not agree, with such a mode\n");
    if (stiff > 0)
        gf_text_addf(out,
                     "  stiff: seeds whose steps, down to %.2g, are too large "
                     "for their fastest rate;\n  a smaller --step, with a "
                     "smaller --until, may tell\n",
                     least);
}

static void write_csv(gf_text *out, const gf_comparison_setup *setup,
                      const char *const *name, const gf_comparison *all)
{
    gf_text_add(out, "variant,net,bn,data,seeds");
    for (int end = 0; end <= GF_COURSE_BLIND; end++)
        gf_text_addf(out, ",%s", gf_course_end_name((gf_course_end)end));
    gf_text_add(out, ",split,unstable,undamped,scale,zero,damping,first_gap,"
                     "last_gap,swing,lasting,period,drift,stiff,step\n");
    for (size_t i = 0; i < all->count; i++) {
        const gf_compared *row = &all->row[i];
        const double cell[] = {row->scale,     row->zero,     row->damping,
                               row->first_gap, row->last_gap, row->swing,
                               row->lasting,   row->period,   row->drift};
        gf_text_addf(out, "%s,\"%s\",%s,\"%s\",%zu",
                     setup->field[row->variant]->name, name[row->critic],
                     row->has_mode ? gf_bn_mode_name(setup->bn[row->mode]) : "",
                     gf_play_data_name(setup->data[row->data]), all->seeds);
        for (int end = 0; end <= GF_COURSE_BLIND; end++)
            gf_text_addf(out, ",%zu", row->ends[end]);
        gf_text_addf(out, ",%zu,%zu,%zu", row->split, row->unstable,
                     row->undamped);
        for (size_t k = 0; k < sizeof cell / sizeof *cell; k++) {
            gf_text_add_char(out, ',');
            if (isfinite(cell[k]))
                gf_text_add_number(out, cell[k]);
        }
        gf_text_addf(out, ",%zu,", row->stiff);
        gf_text_add_number(out, row->step);
        gf_text_add_char(out, '\n');
    }
}

static void record_count(gf_json *json, const char *key, size_t count)
{
    gf_json_key(json, key);
    gf_json_integer(json, (long long)count);
}

static void record_seed(gf_json *json, const gf_compared_seed *seed)
{
    gf_json_begin_object(json);
    gf_record_string(json, "verdict", gf_course_end_name(seed->end));
    gf_record_number(json, "last_gap", seed->last_gap);
    gf_record_number(json, "least_gap", seed->least);
    gf_record_number(json, "most_gap", seed->most);
    gf_json_end_object(json);
}

static void record_row(gf_json *json, const gf_compared *row,
                       const gf_comparison_setup *setup,
                       const char *const *name, const gf_compared_seed *seed,
                       size_t seeds)
{
    gf_json_begin_object(json);
    gf_record_string(json, "variant", setup->field[row->variant]->name);
    gf_record_string(json, "net", name[row->critic]);
    if (row->has_mode)
        gf_record_string(json, "bn", gf_bn_mode_name(setup->bn[row->mode]));
    gf_record_string(json, "data", gf_play_data_name(setup->data[row->data]));
    gf_record_bool(json, "realizable", setup->data[row->data] == NULL);
    gf_json_key(json, "verdicts");
    gf_json_begin_object(json);
    for (int end = 0; end <= GF_COURSE_BLIND; end++)
        record_count(json, gf_course_end_name((gf_course_end)end),
                     row->ends[end]);
    gf_json_end_object(json);
    record_count(json, "split", row->split);
    record_count(json, "unstable", row->unstable);
    record_count(json, "undamped", row->undamped);
    gf_record_number(json, "scale", row->scale);
    gf_record_number(json, "zero", row->zero);
    gf_record_number(json, "damping", row->damping);
    gf_record_number(json, "first_gap", row->first_gap);
    gf_record_number(json, "last_gap", row->last_gap);
    gf_record_number(json, "swing", row->swing);
    gf_record_number(json, "lasting", row->lasting);
    gf_record_number(json, "period", row->period);
    gf_record_number(json, "drift", row->drift);
    record_count(json, "stiff", row->stiff);
    gf_record_number(json, "step", row->step);
    gf_json_key(json, "runs");
    gf_json_begin_array(json);
    for (size_t i = 0; i < seeds; i++)
        record_seed(json, &seed[i]);
    gf_json_end_array(json);
    gf_json_end_object(json);
}

static void write_json(gf_text *out, const gf_comparison_setup *setup,
                       const char *const *name, const gf_comparison *all)
{
    const gf_play_setup *play = setup->play;
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_record_string(&json, "schema", "ganfield/kernel-compare/1");
    if (setup->variants < 2)
        gf_record_field(&json, setup->field[0]);
    gf_record_string(&json, "representation",
                     gf_representation_name(play->representation));
    gf_record_bool(&json, "frozen", play->course.frozen);
    gf_record_bool(&json, "same_scale", play->same_scale);
    gf_record_number(&json, "until", play->course.until);
    record_count(&json, "seeds", all->seeds);
    gf_json_key(&json, "rows");
    gf_json_begin_array(&json);
    for (size_t i = 0; i < all->count; i++)
        record_row(&json, &all->row[i], setup, name, all->seed + i * all->seeds,
                   all->seeds);
    gf_json_end_array(&json);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

gf_status gf_report_comparison(char **out, const gf_comparison_setup *setup,
                               const char *const *name,
                               const gf_comparison *all,
                               const gf_report_options *options,
                               gf_error *error)
{
    gf_format format = options ? options->format : GF_FORMAT_TEXT;
    gf_text text;

    if (format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "the report has no LaTeX form");
    gf_text_init(&text);
    if (format == GF_FORMAT_JSON)
        write_json(&text, setup, name, all);
    else if (format == GF_FORMAT_CSV)
        write_csv(&text, setup, name, all);
    else
        write_text(&text, setup, name, all);
    if (text.failed) {
        gf_text_clear(&text);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    *out = gf_text_take(&text);
    return GF_OK;
}
