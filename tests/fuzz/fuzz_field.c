/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field file is read or refused with a place; what is read can be asked. */
#include "fuzz/fuzz.h"

#include <ganfield/field.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "field/build.h"

static void demand(bool promise)
{
    if (!promise)
        abort();
}

static void check_error(const gf_error *error, gf_status status, size_t size)
{
    demand(error->status == status && error->message[0]);
    demand(strcmp(error->file, "fuzz.ini") == 0);
    demand(error->column <= size + 1 && error->line <= size + 1);
    demand(error->caret <= strlen(error->text));
}

static void check_field(const gf_field *field)
{
    for (size_t i = 0; i < field->start_count; i++) {
        demand(gf_range_has(field->domain[0], field->start[i].x));
        (void)gf_field_at(field->start[i], field);
        (void)gf_field_jacobian(field->start[i], field);
    }
    for (size_t i = 0; i < 2; i++) {
        demand(field->domain[i].lo < field->domain[i].hi);
        demand(field->window[i].lo < field->window[i].hi);
        demand(isfinite(field->window[i].lo) && isfinite(field->window[i].hi));
    }
    for (size_t i = 0; i < field->parameter_count; i++)
        demand(isfinite(field->parameter[i].number));
    if (field->kind == GF_POINTWISE)
        demand(field->parameter[field->p_d].number >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gf_field *field;
    gf_error error = {.status = GF_OK};
    gf_status status = gf_field_read_bytes(
        &field, "fuzz", "fuzz.ini", (const char *)data, size, NULL, &error);

    if (status)
        check_error(&error, status, size);
    else
        check_field(field);
    demand((status == GF_OK) == (field != NULL));
    gf_field_free(field);
    return 0;
}
