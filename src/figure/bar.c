/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar of colours: what numbers they stand for. */
#include "figure/furniture.h"

#include <math.h>

enum { STEPS = 96 };

double gf_scale_part(const gf_scale *scale, double x)
{
    double part = scale->log
                      ? log(x / scale->low) / log(scale->high / scale->low)
                      : (x - scale->low) / (scale->high - scale->low);

    return part > 0 ? fmin(part, 1) : 0;
}

/* Each step of colour goes a little into the next so that no seam shows. */
static void draw_steps(gf_scene *scene, const gf_theme *theme, gf_box bar)
{
    double step = (bar.y1 - bar.y0) / STEPS;
    gf_path path;

    gf_path_init(&path);
    for (int i = 0; i < STEPS; i++) {
        double bottom = bar.y1 - step * i;
        gf_fill fill = {.colour = gf_theme_ramp(theme, (i + 0.5) / STEPS)};
        gf_path_reset(&path);
        gf_path_box(&path, (gf_box){bar.x0, fmax(bottom - 1.5 * step, bar.y0),
                                    bar.x1, bottom});
        gf_scene_fill(scene, &path, &fill);
    }
    gf_path_clear(&path);
}

/* A point beyond an end says that there are numbers beyond it. */
static void draw_tip(gf_scene *scene, const gf_theme *theme, gf_box bar,
                     bool top)
{
    gf_fill fill = {.colour = gf_theme_ramp(theme, top)};
    double y = top ? bar.y0 : bar.y1;
    double tip = GF_BAR_TIP * theme->scale * (top ? -1 : 1);
    gf_path path;

    gf_path_init(&path);
    gf_path_move(&path, (gf_vec2){bar.x0, y});
    gf_path_line(&path, (gf_vec2){(bar.x0 + bar.x1) / 2, y + tip});
    gf_path_line(&path, (gf_vec2){bar.x1, y});
    gf_path_close(&path);
    gf_scene_fill(scene, &path, &fill);
    gf_path_clear(&path);
}

static void draw_outline(gf_scene *scene, const gf_page *page)
{
    gf_stroke frame = gf_theme_frame(page->theme);
    double tip = page->scale.cut ? GF_BAR_TIP * page->theme->scale : 0;
    double middle = (page->bar.x0 + page->bar.x1) / 2;
    gf_box b = page->bar;
    gf_path path;

    gf_path_init(&path);
    gf_path_move(&path, (gf_vec2){b.x0, b.y0});
    gf_path_line(&path, (gf_vec2){middle, b.y0 - tip});
    gf_path_line(&path, (gf_vec2){b.x1, b.y0});
    gf_path_line(&path, (gf_vec2){b.x1, b.y1});
    gf_path_line(&path, (gf_vec2){middle, b.y1 + tip});
    gf_path_line(&path, (gf_vec2){b.x0, b.y1});
    gf_path_close(&path);
    gf_scene_stroke(scene, &path, &frame);
    gf_path_clear(&path);
}

void gf_bar_draw(gf_scene *scene, const gf_page *page)
{
    const gf_box *bar = &page->bar;
    const gf_scale *scale = &page->scale;
    gf_axis axis = {
        .name = scale->name, .ticks = page->bar_ticks, .labelled = true};
    double s = page->theme->scale;
    gf_frame map = {*bar,
                    {0, scale->log ? log10(scale->low) : scale->low},
                    {1, scale->log ? log10(scale->high) : scale->high}};

    if (!scale->shown)
        return;
    gf_scene_open(scene, "scale", "scale", gf_rich_plain(&scale->name));
    draw_steps(scene, page->theme, *bar);
    for (int top = 0; top < 2 && scale->cut; top++)
        draw_tip(scene, page->theme, *bar, top);
    gf_axis_numbers(scene, page, &axis, &map, GF_SIDE_RIGHT);
    draw_outline(scene, page);
    double right = bar->x1 +
                   (GF_TICK_LENGTH + GF_NUMBER_GAP + GF_NAME_GAP) * s +
                   gf_axis_widest(page, &axis.ticks);
    gf_label label = gf_theme_label(
        page->theme,
        (gf_vec2){right + 0.75 * page->large, 0.5 * (bar->y0 + bar->y1)},
        page->large);
    label.anchor = 0.5;
    label.angle = 90;
    if (!gf_axis_set_label(&axis))
        scene->failed = true;
    gf_scene_label(scene, &axis.label, &label);
    gf_rich_clear(&axis.label);
    gf_scene_shut(scene);
}
