/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Jacobian of a game. */
#include "report/geometry.h"

#include <math.h>

#include "report/layout.h"
#include "report/record.h"

enum { WAYS = 4 };

static void add_plane(gf_text *out, const gf_geometry_game *g)
{
    if (isnan(g->plane_rotation))
        return;
    gf_text_add(out, "  on a plane of each player (critic u, v, generator u, "
                     "v)");
    gf_layout_end(out);
    for (size_t i = 0; i < WAYS; i++) {
        for (size_t k = 0; k < WAYS; k++) {
            gf_layout_to(out, GF_GEOMETRY_TEXT + 15 * k, "");
            gf_layout_number(out, g->plane[i][k], 5);
        }
        gf_layout_end(out);
    }
    gf_geometry_label(out, "rotation");
    gf_geometry_add(out, "|A|/|J| = ", g->plane_rotation);
    gf_layout_end(out);
}

static void write_text(gf_text *out, const gf_duel_report *r,
                       const gf_geometry_game *g)
{
    gf_geometry_head(out, r, "the Jacobian of the game");
    gf_geometry_label(out, "velocity");
    gf_geometry_add(out, "|v| = ", g->velocity);
    gf_layout_end(out);
    gf_geometry_label(out, "Jacobian");
    gf_geometry_add(out, "|J| = ", g->norm);
    if (!g->is_dense)
        gf_geometry_add(out, " ± ", g->norm_error);
    gf_geometry_add(out, ", |S| = ", g->symmetric);
    gf_geometry_add(out, ", |A| = ", g->antisymmetric);
    gf_layout_end(out);
    gf_geometry_label(out, "rotation");
    gf_geometry_add(out, "|A|/|J| = ", g->rotation);
    if (!g->is_dense)
        gf_geometry_add(out, " ± ", g->rotation_error);
    gf_layout_end(out);
    if (g->is_dense) {
        gf_geometry_label(out, "blocks");
        gf_geometry_add(out, "critic by critic ", g->block[0][0]);
        gf_geometry_add(out, ", by generator ", g->block[0][1]);
        gf_layout_end(out);
        gf_layout_to(out, GF_GEOMETRY_TEXT, "generator by critic ");
        gf_geometry_add(out, "", g->block[1][0]);
        gf_geometry_add(out, ", by generator ", g->block[1][1]);
        gf_layout_end(out);
        gf_geometry_label(out, "trace");
        gf_geometry_add(out, "", g->trace);
        gf_layout_end(out);
    }
    gf_geometry_values(out, "rightmost", &g->values);
    if (g->large.count > 0)
        gf_geometry_values(out, "largest", &g->large);
    gf_geometry_label(out, "S");
    gf_geometry_add(out, "eigenvalues from ", g->push[1]);
    gf_geometry_add(out, " to ", g->push[0]);
    gf_layout_end(out);
    add_plane(out, g);
}

static void record_game(gf_json *json, const gf_geometry_game *g)
{
    gf_record_bool(json, "dense", g->is_dense);
    gf_record_number(json, "velocity", g->velocity);
    gf_record_number(json, "norm", g->norm);
    gf_record_number(json, "norm_error", g->norm_error);
    gf_record_number(json, "symmetric", g->symmetric);
    gf_record_number(json, "antisymmetric", g->antisymmetric);
    gf_record_number(json, "rotation", g->rotation);
    gf_record_number(json, "rotation_error", g->rotation_error);
    gf_geometry_record_matrix(json, "blocks", &g->block[0][0], 2, 2);
    gf_record_number(json, "trace", g->trace);
    gf_geometry_record_values(json, "rightmost", &g->values);
    gf_geometry_record_values(json, "largest", &g->large);
    gf_record_pair(json, "symmetric_range", g->push[1], g->push[0]);
    if (!isnan(g->plane_rotation)) {
        gf_geometry_record_matrix(json, "plane", &g->plane[0][0], WAYS, WAYS);
        gf_record_number(json, "plane_rotation", g->plane_rotation);
    }
}

static void write_json(gf_text *out, const gf_duel_report *r,
                       const gf_geometry_game *g)
{
    gf_json json;

    gf_json_init(&json, out);
    gf_json_begin_object(&json);
    gf_geometry_record_head(&json, r, "ganfield/geometry-game/1");
    record_game(&json, g);
    gf_json_end_object(&json);
    gf_text_add_char(out, '\n');
}

static void write_rows(gf_text *out, const gf_krylov *k, const char *end)
{
    for (size_t i = 0; i < k->count; i++) {
        gf_text_add_number(out, k->re[i]);
        gf_text_add_char(out, ',');
        gf_text_add_number(out, k->im[i]);
        gf_text_add_char(out, ',');
        gf_text_add_number(out, k->residual[i]);
        gf_text_addf(out, ",%s\n", end);
    }
}

gf_status gf_report_game(char **out, const gf_duel_report *duel,
                         const gf_geometry_game *game,
                         const gf_report_options *options, gf_error *error)
{
    gf_format format = options ? options->format : GF_FORMAT_TEXT;
    gf_text text;

    if (format == GF_FORMAT_LATEX)
        return gf_error_set(error, GF_ARGUMENT, "a game has no LaTeX form");
    gf_text_init(&text);
    if (format == GF_FORMAT_JSON) {
        write_json(&text, duel, game);
    } else if (format == GF_FORMAT_CSV) {
        gf_text_add(&text, "re,im,residual,end\n");
        write_rows(&text, &game->values, game->is_dense ? "all" : "right");
        write_rows(&text, &game->large, "large");
    } else {
        write_text(&text, duel, game);
    }
    return gf_geometry_take(out, &text, error);
}
