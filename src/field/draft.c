/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a field file. */
#include "field/draft.h"

#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "expr/scope.h"

enum section { FIELD, AXES, PLAYERS, DOMAIN_, PARAMETERS, PORTRAIT };

static const char *const section_names[GF_SECTION_COUNT] = {
    "field", "axes", "players", "domain", "parameters", "portrait"};

/* The fixed keys; those of the other sections are names of the field. */
static const struct key {
    int section;
    const char *name;
    size_t place; /* of its passage in a draft */
} keys[] = {
    {FIELD, "title", offsetof(gf_draft, title)},
    {FIELD, "source", offsetof(gf_draft, source)},
    {FIELD, "f1", offsetof(gf_draft, f[0])},
    {FIELD, "f2", offsetof(gf_draft, f[1])},
    {FIELD, "f3", offsetof(gf_draft, f[2])},
    {FIELD, "du", offsetof(gf_draft, velocity[0])},
    {FIELD, "dv", offsetof(gf_draft, velocity[1])},
    {FIELD, "link", offsetof(gf_draft, link)},
    {FIELD, "gauge", offsetof(gf_draft, gauge)},
    {FIELD, "rest", offsetof(gf_draft, rest)},
    {AXES, "u", offsetof(gf_draft, axis[0])},
    {AXES, "v", offsetof(gf_draft, axis[1])},
    {PLAYERS, "critic", offsetof(gf_draft, critic)},
};

enum { KEY_COUNT = sizeof keys / sizeof *keys };

void gf_draft_clear(gf_draft *draft)
{
    free(draft->let.item);
    free(draft->parameter.item);
    free(draft->domain.item);
    free(draft->portrait.item);
    free(draft->set.item);
    gf_origin_clear(&draft->origins);
    *draft = (gf_draft){.kind = GF_POINTWISE};
}

/* --- entries ----------------------------------------------------------- */

gf_status gf_entries_add(gf_entries *entries, gf_entry entry, size_t most,
                         const char *what, gf_error *error)
{
    if (entries->count == most)
        return gf_passage_fail(error, GF_LIMIT,
                               entry.key.origin ? entry.key : entry.value, 0,
                               "more than %zu %s", most, what);
    if (entries->count == entries->capacity) {
        size_t wanted = entries->capacity ? entries->capacity * 2 : 4;
        gf_entry *moved = realloc(entries->item, wanted * sizeof *moved);
        if (!moved)
            return gf_error_set(error, GF_MEMORY, "out of memory");
        entries->item = moved;
        entries->capacity = wanted;
    }
    entries->item[entries->count++] = entry;
    return GF_OK;
}

const gf_entry *gf_entries_find(const gf_entries *entries, const char *key)
{
    for (size_t i = 0; i < entries->count; i++)
        if (gf_passage_is(entries->item[i].key, key))
            return &entries->item[i];
    return NULL;
}

/* --- sections ---------------------------------------------------------- */

int gf_section_find(gf_passage name)
{
    int i = 0;

    while (i < GF_SECTION_COUNT && !gf_passage_is(name, section_names[i]))
        i++;
    return i;
}

const char *gf_section_name(int section)
{
    return section_names[section];
}

const char *gf_section_nearest(const char *name)
{
    return gf_nearest_name(name, section_names, GF_SECTION_COUNT);
}

bool gf_section_is_field(int section)
{
    return section == FIELD;
}

/* --- keys -------------------------------------------------------------- */

static gf_status unknown_key(int section, gf_passage key, gf_error *error)
{
    const char *names[KEY_COUNT], *name = gf_passage_text(key), *near;
    size_t count = 0;

    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (keys[i].section == section)
            names[count++] = keys[i].name;
        else if (strcmp(keys[i].name, name) == 0 && section != FIELD &&
                 keys[i].section == FIELD)
            return gf_passage_fail(error, GF_NAME, key, 0,
                                   "'%s' belongs in [field]", name);
    }
    if (strcmp(name, "critic") == 0)
        return gf_passage_fail(error, GF_NAME, key, 0,
                               "'critic' belongs in [players]");
    near = gf_nearest_name(name, names, count);
    if (near)
        return gf_passage_fail(error, GF_NAME, key, 0,
                               "unknown key '%.60s' in [%s]; did you mean "
                               "'%s'?",
                               name, section_names[section], near);
    return gf_passage_fail(error, GF_NAME, key, 0,
                           "unknown key '%.60s' in [%s]", name,
                           section_names[section]);
}

static gf_status fixed_key(gf_draft *draft, int section, gf_entry entry,
                           gf_error *error)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (keys[i].section != section ||
            !gf_passage_is(entry.key, keys[i].name))
            continue;
        gf_passage *place = (gf_passage *)((char *)draft + keys[i].place);
        if (place->origin)
            return gf_passage_fail(error, GF_SYNTAX, entry.key, 0,
                                   "duplicate key '%s', first in line %zu",
                                   keys[i].name,
                                   gf_passage_line_number(*place));
        *place = entry.value;
        return GF_OK;
    }
    return unknown_key(section, entry.key, error);
}

gf_status gf_draft_key(gf_draft *draft, int section, gf_entry entry,
                       gf_error *error)
{
    const char *name = gf_passage_text(entry.key);

    if (section == PORTRAIT)
        return gf_entries_add(&draft->portrait, entry,
                              GF_FIELD_STARTS_MAX + GF_COORDINATES_MAX,
                              "lines in [portrait]", error);
    if (section != DOMAIN_ && section != PARAMETERS)
        return fixed_key(draft, section, entry, error);
    gf_entries *entries =
        section == DOMAIN_ ? &draft->domain : &draft->parameter;
    const gf_entry *first = gf_entries_find(entries, name);
    if (first)
        return gf_passage_fail(error, GF_SYNTAX, entry.key, 0,
                               "duplicate key '%.60s', first in line %zu", name,
                               gf_passage_line_number(first->key));
    return gf_entries_add(
        entries, entry, GF_FIELD_PARAMETERS_MAX,
        section == DOMAIN_ ? "lines in [domain]" : "parameters", error);
}

gf_status gf_draft_let(gf_draft *draft, int section, gf_passage definition,
                       gf_error *error)
{
    if (section != FIELD)
        return gf_passage_fail(error, GF_SYNTAX, definition, 0,
                               "a definition belongs in [field]");
    return gf_entries_add(&draft->let, (gf_entry){.value = definition},
                          GF_LETS_MAX, "definitions", error);
}

/* --- the whole --------------------------------------------------------- */

/* Keys that only a field of the other kind has. */
static gf_status refuse(const gf_draft *draft, gf_error *error)
{
    bool planar = draft->kind == GF_PLANAR;

    for (size_t i = 0; i < KEY_COUNT; i++) {
        const gf_passage *p =
            (const gf_passage *)((const char *)draft + keys[i].place);
        bool of_planar = keys[i].section != FIELD || p == &draft->rest;
        bool of_pointwise = p == &draft->link || p == &draft->gauge;
        if (!p->origin || !(planar ? of_pointwise : of_planar))
            continue;
        return gf_passage_fail(error, GF_SYNTAX, gf_passage_line(*p), 0,
                               planar ? "'%s' is for pointwise fields (f1, "
                                        "f2, f3), and this one is planar"
                                      : "'%s' is for planar fields (du, dv), "
                                        "and this one is pointwise",
                               keys[i].name);
    }
    return GF_OK;
}

gf_status gf_draft_settle(gf_draft *draft, gf_error *error)
{
    static const char *const names[2][3] = {{"f1", "f2", "f3"}, {"du", "dv"}};
    const gf_passage *part[2] = {draft->f, draft->velocity};
    size_t given[2] = {0, 0}, kind;

    for (size_t i = 0; i < 3; i++) {
        given[GF_POINTWISE] += draft->f[i].origin != NULL;
        given[GF_PLANAR] += i < 2 && draft->velocity[i].origin;
    }
    if (given[0] && given[1]) {
        const gf_passage *p = draft->velocity;
        return gf_passage_fail(error, GF_SYNTAX,
                               gf_passage_line(p[0].origin ? p[0] : p[1]), 0,
                               "a field is pointwise (f1, f2, f3) or planar "
                               "(du, dv), not both");
    }
    if (!given[0] && !given[1])
        return gf_passage_fail(error, GF_SYNTAX, draft->header, 0,
                               "no functions: a field has f1, f2, f3 or du, "
                               "dv");
    kind = given[0] ? 0 : 1;
    draft->kind = kind ? GF_PLANAR : GF_POINTWISE;
    for (size_t i = 0; i < 3 - kind; i++)
        if (!part[kind][i].origin)
            return gf_passage_fail(error, GF_SYNTAX, draft->header, 0,
                                   "'%s' is missing", names[kind][i]);
    return refuse(draft, error);
}
