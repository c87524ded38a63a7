/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs along the lines where a field jumps, with that mean of the velocities
   on both sides that stays on the line [filippov1988]. */
#ifndef GF_FIGURE_SLIDE_H
#define GF_FIGURE_SLIDE_H

#include "figure/view.h"

/* Goes on from a point of the page next to such a line, along it as far as
   both sides lead to it, by steps of so many points.  False if it does not go
   at all, or never leaves; else *from is where it does, a little on the side
   that it leaves to. */
bool gf_slide(gf_curve *curve, gf_vec2 *from, const gf_view *view, int sense,
              gf_box box, double step);

#endif
