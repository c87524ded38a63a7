/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GF_MOTION_SECTION_H
#define GF_MOTION_SECTION_H

#include <ganfield/flow.h>

#include "field/kink.h"

/* LEFT - RIGHT. */
gf_slopes gf_section_at(const gf_section *section, gf_vec2 at);

#endif
