/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields for tests of all layers from here on; the caller frees them. */
#ifndef GF_TESTS_FIELD_FIELDS_H
#define GF_TESTS_FIELD_FIELDS_H

#include <ganfield/field.h>

#include "harness.h"

/* A variant; set: one NAME=VALUE, or NULL. */
static inline gf_field *find_field(const char *name, const char *set)
{
    gf_settings settings = {.set = &set, .set_count = set ? 1 : 0};
    gf_error error = {.status = GF_OK};
    gf_field *field = NULL;

    gf_status status = gf_field_find(&field, name, &settings, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", name, error.message);
    return field;
}

static inline gf_field *planar_field(const char *du, const char *dv)
{
    const char *const velocity[2] = {du, dv};
    gf_error error = {.status = GF_OK};
    gf_field *field = NULL;

    gf_status status = gf_field_planar(&field, velocity, NULL, &error);
    ck_assert_msg(status == GF_OK, "%s, %s: %s", du, dv, error.message);
    return field;
}

#endif
