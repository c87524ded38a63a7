/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters: what the field declares, and what a user sets. */
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "base/text.h"
#include "field/build.h"

static const char p_d_name[] = "p_d";

bool gf_is_coordinate(const gf_builder *b, const char *name)
{
    static const char *const pointwise[] = {"D", "p_g", "u"};

    for (size_t i = 0; i < 3 && b->draft->kind == GF_POINTWISE; i++)
        if (strcmp(name, pointwise[i]) == 0)
            return true;
    return b->draft->ad_hoc && strcmp(name, "x") == 0 &&
           b->draft->kind == GF_POINTWISE;
}

/* A symbol for the name, in the scope and in the field. */
static gf_status declare(gf_parameter **out, gf_builder *b, const char *name,
                         gf_passage key)
{
    gf_field *field = b->field;
    gf_expr symbol = gf_expr_symbol(field->graph, name);
    gf_status status;

    if (field->parameter_count == GF_FIELD_PARAMETERS_MAX)
        return gf_passage_fail(b->error, GF_LIMIT, key, 0,
                               "more than %d parameters",
                               GF_FIELD_PARAMETERS_MAX);
    if (gf_is_coordinate(b, name))
        return gf_passage_fail(b->error, GF_NAME, key, 0,
                               "'%s' is a coordinate and cannot be a parameter",
                               name);
    status = gf_graph_check(field->graph, b->error);
    if (!status)
        status = gf_scope_add(&b->scope, name, symbol, b->error);
    if (status)
        return key.origin ? gf_passage_move(b->error, status, key) : status;
    *out = &field->parameter[field->parameter_count++];
    snprintf((*out)->name, sizeof(*out)->name, "%s", name);
    (*out)->symbol = symbol;
    return GF_OK;
}

static gf_status set_value(gf_builder *b, gf_parameter *parameter,
                           gf_passage value)
{
    if (parameter == &b->field->parameter[0] && b->draft->kind == GF_POINTWISE)
        b->p_d = value;
    return gf_build_constant(&parameter->value, &parameter->number, b, value,
                             GF_PLAIN);
}

static gf_status declare_p_d(gf_builder *b)
{
    const gf_entry *entry = gf_entries_find(&b->draft->parameter, p_d_name);
    gf_parameter *p_d;
    gf_status status = declare(
        &p_d, b, p_d_name, entry ? entry->key : (gf_passage){.origin = NULL});

    if (status)
        return status;
    p_d->value = gf_expr_rational(b->field->graph, 1, 5);
    p_d->number = 0.2;
    return entry ? set_value(b, p_d, entry->value) : GF_OK;
}

static gf_status declare_all(gf_builder *b, const gf_entries *entries)
{
    bool pointwise = b->draft->kind == GF_POINTWISE;

    for (size_t i = 0; i < entries->count; i++) {
        gf_passage key = entries->item[i].key;
        gf_parameter *parameter;
        if (pointwise && gf_passage_is(key, p_d_name))
            continue;
        gf_status status = declare(&parameter, b, gf_passage_text(key), key);
        if (!status)
            status = set_value(b, parameter, entries->item[i].value);
        if (status)
            return status;
    }
    return GF_OK;
}

/* --- set --------------------------------------------------------------- */

static gf_status unknown(gf_builder *b, gf_passage key)
{
    const gf_field *field = b->field;
    const char *names[GF_FIELD_PARAMETERS_MAX], *near;
    const char *name = gf_passage_text(key);
    char list[256];
    size_t used = 0;

    list[0] = '\0';
    for (size_t i = 0; i < field->parameter_count; i++) {
        names[i] = field->parameter[i].name;
        if (used < sizeof list)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s",
                                     i ? ", " : "", names[i]);
    }
    near = gf_nearest_name(name, names, field->parameter_count);
    if (near)
        return gf_passage_fail(b->error, GF_NAME, key, 0,
                               "unknown parameter '%s'; did you mean '%s'?",
                               name, near);
    if (field->parameter_count == 0)
        return gf_passage_fail(b->error, GF_NAME, key, 0,
                               "unknown parameter '%s'; the field has none",
                               name);
    return gf_passage_fail(b->error, GF_NAME, key, 0,
                           "unknown parameter '%s'; the field has %s", name,
                           list);
}

static gf_status change(gf_builder *b, const gf_entry *entry)
{
    gf_field *field = b->field;

    for (size_t i = 0; i < field->parameter_count; i++)
        if (gf_passage_is(entry->key, field->parameter[i].name))
            return set_value(b, &field->parameter[i], entry->value);
    return unknown(b, entry->key);
}

static gf_status change_all(gf_builder *b)
{
    const gf_entries *set = &b->draft->set;
    gf_status status = GF_OK;

    for (size_t i = 0; i < set->count && !status; i++)
        if (!b->draft->ad_hoc || (b->draft->kind == GF_POINTWISE &&
                                  gf_passage_is(set->item[i].key, p_d_name)))
            status = change(b, &set->item[i]);
    return status;
}

/* --- p_d --------------------------------------------------------------- */

/* A density; what is zero in truth is made the number zero. */
static gf_status check_p_d(gf_builder *b)
{
    gf_parameter *p_d = &b->field->parameter[b->field->p_d];

    if (gf_expr_is_zero(b->field->graph, p_d->value) == GF_YES) {
        p_d->value = gf_expr_rational(b->field->graph, 0, 1);
        p_d->number = 0;
        return GF_OK;
    }
    if (p_d->number > 0)
        return GF_OK;
    return gf_passage_fail(b->error, GF_DOMAIN, b->p_d, 0,
                           "p_d is a density: it must be > 0, or exactly 0");
}

gf_status gf_build_parameters(gf_builder *b)
{
    bool pointwise = b->draft->kind == GF_POINTWISE;
    gf_status status = pointwise ? declare_p_d(b) : GF_OK;

    if (!status)
        status = declare_all(b, &b->draft->parameter);
    if (!status && b->draft->ad_hoc)
        status = declare_all(b, &b->draft->set);
    if (!status)
        status = change_all(b);
    b->field->p_d = pointwise ? 0 : b->field->parameter_count;
    if (!status && pointwise)
        status = check_p_d(b);
    return status;
}
