/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a draft to a field, step by step. */
#include "field/build.h"

#include <stdlib.h>
#include <string.h>

#include "field/equilibrium.h"
#include "field/kink.h"

/* --- life -------------------------------------------------------------- */

gf_field *gf_field_new(const char *name)
{
    gf_field *field = calloc(1, sizeof *field);
    size_t size = strlen(name) + 1;

    if (!field)
        return NULL;
    field->graph = gf_graph_new();
    field->name = malloc(size);
    if (!field->graph || !field->name) {
        gf_field_free(field);
        return NULL;
    }
    gf_copy_name(field->name, size, name);
    return field;
}

void gf_field_free(gf_field *field)
{
    if (!field)
        return;
    for (size_t i = 0; i < 3; i++)
        free(field->f_text[i]);
    for (size_t i = 0; i < 2; i++)
        free(field->velocity_text[i]);
    for (size_t i = 0; i < field->let_count; i++)
        free(field->let_text[i]);
    free(field->let_text);
    free(field->link_text);
    free(field->name);
    free(field->title);
    free(field->source);
    free(field->equilibrium.value);
    gf_tape_free(field->tape);
    gf_tape_free(field->velocity_tape);
    gf_tape_free(field->link_tape);
    gf_kinks_free(field->kinks);
    gf_graph_free(field->graph);
    free(field);
}

/* --- steps ------------------------------------------------------------- */

static gf_status copy_title(gf_builder *b)
{
    const gf_passage given[2] = {b->draft->title, b->draft->source};
    char **copy[2] = {&b->field->title, &b->field->source};

    for (int i = 0; i < 2; i++) {
        *copy[i] = strdup(given[i].origin ? gf_passage_text(given[i]) : "");
        if (!*copy[i])
            return gf_error_set(b->error, GF_MEMORY, "out of memory");
    }
    return GF_OK;
}

static gf_status find_equilibrium(gf_builder *b)
{
    if (b->field->kind == GF_PLANAR)
        return GF_OK;
    return gf_equilibrium_find(b->field, b->error);
}

gf_status gf_field_build(gf_field *field, const gf_draft *draft,
                         gf_error *error)
{
    static gf_status (*const steps[])(gf_builder *) = {
        copy_title,         gf_build_parameters, gf_build_coordinates,
        gf_build_functions, gf_build_ranges,     gf_build_points,
        gf_build_link,      gf_build_natural,    find_equilibrium,
        gf_build_velocity,  gf_build_portrait};
    gf_builder b = {.field = field, .draft = draft, .error = error};
    gf_status status = GF_OK;

    field->kind = draft->kind;
    gf_scope_init(&b.scope, field->graph);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !status; i++)
        status = steps[i](&b);
    gf_scope_clear(&b.scope);
    /* where memory ran out, whatever followed is no reason */
    if (status && field->graph->failure == GF_MEMORY)
        return gf_graph_check(field->graph, error);
    return status;
}
