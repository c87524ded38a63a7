/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The field files of fields/, compiled in: the build writes this table with
 * tools/embed. It is sorted by name in strcmp order.
 */
#ifndef GANFIELD_FIELD_EMBEDDED_H
#define GANFIELD_FIELD_EMBEDDED_H

#include <stddef.h>

typedef struct gf_embedded_field {
    const char *name; /* the file's, without .ini */
    const char *text; /* the whole file */
} gf_embedded_field;

extern const gf_embedded_field gf_embedded_fields[];
extern const size_t gf_embedded_field_count;

#endif
