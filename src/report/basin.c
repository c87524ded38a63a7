/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Basins: the totals for people, JSON with all cells, CSV with one row each. */
#include <ganfield/report.h>

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/layout.h"
#include "report/record.h"

enum { NAME_SIZE = 40 };

static size_t label_of(const gf_basin *basin, size_t cell)
{
    return (size_t)basin->value[cell * GF_BASIN_WIDTH + GF_BASIN_LABEL];
}

/* --- CSV --------------------------------------------------------------- */

static size_t put(char *line, size_t length, double x)
{
    length += gf_number_write(line + length, x);
    line[length] = ',';
    return length + 1;
}

static void write_csv(gf_text *out, const gf_basin *basin)
{
    const gf_field *field = basin->plan.c->field;
    bool is_map = basin->plan.motion.optimizer != NULL;
    char name[GF_BASIN_LABELS_MAX][NAME_SIZE];
    char line[6 * NAME_SIZE];

    for (size_t i = 0; i < basin->labels; i++)
        gf_basin_label_name(name[i], basin, i);
    gf_text_addf(out, "%s,%s,label,time,left_physical_at%s\n",
                 field->axis_name[0], field->axis_name[1],
                 is_map ? ",steps" : "");
    for (size_t n = 0; n < basin->cells; n++) {
        const double *cell = basin->value + n * GF_BASIN_WIDTH;
        gf_vec2 at = gf_basin_start(&basin->plan, n);
        const char *word = name[label_of(basin, n)];
        size_t length = put(line, 0, at.x), width = strlen(word);
        length = put(line, length, at.y);
        memcpy(line + length, word, width);
        length += width;
        line[length++] = ',';
        length = put(line, length, cell[GF_BASIN_TIME]);
        if (!isnan(cell[GF_BASIN_LEFT]))
            length = put(line, length, cell[GF_BASIN_LEFT]);
        else
            line[length++] = ',';
        if (is_map)
            length = put(line, length, cell[GF_BASIN_STEPS]);
        line[length - 1] = '\n';
        gf_text_add_n(out, line, length);
    }
}

/* --- JSON -------------------------------------------------------------- */

/* Where it is, if it is somewhere; what is computed of a cycle. */
static void record_place(gf_json *json, const gf_basin *basin,
                         const gf_basin_label *label)
{
    const gf_classification *c = basin->plan.c;
    const gf_cycle *cycle = &basin->cycle[label->which];
    gf_vec2 at;

    if (label->end == GF_BASIN_AT_POINT || label->end == GF_BASIN_NEAR)
        at = c->point[basin->targets.point[label->which]].at;
    else if (label->end == GF_BASIN_ON_CYCLE)
        at = cycle->at;
    else
        return;
    gf_record_number(json, c->field->axis_name[0], at.x);
    gf_record_number(json, c->field->axis_name[1], at.y);
    if (label->end == GF_BASIN_ON_CYCLE) {
        gf_record_number(json, "period", cycle->period);
        gf_record_number(json, "multiplier", cycle->multiplier);
        gf_record_number(json, "multiplier_error", cycle->error);
    } else if (basin->targets.spectral_radius) {
        gf_record_number(json, "spectral_radius",
                         basin->targets.spectral_radius[label->which]);
    }
}

static void record_labels(gf_json *json, const gf_basin *basin)
{
    char name[NAME_SIZE];

    gf_json_key(json, "labels");
    gf_json_begin_array(json);
    for (size_t i = 0; i < basin->labels; i++) {
        const gf_basin_label *label = &basin->label[i];
        gf_json_begin_object(json);
        gf_record_string(json, "name", gf_basin_label_name(name, basin, i));
        record_place(json, basin, label);
        gf_record_integer(json, "starts", label->total);
        gf_record_integer(json, "proved", label->proved);
        gf_record_integer(json, "left_physical", label->crossed);
        gf_record_number(json, "longest_time",
                         label->total ? label->longest : NAN);
        gf_json_end_object(json);
    }
    gf_json_end_array(json);
}

static void record_axes(gf_json *json, const gf_basin *basin)
{
    const gf_basin_plan *plan = &basin->plan;

    gf_json_key(json, "window");
    gf_json_begin_object(json);
    for (size_t i = 0; i < 2; i++)
        gf_record_pair(json, plan->c->field->axis_name[i], plan->window[i].lo,
                       plan->window[i].hi);
    gf_json_end_object(json);
    gf_json_key(json, "grid");
    gf_json_begin_array(json);
    for (size_t i = 0; i < 2; i++)
        gf_json_integer(json, (long long)plan->count[i]);
    gf_json_end_array(json);
}

static void record_motion(gf_json *json, const gf_basin *basin)
{
    const gf_ensemble_options *motion = &basin->plan.motion;

    if (!motion->optimizer)
        return;
    gf_record_optimizer(json, motion->optimizer, motion->order,
                        motion->critic_steps);
    if (motion->schedule)
        gf_record_string(json, "step", gf_schedule_text(motion->schedule));
    else
        gf_record_number(json, "step", motion->step);
    gf_record_integer(json, "steps", motion->steps);
    if (motion->noise > 0) {
        gf_record_number(json, "noise", motion->noise);
        gf_record_integer(json, "seed", motion->seed);
    }
    gf_record_bool(json, "project", motion->project);
    if (motion->box)
        gf_record_box(json, "box", motion->box);
}

static void record_column(gf_json *json, const char *key, const gf_basin *basin,
                          size_t column)
{
    size_t inner = basin->plan.count[1];

    gf_json_key(json, key);
    gf_json_begin_array(json);
    for (size_t n = 0; n < basin->cells; n++) {
        if (n % inner == 0)
            gf_json_begin_array(json);
        gf_json_number(json, basin->value[n * GF_BASIN_WIDTH + column]);
        if (n % inner == inner - 1)
            gf_json_end_array(json);
    }
    gf_json_end_array(json);
}

static void write_json(gf_text *out, const gf_basin *basin, bool is_full)
{
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_record_string(&json, "schema", "ganfield/basin/1");
    gf_record_field(&json, basin->plan.c->field);
    record_axes(&json, basin);
    record_motion(&json, basin);
    record_labels(&json, basin);
    if (is_full) {
        record_column(&json, "label", basin, GF_BASIN_LABEL);
        record_column(&json, "time", basin, GF_BASIN_TIME);
        record_column(&json, "left_physical_at", basin, GF_BASIN_LEFT);
        record_column(&json, "proved", basin, GF_BASIN_PROVED);
    }
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

/* --- text -------------------------------------------------------------- */

static void note_window(gf_text *out, const gf_basin *basin)
{
    const gf_basin_plan *plan = &basin->plan;
    char low[GF_LAYOUT_FIGURE], high[GF_LAYOUT_FIGURE];

    gf_text_addf(out, "%s: %zu starts, %zu x %zu\n", plan->c->field->name,
                 basin->cells, plan->count[0], plan->count[1]);
    for (size_t i = 0; i < 2; i++)
        gf_text_addf(out, "%s%s from %s to %s", i ? ", " : "  ",
                     plan->c->field->axis_name[i],
                     gf_layout_figure(low, plan->window[i].lo),
                     gf_layout_figure(high, plan->window[i].hi));
    gf_layout_end(out);
}

static void note_place(gf_text *out, const gf_basin *basin,
                       const gf_basin_label *label)
{
    char x[GF_LAYOUT_FIGURE], y[GF_LAYOUT_FIGURE];

    if (label->end == GF_BASIN_AT_POINT || label->end == GF_BASIN_NEAR) {
        gf_vec2 at =
            basin->plan.c->point[basin->targets.point[label->which]].at;
        gf_text_addf(out, " (%s, %s)", gf_layout_figure(x, at.x),
                     gf_layout_figure(y, at.y));
    } else if (label->end == GF_BASIN_ON_CYCLE) {
        const gf_cycle *cycle = &basin->cycle[label->which];
        gf_text_add(out, ", period ");
        gf_layout_number(out, cycle->period, 4);
        gf_text_add(out, ", multiplier ");
        gf_layout_number(out, cycle->multiplier, 4);
    }
}

static void note_part(gf_text *out, size_t count, const char *what,
                      const char *axis, const char *after)
{
    if (count > 0)
        gf_text_addf(out, "  %9zu    of them %s%s%s\n", count, what, axis,
                     after);
}

static void note_label(gf_text *out, const gf_basin *basin, size_t i)
{
    const gf_basin_label *label = &basin->label[i];
    char name[NAME_SIZE];

    gf_text_addf(out, "  %9zu  %s", label->total,
                 gf_basin_label_name(name, basin, i));
    note_place(out, basin, label);
    if (basin->plan.motion.optimizer) {
        gf_layout_right(out, "by step ");
        gf_layout_number(out, (double)label->steps, 9);
    } else {
        gf_layout_right(out, "by t = ");
        gf_layout_number(out, label->longest, 4);
    }
    gf_layout_end(out);
    note_part(out, label->proved, "with proof", "", "");
    note_part(out, label->crossed, "through ",
              basin->plan.c->field->axis_name[1], " outside of its range");
}

/* What is done to the steps of an optimizer. */
static void note_changes(gf_text *out, const gf_basin *basin)
{
    const gf_ensemble_options *motion = &basin->plan.motion;
    char low[GF_LAYOUT_FIGURE], high[GF_LAYOUT_FIGURE];

    if (motion->noise > 0)
        gf_text_addf(
            out, "  noise of deviation %s in each velocity, seed %" PRIu64 "\n",
            gf_layout_figure(low, motion->noise), motion->seed);
    if (motion->project)
        gf_text_addf(out, "  %s kept in its physical range\n",
                     basin->plan.c->field->axis_name[1]);
    for (size_t i = 0; i < 2 && motion->box; i++)
        gf_text_addf(out, "  %s kept from %s to %s\n",
                     basin->plan.c->field->axis_name[i],
                     gf_layout_figure(low, motion->box[i].lo),
                     gf_layout_figure(high, motion->box[i].hi));
}

/* What attracts the steps of an optimizer, and how. */
static void note_motion(gf_text *out, const gf_basin *basin)
{
    const gf_ensemble_options *motion = &basin->plan.motion;
    const gf_targets *targets = &basin->targets;
    char figure[GF_LAYOUT_FIGURE];

    if (!motion->optimizer)
        return;
    gf_text_addf(out, "  %s, %s", motion->optimizer->rule->name,
                 gf_order_name(motion->order));
    if (motion->critic_steps > 1)
        gf_text_addf(out, " with %zu critic steps", motion->critic_steps);
    gf_text_addf(out, ", %zu steps of %s\n", motion->steps,
                 motion->schedule ? gf_schedule_text(motion->schedule)
                                  : gf_layout_figure(figure, motion->step));
    note_changes(out, basin);
    for (size_t i = 0; i < targets->count; i++)
        gf_text_addf(out, "  rest point %zu: spectral radius %s%s\n",
                     targets->point[i] + 1,
                     gf_layout_figure(figure, targets->spectral_radius[i]),
                     targets->item[i].passive ? ", does not attract" : "");
}

static void write_note(gf_text *out, const gf_basin *basin)
{
    note_window(out, basin);
    note_motion(out, basin);
    for (size_t i = 0; i < basin->labels; i++) {
        if (basin->label[i].total > 0)
            note_label(out, basin, i);
    }
}

gf_status gf_report_basin(char **out, const gf_basin *basin,
                          const gf_report_options *options, gf_error *error)
{
    gf_format format = options ? options->format : GF_FORMAT_TEXT;
    gf_text text;

    if (format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "a basin has no LaTeX form");
    gf_text_init(&text);
    if (format == GF_FORMAT_CSV)
        write_csv(&text, basin);
    else if (format == GF_FORMAT_JSON)
        write_json(&text, basin, options->verbose);
    else
        write_note(&text, basin);
    *out = gf_text_take(&text);
    return *out ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");
}
