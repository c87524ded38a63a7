/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reports on a duel's geometry share. */
#ifndef GF_REPORT_GEOMETRY_H
#define GF_REPORT_GEOMETRY_H

#include <ganfield/report.h>

#include "report/json.h"

enum { GF_GEOMETRY_LABEL = 2, GF_GEOMETRY_TEXT = 14 };

/* "critic" or "generator". */
const char *gf_player_name(size_t player);

/* The first lines: what is told, then the duel. */
void gf_geometry_head(gf_text *out, const gf_duel_report *r, const char *what);
/* A line that begins with a label; what follows stands at GF_GEOMETRY_TEXT. */
void gf_geometry_label(gf_text *out, const char *label);
/* Some eigenvalues after a label, of a pair the upper one with its sign; the
   first ones of them. */
void gf_geometry_values(gf_text *out, const char *label, const gf_krylov *k);

/* "  best        ...": the critic at its best, and what it is worth. */
void gf_geometry_best_note(gf_text *out, const gf_geometry_best *best,
                           double damping);
/* A number after some words. */
void gf_geometry_add(gf_text *out, const char *before, double x);
/* Numbers in a line of CSV. */
void gf_geometry_row(gf_text *out, const double *at, size_t count);

/* The same in JSON: the first keys, then numbers. */
void gf_geometry_record_head(gf_json *json, const gf_duel_report *r,
                             const char *schema);
void gf_geometry_record_values(gf_json *json, const char *key,
                               const gf_krylov *k);
void gf_geometry_record_vector(gf_json *json, const char *key, const double *at,
                               size_t count);
void gf_geometry_record_matrix(gf_json *json, const char *key, const double *at,
                               size_t rows, size_t columns);
void gf_geometry_record_count(gf_json *json, const char *key, size_t n);

void gf_geometry_record_best(gf_json *json, const gf_geometry_best *best,
                             double damping);

/* Takes the text; GF_MEMORY. */
gf_status gf_geometry_take(char **out, gf_text *text,
                           gf_error *error) GF_CHECKED;

#endif
