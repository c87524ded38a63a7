/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/geometry.h"

#include <math.h>

#include "report/layout.h"
#include "report/record.h"

enum { VALUES_SHOWN = 6, DIGITS = 6 };
/* An imaginary part below this part of the largest eigenvalue is rounding. */
static const double ROUNDING = 1e-12;

const char *gf_player_name(size_t player)
{
    return player == GF_CRITIC ? "critic" : "generator";
}

/* --- text ------------------------------------------------------------------
 */

void gf_geometry_label(gf_text *out, const char *label)
{
    gf_layout_to(out, GF_GEOMETRY_LABEL, label);
    gf_layout_to(out, GF_GEOMETRY_TEXT, "");
}

void gf_geometry_head(gf_text *out, const gf_duel_report *r, const char *what)
{
    const gf_duel_setup *s = gf_duel_setup_of(r->duel);

    gf_text_addf(out, "%s: %s\n", s->field->name, what);
    for (size_t player = 0; player < 2; player++) {
        gf_geometry_label(out, gf_player_name(player));
        gf_text_addf(out, "%s, %zu parameters", r->text[player],
                     s->fighter[player].parameters);
        gf_layout_end(out);
    }
    gf_geometry_label(out, "data");
    gf_layout_words(out, GF_GEOMETRY_TEXT, gf_distribution_text(s->data));
    gf_layout_end(out);
    gf_geometry_label(out, "batch");
    if (s->is_full)
        gf_text_addf(out, "%zu quantiles", s->batch);
    else
        gf_text_addf(out, "%zu points, seed %llu", s->batch,
                     (unsigned long long)s->seed);
    gf_layout_end(out);
}

static void add_value(gf_text *out, double re, double im)
{
    gf_layout_number(out, re, DIGITS);
    if (im == 0)
        return;
    gf_text_add(out, "~±~");
    gf_layout_number(out, fabs(im), DIGITS);
    gf_text_add(out, "i");
}

void gf_geometry_values(gf_text *out, const char *label, const gf_krylov *k)
{
    gf_text words;
    double top = 0;
    size_t shown = 0, i = 0;

    gf_text_init(&words);
    for (size_t j = 0; j < k->count; j++)
        top = fmax(top, hypot(k->re[j], k->im[j]));
    for (; i < k->count && shown < VALUES_SHOWN; i++) {
        bool is_real = fabs(k->im[i]) <= ROUNDING * top;
        if (k->im[i] < 0 && !is_real)
            continue;
        if (shown++ > 0)
            gf_text_add(&words, ", ");
        add_value(&words, k->re[i], is_real ? 0 : k->im[i]);
    }
    if (i < k->count && k->count == k->size)
        gf_text_addf(&words, ", ... (%zu)", k->count);
    gf_geometry_label(out, label);
    gf_layout_words(out, GF_GEOMETRY_TEXT, gf_text_string(&words));
    gf_layout_end(out);
    if (!k->is_converged) {
        gf_layout_to(out, GF_GEOMETRY_TEXT, "not converged");
        gf_layout_end(out);
    }
    gf_layout_drop(out, &words);
}

void gf_geometry_add(gf_text *out, const char *before, double x)
{
    gf_text_add(out, before);
    gf_layout_number(out, x, DIGITS);
}

void gf_geometry_row(gf_text *out, const double *at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        gf_text_add_number(out, at[i]);
        gf_text_add_char(out, i + 1 < count ? ',' : '\n');
    }
}

void gf_geometry_best_note(gf_text *out, const gf_geometry_best *best,
                           double damping)
{
    gf_geometry_label(out, "best critic");
    gf_geometry_add(out, "gain ", best->gain);
    if (damping > 0)
        gf_geometry_add(out, " with damping ", damping);
    gf_text_addf(out, ", after %zu steps", best->steps);
    gf_layout_end(out);
    gf_layout_to(out, GF_GEOMETRY_TEXT, "");
    gf_geometry_add(out, "its Hessian's largest eigenvalue ", best->curve);
    gf_layout_end(out);
    if (!best->is_best) {
        gf_layout_to(out, GF_GEOMETRY_TEXT, "");
        gf_text_addf(out, "not at its best: its gradient is still %.1e",
                     best->gradient);
        gf_layout_end(out);
    } else if (!(best->curve < 0)) {
        gf_layout_to(out, GF_GEOMETRY_TEXT,
                     "no strict maximum: --damping would make it one");
        gf_layout_end(out);
    } else if (best->is_flat) {
        gf_layout_to(out, GF_GEOMETRY_TEXT,
                     "almost flat, as where parameters do the same, or where");
        gf_layout_end(out);
        gf_layout_to(out, GF_GEOMETRY_TEXT,
                     "data and fakes lie apart and no critic is the best:");
        gf_layout_end(out);
        gf_layout_to(out, GF_GEOMETRY_TEXT,
                     "--damping RHO would make it a strict maximum");
        gf_layout_end(out);
    }
}

gf_status gf_geometry_take(char **out, gf_text *text, gf_error *error)
{
    *out = gf_text_take(text);
    return *out ? GF_OK : gf_error_set(error, GF_MEMORY, "out of memory");
}

/* --- JSON ------------------------------------------------------------------
 */

void gf_geometry_record_count(gf_json *json, const char *key, size_t n)
{
    gf_json_key(json, key);
    gf_json_integer(json, (long long)n);
}

void gf_geometry_record_vector(gf_json *json, const char *key, const double *at,
                               size_t count)
{
    if (key)
        gf_json_key(json, key);
    gf_json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        gf_json_number(json, at[i]);
    gf_json_end_array(json);
}

void gf_geometry_record_matrix(gf_json *json, const char *key, const double *at,
                               size_t rows, size_t columns)
{
    gf_json_key(json, key);
    gf_json_begin_array(json);
    for (size_t i = 0; i < rows; i++)
        gf_geometry_record_vector(json, NULL, at + i * columns, columns);
    gf_json_end_array(json);
}

void gf_geometry_record_head(gf_json *json, const gf_duel_report *r,
                             const char *schema)
{
    const gf_duel_setup *s = gf_duel_setup_of(r->duel);

    gf_record_string(json, "schema", schema);
    gf_record_field(json, s->field);
    gf_record_string(json, "data", gf_distribution_text(s->data));
    for (size_t player = 0; player < 2; player++)
        gf_record_string(json, gf_player_name(player), r->text[player]);
    gf_record_string(json, "latent", gf_latent_name(s->latent));
    gf_geometry_record_count(json, "batch", s->batch);
    gf_record_bool(json, "full_batch", s->is_full);
    gf_geometry_record_count(json, "seed", (size_t)s->seed);
    gf_json_key(json, "parameters");
    gf_json_begin_array(json);
    for (size_t player = 0; player < 2; player++)
        gf_json_integer(json, (long long)s->fighter[player].parameters);
    gf_json_end_array(json);
}

void gf_geometry_record_values(gf_json *json, const char *key,
                               const gf_krylov *k)
{
    gf_json_key(json, key);
    if (k->count == 0) {
        gf_json_null(json);
        return;
    }
    gf_json_begin_object(json);
    gf_json_key(json, "values");
    gf_json_begin_array(json);
    for (size_t i = 0; i < k->count; i++)
        gf_geometry_record_vector(json, NULL,
                                  (const double[]){k->re[i], k->im[i]}, 2);
    gf_json_end_array(json);
    gf_geometry_record_vector(json, "residuals", k->residual, k->count);
    gf_record_bool(json, "converged", k->is_converged);
    gf_json_end_object(json);
}

void gf_geometry_record_best(gf_json *json, const gf_geometry_best *best,
                             double damping)
{
    gf_json_key(json, "best");
    gf_json_begin_object(json);
    gf_record_number(json, "damping", damping);
    gf_record_number(json, "gain", best->gain);
    gf_record_number(json, "gradient", best->gradient);
    gf_record_number(json, "curve", best->curve);
    gf_geometry_record_count(json, "steps", best->steps);
    gf_geometry_record_count(json, "products", best->products);
    gf_record_bool(json, "is_best", best->is_best);
    gf_json_end_object(json);
}
