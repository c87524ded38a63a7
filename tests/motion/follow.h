/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields and runs for the tests of this folder. */
#ifndef GF_TESTS_MOTION_FOLLOW_H
#define GF_TESTS_MOTION_FOLLOW_H

#include <ganfield/flow.h>

#include "field/fields.h"

/* A run that is to be cleared. */
static inline gf_trajectory follow(const gf_field *field, double x, double y,
                                   const gf_flow_options *options)
{
    gf_error error = {.status = GF_OK};
    gf_trajectory run;

    gf_trajectory_init(&run);
    gf_status status =
        gf_flow_run(&run, field, (gf_vec2){x, y}, options, &error);
    ck_assert_msg(status == GF_OK, "%s: %s", field->name, error.message);
    ck_assert_uint_gt(run.count, 0);
    return run;
}

static inline gf_row last_row(const gf_trajectory *run)
{
    return run->row[run->count - 1];
}

#endif
