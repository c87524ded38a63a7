/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kernels: for people a summary, for programs every number. */
#include <ganfield/report.h>

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/layout.h"
#include "report/record.h"

/* A kernel of at most so many points is shown whole; so many eigenvalues. */
enum { SHOWN_POINTS = 6, SHOWN_VALUES = 12 };

/* --- JSON ------------------------------------------------------------------
 */

static void record_vector(gf_json *json, const char *key, const double *at,
                          size_t count)
{
    if (key)
        gf_json_key(json, key);
    if (!at) {
        gf_json_null(json);
        return;
    }
    gf_json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        gf_json_number(json, at[i]);
    gf_json_end_array(json);
}

static void record_matrix(gf_json *json, const char *key, const double *at,
                          size_t rows, size_t columns)
{
    gf_json_key(json, key);
    gf_json_begin_array(json);
    for (size_t i = 0; i < rows; i++)
        record_vector(json, NULL, at + i * columns, columns);
    gf_json_end_array(json);
}

static void record_head(gf_json *json, const char *schema,
                        const gf_kernel_report *r)
{
    gf_record_string(json, "schema", schema);
    gf_record_string(json, "net", r->net);
    gf_record_integer(json, "parameters", r->shape->parameters);
    gf_record_string(json, "init", gf_init_rule_name(r->shape->init));
    gf_record_integer(json, "seed", (size_t)r->shape->seed);
    gf_record_bool(json, "infinite", r->is_infinite);
    gf_record_string(json, "bn", r->bn);
    record_matrix(json, "points", r->x, r->count, r->shape->size[0]);
}

static void record_study(gf_json *json, const gf_kernel_study *s)
{
    record_vector(json, "eigenvalues", s->eigenvalue, s->count);
    gf_record_number(json, "trace", s->trace);
    gf_record_number(json, "effective_rank", s->effective_rank);
    gf_record_number(json, "participation_ratio", s->participation);
    gf_record_integer(json, "rank", s->rank);
    gf_record_number(json, "condition", s->condition);
    gf_record_number(json, "constant_share", s->constant_share);
    gf_record_number(json, "correlation", s->correlation);
    gf_record_number(json, "identity_alignment", s->identity_alignment);
    gf_record_number(json, "target_alignment", s->target_alignment);
    gf_record_number(json, "field_alignment", s->field_alignment);
    record_vector(json, "retained", s->retained, s->count);
    gf_record_number(json, "other_alignment", s->other_alignment);
    gf_record_number(json, "drift", s->drift);
    if (s->mode)
        record_matrix(json, "modes", s->mode, s->count, s->count);
}

static void write_json(gf_text *out, const gf_kernel_report *r, bool is_gram)
{
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    record_head(
        &json, is_gram ? "ganfield/kernel/1" : "ganfield/kernel-spectrum/1", r);
    if (is_gram) {
        record_vector(&json, "output", r->output, r->count);
        record_matrix(&json, "gram", r->k, r->count, r->count);
        if (r->nngp)
            record_matrix(&json, "nngp", r->nngp, r->count, r->count);
        record_vector(&json, "eigenvalues",
                      r->study ? r->study->eigenvalue : NULL, r->count);
    } else {
        record_study(&json, r->study);
    }
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

/* --- text ------------------------------------------------------------------
 */

static void note_head(gf_text *out, const gf_kernel_report *r)
{
    const gf_net_shape *shape = r->shape;
    char a[GF_LAYOUT_FIGURE], b[GF_LAYOUT_FIGURE];

    gf_layout_words(out, 2, r->net);
    gf_layout_end(out);
    if (r->is_infinite) {
        gf_text_addf(
            out, "  infinite width    sw2 = %s, sb2 = %s",
            gf_layout_figure(a, shape->is_ntk ? shape->weight_variance : 2),
            gf_layout_figure(b, shape->is_ntk ? shape->bias_variance : 1));
    } else {
        gf_text_addf(out, "  parameters        %zu, init %s, seed %llu",
                     shape->parameters, gf_init_rule_name(shape->init),
                     (unsigned long long)shape->seed);
    }
    gf_layout_end(out);
    gf_text_addf(out, "  points            %zu", r->count);
    if (r->bn)
        gf_text_addf(out, ", batch norm %s", r->bn);
    gf_layout_end(out);
}

static void note_matrix(gf_text *out, const gf_kernel_report *r)
{
    for (size_t i = 0; i < r->count; i++) {
        gf_text_add(out,
                    i == 0 ? "  K                 " : "                    ");
        for (size_t j = 0; j < r->count; j++)
            gf_text_addf(out, "%-10.4g", r->k[i * r->count + j] + 0.0);
        gf_layout_end(out);
    }
}

static void note_values(gf_text *out, const gf_kernel_study *s)
{
    gf_text words;
    char figure[GF_LAYOUT_FIGURE];

    gf_text_init(&words);
    for (size_t i = 0; i < s->count && i < SHOWN_VALUES; i++) {
        snprintf(figure, sizeof figure, "%.5g", s->eigenvalue[i] + 0.0);
        gf_text_addf(&words, "%s%s", i ? ", " : "", figure);
    }
    if (s->count > SHOWN_VALUES)
        gf_text_addf(&words, ", ... (%zu)", s->count);
    gf_text_add(out, "  eigenvalues");
    gf_layout_to(out, 20, "");
    gf_layout_words(out, 20, words.data ? words.data : "");
    gf_layout_end(out);
    gf_layout_drop(out, &words);
}

static void note_gram(gf_text *out, const gf_kernel_report *r)
{
    double low = r->k[0], high = low, trace = 0;
    char a[GF_LAYOUT_FIGURE], b[GF_LAYOUT_FIGURE], c[GF_LAYOUT_FIGURE];

    note_head(out, r);
    for (size_t i = 0; i < r->count * r->count; i++) {
        low = fmin(low, r->k[i]);
        high = fmax(high, r->k[i]);
    }
    for (size_t i = 0; i < r->count; i++)
        trace += r->k[i * r->count + i];
    gf_text_addf(out, "  kernel            from %s to %s, trace %s",
                 gf_layout_figure(a, low), gf_layout_figure(b, high),
                 gf_layout_figure(c, trace));
    gf_layout_end(out);
    if (r->count <= SHOWN_POINTS)
        note_matrix(out, r);
    if (r->study)
        note_values(out, r->study);
}

/* "  name       value   what it means" */
static void note_number(gf_text *out, const char *name, double value,
                        const char *meaning)
{
    char figure[GF_LAYOUT_FIGURE];

    if (isnan(value))
        return;
    snprintf(figure, sizeof figure, "%.6g", value + 0.0);
    gf_text_addf(out, "  %-18s%-14s%s", name, figure, meaning);
    gf_layout_end(out);
}

static void note_retained(gf_text *out, const gf_kernel_study *s)
{
    bool is_first = true;

    if (!s->retained)
        return;
    gf_text_add(out, "  kept by modes     ");
    for (size_t r = 1; r <= s->count && r <= 64; r *= 2) {
        gf_text_addf(out, "%s%zu: %.4g", is_first ? "" : ", ", r,
                     s->retained[r - 1]);
        is_first = false;
    }
    gf_layout_end(out);
}

static void note_spectrum(gf_text *out, const gf_kernel_report *r)
{
    const gf_kernel_study *s = r->study;

    note_head(out, r);
    note_values(out, s);
    note_number(out, "trace", s->trace, "");
    note_number(out, "effective rank", s->effective_rank,
                "exp of the entropy of the eigenvalues");
    note_number(out, "participation", s->participation,
                "(sum)^2 over the sum of squares");
    note_number(out, "rank", (double)s->rank, "above 1e-10 of the largest");
    note_number(out, "condition", s->condition, "");
    note_number(out, "constant mode", s->constant_share,
                "1: all points move as one");
    note_number(out, "correlation", s->correlation, "mean between two points");
    note_number(out, "like the identity", s->identity_alignment, "centred");
    note_number(out, "with the target", s->target_alignment, "centred");
    note_number(out, "with the field", s->field_alignment,
                "cosine of y and K y");
    note_retained(out, s);
    note_number(out, "with the other", s->other_alignment, "centred (CKA)");
    note_number(out, "drift", s->drift, "|K - K'|/|K'|");
}

static gf_status write(char **out, const gf_kernel_report *r, bool is_gram,
                       const gf_report_options *options, gf_error *error)
{
    gf_format format = options ? options->format : GF_FORMAT_TEXT;
    gf_text text;

    if (format == GF_FORMAT_LATEX || format == GF_FORMAT_CSV)
        return gf_error_set(error, GF_ARGUMENT,
                            "a kernel is written as text, JSON or NPY");
    gf_text_init(&text);
    if (format == GF_FORMAT_JSON)
        write_json(&text, r, is_gram);
    else if (is_gram)
        note_gram(&text, r);
    else
        note_spectrum(&text, r);
    *out = gf_text_take(&text);
    return *out ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");
}

gf_status gf_report_gram(char **out, const gf_kernel_report *report,
                         const gf_report_options *options, gf_error *error)
{
    return write(out, report, true, options, error);
}

gf_status gf_report_kernel(char **out, const gf_kernel_report *report,
                           const gf_report_options *options, gf_error *error)
{
    return write(out, report, false, options, error);
}
