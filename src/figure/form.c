/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/form.h"

#include <math.h>

enum { POINTS = 360 };

void gf_form_draw(gf_curves *out, const gf_view *view, const gf_form *form)
{
    gf_curve curve;

    if (form->proved != GF_YES || !isfinite(form->level))
        return;
    gf_curve_init(&curve);
    for (int i = 0; i <= POINTS; i++)
        gf_curve_add(
            &curve,
            gf_view_page(
                view, gf_form_point(form, i * 2 * 3.14159265358979 / POINTS)));
    gf_curve_clip(out, &curve, view->box);
    out->failed = out->failed || curve.failed;
    gf_curve_clear(&curve);
}
