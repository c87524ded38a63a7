/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that a text may use, and `let` definitions. */
#include "expr/scope.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "expr/ops.h"

void gf_scope_init(gf_scope *scope, gf_graph *graph)
{
    *scope = (gf_scope){.graph = graph};
}

void gf_scope_clear(gf_scope *scope)
{
    free(scope->entry);
    *scope = (gf_scope){.graph = scope->graph};
}

size_t gf_name_length(const char *text)
{
    size_t i = 0;

    if (!isalpha((unsigned char)text[0]) && text[0] != '_')
        return 0;
    while (isalnum((unsigned char)text[i]) || text[i] == '_')
        i++;
    return i;
}

const gf_scope_entry *gf_scope_find(const gf_scope *scope, const char *name)
{
    /* the latest definition first */
    for (size_t i = scope->count; i-- > 0;)
        if (strcmp(scope->entry[i].name, name) == 0)
            return &scope->entry[i];
    return NULL;
}

/* What others call what we have. */
static const char *const synonyms[][2] = {
    {"ln", "log"},           {"power", "pow"},     {"sgn", "sign"},
    {"heaviside", "step"},   {"arcsin", "asin"},   {"arccos", "acos"},
    {"arctan", "atan"},      {"arctanh", "atanh"}, {"artanh", "atanh"},
    {"logistic", "sigmoid"}, {"expit", "sigmoid"}, {"fabs", "abs"},
    {"infinity", "inf"},     {"oo", "inf"},        {"fmin", "min"},
    {"fmax", "max"},         {"normal", "gauss"},
};

const char *gf_scope_nearest(const gf_scope *scope, const char *name)
{
    const char *names[GF_SCOPE_MAX + 64];
    size_t count = 0;

    for (size_t i = 0; i < scope->count && i < GF_SCOPE_MAX; i++)
        names[count++] = scope->entry[i].name;
    for (size_t i = 0; i < gf_function_name_count; i++)
        names[count++] = gf_function_names[i];
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
        if (strcmp(synonyms[i][0], name) == 0)
            return synonyms[i][1];
    return gf_nearest_name(name, names, count);
}

static bool is_reserved(const char *name)
{
    for (size_t i = 0; i < gf_function_name_count; i++)
        if (strcmp(gf_function_names[i], name) == 0)
            return true;
    return false;
}

static gf_status add_entry(gf_scope *scope, const char *name, gf_expr value,
                           gf_expr parameter, gf_error *error)
{
    gf_scope_entry *entry;

    if (gf_name_length(name) != strlen(name) || !*name)
        return gf_error_set(error, GF_NAME, "'%.60s' is not a name", name);
    if (strlen(name) > GF_NAME_MAX)
        return gf_error_set(error, GF_LIMIT,
                            "name '%.20s...' is longer than %d characters",
                            name, GF_NAME_MAX);
    if (is_reserved(name) || gf_scope_find(scope, name))
        return gf_error_set(error, GF_NAME, "name '%s' is already taken", name);
    if (scope->count >= GF_SCOPE_MAX)
        return gf_error_set(error, GF_LIMIT, "more than %d definitions",
                            GF_SCOPE_MAX);
    if (scope->count == scope->capacity) {
        size_t wanted = scope->capacity ? scope->capacity * 2 : 8;
        gf_scope_entry *moved = realloc(scope->entry, wanted * sizeof *moved);
        if (!moved)
            return gf_error_set(error, GF_MEMORY, "out of memory");
        scope->entry = moved;
        scope->capacity = wanted;
    }
    entry = &scope->entry[scope->count];
    snprintf(entry->name, sizeof entry->name, "%s", name);
    entry->value = value;
    entry->parameter = parameter;
    scope->count++;
    return GF_OK;
}

gf_status gf_scope_add(gf_scope *scope, const char *name, gf_expr value,
                       gf_error *error)
{
    return add_entry(scope, name, value, GF_EXPR_NONE, error);
}

/* Copies the name at text[*at], skipping blanks on both sides. */
static bool take_name(char *out, const char *text, size_t *at)
{
    size_t length;

    *at += strspn(text + *at, " \t");
    length = gf_name_length(text + *at);
    if (length == 0 || length > GF_NAME_MAX)
        return false;
    memcpy(out, text + *at, length);
    out[length] = '\0';
    *at += length;
    *at += strspn(text + *at, " \t");
    return true;
}

static gf_status malformed(const char *text, size_t at, gf_error *error)
{
    gf_status status = gf_error_set(error, GF_SYNTAX,
                                    "a definition reads NAME(x) = EXPRESSION");

    gf_error_place(error, text, strlen(text), at);
    return status;
}

gf_status gf_scope_let(gf_scope *scope, const char *text, gf_error *error)
{
    char name[GF_NAME_MAX + 1], variable[GF_NAME_MAX + 1];
    char bound[GF_NAME_MAX + 24];
    size_t at = 0, count = scope->count, of_variable;
    gf_expr symbol, body;
    gf_status status;

    if (!take_name(name, text, &at) || text[at] != '(')
        return malformed(text, at, error);
    at++;
    of_variable = at + strspn(text + at, " \t");
    if (!take_name(variable, text, &at) || text[at] != ')')
        return malformed(text, at, error);
    at++;
    at += strspn(text + at, " \t");
    if (text[at] != '=')
        return malformed(text, at, error);
    at++;
    if (is_reserved(variable)) {
        status = gf_error_set(error, GF_NAME, "name '%s' is already taken",
                              variable);
        gf_error_place(error, text, strlen(text), of_variable);
        return status;
    }
    /* a symbol that no text can name stands for the variable */
    snprintf(bound, sizeof bound, "%s#%zu", variable, count);
    symbol = gf_expr_symbol(scope->graph, bound);
    /* the variable hides a name of the scope while the body is read */
    status = add_entry(scope, "GF_bound", symbol, GF_EXPR_NONE, error);
    if (status)
        return status;
    snprintf(scope->entry[count].name, sizeof scope->entry[count].name, "%s",
             variable);
    status = gf_expr_parse_source(&body, scope,
                                  (gf_source){text, strlen(text), at}, error);
    scope->count = count;
    if (status)
        return status;
    status = add_entry(scope, name, body, symbol, error);
    if (status)
        gf_error_place(error, text, strlen(text), strspn(text, " \t"));
    return status;
}
