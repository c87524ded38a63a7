/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coordinates, definitions, and the functions of a field. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "field/build.h"

static char *copy_of(gf_passage p)
{
    char *copy = malloc(p.length + 1);

    if (copy) {
        memcpy(copy, gf_passage_chars(p), p.length);
        copy[p.length] = '\0';
    }
    return copy;
}

static gf_status out_of_memory(gf_builder *b)
{
    return gf_error_set(b->error, GF_MEMORY, "out of memory");
}

/* --- coordinates ------------------------------------------------------- */

/* What took the standard name of an axis. */
static gf_passage taker(const gf_draft *draft, const char *name)
{
    const gf_entry *entry = gf_entries_find(&draft->parameter, name);

    if (!entry)
        entry = gf_entries_find(&draft->set, name);
    return entry ? entry->key : draft->axis[0];
}

static gf_status name_axis(gf_builder *b, size_t i, const char *name,
                           gf_passage p)
{
    gf_field *field = b->field;
    gf_status status;

    if (p.origin && gf_name_length(name) != p.length)
        return gf_passage_fail(b->error, GF_NAME, p, 0, "'%.60s' is not a name",
                               name);
    if (p.length > GF_NAME_MAX)
        return gf_passage_fail(b->error, GF_LIMIT, p, 0,
                               "a name has at most %d characters", GF_NAME_MAX);
    if (strcmp(name, "start") == 0)
        return gf_passage_fail(b->error, GF_NAME, p, 0,
                               "'start' is a key of [portrait] and cannot be "
                               "an axis");
    snprintf(field->axis_name[i], sizeof field->axis_name[i], "%s", name);
    field->axis[i] = gf_expr_symbol(field->graph, name);
    status = gf_graph_check(field->graph, b->error);
    if (!status && field->kind == GF_PLANAR)
        status = gf_scope_add(&b->scope, name, field->axis[i], b->error);
    if (status == GF_NAME)
        return gf_passage_move(b->error, status,
                               p.origin ? p : taker(b->draft, name));
    return status;
}

size_t gf_axis_find(const gf_field *field, gf_passage name)
{
    size_t i = 0;

    while (i < 2 && !gf_passage_is(name, field->axis_name[i]))
        i++;
    return i;
}

gf_status gf_axis_unknown(const gf_builder *b, gf_passage name,
                          const char *section)
{
    const gf_field *field = b->field;
    const char *names[2] = {field->axis_name[0], field->axis_name[1]};
    const char *text = gf_passage_text(name);
    const char *near = gf_nearest_name(text, names, 2);

    if (near)
        return gf_passage_fail(b->error, GF_NAME, name, 0,
                               "unknown coordinate '%.60s' in [%s]; did you "
                               "mean '%s'?",
                               text, section, near);
    return gf_passage_fail(b->error, GF_NAME, name, 0,
                           "unknown coordinate '%.60s' in [%s]; there are %s "
                           "and %s",
                           text, section, names[0], names[1]);
}

static gf_status planar_coordinates(gf_builder *b)
{
    static const char *const standard[2] = {"u", "v"};
    const gf_draft *draft = b->draft;

    for (size_t i = 0; i < 2; i++) {
        gf_passage p = draft->axis[i];
        gf_status status =
            name_axis(b, i, p.origin ? gf_passage_text(p) : standard[i], p);
        if (status)
            return status;
    }
    if (!draft->critic.origin)
        return GF_OK;
    b->field->critic = gf_axis_find(b->field, draft->critic);
    if (b->field->critic == 2)
        return gf_axis_unknown(b, draft->critic, "players");
    return GF_OK;
}

static gf_status pointwise_coordinates(gf_builder *b)
{
    gf_field *field = b->field;
    gf_passage none = {.origin = NULL};
    gf_status status;

    field->d_symbol = gf_expr_symbol(field->graph, "D");
    status = name_axis(b, 0, b->draft->link.origin ? "u" : "D", none);
    if (!status)
        status = name_axis(b, 1, "p_g", none);
    if (!status)
        status = gf_scope_add(&b->scope, "D", field->d_symbol, b->error);
    if (!status && b->draft->ad_hoc)
        status = gf_scope_add(&b->scope, "x", field->d_symbol, b->error);
    return status;
}

gf_status gf_build_coordinates(gf_builder *b)
{
    gf_status status;

    b->coordinates = b->scope.count;
    status = b->field->kind == GF_PLANAR ? planar_coordinates(b)
                                         : pointwise_coordinates(b);
    b->definitions = b->scope.count;
    return status;
}

/* --- functions --------------------------------------------------------- */

static gf_status read_definitions(gf_builder *b)
{
    gf_field *field = b->field;
    const gf_entries *let = &b->draft->let;

    field->let_text = calloc(let->count ? let->count : 1, sizeof(char *));
    if (!field->let_text)
        return out_of_memory(b);
    for (size_t i = 0; i < let->count; i++) {
        gf_passage p = let->item[i].value;
        gf_status status =
            gf_scope_let(&b->scope, gf_passage_text(p), b->error);
        if (status)
            return gf_passage_move(b->error, status, p);
        const char *name = b->scope.entry[b->scope.count - 1].name;
        if (gf_is_coordinate(b, name))
            return gf_passage_fail(b->error, GF_NAME, p, 0,
                                   "'%s' is a coordinate and cannot be a "
                                   "function",
                                   name);
        status = gf_refuse_infinity(b, p);
        if (status)
            return status;
        field->let_text[i] = copy_of(p);
        if (!field->let_text[i])
            return out_of_memory(b);
        field->let_count++;
    }
    return GF_OK;
}

static gf_status read_function(gf_expr *out, char **text, gf_builder *b,
                               gf_passage p)
{
    gf_status status =
        gf_expr_parse(out, &b->scope, gf_passage_text(p), b->error);

    if (status)
        return gf_passage_move(b->error, status, p);
    status = gf_refuse_infinity(b, p);
    if (status)
        return status;
    *text = copy_of(p);
    return *text ? GF_OK : out_of_memory(b);
}

/* The link sees u in the place of D. */
static gf_status read_link(gf_builder *b)
{
    gf_field *field = b->field;
    gf_scope_entry *entry = &b->scope.entry[b->coordinates];
    gf_scope_entry saved[2];
    size_t count = b->definitions - b->coordinates;
    gf_status status;

    memcpy(saved, entry, count * sizeof *entry);
    for (size_t i = 0; i < count; i++)
        entry[i].name[0] = '\0';
    snprintf(entry->name, sizeof entry->name, "u");
    entry->value = field->axis[0];
    status = read_function(&field->link, &field->link_text, b, b->draft->link);
    memcpy(entry, saved, count * sizeof *entry);
    return status;
}

static gf_status read_pointwise(gf_builder *b)
{
    gf_field *field = b->field;
    gf_graph *graph = field->graph;

    for (size_t i = 0; i < 3; i++) {
        gf_status status = read_function(&field->f_of_d[i], &field->f_text[i],
                                         b, b->draft->f[i]);
        if (status)
            return status;
        field->f[i] = field->f_of_d[i];
    }
    if (!b->draft->link.origin)
        return GF_OK;
    gf_status status = read_link(b);
    for (size_t i = 0; i < 3 && !status; i++)
        field->f[i] =
            gf_expr_simplify(graph, gf_replace(graph, field->f_of_d[i],
                                               field->d_symbol, field->link));
    return status ? status : gf_graph_check(graph, b->error);
}

static gf_status read_planar(gf_builder *b)
{
    gf_field *field = b->field;
    gf_status status = GF_OK;

    for (size_t i = 0; i < 2 && !status; i++)
        status = read_function(&field->velocity[i], &field->velocity_text[i], b,
                               b->draft->velocity[i]);
    return status;
}

gf_status gf_build_functions(gf_builder *b)
{
    gf_status status = read_definitions(b);

    if (status)
        return status;
    return b->field->kind == GF_PLANAR ? read_planar(b) : read_pointwise(b);
}
