/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans of sweeps over catalogue fields. */
#ifndef GANFIELD_TESTS_ANALYSIS_SWEEPING_H
#define GANFIELD_TESTS_ANALYSIS_SWEEPING_H

#include <ganfield/sweep.h>

#include "harness.h"

static inline gf_status make(gf_field **out, const char *const *set,
                             size_t set_count, const char *speed,
                             const void *ctx, gf_error *error)
{
    gf_settings settings = {.set = set, .set_count = set_count, .speed = speed};

    return gf_field_find(out, ctx, &settings, error);
}

static inline void plan_of(gf_sweep_plan *plan, gf_field **field,
                           const char *variant, const char *first,
                           const char *second)
{
    gf_error error;

    ck_assert_int_eq(gf_field_find(field, variant, NULL, &error), GF_OK);
    *plan = (gf_sweep_plan){.field = *field, .make = make, .make_ctx = variant};
    ck_assert_int_eq(gf_sweep_axis_parse(&plan->axis[0], first, &error), GF_OK);
    plan->axes = 1;
    if (second)
        ck_assert_int_eq(gf_sweep_axis_parse(&plan->axis[1], second, &error),
                         GF_OK);
    plan->axes += second != NULL;
}

static inline void add(gf_sweep_plan *plan, const char *name)
{
    gf_error error;

    ck_assert_int_eq(gf_sweep_plan_add(plan, name, &error), GF_OK);
}

#endif
