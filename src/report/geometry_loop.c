/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What loops leave of a critic. */
#include "report/geometry.h"

#include <math.h>

#include "report/layout.h"
#include "report/record.h"

enum { RADII_SHOWN = 5, COLUMN = 12 };

/* --- text ------------------------------------------------------------------
 */

static void add_cell(gf_text *out, size_t k, double x)
{
    gf_layout_to(out, GF_GEOMETRY_TEXT + k * COLUMN, "");
    if (isnan(x))
        gf_text_add(out, "-");
    else
        gf_text_addf(out, "%.4g", x);
}

/* A row of numbers for the radii; those of the gaps are counts apart. */
static void add_row(gf_text *out, const gf_geometry_loop *l, const double *at,
                    size_t apart)
{
    for (size_t i = 0; i < l->radii && i < RADII_SHOWN; i++)
        add_cell(out, i, at[i * apart]);
    gf_layout_end(out);
}

static void write_text(gf_text *out, const gf_duel_report *r,
                       const gf_geometry_loop *l)
{
    bool has_swing = false;

    gf_geometry_head(out, r, "what loops of the generator leave of the critic");
    gf_geometry_best_note(out, &l->best, l->damping);
    gf_geometry_label(out, "loops");
    gf_text_addf(out, "%s, %zu places, ", l->is_line ? "out and back" : "round",
                 l->places);
    gf_geometry_add(out, "critic's steps of ", l->step);
    gf_layout_end(out);
    gf_text_add(out,
                "  D at the end less D at the beginning, root mean square");
    gf_layout_end(out);
    gf_geometry_label(out, "radius");
    add_row(out, l, l->radius, 1);
    for (size_t k = 0; k < l->counts; k++) {
        gf_text_add(out, "  ");
        if (l->steps[k] == GF_GEOMETRY_TO_THE_BEST)
            gf_text_add(out, "to the best");
        else
            gf_text_addf(out, "%zu a place", l->steps[k]);
        if (l->steps[k] == GF_GEOMETRY_TO_THE_BEST && !l->best.is_best) {
            gf_layout_to(out, GF_GEOMETRY_TEXT, "not found where loops begin");
            gf_layout_end(out);
            continue;
        }
        add_row(out, l, l->gap + k, l->counts);
    }
    for (size_t i = 0; i < l->radii; i++)
        has_swing = has_swing || !isnan(l->swing[i]);
    if (!has_swing)
        return;
    gf_geometry_label(out, "on the way");
    add_row(out, l, l->swing, 1);
    gf_layout_to(out, GF_GEOMETRY_TEXT,
                 "(how far from its beginning the best critic comes)");
    gf_layout_end(out);
}

/* --- JSON and CSV ----------------------------------------------------------
 */

static void write_json(gf_text *out, const gf_duel_report *r,
                       const gf_geometry_loop *l)
{
    size_t generator =
        gf_duel_setup_of(r->duel)->fighter[GF_GENERATOR].parameters;
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_geometry_record_head(&json, r, "ganfield/geometry-hysteresis/1");
    gf_geometry_record_best(&json, &l->best, l->damping);
    gf_record_string(&json, "loop", l->is_line ? "line" : "round");
    gf_geometry_record_count(&json, "places", l->places);
    gf_record_number(&json, "step", l->step);
    gf_geometry_record_matrix(&json, "directions", l->direction, 2, generator);
    gf_geometry_record_vector(&json, "radii", l->radius, l->radii);
    gf_json_key(&json, "steps");
    gf_json_begin_array(&json);
    for (size_t k = 0; k < l->counts; k++)
        if (l->steps[k] == GF_GEOMETRY_TO_THE_BEST)
            gf_json_null(&json);
        else
            gf_json_integer(&json, (long long)l->steps[k]);
    gf_json_end_array(&json);
    gf_geometry_record_matrix(&json, "gaps", l->gap, l->radii, l->counts);
    gf_geometry_record_matrix(&json, "reverse_gaps", l->reverse, l->radii,
                              l->counts);
    gf_geometry_record_vector(&json, "swing", l->swing, l->radii);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

static void write_csv(gf_text *out, const gf_geometry_loop *l)
{
    gf_text_add(out, "radius,steps,gap,reverse\n");
    for (size_t i = 0; i < l->radii; i++)
        for (size_t k = 0; k < l->counts; k++) {
            size_t at = i * l->counts + k;
            double steps = l->steps[k] == GF_GEOMETRY_TO_THE_BEST
                               ? INFINITY
                               : (double)l->steps[k];
            const double row[] = {l->radius[i], steps, l->gap[at],
                                  l->reverse[at]};
            gf_geometry_row(out, row, 4);
        }
}

gf_status gf_report_loop(char **out, const gf_duel_report *duel,
                         const gf_geometry_loop *loop,
                         const gf_report_options *options, gf_error *error)
{
    gf_format format = options ? options->format : GF_FORMAT_TEXT;
    gf_text text;

    if (format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "a loop has no LaTeX form");
    gf_text_init(&text);
    if (format == GF_FORMAT_JSON)
        write_json(&text, duel, loop);
    else if (format == GF_FORMAT_CSV)
        write_csv(&text, loop);
    else
        write_text(&text, duel, loop);
    return gf_geometry_take(out, &text, error);
}
