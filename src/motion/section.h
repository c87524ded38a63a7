/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_MOTION_SECTION_H
#define GF_MOTION_SECTION_H

#include <ganfield/flow.h>

/* A function at a point with its first and second derivatives. */
typedef struct gf_slopes {
    double value;
    gf_vec2 gradient;
    double xx, xy, yy;
} gf_slopes;

/* LEFT - RIGHT. */
gf_slopes gf_section_at(const gf_section *section, gf_vec2 at);

#endif
