/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motion/box.h"

#include <math.h>

gf_status gf_box_lay(gf_range out[2], bool *kept, const gf_field *field,
                     const gf_range *box, bool project, gf_error *error)
{
    *kept = box || project;
    for (size_t i = 0; i < 2; i++)
        out[i] = box ? box[i] : (gf_range){-INFINITY, INFINITY, false, false};
    if (project && !field->has_physical)
        return gf_error_set(error, GF_ARGUMENT,
                            "the field has no physical range to keep");
    if (project) {
        out[1].lo = fmax(out[1].lo, field->physical.lo);
        out[1].hi = fmin(out[1].hi, field->physical.hi);
    }
    for (size_t i = 0; i < 2; i++)
        if (!(out[i].lo <= out[i].hi))
            return gf_error_set(
                error, GF_ARGUMENT, "there is no %s in the box%s",
                field->axis_name[i],
                project ? " that is in its physical range" : "");
    return GF_OK;
}
