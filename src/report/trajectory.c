/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs: CSV for programs that plot, JSON with all that is known of them, and
   for people how each of them ended. */
#include <ganfield/report.h>

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/number.h"
#include "report/layout.h"
#include "report/record.h"

static bool has_link(const gf_runs *runs)
{
    return runs->field->link != GF_EXPR_NONE;
}

static bool has_section(const gf_runs *runs)
{
    return runs->flow && runs->flow->section;
}

/* --- CSV --------------------------------------------------------------- */

enum { COLUMNS_MAX = 6, LINE_SIZE = COLUMNS_MAX * GF_NUMBER_SIZE };

static size_t write_cell(char *line, size_t length, double x)
{
    length += gf_number_write(line + length, x);
    line[length] = ',';
    return length + 1;
}

static void add_line(gf_text *out, const gf_runs *runs, double run,
                     const gf_row *row)
{
    char line[LINE_SIZE];
    size_t length = write_cell(line, 0, run);

    length = write_cell(line, length, row->t);
    length = write_cell(line, length, row->at.x);
    length = write_cell(line, length, row->at.y);
    if (has_link(runs))
        length = write_cell(line, length, gf_field_d(runs->field, row->at.x));
    if (has_section(runs))
        length = write_cell(line, length, row->crossing);
    line[length - 1] = '\n';
    gf_text_add_n(out, line, length);
}

static void write_csv(gf_text *out, const gf_runs *runs)
{
    const gf_field *field = runs->field;

    gf_text_addf(out, "run,t,%s,%s%s%s\n", field->axis_name[0],
                 field->axis_name[1], has_link(runs) ? ",D" : "",
                 has_section(runs) ? ",crossing" : "");
    for (size_t i = 0; i < runs->count; i++)
        for (size_t k = 0; k < runs->run[i].count; k++)
            add_line(out, runs, (double)(i + 1), &runs->run[i].row[k]);
}

/* --- JSON -------------------------------------------------------------- */

typedef double (*column_fn)(const gf_field *field, const gf_row *row);

static double column_t(const gf_field *field, const gf_row *row)
{
    (void)field;
    return row->t;
}

static double column_first(const gf_field *field, const gf_row *row)
{
    (void)field;
    return row->at.x;
}

static double column_second(const gf_field *field, const gf_row *row)
{
    (void)field;
    return row->at.y;
}

static double column_d(const gf_field *field, const gf_row *row)
{
    return gf_field_d(field, row->at.x);
}

static double column_crossing(const gf_field *field, const gf_row *row)
{
    (void)field;
    return row->crossing;
}

static void record_column(gf_json *json, const char *key, column_fn column,
                          const gf_runs *runs, const gf_trajectory *run)
{
    gf_json_key(json, key);
    gf_json_begin_array(json);
    for (size_t i = 0; i < run->count; i++)
        gf_json_number(json, column(runs->field, &run->row[i]));
    gf_json_end_array(json);
}

/* The line of a turn, "D = 1"; of an end of the physical range, "p_g = 0". */
static void add_line_name(gf_text *out, const gf_field *field,
                          const gf_turn *turn)
{
    char bound[GF_NUMBER_SIZE];

    if (turn->line != GF_LINE_PHYSICAL) {
        gf_text_add(out, gf_field_line(field, turn->line));
        return;
    }
    gf_number_write(bound, turn->at.y);
    gf_text_addf(out, "%s = %s", field->axis_name[1], bound);
}

static void record_turns(gf_json *json, const gf_field *field,
                         const gf_trajectory *run)
{
    gf_text line;

    gf_json_key(json, "turns");
    gf_json_begin_array(json);
    for (size_t i = 0; i < run->turn_count; i++) {
        const gf_turn *turn = &run->turn[i];
        char *name;
        gf_text_init(&line);
        add_line_name(&line, field, turn);
        name = gf_text_take(&line);
        gf_json_begin_object(json);
        gf_record_number(json, "t", turn->t);
        gf_record_string(json, "kind", gf_turn_name(turn->kind));
        gf_record_string(json, "line", name);
        gf_record_number(json, field->axis_name[0], turn->at.x);
        gf_record_number(json, field->axis_name[1], turn->at.y);
        gf_json_end_object(json);
        free(name);
    }
    gf_json_end_array(json);
}

static void record_run(gf_json *json, const gf_runs *runs,
                       const gf_trajectory *run)
{
    const gf_field *field = runs->field;

    gf_json_begin_object(json);
    gf_record_pair(json, "start", run->start.x, run->start.y);
    gf_record_string(json, "method", run->method);
    gf_record_string(json, "stop", gf_stop_name(run->stop));
    gf_record_number(json, "stop_time", run->stop_time);
    gf_record_integer(json, "evaluations", run->evaluations);
    gf_record_integer(json, "steps", run->steps);
    gf_record_integer(json, "rejected", run->rejected);
    gf_record_number(json, "left_physical_at", run->left_physical_at);
    if (runs->flow)
        record_turns(json, field, run);
    record_column(json, "t", column_t, runs, run);
    record_column(json, field->axis_name[0], column_first, runs, run);
    record_column(json, field->axis_name[1], column_second, runs, run);
    if (has_link(runs))
        record_column(json, "D", column_d, runs, run);
    if (has_section(runs))
        record_column(json, "crossing", column_crossing, runs, run);
    gf_json_end_object(json);
}

static void record_flow(gf_json *json, const gf_flow_options *flow)
{
    bool is_fixed = flow->step > 0;
    double rtol = flow->rtol > 0 ? flow->rtol : GF_FLOW_RTOL;
    double atol = flow->atol > 0 ? flow->atol : GF_FLOW_ATOL;

    gf_record_number(json, "until", flow->until);
    gf_record_number(json, "rtol", is_fixed ? NAN : rtol);
    gf_record_number(json, "atol", is_fixed ? NAN : atol);
    gf_record_number(json, "step", is_fixed ? flow->step : NAN);
    gf_record_string(json, "section",
                     flow->section ? gf_section_text(flow->section) : NULL);
    gf_record_bool(json, "project", flow->project);
}

static void record_box(gf_json *json, const gf_range *box)
{
    if (box) {
        gf_record_box(json, "box", box);
        return;
    }
    gf_json_key(json, "box");
    gf_json_null(json);
}

static void record_map(gf_json *json, const gf_optimizer *optimizer,
                       const gf_map_options *map)
{
    gf_record_optimizer(json, optimizer, map->order, map->critic_steps);
    gf_record_number(json, "step", map->schedule ? NAN : map->step);
    gf_record_string(json, "schedule",
                     map->schedule ? gf_schedule_text(map->schedule) : NULL);
    gf_record_integer(json, "steps", map->steps);
    gf_record_number(json, "noise", map->noise);
    gf_record_integer(json, "seed", (size_t)map->seed);
    record_box(json, map->box);
    gf_record_bool(json, "project", map->project);
}

static void write_json(gf_text *out, const gf_runs *runs)
{
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_record_string(&json, "schema", "ganfield/trajectory/1");
    gf_record_field(&json, runs->field);
    if (runs->flow)
        record_flow(&json, runs->flow);
    else
        record_map(&json, runs->optimizer, runs->map);
    gf_json_key(&json, "runs");
    gf_json_begin_array(&json);
    for (size_t i = 0; i < runs->count; i++)
        record_run(&json, runs, &runs->run[i]);
    gf_json_end_array(&json);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

/* --- text -------------------------------------------------------------- */

static void add_point(gf_text *out, const gf_field *field, gf_vec2 at)
{
    char x[GF_LAYOUT_FIGURE], y[GF_LAYOUT_FIGURE];

    gf_text_addf(out, "%s = %s, %s = %s", field->axis_name[0],
                 gf_layout_figure(x, at.x), field->axis_name[1],
                 gf_layout_figure(y, at.y));
}

static void add_turns(gf_text *out, const gf_field *field,
                      const gf_trajectory *run)
{
    enum { MOST = 8 };
    char t[GF_LAYOUT_FIGURE];

    for (size_t i = 0; i < run->turn_count && i < MOST; i++) {
        gf_text_addf(out, "\n  %s ", gf_turn_name(run->turn[i].kind));
        add_line_name(out, field, &run->turn[i]);
        gf_text_addf(out, " at t = %s", gf_layout_figure(t, run->turn[i].t));
    }
    if (run->turn_count > MOST)
        gf_text_addf(out, "\n  and turns %zu times more",
                     run->turn_count - MOST);
}

static void write_note(gf_text *out, const gf_runs *runs,
                       const gf_trajectory *run, size_t number)
{
    const gf_field *field = runs->field;
    char t[GF_LAYOUT_FIGURE];

    gf_text_addf(out, "run %zu   ", number);
    add_point(out, field, run->start);
    gf_text_addf(out, "\n  %s at t = %s, ", gf_stop_name(run->stop),
                 gf_layout_figure(t, run->stop_time));
    assert(run->count > 0);
    add_point(out, field, run->row[run->count - 1].at);
    if (!isnan(run->left_physical_at))
        gf_text_addf(out, "\n  first outside of the physical range at t = %s",
                     gf_layout_figure(t, run->left_physical_at));
    add_turns(out, field, run);
    gf_text_addf(out, "\n  %s: %zu steps, %zu evaluations\n", run->method,
                 run->steps, run->evaluations);
}

gf_status gf_report_runs(char **out, const gf_runs *runs,
                         const gf_report_options *options, gf_error *error)
{
    static const gf_report_options defaults = {.format = GF_FORMAT_TEXT};
    gf_text text;

    options = options ? options : &defaults;
    if (options->format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "runs have no LaTeX form");
    gf_text_init(&text);
    if (options->format == GF_FORMAT_CSV)
        write_csv(&text, runs);
    else if (options->format == GF_FORMAT_JSON)
        write_json(&text, runs);
    else
        for (size_t i = 0; i < runs->count; i++)
            write_note(&text, runs, &runs->run[i], i + 1);
    *out = gf_text_take(&text);
    if (*out)
        return GF_OK;
    return gf_error_set(error, GF_MEMORY, "out of memory");
}
