/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The variants that the program carries. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "field/build.h"
#include "field/embedded.h"

enum { NAMES = 1000 };

size_t gf_catalog_count(void)
{
    return gf_embedded_field_count;
}

const char *gf_catalog_name(size_t i)
{
    return gf_embedded_fields[i].name;
}

static int compare(const void *name, const void *row)
{
    return strcmp(name, ((const gf_embedded_field *)row)->name);
}

static gf_status unknown(const char *name, gf_error *error)
{
    const char *names[NAMES], *near;
    size_t count = 0;

    for (; count < gf_embedded_field_count && count < NAMES; count++)
        names[count] = gf_embedded_fields[count].name;
    near = gf_nearest_name(name, names, count);
    if (near)
        return gf_error_set(error, GF_NAME,
                            "unknown variant '%.60s'; did you mean '%s'?", name,
                            near);
    return gf_error_set(error, GF_NAME, "unknown variant '%.60s'", name);
}

gf_status gf_field_find(gf_field **out, const char *name,
                        const gf_settings *settings, gf_error *error)
{
    const gf_embedded_field *row =
        bsearch(name, gf_embedded_fields, gf_embedded_field_count, sizeof *row,
                compare);

    char file[80];

    *out = NULL;
    if (!row)
        return unknown(name, error);
    snprintf(file, sizeof file, "%s.ini", name);
    return gf_field_read_text(out, name, file, row->text, settings, error);
}
