/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The boundaries of the regions that quadratic forms prove: ellipses. */
#ifndef GF_FIGURE_FORM_H
#define GF_FIGURE_FORM_H

#include <ganfield/region.h>

#include "figure/view.h"

/* Adds what is seen of {V = level}; nothing without a finite proved level. */
void gf_form_draw(gf_curves *out, const gf_view *view, const gf_form *form);

#endif
