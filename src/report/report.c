/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ganfield/report.h>

#include "report/explain.h"
#include "report/note.h"
#include "report/record.h"
#include "report/show.h"

/* One document of one kind for one field. */
typedef gf_status (*text_fn)(gf_text *out, const gf_classification *c,
                             const gf_report_options *options, gf_error *error);
typedef gf_status (*record_fn)(gf_json *json, const gf_classification *c,
                               gf_error *error);

static gf_status finish(char **out, gf_text *text, gf_status status,
                        gf_error *error)
{
    if (!status && text->failed)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    if (!status)
        *out = gf_text_take(text);
    gf_text_clear(text);
    return status;
}

static gf_status refuse_csv(gf_error *error)
{
    return gf_error_set(error, GF_ARGUMENT, "the report has no CSV form");
}

static gf_status each(gf_text *out, const gf_classification *const *c,
                      size_t count, const gf_report_options *options,
                      text_fn write, gf_error *error)
{
    gf_status status = GF_OK;

    for (size_t i = 0; i < count && !status; i++) {
        if (i > 0)
            gf_text_add_char(out, '\n');
        status = write(out, c[i], options, error);
    }
    return status;
}

static gf_status record(gf_text *out, const gf_classification *const *c,
                        size_t count, bool is_array, record_fn write,
                        gf_error *error)
{
    gf_json json;
    gf_status status = GF_OK;

    gf_json_init(&json, out);
    if (is_array)
        gf_json_begin_array(&json);
    for (size_t i = 0; i < count && !status; i++)
        status = write(&json, c[i], error);
    if (status)
        return status;
    if (is_array)
        gf_json_end_array(&json);
    gf_text_add_char(out, '\n');
    return GF_OK;
}

static gf_status classify_text(gf_text *out, const gf_classification *c,
                               const gf_report_options *options,
                               gf_error *error)
{
    if (options->explain || options->format == GF_FORMAT_LATEX)
        return gf_explain(out, c, options->format == GF_FORMAT_LATEX, error);
    gf_note_write(out, c, options->verbose);
    return GF_OK;
}

static gf_status classify_record(gf_json *json, const gf_classification *c,
                                 gf_error *error)
{
    (void)error;
    gf_record_classification(json, c);
    return GF_OK;
}

static gf_status show_text(gf_text *out, const gf_classification *c,
                           const gf_report_options *options, gf_error *error)
{
    return gf_show_write(out, c, options->format == GF_FORMAT_LATEX, error);
}

static gf_status list_record(gf_json *json, const gf_classification *c,
                             gf_error *error)
{
    (void)error;
    gf_record_entry(json, c);
    return GF_OK;
}

gf_status gf_report_classify(char **out, const gf_classification *const *c,
                             size_t count, const gf_report_options *options,
                             gf_error *error)
{
    static const gf_report_options defaults = {.format = GF_FORMAT_TEXT};
    gf_status status = GF_OK;
    gf_text text;

    options = options ? options : &defaults;
    if (options->format == GF_FORMAT_CSV)
        return refuse_csv(error);
    gf_text_init(&text);
    if (options->format == GF_FORMAT_JSON)
        status = record(&text, c, count, count > 1, classify_record, error);
    else if (count == 1 || options->explain || options->verbose ||
             options->format == GF_FORMAT_LATEX)
        status = each(&text, c, count, options, classify_text, error);
    else
        gf_note_table(&text, c, count);
    return finish(out, &text, status, error);
}

gf_status gf_report_show(char **out, const gf_classification *const *c,
                         size_t count, const gf_report_options *options,
                         gf_error *error)
{
    static const gf_report_options defaults = {.format = GF_FORMAT_TEXT};
    gf_status status;
    gf_text text;

    options = options ? options : &defaults;
    if (options->format == GF_FORMAT_CSV)
        return refuse_csv(error);
    gf_text_init(&text);
    if (options->format == GF_FORMAT_JSON)
        status = record(&text, c, count, count > 1, gf_show_record, error);
    else
        status = each(&text, c, count, options, show_text, error);
    return finish(out, &text, status, error);
}

gf_status gf_report_list(char **out, const gf_classification *const *c,
                         size_t count, const gf_report_options *options,
                         gf_error *error)
{
    static const gf_report_options defaults = {.format = GF_FORMAT_TEXT};
    gf_status status = GF_OK;
    gf_text text;

    options = options ? options : &defaults;
    if (options->format == GF_FORMAT_CSV)
        return refuse_csv(error);
    if (options->format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "the list has no LaTeX form");
    gf_text_init(&text);
    if (options->format == GF_FORMAT_JSON)
        status = record(&text, c, count, true, list_record, error);
    else
        gf_list_write(&text, c, count);
    return finish(out, &text, status, error);
}
