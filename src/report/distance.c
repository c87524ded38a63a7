/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Divergences between two distributions: a table for people, and JSON and CSV
   with every digit. */
#include <ganfield/report.h>

#include <math.h>
#include <string.h>

#include "report/layout.h"
#include "report/record.h"

/* Columns of the table, and of the sentences below it. */
enum { MOMENTS = 33, TITLE = 16, VALUE = 44, BAR = 61, HOW = 69, LABEL = 10 };

static const char *kernel_name(gf_kernel_kind kind)
{
    return kind == GF_KERNEL_RBF ? "rbf" : "laplace";
}

/* --- text -------------------------------------------------------------- */

static void add_distribution(gf_text *out, const char *name,
                             const gf_distribution *d)
{
    double mean = gf_distribution_mean(d), v = gf_distribution_variance(d);
    char x[GF_LAYOUT_FIGURE], y[GF_LAYOUT_FIGURE];
    gf_text moments;

    gf_layout_to(out, 0, name);
    gf_layout_to(out, 3, "");
    gf_layout_formula(out, 3, gf_distribution_text(d));
    gf_text_init(&moments);
    if (isfinite(mean) && isfinite(v))
        gf_text_addf(&moments, "mean %s, deviation %s",
                     gf_layout_figure(x, fabs(mean) < 1e-15 ? 0 : mean),
                     gf_layout_figure(y, sqrt(v)));
    if (moments.length > 0 && gf_layout_column(out) < MOMENTS)
        gf_layout_to(out, MOMENTS, gf_text_string(&moments));
    gf_layout_end(out);
    gf_layout_drop(out, &moments);
}

static void add_row(gf_text *out, gf_divergence_kind kind,
                    const gf_divergence *d)
{
    char value[GF_LAYOUT_FIGURE];
    gf_text cell;

    gf_layout_to(out, 0, gf_divergence_key(kind));
    gf_layout_to(out, TITLE, gf_divergence_title(kind));
    if (d->reason[0]) {
        gf_layout_to(out, VALUE, isinf(d->value) ? "∞" : "-");
        gf_layout_end(out);
        return;
    }
    gf_layout_to(out, VALUE, gf_layout_figure(value, d->value));
    gf_text_init(&cell);
    gf_text_add(&cell, "± ");
    gf_layout_number(&cell, d->error, 1);
    gf_layout_to(out, BAR, gf_text_string(&cell));
    gf_layout_drop(out, &cell);
    gf_layout_to(out, HOW, gf_divergence_how_name(d->how));
    gf_layout_end(out);
}

/* "infinite  kl, pearson: P has mass ...", once for each reason. */
static void add_reasons(gf_text *out, const gf_divergences *all)
{
    for (int i = 0; i < GF_DIVERGENCE_COUNT; i++) {
        const gf_divergence *d = &all->item[i];
        bool is_first = d->asked && d->reason[0];
        gf_text words;
        for (int k = 0; k < i && is_first; k++)
            is_first = !all->item[k].asked ||
                       strcmp(all->item[k].reason, d->reason) != 0;
        if (!is_first)
            continue;
        gf_text_init(&words);
        for (int k = i; k < GF_DIVERGENCE_COUNT; k++)
            if (all->item[k].asked &&
                strcmp(all->item[k].reason, d->reason) == 0)
                gf_text_addf(&words, "%s%s", k > i ? ", " : "",
                             gf_divergence_key((gf_divergence_kind)k));
        gf_text_addf(&words, ": %s", d->reason);
        gf_text_addf(out, "%-*s", LABEL,
                     isinf(d->value) ? "infinite" : "left out");
        gf_layout_words(out, LABEL, gf_text_string(&words));
        gf_layout_end(out);
        gf_layout_drop(out, &words);
    }
}

static void add_setting(gf_text *out, bool *is_begun, const char *name,
                        const char *value)
{
    gf_text_addf(out, "%s%s = %s", *is_begun ? ", " : "with      ", name,
                 value);
    *is_begun = true;
}

/* The numbers that the answers depend on. */
static void add_settings(gf_text *out, const gf_divergences *all)
{
    const gf_divergence_options *o = &all->options;
    char number[GF_LAYOUT_FIGURE];
    bool is_begun = false;

    if (o->which[GF_DIVERGENCE_ALPHA])
        add_setting(out, &is_begun, "alpha",
                    gf_layout_figure(number, o->alpha));
    if (o->which[GF_DIVERGENCE_MMD] || o->which[GF_DIVERGENCE_MMD2]) {
        gf_text_addf(out, "%skernel %s", is_begun ? ", " : "with      ",
                     kernel_name(o->kernel));
        gf_text_addf(out, " of width %s",
                     gf_layout_figure(number, o->bandwidth));
        is_begun = true;
    }
    if (o->which[GF_DIVERGENCE_F])
        add_setting(out, &is_begun, "f", o->f);
    if (is_begun)
        gf_layout_end(out);
}

static void write_text(gf_text *out, const gf_divergences *all,
                       const gf_distribution *p, const gf_distribution *q)
{
    add_distribution(out, "P", p);
    add_distribution(out, "Q", q);
    gf_text_add_char(out, '\n');
    for (int i = 0; i < GF_DIVERGENCE_COUNT; i++)
        if (all->item[i].asked)
            add_row(out, (gf_divergence_kind)i, &all->item[i]);
    add_reasons(out, all);
    add_settings(out, all);
}

/* --- JSON and CSV ------------------------------------------------------ */

static void record_distribution(gf_json *json, const char *key,
                                const gf_distribution *d)
{
    gf_json_key(json, key);
    gf_json_begin_object(json);
    gf_record_string(json, "text", gf_distribution_text(d));
    gf_record_number(json, "mean", gf_distribution_mean(d));
    gf_record_number(json, "variance", gf_distribution_variance(d));
    gf_json_end_object(json);
}

static void record_divergence(gf_json *json, gf_divergence_kind kind,
                              const gf_divergence *d)
{
    gf_json_key(json, gf_divergence_key(kind));
    gf_json_begin_object(json);
    gf_record_number(json, "value", d->value);
    gf_record_number(json, "error", d->error);
    gf_record_bool(json, "infinite", isinf(d->value));
    gf_record_string(json, "how", gf_divergence_how_name(d->how));
    gf_record_string(json, "reason", d->reason[0] ? d->reason : NULL);
    gf_json_end_object(json);
}

static void write_json(gf_text *out, const gf_divergences *all,
                       const gf_distribution *p, const gf_distribution *q)
{
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_record_string(&json, "schema", "ganfield/distance/1");
    record_distribution(&json, "p", p);
    record_distribution(&json, "q", q);
    gf_record_number(&json, "alpha", all->options.alpha);
    gf_record_string(&json, "f", all->options.f);
    gf_record_string(&json, "kernel", kernel_name(all->options.kernel));
    gf_record_number(&json, "bandwidth", all->options.bandwidth);
    gf_json_key(&json, "distances");
    gf_json_begin_object(&json);
    for (int i = 0; i < GF_DIVERGENCE_COUNT; i++)
        if (all->item[i].asked)
            record_divergence(&json, (gf_divergence_kind)i, &all->item[i]);
    gf_json_end_object(&json);
    gf_json_key(&json, "evaluations");
    gf_json_integer(&json, (long long)all->evaluations);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

static void write_csv(gf_text *out, const gf_divergences *all)
{
    gf_text_add(out, "distance,value,error,how,reason\n");
    for (int i = 0; i < GF_DIVERGENCE_COUNT; i++) {
        const gf_divergence *d = &all->item[i];
        if (!d->asked)
            continue;
        gf_text_addf(out, "%s,", gf_divergence_key((gf_divergence_kind)i));
        gf_text_add_number(out, d->value);
        gf_text_add_char(out, ',');
        gf_text_add_number(out, d->error);
        gf_text_addf(out, ",%s,", gf_divergence_how_name(d->how));
        if (d->reason[0])
            gf_text_addf(out, "\"%s\"", d->reason);
        gf_text_add_char(out, '\n');
    }
}

gf_status gf_report_divergences(char **out, const gf_divergences *all,
                                const gf_distribution *p,
                                const gf_distribution *q,
                                const gf_report_options *options,
                                gf_error *error)
{
    gf_format format = options ? options->format : GF_FORMAT_TEXT;
    gf_text text;

    if (format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "distances have no LaTeX form");
    gf_text_init(&text);
    if (format == GF_FORMAT_JSON)
        write_json(&text, all, p, q);
    else if (format == GF_FORMAT_CSV)
        write_csv(&text, all);
    else
        write_text(&text, all, p, q);
    *out = gf_text_take(&text);
    if (*out)
        return GF_OK;
    return gf_error_set(error, GF_MEMORY, "out of memory");
}
