/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a table: a square for each. */
#include <math.h>

#include "figure/map_drawing.h"

static const double seam = 0.1; /* points */

/* The colour of a number; GF_MAP_BANDS: it is none. */
static int band_of(const gf_map_drawing *d, double value)
{
    if (!isfinite(value))
        return GF_MAP_BANDS;
    return (int)fmin(GF_MAP_BANDS * gf_scale_part(&d->page->scale, value),
                     GF_MAP_BANDS - 1);
}

/* The squares of one colour, those beside each other in one. A square goes a
 * little into the next, so that no seam shows. */
static void add_squares(gf_path *path, const gf_map_drawing *d, int band)
{
    size_t n = d->lattice.count[0], m = d->lattice.count[1];
    double across = (d->x[n - 1] - d->x[0]) / (double)(n - 1) / 2;
    double up = (d->y[0] - d->y[m - 1]) / (double)(m - 1) / 2;

    for (size_t j = 0; j < m; j++)
        for (size_t i = 0; i < n; i++) {
            size_t first = i;
            while (i < n && band_of(d, d->map->value[i * m + j]) == band)
                i++;
            if (i > first)
                gf_path_box(
                    path, (gf_box){d->x[first] - across, d->y[j] - up - seam,
                                   d->x[i - 1] + across + seam, d->y[j] + up});
        }
}

void gf_map_draw_cells(gf_map_drawing *d)
{
    gf_path path;

    gf_scene_open(d->scene, "map", "map", d->map->plain);
    gf_scene_clip(d->scene, d->frame->box);
    gf_path_init(&path);
    for (int k = 0; k < GF_MAP_BANDS; k++) {
        gf_fill fill = {
            .colour = gf_theme_ramp(d->map->theme, (k + 0.5) / GF_MAP_BANDS)};
        gf_path_reset(&path);
        add_squares(&path, d, k);
        d->scene->failed = d->scene->failed || path.failed;
        gf_scene_fill(d->scene, &path, &fill);
    }
    gf_path_clear(&path);
    gf_scene_shut(d->scene);
}
