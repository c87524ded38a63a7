/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/separatrix.h"

#include <math.h>
#include <stdlib.h>

static const double start = 1e-6; /* of the window */

/* The two branches that belong to the k-th eigenvalue of a saddle. */
static void follow(gf_curves *out, const gf_view *view,
                   const gf_rest_point *point, int k, const gf_vec2 *rest,
                   size_t rest_count)
{
    gf_vec2 v = point->spectrum.eigenvector[k];
    int sense = point->spectrum.re[k] > 0 ? 1 : -1;
    double size = gf_vec2_size(gf_view_way(view, v));
    double off = start * (view->box.x1 - view->box.x0) / size;

    for (int side = -1; side <= 1; side += 2)
        gf_view_follow(out, view, gf_vec2_along(point->at, side * off, v),
                       sense, rest, rest_count);
}

void gf_separatrices_find(gf_curves *stable, gf_curves *unstable,
                          const gf_view *view, const gf_classification *c)
{
    gf_vec2 *rest = malloc((c->count + 1) * sizeof *rest);

    stable->failed = stable->failed || !rest;
    for (size_t i = 0; rest && i < c->count; i++)
        rest[i] = gf_view_page(view, c->point[i].at);
    for (size_t i = 0; rest && i < c->count; i++) {
        const gf_rest_point *point = &c->point[i];
        if (point->type != GF_TYPE_SADDLE || !point->smooth ||
            !gf_box_has(view->box, rest[i]))
            continue;
        for (int k = 0; k < 2; k++)
            follow(point->spectrum.re[k] > 0 ? unstable : stable, view, point,
                   k, rest, c->count);
    }
    free(rest);
}

size_t gf_eigen_ticks(gf_vec2 way[2], size_t *fast, const gf_view *view,
                      const gf_rest_point *point)
{
    const gf_spectrum *s = &point->spectrum;
    size_t count = 0;

    *fast = 2;
    if (!point->smooth || s->im[0] != 0)
        return 0;
    for (int k = 0; k < 2; k++) {
        gf_vec2 v = s->eigenvector[k];
        if (v.x == 0 && v.y == 0)
            continue;
        if (k == 1 && count == 1 && fabs(s->re[1]) > fabs(s->re[0]))
            *fast = 1;
        if (k == 1 && count == 1 && fabs(s->re[1]) < fabs(s->re[0]))
            *fast = 0;
        way[count++] = gf_vec2_unit(gf_view_way(view, v));
    }
    return count;
}
