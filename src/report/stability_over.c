/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stability over axes: a row for each value as CSV; JSON with the boundary. */
#include <ganfield/report.h>

#include <math.h>

#include "report/record.h"
#include "report/stability.h"

static void add_cell(gf_text *out, double x, char after)
{
    if (!isnan(x))
        gf_text_add_number(out, x);
    gf_text_add_char(out, after);
}

static void add_values(gf_text *out, const gf_stability_over *over, size_t line,
                       size_t step)
{
    for (size_t i = 0; i < over->axes; i++)
        add_cell(out,
                 i == over->along ? gf_sweep_axis_at(&over->axis[i], step)
                                  : gf_stability_over_value(over, i, line),
                 ',');
}

static void write_csv(gf_text *out, const gf_stability_over *over)
{
    for (size_t i = 0; i < over->axes; i++)
        gf_text_addf(out, "%s,", over->axis[i].name);
    gf_text_add(out, over->radius ? "spectral_radius\n"
                                  : "stable_from,stable_to,best_step,"
                                    "best_radius,spectral_radius,intervals,"
                                    "neutral_from,neutral_to\n");
    for (size_t n = 0; n < over->lines; n++) {
        const gf_stability_result *s = &over->line[n];
        size_t count = over->radius ? over->axis[over->along].count : 0;
        for (size_t k = 0; k < count; k++) {
            add_values(out, over, n, k);
            add_cell(out, over->radius[n * count + k], '\n');
        }
        if (over->radius)
            continue;
        bool is_any = s->stable.count > 0, is_neutral = s->neutral.count > 0;
        add_values(out, over, n, 0);
        add_cell(out, is_any ? s->stable.interval[0].lo : NAN, ',');
        add_cell(out, is_any ? s->stable.interval[0].hi : NAN, ',');
        add_cell(out, s->best_step, ',');
        add_cell(out, s->best_radius, ',');
        add_cell(out, s->radius, ',');
        add_cell(out, (double)s->stable.count, ',');
        add_cell(out, is_neutral ? s->neutral.interval[0].lo : NAN, ',');
        add_cell(out, is_neutral ? s->neutral.interval[0].hi : NAN, '\n');
    }
}

static void record_line(gf_json *json, const gf_stability_over *over, size_t n)
{
    const gf_stability_result *s = &over->line[n];
    size_t count = over->radius ? over->axis[over->along].count : 0;

    gf_json_begin_object(json);
    for (size_t i = 0; i < over->axes; i++)
        if (i != over->along)
            gf_record_number(json, over->axis[i].name,
                             gf_stability_over_value(over, i, n));
    gf_stability_record_steps(json, "stable_steps", &s->stable);
    gf_stability_record_steps(json, "neutral_steps", &s->neutral);
    gf_record_number(json, "best_step", s->best_step);
    gf_record_number(json, "best_radius", s->best_radius);
    gf_json_key(json, "spectral_radius");
    if (over->radius)
        gf_json_begin_array(json);
    else
        gf_json_number(json, s->radius);
    for (size_t k = 0; k < count; k++)
        gf_json_number(json, over->radius[n * count + k]);
    if (over->radius)
        gf_json_end_array(json);
    gf_json_end_object(json);
}

static void write_json(gf_text *out, const gf_stability_over *over)
{
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_record_string(&json, "schema", "ganfield/stability-over/1");
    if (over->radius) {
        gf_json_key(&json, "h");
        gf_json_begin_array(&json);
        for (size_t k = 0; k < over->axis[over->along].count; k++)
            gf_json_number(&json,
                           gf_sweep_axis_at(&over->axis[over->along], k));
        gf_json_end_array(&json);
    }
    gf_json_key(&json, "lines");
    gf_json_begin_array(&json);
    for (size_t n = 0; n < over->lines; n++)
        record_line(&json, over, n);
    gf_json_end_array(&json);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

gf_status gf_report_stability_over(char **out, const gf_stability_over *over,
                                   const gf_report_options *options,
                                   gf_error *error)
{
    gf_text text;

    if (options && options->format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "axes have no LaTeX form");
    gf_text_init(&text);
    if (options && options->format == GF_FORMAT_JSON)
        write_json(&text, over);
    else
        write_csv(&text, over);
    *out = gf_text_take(&text);
    return *out ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");
}
