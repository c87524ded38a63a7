/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field on its way from a draft: the steps, in their order. */
#ifndef GF_FIELD_BUILD_H
#define GF_FIELD_BUILD_H

#include "expr/scope.h"
#include "field/draft.h"

typedef struct gf_builder {
    gf_field *field;
    const gf_draft *draft;
    gf_scope scope;     /* parameters, then coordinates, then definitions */
    size_t coordinates; /* of the entries of scope: the first that is no
                           parameter, */
    size_t definitions; /* and the first that is no coordinate either */
    gf_passage p_d;     /* where its value stands */
    gf_error *error;
} gf_builder;

/* A new field with its name, or NULL. */
gf_field *gf_field_new(const char *name);
/* All steps; the draft is left as it is. */
gf_status gf_field_build(gf_field *field, const gf_draft *draft,
                         gf_error *error) GF_CHECKED;

/* gf_field_read_text for a text with a length, which may hold anything. */
gf_status gf_field_read_bytes(gf_field **out, const char *name,
                              const char *file, const char *text, size_t length,
                              const gf_settings *settings,
                              gf_error *error) GF_CHECKED;

gf_status gf_build_parameters(gf_builder *b) GF_CHECKED;
gf_status gf_build_coordinates(gf_builder *b) GF_CHECKED;
gf_status gf_build_functions(gf_builder *b) GF_CHECKED;
/* Domains, gauge, rest, speed; needs the parameters. */
gf_status gf_build_ranges(gf_builder *b) GF_CHECKED;
gf_status gf_build_points(gf_builder *b) GF_CHECKED;
/* Is the link strictly monotone, its values in the domain of D? */
gf_status gf_build_link(gf_builder *b) GF_CHECKED;
/* Are f1, f2, f3 defined on the whole domain of D? */
gf_status gf_build_natural(gf_builder *b) GF_CHECKED;
/* Velocity and tapes; needs the equilibrium. */
gf_status gf_build_velocity(gf_builder *b) GF_CHECKED;
gf_status gf_build_portrait(gf_builder *b) GF_CHECKED;

/* Is it a coordinate's name of this kind of field? */
bool gf_is_coordinate(const gf_builder *b, const char *name);
/* 0 or 1, or 2 if the field has no such coordinate. */
size_t gf_axis_find(const gf_field *field, gf_passage name);
/* No such coordinate, in a section: what there is, and the nearest. */
gf_status gf_axis_unknown(const gf_builder *b, gf_passage name,
                          const char *section);

/* --- constants --------------------------------------------------------- */

/* What a constant expression may have. */
enum { GF_PLAIN = 0, GF_WITH_PARAMETERS = 1, GF_WITH_INFINITY = 2 };

/* exact (may be NULL): without parameters, simplified. */
gf_status gf_build_constant(gf_expr *exact, double *number, gf_builder *b,
                            gf_passage p, int allowed) GF_CHECKED;
/* "(lo, hi)", with brackets where an end belongs to it. */
gf_status gf_build_range(gf_range *out, gf_builder *b, gf_passage p) GF_CHECKED;
/* "(x, y)" */
gf_status gf_build_pair(gf_expr exact[2], double number[2], gf_builder *b,
                        gf_passage p) GF_CHECKED;
/* "x MARK y" */
gf_status gf_build_two(gf_expr exact[2], double number[2], gf_builder *b,
                       gf_passage p, char mark, int allowed) GF_CHECKED;
/* `inf` is for domains: fails where p has it. */
gf_status gf_refuse_infinity(gf_builder *b, gf_passage p) GF_CHECKED;

#endif
