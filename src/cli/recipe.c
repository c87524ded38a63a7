/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/recipe.h"

#include "base/nearest.h"
#include "base/text.h"
#include "field/draft.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const struct poptOption *gf_option_row(const struct poptOption *table,
                                       const char *name, int code)
{
    for (; table->longName || table->arg; table++) {
        const struct poptOption *row = table;
        if ((table->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE) {
            row = gf_option_row(table->arg, name, code);
            if (row)
                return row;
        } else if (name ? strcmp(row->longName, name) == 0 : row->val == code) {
            return row;
        }
    }
    return NULL;
}

/* --- keys -------------------------------------------------------------- */

/* Options that say something of the whole figure. */
static bool is_of_figure(int option)
{
    switch (option) {
    case GF_OPTION_SIZE:
    case GF_OPTION_THEME:
    case GF_OPTION_EQUAL:
    case GF_OPTION_TRANSPARENT:
    case GF_OPTION_COLUMNS:
    case GF_OPTION_TITLE:
    case GF_OPTION_AUTHOR:
        return true;
    default:
        return false;
    }
}

/* What says where a figure goes and with how many dots is no key. */
static bool is_key(int option, const gf_command *command)
{
    if (option == GF_OPTION_DPI || option == GF_OPTION_OUTLINES)
        return false;
    if (command && option == GF_OPTION_SEED)
        return true;
    if (!command && option == GF_OPTION_DATA) /* a file there */
        return false;
    return is_of_figure(option) || option >= GF_OPTION_VARIANT;
}

typedef struct reading {
    gf_recipe *recipe;
    gf_recipe_part *part; /* NULL before the first section */
    const struct poptOption *table;
    gf_error *error;
} reading;

static gf_status unknown_key(const reading *r, gf_passage key)
{
    return gf_passage_fail(r->error, GF_NAME, key, 0,
                           "unknown key '%s'; keys are the options of "
                           "'ganfield %s'",
                           gf_passage_text(key),
                           r->recipe->command ? r->recipe->command->name
                                              : "portrait");
}

static gf_status read_key(reading *r, gf_passage line)
{
    size_t equals = gf_passage_find(line, '=');
    gf_passage key, value;
    const struct poptOption *row;
    bool in_figure = r->part == &r->recipe->figure;

    if (equals == line.length)
        return gf_passage_fail(r->error, GF_SYNTAX, line, 0,
                               "expected KEY = VALUE");
    key = gf_passage_part(line, 0, equals);
    value = gf_passage_part(line, equals + 1, line.length);
    if (!r->part)
        return gf_passage_fail(r->error, GF_SYNTAX, key, 0,
                               "a key before the first section");
    row = gf_option_row(r->table, gf_passage_text(key), 0);
    if (!row || !is_key(row->val, in_figure ? NULL : r->recipe->command))
        return unknown_key(r, key);
    if (row->val == GF_OPTION_TITLE && !in_figure && !r->recipe->command) {
        r->part->title = gf_passage_text(value);
        return GF_OK;
    }
    if (is_of_figure(row->val) != in_figure && row->val != GF_OPTION_EQUAL)
        return gf_passage_fail(r->error, GF_SYNTAX, key, 0,
                               "'%s' belongs in [%s]", gf_passage_text(key),
                               !in_figure           ? "figure"
                               : r->recipe->command ? r->recipe->command->name
                                                    : "panel");
    if ((row->argInfo & POPT_ARG_MASK) == POPT_ARG_NONE) {
        if (gf_passage_is(value, "no"))
            return GF_OK;
        if (!gf_passage_is(value, "yes"))
            return gf_passage_fail(r->error, GF_SYNTAX, value, 0,
                                   "must be yes or no");
    }
    if (r->part->count == GF_RECIPE_KEYS)
        return gf_passage_fail(r->error, GF_LIMIT, key, 0, "too many keys");
    r->part->use[r->part->count++] =
        (gf_use){row->val, (char *)gf_passage_text(value)};
    return GF_OK;
}

/* The keys of [figure] that a command has no option for. */
static gf_status check_figure(const reading *r)
{
    const gf_recipe *recipe = r->recipe;

    for (size_t i = 0; recipe->command && i < recipe->figure.count; i++) {
        int option = recipe->figure.use[i].option;
        if (!gf_option_row(recipe->command->options, NULL, option))
            return gf_error_set(
                r->error, GF_SYNTAX, "'%s' is of portraits, not of [%s]",
                gf_option_row(gf_portrait_table, NULL, option)->longName,
                recipe->command->name);
    }
    return GF_OK;
}

/* --- lines ------------------------------------------------------------- */

/* The command that a section is named by, and that draws. */
static const gf_command *find_command(gf_passage line)
{
    char name[64];

    snprintf(name, sizeof name, "%s", gf_passage_text(line) + 1);
    name[strcspn(name, "]")] = '\0';
    const gf_command *command = gf_command_row(name);
    bool draws = command && command->options != gf_portrait_table &&
                 gf_option_row(command->options, NULL, GF_OPTION_SIZE);
    return draws ? command : NULL;
}

static gf_status read_section(reading *r, gf_passage line)
{
    gf_recipe *recipe = r->recipe;
    const gf_command *command = find_command(line);

    if (gf_passage_is(line, "[figure]")) {
        r->part = &recipe->figure;
        r->table = gf_portrait_table;
        return GF_OK;
    }
    if (!gf_passage_is(line, "[panel]") && !command)
        return gf_passage_fail(r->error, GF_NAME, line, 0,
                               "unknown section; there are [figure], [panel] "
                               "and commands that draw, as [kernel field]");
    if (recipe->count > 0 && (command || recipe->command))
        return gf_passage_fail(r->error, GF_SYNTAX, line, 0,
                               "a figure has panels, or one command alone");
    if (recipe->count == GF_RECIPE_PANELS)
        return gf_passage_fail(r->error, GF_LIMIT, line, 0,
                               "a figure has at most %d panels",
                               GF_RECIPE_PANELS);
    recipe->command = command;
    r->table = command ? command->options : gf_portrait_table;
    r->part = &recipe->panel[recipe->count++];
    return GF_OK;
}

/* A line without its comment: from a `;` at the beginning or after a blank. */
static gf_passage without_comment(gf_passage line)
{
    const char *chars = gf_passage_chars(line);

    for (size_t i = 0; i < line.length; i++)
        if (chars[i] == ';' && (i == 0 || strchr(" \t", chars[i - 1])))
            return gf_passage_part(line, 0, i);
    return line;
}

static gf_status read_lines(reading *r, const gf_origin *origin)
{
    gf_passage all = {origin, 0, origin->length};
    gf_status status = GF_OK;
    size_t begin = 0;

    while (begin < origin->length && status == GF_OK) {
        const char *end =
            memchr(origin->text + begin, '\n', origin->length - begin);
        size_t stop = end ? (size_t)(end - origin->text) : origin->length;
        gf_passage line = without_comment(gf_passage_part(all, begin, stop));
        begin = stop + 1;
        if (line.length == 0)
            continue;
        status = gf_passage_chars(line)[0] == '[' ? read_section(r, line)
                                                  : read_key(r, line);
    }
    if (status == GF_OK && r->recipe->count == 0)
        status =
            gf_error_set(r->error, GF_SYNTAX, "a figure without a [panel]");
    return status ? status : check_figure(r);
}

/* --- files ------------------------------------------------------------- */

static gf_status read_file(gf_text *out, const char *path, gf_error *error)
{
    FILE *file = fopen(path, "rb");
    char block[4096];
    size_t count = 0;
    bool failed = !file;

    errno = file ? 0 : errno;
    while (file && (count = fread(block, 1, sizeof block, file)) > 0 &&
           out->length <= GF_FILE_MAX)
        gf_text_add_n(out, block, count);
    failed = failed || ferror(file);
    if (failed)
        gf_error_set(error, GF_READ, "cannot read '%s': %s", path,
                     strerror(errno));
    if (file)
        fclose(file);
    if (failed)
        return GF_READ;
    if (out->length > GF_FILE_MAX)
        return gf_error_set(error, GF_LIMIT, "'%s' is no recipe: too large",
                            path);
    if (memchr(gf_text_string(out), 0, out->length))
        return gf_error_set(error, GF_SYNTAX, "'%s' is no text", path);
    return out->failed ? gf_error_set(error, GF_MEMORY, "out of memory")
                       : GF_OK;
}

gf_status gf_recipe_read(gf_recipe *recipe, const char *path, gf_error *error)
{
    reading r = {.recipe = recipe, .table = gf_portrait_table, .error = error};
    gf_origin *origin = NULL;
    gf_status status;
    gf_text text;

    *recipe =
        (gf_recipe){.panel = calloc(GF_RECIPE_PANELS, sizeof *recipe->panel)};
    gf_text_init(&text);
    status = recipe->panel ? read_file(&text, path, error)
                           : gf_error_set(error, GF_MEMORY, "out of memory");
    if (status == GF_OK) {
        origin = gf_origin_add(&recipe->origins, path, NULL,
                               gf_text_string(&text), text.length);
        status = origin ? read_lines(&r, origin)
                        : gf_error_set(error, GF_MEMORY, "out of memory");
    }
    gf_text_clear(&text);
    return status;
}

void gf_recipe_clear(gf_recipe *recipe)
{
    gf_origin_clear(&recipe->origins);
    free(recipe->panel);
    recipe->panel = NULL;
    recipe->count = 0;
}
