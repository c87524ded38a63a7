/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A field's plane on the page: its window in a rectangle of the page.
 */
#ifndef GF_FIGURE_VIEW_H
#define GF_FIGURE_VIEW_H

#include <ganfield/classify.h>

#include "figure/trace.h"

typedef struct gf_view {
    const gf_field *field;
    gf_range window[2];
    gf_box box;
} gf_view;

gf_vec2 gf_view_page(const gf_view *view, gf_vec2 p);
gf_vec2 gf_view_data(const gf_view *view, gf_vec2 page);
/* A difference of states as a difference on the page. */
gf_vec2 gf_view_way(const gf_view *view, gf_vec2 difference);
/* The field's velocity on the page (for gf_wind); ctx: a const gf_view *. */
gf_vec2 gf_view_wind(gf_vec2 page, const void *ctx);

/* The run through a state, both ways or only forward: from its start (or
   where it comes from) to the frame, a rest point or the edge of the domain;
   parts that leave the window and come back are parts of their own. */
typedef struct gf_run_end {
    gf_halt halt;
    gf_vec2 at;  /* page */
    bool cycles; /* it closes, or goes round and round */
} gf_run_end;

/* rest: points (page) at which a run ends. */
gf_run_end gf_view_follow(gf_curves *out, const gf_view *view, gf_vec2 start,
                          int sense, const gf_vec2 *rest, size_t rest_count);

#endif
