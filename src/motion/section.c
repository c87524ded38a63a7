/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/section.h"

#include <stdlib.h>
#include <string.h>

struct gf_section {
    gf_tape *tape; /* LEFT - RIGHT, its gradient, its Hessian */
    double *work;
    char *text;
};

/* Coordinates, D where it is none of them, and parameters. */
static gf_status add_names(gf_scope *scope, const gf_field *field,
                           gf_error *error)
{
    gf_status status = GF_OK;

    for (size_t i = 0; i < field->parameter_count && !status; i++)
        status = gf_scope_add(scope, field->parameter[i].name,
                              field->parameter[i].symbol, error);
    for (size_t i = 0; i < 2 && !status; i++)
        status =
            gf_scope_add(scope, field->axis_name[i], field->axis[i], error);
    if (!status && field->link)
        status = gf_scope_add(scope, "D", field->link, error);
    return status;
}

/* The side of the equation that is text[begin .. end); errors are placed in
   the whole text. */
static gf_status read_side(gf_expr *out, const gf_scope *scope,
                           const char *text, size_t begin, size_t end,
                           gf_error *error)
{
    char *side = strndup(text + begin, end - begin);
    gf_error local;

    if (!side)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gf_error_clear(&local);
    gf_status status = gf_expr_parse(out, scope, side, &local);
    free(side);
    if (status && local.column > 0)
        gf_error_place(&local, text, strlen(text), begin + local.column - 1);
    if (status && error)
        *error = local;
    return status;
}

static gf_status read(gf_expr *out, const gf_scope *scope, const char *text,
                      gf_error *error)
{
    const char *mark = strchr(text, '=');
    size_t length = strlen(text);
    gf_expr left = GF_EXPR_NONE, right = GF_EXPR_NONE;

    if (!mark || strchr(mark + 1, '=')) {
        gf_status status = gf_error_set(
            error, GF_SYNTAX, "a section is one equation, as in 'D = 0.5'");
        gf_error_place(error, text, length, 0);
        return status;
    }
    size_t middle = (size_t)(mark - text);
    gf_status status = read_side(&left, scope, text, 0, middle, error);
    if (!status)
        status = read_side(&right, scope, text, middle + 1, length, error);
    *out = gf_expr_difference(scope->graph, left, right);
    return status;
}

static gf_status compile(gf_section *section, const gf_field *field, gf_expr e,
                         gf_error *error)
{
    gf_graph *graph = field->graph;
    gf_expr root[6];

    root[0] = gf_field_bind(field, e);
    for (size_t i = 0; i < 2; i++)
        root[1 + i] = gf_expr_derive(graph, root[0], field->axis[i]);
    root[3] = gf_expr_derive(graph, root[1], field->axis[0]);
    root[4] = gf_expr_derive(graph, root[1], field->axis[1]);
    root[5] = gf_expr_derive(graph, root[2], field->axis[1]);
    gf_status status = gf_graph_check(graph, error);
    if (!status && !gf_expr_depends(graph, root[0], field->axis[0]) &&
        !gf_expr_depends(graph, root[0], field->axis[1]))
        return gf_error_set(error, GF_SYNTAX,
                            "a section needs a coordinate, %s or %s",
                            field->axis_name[0], field->axis_name[1]);
    if (!status)
        status =
            gf_tape_new(&section->tape, graph, root, 6, field->axis, 2, error);
    if (status)
        return status;
    section->work =
        malloc(gf_tape_slots(section->tape) * sizeof *section->work);
    if (!section->work)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    return GF_OK;
}

gf_status gf_section_new(gf_section **out, const gf_field *field,
                         const char *text, gf_error *error)
{
    gf_section *section = calloc(1, sizeof *section);
    gf_expr e = GF_EXPR_NONE;
    gf_scope scope;

    if (section)
        section->text = strdup(text);
    if (!section || !section->text) {
        free(section);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    gf_scope_init(&scope, field->graph);
    gf_status status = add_names(&scope, field, error);
    if (!status)
        status = read(&e, &scope, text, error);
    if (!status)
        status = compile(section, field, e, error);
    gf_scope_clear(&scope);
    if (status) {
        gf_section_free(section);
        return status;
    }
    *out = section;
    return GF_OK;
}

void gf_section_free(gf_section *section)
{
    if (!section)
        return;
    gf_tape_free(section->tape);
    free(section->work);
    free(section->text);
    free(section);
}

const char *gf_section_text(const gf_section *section)
{
    return section->text;
}

gf_slopes gf_section_at(const gf_section *section, gf_vec2 at)
{
    double in[2] = {at.x, at.y}, out[6];

    gf_tape_at(out, section->tape, in, section->work);
    return (gf_slopes){out[0], {out[1], out[2]}, out[3], out[4], out[5]};
}
