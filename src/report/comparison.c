/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nets side by side. */
#include <ganfield/report.h>

#include <math.h>
#include <string.h>

#include "report/layout.h"
#include "report/record.h"

enum { NET = 2, SEEDS = 30 };

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

static void write_text(gf_text *out, const gf_play_setup *setup,
                       const char *const *name, const gf_comparison *all)
{
    gf_text_addf(out, "%s, %s, %s, kernels %s, to t = %.6g, %zu seeds a net\n",
                 setup->field->name, gf_distribution_text(setup->data),
                 gf_representation_name(setup->representation),
                 setup->course.frozen ? "frozen" : "moving",
                 setup->course.until, all->net[0].seeds);
    gf_layout_to(out, NET, "critic");
    gf_layout_to(out, SEEDS, "tr K/n");
    gf_layout_to(out, SEEDS + 9, "zeros");
    gf_layout_to(out, SEEDS + 16, "damping");
    gf_layout_to(out, SEEDS + 26, "first gap");
    gf_layout_to(out, SEEDS + 37, "last gap");
    gf_layout_end(out);
    for (size_t i = 0; i < all->count; i++) {
        const gf_compared *net = &all->net[i];
        gf_layout_to(out, NET, name[i]);
        if (strlen(name[i]) > SEEDS - NET - 2)
            gf_layout_end(out);
        add_figure(out, SEEDS, net->scale);
        add_figure(out, SEEDS + 9, net->zero);
        add_figure(out, SEEDS + 16, net->damping);
        add_figure(out, SEEDS + 26, net->first_gap);
        add_figure(out, SEEDS + 37, net->last_gap);
        gf_layout_end(out);
        gf_layout_to(out, NET + 2, "");
        add_ends(out, net);
        if (net->unstable > 0)
            gf_text_addf(out, "; %zu with an unstable mode", net->unstable);
        if (net->undamped > 0)
            gf_text_addf(out, "; %zu with an undamped mode", net->undamped);
        gf_layout_end(out);
    }
    gf_text_add(out,
                "  medians over the seeds; damping: the least of a mode\n");
}

static void write_csv(gf_text *out, const char *const *name,
                      const gf_comparison *all)
{
    gf_text_add(out, "net,seeds");
    for (int end = 0; end <= GF_COURSE_BLIND; end++)
        gf_text_addf(out, ",%s", gf_course_end_name((gf_course_end)end));
    gf_text_add(out, ",scale,zero,damping,first_gap,last_gap,drift\n");
    for (size_t i = 0; i < all->count; i++) {
        const gf_compared *net = &all->net[i];
        const double cell[] = {net->scale,     net->zero,     net->damping,
                               net->first_gap, net->last_gap, net->drift};
        gf_text_addf(out, "\"%s\",%zu", name[i], net->seeds);
        for (int end = 0; end <= GF_COURSE_BLIND; end++)
            gf_text_addf(out, ",%zu", net->ends[end]);
        for (size_t k = 0; k < sizeof cell / sizeof *cell; k++) {
            gf_text_add_char(out, ',');
            if (isfinite(cell[k]))
                gf_text_add_number(out, cell[k]);
        }
        gf_text_add_char(out, '\n');
    }
}

static void record_net(gf_json *json, const char *name, const gf_compared *net)
{
    gf_json_begin_object(json);
    gf_record_string(json, "net", name);
    gf_json_key(json, "seeds");
    gf_json_integer(json, (long long)net->seeds);
    gf_json_key(json, "verdicts");
    gf_json_begin_object(json);
    for (int end = 0; end <= GF_COURSE_BLIND; end++) {
        gf_json_key(json, gf_course_end_name((gf_course_end)end));
        gf_json_integer(json, (long long)net->ends[end]);
    }
    gf_json_end_object(json);
    gf_record_number(json, "scale", net->scale);
    gf_record_number(json, "zero", net->zero);
    gf_record_number(json, "damping", net->damping);
    gf_json_key(json, "unstable");
    gf_json_integer(json, (long long)net->unstable);
    gf_json_key(json, "undamped");
    gf_json_integer(json, (long long)net->undamped);
    gf_record_number(json, "first_gap", net->first_gap);
    gf_record_number(json, "last_gap", net->last_gap);
    gf_record_number(json, "drift", net->drift);
    gf_json_end_object(json);
}

static void write_json(gf_text *out, const gf_play_setup *setup,
                       const char *const *name, const gf_comparison *all)
{
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_record_string(&json, "schema", "ganfield/kernel-compare/1");
    gf_record_field(&json, setup->field);
    gf_record_string(&json, "representation",
                     gf_representation_name(setup->representation));
    gf_record_string(&json, "data", gf_distribution_text(setup->data));
    gf_record_bool(&json, "frozen", setup->course.frozen);
    gf_record_number(&json, "until", setup->course.until);
    gf_json_key(&json, "nets");
    gf_json_begin_array(&json);
    for (size_t i = 0; i < all->count; i++)
        record_net(&json, name[i], &all->net[i]);
    gf_json_end_array(&json);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

gf_status gf_report_comparison(char **out, const gf_play_setup *setup,
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
        write_csv(&text, name, all);
    else
        write_text(&text, setup, name, all);
    if (text.failed) {
        gf_text_clear(&text);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    *out = gf_text_take(&text);
    return GF_OK;
}
