/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The box in which the steps of an optimizer are kept. */
#ifndef GF_MOTION_BOX_H
#define GF_MOTION_BOX_H

#include <ganfield/field.h>

/* A box (two ranges, or NULL), and with `project` the physical range of the
   second coordinate too; *kept is false where there is neither.  GF_ARGUMENT
   where the field has no such range, or the box no point. */
gf_status gf_box_lay(gf_range out[2], bool *kept, const gf_field *field,
                     const gf_range *box, bool project,
                     gf_error *error) GF_CHECKED;

#endif
