/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A loss on a plane of parameters. */
#include "report/geometry.h"

#include "report/layout.h"
#include "report/record.h"

static void add_plane(gf_text *out, const gf_geometry_plane *p)
{
    gf_geometry_label(out, "plane");
    if (p->kind == GF_SLICE_PARAMETERS)
        gf_text_addf(out, "along parameters %zu and %zu", p->parameter[0],
                     p->parameter[1]);
    else if (p->kind == GF_SLICE_RANDOM)
        gf_text_add(out, "random directions, by rows of weights");
    else
        gf_text_add(out, p->kind == GF_SLICE_TOP
                             ? "along the top eigenvectors of the Hessian"
                             : "along given directions");
    gf_text_addf(out, ", %zu x %zu places", p->count[0], p->count[1]);
    gf_layout_end(out);
    gf_layout_to(out, GF_GEOMETRY_TEXT, "a within ");
    gf_geometry_add(out, "", p->at[0][p->count[0] - 1]);
    gf_geometry_add(out, ", b within ", p->at[1][p->count[1] - 1]);
    gf_layout_end(out);
}

static void add_numbers(gf_text *out, const char *label, const double *at,
                        size_t count, const char *what)
{
    gf_geometry_label(out, label);
    for (size_t i = 0; i < count; i++)
        gf_geometry_add(out, i ? ", " : "", at[i]);
    gf_layout_to(out, 52, what);
    gf_layout_end(out);
}

static void write_text(gf_text *out, const gf_duel_report *r,
                       const gf_geometry_plane *p)
{
    gf_geometry_head(out, r,
                     p->player == GF_CRITIC ? "the critic's loss on a plane"
                                            : "the generator's loss on a "
                                              "plane");
    add_plane(out, p);
    gf_geometry_label(out, "loss");
    gf_geometry_add(out, "", p->loss_here);
    gf_geometry_add(out, " here, from ", p->least);
    gf_geometry_add(out, " to ", p->most);
    gf_layout_end(out);
    add_numbers(out, "gradient", p->gradient, 2, "by a and b");
    add_numbers(out, "Hessian", p->hessian_here, 3, "by aa, ab and bb");
    add_numbers(out, "curvature", p->curvature_here, 2, "its eigenvalues");
    gf_geometry_label(out, "symmetric");
    gf_text_addf(out, "to %.1e of %.3g on the plane", p->asymmetry, p->size);
    gf_layout_end(out);
    gf_text_addf(out, "  the whole Hessian here, %zu x %zu", p->parameters,
                 p->parameters);
    gf_layout_end(out);
    gf_geometry_values(out, "largest", &p->high);
    if (p->low.count > 0) {
        gf_geometry_values(out, "least", &p->low);
        return;
    }
    add_numbers(out, "least", &p->high.re[p->high.count - 1], 1, "");
    add_numbers(out, "trace", &p->trace, 1, "");
}

static void record_plane(gf_json *json, const gf_geometry_plane *p)
{
    size_t cells = p->count[0] * p->count[1];

    gf_record_string(json, "player", gf_player_name(p->player));
    gf_record_string(json, "plane", gf_slice_kind_name(p->kind));
    if (p->kind == GF_SLICE_PARAMETERS)
        gf_record_pair(json, "axes", (double)p->parameter[0],
                       (double)p->parameter[1]);
    gf_record_number(json, "loss", p->loss_here);
    gf_geometry_record_vector(json, "gradient", p->gradient, 2);
    gf_geometry_record_vector(json, "hessian", p->hessian_here, 3);
    gf_geometry_record_vector(json, "curvature", p->curvature_here, 2);
    gf_record_number(json, "asymmetry", p->asymmetry);
    gf_geometry_record_values(json, "largest", &p->high);
    gf_geometry_record_values(json, "least", &p->low);
    gf_record_number(json, "trace", p->trace);
    gf_geometry_record_vector(json, "a", p->at[0], p->count[0]);
    gf_geometry_record_vector(json, "b", p->at[1], p->count[1]);
    gf_geometry_record_matrix(json, "losses", p->loss, p->count[0],
                              p->count[1]);
    gf_geometry_record_matrix(json, "hessians", p->hessian, cells, 3);
    gf_geometry_record_matrix(json, "curvatures", p->curvature, cells, 2);
    gf_geometry_record_matrix(json, "directions", p->direction, 2,
                              p->parameters);
}

static void write_json(gf_text *out, const gf_duel_report *r,
                       const gf_geometry_plane *p)
{
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_geometry_record_head(&json, r, "ganfield/geometry-hessian/1");
    record_plane(&json, p);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

static void write_csv(gf_text *out, const gf_geometry_plane *p)
{
    gf_text_add(out, "a,b,loss,aa,ab,bb,larger,smaller\n");
    for (size_t i = 0; i < p->count[0]; i++)
        for (size_t k = 0; k < p->count[1]; k++) {
            size_t at = i * p->count[1] + k;
            const double row[] = {p->at[0][i],
                                  p->at[1][k],
                                  p->loss[at],
                                  p->hessian[3 * at],
                                  p->hessian[3 * at + 1],
                                  p->hessian[3 * at + 2],
                                  p->curvature[2 * at],
                                  p->curvature[2 * at + 1]};
            gf_geometry_row(out, row, 8);
        }
}

gf_status gf_report_plane(char **out, const gf_duel_report *duel,
                          const gf_geometry_plane *plane,
                          const gf_report_options *options, gf_error *error)
{
    gf_format format = options ? options->format : GF_FORMAT_TEXT;
    gf_text text;

    if (format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "a plane has no LaTeX form");
    gf_text_init(&text);
    if (format == GF_FORMAT_JSON)
        write_json(&text, duel, plane);
    else if (format == GF_FORMAT_CSV)
        write_csv(&text, plane);
    else
        write_text(&text, duel, plane);
    return gf_geometry_take(out, &text, error);
}
