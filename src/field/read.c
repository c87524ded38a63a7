/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways to a field: a name, a file, a text, functions. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "field/build.h"

/* Builds from a draft whose own part is read, and clears it. */
static gf_status finish(gf_field **out, gf_draft *draft, const char *name,
                        const char *file, const gf_settings *settings,
                        gf_error *error)
{
    gf_field *field = NULL;
    gf_status status = gf_draft_settings(draft, settings, error);

    if (!status) {
        field = gf_field_new(name);
        status = field ? gf_field_build(field, draft, error)
                       : gf_error_set(error, GF_MEMORY, "out of memory");
    }
    if (status && error && !error->file[0] && !error->line && file)
        gf_copy_name(error->file, sizeof error->file, file);
    if (status)
        gf_field_free(field);
    else
        *out = field;
    gf_draft_clear(draft);
    return status;
}

gf_status gf_field_read_bytes(gf_field **out, const char *name,
                              const char *file, const char *text, size_t length,
                              const gf_settings *settings, gf_error *error)
{
    gf_draft draft = {.kind = GF_POINTWISE};
    gf_status status = gf_draft_read(&draft, file, text, length, error);

    *out = NULL;
    if (status) {
        gf_draft_clear(&draft);
        return status;
    }
    return finish(out, &draft, name, file, settings, error);
}

gf_status gf_field_read_text(gf_field **out, const char *name, const char *file,
                             const char *text, const gf_settings *settings,
                             gf_error *error)
{
    return gf_field_read_bytes(out, name, file, text, strlen(text), settings,
                               error);
}

/* --- files ------------------------------------------------------------- */

static gf_status cannot_read(const char *path, gf_error *error)
{
    gf_status status = gf_error_set(error, GF_READ, "cannot read '%s': %s",
                                    path, strerror(errno));

    if (error)
        gf_copy_name(error->file, sizeof error->file, path);
    return status;
}

/* The bytes of a file, and one more than a field file may have at most. */
static gf_status read_file(gf_text *out, const char *path, gf_error *error)
{
    FILE *file = fopen(path, "rb");
    gf_status status = GF_OK;
    char block[4096];
    size_t count;

    if (!file)
        return cannot_read(path, error);
    do {
        count = fread(block, 1, sizeof block, file);
        gf_text_add_n(out, block, count);
    } while (count > 0 && !out->failed && out->length <= GF_FILE_MAX + 3);
    if (ferror(file))
        status = cannot_read(path, error);
    else if (out->failed)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    fclose(file);
    return status;
}

/* The file's name without its folders and its ending, in an array. */
static void name_of(char *out, size_t size, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *dot;

    gf_copy_name(out, size, slash ? slash + 1 : path);
    dot = strrchr(out, '.');
    if (dot && dot > out)
        *dot = '\0';
}

gf_status gf_field_read(gf_field **out, const char *path,
                        const gf_settings *settings, gf_error *error)
{
    char name[256];
    gf_text text;
    gf_status status;

    *out = NULL;
    gf_text_init(&text);
    name_of(name, sizeof name, path);
    status = read_file(&text, path, error);
    if (!status)
        status = gf_field_read_bytes(out, name, path, gf_text_string(&text),
                                     text.length, settings, error);
    gf_text_clear(&text);
    return status;
}

/* --- ad hoc ------------------------------------------------------------ */

static gf_status build_custom(gf_field **out, gf_field_kind kind,
                              const char *const *texts,
                              const gf_settings *settings, gf_error *error)
{
    gf_draft draft = {.kind = kind};
    gf_status status = gf_draft_functions(&draft, kind, texts, error);

    *out = NULL;
    if (status) {
        gf_draft_clear(&draft);
        return status;
    }
    return finish(out, &draft, "custom", NULL, settings, error);
}

gf_status gf_field_pointwise(gf_field **out, const char *const f[3],
                             const gf_settings *settings, gf_error *error)
{
    return build_custom(out, GF_POINTWISE, f, settings, error);
}

gf_status gf_field_planar(gf_field **out, const char *const velocity[2],
                          const gf_settings *settings, gf_error *error)
{
    return build_custom(out, GF_PLANAR, velocity, settings, error);
}
